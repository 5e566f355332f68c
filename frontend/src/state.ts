// What the reader has chosen, and telling the parts of the page when it changes.

import type { Collection, EventFact, Fact, Report, Somebody } from "./model";
import { everybody, somebodyKey } from "./model";
import { plain, relationName, statusName, typeName } from "./words";

export interface Filters { words: string; type: string; actor: string; certainty: string; statuses: Set<string> }

export const VIEWS = ["reports", "happened", "says", "who", "where", "skipped"] as const;
export type View = (typeof VIEWS)[number];

type Change = "scope" | "view" | "filters" | "chosen";

export const noFilters = (): Filters => ({ words: "", type: "", actor: "", certainty: "", statuses: new Set() });

/** Lower case, without accents and other marks: for finding words. */
export function folded(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}+/gu, "").toLocaleLowerCase("en");
}

export class State {
  scope: Report | null;
  /** The report whose text is shown. */
  reading: Report | null;
  view: View = "happened";
  filters = noFilters();
  chosen: Fact | null = null;
  /** Whether one report of each origin is in view instead of all its copies. */
  originsOnly = false;
  private listeners: [Set<Change>, () => void][] = [];
  private people = new Map<Report | Report[], Map<string, Somebody>>();
  private stacks = new WeakMap<Fact, string>();

  constructor(readonly collection: Collection) {
    this.scope = collection.reports.length === 1 ? (collection.reports[0] ?? null) : null;
    this.reading = collection.reports[0] ?? null;
  }

  on(changes: Change[], listener: () => void): void {
    this.listeners.push([new Set(changes), listener]);
  }

  changed(...changes: Change[]): void {
    for (const [wanted, listener] of this.listeners) if (changes.some((change) => wanted.has(change))) listener();
  }

  get reports(): Report[] {
    if (this.scope) return [this.scope];
    return (this.originsOnly && this.collection.origins) || this.collection.reports;
  }

  /** Who is who in the reports in view. */
  get everybody(): Map<string, Somebody> {
    const { reports } = this;
    const key = this.scope ?? reports;
    let found = this.people.get(key);
    if (!found) this.people.set(key, (found = everybody(reports)));
    return found;
  }

  get filtering(): boolean {
    const { words, type, actor, certainty, statuses } = this.filters;
    return !!(words.trim() || type || actor || certainty || statuses.size);
  }

  /** Events of the reports in view that pass the filters; `statuses` may be left out of account. */
  events(withStatus = true): EventFact[] {
    const { type, certainty, statuses } = this.filters;
    return this.reports
      .flatMap((report) => report.events)
      .filter(
        (fact) =>
          (!type || fact.raw.type === type) &&
          (!certainty || fact.raw.certainty === certainty) &&
          (!withStatus || !statuses.size || statuses.has(fact.raw.status)) &&
          this.passes(fact),
      );
  }

  /** Whether a fact passes the filters that all facts share: words and actor. */
  passes(fact: Fact): boolean {
    const { words, actor } = this.filters;
    if (actor && !involved(fact).some((id) => this.keyOf(fact.report, id) === actor)) return false;
    const wanted = folded(words).split(/\s+/).filter(Boolean);
    if (!wanted.length) return true;
    let stack = this.stacks.get(fact);
    if (stack === undefined) this.stacks.set(fact, (stack = folded(searchable(fact))));
    return wanted.every((word) => (stack as string).includes(word));
  }

  keyOf(report: Report, id: string): string | null {
    const actor = report.actors.get(id);
    return actor ? somebodyKey(actor) : null;
  }
}

/** Ids of the actors that a fact is about. */
export function involved(fact: Fact): string[] {
  switch (fact.kind) {
    case "event":
      return [...fact.raw.actors, ...fact.raw.recipients, ...fact.raw.according_to];
    case "statement":
      return fact.raw.speaker === null ? [] : [fact.raw.speaker];
    case "relation":
      return [fact.raw.subject, fact.raw.object];
    case "actor":
      return [fact.raw.id];
    default:
      return [];
  }
}

/** All words by which a reader may look for a fact. */
function searchable(fact: Fact): string {
  const { report } = fact;
  const parts: (string | null | undefined)[] = [...involved(fact).map((id) => report.name(id)), report.title, report.source];
  switch (fact.kind) {
    case "event":
      parts.push(fact.raw.type, typeName(fact.raw.type), fact.raw.mode && plain(fact.raw.mode), statusName(fact.raw.status));
      if (fact.raw.status === "did-not-happen") parts.push("denied");
      parts.push(fact.raw.certainty, fact.raw.place?.name, fact.raw.time?.start);
      parts.push(...[fact.raw.span, ...fact.raw.also].map((span) => report.words(span)));
      break;
    case "statement":
      parts.push(...fact.raw.content.map((span) => report.words(span)), fact.raw.manner);
      break;
    case "relation":
      parts.push(relationName(fact.raw.relation));
      break;
    case "actor":
      parts.push(plain(fact.raw.kind), ...fact.raw.mentions.map((span) => report.words(span)));
      break;
    case "place":
      parts.push(fact.raw.name);
      break;
    case "skipped":
      parts.push(fact.raw.reason);
      break;
  }
  return parts.filter(Boolean).join("\n");
}
