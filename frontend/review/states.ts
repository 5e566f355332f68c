// What was decided, by sign and word.

import { h, s } from "../src/dom";
import type { ReviewState } from "./api";

export const STATES: Record<ReviewState, [name: string, path: string]> = {
  new: ["Not decided", "M8 3.2v5.4M8 11.6v.9"],
  accepted: ["Accepted", "M3 8.5 6.5 12 13 4.5"],
  corrected: ["Corrected", "M3 13l.7-3L10.5 3.2 12.8 5.5 6 12.3Z"],
  rejected: ["Rejected", "M4 4 12 12M12 4 4 12"],
  added: ["Added", "M8 3v10M3 8h10"],
};

export function stateIcon(state: ReviewState): SVGElement {
  return s("svg.sign", { viewBox: "0 0 16 16", width: 16, height: 16, "aria-hidden": "true" }, s("path.stroke", { d: STATES[state][1] }));
}

export function stateLabel(state: ReviewState): HTMLElement {
  return h(`span.state.state-${state}`, {}, stateIcon(state), h("span", {}, STATES[state][0]));
}

/** What a kind of decision is called when somebody has taken it: “Ana accepted this”. */
export const DID: Record<string, string> = {
  accept: "accepted", correct: "corrected", reject: "rejected", merge: "merged", split: "split", add: "added", note: "noted", undo: "undid",
};

export const FIELDS: Record<string, string> = {
  type: "type", mode: "mode", actors: "who", recipients: "to whom", time: "when", place: "where", killed: "killed", injured: "injured",
  status: "status", certainty: "certainty", according_to: "according to", event: "event at all", span: "passage", also: "further passages", trigger: "the act: its words",
  manner: "manner", content: "what is said", cue: "cue", speaker: "speaker", speaker_span: "the speaker’s words", anonymous: "not named",
  name: "name", kind: "kind", mentions: "mentions", same_as: "the same as", subject: "who", relation: "tie", object: "with whom", evidence: "the words that say so",
};
