// Dragging incidents and claims by the mouse. All that it does can be done by keys too.

import { h } from "../src/dom";

export type Place = [report: string, start: number, end: number];
/** An incident, or claims of one. */
export type Dragged = { incident: string } | { claims: Place[]; from: string };

let current: Dragged | null = null;

/** The dots by which a row is taken: a button under the mouse cannot be dragged in every browser. */
export const grip = (): HTMLElement => h("span.grip", { "aria-hidden": "true", title: "Drag" }, "⠿");

/** Let a node be dragged; `surface` bears the class `dragging-claims` or `dragging-incident` meanwhile. */
export function draggable(node: HTMLElement, surface: HTMLElement, what: () => Dragged): HTMLElement {
  node.draggable = true;
  node.addEventListener("dragstart", (event) => {
    current = what();
    event.dataTransfer?.setData("text/plain", "incident" in current ? current.incident : `${current.claims.length} claims`);
    if (event.dataTransfer) event.dataTransfer.effectAllowed = "move";
    node.classList.add("dragged");
    // Only now may the surface change: a drag ends at once where its own node moves.
    setTimeout(() => surface.classList.add(current && "claims" in current ? "dragging-claims" : "dragging-incident"));
    event.stopPropagation();
  });
  node.addEventListener("dragend", () => {
    current = null;
    node.classList.remove("dragged");
    setTimeout(() => surface.classList.remove("dragging-claims", "dragging-incident"));
  });
  return node;
}

/** Let what fits be dropped on a node. */
export function droppable(node: HTMLElement, fits: (dragged: Dragged) => boolean, drop: (dragged: Dragged) => void): HTMLElement {
  const over = (event: DragEvent) => {
    if (!current || !fits(current)) return;
    event.preventDefault();
    node.classList.add("drop-here");
  };
  node.addEventListener("dragenter", over);
  node.addEventListener("dragover", over);
  node.addEventListener("dragleave", (event) => { if (!node.contains(event.relatedTarget as Node | null)) node.classList.remove("drop-here"); });
  node.addEventListener("drop", (event) => {
    node.classList.remove("drop-here");
    const dragged = current;
    if (!dragged || !fits(dragged)) return;
    event.preventDefault();
    drop(dragged);
  });
  return node;
}
