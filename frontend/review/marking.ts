// Words of the report's text that a person marks, by mouse or by keyboard, to say something about them.

import { bdi, h } from "../src/dom";
import type { Report } from "../src/model";
import type { Span } from "../src/raw";
import { shortened } from "../src/words";
import type { Marks } from "./controls";
import type { FactPart } from "./facts";

const NAME = "marked";

export class Marking implements Marks {
  /** Stands under the text while words are marked. */
  readonly bar = h("div.marked-bar", { role: "group", "aria-label": "Marked words", hidden: true });
  span: Span | null = null;
  private readonly told = h("span.marked-words");
  private kept: (() => void)[] = [];
  private report: Report | null = null;
  private segments: Intl.Segments | null = null;
  /** By keyboard: the word where marking began and the one where it is now, as offsets of the string. */
  private from: [number, number] | null = null;
  private to: [number, number] | null = null;

  /** `pane` holds the text; `add` is told what is to be added at the marked words. */
  constructor(private readonly pane: HTMLElement, add: (part: FactPart) => void, private readonly say: (words: string) => void) {
    const button = (part: FactPart, words: string, key?: string) => h("button.decide-button", { type: "button", "data-add": part, "aria-keyshortcuts": key ?? null, click: () => add(part) }, words, key ? h("kbd", { "aria-hidden": "true" }, key) : "");
    this.bar.append(
      this.told,
      button("event", "New event ", "i"), button("statement", "Statement"), button("actor", "Actor"), button("relation", "Tie"),
      h("button.quiet", { type: "button", click: () => this.clear() }, "Let go"),
    );
    document.addEventListener("selectionchange", () => this.selected());
    pane.addEventListener("keydown", (event) => this.key(event));
  }

  listen(changed: () => void): void {
    this.kept.push(changed);
  }

  /** The text shown is another one, or made anew. */
  shown(report: Report): void {
    const other = this.report?.raw.id !== report.raw.id;
    this.report = report;
    this.segments = null;
    if (other) this.clear();
    else this.draw();
    this.pane.append(this.bar);
  }

  /** The form that listened is gone. */
  forget(): void {
    this.kept = [];
  }

  clear(): void {
    this.from = this.to = null;
    this.set(null);
  }

  private set(span: Span | null): void {
    this.span = span;
    this.draw();
    for (const changed of this.kept) changed();
  }

  private selected(): void {
    const selection = getSelection();
    const { report } = this;
    if (!selection || selection.isCollapsed || !report || !selection.rangeCount) return;
    const range = selection.getRangeAt(0);
    if (!this.pane.querySelector(".text-body")?.contains(range.commonAncestorContainer)) return;
    const from = offset(range.startContainer, range.startOffset);
    const to = offset(range.endContainer, range.endOffset);
    if (from === null || to === null) return;
    const words = report.raw.text.slice(from, to);
    const start = from + (words.length - words.trimStart().length);
    const end = from + words.trimEnd().length;
    if (start >= end) return;
    this.from = this.to = null;
    this.set([report.offsets.back(start), report.offsets.back(end)]);
  }

  /** In the text the arrow keys go from word to word; with Shift they mark more. */
  private key(event: KeyboardEvent): void {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!by || event.ctrlKey || event.metaKey || event.altKey || !(event.target as HTMLElement).matches(".text-scroll") || !this.report) return;
    event.preventDefault();
    event.stopPropagation();
    const next = this.to ? this.word(by > 0 ? this.to[1] : this.to[0] - 1, by) : this.begin();
    if (!next) return;
    this.to = next;
    if (!event.shiftKey || !this.from) this.from = next;
    const { offsets } = this.report;
    this.set([offsets.back(Math.min(this.from[0], next[0])), offsets.back(Math.max(this.from[1], next[1]))]);
    this.range(next[0], next[1])?.startContainer.parentElement?.scrollIntoView({ block: "nearest" });
    if (this.span) this.say(`${this.report.words(this.span)}: marked`);
  }

  /** Where to begin: at what is marked or lit, else with the first word. */
  private begin(): [number, number] | null {
    const lit = [".at", "[data-roles~=trigger]", "[data-roles]"].map((which) => this.pane.querySelector<HTMLElement>(`.text-body ${which}`)).find(Boolean);
    const at = this.span && this.report ? this.report.offsets.at(this.span[0]) : Number(lit?.dataset.from ?? 0);
    return this.word(at, 1);
  }

  /** The word at an offset, or the next one in a direction. */
  private word(at: number, by: number): [number, number] | null {
    if (!this.report) return null;
    this.segments ??= new Intl.Segmenter(this.report.language ?? undefined, { granularity: "word" }).segment(this.report.raw.text);
    for (let found = this.segments.containing(at); found; ) {
      const end = found.index + found.segment.length;
      if (found.isWordLike) return [found.index, end];
      found = this.segments.containing(by > 0 ? end : found.index - 1);
    }
    return null;
  }

  private draw(): void {
    this.bar.hidden = !this.span;
    const highlights = (CSS as unknown as { highlights?: Map<string, unknown> }).highlights;
    highlights?.delete(NAME);
    if (!this.span || !this.report) return;
    this.told.replaceChildren(h("q", {}, bdi(shortened(this.report.words(this.span), 50))));
    const range = this.range(this.report.offsets.at(this.span[0]), this.report.offsets.at(this.span[1]));
    if (range && highlights) highlights.set(NAME, new (window as unknown as { Highlight: new (range: Range) => unknown }).Highlight(range));
  }

  private range(from: number, to: number): Range | null {
    const pieces = [...this.pane.querySelectorAll<HTMLElement>(".text-body [data-from]")];
    const start = place(pieces, from, false);
    const end = place(pieces, to, true);
    if (!start || !end) return null;
    const range = document.createRange();
    range.setStart(...start);
    range.setEnd(...end);
    return range;
  }
}

/** The offset in the text's string of a place in the page; null where it is in no piece of the text. */
function offset(node: Node, at: number): number | null {
  if (node.nodeType !== Node.TEXT_NODE) {
    const next = node.childNodes[at] ?? null;
    const piece = (next instanceof HTMLElement ? next : next?.parentElement ?? (node as HTMLElement))?.closest?.<HTMLElement>("[data-from]") ?? (next instanceof HTMLElement ? next.querySelector<HTMLElement>("[data-from]") : null);
    if (piece) return Number(piece.dataset.from) + (next ? 0 : piece.textContent?.length ?? 0);
    const pieces = [...(node as HTMLElement).querySelectorAll<HTMLElement>("[data-from]")];
    const last = pieces.at(-1);
    return last ? Number(last.dataset.from) + (last.textContent?.length ?? 0) : null;
  }
  const piece = node.parentElement?.closest<HTMLElement>("[data-from]");
  return piece ? Number(piece.dataset.from) + at : null;
}

function place(pieces: HTMLElement[], at: number, end: boolean): [Node, number] | null {
  for (let index = pieces.length - 1; index >= 0; index--) {
    const piece = pieces[index] as HTMLElement;
    const from = Number(piece.dataset.from);
    if (end ? from < at : from <= at) {
      const text = piece.firstChild;
      return text ? [text, Math.min(at - from, text.textContent?.length ?? 0)] : null;
    }
  }
  return null;
}
