// One incident in pictures: what each origin says of when it was, and where it was.

import { scaleUtc } from "d3-scale";
import { AXIS, axis } from "../src/axis";
import { h, s } from "../src/dom";
import { statusMark } from "../src/icons";
import { WorldMap } from "../src/map";
import { onWidth } from "../src/scales";
import { between, DAY, dateWords, stretch, stretchWords, type Stretch } from "../src/time";
import { count, shortened, statusName, STATUSES } from "../src/words";
import type { Claim, Incident } from "./api";
import { spot } from "./map-view";
import * as pictures from "./pictures-api";

const ROW = 26;
const MOST = 14;
const NARROW = 480;
const UNDATED = 64;

/** The pictures of an incident; the map comes when the server has answered, if there is a place to draw. */
export function incidentPictures(incident: Incident): HTMLElement {
  const node = h("div.incident-pictures", {}, strip(incident));
  void pictures
    .whereabouts(incident.incident)
    .then(({ places }) => {
      const spots = places.map(spot).filter(({ point, country }) => point || country);
      if (!spots.length) return;
      const map = new WorldMap(spots, [], h("span.picture-title", {}, `Where: ${spots[0]?.name ?? ""}`), () => undefined, { noun: "incident", listed: "Its place is among the fields above." });
      node.append(map.node);
      if (node.isConnected) map.shown();
    })
    // Without a map the page is whole; what is wrong is said by what else is asked for.
    .catch(() => undefined);
  return node;
}

const known = (status: string): string => (Object.hasOwn(STATUSES, status) ? status : "conditional");

/** A row for each origin: a sign where its claims say that it was, a flag where the report came out. */
function strip(incident: Incident): HTMLElement {
  const origins = new Map<string, Claim[]>();
  for (const claim of incident.claims) origins.set(claim.origin, [...(origins.get(claim.origin) ?? []), claim]);
  const rows = [...origins.entries()].slice(0, MOST);
  const svg = s<SVGSVGElement>("svg.claims-strip", { role: "img", "aria-label": `When it was, by ${count(origins.size, "origin")}: ${rows.map(([, claims]) => claims.map((claim) => `${nameOf(claim)}: ${whenWords(claim)}, ${statusName(claim.status)}`).join("; ")).join("; ")}` });
  const left = origins.size - rows.length;
  const broad = incident.claims.some((claim) => length(claim) > DAY);
  const figure = h("figure.picture", {}, h("div.picture-tools", {}, h("span.picture-title", {}, "When, by origin")), svg, h("figcaption", {}, h("p.picture-note", {}, [`A sign: when a claim says that it was; a flag: when the report came out${broad ? "; hatched: no closer date given" : ""}`, left > 0 && `${count(left, "origin")} more are in the list below`].filter(Boolean).join(". "), ".")));
  onWidth(figure, (width) => draw(svg, rows, width));
  return figure;
}

const nameOf = (claim: Claim): string => claim.source ?? claim.title ?? claim.report;
const whenOf = (claim: Claim): Stretch | null => between(claim.start, claim.end);
const whenWords = (claim: Claim): string => {
  const when = whenOf(claim);
  return when ? stretchWords(when) : "no date";
};
const length = (claim: Claim): number => {
  const when = whenOf(claim);
  return when ? when[1] - when[0] : 0;
};

function draw(svg: SVGSVGElement, rows: [string, Claim[]][], width: number): void {
  const narrow = width < NARROW;
  const gutter = narrow ? 0 : Math.min(190, width * 0.3);
  const undated = rows.some(([, claims]) => claims.some((claim) => !whenOf(claim))) ? UNDATED : 0;
  const right = width - undated - 8;
  const stretches = rows.flatMap(([, claims]) => claims.flatMap((claim) => [whenOf(claim), stretch(claim.published)].filter((one): one is Stretch => !!one)));
  const tall = ROW + (narrow ? 15 : 0);
  const height = rows.length * tall + 10 + (stretches.length ? AXIS : 0);
  const layer = s("g");
  const whole: Stretch = stretches.length ? [Math.min(...stretches.map(([from]) => from)), Math.max(...stretches.map(([, to]) => to))] : [0, DAY];
  const pad = Math.max((whole[1] - whole[0]) * 0.05, DAY * 0.7);
  const x = scaleUtc([new Date(whole[0] - pad), new Date(whole[1] + pad)], [gutter, right]);
  if (stretches.length) layer.append(s("g", { transform: `translate(${gutter},0)` }, axis(x.copy().range([0, right - gutter]), right - gutter, height)));
  if (undated) layer.append(s("text.lane-count", { x: width - undated / 2 - 4, y: height - 11, "text-anchor": "middle" }, "no date"));
  rows.forEach(([origin, claims], at) => {
    const top = 5 + at * tall;
    const y = top + (narrow ? 15 : 0) + ROW / 2;
    const first = claims.find(({ report }) => report === origin) ?? (claims[0] as Claim);
    const words = shortened(nameOf(first), narrow ? 46 : Math.floor(gutter / 7.2)) + (claims.length > 1 ? ` (${claims.length})` : "");
    layer.append(s("text.lane-name", { x: 8, y: narrow ? top + 12 : y + 4 }, s("title", {}, first.title ?? first.report), words));
    if (at) layer.append(s("line.lane-rule", { x1: 0, x2: width, y1: top, y2: top }));
    for (const claim of claims) {
      const out = stretch(claim.published);
      if (out) layer.append(s("path.flag", { d: `M${x(new Date((out[0] + out[1]) / 2)).toFixed(1)} ${y + 10}v-20h6l-2 3 2 3h-6` }, s("title", {}, `${nameOf(claim)}, ${dateWords(claim.published ?? "")}`)));
    }
    for (const claim of claims) layer.append(sign(claim, x, y, width - undated / 2 - 4));
  });
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  svg.setAttribute("width", String(width));
  svg.setAttribute("height", String(height));
  const hatches = Object.keys(STATUSES).map((status) => s(`pattern.status-${status}`, { id: `strip-${status}`, width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" }, s("rect", { width: 6, height: 6, fill: "currentColor", "fill-opacity": 0.1 }), s("rect", { width: 2, height: 6, fill: "currentColor", "fill-opacity": 0.45 })));
  svg.replaceChildren(s("defs", {}, ...hatches), layer);
}

function sign(claim: Claim, x: (time: Date) => number, y: number, nowhere: number): SVGElement {
  const when = whenOf(claim);
  const toll = [claim.killed && `${claim.killed} killed`, claim.injured && `${claim.injured} injured`].filter(Boolean).join(", ");
  const title = s("title", {}, [`${nameOf(claim)}: ${statusName(claim.status)}, ${claim.certainty}`, whenWords(claim), toll, claim.place].filter(Boolean).join("\n"));
  const group = s(`g.happening.status-${known(claim.status)}`, {}, title);
  if (!when) {
    group.append(s("g", { transform: `translate(${nowhere},${y})` }, statusMark(claim.status)));
    return group;
  }
  const [x0, x1] = [x(new Date(when[0])), x(new Date(when[1]))];
  const middle = (x0 + x1) / 2;
  if (when[1] - when[0] > DAY) group.append(s("rect.stretch", { x: Math.min(x0, middle - 11), y: y - 7, width: Math.max(x1 - x0, 22), height: 14, rx: 3, fill: `url(#strip-${known(claim.status)})` }));
  group.append(s("g", { transform: `translate(${middle.toFixed(1)},${y})` }, statusMark(claim.status)));
  return group;
}
