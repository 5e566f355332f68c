// The reports of the page, and the facts and passages made from their records.

import { called, isName } from "./naming";
import { Offsets } from "./offsets";
import type { Evidence, RawActor, RawEvent, RawOrigin, RawPlace, RawRecord, RawRelation, RawSkipped, RawSpun, RawStatement, RawTime, Span } from "./raw";
import { between, type Stretch } from "./time";
import { count, shortened, type Role } from "./words";

/** A passage of a fact and what it is to that fact. */
export interface Lit { span: Span; role: Role }

export type Kind = "event" | "statement" | "relation" | "actor" | "time" | "place" | "skipped";

interface Base { report: Report; kind: Kind; ref: string }
export interface EventFact extends Base { kind: "event"; raw: RawEvent; when: Stretch | null }
export interface StatementFact extends Base { kind: "statement"; raw: RawStatement }
export interface RelationFact extends Base { kind: "relation"; raw: RawRelation }
export interface ActorFact extends Base { kind: "actor"; raw: RawActor }
export interface TimeFact extends Base { kind: "time"; raw: RawTime }
export interface PlaceFact extends Base { kind: "place"; raw: RawPlace }
export interface SkippedFact extends Base { kind: "skipped"; raw: RawSkipped }
export type Fact = EventFact | StatementFact | RelationFact | ActorFact | TimeFact | PlaceFact | SkippedFact;

/** Where a report stands in its family; only where the page was made with origins. */
export interface Kin {
  origin: Report; of: Report | null; kind: string; spun: number; evidence: Evidence | null;
  copies: Report[]; also: { report: Report; derived: boolean; share: number }[];
}

/** One report of the page with its facts. */
export class Report {
  readonly actors = new Map<string, ActorFact>();
  readonly events: EventFact[];
  readonly statements: StatementFact[];
  readonly relations: RelationFact[];
  readonly times: TimeFact[];
  readonly places: PlaceFact[];
  readonly skipped: SkippedFact[];
  readonly published: Stretch | null;
  readonly title: string;
  /** Whether other reports of the page bear the same title. */
  namesakes = false;
  kin: Kin | null = null;
  private map: Offsets | null = null;
  private refs: Map<string, Fact> | null = null;

  constructor(readonly raw: RawRecord, readonly index: number) {
    const fresh = unique();
    const fact = <K extends Kind, R>(kind: K, raw: R, ref: string) => ({ report: this as Report, kind, raw, ref: fresh(ref) });
    for (const actor of raw.actors) this.actors.set(actor.id, fact("actor", actor, actor.id));
    this.events = raw.events.map((event) => ({
      ...fact("event", event, event.id),
      when: event.time ? between(event.time.start, event.time.end) : null,
    }));
    this.statements = raw.statements.map((statement) => fact("statement", statement, statement.id));
    this.relations = raw.relations.map((relation, at) => fact("relation", relation, `tie-${at + 1}`));
    this.times = raw.times.map((time, at) => fact("time", time, `time-${at + 1}`));
    this.places = raw.places.map((place, at) => fact("place", place, `place-${at + 1}`));
    this.skipped = raw.skipped.map((skipped, at) => fact("skipped", skipped, `left-out-${at + 1}`));
    this.published = between(raw.published, raw.published);
    this.title = raw.title?.trim() || firstWords(raw.text) || raw.id;
  }

  /** The title; with the id where other reports of the page bear the same title. */
  get label(): string {
    return this.namesakes ? `${this.title} (${this.raw.id})` : this.title;
  }

  get source(): string | null {
    return this.raw.source.name?.trim() || null;
  }

  /** How probable it is that a machine swapped its words; null where that is not known. */
  get spun(): number | null {
    return this.raw.spun?.probability ?? this.kin?.spun ?? null;
  }

  get signs(): RawSpun["signs"] {
    return this.raw.spun?.signs ?? [];
  }

  /** The language of the text as a tag of BCP 47. */
  get language(): string | null {
    const found = this.raw.about.find(([label]) => label === "Language")?.[1];
    return found && /^[a-z]{2,3}(-[A-Za-z0-9]+)*$/.test(found) ? found : null;
  }

  get offsets(): Offsets {
    this.map ??= new Offsets(this.raw.text);
    return this.map;
  }

  /** The words of a passage, exactly. */
  words(span: Span): string {
    return this.raw.text.slice(this.offsets.at(span[0]), this.offsets.at(span[1]));
  }

  name(actor: string): string {
    const name = this.actors.get(actor)?.raw.name;
    return name === undefined ? actor : called(name);
  }

  *facts(): Iterable<Fact> {
    yield* this.events;
    yield* this.statements;
    yield* this.relations;
    yield* this.actors.values();
    yield* this.times;
    yield* this.places;
    yield* this.skipped;
  }

  fact(ref: string): Fact | undefined {
    this.refs ??= new Map([...this.facts()].map((fact) => [fact.ref, fact]));
    return this.refs.get(ref);
  }
}

/** Gives each name once; a second `e1` becomes `e1~2`. */
function unique(): (name: string) => string {
  const seen = new Set<string>();
  return (name) => {
    let ref = name;
    for (let number = 2; seen.has(ref); number++) ref = `${name}~${number}`;
    seen.add(ref);
    return ref;
  };
}

function firstWords(text: string): string {
  return shortened(/\S[^\n]*/.exec(text)?.[0].trim() ?? "", 80);
}

const inside = (span: Span, outer: Span): boolean => span[0] >= outer[0] && span[1] <= outer[1];

/** The paragraph (line) of the text around a passage, in code points. */
function paragraph(report: Report, span: Span): Span {
  const { text } = report.raw;
  const from = report.offsets.at(span[0]);
  const to = report.offsets.at(span[1]);
  const start = from > 0 ? text.lastIndexOf("\n", from - 1) + 1 : 0;
  const end = text.indexOf("\n", to);
  return [report.offsets.back(start), report.offsets.back(end < 0 ? text.length : end)];
}

/** The mentions of an actor in the paragraph of a trigger; else the mention nearest to it. */
function nearMentions(report: Report, id: string, triggers: Span[]): Span[] {
  const mentions = report.actors.get(id)?.raw.mentions ?? [];
  const [first] = triggers;
  if (!first || !mentions.length) return [];
  const near = paragraph(report, first);
  const found = mentions.filter((mention) => inside(mention, near));
  if (found.length) return found;
  const far = (mention: Span) => Math.min(Math.abs(mention[0] - first[1]), Math.abs(first[0] - mention[1]));
  return [mentions.reduce((best, mention) => (far(mention) < far(best) ? mention : best))];
}

/** Speaker and cue of the statements in which a source says that an event (not) happened. */
function sourcePassages(report: Report, raw: RawEvent): Span[] {
  const sources = raw.according_to.filter((id) => id !== "author");
  return sources.flatMap((id) => {
    const said = report.statements.filter(
      ({ raw: one }) => one.speaker === id && one.content.some((piece) => inside(raw.span, piece)),
    );
    const spans = said.flatMap(({ raw: one }) => [one.speaker_span, one.cue]).filter((span): span is Span => !!span);
    return spans.length ? spans : nearMentions(report, id, [raw.span]);
  });
}

/** Every passage that the page lights for a fact. */
export function lit(fact: Fact): Lit[] {
  const as = (role: Role, spans: (Span | null | undefined)[]): Lit[] =>
    spans.filter((span): span is Span => !!span).map((span) => ({ span, role }));
  const { report } = fact;
  switch (fact.kind) {
    case "event": {
      const { raw } = fact;
      const triggers = [raw.span, ...raw.also];
      const both = (role: Role, ids: string[]) => as(role, ids.flatMap((id) => nearMentions(report, id, triggers)));
      return [
        ...as("trigger", triggers),
        ...both("actor", raw.actors),
        ...both("recipient", raw.recipients),
        ...as("source", sourcePassages(report, raw)),
        ...as("time", [raw.time?.span]),
        ...as("place", [raw.place?.span]),
      ];
    }
    case "statement":
      return [
        ...as("content", fact.raw.content),
        ...as("cue", [fact.raw.cue]),
        ...as("speaker", [fact.raw.speaker_span]),
      ];
    case "relation": {
      const ends = [fact.raw.subject, fact.raw.object];
      const named = ends.map((id) =>
        (report.actors.get(id)?.raw.mentions ?? []).filter((mention) => inside(mention, fact.raw.evidence)),
      );
      return [...as("evidence", [fact.raw.evidence]), ...as("actor", named[0] ?? []), ...as("recipient", named[1] ?? [])];
    }
    case "actor":
      return as("mention", fact.raw.mentions);
    case "time":
      return as("time", [fact.raw.span]);
    case "place":
      return as("place", [fact.raw.span]);
    case "skipped":
      return as("skipped", [fact.raw.span]);
  }
}

/** The passages that a fact itself stands on: what is listed when a passage is chosen. */
export function standing(fact: Fact): Lit[] {
  return fact.kind === "event" ? lit(fact).filter(({ role }) => ["trigger", "time", "place"].includes(role)) : lit(fact);
}

/** Those of the same name and kind in several reports, shown as one. */
export interface Somebody { key: string; name: string; kind: string; facts: ActorFact[] }

/**
 * Those who share a key are shown as one. Names are compared across reports;
 * descriptions ("army", "residents") and pronouns only within their report.
 */
export function somebodyKey({ raw, report, ref }: ActorFact): string {
  return isName(raw.name) ? `${raw.kind}\n${raw.name.toLocaleLowerCase("en")}` : `${raw.kind}\n${report.index}/${ref}`;
}

export class Collection {
  readonly reports: Report[];
  /** Those made from no other, in the order of the page; null where origins are not known. */
  readonly origins: Report[] | null;

  constructor(readonly title: string | null, records: RawRecord[], origins?: RawOrigin[]) {
    this.reports = records.map((raw, index) => new Report(raw, index));
    const titles = new Map<string, number>();
    for (const { title: words } of this.reports) titles.set(words, (titles.get(words) ?? 0) + 1);
    for (const report of this.reports) report.namesakes = (titles.get(report.title) ?? 0) > 1;
    this.origins = origins ? this.related(origins) : null;
  }

  private related(origins: RawOrigin[]): Report[] {
    const at = (place: number): Report => this.reports[place] as Report;
    origins.forEach(({ origin, kind, of, spun, evidence, also }, place) => {
      at(place).kin = {
        origin: at(origin), of: of === null ? null : at(of), kind, spun, evidence, copies: [],
        also: also.map((one) => ({ ...one, report: at(one.report) })),
      };
    });
    for (const report of this.reports) report.kin?.of?.kin?.copies.push(report);
    return this.reports.filter((report) => report.kin?.of === null);
  }

  /** `9 reports, 3 origins`; null where origins are not known. */
  get count(): string | null {
    return this.origins && `${count(this.reports.length, "report")}, ${count(this.origins.length, "origin")}`;
  }

  /** Whether any report is a copy of another. */
  get copies(): boolean {
    return this.origins !== null && this.origins.length < this.reports.length;
  }
}

/** Who is who in the reports given. */
export function everybody(reports: Report[]): Map<string, Somebody> {
  const found = new Map<string, Somebody>();
  for (const report of reports) {
    for (const fact of report.actors.values()) {
      const key = somebodyKey(fact);
      const one = found.get(key);
      if (one) one.facts.push(fact);
      else found.set(key, { key, name: called(fact.raw.name), kind: fact.raw.kind, facts: [fact] });
    }
  }
  return found;
}

/** Events in order of time, broad dates before the narrow ones in them, undated ones last. */
export function inTime(events: EventFact[]): EventFact[] {
  const key = ({ when }: EventFact): Stretch => when ?? [Infinity, Infinity];
  return [...events].sort((a, b) => {
    const [x, y] = [key(a), key(b)];
    return cmp(x[0], y[0]) || cmp(y[1], x[1]) || a.report.index - b.report.index || a.raw.span[0] - b.raw.span[0];
  });
}

const cmp = (a: number, b: number): number => (a < b ? -1 : a > b ? 1 : 0);
