// The analysis as a view among the pictures: a question, its progress, its answer.

import { h } from "../src/dom";
import { emptyState } from "../src/list";
import { count } from "../src/words";
import { Refused } from "./api";
import type { View, ViewHost } from "./pictures";
import { answerNode, told } from "./response-answers";
import * as api from "./response-api";
import { KINDS, type Answered, type Choices, type Kind, type Question } from "./response-api";
import { ResponseForm } from "./response-form";
import { SeriesChart } from "./response-series";
import { put } from "./put";
import { shared, type Filters } from "./shared";

const EVERY = 600;
const NAMES: Record<Kind, [words: string, meaning: string]> = {
  respond: ["Did it change?", "Did anything change after a date? The rate of incidents after it is held against what it would have been, and the change against the same change at all other dates. The answer may be that it cannot be told."],
  provoke: ["Who answers whom", "Whose incidents are followed by whose, and how soon, beyond what each would do by itself. It is an association in time, not proof."],
  whatif: ["What if", "How many incidents are to come under scenarios, drawn from a model fitted to the past: if raids stop, or come every month. Conditional on the model, and no forecast."],
};

/** The address of the question whether anything changed after a day. */
export function changedAfter(day: string, more: { actor?: string; type?: string; place?: string } = {}): string {
  return `#/response/${encodeURIComponent(JSON.stringify({ kind: "respond", points: [day], ...more }))}`;
}

export class ResponseView implements View {
  readonly name = "response";
  readonly words = "Response";
  readonly alone = true;
  readonly node = h("section.view.response");
  private readonly tabs = h("div.switch", { role: "group", "aria-label": "Which question" });
  private readonly meaning = h("p.note");
  private readonly form = new ResponseForm(() => this.moved(), () => void this.ask());
  private readonly chart = new SeriesChart((day) => this.form.toggle(day));
  private readonly wrong = h("p.wrong", { role: "alert" });
  private readonly progress = h("div.response-progress", { role: "status" });
  private readonly counted = h("p.queue-told", { role: "status" });
  private readonly result = h("div.response-result");
  private readonly empty = h("div");
  private readonly body: HTMLElement;
  private choices: Choices | null = null;
  private drawn = "";
  private waiting: string | null = null;
  private timer = 0;
  private turn = 0;
  private fresh = true;

  constructor(private readonly host: ViewHost) {
    this.body = h("div.response-body", {}, this.form.node, h("div.response-side", {}, this.counted, this.chart.node, this.wrong, this.progress, this.result));
    this.node.append(h("div.response-head", {}, this.tabs, this.meaning), this.empty, this.body);
    this.draw();
  }

  // Its address

  get path(): string {
    const { kind, ...rest } = this.form.question;
    const set = Object.fromEntries(Object.entries(rest).filter(([name, value]) => (Array.isArray(value) ? value.length : value !== DEFAULTS[name])));
    return kind === "respond" && !Object.keys(set).length ? "" : JSON.stringify({ kind, ...set });
  }

  take(path: string): void {
    if (!path) return;
    const question = read(path);
    if (!question) return;
    this.fresh = false;
    this.form.fill(question);
    this.draw();
    void this.count();
  }

  shown(): void {
    this.chart.shown();
  }

  async load(_: Filters): Promise<{ total: number; fresh: boolean; wrong: string | null }> {
    const found = await api.choices();
    this.choices = found;
    this.form.offer(found);
    const nothing = found.fresh && !found.incidents;
    this.body.hidden = !found.incidents;
    put(this.empty, nothing ? emptyState("There is nothing to count.", found.wrong ? sentence(found.wrong) : "No incident of this casebook has a date.") : !found.fresh && !found.incidents && emptyState("Not yet.", "Claims are being joined to incidents; this takes a while the first time."));
    if (this.fresh && found.incidents) {
      this.fresh = false;
      const { actor, type, place, since, until } = shared.all;
      this.form.fill({ kind: this.form.kind, ...Object.fromEntries(Object.entries({ actor, type, place, since, until }).filter(([, value]) => value)) });
    }
    await this.count();
    if (!this.waiting) await this.look();
    return { total: found.incidents, fresh: found.fresh, wrong: null };
  }

  private draw(): void {
    put(this.tabs, ...KINDS.map((kind) => h("button", { type: "button", "data-kind": kind, "aria-pressed": String(kind === this.form.kind), click: () => this.go(kind) }, NAMES[kind][0])));
    put(this.meaning, NAMES[this.form.kind][1]);
  }

  private go(kind: Kind): void {
    this.form.kind = kind;
    this.draw();
    this.moved();
    this.tabs.querySelector<HTMLElement>(`[data-kind=${kind}]`)?.focus();
    if (this.result.dataset.kind !== kind) { put(this.result); this.drawn = ""; }
  }

  /** Other incidents count, or other days are chosen. */
  private moved(): void {
    put(this.wrong);
    this.host.moved();
    void this.count();
  }

  private async count(): Promise<void> {
    if (!this.choices?.incidents) return;
    const turn = ++this.turn;
    try {
      const found = await api.series(this.form.chosen);
      if (turn !== this.turn) return;
      const few = found.incidents < this.choices.fewest;
      put(this.counted, `${count(Math.round(found.incidents), "incident")} count${Math.round(found.incidents) === 1 ? "s" : ""}${few ? `: with fewer than ${this.choices.fewest} hardly anything can be told` : ""}`);
      this.form.vague(Math.round(found.spread));
      this.chart.show(found, this.form.days_chosen, this.form.kind === "respond");
    } catch (error) {
      if (turn !== this.turn) return;
      if (error instanceof Refused && error.status === 503) return;
      put(this.counted, error instanceof Error ? error.message : String(error));
      this.chart.show(null, [], false);
    }
  }

  // Asking

  private async ask(): Promise<void> {
    put(this.wrong);
    const question = this.form.question;
    if (question.kind === "respond" && !question.points?.length) {
      put(this.wrong, "Say after which day: type it, or press it in the picture.");
      this.form.toDay();
      return;
    }
    try {
      const state = await api.ask(question);
      put(this.result);
      this.drawn = "";
      this.waiting = state.id;
      this.follow(state);
      await this.look();
    } catch (error) {
      put(this.wrong, error instanceof Error ? error.message : String(error));
    }
  }

  /** Look how far the question is that was asked last, here or on another page of this casebook. */
  private async look(): Promise<void> {
    clearTimeout(this.timer);
    let found: Answered;
    try {
      found = await api.state(this.waiting ?? "");
    } catch (error) {
      // A server that is busy or away for a moment is asked again.
      if (this.waiting && !(error instanceof Refused && error.status === 404)) this.timer = window.setTimeout(() => void this.look(), 5 * EVERY);
      return;
    }
    const going = found.state === "working" || found.state === "stopping";
    if (going && !this.waiting && found.question) {
      this.waiting = found.id;
      this.form.fill(found.question);
      this.draw();
    }
    this.follow(found);
    if (going) this.timer = window.setTimeout(() => void this.look(), EVERY);
    else if (this.waiting) this.ended(found);
  }

  private follow(state: api.State): void {
    const going = state.state === "working" || state.state === "stopping";
    this.form.go.disabled = going;
    if (!going) return put(this.progress);
    if (!this.progress.childElementCount) {
      put(this.progress, h("progress", { "aria-label": "Being answered" }), h("span.stage-told"), h("button.quiet", { type: "button", click: () => void api.stop().catch((error: unknown) => this.host.failed(error)) }, "Stop"));
    }
    // Seconds, and how many of twelve are done, are no news to who hears the page.
    const [doing = "", ...which] = (state.stage ?? "").split(", ");
    const words = state.state === "stopping" ? "stopping …" : `${doing} …`;
    const told = this.progress.querySelector(".stage-told") as HTMLElement;
    if (told.firstChild?.textContent !== words) put(told, h("span", {}, words), h("span.count", { "aria-hidden": "true" }));
    (told.lastChild as HTMLElement).textContent = ` ${state.state === "stopping" || !which.length ? "" : `${which.join(", ")} · `}${Math.round(state.seconds)} s`;
  }

  private ended(found: Answered): void {
    this.waiting = null;
    if (found.state === "failed") return put(this.wrong, sentence(found.wrong ?? "it could not be answered"));
    if (found.state === "stopped") return this.host.say("Stopped");
    if (!found.answer || this.drawn === found.id) return;
    this.drawn = found.id ?? "";
    this.result.dataset.kind = found.kind ?? "";
    put(this.result, answerNode(found, { failed: (error) => this.host.failed(error) }));
    this.host.say(told(found));
  }
}

const sentence = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}${/[.?!]$/.test(words) ? "" : "."}`;

const DEFAULTS: Record<string, unknown> = { shape: "step", coarse: "spread", draws: 20, most: 4, days: 182 };

/** A question from an address: what is not understood there is left out by the form or refused by the server. */
function read(path: string): Question | null {
  try {
    const data = JSON.parse(path) as Partial<Question> | null;
    if (!data || typeof data !== "object" || !KINDS.includes(data.kind as Kind)) return null;
    const texts = ["actor", "recipient", "party", "type", "place", "since", "until", "shape", "coarse", "by"];
    const lists = ["points", "echo_of", "parties", "scenarios"];
    const numbers = ["after", "half_life", "draws", "most", "days"];
    const fits = ([name, value]: [string, unknown]): boolean =>
      name === "kind" || (texts.includes(name) && typeof value === "string") || (numbers.includes(name) && typeof value === "number") ||
      (lists.includes(name) && Array.isArray(value) && value.every((one) => typeof one === "string")) ||
      (name === "causes" && Array.isArray(value) && value.every((one: unknown) => typeof one === "object" && one !== null && typeof (one as { name?: unknown }).name === "string"));
    return Object.fromEntries(Object.entries(data).filter(fits)) as unknown as Question;
  } catch {
    return null;
  }
}
