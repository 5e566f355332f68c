// The series that is asked about: incidents a week or a day, and the dates that were chosen; a press chooses one.

import { scaleLinear, scaleUtc, type ScaleTime } from "d3-scale";
import { AXIS, axis } from "../src/axis";
import { h, s } from "../src/dom";
import { onWidth } from "../src/scales";
import { between, DAY, dateWords } from "../src/time";
import { count } from "../src/words";
import type { Series } from "./response-api";
import { put } from "./put";

const TALL = 150;
const HEAD = 16;
const LEFT = 34;
/** Days up to which each has a column of its own. */
const DAILY = 150;

export class SeriesChart {
  readonly node = h("figure.picture.series-chart");
  private readonly svg = s<SVGSVGElement>("svg", { role: "img" });
  private readonly note = h("figcaption.note");
  private data: Series | null = null;
  private points: string[] = [];
  private width = 0;
  private asking = true;
  private x: ScaleTime<number, number> = scaleUtc();

  constructor(private readonly chosen: (day: string) => void) {
    this.node.append(this.svg, this.note);
    this.svg.addEventListener("click", (event) => this.press(event));
  }

  /** Called once it is in the page. */
  shown(): void {
    onWidth(this.node, (width) => { this.width = width; this.draw(); });
  }

  /** `asking` says whether a press chooses a day. */
  show(data: Series | null, points: string[], asking: boolean): void {
    this.data = data;
    this.asking = asking;
    this.svg.classList.toggle("asking", asking);
    this.points = points;
    this.node.hidden = !data?.incidents;
    this.draw();
  }

  private press(event: MouseEvent): void {
    if (!this.data || !this.asking) return;
    const at = this.x.invert(event.clientX - this.svg.getBoundingClientRect().left).getTime();
    const span = between(this.data.first, this.data.last);
    if (!span || at < span[0] || at >= span[1]) return;
    this.chosen(new Date(Math.floor(at / DAY) * DAY).toISOString().slice(0, 10));
  }

  private draw(): void {
    const span = this.data && between(this.data.first, this.data.last);
    if (!this.data || !span || !this.width) return;
    const { counts, missing, spread, incidents } = this.data;
    const step = counts.length <= DAILY ? 1 : 7;
    const sums: number[] = [];
    for (let day = 0; day < counts.length; day += step) sums.push(counts.slice(day, day + step).reduce((sum, one) => sum + one, 0));
    const height = HEAD + TALL + AXIS;
    const x = (this.x = scaleUtc([new Date(span[0]), new Date(span[1])], [LEFT, this.width - 4]));
    const y = scaleLinear([0, Math.max(1, ...sums)], [HEAD + TALL, HEAD]).nice(3);
    const at = (day: number): number => x(new Date(span[0] + day * DAY));
    const unit = step === 1 ? "a day" : "a week";
    const gone = missing.length ? `; ${count(missing.length, "day")} on which nobody looked` : "";
    for (const [name, value] of Object.entries({ viewBox: `0 0 ${this.width} ${height}`, width: this.width, height })) this.svg.setAttribute(name, String(value));
    this.svg.setAttribute("aria-label", `Incidents ${unit}, ${dateWords(this.data.first)} to ${dateWords(this.data.last)}: ${count(Math.round(incidents), "incident")}, at most ${Math.round(Math.max(...sums))} ${unit}${this.points.length ? `; chosen: ${this.points.map(dateWords).join(", ")}` : ""}`);
    put(
      this.svg,
      s("g.y", {}, ...y.ticks(3).filter((value) => value > 0).map((value) => s("g", {}, s("path.grid", { d: `M${LEFT} ${y(value)}H${this.width - 4}` }), s("text", { x: LEFT - 5, y: y(value) + 4, "text-anchor": "end" }, value)))),
      ...missing.map((day) => s("rect.unwatched", { x: at(day), y: HEAD, width: Math.max(at(day + 1) - at(day), 0.8), height: TALL })),
      s("path.series-bars", { d: sums.map((sum, number) => (sum > 0 ? `M${at(number * step).toFixed(1)} ${y(0)}V${y(sum).toFixed(1)}H${Math.max(at(Math.min((number + 1) * step, counts.length)) - 0.5, at(number * step) + 0.8).toFixed(1)}V${y(0)}Z` : "")).join("") }),
      axis(x, this.width, height),
      ...this.points.map((point) => {
        const when = between(point, point);
        if (!when || when[0] < span[0] || when[0] >= span[1]) return null;
        const here = x(new Date(when[0]));
        const half = 34;
        return s("g.chosen-day", {}, s("path", { d: `M${here} ${HEAD - 2}V${HEAD + TALL}` }), s("text", { x: Math.min(Math.max(here, half), this.width - half), y: HEAD - 5, "text-anchor": "middle" }, point));
      }),
    );
    put(this.note, `Incidents ${unit}${spread ? `; ${count(Math.round(spread), "incident")} without an exact day spread over the days on which it may have been` : ""}${gone}.${this.asking ? " Press a day to ask about it, or type one. A date that is chosen because the counts change there proves nothing: choose it by what happened." : ""}`);
  }
}
