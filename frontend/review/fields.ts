// Which controls the form of each kind of fact has.

import type { Report } from "../src/model";
import type { RawActor, RawEvent, RawRelation, RawStatement, Span } from "../src/raw";
import { CERTAINTIES, MANNERS, plain, RELATIONS, STATUSES, TYPES } from "../src/words";
import { choice, figure, line, passages, people, person, texts, tick, toll, type Marks, type Part } from "./controls";
import type { FactPart } from "./facts";
import { KINDS, MODES } from "./modes";

/** The report, the words that are marked, and the actors that were rejected. */
export interface Ground { report: Report; marks: Marks; gone: ReadonlySet<string> }

type Parts = Record<string, Part>;
const named = (table: Record<string, [string, string]>): [string, string][] => Object.entries(table).map(([code, [name]]) => [code, name]);
const shown = (value: number | null | undefined): string => (value === null || value === undefined ? "" : String(value));
const modes = (type: string): [string, string][] => [["", "none"], ...(MODES[type] ?? []).map((mode): [string, string] => [mode, plain(mode)])];

/** `span` is the trigger of an event that is new; null where an event is corrected. */
export function eventParts({ report, marks, gone }: Ground, raw: Partial<RawEvent>, span: Span | null): Parts {
  const type = choice("type", named(TYPES), raw.type ?? null);
  const mode = choice("mode", modes(raw.type ?? ""), raw.mode ?? "");
  const of = type.first as HTMLSelectElement;
  of.addEventListener("change", () => {
    const select = mode.first as HTMLSelectElement;
    const before = select.value;
    select.replaceChildren(...modes(of.value).map(([code, words]) => new Option(words, code)));
    select.value = [...select.options].some(({ value }) => value === before) ? before : "";
  });
  const { time = null, place = null } = raw;
  const when = passages("time", report, time?.span ? [time.span] : [], marks);
  const where = passages("place", report, place?.span ? [place.span] : [], marks);
  const [dated, stood] = [() => when.spans[0] ?? null, () => where.spans[0] ?? null];
  return {
    ...(span ? { passage: passages("trigger", report, [span], marks, { empty: false }) } : {}),
    type,
    mode,
    status: choice("status", named(STATUSES), raw.status ?? "happened"),
    certainty: choice("certainty", named(CERTAINTIES), raw.certainty ?? "certain"),
    actors: people("actors", report, raw.actors ?? [], false, marks, gone),
    recipients: people("recipients", report, raw.recipients ?? [], false, marks, gone),
    according_to: people("according_to", report, raw.according_to ?? ["author"], true, marks, gone),
    time: texts("time", [["start", "from", time?.start ?? "", "2020-07-04"], ["end", "to", time?.end ?? "", "the same day if empty"]], ({ start = "", end = "" }) => (start || end || dated() ? { span: dated(), start: start || null, end: end || start || null } : null), time, unlabelled(when)),
    place: texts("place", [["name", "name", place?.name ?? "", ""], ["latitude", "latitude", shown(place?.latitude), ""], ["longitude", "longitude", shown(place?.longitude), ""]], ({ name = "", latitude = "", longitude = "" }) => (name || latitude || longitude || stood() ? { span: stood(), name: name || (stood() && !place ? report.words(stood() as Span) : null), latitude: figure(latitude, "latitude"), longitude: figure(longitude, "longitude") } : null), place, unlabelled(where)),
    killed: toll("killed", raw.killed ?? null),
    injured: toll("injured", raw.injured ?? null),
    ...(span || !raw.span ? {} : { span: passages("span", report, [raw.span], marks, { empty: false }), also: passages("also", report, raw.also ?? [], marks, { several: true }) }),
  };
}

/** Inside another fieldset, which has the legend: only the words and the button. */
function unlabelled(part: Part): HTMLElement {
  (part.node.querySelector("legend") as HTMLElement).className = "visually-hidden";
  return part.node;
}

export function statementParts({ report, marks, gone }: Ground, raw: Partial<RawStatement>): Parts {
  const one = (span: Span | null | undefined): Span[] => (span ? [span] : []);
  return {
    content: passages("content", report, raw.content ?? [], marks, { several: true, empty: false }),
    manner: choice("manner", named(MANNERS), raw.manner ?? null),
    speaker: person("speaker", report, raw.speaker ?? null, "no one named", marks, gone),
    speaker_span: passages("speaker_span", report, one(raw.speaker_span), marks),
    cue: passages("cue", report, one(raw.cue), marks),
    anonymous: tick("anonymous", "the speaker is not named (“an official said”)", raw.anonymous ?? false),
  };
}

export function actorParts({ report, marks, gone }: Ground, raw: Partial<RawActor>): Parts {
  const kind = choice("kind", KINDS.map((code): [string, string] => [code, plain(code)]), raw.kind ?? "other");
  const parts: Parts = {
    name: line("name", raw.name ?? "", true),
    kind,
    mentions: passages("mentions", report, raw.mentions ?? [], marks, { several: true, empty: false }),
  };
  if (raw.id !== undefined) parts.same_as = person("same_as", report, null, "nobody else", marks, new Set([...gone, raw.id]));
  return parts;
}

export function relationParts({ report, marks, gone }: Ground, raw: Partial<RawRelation>): Parts {
  return {
    subject: person("subject", report, raw.subject ?? null, null, marks, gone),
    relation: choice("relation", Object.entries(RELATIONS), raw.relation ?? null),
    object: person("object", report, raw.object ?? null, null, marks, gone),
    evidence: passages("evidence", report, raw.evidence ? [raw.evidence] : [], marks, { empty: false }),
    according_to: people("according_to", report, raw.according_to ?? ["author"], true, marks, gone),
  };
}

/** The controls of a fact that is new, at the marked words. */
export function newParts(part: FactPart, ground: Ground, span: Span): Parts {
  const words = ground.report.words(span).replace(/\s+/g, " ");
  if (part === "event") return eventParts(ground, {}, span);
  if (part === "statement") return statementParts(ground, { content: [span] });
  if (part === "actor") return actorParts(ground, { name: words, mentions: [span] });
  return relationParts(ground, { evidence: span });
}
