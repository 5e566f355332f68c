// Who is who: actors and what ties them, as a picture and as a list.

import { bdi, h, type Child } from "./dom";
import { FAMILIES, kindIcon } from "./icons";
import { emptyState, LongList, type Shown } from "./list";
import type { ActorFact, Fact, RelationFact, Somebody } from "./model";
import { Network, type Tie } from "./network";
import { Rows, type Page } from "./rows";
import { count, MUTUAL, plain, relationName, typeName } from "./words";

let drawActs = false;

/** Lasting ties, the same one of several reports counted once per report. */
function ties(page: Page): Tie[] {
  const found = new Map<string, Tie>();
  for (const report of page.state.reports) {
    for (const fact of report.relations) {
      const from = page.state.keyOf(report, fact.raw.subject);
      const to = page.state.keyOf(report, fact.raw.object);
      if (!from || !to || from === to) continue;
      const { relation } = fact.raw;
      // A tie that runs both ways is the same whichever end is named first.
      const ends = MUTUAL.has(relation) ? [from, to].sort() : [from, to];
      const key = `${relation}\n${ends.join("\n")}`;
      const tie = found.get(key) ?? { from, to, words: relationName(relation), kind: relation, mutual: MUTUAL.has(relation), facts: [] };
      tie.facts.push(fact);
      found.set(key, tie);
    }
  }
  return [...found.values()];
}

/** Who did what to whom, from the events that pass the filters. */
function acts(page: Page): Tie[] {
  const found = new Map<string, Tie & { types: Map<string, number> }>();
  for (const fact of page.state.events()) {
    for (const actor of fact.raw.actors) {
      for (const recipient of fact.raw.recipients) {
        const from = page.state.keyOf(fact.report, actor);
        const to = page.state.keyOf(fact.report, recipient);
        if (!from || !to || from === to) continue;
        const key = `${from}\n${to}`;
        const tie = found.get(key) ?? { from, to, words: "", kind: "act", mutual: false, facts: [], types: new Map<string, number>() };
        tie.facts.push(fact);
        tie.types.set(fact.raw.type, (tie.types.get(fact.raw.type) ?? 0) + 1);
        found.set(key, tie);
      }
    }
  }
  for (const tie of found.values()) {
    const [[type] = ["", 0], ...rest] = [...tie.types].sort((a, b) => b[1] - a[1]);
    tie.words = `${typeName(type)}${rest.length ? ` +${rest.length}` : ""}`;
  }
  return [...found.values()];
}

export function who(page: Page): Shown {
  const { state } = page;
  const everybody = [...state.everybody.values()];
  const passing = everybody.filter((one) => one.facts.some((fact) => state.passes(fact)));
  const node = h("div.view");
  if (!passing.length) {
    node.append(
      everybody.length
        ? emptyState("No actor passes the filters.", "The words above are looked for in names, kinds and mentions.")
        : emptyState("No actors were found.", "Nobody is named or described in the text, or the coder missed them."),
    );
    return { node, facts: [], mark: () => null };
  }
  const all = drawActs ? acts(page) : ties(page);
  const kept = new Set(passing.map(({ key }) => key));
  const drawn = all.filter((tie) => kept.has(tie.from) || kept.has(tie.to));
  const choice = (value: boolean, words: string) =>
    h("button", { type: "button", "aria-pressed": String(drawActs === value), click: () => { drawActs = value; page.redraw(); } }, words);
  const switcher = h("div.switch", { role: "group", "aria-label": "What the lines stand for" }, choice(false, "Lasting ties"), choice(true, "Acts"));
  const network = drawn.length ? new Network(state.everybody, drawn, switcher, drawActs, (fact) => page.choose(fact)) : null;
  if (network) node.append(network.node);
  else node.append(h("div.picture-tools.alone", {}, switcher), h("p.note", {}, drawActs ? "No event in view has both a doer and a recipient." : "No lasting ties between these actors are recorded, so there is no picture."));
  node.append(legend());

  const rows = new Rows(page);
  const many = state.reports.length > 1;
  const order = passing.sort((a, b) => mentions(b) - mentions(a) || a.name.localeCompare(b.name));
  const relations = ties(page).filter((tie) => kept.has(tie.from) || kept.has(tie.to));
  const facts: Fact[] = [...order.map((one) => first(one)), ...relations.map((tie) => tie.facts[0] as RelationFact)];
  const people = new LongList(order, h("ol.facts"), (one) => [actorRow(rows, one, many)], "actor");
  node.append(h("h3.list-title", {}, `Actors`, h("span.count", {}, ` ${order.length}`)));
  if (many) node.append(h("p.note", {}, "Actors of the same name and kind in several reports are shown as one; whether they are one is for the reader to judge. Descriptions, such as “residents”, are kept apart; a pronoun in quotation marks is one whose meaning was not found."));
  node.append(people.node, h("h3.list-title", {}, "Ties", h("span.count", {}, ` ${relations.length}`)));
  const lines = new LongList(relations, h("ol.facts"), (tie) => [tieRow(rows, tie, many)], "tie");
  node.append(relations.length ? lines.node : h("p.note", {}, "None recorded."));
  return {
    node,
    facts,
    shown: () => network?.shown(),
    mark(fact) {
      const row = rowFact(fact, order, relations);
      network?.mark(fact && (row ?? fact), fact ? state.keyOf(fact.report, fact.kind === "actor" ? fact.raw.id : "") : null);
      if (row) {
        const at = facts.indexOf(row);
        if (at >= order.length) lines.upTo(at - order.length + 1);
        else if (at >= 0) people.upTo(at + 1);
      }
      return rows.mark(row);
    },
  };
}

const first = (one: Somebody): ActorFact => one.facts[0] as ActorFact;
const mentions = (one: Somebody): number => one.facts.reduce((sum, fact) => sum + fact.raw.mentions.length, 0);

/** The fact whose row stands for this one: the first of the same actor or tie. */
function rowFact(fact: Fact | null, order: Somebody[], relations: Tie[]): Fact | null {
  if (fact?.kind === "actor") return order.find((one) => one.facts.includes(fact))?.facts[0] ?? null;
  if (fact?.kind === "relation") return relations.find((tie) => tie.facts.includes(fact))?.facts[0] ?? null;
  return null;
}

function actorRow(rows: Rows, one: Somebody, many: boolean): HTMLElement {
  const reports = new Set(one.facts.map((fact) => fact.report)).size;
  return rows.make(first(one), ".compact", [
    h("span.fact-signs", {}, kindIcon(one.kind), h("span.kind-name", {}, plain(one.kind))),
    h(
      "span.fact-body",
      {},
      h("span.fact-title", {}, bdi(one.name)),
      h("span.meta", {}, h("span", {}, count(mentions(one), "mention")), many && h("span", {}, `in ${count(reports, "report")}`)),
    ),
  ]);
}

function tieRow(rows: Rows, tie: Tie, many: boolean): HTMLElement {
  const fact = tie.facts[0] as RelationFact;
  const { report, raw } = fact;
  const sources: Child[] = raw.according_to.map((id) => (id === "author" ? "the report itself" : report.name(id)));
  return rows.make(fact, ".compact", [
    h("span.fact-signs", {}, h("span.relation", {}, relationName(raw.relation))),
    h(
      "span.fact-body",
      {},
      h("span.fact-title.tie", {}, bdi(report.name(raw.subject)), h("span.mode", {}, ` ${relationName(raw.relation)} `), bdi(report.name(raw.object))),
      h("span.meta", {}, h("span", {}, "according to ", bdi(sources.join(", "))), many && h("span", {}, `in ${count(new Set(tie.facts.map((one) => one.report)).size, "report")}`)),
    ),
  ]);
}

function legend(): HTMLElement {
  return h("ul.legend", { "aria-label": "Shapes of actors" }, ...FAMILIES.map(([, name, kinds]) => h("li", {}, kindIcon(kinds[0] as string), name)));
}
