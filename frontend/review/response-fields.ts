// Fields of the questions: labelled, chosen from a list, typed, or gathered one by one.

import { bdi, h } from "../src/dom";
import { put } from "./put";

type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;
export const labelled = (words: string, field: Field): HTMLElement => h("label.field", {}, h("span", {}, words), field);

export function select(options: [string, string][], changed?: () => void): HTMLSelectElement {
  return h<HTMLSelectElement>("select", changed ? { change: changed } : {}, ...options.map(([value, words]) => h("option", { value }, words)));
}

export function text(list = "", more: Record<string, string> = {}): HTMLInputElement {
  return h<HTMLInputElement>("input", { type: "text", autocomplete: "off", spellcheck: "false", maxlength: 200, ...(list ? { list } : {}), ...more });
}

export function number(low: number, high: number, value = ""): HTMLInputElement {
  return h<HTMLInputElement>("input", { type: "number", min: low, max: high, value });
}

/** Words that were gathered one by one, each with a way to let it go. */
export class Chips {
  readonly node: HTMLElement;
  readonly input: HTMLInputElement;
  private readonly list = h("span.chips-held");
  values: string[] = [];

  constructor(words: string, input: HTMLInputElement, adding: string, private readonly fits: (value: string) => string | null, private readonly shown: (value: string) => string, private readonly changed: () => void) {
    this.input = input;
    input.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !input.value.trim()) return;
      event.preventDefault();
      this.take();
    });
    this.node = h("div.field.chips-field", {}, labelled(words, input), h("button.quiet", { type: "button", click: () => this.take() }, adding), this.list);
  }

  /** Take what is typed, where it is something; what is wrong with it is said by the browser. */
  take(): boolean {
    const value = this.input.value.trim();
    const wrong = value ? this.fits(value) : null;
    this.input.setCustomValidity(wrong ?? "");
    if (wrong) {
      this.input.reportValidity();
      return false;
    }
    if (value) {
      this.input.value = "";
      this.toggle(value, true);
    }
    return true;
  }

  toggle(value: string, keep = false): void {
    if (!this.values.includes(value)) this.values = [...this.values, value].sort();
    else if (!keep) this.values = this.values.filter((one) => one !== value);
    this.draw();
    this.changed();
  }

  set(values: string[]): void {
    this.values = [...new Set(values)].sort();
    this.draw();
  }

  private draw(): void {
    put(this.list, ...this.values.map((value) => h("button.chip", { type: "button", "aria-label": `Take off ${this.shown(value)}`, title: "Take it off", click: () => { this.toggle(value); this.input.focus(); } }, bdi(this.shown(value)), h("span", { "aria-hidden": "true" }, "×"))));
  }
}
