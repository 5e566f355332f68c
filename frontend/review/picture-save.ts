// Saving a picture as it stands, with its legend: as SVG with its colours written into it, or as PNG at twice the size.

import { h } from "../src/dom";

const KEPT = [
  "fill", "fill-opacity", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray", "stroke-linecap", "stroke-linejoin", "opacity", "font-family", "font-size",
  "font-weight", "font-style", "text-anchor", "letter-spacing", "paint-order", "display", "visibility", "color", "vector-effect", "text-decoration-line",
];
const SCALE = 2;

const SVG = "http://www.w3.org/2000/svg";
const LINE = 18;

/** An element with what style sheets say of it and of its parts written to each of them, for no sheet goes along. */
function styled(node: SVGElement): SVGElement {
  const copy = node.cloneNode(true) as SVGElement;
  const to = [copy, ...copy.querySelectorAll("*")];
  const gone = copy.querySelectorAll(".not-saved");
  [node, ...node.querySelectorAll("*")].forEach((one, at) => {
    const style = getComputedStyle(one);
    const own = to[at] as Element;
    for (const name of KEPT) {
      const value = style.getPropertyValue(name);
      // A reference to a filling is written with the page's address: the file has it itself.
      if (value) own.setAttribute(name, value.replace(/url\("?[^"#)]*(#[^")]*)"?\)/, "url($1)"));
    }
    for (const name of ["class", "style", "tabindex", "role", "aria-label", "aria-hidden", "aria-keyshortcuts", "data-incident", "data-party", "data-edge", "data-spots", "data-spot"]) own.removeAttribute(name);
  });
  for (const one of gone) one.remove();
  return copy;
}

function make(name: string, attributes: Record<string, string | number>, words = ""): SVGElement {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, String(value));
  node.textContent = words;
  return node;
}

/** What the signs mean, as it stands below the picture, and `title`; from `top` on. Returns where it ends. */
function legend(figure: Element, copy: SVGElement, width: number, top: number, title: string): number {
  let [x, y] = [12, top + LINE];
  const put = (node: SVGElement): void => { copy.append(node); };
  const ink = (): Record<string, string | number> => {
    const style = getComputedStyle(figure);
    return { fill: style.color, "font-family": style.fontFamily, "font-size": 12 };
  };
  for (const item of figure.querySelectorAll(".legend li")) {
    const icon = item.querySelector<SVGSVGElement>("svg");
    const words = item.textContent ?? "";
    const wide = (icon?.width.baseVal.value ?? 0) + 8 + words.length * 6.8 + 16;
    if (x + wide > width && x > 12) [x, y] = [12, y + LINE];
    if (icon) {
      const sign = styled(icon);
      for (const [key, value] of Object.entries({ x, y: y - 12, width: icon.width.baseVal.value, height: 16, color: getComputedStyle(icon).color })) sign.setAttribute(key, String(value));
      put(sign);
    }
    put(make("text", { x: x + (icon?.width.baseVal.value ?? 0) + 6, y, ...ink() }, words));
    x += wide;
  }
  y += LINE + 2;
  put(make("text", { x: 12, y, ...ink(), "font-size": 11 }, title));
  return y + 10;
}

/** The picture as a file of its own, with its legend and `title` below it. */
export function asFile(svg: SVGSVGElement, title: string): { words: string; width: number; height: number } {
  const copy = styled(svg);
  const figure = svg.closest(".picture") ?? document.body;
  const [width, tall] = [svg.width.baseVal.value, svg.height.baseVal.value];
  const own = getComputedStyle(svg).backgroundColor;
  const sheet = getComputedStyle(figure).backgroundColor;
  // What lies outside the picture's frame is cut off by the page, and not by the file.
  const inner = make("svg", { width, height: tall, viewBox: `0 0 ${width} ${tall}`, overflow: "hidden" });
  inner.append(make("rect", { width, height: tall, fill: own === "rgba(0, 0, 0, 0)" ? sheet : own }), ...copy.childNodes);
  copy.replaceChildren();
  const back = make("rect", { width, height: tall, fill: sheet });
  copy.append(make("title", {}, title), back, inner);
  const height = legend(figure, copy, width, tall, title);
  back.setAttribute("height", String(height));
  for (const [name, value] of Object.entries({ xmlns: SVG, width, height, viewBox: `0 0 ${width} ${height}` })) copy.setAttribute(name, String(value));
  return { words: new XMLSerializer().serializeToString(copy), width, height };
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
      const { words, width, height } = asFile(picture, title());
      const blob = kind === "svg" ? new Blob([words], { type: "image/svg+xml" }) : await png(words, width, height);
      give(blob, `${name}.${kind}`);
    } catch (error) {
      failed(error);
    }
  };
  const button = (kind: "svg" | "png") => h("button.quiet", { type: "button", "aria-label": `Save the picture as ${kind.toUpperCase()}`, "data-save": kind, click: () => void save(kind)() }, kind.toUpperCase());
  return h("div.save-buttons", { role: "group", "aria-label": "Save the picture" }, h("span", { "aria-hidden": "true" }, "Save"), button("svg"), button("png"));
}
