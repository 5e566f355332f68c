// What the server is asked and what it answers.

import type { RawRecord, Span } from "../src/raw";

export type ReviewState = "new" | "accepted" | "corrected" | "rejected" | "added";
export const VIEWS = ["new", "doubtful", "contested", "disputed", "decided", "all"] as const;
export type QueueView = (typeof VIEWS)[number];

export interface Item {
  report: string; event: string; span: Span; title: string | null; source: string | null; published: string | null;
  type: string; mode: string | null; status: string; certainty: string; actors: string[]; recipients: string[];
  start: string | null; end: string | null; place: string | null; killed: string | null; injured: string | null;
  passage: string; sure: number | null; doubtful: string[]; contested: boolean; state: ReviewState; disputed: boolean;
}

export interface Queue {
  view: QueueView; total: number; views: Record<QueueView, number>; reports: number; origins: number; offset: number; items: Item[];
}

export interface Casebook { name: string; reports: number; origins: number; events: number; decided: number; latest: number }

/** A decision as it is kept; `undone` is the number of the undo that holds against it. */
export interface Decision {
  number: number; at: string; who: string; kind: string; why: string; value: unknown; undone: number | null;
  /** The number of the first of those that were taken in one go. */
  step: number | null;
  target: { part: string; report: string | null; passage: Span | null; field: string | null; claims: [string, number, number][] };
  words: string | null; was: unknown;
}

/** A field on which reviewers differ; `is` asks whether there is such a fact. */
export interface Conflict { field: string; said: { who: string; number: number; value: unknown; holds: boolean }[] }
export interface EventState { event: string; state: ReviewState; decisions: number[]; conflicts: Conflict[] }

export interface ReportAnswer {
  record: RawRecord; kin: { origin: string | null; kind: string | null; of: string | null; reports: number };
  /** Of statements, actors and ties, in the order of the record. */
  others: Record<"statement" | "actor" | "relation", { state: ReviewState; decisions: number[]; conflicts: Conflict[] }[]>;
  events: EventState[]; decisions: Decision[]; unfitting: { number: number; reason: string }[];
}

export interface Target { part: string; report?: string; passage?: Span; field?: string | null; nth?: number; claims?: [string, number, number][] }

export const GRADES = ["confirmed", "fair", "weak", "contested", "discounted"] as const;
export const INCIDENT_VIEWS = ["several", "contested", "all"] as const;
export type IncidentView = (typeof INCIDENT_VIEWS)[number];

export interface IncidentRow {
  incident: string; reports: number; origins: number; grade: string; why: string; type: string; actors: string; recipients: string;
  time: string; place: string; killed: string; injured: string; status: string;
}

export interface IncidentList { view: IncidentView; total: number; views: Record<IncidentView, number>; offset: number; items: IncidentRow[]; fresh: boolean; wrong: string | null }

export interface Claim {
  report: string; event: string; origin: string; source: string | null; published: string | null; type: string; mode: string | null;
  status: string; certainty: string; according_to: string[]; actors: string[]; recipients: string[]; passage: Span;
  title: string | null; words: string | null; state: ReviewState; start: string | null; end: string | null; place: string | null; killed: string | null; injured: string | null;
}

export interface Figure {
  field: string; value: string; rule: string; counted: string; moves: { value: string; rules: string[] }[];
  answers: { value: string; reports: number; origins: number; says: string[] }[]; rules: { rule: string; meaning: string }[];
}

export interface Incident extends IncidentRow { by: string | null; rejected: boolean; figures: Figure[]; claims: Claim[]; decisions: Decision[]; fresh: boolean }

/** What the server said was wrong. */
export class Refused extends Error {
  constructor(words: string, readonly status = 0) {
    super(words);
  }
}

export async function asked<T>(address: string, options?: RequestInit): Promise<T> {
  let answer: Response;
  try {
    answer = await fetch(address, { credentials: "same-origin", ...options });
  } catch {
    throw new Refused("The server does not answer: is “marsad serve” still running?");
  }
  const data = (await answer.json().catch(() => null)) as (T & { error?: string }) | null;
  if (!answer.ok || data === null) throw new Refused(data?.error ?? `The server answered ${answer.status}`, answer.status);
  return data;
}

export function query(parameters: Record<string, string | number>): string {
  const given = Object.entries(parameters).filter(([, value]) => value !== "");
  return new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
}

const post = <T>(address: string, data: unknown): Promise<T> =>
  asked<T>(address, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(data) });

export const casebook = (): Promise<Casebook> => asked("/api/casebook");
export const queue = (filters: Record<string, string | number>): Promise<Queue> => asked(`/api/queue?${query(filters)}`);
export const report = (id: string): Promise<ReportAnswer> => asked(`/api/report?${query({ id })}`);
export const incidents = (filters: Record<string, string | number>): Promise<IncidentList> => asked(`/api/incidents?${query(filters)}`);
export interface Question { claims: [Item, Item]; text: string; probability: number; joined: boolean; reasons: string[] }
export const questions = (offset: number, limit: number): Promise<{ total: number; items: Question[]; fresh: boolean; wrong: string | null }> => asked(`/api/questions?${query({ offset, limit })}`);
export const incident = (id: string): Promise<Incident> => asked(`/api/incident?${query({ id })}`);
export const decisions = (limit = 300): Promise<{ decisions: Decision[]; total: number }> => asked(`/api/decisions?${query({ limit })}`);
export interface Wanted { kind: string; target: Target; value?: unknown }
/** Keep decisions, all or none; once this is answered they are on disk. Refused where somebody else has decided on the same after `seen`. */
export const decide = (who: string, why: string, wanted: Wanted[], seen: number): Promise<{ decisions: Decision[] }> => post("/api/decisions", { who, why, decisions: wanted, seen: Math.max(0, seen) });
/** One decision about many events: by report, id and passage of each. */
export const bulk = (kind: string, who: string, why: string, events: Record<string, [string, number, number][]>): Promise<{ count: number; first: number; last: number }> => post("/api/bulk", { kind, who, why, events });
/** Undo a decision; `together` with all that were taken in one go with it. */
export const undo = (number: number, who: string, together = false): Promise<{ decisions: Decision[] }> => post("/api/undo", { number, who, together });
export interface Agreement {
  reviewers: { who: string; decisions: number }[];
  pairs: { one: string; other: string | null; fields: { part: string; field: string; n: number; same: number; kappa: number | null; alpha: number | null; words: string }[] }[];
}
export const agreement = (): Promise<Agreement> => asked("/api/agreement");
/** How far the adding of reports is. */
export interface AddingTold {
  state: "idle" | "adding" | "stopping" | "done" | "stopped" | "failed"; files: number; done: number; current: string | null;
  counts: { new: number; recoded: number; unchanged: number; failed: number; partial: number };
  reports: { report: string; name: string; change: string }[]; problems: { name: string; outcome: string; reason: string }[];
  wrong: string | null; seconds: number;
}
export const adding = (): Promise<AddingTold> => asked("/api/adding");
export const send = (file: File): Promise<{ file: string; name: string; bytes: number }> =>
  asked(`/api/adding/file?${query({ name: file.name })}`, { method: "POST", headers: { "Content-Type": "application/octet-stream" }, body: file });
export const add = (files: string[], source: string, published: string): Promise<AddingTold> => post("/api/adding", { files, source, published });
export const stopAdding = (): Promise<AddingTold> => post("/api/adding/stop", {});
export interface Answer { columns: string[]; rows: (string | number | null)[][]; more: boolean; seconds: number }
export const ask = (sql: string): Promise<Answer> => post("/api/query", { sql });
