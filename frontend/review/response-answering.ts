// Whose incidents these may answer, and what becomes of incidents whose day is not known.

import { h } from "../src/dom";
import { count } from "../src/words";
import type { Question } from "./response-api";
import { Chips, labelled, number, select, text } from "./response-fields";
import { put } from "./put";

const COUNTERPART = "counterpart";
/** Series that can be told apart, at most. */
const MOST = 3;
const DRAWS = "20";

export class Answering {
  readonly node: HTMLDetailsElement;
  private readonly counterpart = h<HTMLInputElement>("input", { type: "checkbox", change: () => this.ticked() });
  private readonly side = h("span");
  private readonly others: Chips;
  private readonly coarse = select([["spread", "spread over the days that it may have been"], ["impute", "a day drawn for each, again and again"]], () => { this.draw(); this.changed(); });
  private readonly draws = number(2, 500, DRAWS);
  private readonly days = h("p.note", { id: "response-vague" });

  constructor(private readonly changed: () => void) {
    const typed = text("response-actor", { placeholder: "Police, Police>Rebels, type=RAID" });
    this.others = new Chips("Others", typed, "Add", (value) => (this.values.length >= MOST && !this.values.includes(value) ? `${MOST} are the most that can be told apart: take one off` : null), (value) => value, () => this.changed());
    this.coarse.setAttribute("aria-describedby", "response-vague");
    this.draws.addEventListener("change", () => this.changed());
    this.node = h<HTMLDetailsElement>(
      "details.more-filters.answering",
      {},
      h("summary", {}, "Answers to others, and days not known"),
      h("fieldset.field", {}, h("legend", {}, "Whose incidents these may answer"), h("label.tick", {}, this.counterpart, this.side), this.others.node, h("p.note", {}, "An actor, ACTOR>RECIPIENT or type=TYPE,place=NAME. What answers them is told apart from the change.")),
      labelled("An incident without an exact day is", this.coarse),
      labelled("Draws (20)", this.draws),
      this.days,
    );
    this.draw();
  }

  /** Whose incidents may be answered, as the command names them. */
  private get values(): string[] {
    return [...(this.counterpart.checked ? [COUNTERPART] : []), ...this.others.values];
  }

  get chosen(): Pick<Question, "echo_of" | "coarse" | "draws"> {
    const drawn = this.coarse.value === "impute";
    return { echo_of: this.values, coarse: drawn ? "impute" : "spread", ...(drawn && this.draws.value ? { draws: Number(this.draws.value) } : {}) };
  }

  /** Take what is typed; false where it cannot be taken, which is said beside it. */
  take(): boolean {
    if (this.others.input.value.trim()) this.node.open = true;
    return this.others.take();
  }

  /** Who acts and to whom, by whom the other side is named. */
  between(actor: string, recipient: string): void {
    put(this.side, actor ? `the other side: what ${recipient || "anyone"} does to ${actor}` : "the other side: say above who acts");
  }

  vague(number: number): void {
    put(this.days, number ? `${count(number, "incident")} of those that count ${number === 1 ? "has" : "have"} no exact day.` : "Each incident that counts has an exact day: there is nothing to draw.");
  }

  fill({ echo_of, coarse, draws }: Question): void {
    const given = [...new Set(echo_of ?? [])].slice(0, MOST);
    this.counterpart.checked = given.includes(COUNTERPART);
    this.others.set(given.filter((one) => one !== COUNTERPART));
    this.coarse.value = coarse === "impute" ? "impute" : "spread";
    this.draws.value = draws ? String(draws) : DRAWS;
    if (given.length || this.coarse.value === "impute") this.node.open = true;
    this.draw();
  }

  private ticked(): void {
    const many = this.counterpart.checked && this.others.values.length >= MOST;
    this.counterpart.setCustomValidity(many ? `${MOST} are the most that can be told apart: take one off` : "");
    if (many) {
      this.counterpart.reportValidity();
      this.counterpart.checked = false;
      return;
    }
    this.changed();
  }

  private draw(): void {
    (this.draws.closest("label") as HTMLElement).hidden = this.coarse.value !== "impute";
  }
}
