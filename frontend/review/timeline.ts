// The timeline of the whole casebook: incidents in lanes, one by one where there is room, else as columns of counts;
// below it all of its days, where a stretch is chosen by drawing over it.

import { scaleUtc, type ScaleTime } from "d3-scale";
import { zoomIdentity, type ZoomTransform } from "d3-zoom";
import { AXIS, axis } from "../src/axis";
import { h, s } from "../src/dom";
import { onWidth, zoomer, type Zoomer } from "../src/scales";
import { between, DAY, stretch, stretchWords, type Stretch } from "../src/time";
import { count, shortened, typeName } from "../src/words";
import { codesOf, describe, fillings, legend, signClass, signOf, whenOf, type SignBy } from "./picture-signs";
import type { Row, Timeline } from "./pictures-api";
import { Brushing, OVERVIEW } from "./timeline-brush";

const ROW = 17;
const MOST_ROWS = 16;
const COLUMNS = 54;
const BROAD = 13;
const MOST_BROAD_ROWS = 3;
const LETTER = 6.2;
const NARROW = 560;
const GUTTER = 138;
/** Width of the arrow that says that an end of the time is not given. */
const OPEN = 16;

export const LANES = { type: "by type", actor: "by actor", none: "in one" } as const;
export type LaneBy = keyof typeof LANES;

export interface TimelineHost {
  open(row: Row): void;
  /** The days in sight are others now; null where all are. */
  moved(window: [string, string] | null, sight: [string, string] | null): void;
  /** A stretch was chosen, or none. */
  chosen(since: string, until: string): void;
}

interface Placed { row: Row & { lanes: number[] }; x0: number; x1: number; at: number; line: number }

export const iso = (time: number): string => new Date(time).toISOString().slice(0, 10);

export class IncidentTimeline {
  readonly node: HTMLElement;
  readonly svg: SVGSVGElement;
  signs: SignBy = "grade";
  private readonly note = h("p.picture-note");
  private readonly legend = h("div.legend-line");
  private readonly brushing: Brushing;
  private data: Timeline | null = null;
  private whole: Stretch = [0, DAY];
  private home: Stretch = [0, DAY];
  private transform: ZoomTransform = zoomIdentity;
  private width = 0;
  private waiting = 0;
  private readonly zoom: Zoomer;

  constructor(private readonly host: TimelineHost, tools: HTMLElement[]) {
    this.svg = s<SVGSVGElement>("svg.timeline.lanes", { role: "img" });
    this.zoom = zoomer(this.svg, [1, 20_000], (transform) => {
      this.transform = transform;
      this.draw();
      this.later();
    });
    this.brushing = new Brushing((range) => this.host.chosen(range ? iso(range[0]) : "", range ? iso(range[1] - DAY) : ""));
    const toHome = h("button.quiet", { type: "button", click: () => this.zoom.to(this.fitted(this.home)) }, "Most incidents");
    this.node = h(
      "figure.picture.timeline-picture",
      {},
      h("div.picture-tools", {}, ...tools, toHome, this.zoom.buttons),
      this.svg,
      h("figcaption", {}, this.legend, this.note),
    );
  }

  shown(): void {
    onWidth(this.node, (width) => {
      const first = this.width === 0;
      this.width = width;
      this.zoom.behavior.extent([[this.left, 0], [width, 100]]).translateExtent([[this.left, 0], [width, 100]]);
      if (first && this.data) this.zoom.to(this.fitted(this.home));
      else this.draw();
    });
  }

  /** The days in sight and `more` of as many on either side; null where there is nothing yet. */
  private window(share: number): [string, string] | null {
    if (!this.data?.span || !this.width) return null;
    const x = this.scale();
    const [from, to] = [x.invert(this.left).getTime(), x.invert(this.width).getTime()];
    const more = (to - from) * share;
    return [iso(Math.max(from - more, this.whole[0])), iso(Math.min(to + more, this.whole[1]))];
  }

  /** How many columns there is room for. */
  get columns(): number {
    return Math.max(20, Math.min(400, Math.round((Math.max(this.width, 320) - this.left) / 7 * 1.66)));
  }

  /** Show what the server answered; `fresh` fits it into the picture anew. */
  show(data: Timeline, fresh: boolean): void {
    this.data = data;
    const [whole, home] = [data.span, data.home].map((days) => (days ? between(days[0], days[1]) : null));
    if (whole && home && (fresh || this.whole[0] !== padded(whole)[0] || this.whole[1] !== padded(whole)[1])) {
      this.whole = padded(whole);
      this.home = padded(home);
      fresh = true;
    }
    this.brushing.show(data.overview);
    this.legend.replaceChildren(legend(this.signs, data.step !== null));
    if (fresh && this.width) this.zoom.to(this.fitted(this.home));
    else this.draw();
  }

  /** Mark the stretch that the filters choose. */
  mark(since: string, until: string): void {
    const [from, to] = [stretch(since), stretch(until)];
    this.brushing.mark(from || to ? [from?.[0] ?? -Infinity, to?.[1] ?? Infinity] : null);
  }

  private get left(): number {
    return this.width >= NARROW && (this.data?.lanes.length ?? 0) > 1 ? GUTTER : 0;
  }

  private base(): ScaleTime<number, number> {
    return scaleUtc([new Date(this.whole[0]), new Date(this.whole[1])], [this.left, this.width]);
  }

  private scale(): ScaleTime<number, number> {
    return this.transform.rescaleX(this.base());
  }

  private fitted([from, to]: Stretch): ZoomTransform {
    const base = this.base();
    const [a, b] = [base(new Date(from)), base(new Date(to))];
    const k = Math.max(1, Math.min((this.width - this.left) / Math.max(b - a, 1e-6), 20_000));
    return zoomIdentity.translate(this.left - a * k, 0).scale(k);
  }

  private later(): void {
    clearTimeout(this.waiting);
    this.waiting = window.setTimeout(() => (this.transform.k <= 1.001 ? this.host.moved(null, null) : this.host.moved(this.window(1 / 6), this.window(0))), 160);
  }

  /** Never beyond the ends. */
  private bounded(transform: ZoomTransform): ZoomTransform {
    const k = Math.max(1, transform.k);
    const x = Math.max(this.width * (1 - k), Math.min(this.left * (1 - k), transform.x));
    return zoomIdentity.translate(x, 0).scale(k);
  }

  // Drawing

  private draw(): void {
    const { data } = this;
    if (!this.width || !data?.span) return;
    const x = this.scale();
    const layer = s("g", { "clip-path": "url(#lanes-clip)" });
    const heads = s("g");
    const rules = s("g");
    let y = 4;
    const notes: string[] = [];
    data.lanes.forEach((lane, at) => {
      const named = data.lanes.length > 1;
      const top = y;
      if (named && !this.left) {
        heads.append(s("text.lane-name", { x: 6, y: y + 13 }, `${this.laneName(lane)} (${lane.total})`));
        y += 18;
      }
      const start = y;
      y = data.step === null ? this.marks(x, at, layer, y) : this.counts(x, at, layer, y);
      if (named && this.left) {
        y = Math.max(y, start + 34);
        heads.append(s("text.lane-name", { x: 8, y: top + 17 }, shortened(this.laneName(lane), 20)), s("text.lane-count", { x: 8, y: top + 30 }, count(lane.total, "incident")));
      }
      if (at < data.lanes.length - 1) rules.append(s("line.lane-rule", { x1: 0, x2: this.width, y1: y + 2, y2: y + 2 }));
      y += 5;
    });
    const height = y + AXIS;
    if (data.step !== null) notes.push(`Each column counts the incidents of a ${data.step}, its height being the square root of their number; come closer to see them one by one`);
    if (data.broad.length || data.marks.some((one) => broadness(one) > DAY)) notes.push("Hatched: on some day or days of this stretch, no closer date known");
    if (data.marks.some(({ open }) => open)) notes.push("An arrow: it began or ended at a time that is not given");
    if (data.broad_left) notes.push(`${count(data.broad_left, "incident")} of broad dates more than can be drawn`);
    if (data.undated) notes.push(`${count(data.undated, "incident")} without a date: in the table only`);
    this.note.textContent = notes.length ? `${notes.join(". ")}.` : "";
    const all = height + OVERVIEW + 8;
    this.svg.setAttribute("viewBox", `0 0 ${this.width} ${all}`);
    this.svg.setAttribute("width", String(this.width));
    this.svg.setAttribute("height", String(all));
    this.svg.setAttribute("aria-label", `Timeline of ${count(data.dated, "dated incident")}, ${data.span[0]} to ${data.span[1]}. The table beside it holds the same incidents.`);
    const clip = s("clipPath", { id: "lanes-clip" }, s("rect", { x: this.left, y: 0, width: this.width - this.left, height }));
    const dates = s("g", { transform: `translate(${this.left},0)` }, axis(x.copy().range([0, this.width - this.left]), this.width - this.left, height));
    const fade = s("g", {}, ...[...codesOf(this.signs)].map((code) => s(`pattern.${signClass(this.signs, code)}`, { id: `broad-${code}`, width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" }, s("rect", { width: 6, height: 6, fill: "currentColor", "fill-opacity": 0.1 }), s("rect", { width: 2, height: 6, fill: "currentColor", "fill-opacity": 0.45 }))));
    const plain = s("pattern.broad-plain", { id: "broad-plain", width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" }, s("rect", { width: 6, height: 6, fill: "currentColor", "fill-opacity": 0.08 }), s("rect", { width: 2, height: 6, fill: "currentColor", "fill-opacity": 0.4 }));
    this.svg.replaceChildren(s("defs", {}, clip, ...fillings(this.signs), ...fade.children, plain), dates, rules, layer, heads, this.brushing.draw(this.left, this.width, height + 4, [x.invert(this.left).getTime(), x.invert(this.width).getTime()]));
  }

  private laneName({ key, name }: { key: string; name: string }): string {
    return key && key === name ? typeName(key) : name || "Kind not given";
  }

  /** The incidents of a lane one by one; returns where it ends. */
  private marks(x: ScaleTime<number, number>, lane: number, layer: SVGElement, top: number): number {
    const placed: Placed[] = [];
    const ends: number[] = [];
    for (const row of this.data?.marks ?? []) {
      if (!row.lanes.includes(lane)) continue;
      const when = whenOf(row) as Stretch;
      const [x0, x1] = [x(new Date(when[0])), x(new Date(when[1]))];
      if (x1 < this.left - 20 || x0 > this.width + 20) continue;
      const broad = broadness(row) > DAY;
      const at = broad && x1 - x0 >= 18 ? Math.max(x0, this.left) + 9 : (x0 + x1) / 2;
      const from = Math.min(broad ? x0 : at, at - (broad ? 11 : 8)) - (row.open === "before" ? OPEN : 0);
      const to = Math.max(broad ? x1 : at, at + (broad ? 11 : 8)) + (row.open === "after" ? OPEN : 0);
      let line = ends.findIndex((end) => end <= from);
      if (line < 0) line = ends.length;
      ends[line] = to + 2;
      placed.push({ row, x0, x1, at, line });
    }
    const shown = placed.filter(({ line }) => line < MOST_ROWS);
    const free = new Map<number, Placed[]>();
    for (const one of shown) free.set(one.line, [...(free.get(one.line) ?? []), one]);
    for (const line of free.values()) line.forEach((one, n) => layer.append(this.mark1(one, top, line[n + 1] ? Math.min((line[n + 1] as Placed).x0, (line[n + 1] as Placed).at - 8) : this.width)));
    let y = top + Math.max(1, Math.min(ends.length, MOST_ROWS)) * ROW;
    if (placed.length > shown.length) {
      layer.append(s("text.lane-count", { x: this.left + 8, y: y + 11 }, `and ${placed.length - shown.length} more on these days: come closer, or see the table`));
      y += 16;
    }
    return y;
  }

  private mark1({ row, x0, x1, at, line }: Placed, top: number, room: number): SVGElement {
    const y = top + line * ROW + ROW / 2;
    const code = this.signs === "grade" ? row.grade : row.status;
    const broad = broadness(row) > DAY;
    const narrow = broad && x1 - x0 < 22;
    const group = s(`g.happening.${signClass(this.signs, code)}`, { click: () => this.host.open(row), "data-incident": row.incident }, s("title", {}, describe(row)));
    if (broad) {
      const from = Math.max(Math.min(x0, at - 11), this.left - 12);
      const to = Math.min(Math.max(x1, at + 11), this.width + 12);
      group.append(s("rect.stretch", { x: from, y: y - 7, width: to - from, height: 14, rx: 3, fill: `url(#broad-${codesOf(this.signs).includes(code) ? code : "plain"})` }));
    } else if (x1 - x0 > 20) group.append(s("rect.day", { x: x0, y: y - 7, width: x1 - x0, height: 14, rx: 3 }));
    if (row.open) {
      const out = row.open === "after" ? 1 : -1;
      const from = out > 0 ? Math.max(broad ? x1 : at, at + (broad ? 11 : 7)) : Math.min(broad ? x0 : at, at - (broad ? 11 : 7));
      const tip = from + out * (OPEN - 3);
      group.append(s("path.open-end", { d: `M${from} ${y}H${tip}M${tip - out * 4} ${y - 4}L${tip} ${y}L${tip - out * 4} ${y + 4}` }));
    }
    if (!narrow) group.append(s("circle.backing", { cx: at, cy: y, r: 7.5 }));
    group.append(s("g", { transform: `translate(${at},${y})` }, signOf(this.signs, row)));
    const label = shortened(row.place ? `${row.place.split(",")[0]}${row.killed && row.killed !== "0" ? `, ${row.killed} killed` : ""}` : (row.actors || row.recipients || ""), 26);
    const from = at + (narrow ? 14 : 10);
    if (label && from + label.length * LETTER < Math.min(room - 4, this.width)) {
      if (broad) group.append(s("rect.backing.label-backing", { x: from - 2, y: y - 7, width: label.length * LETTER + 4, height: 14, rx: 3 }));
      group.append(s("text.happening-label", { x: from, y: y + 4 }, label));
    }
    return group;
  }

  /** A lane's columns of counts, and above them what is dated more broadly; returns where it ends. */
  private counts(x: ScaleTime<number, number>, lane: number, layer: SVGElement, top: number): number {
    const data = this.data as Timeline;
    const ends: number[] = [];
    for (const one of data.broad) {
      if (one.lane !== lane) continue;
      const when = between(one.start, one.end) as Stretch;
      const [x0, x1] = [Math.max(x(new Date(when[0])), this.left - 4), Math.min(x(new Date(when[1])), this.width + 4)];
      if (x1 < this.left || x0 > this.width) continue;
      const wide = Math.max(x1 - x0, 10);
      let line = ends.findIndex((end) => end <= x0);
      if (line < 0) line = ends.length;
      if (line >= MOST_BROAD_ROWS) continue;
      ends[line] = x0 + wide + 2;
      const y = top + line * BROAD;
      const words = String(one.number);
      const group = s("g.broad-bar", { click: () => this.zoom.to(this.bounded(this.fitted(padded(when)))) }, s("title", {}, `${count(one.number, "incident")} at some time in ${stretchWords(when)}`), s("rect.stretch", { x: x0, y, width: wide, height: BROAD - 2, rx: 2, fill: "url(#broad-plain)" }));
      if (wide > words.length * 7 + 8) group.append(s("rect.backing", { x: x0 + wide / 2 - words.length * 3.5 - 3, y: y + 0.5, width: words.length * 7 + 6, height: BROAD - 3, rx: 2 }), s("text.broad-count", { x: x0 + wide / 2, y: y + 9.2, "text-anchor": "middle" }, words));
      layer.append(group);
    }
    const start = top + Math.min(ends.length, MOST_BROAD_ROWS) * BROAD + (data.lanes.length > 1 ? 2 : 14);
    const own = data.columns.filter((one) => one.lane === lane);
    const sum = (counts: Record<string, number>) => Object.values(counts).reduce((a, b) => a + b, 0);
    const tallest = Math.max(1, ...data.columns.map((one) => sum(one.counts)));
    const size = data.lanes.length > 4 ? COLUMNS * 0.7 : data.lanes.length > 1 ? COLUMNS : COLUMNS * 3;
    for (const one of own) {
      const when = between(one.start, one.end) as Stretch;
      const [x0, x1] = [x(new Date(when[0])), x(new Date(when[1]))];
      if (x1 < this.left || x0 > this.width) continue;
      const total = sum(one.counts);
      // Square roots: a lane of few is seen beside one of many.
      const tall = Math.max(2, Math.sqrt(total / tallest) * size);
      let y = start + size;
      const column = s("g.column", { click: () => this.zoom.to(this.bounded(this.fitted(padded(when)))) }, s("title", {}, `${stretchWords(when)}: ${count(total, "incident")}\n${Object.entries(one.counts).map(([code, n]) => `${n} ${code}`).join(", ")}`));
      for (const code of codesOf(this.signs)) {
        const part = ((one.counts[code] ?? 0) / total) * tall;
        if (!part) continue;
        y -= part;
        column.append(s(`rect.bin.${signClass(this.signs, code)}`, { x: x0 + 0.5, y, width: Math.max(x1 - x0 - 1, 1.5), height: Math.max(part - 0.6, 0.6), fill: `url(#fill-${this.signs}-${code})` }));
      }
      if (x1 - x0 > 26) column.append(s("text.broad-count", { x: (x0 + x1) / 2, y: y - 2, "text-anchor": "middle" }, String(total)));
      layer.append(column);
    }
    return start + size + 2;
  }
}

const broadness = (row: Row): number => {
  const when = whenOf(row);
  return when ? when[1] - when[0] : 0;
};

const padded = ([from, to]: Stretch): Stretch => {
  const pad = Math.max((to - from) * 0.03, DAY);
  return [from - pad, to + pad];
};

