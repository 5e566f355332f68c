// The network as a view among the pictures: whom to draw, the acts behind a line, and the same in tables.

import { bdi, h, type Child } from "../src/dom";
import { kindIcon } from "../src/icons";
import { emptyState, LongList } from "../src/list";
import { count, list, relationName, typeName } from "../src/words";
import { actWords, ActorNetwork, KINDS } from "./network";
import { saveButtons } from "./picture-save";
import type { View, ViewHost } from "./pictures";
import * as pictures from "./pictures-api";
import type { ActKind, Edge, NetworkAnswer, Particular, PartyRow } from "./pictures-api";
import { put } from "./put";
import { shared, titled, type Filters } from "./shared";

const MOST = 45;
const MOST_NARROW = 24;

export class NetworkView implements View {
  readonly name = "network";
  readonly words = "Network";
  readonly node = h("div.view");
  private readonly head = h("div.focus-head", { hidden: true });
  private readonly empty = h("div", { hidden: true });
  private readonly lists = h("div.map-lists");
  private readonly weight: HTMLSelectElement;
  private readonly kinds: [ActKind, HTMLInputElement][];
  private readonly tied: HTMLInputElement;
  private readonly described: HTMLInputElement;
  private readonly picture: ActorNetwork;
  private focus: string | null = null;
  private part: Particular = {};
  private title = "Incidents";
  private drawn = "";
  private turn = 0;

  constructor(private readonly host: ViewHost) {
    const again = (): void => void this.again();
    const tick = (words: string, checked: boolean, changed: () => void): [HTMLInputElement, HTMLElement] => {
      const box = h<HTMLInputElement>("input", { type: "checkbox", checked, change: changed });
      return [box, h("label.tick", {}, box, words)];
    };
    this.weight = h<HTMLSelectElement>("select", { "aria-label": "What lines are as wide as", change: () => { this.picture.weight = this.weight.value as "incidents" | "origins"; this.drawn = ""; again(); } }, h("option", { value: "incidents" }, "incidents"), h("option", { value: "origins" }, "origins"));
    const boxes = (Object.keys(KINDS) as ActKind[]).map((kind) => [kind, ...tick(KINDS[kind][0], true, again)] as const);
    this.kinds = boxes.map(([kind, box]) => [kind, box]);
    const [tied, tiedNode] = tick("lasting ties", true, () => { this.picture.ties = this.tied.checked; this.drawn = ""; again(); });
    const [described, describedNode] = tick("parties only described", false, again);
    [this.tied, this.described] = [tied, described];
    this.picture = new ActorNetwork(
      { party: (one) => (one.key === this.focus ? host.party(one.key) : host.focus(one.key)), edge: (edge) => this.press(edge) },
      [
        h("div.picture-choices", {}, h("label.tick", {}, "Width ", this.weight), ...boxes.map(([, , node]) => node), tiedNode, describedNode),
        saveButtons(() => this.picture.svg, "network", () => titled("Who does what to whom"), (error) => host.failed(error)),
      ],
    );
    this.node.append(this.head, this.picture.node, this.empty, this.lists);
  }

  get path(): string {
    return this.focus ?? "";
  }

  take(path: string): void {
    if ((path || null) === this.focus) return;
    this.focus = path || null;
    this.part = {};
  }

  shown(): void {
    this.picture.shown();
  }

  release(): void {
    this.part = {};
    this.picture.mark(null);
    void this.table(shared.all);
  }

  async load(filters: Filters): Promise<{ total: number; fresh: boolean; wrong: string | null }> {
    const turn = ++this.turn;
    const kinds = this.kinds.filter(([, box]) => box.checked).map(([kind]) => kind);
    const narrow = matchMedia("(max-width: 36rem)").matches;
    const found = await this.ask(filters, { weight: this.weight.value, most: narrow ? MOST_NARROW : MOST, described: this.described.checked ? 1 : "", kinds: kinds.length === this.kinds.length ? "" : kinds.join(",") || "force" });
    if (turn !== this.turn) return found;
    const words = JSON.stringify([found, this.focus]);
    if (words !== this.drawn) this.draw(found);
    this.drawn = words;
    await this.table(filters);
    return found;
  }

  private async ask(filters: Filters, more: Record<string, string | number>): Promise<NetworkAnswer> {
    try {
      return await pictures.network(filters, { ...more, focus: this.focus ?? "" });
    } catch (error) {
      if (this.focus === null) throw error;
      // It may not be there yet: what pictures are drawn from is made in the background.
      const { fresh, wrong } = await pictures.pictured({}, { limit: 1 });
      if (!fresh && !wrong) return { total: 0, acts: 0, left: 0, hidden: 0, parties: [], edges: [], ties: [], fresh, wrong };
      // Whom the address names may not be there.
      this.host.failed(error);
      this.focus = null;
      this.host.moved();
      return pictures.network(filters, more);
    }
  }

  private draw(found: NetworkAnswer): void {
    const some = found.parties.length > 0 && (found.edges.length > 0 || found.ties.length > 0);
    this.picture.node.hidden = !some;
    this.empty.hidden = some;
    put(this.empty, emptyState(found.total ? "No acts between two parties." : "Nothing to draw.", found.fresh ? (found.total ? "In none of these incidents do reports say both who acted and on whom, among the kinds chosen." : "No incident meets the filters.") : "Claims are being joined; this takes a while the first time."));
    const one = found.parties.find(({ key }) => key === this.focus);
    this.head.hidden = !one;
    if (one) put(this.head, kindIcon(one.kind), h("strong", {}, bdi(one.name)), h("span.count", {}, `${count(one.incidents, "incident")} with others`), h("button.quiet", { type: "button", "data-to": "actor", click: () => this.host.party(one.key) }, "Its page"), h("button.quiet", { type: "button", "data-to": "all", click: () => this.host.focus(null) }, "Whole network"));
    this.picture.show(found, this.focus);
    put(this.lists, this.acts(found), this.ties(found));
  }

  /** Show the incidents of an act in the table. */
  private press(edge: Edge): void {
    this.picture.mark(edge);
    const parties = this.shownParties;
    this.part = { who: parties[edge.from]?.key ?? "", whom: parties[edge.to]?.key ?? "", kind: edge.kind };
    this.title = `${actWords(edge, parties)}: ${KINDS[edge.kind][0]}`;
    void this.table(shared.all).then(() => this.host.table.focus());
  }

  private shownParties: PartyRow[] = [];

  private acts(found: NetworkAnswer): HTMLElement | null {
    this.shownParties = found.parties;
    if (!found.edges.length) return null;
    const body = h("tbody");
    const name = (at: number): HTMLElement => h("button.link", { type: "button", click: () => this.host.focus(found.parties[at]?.key ?? null) }, bdi(found.parties[at]?.name ?? ""));
    const rows = new LongList(found.edges, body, (edge) => [
      h("tr", {}, h("td", {}, name(edge.from)), h("th", { scope: "row" }, h("button.link", { type: "button", "aria-label": `Incidents: ${actWords(edge, found.parties)}, ${KINDS[edge.kind][0]}`, click: () => this.press(edge) }, KINDS[edge.kind][0]), h("span.row-meta", {}, list(edge.types.map(([type, n]) => `${typeName(type)} ${n}`)))), h("td", {}, name(edge.to)), h("td.number-cell", {}, String(edge.incidents)), h("td.number-cell", {}, String(edge.origins))),
    ], "act");
    return this.listed("Acts", found.edges.length, ["Who", "Does what", "To whom", "Incidents", "Origins"], body, rows);
  }

  private ties(found: NetworkAnswer): HTMLElement | null {
    if (!found.ties.length) return null;
    const body = h("tbody");
    const name = (at: number): Child => h("button.link", { type: "button", click: () => this.host.party(found.parties[at]?.key ?? "") }, bdi(found.parties[at]?.name ?? ""));
    const rows = new LongList(found.ties, body, (tie) => [h("tr", {}, h("td", {}, name(tie.from)), h("th", { scope: "row" }, relationName(tie.relation)), h("td", {}, name(tie.to)), h("td.number-cell", {}, String(tie.reports)), h("td.number-cell", {}, String(tie.origins)))], "tie");
    return this.listed("Lasting ties", found.ties.length, ["Who", "Is", "Of or with", "Reports", "Origins"], body, rows);
  }

  private listed(title: string, number: number, heads: string[], body: HTMLElement, rows: LongList<unknown> | { node: HTMLElement }): HTMLElement {
    const table = h("table.incidents-table.graph-table", {}, h("caption.visually-hidden", {}, title), h("thead", {}, h("tr", {}, ...heads.map((head) => h("th", { scope: "col" }, head)))), body);
    rows.node.prepend(table);
    return h("section", { "aria-label": title }, h("h2.list-title", {}, title, h("span.count", {}, ` ${number.toLocaleString("en-GB")}`)), h("div.table-scroll", { tabindex: "0", role: "region", "aria-label": `Table of ${title.toLowerCase()}` }, rows.node));
  }

  private async again(): Promise<void> {
    try {
      await this.load(shared.all);
    } catch (error) {
      this.host.failed(error);
    }
  }

  private table(filters: Filters): Promise<void> {
    if (Object.keys(this.part).length) return this.host.table.show(filters, this.part, this.title);
    const one = this.shownParties.find(({ key }) => key === this.focus);
    return one ? this.host.table.show(filters, { party: one.key }, `Incidents with ${one.name}`) : this.host.table.show(filters);
  }
}
