// The dates below the line of time.

import type { ScaleTime } from "d3-scale";
import { s } from "./dom";
import { DAY, dateWords } from "./time";

/** Height of the axis. */
export const AXIS = 30;
/** Width of a letter. */
const LETTER = 6.6;

/** The line of time with its dates, as many as there is room for. */
export function axis(x: ScaleTime<number, number>, width: number, height: number): SVGElement {
  const node = s("g.axis", {}, s("line.base", { x1: 0, x2: width, y1: height - AXIS, y2: height - AXIS }));
  const ticks = x.ticks(Math.max(2, Math.floor(width / 110))).filter((tick) => tick.getTime() % DAY === 0);
  const gap = ticks.length > 1 ? (ticks[1] as Date).getTime() - (ticks[0] as Date).getTime() : 0;
  let year = "";
  let end = 0;
  for (const tick of ticks) {
    const at = x(tick);
    node.append(s("line.grid", { x1: at, x2: at, y1: 0, y2: height - AXIS + 5 }));
    const day = tick.toISOString().slice(0, 10);
    const words = tickWords(day, gap, day.slice(0, 4) !== year);
    const half = (words.length * LETTER) / 2 + 3;
    const middle = Math.max(half, Math.min(at, width - half));
    if (middle - half < end || at < 0 || at > width) continue;
    year = day.slice(0, 4);
    end = middle + half + 4;
    node.append(s("text", { x: middle, y: height - AXIS + 19, "text-anchor": "middle" }, words));
  }
  return node;
}

/** A date on the axis, no closer than the ticks are; the year where it is new. */
function tickWords(day: string, gap: number, fresh: boolean): string {
  if (gap > 300 * DAY) return day.slice(0, 4);
  const words = dateWords(gap > 27 * DAY ? day.slice(0, 7) : day);
  return fresh ? words : words.replace(/ \d+$/, "");
}
