// Saving a picture as it stands: as SVG with its colours written into it, or as PNG at twice the size.

import { h } from "../src/dom";

const KEPT = [
  "fill", "fill-opacity", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray", "stroke-linecap", "stroke-linejoin", "opacity", "font-family", "font-size",
  "font-weight", "font-style", "text-anchor", "letter-spacing", "paint-order", "display", "visibility", "color", "vector-effect", "text-decoration-line",
];
const SCALE = 2;

/** The picture as a file of its own. What a style sheet says of it is written to each element, for no sheet goes along. */
export function asFile(svg: SVGSVGElement, title: string): string {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const from = [svg, ...svg.querySelectorAll("*")];
  const to = [copy, ...copy.querySelectorAll("*")];
  from.forEach((node, at) => {
    const style = getComputedStyle(node);
    const own = to[at] as Element;
    for (const name of KEPT) {
      const value = style.getPropertyValue(name);
      // A reference to a filling is written with the page's address: the file has it itself.
      if (value) own.setAttribute(name, value.replace(/url\("?[^"#)]*(#[^")]*)"?\)/, "url($1)"));
    }
    for (const name of ["class", "style", "tabindex", "role", "aria-label"]) own.removeAttribute(name);
  });
  for (const gone of copy.querySelectorAll(".not-saved")) gone.remove();
  const back = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  for (const [name, value] of Object.entries({ width: "100%", height: "100%", fill: getComputedStyle(svg).backgroundColor === "rgba(0, 0, 0, 0)" ? getComputedStyle(svg.closest(".picture") ?? document.body).backgroundColor : getComputedStyle(svg).backgroundColor })) back.setAttribute(name, value);
  copy.prepend(back);
  const named = document.createElementNS("http://www.w3.org/2000/svg", "title");
  named.textContent = title;
  copy.prepend(named);
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  return new XMLSerializer().serializeToString(copy);
}

function give(blob: Blob, name: string): void {
  const link = h<HTMLAnchorElement>("a", { download: name });
  link.href = URL.createObjectURL(blob);
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

async function png(words: string, width: number, height: number): Promise<Blob> {
  const image = new Image();
  await new Promise<void>((done, failed) => {
    image.onload = () => done();
    image.onerror = () => failed(new Error("This browser cannot draw the picture as PNG; save it as SVG."));
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(words)}`;
  });
  const canvas = h<HTMLCanvasElement>("canvas", { width: width * SCALE, height: height * SCALE });
  canvas.getContext("2d")?.drawImage(image, 0, 0, width * SCALE, height * SCALE);
  return new Promise((done, failed) => canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error("This browser cannot draw the picture as PNG; save it as SVG."))), "image/png"));
}

/** Two buttons that save a picture. */
export function saveButtons(svg: () => SVGSVGElement | null, name: string, title: () => string, failed: (error: unknown) => void): HTMLElement {
  const save = (kind: "svg" | "png") => async (): Promise<void> => {
    const picture = svg();
    if (!picture) return;
    try {
      const words = asFile(picture, title());
      const blob = kind === "svg" ? new Blob([words], { type: "image/svg+xml" }) : await png(words, picture.width.baseVal.value, picture.height.baseVal.value);
      give(blob, `${name}.${kind}`);
    } catch (error) {
      failed(error);
    }
  };
  const button = (kind: "svg" | "png") => h("button.quiet", { type: "button", "aria-label": `Save the picture as ${kind.toUpperCase()}`, "data-save": kind, click: () => void save(kind)() }, kind.toUpperCase());
  return h("div.save-buttons", { role: "group", "aria-label": "Save the picture" }, h("span", { "aria-hidden": "true" }, "Save"), button("svg"), button("png"));
}
