// All days of the casebook below the timeline: a stretch is chosen by drawing over them.

import { brushX, type BrushBehavior, type D3BrushEvent } from "d3-brush";
import { scaleUtc, type ScaleTime } from "d3-scale";
import { select } from "d3-selection";
import { s } from "../src/dom";
import { between, DAY, stretchWords, type Stretch } from "../src/time";
import { count } from "../src/words";
import type { Overview } from "./pictures-api";

export const OVERVIEW = 58;
const HEAD = 14;

export class Brushing {
  private readonly node = s<SVGGElement>("g.overview");
  private readonly strip = s("g");
  private readonly seen = s("rect.seen");
  private readonly words = s("text.lane-count.not-saved");
  private readonly brushNode = s<SVGGElement>("g.brush.not-saved");
  private readonly brush: BrushBehavior<unknown>;
  private data: Overview | null = null;
  private marked: Stretch | null = null;
  private x: ScaleTime<number, number> = scaleUtc();
  private own = false;

  constructor(private readonly chosen: (range: Stretch | null) => void) {
    this.brush = brushX<unknown>().on("end", (event: D3BrushEvent<unknown>) => {
      if (this.own || !event.sourceEvent) return;
      const range = event.selection as [number, number] | null;
      if (!range) return this.chosen(null);
      const days = range.map((at) => Math.round(this.x.invert(at).getTime() / DAY) * DAY) as [number, number];
      this.chosen([days[0], Math.max(days[1], days[0] + DAY)]);
    });
    this.node.append(this.words, this.strip, this.seen, this.brushNode);
    // The picture's own moving and zooming is not for this part of it.
    for (const kind of ["mousedown", "touchstart", "wheel", "dblclick"]) this.node.addEventListener(kind, (event) => event.stopPropagation());
  }

  show(data: Overview): void {
    this.data = data;
  }

  mark(range: Stretch | null): void {
    this.marked = range;
  }

  /** The strip, `top` below the picture's upper edge; `sight` are the times that the picture shows. */
  draw(left: number, width: number, top: number, sight: Stretch): SVGElement {
    const span = this.data?.span && between(this.data.span[0], this.data.span[1]);
    if (!span || !this.data) {
      this.node.replaceChildren();
      return this.node;
    }
    const x = (this.x = scaleUtc([new Date(span[0]), new Date(span[1])], [left + 2, width - 2]));
    const [low, high] = [top + HEAD, top + OVERVIEW];
    const tallest = Math.max(1, ...this.data.columns.map(({ exact, broad }) => exact + broad));
    const room = high - low - 2;
    this.strip.replaceChildren(
      s("rect.overview-back", { x: left + 1, y: low, width: Math.max(width - left - 2, 0), height: high - low, rx: 4 }),
      ...this.data.columns.map(({ start, end, exact, broad }) => {
        const when = between(start, end) as Stretch;
        const [x0, x1] = [Math.max(x(new Date(when[0])), left + 2), Math.min(x(new Date(when[1])), width - 2)];
        const [tall, more] = [(exact / tallest) * room, (broad / tallest) * room];
        const wide = Math.max(x1 - x0 - 0.6, 1);
        return s("g", {}, s("title", {}, `${stretchWords(when)}: ${count(exact + broad, "incident")}`), s("rect.overview-column", { x: x0, y: high - tall, width: wide, height: tall }), broad > 0 && s("rect.overview-broad", { x: x0, y: high - tall - more, width: wide, height: more, fill: "url(#broad-plain)" }));
      }),
    );
    const at = (time: number): number => Math.max(left + 2, Math.min(width - 2, x(new Date(Math.max(span[0], Math.min(span[1], time))))));
    const [from, to] = [at(sight[0]), at(sight[1])];
    for (const [name, value] of Object.entries({ x: from, y: low + 0.75, width: Math.max(to - from, 2), height: high - low - 1.5, rx: 4 })) this.seen.setAttribute(name, String(value));
    this.words.textContent = width - left < 480 ? "Draw over these days to choose some" : "Draw over these days to choose some of them; press beside the choice to let it go";
    for (const [name, value] of Object.entries({ x: left + 3, y: top + 9 })) this.words.setAttribute(name, String(value));
    this.brush.extent([[left + 2, low], [width - 2, high]]);
    this.own = true;
    const selection = select(this.brushNode as SVGGElement);
    selection.call(this.brush);
    const range = this.marked && ([at(this.marked[0]), at(this.marked[1])] as [number, number]);
    this.brush.move(selection, range && range[1] - range[0] >= 1 ? range : range ? [range[0], range[0] + 2] : null);
    this.own = false;
    return this.node;
  }
}
