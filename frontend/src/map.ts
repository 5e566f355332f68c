// The map. A point is drawn with the ring of a tenth of a degree to which it is
// given; a country, where no closer place is known, is hatched whole, and an area
// whose borders are not known as a circle. Several places that would hide each
// other are a count, and no dot.

import { geoCentroid, geoMercator, geoPath, type GeoProjection } from "d3-geo";
import { zoomIdentity, type ZoomTransform } from "d3-zoom";
import { borders, countries, type Country } from "./atlas";
import { h, s } from "./dom";
import { onWidth, zoomer } from "./scales";
import { count, shortened } from "./words";

export interface Spot {
  name: string; point: [longitude: number, latitude: number] | null; country: Country | null; number: number;
  /** Kilometres around the point in which it lies, where no closer place is known. */
  within?: number;
  /** More about it, for its tooltip. */
  says?: string;
}

/** What is counted, where its list is, and what happens on a press on several places that cannot be told apart. */
export interface MapWords { noun: string; listed: string; several?: (spots: number[]) => void; /** Whether to begin where most are, and not with all. */ most?: boolean }

const EVENTS: MapWords = { noun: "event", listed: "The list below holds the same events by place." };
/** Kilometres to a degree of latitude. */
const DEGREE = 111.2;

/** Degrees of latitude to which coordinates are given. */
const GIVEN_TO = 0.1;
const LEAST = 1.2;

/** Spots drawn as one dot, with its place in the picture. */
interface Cluster { x: number; y: number; r: number; number: number; spots: number[] }
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
  private areas = false;
  private readonly middles = new Map<string, [number, number]>();
  private grounds: { name: string; middle: [number, number]; wide: number; area: number }[] = [];
  private readonly zoom;

  constructor(private readonly spots: Spot[], private readonly mentioned: Spot[], tools: HTMLElement, private readonly goTo: (index: number) => void, private readonly told: MapWords = EVENTS) {
    const points = spots.filter(({ point }) => point).length;
    const areas = spots.length - points;
    this.svg = s<SVGSVGElement>("svg.map", {
      role: "img",
      "aria-label": `Map with ${count(points, "place")}${areas ? ` and ${count(areas, "whole country", "whole countries")}` : ""}. ${told.listed}`,
    });
    this.zoom = zoomer(this.svg, [0.02, 40], (transform) => {
      this.transform = transform;
      this.draw();
    });
    if (spots.some(({ within }) => within)) this.areas = true;
    const note = ["A dot is the middle of the place named; the ring around it is the tenth of a degree to which coordinates are given"];
    if (areas) note.push("a hatched country: no closer place is given");
    if (this.areas) note.push("a hatched circle: a province, a district or the like, whose borders are not drawn");
    if (spots.length > 1) note.push("a number in a double ring: several places, come closer");
    if (mentioned.length) note.push("a small square: named in the text, no event put there");
    this.node = h("figure.picture.map-picture", {}, h("div.picture-tools", {}, tools, this.zoom.buttons), this.svg, h("figcaption", {}, h("p.picture-note", {}, `${note.join("; ")}. Borders: Natural Earth.`)));
  }

  shown(): void {
    onWidth(this.node, (width) => {
      this.width = width;
      this.height = Math.round(Math.max(280, Math.min(520, width * 0.62)));
      this.zoom.behavior.extent([[0, 0], [width, this.height]]);
      this.project();
      this.zoom.to(this.told.most ? this.core() : zoomIdentity);
    });
  }

  /** Bring a spot into sight. */
  reach(index: number): void {
    const spot = this.spots[index];
    if (!spot || !this.width) return;
    const [x, y] = this.at(spot.point ?? this.middle(spot.country as Country));
    if (!this.out(x + 20, y + 20) && !this.out(x - 20, y - 20)) return;
    const { transform } = this;
    this.zoom.to(zoomIdentity.translate(this.width / 2 - x, this.height / 2 - y).translate(transform.x, transform.y).scale(transform.k));
  }

  /** Where nine tenths are, if that is a much smaller part of the map. */
  private core(): ZoomTransform {
    const spots = this.spots.flatMap((spot) => (spot.point ? [{ at: this.projection(spot.point) ?? [0, 0], number: spot.number }] : []));
    const total = spots.reduce((sum, { number }) => sum + number, 0);
    const half = (axis: 0 | 1): number => {
      let seen = 0;
      return [...spots].sort((a, b) => (a.at[axis] as number) - (b.at[axis] as number)).find(({ number }) => (seen += number) >= total / 2)?.at[axis] ?? 0;
    };
    const [x, y] = spots.length ? [half(0), half(1)] : [0, 0];
    let seen = 0;
    const near = [...spots].sort((a, b) => Math.hypot((a.at[0] as number) - x, (a.at[1] as number) - y) - Math.hypot((b.at[0] as number) - x, (b.at[1] as number) - y)).filter(({ number }) => (seen += number) - number < total * 0.9);
    const [xs, ys] = [near.map(({ at }) => at[0] as number), near.map(({ at }) => at[1] as number)];
    const [x0, x1, y0, y1] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    const k = Math.min((this.width - 100) / Math.max(x1 - x0, 30), (this.height - 90) / Math.max(y1 - y0, 30), 12);
    if (near.length < 3 || k < 1.6) return zoomIdentity;
    return zoomIdentity.translate(this.width / 2, this.height / 2).scale(k).translate(-(x0 + x1) / 2, -(y0 + y1) / 2);
  }

  mark(index: number | null): void {
    this.chosen = index;
    if (this.width) this.draw();
  }

  /** Fit the points (else the hatched countries) into the picture. */
  private project(): void {
    const of = (spots: Spot[]) => spots.flatMap(({ point }) => (point ? [point] : []));
    const areas = this.spots.some(({ country }) => country);
    const points = of(this.spots).length || areas ? of(this.spots) : of(this.mentioned);
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
      return s("g", {}, s("path.land", { d }), s("path.area", { d, fill: "url(#hatch-area)", "data-spot": index, click: () => this.goTo(index) }, s("title", {}, `${country.name}: ${count(this.spots[index]?.number ?? 0, this.told.noun)}, no closer place given`)));
    });
    this.grounds = countries()
      .map(({ name, shape }) => {
        const [[x0], [x1]] = path.bounds(shape);
        return { name, middle: this.projection(this.middle({ name, shape })) ?? [-9e3, -9e3], wide: x1 - x0, area: path.area(shape) };
      })
      .sort((a, b) => b.area - a.area);
    this.ground.replaceChildren(...land, s("path.border", { d: path(borders()) ?? "" }));
  }

  private middle({ name, shape }: Country): [number, number] {
    let found = this.middles.get(name);
    if (!found) this.middles.set(name, (found = geoCentroid(shape)));
    return found;
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
    for (const cluster of this.clusters()) marks.append(this.dot(cluster, taken, labels));
    this.spots.forEach((spot, index) => {
      if (!spot.country) return;
      const [cx, cy] = this.at(this.middle(spot.country));
      this.label(labels, taken, cx, cy, `${spot.country.name}: ${spot.number}, place unknown`, "area-label", index);
      for (const path of this.ground.querySelectorAll(`[data-spot="${index}"]`)) path.classList.toggle("chosen", this.chosen === index);
    });
    for (const spot of this.mentioned) {
      const [cx, cy] = this.at(spot.point as [number, number]);
      if (!this.out(cx, cy)) this.label(labels, taken, cx, cy - 11, shortened(spot.name, 22), "mentioned-label", null);
    }
    for (const { name, middle, wide, area } of this.grounds) {
      if (area * k * k < 700 || wide * k < name.length * 4.5) continue;
      const [cx, cy] = this.transform.apply(middle);
      if (!this.out(cx, cy)) this.label(labels, taken, cx, cy, name, "country-label", null);
    }
    this.over.replaceChildren(marks, labels);
    this.svg.setAttribute("viewBox", `0 0 ${this.width} ${this.height}`);
    this.svg.setAttribute("width", String(this.width));
    this.svg.setAttribute("height", String(this.height));
    if (!this.ground.isConnected) {
      const hatch = s("pattern", { id: "hatch-area", width: 7, height: 7, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" }, s("rect.hatch-line", { width: 2, height: 7 }));
      const spots = s("pattern", { id: "hatch-spot", width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" }, s("rect.hatch-line", { width: 1.8, height: 6 }));
      this.svg.replaceChildren(s("defs", {}, hatch, spots), this.ground, this.over);
    }
    // Hatching keeps its grain at every scale.
    this.svg.querySelector("#hatch-area")?.setAttribute("patternTransform", `scale(${1 / k}) rotate(45)`);
  }

  /** Spots in sight; those that would hide each other at this scale are drawn as one. */
  private clusters(): Cluster[] {
    const found: Cluster[] = [];
    this.spots.forEach((spot, index) => {
      if (!spot.point) return;
      const [x, y] = this.at(spot.point);
      if (this.out(x, y)) return;
      const r = spot.within ? Math.max(radius(spot.number), 9) : radius(spot.number);
      const near = found.find((one) => Math.hypot(one.x - x, one.y - y) < one.r + r);
      if (near) {
        near.spots.push(index);
        near.number += spot.number;
        near.r = radius(near.number);
      } else found.push({ x, y, r, number: spot.number, spots: [index] });
    });
    return found;
  }

  private dot({ x, y, r, number, spots }: Cluster, taken: Box[], labels: SVGElement): SVGElement {
    const first = spots[0] as number;
    const names = spots.map((index) => (this.spots[index] as Spot).name);
    const [longitude, latitude] = (this.spots[first] as Spot).point as [number, number];
    const ring = Math.abs(this.at([longitude, Math.min(latitude + GIVEN_TO, 85)])[1] - y);
    const on = this.chosen !== null && spots.includes(this.chosen) ? ".chosen" : "";
    const { within, says } = this.spots[first] as Spot;
    const many = spots.length > 1;
    const click = () => (many && this.transform.k < 30 ? this.closer(x, y) : many && this.told.several ? this.told.several(spots) : this.goTo(first));
    const title = s("title", {}, [...names.slice(0, 8), names.length > 8 && `and ${names.length - 8} more places`, count(number, this.told.noun), !many && says].filter(Boolean).join("\n"));
    const group = s(`g.spot${on}${many ? ".cluster" : within ? ".within" : ""}`, { click, "data-spots": spots.join(" ") }, title);
    if (many) group.append(s("circle.ring", { cx: x, cy: y, r: r + 3 }), s("circle.dot", { cx: x, cy: y, r }));
    else if (within) {
      const far = Math.abs(this.at([longitude, Math.min(latitude + within / DEGREE, 85)])[1] - y);
      group.append(s("circle.area-circle", { cx: x, cy: y, r: Math.max(far, r + 3), fill: "url(#hatch-spot)" }), s("circle.backing", { cx: x, cy: y, r: Math.min(r, 9) }));
    } else group.append(s("circle.ring", { cx: x, cy: y, r: Math.max(ring, r + 3) }), s("circle.dot", { cx: x, cy: y, r }));
    if (number > 1 || (within && !many)) group.append(s("text.number", { x, y: y + 3.5, "text-anchor": "middle" }, String(number)));
    taken.push({ x0: x - r, y0: y - r, x1: x + r, y1: y + r });
    const name = shortened((names[0] as string).split(",")[0] ?? "", 24) + (spots.length > 1 ? ` +${spots.length - 1}` : "");
    this.label(labels, taken, x, y - r - 8, name, `spot-label${on}`, first);
    return group;
  }

  private closer(x: number, y: number): void {
    const k = 2.5;
    const { transform } = this;
    this.zoom.to(zoomIdentity.translate(this.width / 2, this.height / 2).scale(k).translate(-x, -y).translate(transform.x, transform.y).scale(transform.k));
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

const radius = (number: number): number => (number === 1 ? 5.5 : Math.min(7 + Math.sqrt(number - 1) * 2, 18));

/** The middle longitude of points, across the date line where that is shorter. */
function turned(points: [number, number][]): number {
  const [x, y] = points.reduce(([a, b], [longitude]) => [a + Math.cos((longitude * Math.PI) / 180), b + Math.sin((longitude * Math.PI) / 180)], [0, 0]);
  return (Math.atan2(y, x) * 180) / Math.PI;
}
