// Finding facts: free words, the statuses (their legend too), type, actor, certainty.

import { h } from "./dom";
import { statusIcon } from "./icons";
import { noFilters, type State } from "./state";
import { CERTAINTIES, count, shortened, STATUSES, typeName, TYPES } from "./words";

export class FilterBar {
  readonly node: HTMLElement;
  readonly words: HTMLInputElement;
  private readonly chips = h("div.chips", { role: "group", "aria-label": "Status: legend and filter" });
  private readonly type = h<HTMLSelectElement>("select", { "aria-label": "Type of event", change: () => this.read() });
  private readonly actor = h<HTMLSelectElement>("select", { "aria-label": "Actor", change: () => this.read() });
  private readonly certainty = h<HTMLSelectElement>("select", { "aria-label": "Certainty", change: () => this.read() });
  private readonly clear = h("button.quiet", { type: "button", click: () => this.reset() }, "Clear filters");
  private waiting = 0;

  constructor(private readonly state: State) {
    this.words = h<HTMLInputElement>("input", {
      type: "search", placeholder: "Find words ( / )", "aria-label": "Find words", autocomplete: "off", spellcheck: "false",
      input: () => {
        clearTimeout(this.waiting);
        this.waiting = window.setTimeout(() => this.read(), 120);
      },
    });
    this.node = h("search.filters", { "aria-label": "Filters" }, this.words, this.type, this.actor, this.certainty, this.clear, this.chips);
    this.certainty.append(option("", "Any certainty"), ...Object.entries(CERTAINTIES).map(([code, [name]]) => option(code, name)));
    this.draw();
  }

  /** Draw anew for the scope, view and filters of now. */
  draw(): void {
    const { state } = this;
    const events = state.reports.flatMap((report) => report.events);
    const types = Object.keys(TYPES).filter((type) => events.some(({ raw }) => raw.type === type));
    this.type.replaceChildren(option("", "Any type"), ...types.map((type) => option(type, `${typeName(type)} (${events.filter(({ raw }) => raw.type === type).length})`)));
    const people = [...state.everybody.values()].sort((a, b) => a.name.localeCompare(b.name));
    this.actor.replaceChildren(option("", "Any actor"), ...people.map((one) => option(one.key, shortened(one.name, 60))));
    if (state.filters.actor && !state.everybody.has(state.filters.actor)) state.filters.actor = "";
    if (state.filters.type && !types.includes(state.filters.type)) state.filters.type = "";
    this.update();
  }

  update(): void {
    const { filters, view } = this.state;
    if (document.activeElement !== this.words) this.words.value = filters.words;
    this.type.value = filters.type;
    this.actor.value = filters.actor;
    this.certainty.value = filters.certainty;
    const aboutEvents = ["happened", "where", "who"].includes(view);
    const eventsOnly = view === "happened" || view === "where";
    this.type.hidden = this.certainty.hidden = !eventsOnly;
    this.actor.hidden = !aboutEvents && view !== "says";
    this.chips.hidden = !eventsOnly;
    this.clear.hidden = !this.state.filtering;
    const counts = new Map<string, number>();
    for (const { raw } of this.state.events(false)) counts.set(raw.status, (counts.get(raw.status) ?? 0) + 1);
    this.chips.replaceChildren(
      ...Object.entries(STATUSES).map(([status, [name, meaning]]) =>
        h(
          `button.chip.status-${status}`,
          { type: "button", title: meaning, "data-status": status, "aria-pressed": String(filters.statuses.has(status)), click: () => this.toggle(status) },
          statusIcon(status),
          h("span", {}, name),
          h("span.count", {}, String(counts.get(status) ?? 0)),
        ),
      ),
    );
  }

  private toggle(status: string): void {
    const { statuses } = this.state.filters;
    if (!statuses.delete(status)) statuses.add(status);
    this.state.changed("filters");
    this.chips.querySelector<HTMLElement>(`[data-status="${status}"]`)?.focus();
  }

  private read(): void {
    const { filters } = this.state;
    filters.words = this.words.value;
    filters.type = this.type.value;
    filters.actor = this.actor.value;
    filters.certainty = this.certainty.value;
    this.state.changed("filters");
  }

  reset(): void {
    this.state.filters = noFilters();
    this.words.value = "";
    this.state.changed("filters");
  }

  /** How many facts of the view are left, in words. */
  told(number: number): string {
    return this.state.filtering ? `${count(number, "fact")} pass the filters` : count(number, "fact");
  }
}

const option = (value: string, words: string): HTMLElement => h("option", { value }, words);
