// The page: what is on it, and how its parts hear of each other.

import { Compare } from "./compare";
import { h } from "./dom";
import { FilterBar } from "./filterbar";
import { foot, mark } from "./frame";
import { happened } from "./happened";
import { heading, pageTitle, summary, themeButton } from "./head";
import { helpDialog } from "./help";
import { emptyState, type Shown } from "./list";
import { Collection, type Fact, type Kind, type Report } from "./model";
import { printing } from "./print";
import type { RawOrigin, RawRecord } from "./raw";
import { reports } from "./reports";
import type { Page } from "./rows";
import { says } from "./says";
import { skipped } from "./skipped";
import { State, VIEWS, type View } from "./state";
import { TextPane } from "./text";
import { who } from "./who";
import { where } from "./where";
import { shortened } from "./words";

const NAMES: Record<View, string> = { reports: "Reports", happened: "What happened", says: "Who says what", who: "Who is who", where: "Where", skipped: "Left out" };
const HOME: Partial<Record<Kind, View>> = { event: "happened", statement: "says", relation: "who", actor: "who", skipped: "skipped" };

class App implements Page {
  readonly state: State;
  private readonly filters: FilterBar;
  private readonly text: TextPane;
  private readonly beside: Compare;
  private readonly panel = h("div.panel", { id: "panel", role: "tabpanel", tabindex: "-1" });
  private readonly tabs = h("div.tabs", { role: "tablist", "aria-label": "Views" });
  private readonly told = h("p.visually-hidden", { role: "status", "aria-live": "polite" });
  private singleKeys = true;
  private readonly help = helpDialog((wanted) => { this.singleKeys = wanted; });
  private readonly figures = h("p.summary");
  private readonly scope = h<HTMLSelectElement>("select.scope", { "aria-label": "Reports in view", change: () => this.setScope(this.scope.value) });
  private readonly one = h<HTMLInputElement>("input", { type: "checkbox", change: () => this.setOriginsOnly(this.one.checked) });
  private shown: Shown = { node: h("div"), facts: [], mark: () => null };

  constructor(collection: Collection, private readonly root: HTMLElement) {
    this.state = new State(collection);
    this.filters = new FilterBar(this.state);
    this.text = new TextPane({
      choose: (fact) => this.choose(fact, { follow: true }),
      back: () => this.back(),
      read: (report) => this.read(report),
      say: (words) => this.say(words),
      reports: collection.reports,
      heading: heading(this.state),
      compare: (left, right) => this.compare(left, right),
    });
    this.beside = new Compare(collection.reports);
    this.build();
    this.state.on(["scope"], () => this.drawScope());
    this.state.on(["scope", "view", "filters"], () => this.redraw());
    addEventListener("hashchange", () => this.fromAddress());
    addEventListener("keydown", (event) => this.key(event));
    this.drawScope();
    if (!this.fromAddress()) this.redraw();
    this.text.show(this.state.reading);
    this.text.light(this.state.chosen);
  }

  private build(): void {
    const { collection } = this.state;
    const many = collection.reports.length > 1;
    const help = h("button.icon-button", { type: "button", "aria-label": "Help and keys", title: "Help and keys ( ? )", click: () => this.help.showModal() }, h("span", { "aria-hidden": "true" }, "?"));
    const printed = h("div.printed-all");
    if (!collection.reports.length) {
      this.root.replaceChildren(
        h("header.top", {}, h("div.brand", {}, mark(), h("span", {}, "Marsad")), h("div.top-tools", {}, themeButton()), pageTitle(this.state), this.figures),
        h("main", {}, emptyState("Nothing to read yet.", "This page was made from no records. Code a report and make the page again.")),
        foot(),
      );
      return;
    }
    this.root.replaceChildren(
      h("a.skip", { href: "#panel", click: (event: MouseEvent) => { event.preventDefault(); this.panel.focus(); } }, "Skip to the facts"),
      h("a.skip", { href: "#text", click: (event: MouseEvent) => { event.preventDefault(); this.toText(); } }, "Skip to the report’s text"),
      h(
        "header.top",
        {},
        h("div.brand", {}, mark(), h("span", {}, "Marsad")),
        h("div.top-tools", {}, themeButton(), help),
        pageTitle(this.state),
        this.figures,
      ),
      h(
        "main.page",
        {},
        h(
          "div.facts-side",
          {},
          h("div.bar", {}, many && h("div.scope-line", {}, h("label", {}, "Showing ", this.scope), collection.copies && h("label.tick", { title: "Facts of one report of each origin, not of all its copies" }, this.one, " Count origins, not copies")), this.tabs, this.filters.node),
          this.panel,
        ),
        this.text.node,
      ),
      foot(),
      this.told,
      this.help,
      this.beside.node,
      printed,
    );
    if (many) {
      this.scope.append(
        h("option", { value: "" }, `All ${collection.reports.length} reports`),
        ...collection.reports.map((report) => h("option", { value: report.index }, shortened(`${report.label}${report.source ? ` – ${report.source}` : ""}`, 90))),
      );
    }
    printing(this.state, printed);
    this.tabs.addEventListener("keydown", (event) => this.tabKey(event));
  }

  private views(): View[] {
    const { state } = this;
    return VIEWS.filter((view) => {
      if (view === "reports") return state.collection.reports.length > 1;
      if (view === "skipped") return state.collection.reports.some((report) => report.skipped.length > 0);
      return true;
    });
  }

  private size(view: View): number {
    const sum = (number: (report: Report) => number) => this.state.reports.reduce((total, report) => total + number(report), 0);
    switch (view) {
      case "reports":
        return this.state.collection.reports.length;
      case "happened":
        return sum((report) => report.events.length);
      case "says":
        return sum((report) => report.statements.length);
      case "who":
        return this.state.everybody.size;
      case "where":
        return new Set(this.state.reports.flatMap((report) => report.events.flatMap(({ raw }) => (raw.place?.name ? [raw.place.name] : [])))).size;
      case "skipped":
        return sum((report) => report.skipped.length);
    }
  }

  private drawScope(): void {
    this.figures.replaceChildren(...summary(this.state).flatMap((words, at) => [at ? " " : "", h("span", {}, words)]));
    this.one.checked = this.state.originsOnly;
    this.one.disabled = this.state.scope !== null;
    this.scope.value = this.state.scope ? String(this.state.scope.index) : "";
    this.filters.draw();
  }

  private drawTabs(): void {
    const focused = this.tabs.contains(document.activeElement);
    this.tabs.replaceChildren(
      ...this.views().map((view) => {
        const on = view === this.state.view;
        return h(
          "button.tab",
          { type: "button", role: "tab", id: `tab-${view}`, "data-view": view, "aria-selected": String(on), "aria-controls": "panel", tabindex: on ? "0" : "-1", click: () => this.setView(view) },
          NAMES[view],
          " ",
          h("span.count", {}, this.size(view).toLocaleString("en-GB")),
        );
      }),
    );
    const now = this.tabs.querySelector<HTMLElement>("[aria-selected=true]");
    if (focused) now?.focus();
    if (now) this.tabs.scrollLeft = Math.max(0, now.offsetLeft - this.tabs.clientWidth / 2 + now.offsetWidth / 2);
    this.panel.setAttribute("aria-labelledby", `tab-${this.state.view}`);
  }

  /** Make the view of now anew. */
  redraw(): void {
    const { state } = this;
    this.drawTabs();
    this.filters.update();
    const make: Record<View, () => Shown> = {
      reports: () => reports(this, (report) => { state.view = "happened"; this.setScope(String(report.index)); }),
      happened: () => happened(this), says: () => says(this), who: () => who(this), where: () => where(this), skipped: () => skipped(this),
    };
    this.shown = make[state.view]();
    this.panel.replaceChildren(h("h2.visually-hidden", {}, NAMES[state.view]), this.shown.node);
    this.shown.shown?.();
    this.shown.mark(state.chosen);
    if (state.filtering) this.say(this.filters.told(this.shown.facts.length));
  }

  private setScope(value: string): void {
    const { state } = this;
    state.scope = value === "" ? null : (state.collection.reports[Number(value)] ?? null);
    if (state.chosen && state.scope && state.chosen.report !== state.scope) this.choose(null);
    if (state.scope) this.show(state.scope);
    state.changed("scope");
  }

  /** Facts of one report of each origin, or of all reports. */
  private setOriginsOnly(wanted: boolean): void {
    const { state } = this;
    state.originsOnly = wanted;
    if (state.chosen && !state.reports.includes(state.chosen.report)) this.choose(null);
    state.changed("scope");
    this.say(wanted ? "Facts of one report of each origin" : "Facts of all reports");
  }

  compare(left: Report, right: Report): void {
    this.beside.open(left, right);
  }

  /** The report that is read beside the one it is made from, or beside its first copy. */
  private compareThis(): void {
    const kin = this.state.reading?.kin;
    const other = kin?.of ?? kin?.copies[0];
    if (!this.state.reading || !other) return;
    if (kin?.of) this.compare(other, this.state.reading);
    else this.compare(this.state.reading, other);
  }

  private setView(view: View): void {
    this.state.view = view;
    this.state.changed("view");
  }

  private show(report: Report): void {
    this.state.reading = report;
    this.text.show(report);
    this.text.light(this.state.chosen);
  }

  private read(report: Report): void {
    if (this.state.scope) this.setScope(String(report.index));
    else this.show(report);
    this.text.node.focus({ preventScroll: true });
  }

  /** Choose a fact, or none: its row opens, its passages are lit, the address names it. */
  choose(fact: Fact | null, { focus = false, follow = false } = {}): void {
    const { state } = this;
    state.chosen = fact;
    if (fact) {
      const home = HOME[fact.kind];
      if (state.scope && state.scope !== fact.report) {
        state.scope = fact.report;
        this.drawScope();
        this.redraw();
      } else if (!state.reports.includes(fact.report)) this.setOriginsOnly(false);
      if (follow && home && !this.shown.facts.includes(fact)) {
        if (home !== state.view) {
          state.view = home;
          this.redraw();
        }
        if (!this.shown.facts.includes(fact) && state.filtering) this.filters.reset();
      }
      this.show(fact.report);
    } else this.text.light(null);
    const row = this.shown.mark(fact);
    if (row && (focus || follow)) {
      row.scrollIntoView({ block: "nearest" });
      row.querySelector<HTMLElement>("button")?.focus({ preventScroll: true });
    }
    try {
      history.replaceState(null, "", fact ? this.link(fact) : location.pathname + location.search);
    } catch {
      // Some browsers forbid this for files; the page works without it.
    }
  }

  link(fact: Fact): string {
    return `#${encodeURIComponent(fact.report.raw.id)}/${encodeURIComponent(fact.ref)}`;
  }

  /** Choose what the address names; false where it names nothing on this page. */
  private fromAddress(): boolean {
    let id: string;
    let ref: string;
    try {
      [id = "", ref = ""] = location.hash.slice(1).split("/").map(decodeURIComponent) as [string, string];
    } catch {
      return false;
    }
    const report = this.state.collection.reports.find(({ raw }) => raw.id === id);
    const fact = report?.fact(ref);
    if (!report) return false;
    if (fact) {
      this.state.view = HOME[fact.kind] ?? this.state.view;
      this.redraw();
      this.choose(fact, { follow: true });
    } else this.setScope(String(report.index));
    return true;
  }

  toText(): void {
    this.text.node.scrollIntoView({ block: "nearest" });
    const narrow = matchMedia("(max-width: 62rem)").matches;
    if (narrow) (this.text.node.querySelector("[data-roles~=trigger], .text-body [data-roles]") ?? this.text.node).scrollIntoView({ block: "center" });
    this.text.node.querySelector<HTMLElement>(".text-scroll")?.focus({ preventScroll: true });
  }

  private back(): void {
    const row = this.shown.mark(this.state.chosen);
    row?.scrollIntoView({ block: "nearest" });
    row?.querySelector<HTMLElement>("button")?.focus({ preventScroll: true });
  }

  say(words: string): void {
    this.told.textContent = words;
  }

  private step(by: number): void {
    const { facts } = this.shown;
    if (!facts.length) return;
    const at = this.state.chosen ? facts.indexOf(this.state.chosen) : -1;
    const next = at < 0 ? (by > 0 ? 0 : facts.length - 1) : at + by;
    const fact = facts[next];
    if (fact) this.choose(fact, { focus: true });
  }

  private tabKey(event: KeyboardEvent): void {
    const views = this.views();
    const at = views.indexOf(this.state.view);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: views.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    this.setView(views[(to + views.length) % views.length] as View);
  }

  private key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || this.help.open || this.beside.node.open) return;
    const target = event.target as HTMLElement;
    const typing = target.matches("input, select, textarea");
    if (event.key === "Escape") {
      if (this.text.closePassage(true)) return;
      if (target === this.filters.words) {
        this.filters.words.blur();
        if (this.state.filters.words) { this.state.filters.words = ""; this.filters.words.value = ""; this.state.changed("filters"); }
      } else if (this.state.chosen) this.choose(null);
      return;
    }
    if (typing || !this.singleKeys) return;
    const inList = !!target.closest(".facts, table.events");
    if (event.key === "j" || (inList && event.key === "ArrowDown")) this.step(1);
    else if (event.key === "k" || (inList && event.key === "ArrowUp")) this.step(-1);
    else if (event.key === "/") this.filters.words.focus();
    else if (event.key === "?") this.help.showModal();
    else if (event.key === "t") this.toText();
    else if (event.key === "c") this.compareThis();
    else if (event.key === "r") this.say(this.text.toggleRestored() ?? "Nothing is restored in this report");
    else if (/^[1-6]$/.test(event.key)) {
      const view = this.views()[Number(event.key) - 1];
      if (view) this.setView(view);
    } else return;
    event.preventDefault();
  }
}

function start(): void {
  const root = document.getElementById("marsad");
  const data = document.getElementById("marsad-data")?.textContent;
  if (!root || !data) return;
  const { title, records, origins } = JSON.parse(data) as { title: string | null; records: RawRecord[]; origins?: RawOrigin[] };
  new App(new Collection(title, records, origins), root);
}

start();
