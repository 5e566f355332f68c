// Who says what: statements by speaker, the named and the unnamed apart.

import { bdi, h, s, type Child } from "./dom";
import { kindIcon } from "./icons";
import { inReport } from "./label";
import { emptyState, LongList, type Shown } from "./list";
import type { StatementFact } from "./model";
import { Rows, type Page } from "./rows";
import { count, MANNERS, plain } from "./words";

interface Group { name: string | null; kind: string; statements: StatementFact[] }
type Line = { heading: string; note: string } | { group: Group } | { fact: StatementFact };

/** Statements by speaker in the order in which the speakers come up. */
function grouped(page: Page, facts: StatementFact[]): [named: Group[], unnamed: Group[]] {
  const named = new Map<string, Group>();
  const unnamed = new Map<string, Group>();
  for (const fact of facts) {
    const actor = fact.raw.speaker === null ? undefined : fact.report.actors.get(fact.raw.speaker)?.raw;
    const groups = actor && !fact.raw.anonymous ? named : unnamed;
    // Two unnamed speakers of two reports are not known to be one, whatever they are called.
    const key = actor ? (groups === named ? (page.state.keyOf(fact.report, actor.id) as string) : `${fact.report.index}/${actor.id}`) : "";
    const group = groups.get(key) ?? { name: actor?.name ?? null, kind: actor?.kind ?? "other", statements: [] };
    group.statements.push(fact);
    groups.set(key, group);
  }
  const most = (groups: Map<string, Group>) => [...groups.values()].sort((a, b) => b.statements.length - a.statements.length);
  return [most(named), most(unnamed)];
}

function mannerIcon(manner: string): SVGElement {
  const d = manner === "direct" ? "M3 4h4v4q0 3-3 4M9 4h4v4q0 3-3 4" : manner === "mixed" ? "M3 4h4v4q0 3-3 4M10 6h4M10 10h4" : "M2 5h12M2 8h12M2 11h8";
  return s("svg.sign", { viewBox: "0 0 16 16", width: 14, height: 14, "aria-hidden": "true" }, s("path.stroke", { d }));
}

export function mannerLabel(manner: string): HTMLElement {
  return h(`span.manner.manner-${manner in MANNERS ? manner : "other"}`, { title: MANNERS[manner]?.[1] }, mannerIcon(manner), MANNERS[manner]?.[0] ?? manner);
}

export function says(page: Page): Shown {
  const { state } = page;
  const all = state.reports.flatMap((report) => report.statements);
  const passing = all.filter((fact) => state.passes(fact));
  const node = h("div.view");
  if (!passing.length) {
    node.append(
      all.length
        ? emptyState("No statement passes the filters.", "The words and the actor above are looked for in speakers and in what they say.")
        : emptyState("No statements were found.", "Nobody in the text is reported as saying something, or the coder missed it."),
    );
    return { node, facts: [], mark: () => null };
  }
  const [named, unnamed] = grouped(page, passing);
  const lines: Line[] = [];
  const add = (heading: string, note: string, groups: Group[]) => {
    if (!groups.length) return;
    lines.push({ heading, note });
    for (const group of groups) lines.push({ group }, ...group.statements.map((fact) => ({ fact })));
  };
  const number = (groups: Group[]) => groups.reduce((sum, group) => sum + group.statements.length, 0);
  add("Named speakers", `${count(number(named), "statement")} by ${count(named.length, "speaker")}.`, named);
  add("Unnamed speakers", `${count(number(unnamed), "statement")} whose speaker the text gives no name.`, unnamed);
  const facts = lines.flatMap((line) => ("fact" in line ? [line.fact] : []));
  const rows = new Rows(page);
  const many = state.reports.length > 1;
  const long = new LongList(lines, h("ol.facts.statements"), (line) => {
    if ("heading" in line) return [h("li.group.major", {}, h("h3", {}, line.heading), h("p", {}, line.note))];
    if ("group" in line) {
      const { name, kind, statements } = line.group;
      return [
        h(
          "li.group.speaker",
          {},
          h("h4", {}, kindIcon(kind), name === null ? h("span.nobody", {}, "Speaker not identified") : bdi(name), name !== null && h("span.mode", {}, ` ${plain(kind)}`)),
          h("span.count", {}, count(statements.length, "statement")),
        ),
      ];
    }
    return [row(rows, line.fact, many)];
  }, "line");
  node.append(h("p.shown-count", {}, passing.length === all.length ? count(all.length, "statement") : `${passing.length} of ${count(all.length, "statement")}`), long.node);
  return {
    node,
    facts,
    mark(fact) {
      if (fact?.kind === "statement") {
        const at = lines.findIndex((line) => "fact" in line && line.fact === fact);
        if (at >= 0) long.upTo(at + 1);
      }
      return rows.mark(fact);
    },
  };
}

function row(rows: Rows, fact: StatementFact, many: boolean): HTMLElement {
  const { raw, report } = fact;
  const pieces: Child[] = raw.content.flatMap((span, at) => [at ? " … " : "", bdi(report.words(span))]);
  const words = raw.manner === "direct" ? h("q", {}, ...pieces) : h("span", {}, ...pieces);
  return rows.make(fact, "", [
    h("span.fact-signs", {}, mannerLabel(raw.manner)),
    h(
      "span.fact-body",
      {},
      h("span.said", {}, words),
      h(
        "span.meta",
        {},
        raw.cue ? h("span", {}, "cue ", h("q", {}, bdi(report.words(raw.cue)))) : h("span", {}, "without a cue"),
        raw.anonymous && h("span", {}, "anonymous"),
        many && h("span", {}, ...inReport(report)),
      ),
    ),
  ]);
}
