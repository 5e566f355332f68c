// The incidents behind a picture as a table: to read without the picture, and to copy.

import { bdi, h } from "../src/dom";
import { emptyState } from "../src/list";
import { count, shortened } from "../src/words";
import { counted, gradeLabel, timeWords, typeWords } from "./picture-signs";
import * as pictures from "./pictures-api";
import type { Particular, Pictured, Row } from "./pictures-api";
import { put } from "./put";
import type { Filters } from "./shared";

const STRETCH = 100;

export interface TableHost { open(row: Row): void; failed(error: unknown): void; say(words: string): void }

export class IncidentTable {
  readonly node: HTMLElement;
  private readonly head = h("h2.list-title", { tabindex: "-1" }, "Incidents");
  private readonly told = h("p.queue-told", { role: "status" });
  private readonly order = h<HTMLSelectElement>("select", { "aria-label": "Order of incidents", change: () => void this.load() }, h("option", { value: "time" }, "earliest first"), h("option", { value: "latest" }, "latest first"), h("option", { value: "origins" }, "most origins first"));
  private readonly body = h("tbody", { role: "rowgroup" });
  private readonly table = h("table.incidents-table", { role: "table" }, h("caption.visually-hidden", {}, "Incidents behind the picture"), h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, ...["When", "What happened", "Where", "Grade"].map((name) => h("th", { scope: "col", role: "columnheader" }, name)))), this.body);
  private readonly more = h("button.more", { type: "button", hidden: true, click: () => void this.load(this.rows.length) });
  private readonly copier = h("button.quiet", { type: "button", click: () => void this.copy() }, "Copy table");
  private readonly letGo = h("button.quiet", { type: "button", hidden: true }, "Show all");
  private readonly empty = h("div");
  private rows: Row[] = [];
  private filters: Filters = {};
  private part: Particular = {};
  private turn = 0;

  /** `released` is called when the person wants to see more than the part of the picture that was pressed. */
  constructor(private readonly host: TableHost, released: () => void) {
    this.letGo.addEventListener("click", released);
    this.node = h(
      "section.picture-table",
      { "aria-label": "Incidents behind the picture" },
      h("div.list-head", {}, this.head, h("div.table-tools", {}, this.letGo, this.order, this.copier)),
      this.told,
      h("div.table-scroll", { tabindex: "0", role: "region", "aria-label": "Table of incidents" }, this.table),
      this.empty,
      this.more,
    );
  }

  /** Ask for the incidents that meet the filters, and of them a part of the picture. */
  async show(filters: Filters, part: Particular = {}, title = "Incidents"): Promise<void> {
    this.filters = filters;
    this.part = part;
    put(this.head, bdi(title));
    this.letGo.hidden = !Object.keys(part).length;
    await this.load();
  }

  /** To the table's head, for somebody who has pressed a part of the picture. */
  focus(): void {
    this.head.scrollIntoView({ block: matchMedia("(max-width: 62rem)").matches ? "start" : "nearest" });
    this.head.focus({ preventScroll: true });
  }

  private async load(offset = 0): Promise<void> {
    const turn = ++this.turn;
    try {
      const found = await pictures.pictured(this.filters, { ...this.part, order: this.order.value, offset, limit: STRETCH });
      if (turn === this.turn) this.draw(found);
    } catch (error) {
      if (turn === this.turn) this.host.failed(error);
    }
  }

  private draw(found: Pictured): void {
    this.rows = found.offset ? [...this.rows, ...found.items] : found.items;
    const rows = found.items.map((row) => this.row(row));
    if (found.offset) this.body.append(...rows);
    else this.body.replaceChildren(...rows);
    const left = found.total - this.rows.length;
    this.more.hidden = left <= 0;
    this.more.textContent = `Show more (${count(left, "incident")} left)`;
    this.told.textContent = count(found.total, "incident");
    this.table.hidden = this.copier.hidden = this.order.hidden = !found.total;
    put(this.empty, !found.total && found.fresh && emptyState("No incident.", "Loosen or clear the filters to see incidents again."));
  }

  private row(row: Row): HTMLElement {
    const toll = [row.killed && `${row.killed} killed`, row.injured && row.injured !== "0" && `${row.injured} injured`].filter(Boolean).join(", ");
    const named = (names: string) => (names ? bdi(shortened(names, 60)) : h("span.nobody", {}, "no one named"));
    return h(
      "tr",
      { "data-row": row.incident, role: "row" },
      h("td.when", { role: "cell" }, timeWords(row)),
      h("th.what", { scope: "row", role: "rowheader" }, h("button.link", { type: "button", click: () => this.host.open(row) }, typeWords(row)), h("span.who-line", {}, named(row.actors), h("span.arrow", { role: "img", "aria-label": "to" }, "→"), named(row.recipients)), toll && h("span.toll", {}, toll)),
      h("td.where", { role: "cell" }, row.place ? bdi(row.place) : "–"),
      h("td", { role: "cell" }, gradeLabel(row.grade), h("span.row-meta", {}, counted(row))),
    );
  }

  private async copy(): Promise<void> {
    const names = ["incident", "type", "mode", "status", "grade", "start", "end", "open", "place", "actors", "recipients", "killed", "injured", "reports", "origins"] as const;
    // A cell of a spreadsheet that begins like a formula would be one.
    const cell = (value: unknown): string => String(value ?? "").replace(/[\t\r\n]+/g, " ").replace(/^[=+\-@]/, "'$&");
    const lines = [names.join("\t"), ...this.rows.map((row) => names.map((name) => cell(row[name])).join("\t"))];
    try {
      await navigator.clipboard.writeText(`${lines.join("\n")}\n`);
      this.host.say(`${count(this.rows.length, "incident")} copied`);
    } catch {
      this.host.failed(new Error("This browser does not let the page copy; mark the table and copy it by hand."));
    }
  }
}
