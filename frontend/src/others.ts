// The list of reports, and what was left out and why.

import { bdi, h } from "./dom";
import { inReport } from "./label";
import { emptyState, LongList, type Shown } from "./list";
import type { Report, SkippedFact } from "./model";
import { Rows, type Page } from "./rows";
import { folded } from "./state";
import { dateWords } from "./time";
import { count, shortened } from "./words";

export function reports(page: Page, open: (report: Report) => void): Shown {
  const { state } = page;
  const wanted = folded(state.filters.words).split(/\s+/).filter(Boolean);
  const kept = state.collection.reports.filter((report) => {
    const words = folded([report.title, report.source, report.raw.id, report.raw.published].filter(Boolean).join("\n"));
    return wanted.every((word) => words.includes(word));
  });
  const node = h("div.view");
  if (!kept.length) {
    node.append(emptyState("No report passes the filter.", "In this view the words above are looked for in titles, sources and dates."));
    return { node, facts: [], mark: () => null };
  }
  const rows = new LongList(kept, h("ol.facts.report-list"), (report) => [
    h(
      `li.fact${report === state.scope ? ".chosen" : ""}`,
      {},
      h(
        "button.fact-main",
        { type: "button", "aria-current": report === state.scope ? "true" : null, click: () => open(report) },
        h(
          "span.fact-body",
          {},
          h("span.fact-title", { dir: "auto" }, report.label),
          h(
            "span.meta",
            {},
            report.source && h("span", {}, bdi(report.source)),
            h("span", {}, report.raw.published ? dateWords(report.raw.published) : "no date of publication"),
            h("span", {}, count(report.events.length, "event")),
            h("span", {}, count(report.statements.length, "statement")),
            report.skipped.length > 0 && h("span", {}, `${report.skipped.length} left out`),
            ...report.raw.about.filter(([label, words]) => label === "Outcome" && words !== "ok").map(([, words]) => h("span", {}, bdi(shortened(words, 80)))),
          ),
        ),
      ),
    ),
  ], "report");
  node.append(h("p.shown-count", {}, kept.length === state.collection.reports.length ? count(kept.length, "report") : `${kept.length} of ${count(state.collection.reports.length, "report")}`), rows.node);
  return { node, facts: [], mark: () => null };
}

export function skipped(page: Page): Shown {
  const { state } = page;
  const all = state.reports.flatMap((report) => report.skipped);
  const facts = all.filter((fact) => state.passes(fact));
  const node = h("div.view");
  if (!facts.length) {
    node.append(all.length ? emptyState("Nothing left out passes the filters.", "Clear the filters above to see all.") : emptyState("Nothing was left out.", "The coder reports no passage that it could not use."));
    return { node, facts: [], mark: () => null };
  }
  const rows = new Rows(page);
  const many = state.reports.length > 1;
  const list = new LongList(facts, h("ol.facts"), (fact) => [rows.make(fact, ".compact", main(fact, many))], "passage");
  node.append(h("p.note", {}, "What the coder met and could not use, with its reason."), list.node);
  return {
    node,
    facts,
    mark(fact) {
      if (fact?.kind === "skipped" && facts.includes(fact)) list.upTo(facts.indexOf(fact) + 1);
      return rows.mark(fact);
    },
  };
}

function main(fact: SkippedFact, many: boolean): HTMLElement[] {
  const { raw, report } = fact;
  return [
    h(
      "span.fact-body",
      {},
      h("span.fact-title", {}, bdi(raw.reason)),
      h("span.meta", {}, raw.span ? h("q", {}, bdi(shortened(report.words(raw.span), 160))) : h("span", {}, "the report as a whole"), many && h("span", {}, ...inReport(report))),
    ),
  ];
}
