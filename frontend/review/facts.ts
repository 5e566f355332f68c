// Facts that are decided on: events, statements, actors and ties.

import type { ActorFact, EventFact, Fact, RelationFact, Report, StatementFact } from "../src/model";
import type { Span } from "../src/raw";
import type { EventState, ReportAnswer, Target } from "./api";

export type Decidable = EventFact | StatementFact | ActorFact | RelationFact;
export const PARTS = ["event", "statement", "actor", "relation"] as const;
export type FactPart = (typeof PARTS)[number];
export const PART_NAMES: Record<FactPart, [one: string, many: string]> = {
  event: ["event", "events"], statement: ["statement", "statements"], actor: ["actor", "actors"], relation: ["tie", "ties"],
};

export interface Opened { answer: ReportAnswer; report: Report; fact: Decidable; state: EventState }

export const isDecidable = (fact: Fact): fact is Decidable => (PARTS as readonly string[]).includes(fact.kind);

/** All of one part, in the order of the record. */
export function factsOf(report: Report, part: FactPart): Decidable[] {
  if (part === "event") return report.events;
  if (part === "statement") return report.statements;
  return part === "actor" ? [...report.actors.values()] : report.relations;
}

/** The passages by which a fact is found again, the first of them its own. */
export function passagesOf(fact: Decidable): Span[] {
  if (fact.kind === "event") return [fact.raw.span];
  if (fact.kind === "statement") return fact.raw.content;
  return fact.kind === "actor" ? fact.raw.mentions : [fact.raw.evidence];
}

export function stateOf(answer: ReportAnswer, report: Report, fact: Decidable): EventState {
  const none: EventState = { event: "", state: "new", decisions: [], conflicts: [] };
  if (fact.kind === "event") return answer.events.find(({ event }) => event === fact.raw.id) ?? none;
  const found = answer.others[fact.kind][factsOf(report, fact.kind).indexOf(fact)];
  return found ? { ...none, ...found } : none;
}

const same = (one: Span, other: Span): boolean => one[0] === other[0] && one[1] === other[1];

/** What a decision about a fact is about: of several on its passage, which. */
export function targetOf({ answer, report, fact }: Opened): Target {
  const gone = (one: Decidable) => stateOf(answer, report, one).state === "rejected";
  const rivals = factsOf(report, fact.kind).filter((one) => gone(one) === gone(fact));
  const on = (span: Span) => rivals.filter((one) => passagesOf(one).some((own) => same(own, span)));
  // A passage that is nobody else's, where there is one.
  const own = passagesOf(fact);
  const passage = own.find((span) => on(span).length === 1) ?? (own[0] as Span);
  return { part: fact.kind, report: report.raw.id, passage, nth: Math.max(0, on(passage).indexOf(fact)) };
}

/** The fact of this part that stands on a passage; of several the one of this id. */
export function locate(report: Report, part: FactPart, id: string, span: Span): Decidable | undefined {
  const on = factsOf(report, part).filter((one) => passagesOf(one).some((own) => own[0] < span[1] && span[0] < own[1]));
  const exact = on.filter((one) => passagesOf(one).some((own) => same(own, span)));
  return on.find((one) => idOf(one) === id) ?? exact[0] ?? on[0];
}

export const idOf = (fact: Decidable): string => (fact.kind === "relation" ? `${fact.raw.subject} ${fact.raw.relation} ${fact.raw.object}` : fact.raw.id);

/** The actors of a report that were rejected. */
export const goneActors = (answer: ReportAnswer, report: Report): Set<string> =>
  new Set([...report.actors.values()].filter((one) => stateOf(answer, report, one).state === "rejected").map(({ raw }) => raw.id));
