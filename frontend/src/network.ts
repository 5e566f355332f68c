// The picture of actors and the lines between them.

import { forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY, type SimulationLinkDatum, type SimulationNodeDatum } from "d3-force";
import { zoomIdentity, type ZoomTransform } from "d3-zoom";
import { h, s } from "./dom";
import { kindMark } from "./icons";
import type { Fact, Somebody } from "./model";
import { onWidth, zoomer } from "./scales";
import { count, shortened } from "./words";

/** A line between two actors (their keys), with the facts it stands for. */
export interface Tie { from: string; to: string; words: string; kind: string; mutual: boolean; facts: Fact[] }

interface Dot extends SimulationNodeDatum { one: Somebody; degree: number; x: number; y: number }
interface Line extends SimulationLinkDatum<Dot> { tie: Tie; source: Dot; target: Dot; bend: number }

/** As many actors as a picture can hold, and one on a narrow screen. */
const MOST = 70;
const MOST_NARROW = 26;
const NARROW = 520;
/** Width of a letter of a name and of a line's words. */
export const NAME = 6.1;
export const WORD = 5.4;

export interface Box { x0: number; y0: number; x1: number; y1: number }

export class Network {
  readonly node: HTMLElement;
  private readonly svg: SVGSVGElement;
  private dots: Dot[] = [];
  private lines: Line[] = [];
  private narrow: boolean | null = null;
  private readonly note = h("p.picture-note");
  private width = 0;
  private height = 420;
  private transform: ZoomTransform = zoomIdentity;
  private chosen: Fact | null = null;
  private chosenKey: string | null = null;
  private readonly zoom;

  constructor(private readonly everybody: Map<string, Somebody>, private readonly ties: Tie[], tools: HTMLElement, private readonly acts: boolean, private readonly choose: (fact: Fact) => void) {
    this.svg = s<SVGSVGElement>("svg.network", { role: "img" });
    this.zoom = zoomer(this.svg, [0.05, 6], (transform) => {
      this.transform = transform;
      this.draw();
    }, () => this.fit());
    this.node = h("figure.picture.network-picture", {}, h("div.picture-tools", {}, tools, this.zoom.buttons), this.svg, h("figcaption", {}, this.note));
  }

  /** Choose whom to draw, and where. */
  private lay(): void {
    const { everybody, ties } = this;
    const most = this.narrow ? MOST_NARROW : MOST;
    const degree = new Map<string, number>();
    for (const { from, to } of ties) for (const key of [from, to]) degree.set(key, (degree.get(key) ?? 0) + 1);
    // The best-connected part: lines between the busiest actors first, until the picture is full.
    const busy = (key: string) => degree.get(key) ?? 0;
    const kept = new Set<string>();
    for (const { from, to } of [...ties].sort((a, b) => busy(b.from) + busy(b.to) - busy(a.from) - busy(a.to))) {
      const fresh = [from, to].filter((key) => !kept.has(key));
      if (kept.size + fresh.length <= most) for (const key of fresh) kept.add(key);
    }
    const dots = new Map<string, Dot>();
    for (const key of kept) {
      const one = everybody.get(key);
      if (!one) continue;
      const angle = dots.size * 2.4;
      const far = 14 * Math.sqrt(dots.size + 1);
      dots.set(key, { one, degree: busy(key), x: Math.cos(angle) * far * 1.6, y: Math.sin(angle) * far });
    }
    this.dots = [...dots.values()];
    this.lines = [];
    const pairs = new Map<string, number>();
    for (const tie of ties) {
      const source = dots.get(tie.from);
      const target = dots.get(tie.to);
      if (!source || !target) continue;
      const pair = [tie.from, tie.to].sort().join("\n\n");
      const nth = pairs.get(pair) ?? 0;
      pairs.set(pair, nth + 1);
      this.lines.push({ tie, source, target, bend: nth === 0 ? 0 : (nth % 2 ? 1 : -1) * Math.ceil(nth / 2) * 34 * (tie.from < tie.to ? 1 : -1) });
    }
    this.settle();
    const left = degree.size - this.dots.length;
    this.svg.setAttribute("aria-label", `Network of ${count(this.dots.length, "actor")} and ${count(this.lines.length, this.acts ? "act" : "tie")}. The lists below hold the same.`);
    this.note.textContent = left > 0 ? `The ${this.dots.length} best-connected actors are drawn; ${left} more are in the list.` : "Actors without a line are in the list only.";
  }

  /** Lay the picture out at once: nothing moves before the reader's eyes. */
  private settle(): void {
    const crowd = this.dots.length;
    forceSimulation(this.dots)
      .force("link", forceLink<Dot, Line>(this.lines).distance(150).strength(0.4))
      .force("charge", forceManyBody().strength(crowd > 40 ? -420 : -620).distanceMax(800))
      .force("x", forceX(0).strength(this.narrow ? 0.12 : crowd > 40 ? 0.09 : 0.05))
      .force("y", forceY(0).strength(crowd > 40 ? 0.14 : 0.07))
      .force("collide", forceCollide<Dot>((dot) => 34 + Math.min(dot.one.name.length, 18) * 1.8))
      .stop()
      .tick(crowd > 80 ? 180 : 320);
  }

  shown(): void {
    onWidth(this.node, (width) => {
      this.width = width;
      if (this.narrow !== width < NARROW) {
        this.narrow = width < NARROW;
        this.lay();
      }
      this.height = Math.max(300, Math.min(620, Math.max(width * (this.narrow ? 1.3 : 0.72), 380), 240 + this.dots.length * 20));
      this.zoom.behavior.extent([[0, 0], [width, this.height]]);
      this.zoom.to(this.fit());
    });
  }

  private fit(): ZoomTransform {
    const xs = this.dots.map(({ x }) => x);
    const ys = this.dots.map(({ y }) => y);
    const [x0, x1, y0, y1] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    // Names keep their size at every scale: room for them is in the picture's units, not the layout's.
    const widest = Math.max(...this.dots.flatMap((dot) => twoLines(dot.one.name).map((words) => words.length)));
    const side = Math.min((widest * NAME) / 2 + 10, this.narrow ? 36 : this.width / 4);
    const [top, bottom] = [22, 46];
    const k = Math.min(1.25, (this.width - 2 * side) / Math.max(x1 - x0, 1), (this.height - top - bottom) / Math.max(y1 - y0, 1));
    return zoomIdentity.translate(this.width / 2 - (k * (x0 + x1)) / 2, (this.height + top - bottom) / 2 - (k * (y0 + y1)) / 2).scale(k);
  }

  mark(fact: Fact | null, key: string | null): void {
    this.chosen = fact;
    this.chosenKey = key;
    if (this.width) this.draw();
  }

  private draw(): void {
    const { k, x, y } = this.transform;
    const at = (dot: Dot): [number, number] => [dot.x * k + x, dot.y * k + y];
    const linked = new Set<Dot>();
    const chosen = (line: Line) => !!this.chosen && line.tie.facts.includes(this.chosen);
    const focus = this.dots.find((dot) => dot.one.key === this.chosenKey);
    if (focus) linked.add(focus);
    for (const line of this.lines) {
      if (chosen(line) || line.source === focus || line.target === focus) linked.add(line.source).add(line.target);
    }
    const taken: Box[] = [];
    const shapes = s("g");
    const texts = s("g");
    const size = Math.max(0.55, Math.min(1, k * 1.35));
    const prominent = [...this.dots].sort((a, b) => Number(linked.has(b)) - Number(linked.has(a)) || b.degree - a.degree);
    for (const dot of this.dots) {
      const [cx, cy] = at(dot);
      const r = Math.min(7 + Math.sqrt(dot.degree) * 1.6, 14) * size;
      taken.push({ x0: cx - r, y0: cy - r, x1: cx + r, y1: cy + r });
    }
    for (const dot of prominent) {
      const [cx, cy] = at(dot);
      const state = dot === focus ? ".chosen" : linked.size && !linked.has(dot) ? ".dim" : "";
      const r = Math.min(7 + Math.sqrt(dot.degree) * 1.6, 14) * size;
      const choose = () => this.choose(dot.one.facts[0] as Fact);
      shapes.append(
        s(
          `g.actor${state}`,
          { transform: `translate(${cx.toFixed(1)},${cy.toFixed(1)})`, click: choose },
          s("title", {}, `${dot.one.name} (${dot.one.kind.replaceAll("-", " ")})`),
          s("circle.backing", { r: r + 3 }),
          kindMark(dot.one.kind, r),
        ),
      );
      const lines = twoLines(dot.one.name);
      const half = (Math.max(...lines.map((words) => words.length)) * NAME) / 2;
      const middle = half * 2 > this.width || cx < 0 || cx > this.width ? cx : Math.max(half + 3, Math.min(cx, this.width - half - 3));
      const box = { x0: middle - half, y0: cy + r + 4, x1: middle + half, y1: cy + r + 5 + lines.length * 13 };
      if (!free(box, taken) && !linked.has(dot) && k < 0.8) continue;
      taken.push(box);
      lines.forEach((words, n) => texts.append(s(`text.actor-name${state}`, { x: middle, y: cy + r + 14 + n * 13, "text-anchor": "middle", click: choose }, words)));
    }
    const lines = s("g");
    for (const line of this.lines) {
      const on = chosen(line) || line.source === focus || line.target === focus;
      lines.append(...this.lineMarks(line, at(line.source), at(line.target), on, linked.size > 0, taken, texts));
    }
    this.svg.setAttribute("viewBox", `0 0 ${this.width} ${this.height}`);
    this.svg.setAttribute("width", String(this.width));
    this.svg.setAttribute("height", String(this.height));
    const arrow = s("marker", { id: "arrow", viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 7, markerHeight: 7, orient: "auto-start-reverse" }, s("path.arrowhead", { d: "M0 0 8 4 0 8Z" }));
    this.svg.replaceChildren(s("defs", {}, arrow), lines, shapes, texts);
  }

  private lineMarks(line: Line, [x1, y1]: [number, number], [x2, y2]: [number, number], on: boolean, dimming: boolean, taken: Box[], texts: SVGElement): SVGElement[] {
    const length = Math.hypot(x2 - x1, y2 - y1) || 1;
    const [ux, uy] = [(x2 - x1) / length, (y2 - y1) / length];
    const bend = line.bend;
    const [mx, my] = [(x1 + x2) / 2 - uy * bend, (y1 + y2) / 2 + ux * bend];
    const gap = Math.min(17, length / 3);
    const toward = (fromX: number, fromY: number): [number, number] => {
      const d = Math.hypot(mx - fromX, my - fromY) || 1;
      return [fromX + ((mx - fromX) / d) * gap, fromY + ((my - fromY) / d) * gap];
    };
    const [a, b] = [toward(x1, y1), toward(x2, y2)];
    const d = `M${a[0].toFixed(1)} ${a[1].toFixed(1)}Q${mx.toFixed(1)} ${my.toFixed(1)} ${b[0].toFixed(1)} ${b[1].toFixed(1)}`;
    const state = on ? ".chosen" : dimming ? ".dim" : "";
    const choose = () => this.choose(line.tie.facts[0] as Fact);
    const number = line.tie.facts.length;
    const label = `${line.tie.words}${number > 1 ? ` ×${number}` : ""}`;
    const path = s(`path.tie.tie-${line.tie.kind}${state}`, { d, "marker-end": line.tie.mutual ? null : "url(#arrow)", "stroke-width": on ? 2.2 : Math.min(1.2 + Math.log2(number) * 0.6, 4) });
    const wide = s("path.tie-hit", { d, click: choose }, s("title", {}, `${line.source.one.name} – ${label} – ${line.target.one.name}`));
    // The words stand where they hide nothing: at the middle, else nearer to one end; else in the tooltip only.
    const half = (label.length * WORD) / 2;
    for (const share of [0.5, 0.38, 0.62, 0.28, 0.72]) {
      const rest = 1 - share;
      const [x, y] = [rest * rest * x1 + 2 * rest * share * mx + share * share * x2, rest * rest * y1 + 2 * rest * share * my + share * share * y2];
      const box = { x0: x - half, y0: y - 6, x1: x + half, y1: y + 6 };
      if (!free(box, taken) && !(on && share === 0.72)) continue;
      taken.push(box);
      texts.append(s(`text.tie-label${state}`, { x, y: y + 3.5, "text-anchor": "middle", click: choose }, label));
      break;
    }
    return [path, wide];
  }
}

export const free = (box: Box, taken: Box[]): boolean =>
  taken.every((other) => box.x0 >= other.x1 || box.x1 <= other.x0 || box.y0 >= other.y1 || box.y1 <= other.y0);

/** A name in at most two lines, cut between words where it can be. */
export function twoLines(name: string): string[] {
  if (name.length <= 18) return [name];
  const space = name.lastIndexOf(" ", 18);
  return space < 5 ? [shortened(name, 20)] : [name.slice(0, space), shortened(name.slice(space + 1), 20)];
}
