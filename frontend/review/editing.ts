// The form beside the text: a fact corrected, or a new one at the marked words.

import type { Report } from "../src/model";
import type { Span } from "../src/raw";
import { count } from "../src/words";
import type { ReportAnswer, Wanted } from "./api";
import { goneActors, PART_NAMES, targetOf, type FactPart, type Opened } from "./facts";
import { actorParts, eventParts, newParts, relationParts, statementParts, type Ground } from "./fields";
import { FactForm, type Values } from "./form";
import type { Marking } from "./marking";

export interface EditingHost {
  /** Keep decisions, on disk when this returns; throws where they were not kept. */
  keep(wanted: Wanted[], why: string): Promise<void>;
  /** Show what came of it: the fact that stands on a passage. */
  kept(words: string, at: { part: FactPart; report: string; passage: Span }): void;
}

export class Editing {
  private form: FactForm | null = null;
  private later: (() => Promise<void>) | null = null;

  constructor(private readonly card: HTMLElement, private readonly marking: Marking, private readonly host: EditingHost) {}

  get open(): boolean {
    return this.form !== null;
  }

  correct(opened: Opened): void {
    const { fact } = opened;
    const ground = this.ground(opened.answer, opened.report);
    const parts = fact.kind === "event" ? eventParts(ground, fact.raw, null) : fact.kind === "statement" ? statementParts(ground, fact.raw) : fact.kind === "actor" ? actorParts(ground, fact.raw) : relationParts(ground, fact.raw);
    const target = targetOf(opened);
    this.show(new FactForm({
      title: `Correct the ${PART_NAMES[fact.kind][0]}`, action: "Save", parts, whole: false, cancel: () => this.close(true),
      save: async (values, why) => {
        const wanted = Object.entries(values).map(([field, value]): Wanted => ({ kind: "correct", target: { ...target, field }, value }));
        await this.host.keep(wanted, why);
        this.close(true);
        this.host.kept(`Corrected: ${count(wanted.length, "field")}`, { part: fact.kind, report: opened.report.raw.id, passage: passageOf(fact.kind, values) ?? (target.passage as Span) });
      },
    }));
  }

  add(part: FactPart, answer: ReportAnswer, report: Report, span: Span): void {
    const title = `New ${PART_NAMES[part][0]}`;
    this.show(new FactForm({
      title, action: "Add", parts: newParts(part, this.ground(answer, report), span), whole: true, cancel: () => this.close(true),
      save: async ({ passage, ...value }, why) => {
        const where = (passage as Span | undefined) ?? passageOf(part, value) ?? span;
        await this.host.keep([{ kind: "add", target: { part, report: report.raw.id, passage: where }, value }], why);
        this.close(true);
        this.marking.clear();
        this.host.kept(`Added: ${PART_NAMES[part][0]}`, { part, report: report.raw.id, passage: where });
      },
    }));
  }

  /** Somebody else has decided on the same meanwhile: when the form is left, `show` shows what. */
  unseen(show: () => Promise<void>): void {
    this.later = show;
  }

  close(focus = false): void {
    const later = this.later;
    this.later = null;
    if (later) setTimeout(() => void later());
    this.form?.node.remove();
    this.form = null;
    this.marking.forget();
    this.card.classList.remove("editing", "adding");
    if (focus) this.card.focus({ preventScroll: true });
  }

  private ground(answer: ReportAnswer, report: Report): Ground {
    this.close();
    return { report, marks: this.marking, gone: goneActors(answer, report) };
  }

  private show(form: FactForm): void {
    this.form = form;
    this.card.append(form.node);
    this.card.classList.add(form.adds ? "adding" : "editing");
    form.node.scrollIntoView({ block: "nearest" });
    form.focus();
  }
}

/** Where a fact stands after its passages were changed. */
function passageOf(part: FactPart, values: Values): Span | undefined {
  const found = { event: values.span, statement: (values.content as Span[] | undefined)?.[0], actor: (values.mentions as Span[] | undefined)?.[0], relation: values.evidence }[part];
  return found as Span | undefined;
}
