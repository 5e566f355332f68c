// Long lists, made a stretch at a time, and the facts in them.

import { h } from "./dom";
import type { Fact } from "./model";
import { count } from "./words";

const STRETCH = 60;

/** A list that is filled as far as the reader has come. */
export class LongList<T> {
  readonly node: HTMLElement;
  private made = 0;
  private readonly more = h("button.more", { type: "button", click: () => this.upTo(this.made + STRETCH) });
  private readonly watcher: IntersectionObserver | null;

  constructor(
    private readonly items: T[],
    private readonly list: HTMLElement,
    private readonly make: (item: T, index: number) => HTMLElement[],
    private readonly noun: string,
  ) {
    this.node = h("div.long-list", {}, list, this.more);
    this.watcher = "IntersectionObserver" in window
      ? new IntersectionObserver((entries) => {
          if (entries.some((entry) => entry.isIntersecting)) this.upTo(this.made + STRETCH);
        }, { rootMargin: "600px" })
      : null;
    this.upTo(STRETCH);
  }

  /** Make the list as far as this many items. */
  upTo(wanted: number): void {
    const end = Math.min(this.items.length, Math.max(wanted, this.made));
    for (; this.made < end; this.made++) this.list.append(...this.make(this.items[this.made] as T, this.made));
    const left = this.items.length - this.made;
    this.more.hidden = left === 0;
    this.more.textContent = `Show more (${count(left, this.noun)} left)`;
    this.watcher?.unobserve(this.more);
    if (left) this.watcher?.observe(this.more);
  }
}

/** What a view tells the page about itself. */
export interface Shown {
  node: HTMLElement;
  /** The facts in the order in which j and k go through them. */
  facts: Fact[];
  /** Mark the chosen fact, making its row if need be; returns the row. */
  mark(fact: Fact | null): HTMLElement | null;
  /** Called once the view is in the page. */
  shown?(): void;
}

export function emptyState(words: string, advice: string): HTMLElement {
  return h("div.empty-state", {}, h("p.empty-title", {}, words), h("p", {}, advice));
}
