// Making elements. Text only ever enters the page as text nodes.

export type Child = Node | string | number | null | undefined | false;
type Attributes = Record<string, string | number | boolean | null | undefined | ((event: never) => void)>;

const SVG = "http://www.w3.org/2000/svg";

function fill(node: Element, attributes: Attributes, children: Child[]): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") node.addEventListener(name, value as unknown as EventListener);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue;
    node.append(typeof child === "number" ? String(child) : child);
  }
}

/** An HTML element; `tag` may carry classes: `p.note.quiet`. Functions become listeners. */
export function h<T extends HTMLElement = HTMLElement>(tag: string, attributes: Attributes = {}, ...children: Child[]): T {
  const [name, ...classes] = tag.split(".");
  const node = document.createElement(name as string);
  if (classes.length) node.className = classes.join(" ");
  fill(node, attributes, children);
  return node as unknown as T;
}

/** An SVG element; `tag` may carry classes. */
export function s<T extends SVGElement = SVGElement>(tag: string, attributes: Attributes = {}, ...children: Child[]): T {
  const [name, ...classes] = tag.split(".");
  const node = document.createElementNS(SVG, name as string);
  if (classes.length) node.setAttribute("class", classes.join(" "));
  fill(node, attributes, children);
  return node as unknown as T;
}

/** Words of unknown script inside a sentence of ours: kept from turning it round. */
export function bdi(text: string, ...classes: string[]): HTMLElement {
  return h(["bdi", ...classes].join("."), {}, text);
}

/** Nodes with a separator between them. */
export function joined(nodes: Child[], separator: string): Child[] {
  return nodes.flatMap((node, index) => (index ? [separator, node] : [node]));
}

export function svgButton(label: string, path: string, run: () => void): HTMLButtonElement {
  return h<HTMLButtonElement>(
    "button.icon-button",
    { type: "button", "aria-label": label, title: label, click: run },
    s("svg", { viewBox: "0 0 16 16", width: 16, height: 16, "aria-hidden": "true" }, s("path.stroke", { d: path })),
  );
}
