// What was left out and why.

import { bdi, h } from "./dom";
import { inReport } from "./label";
import { emptyState, LongList, type Shown } from "./list";
import type { SkippedFact } from "./model";
import { Rows, type Page } from "./rows";
import { shortened } from "./words";

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
