// The questions as forms: which incidents count, after which dates, between whom, and what might happen.

import { h } from "../src/dom";
import { dateWords, stretch } from "../src/time";
import { shortened, typeName } from "../src/words";
import type { CauseAsked, Choices, ConditionName, Conditions, Kind, Named, Question } from "./response-api";
import { Answering } from "./response-answering";
import { Chips, labelled, number, select, text } from "./response-fields";
import { put } from "./put";

const LISTS: Record<"actor" | "recipient" | "party" | "place", (from: Choices) => Named[]> = {
  actor: ({ actors }) => actors,
  recipient: ({ recipients }) => recipients,
  party: ({ actors, recipients }) => [...actors, ...recipients],
  place: ({ places }) => places,
};
const WORDS: Record<ConditionName, string> = { actor: "Who acts", recipient: "To whom", party: "On either side", type: "Type", place: "Place" };
const DAY = /^\d{4}-\d{2}-\d{2}$/;

export class ResponseForm {
  readonly node: HTMLFormElement;
  private readonly conditions: Record<ConditionName, HTMLInputElement | HTMLSelectElement>;
  private readonly types: HTMLSelectElement;
  private readonly since = h<HTMLInputElement>("input", { type: "date", change: () => this.changed() });
  private readonly until = h<HTMLInputElement>("input", { type: "date", change: () => this.changed() });
  private readonly points: Chips;
  private readonly parties: Chips;
  private readonly after = number(5, 900);
  private readonly shape = select([["step", "may last"], ["pulse", "is soon over"], ["decay", "fades"]], () => { this.draw(); this.changed(); });
  private readonly answering: Answering;
  private readonly half = number(1, 365, "30");
  private readonly by = select([["", "as most incidents say"], ["actor", "what one did"], ["dyad", "what one did to another"]]);
  private readonly most = number(2, 6, "4");
  private readonly days = number(7, 1000, "182");
  private readonly causes = h("div.causes");
  private readonly scenarios = h<HTMLTextAreaElement>("textarea", { rows: 3, spellcheck: "false", placeholder: "as before\nno raid\nraid every 30" });
  private readonly lists = h("div", { hidden: true });
  private readonly parts: Record<Kind, HTMLElement>;
  private readonly counted: HTMLElement;
  private readonly dyadic: HTMLElement;
  private readonly watched: HTMLElement;
  readonly go = h<HTMLButtonElement>("button.decide-button.decide-accept", { type: "submit" }, "Answer");
  private kindNow: Kind = "respond";

  /** `changed` is called when other incidents count, or other dates are chosen; `asked` when the person wants an answer. */
  constructor(private readonly changed: () => void, asked: () => void) {
    let waiting = 0;
    const later = (): void => { clearTimeout(waiting); waiting = window.setTimeout(() => this.changed(), 250); };
    this.types = select([["", "Any"]], () => { this.types.dataset.wanted = ""; this.changed(); });
    const named = (name: "actor" | "recipient" | "party" | "place"): HTMLInputElement => {
      const field = text(`response-${name}`, { placeholder: name === "place" ? "anywhere" : "anyone" });
      field.addEventListener("input", () => { this.draw(); later(); });
      return field;
    };
    this.conditions = { actor: named("actor"), recipient: named("recipient"), party: named("party"), type: this.types, place: named("place") };
    this.points = new Chips("After which day", h<HTMLInputElement>("input", { type: "date" }), "Add", (value) => (DAY.test(value) ? null : "Write a day such as 2020-07-04"), dateWords, () => this.changed());
    this.parties = new Chips("Parties, two at least (if none, the most frequent)", text("response-party"), "Add", () => null, (value) => value, () => undefined);
    this.answering = new Answering(() => this.changed());
    this.dyadic = h("div.condition-grid", {}, labelled(WORDS.actor, this.conditions.actor), labelled(WORDS.recipient, this.conditions.recipient), labelled(WORDS.party, this.conditions.party));
    this.counted = h("div.condition-grid", {}, labelled(WORDS.type, this.types), labelled(WORDS.place, this.conditions.place));
    this.watched = h("div.condition-grid", {}, labelled("Watched from", this.since), labelled("to", this.until));
    this.parts = {
      respond: h("div", {}, this.points.node, h("details.more-filters", {}, h("summary", {}, "How the change is looked for"), h("div.condition-grid", {}, labelled("The change", this.shape), labelled("Days after (182)", this.after), labelled("Halves in … days", this.half))), this.answering.node),
      provoke: h("div", {}, this.parties.node, h("div.condition-grid", {}, labelled("A series is", this.by), labelled("How many", this.most))),
      whatif: h("div", {}, h("h3", {}, "What may have an effect"), this.causes, h("button.quiet", { type: "button", click: () => this.addCause() }, "Add a cause"), labelled("Scenarios, one a line (if none: as before; each cause not at all, and every 30 days)", this.scenarios), labelled("Days to come", this.days)),
    };
    this.node = h<HTMLFormElement>(
      "form.response-form",
      { novalidate: true, submit: (event: Event) => { event.preventDefault(); if (this.points.take() && this.parties.take() && this.answering.take()) asked(); } },
      h("h2", {}, "Which incidents"),
      this.dyadic,
      this.counted,
      this.watched,
      this.parts.respond,
      this.parts.provoke,
      this.parts.whatif,
      h("div.form-buttons", {}, this.go),
      this.lists,
    );
    this.draw();
  }

  get kind(): Kind {
    return this.kindNow;
  }

  set kind(kind: Kind) {
    this.kindNow = kind;
    if (kind === "whatif" && !this.causes.childElementCount) this.addCause();
    this.draw();
  }

  private draw(): void {
    for (const [kind, part] of Object.entries(this.parts)) part.hidden = kind !== this.kindNow;
    this.dyadic.hidden = this.kindNow === "provoke";
    (this.half.closest("label") as HTMLElement).hidden = this.shape.value !== "decay";
    this.answering.between(this.conditions.actor.value.trim(), this.conditions.recipient.value.trim());
  }

  /** What there is to choose from. */
  offer(choices: Choices): void {
    put(this.lists, ...Object.entries(LISTS).map(([name, of]) => h("datalist", { id: `response-${name}` }, ...[...new Map(of(choices)).entries()].map(([value, number]) => h("option", { value }, `${shortened(value, 60)} (${number})`)))));
    for (const types of [this.types, ...this.causes.querySelectorAll<HTMLSelectElement>("select")]) {
      const before = types.value;
      put(types, h("option", { value: "" }, "Any"), ...choices.types.map(([type, number]) => h("option", { value: type }, `${typeName(type)} (${number})`)));
      types.value = before || (types.dataset.wanted ?? "");
    }
    this.known = choices;
    for (const field of [this.since, this.until]) field.title = choices.first ? `If not given, the days of the reports: ${dateWords(choices.first)} to ${dateWords(choices.last ?? "")}` : "";
  }

  private known: Choices | null = null;

  /** The conditions under which incidents count. */
  get chosen(): Conditions {
    const names: ConditionName[] = this.kindNow === "provoke" ? ["type", "place"] : ["actor", "recipient", "party", "type", "place"];
    const found: Conditions = {};
    for (const name of names) {
      const value = this.conditions[name].value.trim() || (name === "type" ? this.types.dataset.wanted ?? "" : "");
      if (value) found[name] = value;
    }
    if (this.since.value) found.since = this.since.value;
    if (this.until.value) found.until = this.until.value;
    return found;
  }

  get days_chosen(): string[] {
    return this.kindNow === "respond" ? this.points.values : [];
  }

  /** Choose a day, or let go of it. */
  toggle(day: string): void {
    this.points.toggle(day);
  }

  toDay(): void {
    this.points.input.focus();
  }

  /** How many of the incidents that count have no exact day. */
  vague(number: number): void {
    this.answering.vague(number);
  }

  /** The question as it stands. */
  get question(): Question {
    const kind = this.kindNow;
    const base = { kind, ...this.chosen };
    if (kind === "respond") {
      return {
        ...base, points: this.points.values, shape: this.shape.value, ...(this.after.value ? { after: Number(this.after.value) } : {}),
        ...(this.shape.value === "decay" && this.half.value ? { half_life: Number(this.half.value) } : {}),
        ...this.answering.chosen,
      };
    }
    if (kind === "provoke") return { ...base, parties: this.parties.values, most: Number(this.most.value || 4), ...(this.by.value ? { by: this.by.value } : {}) };
    return {
      ...base, days: Number(this.days.value || 182), scenarios: this.scenarios.value.split("\n").map((line) => line.trim()).filter(Boolean),
      causes: [...this.causes.children].flatMap((row) => causeOf(row)),
    };
  }

  /** Fill the form in with a question; what it does not say is as at the beginning. */
  fill(question: Question): void {
    this.kind = question.kind;
    for (const name of ["actor", "recipient", "party", "place"] as const) this.conditions[name].value = question[name] ?? "";
    this.types.dataset.wanted = question.type ?? "";
    this.types.value = question.type ?? "";
    this.since.value = DAY.test(question.since ?? "") ? (question.since ?? "") : "";
    this.until.value = DAY.test(question.until ?? "") ? (question.until ?? "") : "";
    this.points.set((question.points ?? []).filter((day) => DAY.test(day) && stretch(day)));
    this.parties.set(question.parties ?? []);
    this.shape.value = question.shape ?? "step";
    this.after.value = question.after ? String(question.after) : "";
    this.half.value = String(question.half_life ?? 30);
    this.answering.fill(question);
    this.by.value = question.by ?? "";
    this.most.value = String(question.most ?? 4);
    this.days.value = String(question.days ?? 182);
    this.scenarios.value = (question.scenarios ?? []).join("\n");
    put(this.causes);
    for (const cause of question.causes ?? []) this.addCause(cause);
    this.draw();
  }

  private addCause(cause?: CauseAsked): void {
    if (this.causes.childElementCount >= 4) return;
    const types = select([["", "Any"]]);
    types.dataset.wanted = cause?.where?.type ?? "";
    const row = h(
      "fieldset.cause",
      {},
      h("legend", {}, `Cause ${this.causes.childElementCount + 1}`),
      labelled("Name", Object.assign(text(), { name: "name", value: cause?.name ?? "", placeholder: "raid" })),
      labelled("Incidents by", Object.assign(text("response-actor"), { name: "actor", value: cause?.where?.actor ?? "", placeholder: "anyone" })),
      labelled("of the type", Object.assign(types, { name: "type" })),
      labelled("or days", Object.assign(text(), { name: "days", value: cause?.days?.join(", ") ?? "", placeholder: "2020-01-12, 2020-03-02" })),
      h("button.quiet", { type: "button", click: () => row.remove() }, "Take off"),
    );
    this.causes.append(row);
    if (this.known) this.offer(this.known);
  }
}

function causeOf(row: Element): CauseAsked[] {
  const value = (name: string): string => row.querySelector<HTMLInputElement>(`[name=${name}]`)?.value.trim() ?? "";
  const name = value("name");
  const days = value("days").split(/[,;\s]+/).filter(Boolean);
  const where: Partial<Record<ConditionName, string>> = {};
  for (const key of ["actor", "type"] as const) if (value(key)) where[key] = value(key);
  if (!name && !days.length && !Object.keys(where).length) return [];
  return [{ name, ...(days.length ? { days } : { where }) }];
}
