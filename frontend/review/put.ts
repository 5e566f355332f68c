// Filling an element anew.

import type { Child } from "../src/dom";

/** Put these children, and no others, into a node; null and false are left out. */
export function put(node: Element, ...children: Child[]): void {
  node.replaceChildren(...children.filter((child): child is Node | string | number => child !== null && child !== undefined && child !== false).map((child) => (typeof child === "number" ? String(child) : child)));
}
