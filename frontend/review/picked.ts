// Rows of the queue that are picked for one decision about all of them.

import { h } from "../src/dom";
import { count } from "../src/words";
import type { Item } from "./api";

export type BulkKind = "accept" | "reject" | "note";
export const BULK_WORDS: Record<BulkKind, [act: string, done: string]> = {
  accept: ["Accept", "Accepted"], reject: ["Reject", "Rejected"], note: ["Note on", "Noted on"],
};

export const keyOf = (item: Item): string => `${item.report}/${item.event}`;

export class Picked {
  /** Says how many are picked and what can be done with them; hidden while none is. */
  readonly bar = h("div.picked-bar", { role: "group", "aria-label": "Picked events", hidden: true });
  private readonly told = h("strong", {});
  private readonly chosen = new Map<string, Item>();
  /** Where a stretch begins that is picked with Shift. */
  private anchor: Item | null = null;

  constructor(private readonly decide: (kind: BulkKind) => void, private readonly changed: () => void) {
    const button = (kind: BulkKind, words: string, key: string) => h(`button.decide-button.decide-${kind}`, { type: "button", click: () => this.decide(kind) }, words, " ", h("kbd", { "aria-hidden": "true" }, key));
    this.bar.append(
      this.told,
      button("accept", "Accept", "a"),
      button("reject", "Reject", "x"),
      button("note", "Note", "n"),
      h("button.quiet", { type: "button", click: () => this.clear() }, "Let go ", h("kbd", { "aria-hidden": "true" }, "Esc")),
    );
  }

  get items(): Item[] {
    return [...this.chosen.values()];
  }

  get size(): number {
    return this.chosen.size;
  }

  has(item: Item): boolean {
    return this.chosen.has(keyOf(item));
  }

  toggle(item: Item): void {
    if (!this.chosen.delete(keyOf(item))) this.chosen.set(keyOf(item), item);
    this.anchor = item;
    this.draw();
  }

  /** Pick everything from where picking began to this one. */
  stretch(items: Item[], to: Item): void {
    const from = this.anchor ? items.indexOf(this.anchor) : -1;
    const end = items.indexOf(to);
    if (from < 0 || end < 0) return this.toggle(to);
    for (const item of items.slice(Math.min(from, end), Math.max(from, end) + 1)) this.chosen.set(keyOf(item), item);
    this.draw();
  }

  /** By keyboard: the row that is left and the one that is come to; going back over picked rows lets them go. */
  step(from: Item, to: Item): void {
    if (this.has(from) && this.has(to)) this.chosen.delete(keyOf(from));
    else for (const item of [from, to]) this.chosen.set(keyOf(item), item);
    this.anchor ??= from;
    this.draw();
  }

  all(items: Item[]): void {
    for (const item of items) this.chosen.set(keyOf(item), item);
    this.draw();
  }

  clear(): void {
    this.chosen.clear();
    this.anchor = null;
    this.draw();
  }

  /** How many of how many reports, in words. */
  get words(): string {
    const reports = new Set(this.items.map(({ report }) => report)).size;
    return `${count(this.size, "event")} of ${count(reports, "report")}`;
  }

  private draw(): void {
    this.bar.hidden = !this.size;
    this.told.textContent = `${this.words} picked`;
    this.changed();
  }
}
