// How a report was made from another, and whether it reads as machine-spun, in words.

import { bdi, h, s, type Child } from "./dom";
import type { Kin, Report } from "./model";
import { count, list } from "./words";

interface KindWords { name: string; of: string; meaning: string }

const KINDS: Record<string, KindWords> = {
  identical: { name: "Same words", of: "The same words as", meaning: "the same words in the same order" },
  reprint: { name: "Reprint", of: "Reprint of", meaning: "copied, perhaps cut, with small edits" },
  additions: { name: "Copy with additions", of: "Copy, with additions, of", meaning: "copied, with more than an eighth of it from elsewhere" },
  spun: { name: "Spun rewrite", of: "Spun rewrite of", meaning: "words swapped for others, quotations left alone: the work of a machine" },
  "back-translated": { name: "Translated and back", of: "Translated-and-back rewrite of", meaning: "rewritten within quotations too, as by translating it and back" },
  independent: { name: "Independent", of: "", meaning: "made from no other report on this page" },
};

/** From here on a text is said to read as machine-spun. */
export const SPUN = 0.5;

export const kindWords = (kind: string): KindWords => KINDS[kind] ?? { name: kind, of: `${kind} of`, meaning: "" };
export const KIND_GLOSSARY: [name: string, meaning: string][] = Object.values(KINDS).map(({ name, meaning }) => [name, meaning]);

/** A sign for a kind: each has its own shape. */
export function kindOfCopyIcon(kind: string): SVGElement {
  const paths: Record<string, string> = {
    identical: "M4 6h8M4 10h8",
    reprint: "M2.5 2.5h7v9h-7zM5.5 5h8v8.5h-8z",
    additions: "M2.5 2.5h7v9h-7zM11 8v6M8 11h6",
    spun: "M13 6.5A5.5 5.5 0 1 0 13.5 9M13.5 3v3.8H9.8",
    "back-translated": "M3 5.5h10M10 2.5l3 3-3 3M13 10.5H3M6 7.5l-3 3 3 3",
  };
  const d = paths[kind] ?? "M8 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8Z";
  return s("svg.sign", { viewBox: "0 0 16 16", width: 16, height: 16, "aria-hidden": "true" }, s("path.stroke", { d }));
}

/** `reads as machine-spun (0.99)`; null where it does not. */
export function spunWords(report: Report): string | null {
  const share = report.spun;
  return share !== null && share >= SPUN ? `reads as machine-spun (${share.toFixed(2)})` : null;
}

/** `Reprint of X`, X being pressed to go there. */
export function madeFrom(kin: Kin, go: (report: Report) => void): Child[] {
  if (!kin.of) return [];
  const source = kin.of;
  return [kindWords(kin.kind).of, " ", h("button.link", { type: "button", click: () => go(source) }, bdi(source.label))];
}

/** What shows that a report is made from another, for a reader to check. */
export function evidence(kin: Kin): HTMLElement {
  const { evidence: found, of, also } = kin;
  const items: Child[][] = [];
  if (found && of) {
    items.push(...found.reasons.map((reason) => [bdi(reason.replace(/(\d)%/g, "$1 %"))]));
    items.push([`${percent(found.share)} of its words outside quotations are from there`]);
    const ranges = found.paragraphs.map(([a, b, c, d]) => `${range(a, b)} ${a === b ? "is" : "are"} ${range(c, d)} there`);
    if (ranges.length) items.push([`paragraph${ranges.length > 1 || ranges[0]?.includes("–") ? "s" : ""} ${list(ranges)}`]);
    const shared = (["quotations", "names", "numbers"] as const).filter((what) => found[what][1] > 0).map((what) => `${found[what][0]} of ${found[what][1]} ${what}`);
    if (shared.length) items.push([`the same in both: ${list(shared)}`]);
    if (found.swaps.length) {
      items.push(["words swapped: ", ...found.swaps.flatMap(([was, is], at) => [at ? ", " : "", h("q", {}, bdi(was)), " → ", h("q", {}, bdi(is))])]);
    }
  }
  for (const one of also) {
    const share = percent(one.share);
    items.push(one.derived ? [`${share} of its words are from `, bdi(one.report.label)] : [`${share} of the words of `, bdi(one.report.label), " are from here"]);
  }
  return h("ul.evidence", {}, ...items.map((words) => h("li", {}, ...words)));
}

/** A report's signs of being spun, each pressed to see the words. */
export function signList(report: Report, go: (at: number) => void): HTMLElement {
  return h(
    "ol.signs",
    {},
    ...report.signs.map(({ span, expected, reason }, at) =>
      h("li", {}, h("button.link", { type: "button", click: () => go(at) }, h("q", {}, bdi(report.words(span)))), expected && " for ", expected && h("q", {}, bdi(expected)), reason && h("span.mode", {}, ` · ${reason}`)),
    ),
  );
}

export const signCount = (report: Report): string => count(report.signs.length, "sign");

function range(first: number, last: number): string {
  return first === last ? `${first}` : `${first}–${last}`;
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}
