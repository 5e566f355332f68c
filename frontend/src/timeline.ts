// The events on a line of time. Broad dates are hatched bars as long as what is known.

import { scaleUtc, type ScaleTime } from "d3-scale";
import { zoomIdentity, type ZoomTransform } from "d3-zoom";
import { AXIS, axis } from "./axis";
import { h, s } from "./dom";
import { statusMark } from "./icons";
import { tolls } from "./label";
import type { EventFact } from "./model";
import { onWidth, zoomer } from "./scales";
import { DAY, stretchWords, type Stretch } from "./time";
import { count, plain, shortened, statusName, STATUSES, typeName } from "./words";

const ROW = 22;
const MOST_ROWS = 14;
const TOP = 8;
/** Width of a letter of an event's words. */
const LABEL = 6.3;
const STEPS: [days: number, words: string][] = [[1, "a day"], [7, "a week"], [30.4, "a month"], [91.3, "a quarter"], [365.25, "a year"], [1826, "5 years"], [3652.5, "10 years"], [18262, "50 years"]];

/** Where an event stands: its stretch, the ends of its sign, its row, and its words with the side they are on. */
interface Placed { fact: EventFact; x0: number; x1: number; from: number; to: number; row: number; label: string; before: boolean }

/** The stretch in which most events lie: long tails of background events are a zoom away. */
export function core(stretches: Stretch[]): Stretch {
  const starts = stretches.map(([from]) => from).sort((a, b) => a - b);
  const whole: Stretch = [Math.min(...starts), Math.max(...stretches.map(([, to]) => to))];
  if (stretches.length < 5) return whole;
  const from = starts[Math.floor(starts.length * 0.25)] as number;
  const to = Math.max(...stretches.filter(([start]) => start >= from).map(([, end]) => end));
  return to - from < (whole[1] - whole[0]) / 6 ? [from, to] : whole;
}

const padded = ([from, to]: Stretch): Stretch => {
  const pad = Math.max((to - from) * 0.06, DAY);
  return [from - pad, to + pad];
};

export function describe(fact: EventFact): string {
  const who = fact.raw.actors.map((id) => fact.report.name(id)).join(", ");
  const whom = fact.raw.recipients.map((id) => fact.report.name(id)).join(", ");
  const mode = fact.raw.mode ? ` (${plain(fact.raw.mode)})` : "";
  const parts = [`${typeName(fact.raw.type)}${mode}: ${who || "no one named"} → ${whom || "no one named"}`];
  if (fact.when) parts.push(stretchWords(fact.when));
  parts.push(`${statusName(fact.raw.status)}, ${fact.raw.certainty}`, ...tolls(fact));
  return parts.join("\n");
}

export class Timeline {
  readonly node: HTMLElement;
  private readonly svg: SVGSVGElement;
  private readonly dated: EventFact[];
  private readonly whole: Stretch;
  private readonly home: Stretch;
  private readonly note = h("p.picture-note");
  private transform: ZoomTransform = zoomIdentity;
  private width = 0;
  private chosen: EventFact | null = null;
  private readonly zoom;

  constructor(events: EventFact[], private readonly choose: (fact: EventFact) => void) {
    this.dated = events.filter((fact) => fact.when);
    const stretches = this.dated.map((fact) => fact.when as Stretch);
    const first: Stretch = stretches[0] ?? [0, DAY];
    this.whole = padded(stretches.reduce((a, b) => [Math.min(a[0], b[0]), Math.max(a[1], b[1])], first));
    this.home = stretches.length ? padded(core(stretches)) : this.whole;
    const span = stretches.length ? stretchWords(stretches.reduce((a, b) => [Math.min(a[0], b[0]), Math.max(a[1], b[1])])) : "";
    this.svg = s<SVGSVGElement>("svg.timeline", {
      role: "img",
      "aria-label": `Timeline of ${count(this.dated.length, "dated event")}, ${span}. The list below holds the same events.`,
    });
    this.zoom = zoomer(this.svg, [1, 20_000], (transform) => {
      this.transform = transform;
      this.draw();
    });
    const toCore = h("button.quiet", { type: "button", click: () => this.zoom.to(this.homeTransform()) }, "Most events");
    this.node = h(
      "figure.picture.timeline-picture",
      {},
      h("div.picture-tools", {}, this.home !== this.whole && this.home[0] !== this.whole[0] && toCore, this.zoom.buttons),
      this.svg,
      h("figcaption", {}, this.note),
    );
  }

  /** Draw once the picture is in the page. */
  shown(): void {
    onWidth(this.node, (width) => {
      const first = this.width === 0;
      this.width = width;
      this.zoom.behavior.extent([[0, 0], [width, 100]]).translateExtent([[0, 0], [width, 100]]);
      if (first) this.zoom.to(this.homeTransform());
      else this.draw();
    });
  }

  private base(): ScaleTime<number, number> {
    return scaleUtc([new Date(this.whole[0]), new Date(this.whole[1])], [0, this.width]);
  }

  private homeTransform(): ZoomTransform {
    const x = this.base();
    const [from, to] = [x(new Date(this.home[0])), x(new Date(this.home[1]))];
    const k = this.width / Math.max(to - from, 1e-6);
    return zoomIdentity.translate(-from * k, 0).scale(k);
  }

  mark(fact: EventFact | null): void {
    this.chosen = fact;
    if (!this.width) return;
    if (fact?.when) {
      const x = this.transform.rescaleX(this.base());
      const at = x(new Date(fact.when[0]));
      if (x(new Date(fact.when[1])) < 0 || at > this.width) {
        const { k } = this.transform;
        this.zoom.to(zoomIdentity.translate(this.width / 2 - this.base()(new Date(fact.when[0])) * k, 0).scale(k));
        return;
      }
    }
    this.draw();
  }

  private draw(): void {
    const x = this.transform.rescaleX(this.base());
    const seen = this.dated.filter(({ when }) => when && x(new Date(when[1])) > 0 && x(new Date(when[0])) < this.width);
    let placed = this.place(x, seen, true);
    if (rows(placed) > MOST_ROWS) placed = this.place(x, seen, false);
    const crowded = rows(placed) > MOST_ROWS * 2;
    const height = TOP + AXIS + (crowded ? 150 : Math.max(3, rows(placed)) * ROW);
    const layer = s("g");
    const note: string[] = [];
    if (crowded) note.push(this.columns(x, seen, layer, height));
    else {
      // The chosen one last, over the others.
      for (const one of [...placed].sort((a, b) => Number(a.fact === this.chosen) - Number(b.fact === this.chosen))) layer.append(this.mark_(one, x));
    }
    const before = this.dated.filter(({ when }) => when && x(new Date(when[1])) <= 0).length;
    const after = this.dated.length - seen.length - before;
    if (before) note.push(`${count(before, "event")} earlier`);
    if (after) note.push(`${count(after, "event")} later`);
    if (!crowded && seen.some(({ when }) => when && when[1] - when[0] > DAY)) note.push("Hatched: on some day or days of this stretch, no closer date given");
    this.note.textContent = note.length ? `${note.join(". ")}.` : "";
    this.svg.setAttribute("viewBox", `0 0 ${this.width} ${height}`);
    this.svg.setAttribute("width", String(this.width));
    this.svg.setAttribute("height", String(height));
    this.svg.replaceChildren(hatches(), axis(x, this.width, height), layer);
  }

  private place(x: ScaleTime<number, number>, seen: EventFact[], labels: boolean): Placed[] {
    const ends: number[] = [];
    const placed = seen.map((fact) => {
      const when = fact.when as Stretch;
      const broad = when[1] - when[0] > DAY;
      let x0 = x(new Date(when[0]));
      let x1 = x(new Date(when[1]));
      if (!broad) x0 = x1 = (x0 + x1) / 2;
      const narrow = broad && x1 - x0 < 20;
      const middle = narrow ? (x0 + x1) / 2 : x0;
      const from = Math.min(Math.max(x0, -20), middle - (broad && !narrow ? 0 : 8));
      const to = Math.max(x1, middle + 8);
      const one: Placed = { fact, x0, x1, from, to, row: 0, label: labels ? labelOf(fact) : "", before: false };
      // Words that would run out of the picture stand before the sign.
      one.before = wordsOf(one, labelOf(fact), false)[1] > this.width && wordsOf(one, labelOf(fact), true)[0] >= 0;
      const [left, right] = one.label ? wordsOf(one, one.label, one.before) : [from, to];
      let row = ends.findIndex((end) => end <= Math.min(left, from));
      if (row < 0) row = ends.length;
      ends[row] = Math.max(right, to) + 6;
      return { ...one, row };
    });
    if (!labels) this.nameSome(placed);
    return placed;
  }

  /** Give words to those beside whom there is room for them. */
  private nameSome(placed: Placed[]): void {
    const byRow = new Map<number, Placed[]>();
    for (const one of placed) byRow.set(one.row, [...(byRow.get(one.row) ?? []), one]);
    for (const row of byRow.values()) {
      row.sort((a, b) => a.from - b.from);
      let end = 0;
      row.forEach((one, at) => {
        const label = labelOf(one.fact);
        const next = Math.min(row[at + 1]?.from ?? this.width, this.width);
        const side = [false, true].find((before) => {
          const [left, right] = wordsOf(one, label, before);
          return before ? left >= end + 4 : right <= next - 4;
        });
        if (side !== undefined) Object.assign(one, { label, before: side });
        end = Math.max(end, one.to, one.label ? wordsOf(one, one.label, one.before)[1] : 0);
      });
    }
  }

  private mark_(one: Placed, x: ScaleTime<number, number>): SVGElement {
    const { fact, x0, x1, row } = one;
    const label = one.label || (fact === this.chosen ? labelOf(fact) : "");
    const when = fact.when as Stretch;
    const broad = when[1] - when[0] > DAY;
    const y = TOP + row * ROW + ROW / 2;
    const { status, certainty } = fact.raw;
    const known = Object.hasOwn(STATUSES, status) ? status : "conditional";
    const group = s(`g.happening.status-${known}.certainty-${certainty}${fact === this.chosen ? ".chosen" : ""}`, { click: () => this.choose(fact) }, s("title", {}, describe(fact)));
    const narrow = broad && x1 - x0 < 20;
    const at = !broad ? x0 : narrow ? (x0 + x1) / 2 : Math.max(x0, 0) + 9;
    if (broad) {
      const from = Math.max(x0, -10);
      const width = Math.max(Math.min(x1, this.width + 10) - from, 14);
      group.append(s("rect.stretch", { x: narrow ? at - width / 2 : from, y: y - 8, width, height: 16, rx: 3, fill: `url(#hatch-${known})` }));
    } else {
      const half = Math.max((x(new Date(when[1])) - x(new Date(when[0]))) / 2, 0);
      if (half > 10) group.append(s("rect.day", { x: x0 - half, y: y - 8, width: half * 2, height: 16, rx: 3 }));
    }
    if (!narrow || fact === this.chosen) group.append(s("circle.backing", { cx: at, cy: y, r: 8 }));
    group.append(s("g", { transform: `translate(${at},${y})` }, statusMark(status)));
    const [left, right] = wordsOf(one, label, one.before);
    if (label && broad && !one.before) group.append(s("rect.backing.label-backing", { x: left - 3, y: y - 7, width: right - left + 8, height: 14, rx: 3 }));
    if (label) group.append(s("text.happening-label", { x: one.before ? right : left, y: y + 4, "text-anchor": one.before ? "end" : "start" }, label));
    return group;
  }

  /** Too many to tell apart: columns of counts by status. Returns the note that says so. */
  private columns(x: ScaleTime<number, number>, seen: EventFact[], layer: SVGElement, height: number): string {
    const days = (x.invert(this.width).getTime() - x.invert(0).getTime()) / DAY;
    const [step, words] = STEPS.find(([size]) => days / size <= this.width / 9) ?? (STEPS.at(-1) as [number, string]);
    const bins = new Map<number, Map<string, number>>();
    for (const fact of seen) {
      const when = fact.when as Stretch;
      const bin = Math.floor((when[0] + Math.min(when[1] - when[0], step * DAY) / 2) / (step * DAY));
      const counts = bins.get(bin) ?? new Map<string, number>();
      counts.set(fact.raw.status, (counts.get(fact.raw.status) ?? 0) + 1);
      bins.set(bin, counts);
    }
    const sum = (counts: Map<string, number>) => [...counts.values()].reduce((a, b) => a + b, 0);
    const tallest = Math.max(...[...bins.values()].map(sum));
    const room = height - AXIS - TOP;
    for (const [bin, counts] of bins) {
      const from = x(new Date(bin * step * DAY));
      const to = x(new Date((bin + 1) * step * DAY));
      let y = height - AXIS;
      const column = s("g.column", {
        click: () => {
          const k = Math.min(this.transform.k * 5, 20_000);
          const middle = this.base()(new Date((bin + 0.5) * step * DAY));
          this.zoom.to(zoomIdentity.translate(this.width / 2 - middle * k, 0).scale(k));
        },
      });
      column.append(s("title", {}, `${stretchWords([bin * step * DAY, (bin + 1) * step * DAY])}: ${count(sum(counts), "event")}`));
      for (const status of Object.keys(STATUSES)) {
        const size = ((counts.get(status) ?? 0) / tallest) * room;
        if (!size) continue;
        y -= size;
        column.append(s(`rect.status-${status}`, { x: from + 0.5, y, width: Math.max(to - from - 1, 1.5), height: Math.max(size - 0.8, 0.6), fill: "currentColor" }));
      }
      layer.append(column);
    }
    return `Each column counts the events that begin in ${words}; the tallest is ${tallest}. Choose a column to come closer`;
  }
}

/** Where the words of an event begin and end: after its sign, or before it. */
function wordsOf({ fact, x0, x1, from }: Placed, label: string, before: boolean): [from: number, to: number] {
  const size = label.length * LABEL;
  const when = fact.when as Stretch;
  const broad = when[1] - when[0] > DAY;
  if (before) return [from - 4 - size, from - 4];
  const at = !broad ? x0 : x1 - x0 < 20 ? (x0 + x1) / 2 : Math.max(x0, 0) + 9;
  return [at + 10, at + 10 + size];
}

/** What it was, and where, as far as there is room. */
function labelOf(fact: EventFact): string {
  const place = fact.raw.place?.name?.split(",")[0]?.trim();
  return shortened(place ? `${typeName(fact.raw.type)}, ${place}` : typeName(fact.raw.type), 28);
}

const rows = (placed: Placed[]): number => placed.reduce((most, { row }) => Math.max(most, row + 1), 0);

/** Hatching in each status's colour. */
export function hatches(): SVGElement {
  return s(
    "defs",
    {},
    ...Object.keys(STATUSES).map((status) =>
      s(
        `pattern.status-${status}`,
        { id: `hatch-${status}`, width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
        s("rect", { width: 6, height: 6, fill: "currentColor", "fill-opacity": 0.1 }),
        s("rect", { width: 2, height: 6, fill: "currentColor", "fill-opacity": 0.5 }),
      ),
    ),
  );
}
