// A form for a fact: corrected field by field, or new. What is left as it is is not decided.

import { h } from "../src/dom";
import type { Control, Part } from "./controls";

/** What the person changed (of a new fact: all that was filled in), by field. */
export type Values = Record<string, unknown>;

export interface FormOf {
  title: string; action: string; parts: Record<string, Part>;
  /** Of a new fact everything counts, of one that is there only what is changed. */
  whole: boolean;
  save(values: Values, why: string): Promise<void>;
  cancel(): void;
}

export class FactForm {
  readonly node: HTMLFormElement;
  private readonly wrong = h("p.wrong", { role: "alert" });
  private readonly why = h<HTMLInputElement>("input", { type: "text", name: "why", autocomplete: "off" });

  constructor(private readonly of: FormOf) {
    this.node = h<HTMLFormElement>(
      "form.correct",
      {
        "aria-label": of.title,
        submit: (event: Event) => { event.preventDefault(); void this.send(); },
        keydown: (event: KeyboardEvent) => {
          if (event.key === "Escape") { event.preventDefault(); event.stopPropagation(); of.cancel(); }
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); void this.send(); }
        },
      },
      h("h3", {}, of.title),
      h("p.note.form-hint", {}, "Mark words in the text, and every field that can stand on them offers to take them."),
      ...Object.values(of.parts).map(({ node }) => node),
      h("label.field.why-field", {}, h("span", {}, "why (if it needs saying)"), this.why),
      this.wrong,
      h("div.form-buttons", {}, h("button.decide-button.decide-accept", { type: "submit" }, of.action, " ", h("kbd", { "aria-hidden": "true" }, "Ctrl Enter")), h("button.decide-button", { type: "button", click: () => of.cancel() }, of.whole ? "Leave it " : "Leave as it is ", h("kbd", { "aria-hidden": "true" }, "Esc"))),
    );
  }

  /** Whether the fact is a new one. */
  get adds(): boolean {
    return this.of.whole;
  }

  focus(): void {
    const fields: Control[] = Object.values(this.of.parts).map(({ first }) => first);
    (fields.find((field) => field instanceof HTMLSelectElement) ?? fields.find((field) => !(field as HTMLButtonElement).disabled))?.focus();
  }

  private async send(): Promise<void> {
    this.wrong.textContent = "";
    try {
      const found = Object.entries(this.of.parts).map(([field, part]) => ({ field, value: part.read(), was: part.was }));
      const kept = found.filter(({ value, was }) => this.of.whole || canonical(value) !== canonical(was));
      if (!kept.length) throw new Error("Nothing is changed: accept it, or leave it as it is.");
      await this.of.save(Object.fromEntries(kept.map(({ field, value }) => [field, value])), this.why.value.trim());
    } catch (error) {
      this.wrong.textContent = error instanceof Error ? error.message : String(error);
      this.wrong.scrollIntoView({ block: "nearest" });
    }
  }
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return JSON.stringify(value.map((one) => JSON.stringify(one)).sort());
  if (value && typeof value === "object") return JSON.stringify(Object.entries(value).sort());
  return JSON.stringify(value ?? null);
}
