// Facts in a line of words, for lists, and in full, for cards.

import { countryOf } from "./atlas";
import { bdi, h, joined, type Child } from "./dom";
import { certaintyLabel, kindIcon, statusLabel } from "./icons";
import { lit, type EventFact, type Fact, type Report } from "./model";
import type { Toll } from "./raw";
import { dateWords } from "./time";
import { plain, relationName, shortened, typeName } from "./words";

export function names(report: Report, ids: string[]): Child[] {
  return joined(ids.map((id) => bdi(report.name(id))), ", ");
}

/** Who did it, to whom; says so where the report names nobody. */
export function whoWhom(fact: EventFact): HTMLElement {
  const { actors, recipients } = fact.raw;
  const nobody = (words: string) => h("span.nobody", {}, words);
  if (!actors.length && !recipients.length) return h("span.who-whom", {}, nobody("no one named"));
  const mutual = actors.length > 1 && actors.length === recipients.length && actors.every((id) => recipients.includes(id));
  if (mutual) return h("span.who-whom", {}, h("span", {}, ...names(fact.report, actors)), h("span.arrow", { "aria-hidden": "true" }, "⇄"), h("span.nobody", {}, "with each other"));
  return h(
    "span.who-whom",
    {},
    h("span", {}, ...(actors.length ? names(fact.report, actors) : [nobody("no one named")])),
    h("span.arrow", { role: "img", "aria-label": "to" }, "→"),
    h("span", {}, ...(recipients.length ? names(fact.report, recipients) : [nobody("no one named")])),
  );
}

/** The time of an event in words, as the report gives it; null where it gives none. */
export function timeWords(fact: EventFact): Child[] | null {
  const { time } = fact.raw;
  if (!time) return null;
  const given = time.span ? fact.report.words(time.span) : null;
  if (!fact.when) return given ? [h("q", {}, bdi(given)), " (no calendar date)"] : null;
  const { start, end } = time;
  const same = start && end && start === end;
  const words = start && end ? (same ? dateWords(start) : `${dateWords(start)} – ${dateWords(end)}`) : start ? dateWords(start) : `until ${dateWords(end ?? "")}`;
  return given ? [words, " (", h("q", {}, bdi(given)), ")"] : [words];
}

/** A count with what is uncertain about it: `at least 43`, `70 (68–73)`. */
export function tollWords(toll: Toll | null): string | null {
  if (!toll) return null;
  const { low, best, high } = toll;
  if (low === null && best === null && high === null) return null;
  if (best === null) return low !== null && high !== null ? `${low}–${high}` : low !== null ? `at least ${low}` : `up to ${high}`;
  if (low === best && high === best) return `${best}`;
  if (low === best && high === null) return `at least ${best}`;
  if (high === best && low === null) return `up to ${best}`;
  return `${best} (${low ?? "?"}–${high ?? "?"})`;
}

export function tolls(fact: EventFact): string[] {
  const killed = tollWords(fact.raw.killed);
  const injured = tollWords(fact.raw.injured);
  return [killed && `${killed} killed`, injured && `${injured} injured`].filter((words): words is string => !!words);
}

/** How a report was coded, in words; that all went well is not said. */
export function about(report: Report): [label: string, words: string][] {
  return report.raw.about
    .filter(([label, words]) => label !== "Outcome" || words !== "ok")
    .map(([label, words]) => [label, label === "Language" ? languageName(words) : words]);
}

function languageName(code: string): string {
  try {
    return new Intl.DisplayNames(["en"], { type: "language" }).of(code) ?? code;
  } catch {
    return code;
  }
}

/** Which report: its source and title. */
export function inReport(report: Report): Child[] {
  return ["in ", report.source && bdi(report.source), report.source && ", ", h("cite", {}, bdi(shortened(report.title, 60))), report.kin?.of && " (a copy)"];
}

export function accordingTo(report: Report, ids: string[]): Child[] {
  return joined(
    ids.map((id) => (id === "author" ? h("span", {}, "the report itself") : bdi(report.name(id)))),
    ", ",
  );
}

export function eventTitle(fact: EventFact): Child[] {
  const { type, mode, scored } = fact.raw;
  return [
    h("span.type", {}, typeName(type)),
    mode && h("span.mode", {}, ` · ${plain(mode)}`),
    !scored && h("span.mode", { title: "two careful coders could differ on whether this is an event" }, " · borderline"),
  ];
}

/** A fact in one line: for lists of facts of all kinds. */
export function factLabel(fact: Fact): Child[] {
  const { report } = fact;
  switch (fact.kind) {
    case "event":
      return [h("span.tag", {}, "Event"), statusLabel(fact.raw.status, fact.raw.according_to), h("span", {}, ...eventTitle(fact)), whoWhom(fact)];
    case "statement": {
      const said = fact.raw.content.map((span) => report.words(span)).join(" … ");
      const who = fact.raw.speaker === null ? "No one named" : report.name(fact.raw.speaker);
      return [h("span.tag", {}, "Statement"), h("span", {}, bdi(who), ": ", bdi(shortened(said, 90)))];
    }
    case "relation":
      return [
        h("span.tag", {}, "Tie"),
        h("span", {}, bdi(report.name(fact.raw.subject)), ` ${relationName(fact.raw.relation)} `, bdi(report.name(fact.raw.object))),
      ];
    case "actor":
      return [h("span.tag", {}, "Actor"), kindIcon(fact.raw.kind), h("span", {}, bdi(report.name(fact.raw.id)), h("span.mode", {}, ` · ${plain(fact.raw.kind)}`))];
    case "time":
      return [h("span.tag", {}, "Date"), fact.raw.value ? fact.raw.value.split("/").map(dateWords).join(" – ") : "no calendar date"];
    case "place":
      return [h("span.tag", {}, "Place"), bdi(fact.raw.name)];
    case "skipped":
      return [h("span.tag", {}, "Left out"), bdi(fact.raw.reason)];
  }
}

const AROUND = 110;

/** The sentence or so around a fact's first passage, with its passages marked. */
export function excerpt(fact: Fact): HTMLElement | null {
  const { report } = fact;
  const { text } = report.raw;
  const passages = lit(fact).map(({ span, role }) => ({ from: report.offsets.at(span[0]), to: report.offsets.at(span[1]), role }));
  const [first] = passages;
  if (!first) return null;
  const own = passages.filter(({ from, role }) => role === first.role && Math.abs(from - first.from) < 300);
  let from = Math.min(...own.map((passage) => passage.from));
  let to = Math.max(...own.map((passage) => passage.to));
  const lineStart = from > 0 ? text.lastIndexOf("\n", from - 1) + 1 : 0;
  const lineEnd = text.indexOf("\n", to);
  from = from - lineStart <= AROUND ? lineStart : before(text, from - AROUND);
  const end = lineEnd < 0 ? text.length : lineEnd;
  to = end - to <= AROUND ? end : after(text, to + AROUND);
  const within = passages.filter((passage) => passage.from >= from && passage.to <= to);
  const cuts = [...new Set([from, to, ...within.flatMap((passage) => [passage.from, passage.to])])].sort((a, b) => a - b);
  const parts: Child[] = [from > lineStart && "… "];
  for (let at = 0; at + 1 < cuts.length; at++) {
    const [start, stop] = [cuts[at] as number, cuts[at + 1] as number];
    const roles = [...new Set(within.filter((passage) => passage.from <= start && passage.to >= stop).map(({ role }) => role))];
    const words = text.slice(start, stop);
    parts.push(roles.length ? h("span", { "data-roles": roles.join(" ") }, words) : words);
  }
  parts.push(to < end && " …");
  return h("blockquote.excerpt", { dir: "auto" }, ...parts);
}

/** A cut at a space and never inside a surrogate pair. */
function before(text: string, at: number): number {
  const space = text.indexOf(" ", at);
  if (space >= 0 && space - at < 30) return space + 1;
  return /[\udc00-\udfff]/.test(text[at] ?? "") ? at + 1 : at;
}

function after(text: string, at: number): number {
  const space = text.lastIndexOf(" ", at);
  if (space >= 0 && at - space < 30) return space;
  return /[\udc00-\udfff]/.test(text[at] ?? "") ? at + 1 : at;
}

/** All fields of an event, for its card and for print. */
export function eventFields(fact: EventFact): HTMLElement {
  const { raw, report } = fact;
  const row = (name: string, ...value: Child[]) => h("div", {}, h("dt", {}, name), h("dd", {}, ...value));
  const time = timeWords(fact);
  const toll = tolls(fact);
  const placeWords = raw.place?.name ?? (raw.place?.span ? report.words(raw.place.span) : null);
  const point: [number, number] | null = raw.place && raw.place.latitude !== null && raw.place.longitude !== null ? [raw.place.longitude, raw.place.latitude] : null;
  // The middle of a country is no place where anything happened.
  const country = placeWords !== null && countryOf(placeWords, point) !== null;
  const at = country ? " (the country, no closer place given)" : point ? ` (${point[1].toFixed(2)}, ${point[0].toFixed(2)})` : "";
  return h(
    "dl.fields",
    {},
    row("Type", typeName(raw.type), h("span.code", {}, ` ${raw.type}${raw.mode ? ` ${raw.mode}` : ""}`)),
    row("Who", ...(raw.actors.length ? names(report, raw.actors) : ["not named"])),
    row("To whom", ...(raw.recipients.length ? names(report, raw.recipients) : ["not named"])),
    row("When", ...(time ?? ["not given"])),
    row("Where", ...(placeWords ? [bdi(placeWords), at] : ["not given"])),
    row("Toll", toll.length ? toll.join(", ") : "not given"),
    row("Status", statusLabel(raw.status, raw.according_to), " ", certaintyLabel(raw.certainty)),
    row("According to", ...accordingTo(report, raw.according_to)),
    ...(raw.confidence && Object.keys(raw.confidence).length ? [row("How sure", ...sureness(raw.confidence))] : []),
  );
}

const SURENESS: [field: string, name: string][] = [
  ["event", "event at all"], ["type", "type"], ["actors", "who"], ["recipients", "to whom"],
  ["status", "status"], ["certainty", "certainty"], ["according_to", "according to"],
];

/** The coder's chance of being right, per field; the doubtful ones stand out. */
function sureness(confidence: Record<string, number>): HTMLElement[] {
  return SURENESS.filter(([field]) => field in confidence).map(([field, name]) => {
    const share = confidence[field] ?? 0;
    return h(share < 0.5 ? "span.sure.doubtful" : "span.sure", { title: `Of fields given ${percent(share)}, about as many are right` }, `${name} ${percent(share)}`);
  });
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}
