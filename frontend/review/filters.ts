// The head of the queue: its views, the search, the filters.

import { h } from "../src/dom";
import { CERTAINTIES, STATUSES, TYPES } from "../src/words";
import { VIEWS, type Queue, type QueueView } from "./api";
import { follow, shared } from "./shared";

const NAMES: Record<QueueView, [name: string, meaning: string]> = {
  new: ["To decide", "what nobody has decided yet"],
  doubtful: ["Doubtful", "not decided; the coder gives a field less than an even chance, the least sure first"],
  contested: ["Contested", "not decided; somebody denies it, or the report has the same act otherwise"],
  disputed: ["Disputed", "reviewers differ about it"],
  decided: ["Decided", "accepted, corrected, rejected or added"],
  all: ["All", "every event"],
};

const option = (value: string, words: string): HTMLElement => h("option", { value }, words);

export class FilterHead {
  readonly node: HTMLElement;
  readonly words: HTMLInputElement;
  view: QueueView = VIEWS.find((view) => view === shared.view) ?? "new";
  private readonly tabs = h("div.views", { role: "group", "aria-label": "Which events" });
  private readonly fields: Record<string, HTMLInputElement | HTMLSelectElement> = {};
  private readonly clear: HTMLElement;
  private readonly more: HTMLDetailsElement;
  private readonly changed: () => void;
  private waiting = 0;

  constructor(changed: () => void) {
    const later = () => {
      clearTimeout(this.waiting);
      this.waiting = window.setTimeout(() => this.changed(), 220);
    };
    const input = (name: string, label: string, placeholder: string): HTMLElement => {
      const field = h<HTMLInputElement>("input", { type: "search", placeholder, autocomplete: "off", spellcheck: "false", input: later });
      this.fields[name] = field;
      return h("label", {}, h("span", {}, label), field);
    };
    const select = (name: string, label: string, options: [string, string][]): HTMLElement => {
      const field = h<HTMLSelectElement>("select", { change: () => this.changed() }, option("", "Any"), ...options.map(([code, words]) => option(code, words)));
      this.fields[name] = field;
      return h("label", {}, h("span", {}, label), field);
    };
    this.words = h<HTMLInputElement>("input", { type: "search", placeholder: "Search the reports ( / )", "aria-label": "Search the reports", autocomplete: "off", spellcheck: "false", input: later });
    this.clear = h("button.quiet", { type: "button", hidden: true, click: () => this.reset() }, "Clear filters");
    this.more = h<HTMLDetailsElement>(
      "details.more-filters",
      {},
      h("summary", {}, "Filters"),
      h(
        "div.filter-grid",
        {},
        select("type", "Type", Object.entries(TYPES).map(([code, [name]]) => [code, name])),
        select("status", "Status", Object.entries(STATUSES).map(([code, [name]]) => [code, name])),
        select("certainty", "Certainty", Object.entries(CERTAINTIES).map(([code, [name]]) => [code, name])),
        input("actor", "Actor", "whole words"),
        input("place", "Place", "whole words"),
        input("report", "Report", "id"),
        input("since", "From", "2020-07"),
        input("until", "To", "2020-07-31"),
      ),
      this.clear,
    );
    const share = follow({ q: this.words, ...this.fields }, changed);
    this.changed = () => {
      share();
      changed();
    };
    this.node = h("div.queue-head", {}, this.tabs, h("search", { "aria-label": "Find events" }, this.words, this.more));
    this.tabs.append(
      ...VIEWS.map((view) =>
        h("button.view-button", { type: "button", "data-view": view, title: NAMES[view][1], click: () => this.look(view) }, h("span", {}, NAMES[view][0]), h("span.count", {})),
      ),
    );
  }

  /** What the server is asked for. */
  get parameters(): Record<string, string> {
    const found: Record<string, string> = { view: this.view, q: /[\p{L}\p{N}]/u.test(this.words.value) ? this.words.value : "" };
    for (const [name, field] of Object.entries(this.fields)) {
      const value = field.value.trim();
      // A date that is still being typed finds nothing; leave it out until it is one.
      const whole = name === "since" || name === "until" ? /^\d{4}(-\d{2}(-\d{2})?)?$/.test(value) : name !== "actor" && name !== "place" ? true : /[\p{L}\p{N}]/u.test(value);
      found[name] = whole ? value : "";
    }
    return found;
  }

  draw(queue: Queue | null): void {
    for (const button of this.tabs.querySelectorAll<HTMLElement>(".view-button")) {
      const view = button.dataset.view as QueueView;
      button.setAttribute("aria-pressed", String(view === this.view));
      if (queue) (button.querySelector(".count") as HTMLElement).textContent = queue.views[view].toLocaleString("en-GB");
    }
    const set = Object.values(this.fields).filter((field) => field.value).length;
    (this.more.querySelector("summary") as HTMLElement).textContent = set ? `Filters (${set})` : "Filters";
    this.clear.hidden = !set && !this.words.value;
  }

  /** Show only one report's events. */
  only(report: string): void {
    (this.fields.report as HTMLInputElement).value = report;
    this.more.open = true;
    this.look("all");
  }

  /** Show another view; the address keeps it. */
  private look(view: QueueView): void {
    this.view = view;
    shared.view = view === "new" ? "" : view;
    this.changed();
  }

  reset(): void {
    this.words.value = "";
    for (const field of Object.values(this.fields)) field.value = "";
    this.changed();
  }

  static meaning(view: QueueView): string {
    return NAMES[view][1];
  }
}
