// What stands over a report's text: its title and source, how it came to be, and how its words are shown.

import { bdi, h } from "./dom";
import { kindOfCopyIcon, madeFrom, signCount, signList, spunWords } from "./kinds";
import { about } from "./label";
import type { Report } from "./model";
import type { RawRestored, Span } from "./raw";
import type { TextHost } from "./text";
import { dateWords } from "./time";
import { count } from "./words";

/** `point` brings a passage into sight; `restored` is told whether the restored reading is to be shown. */
export function textHead(report: Report, host: TextHost, point: (span: Span) => void, restored: (wanted: boolean) => void, asRestored: boolean): HTMLElement {
  const { reports } = host;
  const at = reports.indexOf(report);
  const told = about(report);
  const step = (by: number, words: string) =>
    h("button.quiet", { type: "button", disabled: !reports[at + by], click: () => host.read(reports[at + by] as Report) }, words);
  const line = byline(report);
  return h(
    "header.text-head",
    {},
    reports.length > 1 &&
      h("div.pager", {}, h("span", {}, `Report ${at + 1} of ${reports.length}`), step(-1, "‹ Previous"), step(1, "Next ›")),
    // A lone report's title already heads the page.
    reports.length === 1 && report.title === host.heading ? h("h2", { id: "text-title" }, "The report’s text") : h("h2", { id: "text-title", dir: "auto" }, report.title),
    line.length > 0 && h("p.byline", {}, ...line.flatMap((node, n) => (n ? [h("span.dot", { "aria-hidden": "true" }, " · "), node] : [node]))),
    told.length > 0 && h("dl.about", {}, ...told.map(([label, words]) => h("div", {}, h("dt", {}, label), h("dd", {}, bdi(words))))),
    ...kinship(report, host),
    spun(report, point),
    report.raw.restored && restoredSwitch(report.raw.restored, restored, asRestored),
  );
}

function byline(report: Report): Node[] {
  const { url, licence } = report.raw.source;
  const facts: Node[] = [];
  if (report.source) facts.push(bdi(report.source));
  if (report.raw.published) facts.push(document.createTextNode(dateWords(report.raw.published)));
  if (url) facts.push(/^https?:\/\//i.test(url) ? h("a", { href: url, rel: "noreferrer noopener", target: "_blank" }, "original") : bdi(url));
  if (licence) facts.push(bdi(licence));
  return facts;
}

function kinship(report: Report, host: TextHost): HTMLElement[] {
  const { kin } = report;
  if (!kin) return [];
  const [copy] = kin.copies;
  if (kin.of) {
    const source = kin.of;
    return [
      h("p.kin", {}, kindOfCopyIcon(kin.kind), h("span", {}, ...madeFrom(kin, (one) => host.read(one)), dot(), beside(host, source, report))),
    ];
  }
  if (!copy) return [];
  return [h("p.kin", {}, kindOfCopyIcon("independent"), h("span", {}, `The origin of ${count(descendants(report), "copy", "copies")} on this page`, dot(), beside(host, report, copy)))];
}

const dot = (): HTMLElement => h("span", { "aria-hidden": "true" }, " · ");
const beside = (host: TextHost, left: Report, right: Report): HTMLElement =>
  h("button.link", { type: "button", click: () => host.compare(left, right) }, "Compare side by side");

function descendants(report: Report): number {
  return (report.kin?.copies ?? []).reduce((sum, copy) => sum + 1 + descendants(copy), 0);
}

function spun(report: Report, point: (span: Span) => void): HTMLElement | null {
  const words = spunWords(report);
  if (!words) return null;
  const told = h("span.spun", {}, `This report ${words}`);
  if (!report.signs.length) return h("p.spun-line", {}, told);
  return h(
    "details.spun-line",
    {},
    h("summary", {}, told, h("span.mode", {}, ` · ${signCount(report)}`)),
    h("p.note", {}, "Words outside quotations that people seldom write here, with what probably stood there. A dotted line at the side marks the paragraphs."),
    signList(report, (at) => { const sign = report.signs[at]; if (sign) point(sign.span); }),
  );
}

function restoredSwitch(places: RawRestored[], restored: (wanted: boolean) => void, asRestored: boolean): HTMLElement {
  const buttons: HTMLElement[] = [false, true].map((wanted) =>
    h("button", { type: "button", "aria-pressed": String(wanted === asRestored), click: () => {
      for (const [at, button] of buttons.entries()) button.setAttribute("aria-pressed", String(!!at === wanted));
      restored(wanted);
    } }, wanted ? "Restored reading" : "Original words"),
  );
  const applied = places.filter((place) => place.applied).length;
  const proposed = places.length - applied;
  const told = [applied || !proposed ? `${count(applied, "place")} restored` : "", proposed ? `${count(proposed, "reading")} only proposed` : ""].filter(Boolean).join(", ");
  return h("div.restored-switch", {}, h("div.switch", { role: "group", "aria-label": "Show garbled words as" }, ...buttons), h("span.note", {}, told));
}
