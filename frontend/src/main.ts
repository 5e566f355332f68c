// The page: what is on it, and how its parts hear of each other.

import { addressOf, namedBy } from "./address";
import { Compare } from "./compare";
import { h } from "./dom";
import { FilterBar } from "./filterbar";
import { foot, mark } from "./frame";
import { happened } from "./happened";
import { heading, pageTitle, summary, themeButton } from "./head";
import { helpDialog } from "./help";
import { emptyState, type Shown } from "./list";
import { Collection, type Fact, type Report } from "./model";
import { singleKey, type Keys } from "./keys";
import { printing } from "./print";
import type { RawOrigin, RawRecord } from "./raw";
import { reports } from "./reports";
import type { Page } from "./rows";
import { says } from "./says";
import { skipped } from "./skipped";
import { State, type View } from "./state";
import { Tabs } from "./tabs";
import { TextPane } from "./text";
import { HOME, NAMES, viewsOf } from "./views";
import { who } from "./who";
import { where } from "./where";
import { shortened } from "./words";

class App implements Page {
  readonly state: State;
  private readonly filters: FilterBar;
  private readonly text: TextPane;
  private readonly beside: Compare;
  private readonly panel = h("div.panel", { id: "panel", role: "tabpanel", tabindex: "-1" });
  private readonly tabs: Tabs;
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
    this.tabs = new Tabs(this.state, (view) => this.setView(view));
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
          h("div.bar", {}, many && h("div.scope-line", {}, h("label", {}, "Showing ", this.scope), collection.copies && h("label.tick", { title: "Facts of one report of each origin, not of all its copies" }, this.one, " Count origins, not copies")), this.tabs.node, this.filters.node),
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
  }

  private drawScope(): void {
    this.figures.replaceChildren(...summary(this.state).flatMap((words, at) => [at ? " " : "", h("span", {}, words)]));
    this.one.checked = this.state.originsOnly;
    this.one.disabled = this.state.scope !== null;
    this.scope.value = this.state.scope ? String(this.state.scope.index) : "";
    this.filters.draw();
  }

  /** Make the view of now anew. */
  redraw(): void {
    const { state } = this;
    this.tabs.draw();
    this.panel.setAttribute("aria-labelledby", `tab-${state.view}`);
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
    return addressOf(fact);
  }

  /** Choose what the address names; false where it names nothing on this page. */
  private fromAddress(): boolean {
    const named = namedBy(location.hash, this.state.collection.reports);
    if (named?.fact) {
      this.state.view = HOME[named.fact.kind] ?? this.state.view;
      this.redraw();
      this.choose(named.fact, { follow: true });
    } else if (named) this.setScope(String(named.report.index));
    return named !== null;
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

  private key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || this.help.open || this.beside.node.open) return;
    if (event.key === "Escape") this.escape(event.target as HTMLElement);
    else if (this.singleKeys) singleKey(event, this.keys);
  }

  private readonly keys: Keys = {
    j: () => this.step(1),
    k: () => this.step(-1),
    t: () => this.toText(),
    c: () => this.beside.openFor(this.state.reading),
    r: () => this.say(this.text.toggleRestored() ?? "Nothing is restored in this report"),
    "/": () => this.filters.words.focus(),
    "?": () => this.help.showModal(),
    digit: (number) => {
      const view = viewsOf(this.state)[number - 1];
      if (view) this.setView(view);
    },
  };

  private escape(target: HTMLElement): void {
    const { state, filters } = this;
    if (this.text.closePassage(true)) return;
    if (target === filters.words) {
      filters.words.blur();
      if (state.filters.words) {
        state.filters.words = filters.words.value = "";
        state.changed("filters");
      }
    } else if (state.chosen) this.choose(null);
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
