// One event: its fields, the words it stands on, what was decided, and the buttons to decide.

import { bdi, h, type Child } from "../src/dom";
import { excerpt } from "../src/label";
import { count } from "../src/words";
import type { Decision, ReportAnswer } from "./api";
import { differing } from "./differing";
import type { Decidable, Opened } from "./facts";
import { put } from "./put";
import { DID, FIELDS } from "./states";
import { besides, factFields, factHead } from "./told";
import { ago } from "./when";

export interface CardHost {
  accept(): void;
  reject(): void;
  edit(): void;
  note(): void;
  undo(number: number): void;
  step(by: number): void;
  only(report: string): void;
  toText(): void;
  openFact(fact: Decidable): void;
  /** Of what reviewers differ about: keep this. */
  keepWord(field: string, value: unknown): void;
}

export class Card {
  readonly node = h("section.card", { "aria-label": "The chosen fact", tabindex: "-1" });

  constructor(private readonly host: CardHost) {
    this.empty();
  }

  empty(words = "Choose an event of the queue.", advice = "By keyboard: j for the first, ? for all keys."): void {
    put(this.node, h("div.empty-state", {}, h("p.empty-title", {}, words), h("p", {}, advice)));
  }

  show(opened: Opened, place: string): void {
    const { host } = this;
    const { fact, state, answer, report } = opened;
    const doubtful = Object.entries((fact.kind === "event" && fact.raw.confidence) || {}).filter(([, share]) => share < 0.5).sort((a, b) => a[1] - b[1]);
    const decisions = answer.decisions.filter(({ number }) => state.decisions.includes(number));
    const unfitting = answer.unfitting.filter(({ number }) => state.decisions.includes(number));
    put(
      this.node,
      h(
        "div.card-pager",
        {},
        h("span.count", {}, place),
        h("button.quiet", { type: "button", title: "The event before ( k )", click: () => host.step(-1) }, "‹ Previous"),
        h("button.quiet", { type: "button", title: "The next event ( j )", click: () => host.step(1) }, "Next ›"),
      ),
      h("header.card-head", {}, ...factHead(opened)),
      doubtful.length > 0 && state.state === "new" &&
        h("p.doubt", {}, "The coder is unsure of: ", doubtful.map(([name, share]) => `${FIELDS[name] ?? name} (${Math.round(100 * share)} %)`).join(", ")),
      h(
        "div.decide",
        { role: "group", "aria-label": "Decide" },
        this.button("Accept", "a", () => host.accept(), "accept"),
        this.button("Correct", "e", () => host.edit(), "correct"),
        this.button("Reject", "x", () => host.reject(), "reject"),
        this.button("Note", "n", () => host.note(), "note"),
      ),
      differing(state.conflicts, (field, value) => host.keepWord(field, value)),
      excerpt(fact),
      factFields(opened),
      h("p.fact-links", {}, h("button.link.only-narrow", { type: "button", click: () => host.toText() }, "Read it in the report"), h("button.link", { type: "button", click: () => host.only(report.raw.id) }, `Only this report (${count(report.events.length, "event")})`)),
      decisions.length > 0 && h("div.said", {}, h("h3", {}, "What was decided"), h("ol", {}, ...decisions.map((decision) => this.decision(decision)))),
      ...unfitting.map(({ number, reason }) => h("p.unfitting", {}, `Decision ${number}: `, bdi(reason))),
      h("p.note.kin-line", {}, ...kin(answer)),
      h("section.also-here", { "aria-label": "Also in this report" }, h("h3", {}, "Also in this report"), ...besides(opened, (one) => host.openFact(one)), h("p.note", {}, "Something is missing? Mark its words in the text: by mouse, or there (", h("kbd", {}, "t"), ") with the arrow keys.")),
    );
  }

  private button(words: string, key: string, run: () => void, name: string): HTMLElement {
    return h(`button.decide-button.decide-${name}`, { type: "button", "aria-keyshortcuts": key, click: run }, words, " ", h("kbd", { "aria-hidden": "true" }, key));
  }

  private decision(decision: Decision): HTMLElement {
    return h(
      "li",
      {},
      h("span", {}, bdi(decision.who), ` ${DID[decision.kind] ?? decision.kind} `, field(decision), ...change(decision), " ", h("span.mode", {}, ago(decision.at))),
      decision.why && h("q.why", { dir: "auto" }, decision.why),
      decision.undone === null && h("button.quiet", { type: "button", "aria-label": `Undo decision ${decision.number}`, click: () => this.host.undo(decision.number) }, "Undo"),
    );
  }
}

export function field(decision: Decision): string {
  const { field: name } = decision.target;
  const whole = decision.kind === "note" ? "" : `the ${decision.target.part}`;
  return name ? `“${FIELDS[name] ?? name}”${decision.target.part === "incident" ? " of an incident" : ""}` : whole;
}

/** What a correction put in the place of what. */
export function change(decision: Decision): Child[] {
  if (decision.kind !== "correct") return [];
  const now = h("ins", {}, bdi(valueWords(decision.value)));
  return decision.target.part === "incident" ? [": ", now] : [": ", h("del", {}, bdi(valueWords(decision.was))), " → ", now];
}

/** A field's value in words. */
export function valueWords(value: unknown): string {
  if (value === null || value === undefined) return "nothing";
  if (Array.isArray(value)) return value.length ? value.map(valueWords).join(", ") : "nobody";
  if (typeof value !== "object") return value === "author" ? "the report itself" : String(value);
  const one = value as Record<string, unknown>;
  if ("name" in one) return one.name === null ? "not named" : String(one.name);
  if ("best" in one || "low" in one) {
    const { low, best, high } = one as Record<string, number | null>;
    return best !== null && low === best && high === best ? `${best}` : `${best ?? "?"} (${low ?? "?"}–${high ?? "?"})`;
  }
  if ("start" in one) return one.start === one.end ? String(one.start ?? "no date") : `${one.start ?? "…"} – ${one.end ?? "…"}`;
  return JSON.stringify(value);
}

function kin({ kin: one, record }: ReportAnswer): Child[] {
  if (one.of !== null) return [`This report is a copy (${one.kind ?? "alike"}) of `, bdi(one.of), `. ${count(one.reports, "report")} here go back to one origin.`];
  if (one.reports > 1) return [`${count(one.reports, "report")}, 1 origin: `, bdi(record.id), " is the origin."];
  return ["No other report here goes back to this account."];
}
