// The map. A point is drawn with the ring of a tenth of a degree to which it is
// given; a country, where no closer place is known, is hatched whole.

import { geoCentroid, geoMercator, geoPath, type GeoProjection } from "d3-geo";
import { zoomIdentity, type ZoomTransform } from "d3-zoom";
import { borders, countries, type Country } from "./atlas";
import { h, s } from "./dom";
import { onWidth, zoomer } from "./scales";
import { count, shortened } from "./words";

export interface Spot { name: string; point: [longitude: number, latitude: number] | null; country: Country | null; number: number }

/** Degrees of latitude to which coordinates are given. */
const GIVEN_TO = 0.1;
const LEAST = 1.2;

interface Box { x0: number; y0: number; x1: number; y1: number }

export class WorldMap {
  readonly node: HTMLElement;
  private readonly svg: SVGSVGElement;
  private readonly ground = s("g.ground");
  private readonly over = s("g");
  private projection: GeoProjection = geoMercator();
  private transform: ZoomTransform = zoomIdentity;
  private width = 0;
  private height = 0;
  private chosen: number | null = null;
  private readonly zoom;

  constructor(private readonly spots: Spot[], private readonly mentioned: Spot[], tools: HTMLElement, private readonly goTo: (index: number) => void) {
    const points = spots.filter(({ point }) => point).length;
    const areas = spots.length - points;
    this.svg = s<SVGSVGElement>("svg.map", {
      role: "img",
      "aria-label": `Map with ${count(points, "place")}${areas ? ` and ${count(areas, "whole country", "whole countries")}` : ""}. The list below holds the same events by place.`,
    });
    this.zoom = zoomer(this.svg, [0.02, 40], (transform) => {
      this.transform = transform;
      this.draw();
    });
    const note = ["A dot is the middle of the place named; the ring around it is the tenth of a degree to which coordinates are given"];
    if (areas) note.push("a hatched country: no closer place is given");
    if (mentioned.length) note.push("a small square: named in the text, no event put there");
    this.node = h("figure.picture.map-picture", {}, h("div.picture-tools", {}, tools, this.zoom.buttons), this.svg, h("figcaption", {}, h("p.picture-note", {}, `${note.join("; ")}. Borders: Natural Earth.`)));
  }

  shown(): void {
    onWidth(this.node, (width) => {
      this.width = width;
      this.height = Math.round(Math.max(280, Math.min(520, width * 0.62)));
      this.zoom.behavior.extent([[0, 0], [width, this.height]]);
      this.project();
      this.zoom.to(zoomIdentity);
    });
  }

  mark(index: number | null): void {
    this.chosen = index;
    if (this.width) this.draw();
  }

  /** Fit the points (else the hatched countries) into the picture. */
  private project(): void {
    const points = [...this.spots, ...this.mentioned].flatMap(({ point }) => (point ? [point] : []));
    const inset: [[number, number], [number, number]] = [[56, 44], [this.width - 56, this.height - 36]];
    if (points.length) {
      const middle = turned(points);
      this.projection = geoMercator().rotate([-middle, 0]);
      // A few tenths of a degree around a lone point, so that the neighbourhood is seen.
      const around = points.flatMap(([x, y]) => [[x - LEAST, y - LEAST * 0.7], [x + LEAST, y + LEAST * 0.7]]);
      this.projection.fitExtent(inset, { type: "MultiPoint", coordinates: around });
    } else {
      const shapes = this.spots.flatMap(({ country }) => (country ? [country.shape] : []));
      const middle = shapes[0] ? geoCentroid(shapes[0])[0] : 0;
      this.projection = geoMercator().rotate([-middle, 0]);
      this.projection.fitExtent(inset, { type: "FeatureCollection", features: shapes });
    }
    this.projection.precision(0.3);
    const path = geoPath(this.projection).digits(1);
    const hatched = new Map(this.spots.flatMap(({ country }, index) => (country ? [[country.name, index] as const] : [])));
    const land = countries().map((country) => {
      const index = hatched.get(country.name);
      const d = path(country.shape) ?? "";
      if (index === undefined) return s("path.land", { d });
      return s("g", {}, s("path.land", { d }), s("path.area", { d, fill: "url(#hatch-area)", "data-spot": index, click: () => this.goTo(index) }, s("title", {}, `${country.name}: ${count(this.spots[index]?.number ?? 0, "event")}, no closer place given`)));
    });
    this.ground.replaceChildren(...land, s("path.border", { d: path(borders()) ?? "" }));
  }

  private at(point: [number, number]): [number, number] {
    return this.transform.apply(this.projection(point) ?? [-999, -999]);
  }

  private draw(): void {
    const { x, y, k } = this.transform;
    this.ground.setAttribute("transform", `translate(${x},${y}) scale(${k})`);
    const taken: Box[] = [];
    const marks = s("g");
    const labels = s("g");
    for (const spot of this.mentioned) {
      const [cx, cy] = this.at(spot.point as [number, number]);
      if (this.out(cx, cy)) continue;
      marks.append(s("rect.mentioned", { x: cx - 3, y: cy - 3, width: 6, height: 6 }, s("title", {}, `${spot.name}: mentioned only`)));
    }
    this.spots.forEach((spot, index) => {
      if (spot.point) marks.append(...this.dot(spot, index, taken, labels));
    });
    this.spots.forEach((spot, index) => {
      if (!spot.country) return;
      const [cx, cy] = this.at(geoCentroid(spot.country.shape) as [number, number]);
      this.label(labels, taken, cx, cy, `${spot.country.name}: ${spot.number}, place unknown`, "area-label", index);
      for (const path of this.ground.querySelectorAll(`[data-spot="${index}"]`)) path.classList.toggle("chosen", this.chosen === index);
    });
    for (const spot of this.mentioned) {
      const [cx, cy] = this.at(spot.point as [number, number]);
      if (!this.out(cx, cy)) this.label(labels, taken, cx, cy - 11, shortened(spot.name, 22), "mentioned-label", null);
    }
    for (const country of countries()) {
      const [cx, cy] = this.at(geoCentroid(country.shape) as [number, number]);
      if (!this.out(cx, cy)) this.label(labels, taken, cx, cy, country.name, "country-label", null);
    }
    this.over.replaceChildren(marks, labels);
    this.svg.setAttribute("viewBox", `0 0 ${this.width} ${this.height}`);
    this.svg.setAttribute("width", String(this.width));
    this.svg.setAttribute("height", String(this.height));
    if (!this.ground.isConnected) {
      const hatch = s("pattern", { id: "hatch-area", width: 7, height: 7, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" }, s("rect.hatch-line", { width: 2, height: 7 }));
      this.svg.replaceChildren(s("defs", {}, hatch), this.ground, this.over);
    }
    // Hatching keeps its grain at every scale.
    this.svg.querySelector("#hatch-area")?.setAttribute("patternTransform", `scale(${1 / k}) rotate(45)`);
  }

  private dot(spot: Spot, index: number, taken: Box[], labels: SVGElement): SVGElement[] {
    const point = spot.point as [number, number];
    const [cx, cy] = this.at(point);
    if (this.out(cx, cy)) return [];
    const ring = Math.abs(this.at([point[0], Math.min(point[1] + GIVEN_TO, 85)])[1] - cy);
    const r = Math.min(5 + Math.sqrt(spot.number - 1) * 2.4, 18);
    const on = this.chosen === index ? ".chosen" : "";
    const group = s(
      `g.spot${on}`,
      { click: () => this.goTo(index) },
      s("title", {}, `${spot.name}: ${count(spot.number, "event")}`),
      s("circle.ring", { cx, cy, r: Math.max(ring, r + 3) }),
      s("circle.dot", { cx, cy, r }),
    );
    if (spot.number > 1 && r > 7) group.append(s("text.number", { x: cx, y: cy + 3.5, "text-anchor": "middle" }, String(spot.number)));
    taken.push({ x0: cx - r, y0: cy - r, x1: cx + r, y1: cy + r });
    const name = shortened(spot.name.split(",")[0] ?? "", 24);
    this.label(labels, taken, cx, cy - r - 8, name, `spot-label${on}`, index);
    return [group];
  }

  /** A label where it hides no other; left out where it would. */
  private label(layer: SVGElement, taken: Box[], x: number, y: number, words: string, cls: string, index: number | null): void {
    const half = words.length * 3.3 + 3;
    const box = { x0: x - half, y0: y - 8, x1: x + half, y1: y + 6 };
    if (box.x0 < 0 || box.x1 > this.width || box.y0 < 0 || box.y1 > this.height) return;
    if (taken.some((other) => box.x0 < other.x1 && box.x1 > other.x0 && box.y0 < other.y1 && box.y1 > other.y0)) return;
    taken.push(box);
    layer.append(s(`text.${cls}`, { x, y: y + 3, "text-anchor": "middle", click: index === null ? null : () => this.goTo(index) }, words));
  }

  private out(x: number, y: number): boolean {
    return x < -20 || y < -20 || x > this.width + 20 || y > this.height + 20;
  }
}

/** The middle longitude of points, across the date line where that is shorter. */
function turned(points: [number, number][]): number {
  const [x, y] = points.reduce(([a, b], [longitude]) => [a + Math.cos((longitude * Math.PI) / 180), b + Math.sin((longitude * Math.PI) / 180)], [0, 0]);
  return (Math.atan2(y, x) * 180) / Math.PI;
}
