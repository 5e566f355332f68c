// Signs for statuses, certainties and kinds of actor. Each has its own shape.

import { h, s } from "./dom";
import { CERTAINTIES, STATUSES, statusName } from "./words";

/** The shape of a status around (0, 0), within 6 units. */
export function statusMark(status: string): SVGElement {
  const mark = s(`g.mark.status-${safe(status)}`);
  switch (status) {
    case "happened":
      mark.append(s("circle.solid", { r: 5 }));
      break;
    case "did-not-happen":
      mark.append(s("circle.hollow", { r: 5 }), s("path.line", { d: "M-2.2-2.2 2.2 2.2M2.2-2.2-2.2 2.2" }));
      break;
    case "planned":
      mark.append(s("path.hollow", { d: "M0-5.8 5.8 0 0 5.8-5.8 0Z" }));
      break;
    case "requested":
      mark.append(s("path.hollow", { d: "M-4.4-5.2 5.4 0-4.4 5.2Z" }));
      break;
    default:
      mark.append(s("circle.hollow.dashed", { r: 5 }), s("circle.solid", { r: 1.5 }));
  }
  return mark;
}

function safe(code: string): string {
  return Object.hasOwn(STATUSES, code) ? code : "conditional";
}

export function statusIcon(status: string): SVGElement {
  return s("svg.sign", { viewBox: "-7 -7 14 14", width: 16, height: 16, "aria-hidden": "true" }, statusMark(status));
}

/** Sign and name of a status; what did not happen by somebody's word, not by the report's own, is denied. */
export function statusLabel(status: string, accordingTo: string[] = ["author"]): HTMLElement {
  const denied = status === "did-not-happen" && !accordingTo.includes("author");
  const name = denied ? "Denied" : statusName(status);
  return h(`span.status.status-${safe(status)}`, { title: STATUSES[status]?.[1] }, statusIcon(status), h("span", {}, name));
}

/** How firmly: one to three bars and the word. */
export function certaintyLabel(certainty: string): HTMLElement {
  const level = ({ certain: 3, probable: 2, possible: 1 } as Record<string, number>)[certainty] ?? 0;
  const bars = [0, 1, 2].map((at) =>
    s(at < level ? "rect.solid" : "rect.hollow", { x: at * 5 + 0.5, y: 7 - at * 2.5, width: 3, height: 4.5 + at * 2.5 }),
  );
  return h(
    "span.certainty",
    { title: CERTAINTIES[certainty]?.[1] },
    s("svg.bars", { viewBox: "0 0 14 12", width: 14, height: 12, "aria-hidden": "true" }, ...bars),
    CERTAINTIES[certainty]?.[0] ?? certainty,
  );
}

/** Families of kinds that share a shape. */
export const FAMILIES: [family: string, name: string, kinds: string[]][] = [
  ["person", "Person", ["person"]],
  ["armed", "Armed group", ["armed-group"]],
  ["state", "State and its bodies", ["state", "government", "military", "police", "judiciary", "legislature"]],
  ["body", "Organisation", ["international-organisation", "civil-society", "party", "company", "media"]],
  ["people", "Population", ["population"]],
  ["other", "Other", ["other"]],
];

export function family(kind: string): string {
  return FAMILIES.find(([, , kinds]) => kinds.includes(kind))?.[0] ?? "other";
}

/** The shape of a kind of actor around (0, 0), about `r` units wide each way. */
export function kindMark(kind: string, r: number): SVGElement {
  const name = family(kind);
  const mark = s(`g.kind.kind-${name}`);
  const path = (points: [number, number][]) =>
    s("path", { d: `M${points.map(([x, y]) => `${(x * r).toFixed(2)} ${(y * r).toFixed(2)}`).join("L")}Z` });
  switch (name) {
    case "person":
      mark.append(s("circle", { r }));
      break;
    case "armed":
      mark.append(path([[0, -1.2], [1.2, 0], [0, 1.2], [-1.2, 0]]));
      break;
    case "state":
      mark.append(s("rect", { x: -r * 0.92, y: -r * 0.92, width: r * 1.84, height: r * 1.84, rx: 1 }));
      break;
    case "body":
      mark.append(path([[-0.55, -0.98], [0.55, -0.98], [1.1, 0], [0.55, 0.98], [-0.55, 0.98], [-1.1, 0]]));
      break;
    case "people":
      mark.append(path([[0, -1.15], [1.15, 0.9], [-1.15, 0.9]]));
      break;
    default:
      mark.append(s("circle.dashed", { r }));
  }
  return mark;
}

export function kindIcon(kind: string): SVGElement {
  return s("svg.sign", { viewBox: "-7 -7 14 14", width: 16, height: 16, "aria-hidden": "true" }, kindMark(kind, 5));
}
