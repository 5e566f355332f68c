// The queue: events that wait for a person, one row each.

import { bdi, h, joined, type Child } from "../src/dom";
import { statusIcon } from "../src/icons";
import { emptyState } from "../src/list";
import { between, dateWords } from "../src/time";
import { count, plain, shortened, statusName, typeName } from "../src/words";
import * as api from "./api";
import type { Item, Queue } from "./api";
import { FilterHead } from "./filters";
import { keyOf, Picked, type BulkKind } from "./picked";
import { put } from "./put";
import { FIELDS, stateLabel } from "./states";

const STRETCH = 100;
const MOST_PICKED = 2000;
const MOST_ASKED = 500;

export interface QueueHost {
  choose(item: Item, focus: boolean): void;
  failed(error: unknown): void;
  say(words: string): void;
  /** Decide about all that are picked. */
  bulk(kind: BulkKind): void;
}

export class QueueList {
  readonly node: HTMLElement;
  readonly head: FilterHead;
  items: Item[] = [];
  total = 0;
  private readonly told = h("p.queue-told", { role: "status" });
  private readonly list = h("ol.queue-list");
  private readonly more = h("button.more", { type: "button", hidden: true, click: () => void this.load(this.items.length) });
  private chosen: Item | null = null;
  private asked = 0;
  private filters = "";
  readonly picked: Picked;

  constructor(private readonly host: QueueHost) {
    this.head = new FilterHead(() => void this.load());
    this.picked = new Picked((kind) => this.host.bulk(kind), () => this.drawPicked());
    const all = h("button.quiet", { type: "button", title: "Pick all of this view ( * )", click: () => void this.pickAll() }, "Pick all");
    this.node = h("section.queue", { "aria-label": "Queue of events" }, this.head.node, h("div.queue-line", {}, this.told, all), this.picked.bar, h("div.queue-scroll", {}, this.list, this.more));
  }

  /** Ask for the queue anew, or for what follows what is there. */
  async load(offset = 0): Promise<void> {
    const turn = ++this.asked;
    // What is no longer in view must not be decided on unseen.
    const filters = JSON.stringify(this.head.parameters);
    if (filters !== this.filters && this.picked.size) this.picked.clear();
    this.filters = filters;
    this.head.draw(null);
    try {
      const queue = await api.queue({ ...this.head.parameters, offset, limit: STRETCH });
      if (turn === this.asked) this.show(queue);
    } catch (error) {
      if (turn === this.asked) this.host.failed(error);
    }
  }

  /** Only the numbers: the rows stay as they are under the person's hands. */
  async recount(): Promise<void> {
    const queue = await api.queue({ ...this.head.parameters, limit: 0 });
    this.head.draw(queue);
  }

  private show(queue: Queue): void {
    this.head.draw(queue);
    this.total = queue.total;
    this.items = queue.offset ? [...this.items, ...queue.items] : queue.items;
    const rows = queue.items.map((item) => this.row(item));
    if (queue.offset) this.list.append(...rows);
    else this.list.replaceChildren(...rows);
    const left = queue.total - this.items.length;
    this.more.hidden = left <= 0;
    this.more.textContent = `Show more (${count(left, "event")} left)`;
    const words = `${count(queue.total, "event")}: ${count(queue.reports, "report")}, ${count(queue.origins, "origin")}`;
    this.told.replaceChildren(queue.total ? h("span", {}, words) : "", queue.total ? h("span.mode", {}, ` · ${FilterHead.meaning(queue.view)}`) : "");
    if (!queue.total) this.list.replaceChildren(h("li", {}, emptyState("Nothing here.", "No event is in this view with these filters.")));
    this.mark(this.items.find((item) => item.report === this.chosen?.report && item.event === this.chosen.event) ?? null);
  }

  private row(item: Item): HTMLElement {
    const box = h<HTMLInputElement>("input", {
      type: "checkbox", checked: this.picked.has(item), "aria-label": `Pick “${shortened(item.passage, 40)}” in ${shortened(item.title ?? item.report, 60)}`,
      click: (event: MouseEvent) => { if (event.shiftKey) this.picked.stretch(this.items, item); else this.picked.toggle(item); },
    });
    const choose = (event: MouseEvent) => { if (event.shiftKey) this.picked.stretch(this.items, item); else this.host.choose(item, false); };
    return h(`li.queue-row${this.picked.has(item) ? ".picked" : ""}`, { "data-event": keyOf(item) }, h("label.pick", {}, box), h("button", { type: "button", click: choose }, ...rowWords(item)));
  }

  private drawPicked(): void {
    const rows = this.list.children;
    this.items.forEach((item, at) => {
      const on = this.picked.has(item);
      rows[at]?.classList.toggle("picked", on);
      const box = rows[at]?.querySelector<HTMLInputElement>("input");
      if (box) box.checked = on;
    });
    this.host.say(this.picked.size ? `${this.picked.words} picked` : "None picked");
  }

  /** Pick the chosen event, or let it go. */
  pick(): void {
    if (this.chosen && this.items.includes(this.chosen)) this.picked.toggle(this.chosen);
  }

  /** Go a row on and pick both. */
  async extend(by: number): Promise<Item | null> {
    const from = this.chosen;
    const to = await this.step(by);
    if (from && to) this.picked.step(from, to);
    return to;
  }

  /** Pick all of the view, also what is not listed yet. */
  async pickAll(): Promise<void> {
    try {
      const found: Item[] = [...this.items];
      const turn = this.asked;
      while (found.length < Math.min(this.total, MOST_PICKED)) {
        const more = await api.queue({ ...this.head.parameters, offset: found.length, limit: MOST_ASKED });
        if (!more.items.length || turn !== this.asked) break;
        found.push(...more.items);
      }
      if (turn !== this.asked) return;
      this.picked.all(found.slice(0, MOST_PICKED));
      if (this.total > MOST_PICKED) this.host.say(`Picked the first ${MOST_PICKED.toLocaleString("en-GB")} of ${this.total.toLocaleString("en-GB")}: more cannot be decided in one go`);
    } catch (error) {
      this.host.failed(error);
    }
  }

  private nodeOf(item: Item): HTMLElement | null {
    return (this.list.children[this.items.indexOf(item)] as HTMLElement | undefined) ?? null;
  }

  /** Draw a row anew, for what was decided about it. */
  redraw(item: Item): void {
    const button = this.nodeOf(item)?.querySelector("button");
    if (button) put(button, ...rowWords(item));
  }

  mark(item: Item | null, focus = false): void {
    for (const row of this.list.querySelectorAll(".chosen")) {
      row.classList.remove("chosen");
      row.querySelector("button")?.removeAttribute("aria-current");
    }
    this.chosen = item;
    const row = item && this.nodeOf(item);
    if (!row) return;
    row.classList.add("chosen");
    const button = row.querySelector("button") as HTMLElement;
    button.setAttribute("aria-current", "true");
    // On a narrow screen the queue is not beside the event: nothing is to be moved then.
    if (getComputedStyle(this.list.parentElement as HTMLElement).overflowY === "auto") row.scrollIntoView({ block: "nearest" });
    if (focus) button.focus({ preventScroll: true });
  }

  /** The row after or before the chosen one; past the end of what is there, more is asked for. */
  async step(by: number, fits: (item: Item) => boolean = () => true): Promise<Item | null> {
    let at = this.chosen ? this.items.indexOf(this.chosen) : -1;
    if (at < 0 && by < 0) return null;
    for (;;) {
      at += by;
      if (at >= this.items.length && this.items.length < this.total) await this.load(this.items.length);
      const item = this.items[at];
      if (!item) return null;
      if (fits(item)) return item;
    }
  }

  get position(): number {
    return this.chosen ? this.items.indexOf(this.chosen) + 1 : 0;
  }
}

function rowWords(item: Item): Child[] {
  const who = (names: string[]): Child[] => (names.length ? joined(names.map((name) => bdi(shortened(name, 40))), ", ") : [h("span.nobody", {}, "no one named")]);
  const when = between(item.start, item.end) && (item.start ?? item.end);
  const meta: Child[] = [
    when ? dateWords(when) : null,
    item.place && bdi(item.place),
    item.killed && `${item.killed} killed`,
    item.injured && `${item.injured} injured`,
  ].filter(Boolean);
  return [
    h("span.row-title", {}, h(`span.status-${Object.hasOwn({ happened: 1, "did-not-happen": 1, planned: 1, requested: 1 }, item.status) ? item.status : "conditional"}`, { title: statusName(item.status) }, statusIcon(item.status)), h("span.visually-hidden", {}, `${statusName(item.status)}: `), h("strong", {}, typeName(item.type)), item.mode && h("span.mode", {}, ` · ${plain(item.mode)}`), " ", h("q.trigger-words", {}, bdi(item.passage)), item.state !== "new" && stateLabel(item.state)),
    h("span.row-who", {}, h("span", {}, ...who(item.actors)), h("span.arrow", { role: "img", "aria-label": "to" }, "→"), h("span", {}, ...who(item.recipients))),
    meta.length > 0 && h("span.row-meta", {}, ...joined(meta, " · ")),
    h("span.row-meta", {}, h("cite", {}, bdi(shortened(item.title ?? item.report, 60))), item.source && ", ", item.source && bdi(shortened(item.source, 30))),
    (item.doubtful.length > 0 || item.contested || item.disputed) && h("span.row-flags", {}, item.disputed && h("span.flag.flag-contested", {}, "reviewers differ"), item.contested && h("span.flag.flag-contested", {}, "contested"), item.doubtful.length > 0 && h("span.flag", {}, `unsure: ${item.doubtful.map((name) => FIELDS[name] ?? name).join(", ")}`)),
  ];
}
