// Rows of facts: each a button that opens the fact's fields and passages.

import { h, type Child } from "./dom";
import { excerpt } from "./label";
import type { Fact, Report } from "./model";
import type { State } from "./state";

export interface Page {
  readonly state: State;
  choose(fact: Fact | null, how?: { focus?: boolean; follow?: boolean }): void;
  /** Go to the words of the fact in the report's text. */
  toText(): void;
  link(fact: Fact): string;
  say(words: string): void;
  /** Show two reports side by side. */
  compare(left: Report, right: Report): void;
  redraw(): void;
}

/** The rows made so far, by their facts. */
export class Rows {
  private readonly rows = new Map<Fact, { row: HTMLElement; details: () => Child[] }>();
  private marked: Fact | null = null;

  constructor(private readonly page: Page) {}

  /** A row; `details` are made when the fact is chosen. */
  make(fact: Fact, classes: string, main: Child[], details: () => Child[] = () => []): HTMLElement {
    const row = h(
      `li.fact${classes}`,
      { "data-fact": `${fact.report.index}/${fact.ref}` },
      h("button.fact-main", { type: "button", "aria-expanded": "false", click: () => this.toggle(fact) }, ...main),
    );
    this.rows.set(fact, { row, details });
    if (this.page.state.chosen === fact) this.open(fact);
    return row;
  }

  private toggle(fact: Fact): void {
    this.page.choose(this.marked === fact ? null : fact);
  }

  mark(fact: Fact | null): HTMLElement | null {
    if (this.marked && this.marked !== fact) {
      const old = this.rows.get(this.marked)?.row;
      old?.classList.remove("chosen");
      old?.querySelector(".fact-main")?.setAttribute("aria-expanded", "false");
      old?.querySelector(".fact-detail")?.remove();
      this.marked = null;
    }
    return fact ? this.open(fact) : null;
  }

  private open(fact: Fact): HTMLElement | null {
    const found = this.rows.get(fact);
    if (!found) return null;
    this.marked = fact;
    const { row, details } = found;
    if (row.classList.contains("chosen")) return row;
    row.classList.add("chosen");
    row.querySelector(".fact-main")?.setAttribute("aria-expanded", "true");
    row.append(
      h(
        "div.fact-detail",
        {},
        ...details(),
        excerpt(fact),
        h(
          "p.fact-links",
          {},
          h("button.link", { type: "button", click: () => this.page.toText() }, "Read it in the report"),
          h("a", { href: this.page.link(fact) }, "Link to this fact"),
        ),
      ),
    );
    return row;
  }
}
