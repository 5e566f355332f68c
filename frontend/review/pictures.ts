// Pictures of the whole casebook: timeline, map and network, all by the same filters, each with its table beside.

import { h } from "../src/dom";
import { count, STATUSES, TYPES } from "../src/words";
import type { Keys } from "../src/keys";
import { IncidentTable, type TableHost } from "./picture-table";
import { GRADES } from "./pictures-api";
import { ActorView } from "./actor-view";
import { MapView } from "./map-view";
import { NetworkView } from "./network-view";
import { ResponseView } from "./response-view";
import { TimelineView } from "./timeline-view";
import { put } from "./put";
import { follow, shared, type Filters } from "./shared";

export interface PicturesHost {
  openIncident(id: string): void;
  openReport(report: string, passage: [number, number]): void;
  failed(error: unknown): void;
  say(words: string): void;
}

/** What a view is told, and what it needs. */
export interface ViewHost extends TableHost {
  table: IncidentTable;
  openReport(report: string, passage: [number, number]): void;
  /** Show the page of a party. */
  party(key: string): void;
  /** Show the network around a party, or (null) all of it. */
  focus(key: string | null): void;
  /** The page's address is another now. */
  moved(): void;
}

export interface View {
  readonly name: string;
  readonly words: string;
  readonly node: HTMLElement;
  /** Whether it has filters of its own and no table beside it. */
  readonly alone?: boolean;
  /** Ask the server and draw; how many incidents there are, and whether the picture is of now. */
  load(filters: Filters): Promise<{ total: number; fresh: boolean; wrong: string | null }>;
  /** Called when it is in sight. */
  shown(): void;
  /** What its address says beside its name. */
  path?: string;
  /** Take up an address. */
  take?(path: string): void;
  /** The person lets go of a part that was pressed. */
  release?(): void;
}

export class Pictures {
  readonly node = h("main.pictures", { "aria-label": "Pictures", tabindex: "-1" });
  private readonly tabs = h("div.switch", { role: "group", "aria-label": "Which picture" });
  private readonly fields: Record<string, HTMLInputElement | HTMLSelectElement> = {};
  private readonly clear = h("button.quiet", { type: "button", click: () => shared.clear() }, "Clear filters");
  private readonly told = h("p.queue-told", { role: "status" });
  private readonly stage = h("div.stage");
  private readonly body: HTMLElement;
  private readonly more: HTMLDetailsElement;
  private readonly views: View[];
  private current: View;
  private waiting = 0;
  private turn = 0;

  constructor(private readonly host: PicturesHost, make: ((host: ViewHost) => View)[] = VIEWS) {
    const table = new IncidentTable({ open: ({ incident }) => host.openIncident(incident), failed: host.failed, say: host.say }, () => this.current.release?.());
    const viewHost: ViewHost = {
      table,
      open: ({ incident }) => host.openIncident(incident),
      openReport: host.openReport,
      failed: host.failed,
      say: host.say,
      party: (key) => this.go("actor", key),
      focus: (key) => this.go("network", key ?? ""),
      moved: () => this.address(false),
    };
    this.views = make.map((one) => one(viewHost));
    this.current = this.views[0] as View;
    this.more = this.filterBar();
    this.body = h("div.pictures-body", {}, this.stage, table.node);
    this.node.append(h("div.pictures-head", {}, this.tabs, this.more, this.told), this.body);
    shared.on(null, () => this.later());
    this.draw();
  }

  get keys(): Keys {
    return { "/": () => { this.more.open = true; this.fields.q?.focus(); } };
  }

  /** Called when the page comes up. */
  shown(): void {
    this.current.shown();
    void this.load();
  }

  /** Whether an address is that of a picture; if so it is shown next. */
  take(hash: string): boolean {
    const [, name = "", path = ""] = /^#\/([a-z]+)(?:\/(.*))?$/.exec(hash) ?? [];
    const view = this.views.find((one) => one.name === name);
    if (!view) return false;
    let words = "";
    try {
      words = decodeURIComponent(path);
    } catch {
      return false;
    }
    this.current = view;
    view.take?.(words);
    this.draw();
    return true;
  }

  private go(name: string, path = ""): void {
    const view = this.views.find((one) => one.name === name);
    if (!view) return;
    this.current = view;
    view.take?.(path);
    this.draw();
    this.address(true);
    view.shown();
    void this.load();
    if (name === "actor") this.stage.querySelector<HTMLElement>("h2")?.focus();
  }

  /** Its address: that of the picture in sight. */
  get hash(): string {
    const { name, path } = this.current;
    return `#/${name}${path ? `/${encodeURIComponent(path)}` : ""}`;
  }

  /** Write the address; `fresh` as a step that Back takes back. */
  private address(fresh: boolean): void {
    const { hash } = this;
    if (hash === location.hash) return;
    if (fresh) history.pushState(null, "", hash);
    else history.replaceState(null, "", hash);
  }

  private later(): void {
    this.draw();
    if (this.node.hidden) return;
    clearTimeout(this.waiting);
    this.waiting = window.setTimeout(() => void this.load(), 30);
  }

  /** Ask for the picture anew. */
  async load(): Promise<void> {
    clearTimeout(this.waiting);
    const turn = ++this.turn;
    try {
      const { total, fresh, wrong } = await this.current.load(shared.all);
      if (turn !== this.turn) return;
      put(this.told, wrong ?? `${count(total, "incident")}${shared.some ? " by these filters" : ""}${fresh ? "" : " · claims are being joined …"}`);
      if (!fresh && !wrong) this.waiting = window.setTimeout(() => { if (!this.node.hidden) void this.load(); }, 1000);
    } catch (error) {
      if (turn === this.turn) this.host.failed(error);
    }
  }

  private draw(): void {
    put(this.tabs, ...this.views.filter(({ words }) => words).map((view) => h("button", { type: "button", "data-picture": view.name, "aria-pressed": String(view === this.current), click: () => this.go(view.name) }, view.words)));
    const alone = this.current.alone ?? false;
    this.body.classList.toggle("alone", alone);
    this.more.hidden = this.told.hidden = (this.body.lastElementChild as HTMLElement).hidden = alone;
    if (this.stage.firstElementChild !== this.current.node) this.stage.replaceChildren(this.current.node);
    const set = Object.keys(shared.all).length;
    (this.more.querySelector("summary") as HTMLElement).textContent = set ? `Filters (${set})` : "Filters";
    this.clear.hidden = !set;
  }

  private filterBar(): HTMLDetailsElement {
    let waiting = 0;
    let tell: () => void = () => undefined;
    const later = () => {
      clearTimeout(waiting);
      waiting = window.setTimeout(() => tell(), 250);
    };
    const input = (name: string, label: string, placeholder: string): HTMLElement => h("label", {}, h("span", {}, label), (this.fields[name] = h<HTMLInputElement>("input", { type: "search", placeholder, autocomplete: "off", spellcheck: "false", input: later })));
    const select = (name: string, label: string, options: [string, string][]): HTMLElement => h("label", {}, h("span", {}, label), (this.fields[name] = h<HTMLSelectElement>("select", { change: () => tell() }, h("option", { value: "" }, "Any"), ...options.map(([code, words]) => h("option", { value: code }, words)))));
    const node = h<HTMLDetailsElement>(
      "details.more-filters",
      {},
      h("summary", {}, "Filters"),
      h(
        "search.filter-grid",
        { "aria-label": "Find incidents" },
        input("q", "Words in the reports", "words"),
        select("type", "Type", Object.entries(TYPES).map(([code, [name]]) => [code, name])),
        select("grade", "Grade", GRADES.map((grade) => [grade, grade])),
        select("status", "Status", Object.entries(STATUSES).map(([code, [name]]) => [code, name])),
        input("actor", "Actor", "whole words"),
        input("place", "Place", "whole words"),
        input("since", "From", "2020-07"),
        input("until", "To", "2020-07-31"),
      ),
      this.clear,
    );
    tell = follow(this.fields, () => undefined);
    const share = tell;
    tell = () => { share(); };
    return node;
  }
}

const VIEWS: ((host: ViewHost) => View)[] = [(host) => new TimelineView(host), (host) => new MapView(host), (host) => new NetworkView(host), (host) => new ResponseView(host), (host) => new ActorView(host)];
