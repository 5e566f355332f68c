// What the codes of marsad-record/1 are called on the page.

export const TYPES: Record<string, [name: string, meaning: string]> = {
  AGREE: ["Agreement", "states willingness or promises to cooperate later"],
  CONSULT: ["Talks or visit", "meets, visits, hosts or talks, in person or from afar"],
  SUPPORT: ["Support", "backing in words: praise, recognition, an accord signed"],
  CONCEDE: ["Concession", "gives way in words: an easing, truce or pull-out announced"],
  COOPERATE: ["Cooperation", "material exchange both ways: trade, exercises, intelligence"],
  AID: ["Aid", "material help: money, arms, relief, training"],
  RETREAT: ["Retreat", "gives way in deeds: withdrawal, release, truce in force, access"],
  REQUEST: ["Demand", "asks for, demands or orders"],
  ACCUSE: ["Accusation", "criticises, blames, condemns, charges or investigates"],
  REJECT: ["Refusal", "refuses a demand, offer, meeting or plan"],
  THREATEN: ["Threat", "warns of serious harm or penalty to come"],
  PROTEST: ["Protest", "civilians act together in public dissent"],
  SANCTION: ["Sanction", "cuts or downgrades relations; convicts, expels"],
  MOBILIZE: ["Mobilisation", "moves or readies forces without using force"],
  COERCE: ["Coercion", "power short of violence: arrest, raid, seizure, siege, curfew"],
  ASSAULT: ["Assault", "a deliberate act that can cause serious harm"],
};

export const STATUSES: Record<string, [name: string, meaning: string]> = {
  happened: ["Happened", "it took place, or is said to have"],
  "did-not-happen": ["Did not happen", "the report says that it did not; “Denied” where somebody else says so"],
  planned: ["Planned", "intended, ordered, promised or threatened; not yet done"],
  requested: ["Demanded", "somebody asks that it be done"],
  conditional: ["Only possible", "if, might, could, would: an open possibility"],
};

export const CERTAINTIES: Record<string, [name: string, meaning: string]> = {
  certain: ["certain", "put without doubt by whoever says it"],
  probable: ["probable", "“likely”, “believed to”"],
  possible: ["possible", "“may”, “suspected”, “unconfirmed”"],
};

export const RELATIONS: Record<string, string> = {
  "part-of": "part of",
  "member-of": "member of",
  leads: "leads",
  "works-for": "works for",
  "backed-by": "backed by",
  "allied-with": "allied with",
  fights: "fights",
  "linked-to": "linked to",
};

/** Ties that run both ways are drawn without an arrow. */
export const MUTUAL = new Set(["allied-with", "fights", "linked-to"]);

export const MANNERS: Record<string, [name: string, meaning: string]> = {
  direct: ["Direct", "in quotation marks"],
  indirect: ["Indirect", "reported without quotation marks"],
  mixed: ["Mixed", "reported, with some words in quotation marks"],
};

export type Role =
  | "trigger" | "actor" | "recipient" | "source" | "time" | "place"
  | "speaker" | "cue" | "content" | "evidence" | "mention" | "skipped";

export const ROLES: Record<Role, string> = {
  trigger: "act",
  actor: "who",
  recipient: "to whom",
  source: "says so",
  time: "when",
  place: "where",
  speaker: "speaker",
  cue: "cue",
  content: "what is said",
  evidence: "tie",
  mention: "mention",
  skipped: "left out",
};

export const typeName = (type: string): string => TYPES[type]?.[0] ?? type;
export const statusName = (status: string): string => STATUSES[status]?.[0] ?? status;
export const relationName = (relation: string): string => RELATIONS[relation] ?? relation;
export const plain = (code: string): string => code.replaceAll("-", " ");

/** A number and its noun: `1 report`, `2 reports`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString("en-GB")} ${number === 1 ? one : many}`;
}

/** `a, b and c`. */
export function list(parts: string[]): string {
  return parts.length < 2 ? (parts[0] ?? "") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}

/** At most so many characters; cut between words where there is a space near the end. */
export function shortened(text: string, most: number): string {
  const points = [...text];
  if (points.length <= most) return text;
  const kept = points.slice(0, most - 1).join("");
  const space = points[most - 1] === " " ? kept.length : kept.lastIndexOf(" ");
  return `${(space > kept.length * 0.7 ? kept.slice(0, space) : kept).trimEnd()}…`;
}
