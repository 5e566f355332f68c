// Zooming a picture without taking the page's scrolling away.

import { select } from "d3-selection";
import { zoom, zoomIdentity, zoomTransform, type D3ZoomEvent, type ZoomBehavior, type ZoomTransform } from "d3-zoom";
import { h, svgButton } from "./dom";

/** How far an arrow key moves a picture. */
const STEP = 90;

export interface Zoomer {
  buttons: HTMLElement;
  behavior: ZoomBehavior<SVGSVGElement, unknown>;
  to(transform: ZoomTransform): void;
}

/**
 * Zoom by buttons, by Ctrl and wheel, by two fingers; move by dragging. By keyboard, where the picture has the focus:
 * arrow keys move, + and - zoom, 0 shows all. A plain wheel and one finger scroll the page.
 */
export function zoomer(svg: SVGSVGElement, extent: [number, number], moved: (transform: ZoomTransform) => void, home: () => ZoomTransform = () => zoomIdentity): Zoomer {
  const behavior = zoom<SVGSVGElement, unknown>()
    .scaleExtent(extent)
    .filter((event: MouseEvent & TouchEvent) => {
      if (event.type === "wheel") return event.ctrlKey || event.metaKey;
      if (event.type.startsWith("touch")) return event.touches.length > 1;
      return !event.button && event.type !== "dblclick";
    })
    .on("zoom", (event: D3ZoomEvent<SVGSVGElement, unknown>) => moved(event.transform));
  const selection = select(svg).call(behavior);
  const to = (transform: ZoomTransform) => behavior.transform(selection, transform);
  svg.setAttribute("tabindex", "0");
  svg.setAttribute("aria-keyshortcuts", "ArrowLeft ArrowRight ArrowUp ArrowDown + - 0");
  svg.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const far = STEP / zoomTransform(svg).k;
    const act = {
      ArrowLeft: () => behavior.translateBy(selection, far, 0),
      ArrowRight: () => behavior.translateBy(selection, -far, 0),
      ArrowUp: () => behavior.translateBy(selection, 0, far),
      ArrowDown: () => behavior.translateBy(selection, 0, -far),
      "+": () => behavior.scaleBy(selection, 1.6),
      "=": () => behavior.scaleBy(selection, 1.6),
      "-": () => behavior.scaleBy(selection, 1 / 1.6),
      "0": () => to(home()),
    }[event.key];
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  });
  const buttons = h(
    "div.zoom-buttons",
    { role: "group", "aria-label": "Zoom" },
    svgButton("Zoom in", "M8 3v10M3 8h10", () => behavior.scaleBy(selection, 1.6)),
    svgButton("Zoom out", "M3 8h10", () => behavior.scaleBy(selection, 1 / 1.6)),
    svgButton("Show all", "M3 6V3h3M10 3h3v3M13 10v3h-3M6 13H3v-3", () => to(home())),
  );
  return { buttons, behavior, to };
}

/** Calls `draw` with the width of a node now and whenever it changes. */
export function onWidth(node: HTMLElement, draw: (width: number) => void): void {
  let last = 0;
  const look = () => {
    const width = Math.floor(node.clientWidth);
    if (width > 0 && width !== last) draw((last = width));
  };
  look();
  if ("ResizeObserver" in window) new ResizeObserver(look).observe(node);
}
