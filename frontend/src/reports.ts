// The list of reports: by the account they go back to, each copy under the report that it is made from.

import { bdi, h, type Child } from "./dom";
import { evidence, kindOfCopyIcon, kindWords, spunWords } from "./kinds";
import { emptyState, LongList, type Shown } from "./list";
import type { Report } from "./model";
import type { Page } from "./rows";
import { folded } from "./state";
import { dateWords } from "./time";
import { count, shortened } from "./words";

type Line = { heading: string; note: string } | { report: Report; depth: number };

const DEEPEST = 4;

export function reports(page: Page, open: (report: Report) => void): Shown {
  const { state } = page;
  const all = state.collection.reports;
  const wanted = folded(state.filters.words).split(/\s+/).filter(Boolean);
  const kept = new Set(all.filter((report) => {
    const words = folded([report.title, report.source, report.raw.id, report.raw.published, report.kin && kindWords(report.kin.kind).name].filter(Boolean).join("\n"));
    return wanted.every((word) => words.includes(word));
  }));
  const node = h("div.view");
  if (!kept.size) {
    node.append(emptyState("No report passes the filter.", "In this view the words above are looked for in titles, sources, dates and kinds of copy."));
    return { node, facts: [], mark: () => null };
  }
  const rows = new LongList(lines(page, kept), h("ol.facts.report-list"), (line) => {
    if ("heading" in line) return [h("li.group.major", {}, h("h3", {}, line.heading), h("p", {}, line.note))];
    return [row(page, line.report, line.depth, open)];
  }, "report");
  const shown = kept.size === all.length ? (state.collection.count ?? count(all.length, "report")) : `${kept.size} of ${count(all.length, "report")}`;
  node.append(h("p.shown-count", {}, shown), rows.node);
  return { node, facts: [], mark: () => null };
}

function lines(page: Page, kept: Set<Report>): Line[] {
  const { collection } = page.state;
  const { origins } = collection;
  if (!origins || !collection.copies) return [...kept].map((report) => ({ report, depth: 0 }));
  const found: Line[] = [];
  const tree = (report: Report, depth: number): Line[] =>
    [...(kept.has(report) ? [{ report, depth }] : []), ...(report.kin?.copies ?? []).flatMap((copy) => tree(copy, depth + 1))];
  const families = origins.filter((origin) => origin.kin?.copies.length);
  const told: Line[][] = families.map((origin) => tree(origin, 0)).filter((family) => family.length);
  if (told.length) found.push({ heading: "Told more than once", note: "Each report with the copies made from it. Copies of one account count as one origin." }, ...told.flat());
  const alone = origins.filter((origin) => !origin.kin?.copies.length && kept.has(origin));
  if (alone.length) found.push({ heading: "Told once", note: "No other report on this page is made from these, nor they from one." }, ...alone.map((report) => ({ report, depth: 0 })));
  return found;
}

function row(page: Page, report: Report, depth: number, open: (report: Report) => void): HTMLElement {
  const { kin } = report;
  const spun = spunWords(report);
  const chosen = report === page.state.scope;
  return h(
    `li.fact.depth-${Math.min(depth, DEEPEST)}${chosen ? ".chosen" : ""}`,
    { "data-report": report.index },
    h(
      "button.fact-main",
      { type: "button", "aria-current": chosen ? "true" : null, click: () => open(report) },
      h(
        "span.fact-body",
        {},
        kin?.of && h("span.kin", { title: kindWords(kin.kind).meaning }, kindOfCopyIcon(kin.kind), h("span", {}, kindWords(kin.kind).of, " ", bdi(shortened(kin.of.label, 60)))),
        h("span.fact-title", { dir: "auto" }, report.label),
        h("span.meta", {}, ...meta(report), spun && h("span.spun", {}, spun)),
      ),
    ),
    kin?.of && h(
      "div.kin-tools",
      {},
      h("button.quiet", { type: "button", click: () => page.compare(kin.of as Report, report) }, "Compare side by side"),
      h("details", {}, h("summary", {}, "What shows it"), evidence(kin)),
    ),
    kin && !kin.of && kin.also.length > 0 && h("div.kin-tools", {}, h("details", {}, h("summary", {}, "Shared with others"), evidence(kin))),
  );
}

function meta(report: Report): Child[] {
  return [
    report.source && h("span", {}, bdi(report.source)),
    h("span", {}, report.raw.published ? dateWords(report.raw.published) : "no date of publication"),
    h("span", {}, count(report.events.length, "event")),
    h("span", {}, count(report.statements.length, "statement")),
    report.skipped.length > 0 && h("span", {}, `${report.skipped.length} left out`),
    ...report.raw.about.filter(([label, words]) => label === "Outcome" && words !== "ok").map(([, words]) => h("span", {}, bdi(shortened(words, 80)))),
  ];
}
