// Garbled words and what probably stood there: marked in the text, told on demand, and shown instead if wished.

import { bdi, h } from "./dom";
import type { Report } from "./model";
import type { RawRestored } from "./raw";

const share = (confidence: number | null): string => (confidence === null ? "" : ` (${confidence.toFixed(2)})`);

/** One place: the words that stand there in pieces, the reading beside them, and a sign to press. */
export class RestoredPlace {
  readonly from: number;
  readonly to: number;
  /** The words that stand in the report. */
  readonly stood = h("span.stood");
  private readonly reading = h("bdi.reading");
  readonly sign: HTMLButtonElement;
  readonly node: HTMLElement;

  constructor(readonly raw: RawRestored, report: Report) {
    this.from = report.offsets.at(raw.span[0]);
    this.to = report.offsets.at(raw.span[1]);
    this.sign = h<HTMLButtonElement>("button.restored-sign", { type: "button", "aria-label": `${raw.applied ? "restored" : "proposed"}: ${raw.reading}${share(raw.confidence)}`, "aria-describedby": "restored-note" });
    this.node = h(`span.restored${raw.applied ? "" : ".proposed"}`, {}, this.reading, this.stood, this.sign);
    this.reading.hidden = true;
  }

  /** Show the reading, with the report's own words small and struck; or those words alone. */
  show(wanted: boolean): void {
    const restored = wanted && this.raw.applied;
    this.reading.hidden = !restored;
    this.reading.textContent = restored ? this.raw.reading : "";
    this.node.classList.toggle("as-restored", restored);
  }

  /** Light the reading as its words are lit. */
  light(): void {
    const lit = [...this.stood.querySelectorAll("[data-roles]")];
    const of = (name: string, separator: string) => [...new Set(lit.flatMap((node) => node.getAttribute(name)?.split(separator) ?? []))].join(separator);
    for (const [name, separator] of [["data-roles", " "], ["data-tag", " · "]] as const) {
      const value = of(name, separator);
      if (value) this.reading.setAttribute(name, value);
      else this.reading.removeAttribute(name);
    }
  }
}

/** What is told of a place: over the text, while it is pointed at, focused or pressed. */
export class RestoredNote {
  readonly node = h("div.restored-note", { id: "restored-note", role: "tooltip", hidden: true });
  private held: RestoredPlace | null = null;
  private now: RestoredPlace | null = null;
  private leaving = 0;

  constructor(private readonly title: (id: string) => string) {
    this.node.addEventListener("pointerenter", () => clearTimeout(this.leaving));
    this.node.addEventListener("pointerleave", () => this.leave());
  }

  watch(place: RestoredPlace, report: Report): void {
    place.node.addEventListener("pointerenter", () => this.open(place, report));
    place.node.addEventListener("pointerleave", () => this.leave());
    place.sign.addEventListener("focus", () => this.open(place, report));
    place.sign.addEventListener("blur", () => { if (this.held !== place) this.close(); });
    place.sign.addEventListener("click", (event) => {
      event.stopPropagation();
      this.held = this.held === place ? null : place;
      if (this.held) this.open(place, report);
      else this.close();
    });
  }

  private open(place: RestoredPlace, report: Report): void {
    clearTimeout(this.leaving);
    if (this.held && this.held !== place) this.held = null;
    const { raw } = place;
    const line = (name: string, ...words: (Node | string)[]) => h("div", {}, h("dt", {}, name), h("dd", {}, ...words));
    const others = raw.alternatives.flatMap(({ reading, confidence }, at) => [at ? ", " : "", bdi(reading), share(confidence)]);
    this.node.replaceChildren(
      h(
        "dl",
        {},
        line(raw.applied ? "restored:" : "perhaps:", h("strong", {}, bdi(raw.reading)), share(raw.confidence)),
        line("stood there:", h("q", {}, bdi(report.words(raw.span)))),
        ...(others.length ? [line("others:", ...others)] : []),
        line("by:", raw.by === "copy" ? (raw.of === null ? "a cleaner copy" : "its cleaner copy, ") : "a guess", raw.by === "copy" && raw.of !== null ? bdi(this.title(raw.of)) : "", raw.reason ? h("span.mode", {}, ` · ${raw.reason}`) : ""),
      ),
    );
    this.node.hidden = false;
    this.now = place;
    this.put(place);
  }

  /** Under the words, or over them where there is no room; within the text's width. */
  private put(place: RestoredPlace): void {
    const host = this.node.parentElement;
    if (!host) return;
    const [line] = place.node.getClientRects();
    const around = host.getBoundingClientRect();
    if (!line) return;
    const left = Math.max(8, Math.min(line.left - around.left, around.width - this.node.offsetWidth - 8));
    const below = line.bottom - around.top + 6;
    const view = Math.min(around.bottom, innerHeight);
    const over = line.bottom + 6 + this.node.offsetHeight > view && line.top - this.node.offsetHeight - 6 > Math.max(around.top, 0);
    this.node.style.left = `${left}px`;
    this.node.style.top = `${over ? line.top - around.top - this.node.offsetHeight - 6 : below}px`;
  }

  /** Stay by the words when the text is moved. */
  follow(): void {
    if (this.now && !this.node.hidden) this.put(this.now);
  }

  private leave(): void {
    clearTimeout(this.leaving);
    if (this.held) return;
    this.leaving = window.setTimeout(() => { if (document.activeElement !== this.now?.sign) this.close(); }, 200);
  }

  /** True when it was open. */
  close(): boolean {
    clearTimeout(this.leaving);
    this.held = this.now = null;
    if (this.node.hidden) return false;
    this.node.hidden = true;
    return true;
  }
}
