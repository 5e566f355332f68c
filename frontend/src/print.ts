// On paper: every report in view with its text and all its facts, laid out plainly.

import { bdi, h, joined } from "./dom";
import { kindIcon } from "./icons";
import { heading } from "./head";
import { kindWords, spunWords } from "./kinds";
import { about, accordingTo, eventFields, eventTitle, whoWhom } from "./label";
import { inTime, type Report } from "./model";
import { mannerLabel } from "./says";
import type { State } from "./state";
import { dateWords } from "./time";
import { plain, relationName } from "./words";

function section(title: string, items: HTMLElement[]): HTMLElement | null {
  return items.length ? h("section", {}, h("h3", {}, title), h("ol", {}, ...items)) : null;
}

function one(report: Report, alone: boolean): HTMLElement {
  const byline = [report.source, report.raw.published && dateWords(report.raw.published), report.raw.source.url, report.raw.source.licence].filter(Boolean);
  const speaker = (id: string | null) => (id === null ? "Speaker not identified" : report.name(id));
  return h(
    "article.printed",
    {},
    !alone && h("h2", { dir: "auto" }, report.title),
    h("p.byline", {}, bdi(byline.join(" · "))),
    report.kin?.of && h("p.byline", {}, kindWords(report.kin.kind).of, " ", bdi(report.kin.of.label)),
    spunWords(report) && h("p.byline", {}, `This report ${spunWords(report)}`),
    ...about(report).map(([label, words]) => h("p.byline", {}, `${label}: `, bdi(words))),
    h("section", {}, h("h3", {}, "Text"), ...report.raw.text.split("\n").filter((line) => line.trim()).map((line) => h("p", { dir: "auto" }, line))),
    section("Words restored", (report.raw.restored ?? []).map(({ span, reading, confidence, applied }) => h("li", {}, h("q", {}, bdi(report.words(span))), applied ? " read as " : " perhaps ", h("q", {}, bdi(reading)), confidence === null ? "" : ` (${confidence.toFixed(2)})`))),
    section("What happened", inTime(report.events).map((fact) => h("li", {}, h("p", {}, ...eventTitle(fact), ": ", whoWhom(fact), " ", h("q", {}, bdi(report.words(fact.raw.span)))), eventFields(fact)))),
    section("Who says what", report.statements.map((fact) =>
      h("li", {}, h("strong", {}, bdi(speaker(fact.raw.speaker))), fact.raw.anonymous && " (unnamed)", " ", mannerLabel(fact.raw.manner), ": ", ...joined(fact.raw.content.map((span) => bdi(report.words(span))), " … ")),
    )),
    section("Actors", [...report.actors.values()].map((fact) => h("li", {}, kindIcon(fact.raw.kind), " ", bdi(report.name(fact.raw.id)), `, ${plain(fact.raw.kind)}`))),
    section("Ties", report.relations.map((fact) =>
      h("li", {}, bdi(report.name(fact.raw.subject)), ` ${relationName(fact.raw.relation)} `, bdi(report.name(fact.raw.object)), ", according to ", ...accordingTo(report, fact.raw.according_to), ": ", h("q", {}, bdi(report.words(fact.raw.evidence)))),
    )),
    section("Left out", report.skipped.map((fact) => h("li", {}, bdi(fact.raw.reason), fact.raw.span && ": ", fact.raw.span && h("q", {}, bdi(report.words(fact.raw.span)))))),
  );
}

/** Make the printed form when the page goes to paper, and take it away after. */
export function printing(state: State, host: HTMLElement): void {
  addEventListener("beforeprint", () => host.replaceChildren(...state.reports.map((report) => one(report, state.collection.reports.length === 1 && report.title === heading(state)))));
  addEventListener("afterprint", () => host.replaceChildren());
}
