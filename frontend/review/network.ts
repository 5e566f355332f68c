// The picture of who does what to whom: parties, the acts between them by kind and direction, and lasting ties.

import { forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY, type SimulationLinkDatum, type SimulationNodeDatum } from "d3-force";
import { zoomIdentity, type ZoomTransform } from "d3-zoom";
import { h, s } from "../src/dom";
import { FAMILIES, kindIcon, kindMark } from "../src/icons";
import { free, NAME, twoLines, WORD, type Box } from "../src/network";
import { onWidth, zoomer } from "../src/scales";
import { count, MUTUAL, relationName, typeName } from "../src/words";
import type { ActKind, Edge, NetworkAnswer, PartyRow, TieRow } from "./pictures-api";

export const KINDS: Record<ActKind, [name: string, meaning: string]> = {
  force: ["force and pressure", "assault, coercion, mobilisation, sanctions, protest"],
  words: ["words against", "demands, accusations, refusals, threats"],
  together: ["towards each other", "talks, agreement, support, aid, concession, retreat"],
};
const NARROW = 520;

interface Dot extends SimulationNodeDatum { one: PartyRow; at: number; x: number; y: number }
interface Line extends SimulationLinkDatum<Dot> { edge: Edge | null; tie: TieRow | null; source: Dot; target: Dot; bend: number }

export interface NetworkHost {
  party(one: PartyRow): void;
  edge(edge: Edge): void;
}

export const actWords = (edge: Edge, parties: PartyRow[]): string => `${parties[edge.from]?.name ?? ""} → ${parties[edge.to]?.name ?? ""}`;

export class ActorNetwork {
  readonly node: HTMLElement;
  readonly svg: SVGSVGElement;
  weight: "incidents" | "origins" = "incidents";
  ties = true;
  private readonly note = h("p.picture-note");
  private data: NetworkAnswer | null = null;
  private focus: string | null = null;
  private chosen: Edge | null = null;
  private dots: Dot[] = [];
  private lines: Line[] = [];
  private width = 0;
  private height = 420;
  private transform: ZoomTransform = zoomIdentity;
  private readonly zoom;

  constructor(private readonly host: NetworkHost, tools: HTMLElement[]) {
    this.svg = s<SVGSVGElement>("svg.network", { role: "img" });
    this.zoom = zoomer(this.svg, [0.05, 6], (transform) => {
      this.transform = transform;
      this.draw();
    }, () => this.fit());
    this.node = h("figure.picture.network-picture", {}, h("div.picture-tools", {}, ...tools, this.zoom.buttons), this.svg, h("figcaption", {}, h("div.legend-line", {}, lineLegend(), shapeLegend()), this.note));
  }

  shown(): void {
    onWidth(this.node, (width) => {
      this.width = width;
      this.height = Math.round(Math.max(320, Math.min(640, width * (width < NARROW ? 1.25 : 0.68))));
      this.zoom.behavior.extent([[0, 0], [width, this.height]]);
      this.settle();
      this.zoom.to(this.fit());
    });
  }

  show(data: NetworkAnswer, focus: string | null): void {
    this.data = data;
    this.focus = focus;
    this.chosen = null;
    const dots = data.parties.map((one, at): Dot => ({ one, at, x: Math.cos(at * 2.4) * 22 * Math.sqrt(at + 1), y: Math.sin(at * 2.4) * 14 * Math.sqrt(at + 1) }));
    const pairs = new Map<string, number>();
    const line = (edge: Edge | null, tie: TieRow | null): Line => {
      const { from, to } = (edge ?? tie) as { from: number; to: number };
      const pair = [from, to].sort((a, b) => a - b).join();
      const nth = pairs.get(pair) ?? 0;
      pairs.set(pair, nth + 1);
      const bend = (nth % 2 ? -1 : 1) * (14 + Math.floor(nth / 2) * 26) * (from < to ? 1 : -1);
      return { edge, tie, source: dots[from] as Dot, target: dots[to] as Dot, bend };
    };
    this.lines = [...data.edges.map((edge) => line(edge, null)), ...(this.ties ? data.ties.map((tie) => line(null, tie)) : [])];
    this.dots = dots;
    this.settle();
    this.svg.setAttribute("aria-label", `Network of ${count(data.parties.length, "actor")} and ${count(data.edges.length, "kind of act", "kinds of acts")} between them. The tables below hold the same.`);
    const notes: string[] = [];
    if (data.left) notes.push(`The ${data.parties.length} busiest are drawn; ${count(data.left, "party is", "parties are")} left out`);
    if (data.hidden) notes.push(`${count(data.hidden, "incident")} with a party that is only described (“gunmen”) left out`);
    notes.push("The wider a line, the more of them; incidents in which only one side is given are not drawn");
    this.note.textContent = `${notes.join(". ")}.`;
    if (this.width) this.zoom.to(this.fit());
  }

  /** Mark an act. */
  mark(edge: Edge | null): void {
    this.chosen = edge;
    if (this.width) this.draw();
  }

  private many(line: Line): number {
    return line.edge?.[this.weight] ?? line.tie?.origins ?? 1;
  }

  /** Lay the picture out at once: nothing moves before the reader's eyes. */
  private settle(): void {
    const crowd = this.dots.length;
    const narrow = this.width < NARROW;
    const hub = this.dots.find(({ one }) => one.key === this.focus);
    if (hub) Object.assign(hub, { fx: 0, fy: 0 });
    forceSimulation(this.dots)
      .force("link", forceLink<Dot, Line>(this.lines).distance(130).strength((line) => 0.25 + Math.min(0.5, Math.log2(this.many(line) + 1) * 0.08)))
      .force("charge", forceManyBody().strength(crowd > 40 ? -460 : -640).distanceMax(900))
      .force("x", forceX(0).strength(narrow ? 0.13 : crowd > 30 ? 0.11 : 0.06))
      .force("y", forceY(0).strength(narrow ? 0.08 : crowd > 30 ? 0.13 : 0.08))
      .force("collide", forceCollide<Dot>((dot) => 32 + Math.min(dot.one.name.length, 18) * 1.9))
      .stop()
      .tick(crowd > 60 ? 200 : 320);
  }

  private fit(): ZoomTransform {
    if (!this.dots.length) return zoomIdentity;
    const [xs, ys] = [this.dots.map(({ x }) => x), this.dots.map(({ y }) => y)];
    const [x0, x1, y0, y1] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    const widest = Math.max(...this.dots.flatMap((dot) => twoLines(dot.one.name).map((words) => words.length)));
    const side = Math.min((widest * NAME) / 2 + 10, this.width < NARROW ? 40 : this.width / 4);
    const [top, bottom] = [26, 48];
    const k = Math.min(1.25, (this.width - 2 * side) / Math.max(x1 - x0, 1), (this.height - top - bottom) / Math.max(y1 - y0, 1));
    return zoomIdentity.translate(this.width / 2 - (k * (x0 + x1)) / 2, (this.height + top - bottom) / 2 - (k * (y0 + y1)) / 2).scale(k);
  }

  private draw(): void {
    if (!this.data) return;
    const { k, x, y } = this.transform;
    const at = (dot: Dot): [number, number] => [dot.x * k + x, dot.y * k + y];
    const taken: Box[] = [];
    const [shapes, texts, lines] = [s("g"), s("g"), s("g")];
    const size = Math.max(0.55, Math.min(1, k * 1.35));
    const most = Math.max(1, ...this.dots.map(({ one }) => one.incidents));
    const reach = (dot: Dot): number => (6 + Math.sqrt(dot.one.incidents / most) * 9) * size;
    for (const dot of this.dots) {
      const [cx, cy] = at(dot);
      const r = reach(dot);
      taken.push({ x0: cx - r, y0: cy - r, x1: cx + r, y1: cy + r });
    }
    for (const dot of [...this.dots].sort((a, b) => b.one.incidents - a.one.incidents)) {
      const [cx, cy] = at(dot);
      const r = reach(dot);
      const { one } = dot;
      const state = one.key === this.focus ? ".chosen" : "";
      const press = (): void => this.host.party(one);
      shapes.append(s(`g.actor${state}`, { transform: `translate(${cx.toFixed(1)},${cy.toFixed(1)})`, click: press, "data-party": one.key }, s("title", {}, `${one.name} (${one.kind.replaceAll("-", " ")}): ${count(one.incidents, "incident")}${one.named ? "" : ", only described"}`), s("circle.backing", { r: r + 3 }), kindMark(one.kind, r)));
      const words = twoLines(one.name);
      const half = (Math.max(...words.map((line) => line.length)) * NAME) / 2;
      const tall = words.length * 13;
      const inside = (middle: number): number => (half * 2 > this.width || cx < 0 || cx > this.width ? middle : Math.max(half + 3, Math.min(middle, this.width - half - 3)));
      // Below its sign, else above or beside it, where it hides nothing.
      const spots: [middle: number, top: number][] = [[inside(cx), cy + r + 4], [inside(cx), cy - r - tall - 5], [inside(cx + r + half + 5), cy - tall / 2], [inside(cx - r - half - 5), cy - tall / 2]];
      const boxes = spots.map(([middle, top]) => ({ middle, box: { x0: middle - half, y0: top, x1: middle + half, y1: top + tall + 1 } }));
      const found = boxes.find(({ box }) => free(box, taken)) ?? (state || k >= 0.8 || one.incidents > most / 4 ? boxes[0] : undefined);
      if (!found) continue;
      taken.push(found.box);
      words.forEach((line, n) => texts.append(s(`text.actor-name${state}${one.named ? "" : ".described"}`, { x: found.middle, y: found.box.y0 + 10 + n * 13, "text-anchor": "middle", click: press }, line)));
    }
    for (const line of [...this.lines].sort((a, b) => this.many(a) - this.many(b))) lines.append(...this.strokes(line, at(line.source), at(line.target), reach(line.source), reach(line.target), taken, texts));
    this.svg.setAttribute("viewBox", `0 0 ${this.width} ${this.height}`);
    this.svg.setAttribute("width", String(this.width));
    this.svg.setAttribute("height", String(this.height));
    this.svg.replaceChildren(s("defs", {}, ...markers()), lines, shapes, texts);
  }

  private strokes(line: Line, [x1, y1]: [number, number], [x2, y2]: [number, number], r1: number, r2: number, taken: Box[], texts: SVGElement): SVGElement[] {
    const length = Math.hypot(x2 - x1, y2 - y1) || 1;
    const [ux, uy] = [(x2 - x1) / length, (y2 - y1) / length];
    const [mx, my] = [(x1 + x2) / 2 - uy * line.bend, (y1 + y2) / 2 + ux * line.bend];
    const toward = (fromX: number, fromY: number, gap: number): [number, number] => {
      const d = Math.hypot(mx - fromX, my - fromY) || 1;
      return [fromX + ((mx - fromX) / d) * gap, fromY + ((my - fromY) / d) * gap];
    };
    const [a, b] = [toward(x1, y1, Math.min(r1 + 5, length / 3)), toward(x2, y2, Math.min(r2 + 8, length / 3))];
    const d = `M${a[0].toFixed(1)} ${a[1].toFixed(1)}Q${mx.toFixed(1)} ${my.toFixed(1)} ${b[0].toFixed(1)} ${b[1].toFixed(1)}`;
    const { edge, tie } = line;
    const dim = this.chosen && edge !== this.chosen ? ".dim" : "";
    const names = `${line.source.one.name} → ${line.target.one.name}`;
    if (tie) {
      const path = s(`path.lasting${dim}`, { d, "marker-end": MUTUAL.has(tie.relation) ? null : "url(#end-tie)" });
      const title = s("title", {}, `${line.source.one.name} ${relationName(tie.relation)} ${line.target.one.name}: ${count(tie.reports, "report")}, ${count(tie.origins, "origin")}`);
      this.word(relationName(tie.relation), `tie-label.lasting-label${dim}`, [x1, y1, mx, my, x2, y2], taken, texts, () => this.host.party(line.source.one));
      return [path, s("path.tie-hit", { d, click: () => this.host.party(line.source.one) }, title)];
    }
    if (!edge) return [];
    const number = edge[this.weight];
    const wide = Math.min(1.4 + Math.log2(number) * 1.05, 8);
    const dash = { force: null, words: `${6 + wide} ${3 + wide}`, together: `0.1 ${3 + wide * 1.3}` }[edge.kind];
    const path = s(`path.act.act-${edge.kind}${edge === this.chosen ? ".chosen" : dim}`, { d, "stroke-width": wide.toFixed(1), "stroke-dasharray": dash, "stroke-linecap": edge.kind === "together" ? "round" : "butt", "marker-end": `url(#end-${edge.kind})` });
    const press = (): void => this.host.edge(edge);
    const title = s("title", {}, `${names}\n${KINDS[edge.kind][0]}: ${count(edge.incidents, "incident")}, ${count(edge.origins, "origin")}\n${edge.types.map(([type, n]) => `${typeName(type)} ${n}`).join(", ")}`);
    if (number > 1) this.word(String(number), `tie-label.act-label${dim}`, [x1, y1, mx, my, x2, y2], taken, texts, press);
    return [path, s("path.tie-hit", { d, click: press, "data-edge": `${line.source.one.key} ${edge.kind} ${line.target.one.key}` }, title)];
  }

  /** Words on a line, where they hide nothing. */
  private word(words: string, cls: string, [x1, y1, mx, my, x2, y2]: [number, number, number, number, number, number], taken: Box[], texts: SVGElement, press: () => void): void {
    const half = (words.length * WORD) / 2;
    for (const share of [0.5, 0.4, 0.6, 0.3, 0.7]) {
      const rest = 1 - share;
      const [x, y] = [rest * rest * x1 + 2 * rest * share * mx + share * share * x2, rest * rest * y1 + 2 * rest * share * my + share * share * y2];
      const box = { x0: x - half - 1, y0: y - 6, x1: x + half + 1, y1: y + 6 };
      if (!free(box, taken)) continue;
      taken.push(box);
      texts.append(s(`text.${cls}`, { x, y: y + 3.5, "text-anchor": "middle", click: press }, words));
      return;
    }
  }
}

/** Each kind of act ends otherwise: in a full arrow, an open one, a dot. */
function markers(): SVGElement[] {
  const marker = (id: string, cls: string, ...shape: SVGElement[]) => s(`marker.${cls}`, { id: `end-${id}`, viewBox: "0 0 10 10", refX: 8, refY: 5, markerWidth: 10, markerHeight: 10, markerUnits: "userSpaceOnUse", orient: "auto" }, ...shape);
  return [
    marker("force", "act-force", s("path.end-full", { d: "M0 0 10 5 0 10Z" })),
    marker("words", "act-words", s("path.end-open", { d: "M1 1 9 5 1 9" })),
    marker("together", "act-together", s("path.end-full", { d: "M1 5a4 4 0 1 0 8 0a4 4 0 1 0-8 0Z" })),
    marker("tie", "lasting", s("path.end-tie", { d: "M2 1.5 8 5 2 8.5" })),
  ];
}

function lineLegend(): HTMLElement {
  const sample = (node: SVGElement, end: string) => s("svg.sample", { viewBox: "0 0 34 10", width: 34, height: 10, "aria-hidden": "true" }, s("defs", {}), node, ...(end ? [s(`path.${end}`, {})] : []));
  const line = (kind: ActKind): SVGElement => {
    const end = { force: s("path.end-full", { d: "M24 0.5 33 5 24 9.5Z" }), words: s("path.end-open", { d: "M25 1 32 5 25 9" }), together: s("path.end-full", { d: "M25 5a3.6 3.6 0 1 0 7.2 0a3.6 3.6 0 1 0-7.2 0Z" }) }[kind];
    const dash = { force: null, words: "7 4", together: "0.1 6" }[kind];
    return s(`svg.sample.act-${kind}`, { viewBox: "0 0 34 10", width: 34, height: 10, "aria-hidden": "true" }, s(`path.act.act-${kind}`, { d: "M1 5H24", "stroke-width": 2.6, "stroke-dasharray": dash, "stroke-linecap": kind === "together" ? "round" : "butt" }), end);
  };
  return h("ul.legend", { "aria-label": "Lines" }, ...(Object.keys(KINDS) as ActKind[]).map((kind) => h("li", { title: KINDS[kind][1] }, line(kind), KINDS[kind][0])), h("li", {}, sample(s("path.lasting", { d: "M1 5H33" }), ""), "lasting tie"));
}

const shapeLegend = (): HTMLElement => h("ul.legend", { "aria-label": "Shapes of actors" }, ...FAMILIES.map(([, name, kinds]) => h("li", {}, kindIcon(kinds[0] as string), name)));
