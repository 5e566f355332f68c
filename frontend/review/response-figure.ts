// A figure of the analysis: drawn by the server for a page or for a small screen, made here element by element.

import { h, s, type Child } from "../src/dom";
import * as api from "./response-api";
import type { Drawn, FigureHead, FigureTree } from "./response-api";
import { put } from "./put";

const NAMES = new Set(["title", "desc", "rect", "path", "text", "polyline", "polygon", "circle"]);
const ATTRIBUTES = new Set(["class", "x", "y", "width", "height", "rx", "d", "points", "cx", "cy", "r", "text-anchor", "fill-opacity", "data-pair"]);
/** Room in pixels below which the drawing for a small screen is taken. */
const SMALL = 560;

export interface FigureHost {
  failed(error: unknown): void;
  /** A part of the figure that stands for a pair of series was pressed. */
  pair?(name: string): void;
}

/** A figure with its title, what is drawn, and what can be taken away of it. */
export function figureNode(id: string, head: FigureHead, host: FigureHost): HTMLElement {
  const canvas = h("div.response-canvas");
  const node = h(
    "figure.response-figure",
    { "data-figure": head.name },
    h("figcaption", {}, h("h3", {}, head.title), h("p.note", {}, head.about)),
    canvas,
    h("p.take-line", {}, "Save ", link(api.file(id, head.name, "svg"), "SVG", `Save the figure as SVG: ${head.title}`), " ", link(api.file(id, head.name, "csv"), "numbers (CSV)", `Save the numbers behind the figure as CSV: ${head.title}`)),
  );
  let drawn: "" | "wide" | "narrow" = "";
  const draw = (width: number): void => {
    const wanted = width < SMALL ? "narrow" : "wide";
    if (!width || wanted === drawn) return;
    drawn = wanted;
    void api.figure(id, head.name, wanted).then(
      (tree) => { if (drawn === wanted) put(canvas, picture(tree, head, host)); },
      (error: unknown) => { drawn = ""; host.failed(error); },
    );
  };
  new ResizeObserver(([entry]) => { if (entry) draw(entry.contentRect.width); }).observe(canvas);
  return node;
}

export function link(address: string, words: string, label: string): HTMLElement {
  return h("a", { href: address, download: "", "aria-label": label }, words);
}

function picture(tree: FigureTree, head: FigureHead, host: FigureHost): SVGElement {
  const pressed = (event: Event): void => {
    const cell = (event.target as Element).closest("[data-pair]");
    if (cell) host.pair?.(`pair-${cell.getAttribute("data-pair") ?? ""}`);
  };
  const pairs = host.pair && tree.elements.some(([, given]) => given["data-pair"]);
  return s(
    "svg.marsad",
    // A picture of buttons is a group to those who cannot see it; what they say is in the table too.
    { viewBox: `0 0 ${tree.width} ${tree.height}`, role: pairs ? "group" : "img", "aria-label": head.title, click: pressed, keydown: (event: KeyboardEvent) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); pressed(event); } } },
    ...tree.elements.filter(([name]) => name !== "title").flatMap((one) => element(one, !!pairs)),
  );
}

function element([name, given, children]: Drawn, pairs: boolean): SVGElement[] {
  if (!NAMES.has(name)) return [];
  const attributes: Record<string, string> = {};
  for (const [key, value] of Object.entries(given)) if (ATTRIBUTES.has(key)) attributes[key] = value;
  if (pairs && given["data-pair"]) {
    const words = children.find((child): child is Drawn => Array.isArray(child) && child[0] === "title")?.[2][0];
    Object.assign(attributes, { tabindex: "0", role: "button", "aria-label": typeof words === "string" ? words : "" });
  }
  const inner: Child[] = children.flatMap((child): Child[] => (typeof child === "string" ? [child] : element(child, false)));
  return [s(name, attributes, ...inner)];
}
