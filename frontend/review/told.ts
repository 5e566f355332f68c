// What a card shows of a statement, an actor or a tie, and of all that a report has beside its events.

import { bdi, h, type Child } from "../src/dom";
import { accordingTo, eventFields, eventTitle, factLabel, whoWhom } from "../src/label";
import { statusLabel } from "../src/icons";
import { MANNERS, plain, relationName, shortened } from "../src/words";
import { factsOf, PART_NAMES, stateOf, type Decidable, type FactPart, type Opened } from "./facts";
import { stateLabel } from "./states";

/** Title and signs of a fact. */
export function factHead({ fact, state, report }: Opened): Child[] {
  if (fact.kind === "event") return [h("h2", {}, ...eventTitle(fact)), h("p.card-signs", {}, statusLabel(fact.raw.status, fact.raw.according_to), stateLabel(state.state)), whoWhom(fact)];
  const name = PART_NAMES[fact.kind][0];
  const kind = `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;
  const signs = h("p.card-signs", {}, stateLabel(state.state));
  if (fact.kind === "actor") return [h("h2", {}, bdi(report.name(fact.raw.id)), h("span.mode", {}, ` · ${plain(fact.raw.kind)}`)), signs];
  if (fact.kind === "relation") return [h("h2", {}, kind), signs, h("p.who-whom", {}, bdi(report.name(fact.raw.subject)), ` ${relationName(fact.raw.relation)} `, bdi(report.name(fact.raw.object)))];
  return [h("h2", {}, kind, h("span.mode", {}, ` · ${MANNERS[fact.raw.manner]?.[0].toLowerCase() ?? fact.raw.manner}`)), signs, h("p.who-whom", {}, fact.raw.speaker === null ? h("span.nobody", {}, "no one named") : bdi(report.name(fact.raw.speaker)))];
}

export function factFields({ fact, report }: Opened): HTMLElement {
  const row = (name: string, ...value: Child[]) => h("div", {}, h("dt", {}, name), h("dd", {}, ...value));
  const words = (span: [number, number] | null): Child => (span ? h("q", {}, bdi(shortened(report.words(span), 200))) : "none");
  switch (fact.kind) {
    case "event":
      return eventFields(fact);
    case "statement":
      return h("dl.fields", {}, row("Speaker", fact.raw.speaker === null ? "no one named" : bdi(report.name(fact.raw.speaker))), row("Speaker’s words", words(fact.raw.speaker_span)), row("Cue", words(fact.raw.cue)), row("Manner", MANNERS[fact.raw.manner]?.[0] ?? fact.raw.manner), row("Named", fact.raw.anonymous ? "no: an anonymous source" : "yes"));
    case "actor":
      return h("dl.fields", {}, row("Name", bdi(fact.raw.name)), row("Kind", plain(fact.raw.kind)), row(`Mentions (${fact.raw.mentions.length})`, ...fact.raw.mentions.slice(0, 12).flatMap((span, at) => [at ? ", " : "", words(span)]), fact.raw.mentions.length > 12 && " …"));
    case "relation":
      return h("dl.fields", {}, row("Who", bdi(report.name(fact.raw.subject))), row("Tie", relationName(fact.raw.relation)), row("With whom", bdi(report.name(fact.raw.object))), row("According to", ...accordingTo(report, fact.raw.according_to)));
  }
}

/** The statements, actors and ties of the report, folded up, each to be opened. */
export function besides(opened: Opened, open: (fact: Decidable) => void): HTMLElement[] {
  const { report, answer } = opened;
  const parts: FactPart[] = ["statement", "actor", "relation"];
  return parts.flatMap((part) => {
    const facts = factsOf(report, part);
    if (!facts.length) return [];
    const decided = facts.filter((fact) => stateOf(answer, report, fact).state !== "new").length;
    return [h(
      "details.besides",
      { open: part === opened.fact.kind },
      h("summary", {}, `${facts.length} ${PART_NAMES[part][facts.length === 1 ? 0 : 1]}`, decided > 0 && h("span.mode", {}, ` · ${decided} decided`)),
      h("ul", {}, ...facts.map((fact) => {
        const { state } = stateOf(answer, report, fact);
        return h("li", {}, h("button.fact-link", { type: "button", "aria-current": fact === opened.fact ? "true" : null, click: () => open(fact) }, ...factLabel(fact)), state !== "new" && stateLabel(state));
      })),
    )];
  });
}
