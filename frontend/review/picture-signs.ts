// Signs and fillings for grades, so that none is told by its colour alone; and an incident in words.

import { h, s } from "../src/dom";
import { statusMark } from "../src/icons";
import { between, dateWords, stretchWords, type Stretch } from "../src/time";
import { plain, statusName, STATUSES, typeName } from "../src/words";
import { GRADES, type Row } from "./pictures-api";

export type SignBy = "grade" | "status";

export const GRADE_MEANING: Record<string, string> = {
  confirmed: "three independent accounts, or two firm ones in their own voice",
  fair: "two independent accounts, or one that is firm",
  weak: "one account by somebody else’s word, or not certain",
  contested: "some say that it happened, others that it did not",
  discounted: "only denied, or denied by more",
};

/** The sign of a grade around (0, 0), within 7 units. */
export function gradeMark(grade: string): SVGElement {
  const mark = s(`g.mark.sign-${grade}`);
  switch (grade) {
    case "confirmed":
      mark.append(s("circle.line", { r: 6.6 }), s("circle.solid", { r: 4.2 }));
      break;
    case "fair":
      mark.append(s("circle.solid", { r: 5.2 }));
      break;
    case "contested":
      mark.append(s("circle.hollow", { r: 5.2 }), s("path.solid", { d: "M0-5.2A5.2 5.2 0 0 0 0 5.2Z" }));
      break;
    case "discounted":
      mark.append(s("circle.hollow", { r: 5.2 }), s("path.line", { d: "M-3.6 3.6 3.6-3.6" }));
      break;
    default:
      mark.append(s("circle.hollow", { r: 5.2 }));
  }
  return mark;
}

export const signOf = (by: SignBy, row: Pick<Row, "grade" | "status">): SVGElement => (by === "grade" ? gradeMark(row.grade) : statusMark(row.status));
export const signClass = (by: SignBy, code: string): string => (by === "grade" ? `sign-${code}` : `status-${Object.hasOwn(STATUSES, code) ? code : "conditional"}`);
export const codesOf = (by: SignBy): string[] => (by === "grade" ? [...GRADES] : Object.keys(STATUSES));

function icon(mark: SVGElement): SVGElement {
  return s("svg.sign", { viewBox: "-8 -8 16 16", width: 16, height: 16, "aria-hidden": "true" }, mark);
}

export function gradeLabel(grade: string): HTMLElement {
  return h(`span.grade-sign.sign-${grade}`, { title: GRADE_MEANING[grade] }, icon(gradeMark(grade)), h("span", {}, grade));
}

/** What the signs mean, or (`columns`) the fillings of columns, which are defined in the picture itself. */
export function legend(by: SignBy, columns = false): HTMLElement {
  const sample = (code: string): SVGElement => (columns ? s("rect.bin", { x: -6, y: -6, width: 12, height: 12, rx: 1.5, fill: `url(#fill-${by}-${code})` }) : by === "grade" ? gradeMark(code) : statusMark(code));
  return h("ul.legend", { "aria-label": by === "grade" ? "Signs of grades" : "Signs of statuses" }, ...codesOf(by).map((code) => h("li", { title: by === "grade" ? GRADE_MEANING[code] : STATUSES[code]?.[1] }, h(`span.${signClass(by, code)}`, {}, icon(sample(code))), by === "grade" ? code : statusName(code))));
}

/** Fillings of columns, one for each code; to stand among an SVG's `defs`. */
export function fillings(by: SignBy): SVGElement[] {
  const lines: Record<number, (SVGElement | null)[]> = {
    0: [s("rect", { width: 6, height: 6, fill: "currentColor" })],
    1: [s("rect", { width: 6, height: 6, fill: "currentColor", "fill-opacity": 0.62 })],
    2: [s("rect", { width: 6, height: 6, fill: "currentColor", "fill-opacity": 0.12 }), s("circle", { cx: 1.5, cy: 1.5, r: 1, fill: "currentColor" }), s("circle", { cx: 4.5, cy: 4.5, r: 1, fill: "currentColor" })],
    3: [s("rect", { width: 6, height: 6, fill: "currentColor", "fill-opacity": 0.15 }), s("rect", { width: 2.2, height: 6, fill: "currentColor" })],
    4: [s("rect", { width: 6, height: 6, fill: "currentColor", "fill-opacity": 0.1 }), s("rect", { width: 1, height: 6, fill: "currentColor" }), s("rect", { width: 6, height: 1, fill: "currentColor" })],
  };
  return codesOf(by).map((code, at) => s(`pattern.${signClass(by, code)}`, { id: `fill-${by}-${code}`, width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: at === 3 ? "rotate(45)" : null }, ...(lines[at] ?? [])));
}

export const whenOf = (row: Pick<Row, "start" | "end">): Stretch | null => between(row.start, row.end);

/** The time of an incident as it is known: `3 May 2020`, `some day in Jun 2020`, `since Jul 2020`. */
export function timeWords(row: Pick<Row, "start" | "end" | "open">): string {
  const when = whenOf(row);
  if (!when) return "no date";
  const words = row.start && row.start === row.end ? dateWords(row.start) : stretchWords(when);
  return row.open === "after" ? `from ${words} on` : row.open === "before" ? `by ${words}` : words;
}

export const typeWords = (row: Pick<Row, "type" | "mode">): string => (row.type ? `${typeName(row.type)}${row.mode ? ` · ${plain(row.mode)}` : ""}` : "Kind not given");

export function describe(row: Row): string {
  const toll = [row.killed && `${row.killed} killed`, row.injured && row.injured !== "0" && `${row.injured} injured`].filter(Boolean).join(", ");
  return [`${typeWords(row)}: ${row.actors || "no one named"} → ${row.recipients || "no one named"}`, [timeWords(row), row.place].filter(Boolean).join(", "), toll, `${row.grade}; ${counted(row)}`].filter(Boolean).join("\n");
}

export function counted({ reports, origins }: Pick<Row, "reports" | "origins">): string {
  return `${reports} report${reports === 1 ? "" : "s"}, ${origins} origin${origins === 1 ? "" : "s"}`;
}
