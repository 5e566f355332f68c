// The controls of a form: each shows one field of a fact and reads what the person made of it.

import { bdi, h } from "../src/dom";
import type { Report } from "../src/model";
import type { Span, Toll } from "../src/raw";
import { plain, shortened } from "../src/words";
import { FIELDS } from "./states";

export type Control = HTMLInputElement | HTMLSelectElement | HTMLButtonElement;
/** One field. `read` gives its value and throws an Error in words where there is none; `was` is what it was. */
export interface Part { node: HTMLElement; first: Control; read(): unknown; was: unknown }

/** The words that are marked in the text. */
export interface Marks { readonly span: Span | null; listen(changed: () => void): void }

const option = (value: string, words: string): HTMLOptionElement => h<HTMLOptionElement>("option", { value }, words);
const label = (name: string): string => FIELDS[name] ?? plain(name);

export function choice(name: string, options: [string, string][], value: string | null): Part {
  const select = h<HTMLSelectElement>("select", { name }, ...(value === null ? [option("", "choose …")] : []), ...options.map(([code, words]) => option(code, words)));
  select.value = value ?? "";
  return {
    node: h("label.field", {}, h("span", {}, label(name)), select),
    first: select,
    read: () => {
      if (value === null && !select.value) throw new Error(`Choose: ${label(name)}.`);
      return select.value || null;
    },
    was: value || null,
  };
}

export function tick(name: string, words: string, on: boolean): Part {
  const box = h<HTMLInputElement>("input", { type: "checkbox", name, checked: on });
  return { node: h("label.tick.field", {}, box, " ", words), first: box, read: () => box.checked, was: on };
}

export function line(name: string, value: string, needed = false): Part {
  const input = h<HTMLInputElement>("input", { type: "text", name, value, autocomplete: "off" });
  return {
    node: h("label.field", {}, h("span", {}, label(name)), input),
    first: input,
    read: () => {
      if (needed && !input.value.trim()) throw new Error(`Say the ${label(name)}.`);
      return input.value.trim() || null;
    },
    was: value || null,
  };
}

/** A name typed, or the marked words with where they stand. */
class Named {
  readonly input = h<HTMLInputElement>("input", { type: "text", autocomplete: "off", input: () => { this.span = null; } });
  readonly take: HTMLButtonElement;
  private span: Span | null = null;

  constructor(report: Report, marks: Marks, hint: string, name: string) {
    this.input.placeholder = hint;
    this.input.setAttribute("aria-label", name);
    this.take = takeButton(report, marks, (span) => { this.span = span; this.input.value = report.words(span).replace(/\s+/g, " "); });
  }

  get value(): unknown {
    const name = this.input.value.trim();
    if (!name) return null;
    return this.span ? { name, mentions: [this.span] } : name;
  }
}

function takeButton(report: Report, marks: Marks, take: (span: Span) => void): HTMLButtonElement {
  const button = h<HTMLButtonElement>("button.take", { type: "button", click: () => { if (marks.span) take(marks.span); } });
  const draw = () => {
    button.hidden = !marks.span;
    if (marks.span) button.replaceChildren("take ", h("q", {}, bdi(shortened(report.words(marks.span), 24))));
  };
  marks.listen(draw);
  draw();
  return button;
}

/** Who: a tick for each actor of the report, those chosen first; and another one by name or by marked words. */
export function people(name: string, report: Report, chosen: string[], author: boolean, marks: Marks, gone: ReadonlySet<string>): Part {
  const ids = [...new Set([...chosen, ...(author ? ["author"] : []), ...report.actors.keys()])].filter((id) => chosen.includes(id) || !gone.has(id));
  const boxes = ids.map((id) => h<HTMLInputElement>("input", { type: "checkbox", value: id, checked: chosen.includes(id) }));
  const more = new Named(report, marks, "another name, as the report has it", `${label(name)}: another name`);
  return {
    node: h(
      "fieldset.field.people",
      {},
      h("legend", {}, label(name)),
      h("div.people-list", {}, ...boxes.map((box) => h("label.tick", {}, box, " ", h("bdi", {}, box.value === "author" ? "the report itself" : report.name(box.value))))),
      h("div.named", {}, more.input, more.take),
    ),
    first: boxes[0] ?? more.input,
    read: () => [...boxes.filter((box) => box.checked).map((box) => box.value), ...(more.value ? [more.value] : [])],
    was: chosen,
  };
}

/** One actor, or nobody; or another one by name or by marked words. */
export function person(name: string, report: Report, chosen: string | null, nobody: string | null, marks: Marks, gone: ReadonlySet<string>): Part {
  const ids = [...report.actors.keys()].filter((id) => id === chosen || !gone.has(id));
  const select = h<HTMLSelectElement>("select", { name }, option("", nobody ?? "choose …"), ...ids.map((id) => option(id, shortened(report.name(id), 60))));
  select.value = chosen ?? "";
  const more = new Named(report, marks, "or another name", `${label(name)}: another name`);
  return {
    node: h("fieldset.field", {}, h("legend", {}, label(name)), h("div.named", {}, h("label.grow", {}, h("span.visually-hidden", {}, label(name)), select), more.input, more.take)),
    first: select,
    read: () => {
      const value = more.value ?? (select.value || null);
      if (value === null && nobody === null) throw new Error(`Say the ${label(name)}.`);
      return value;
    },
    was: chosen,
  };
}

/** Passages: the words that a field stands on. One at most, unless `several`; none only where `empty` says so. */
export function passages(name: string, report: Report, spans: Span[], marks: Marks, { several = false, empty = true } = {}): Part & { spans: Span[] } {
  const kept = [...spans];
  const list = h("span.passage-list");
  const draw = () => list.replaceChildren(
    ...(kept.length
      ? kept.flatMap((span, at) => [
        h("q.trigger-words", {}, bdi(shortened(report.words(span), 60))),
        (empty || kept.length > 1) ? h("button.quiet.drop", { type: "button", "aria-label": `Leave out “${shortened(report.words(span), 40)}”`, click: () => { kept.splice(at, 1); draw(); } }, "×") : "",
      ])
      : [h("span.nobody", {}, "no words")]),
  );
  const button = takeButton(report, marks, (span) => {
    if (several) {
      if (!kept.some(([from, to]) => from === span[0] && to === span[1])) kept.push(span);
      kept.sort((a, b) => a[0] - b[0]);
    } else kept.splice(0, kept.length, span);
    draw();
  });
  draw();
  return {
    node: h("fieldset.field.passages", {}, h("legend", {}, label(name)), list, " ", button),
    first: button,
    read: () => {
      if (!empty && !kept.length) throw new Error(`Mark the words in the text: ${label(name)}.`);
      return several ? [...kept] : kept[0] ?? null;
    },
    was: several ? spans : spans[0] ?? null,
    spans: kept,
  };
}

export function texts(name: string, fields: [key: string, label: string, value: string, hint: string][], read: (values: Record<string, string>) => unknown, was: unknown, ...more: HTMLElement[]): Part {
  const inputs = fields.map(([key, words, value, hint]) => [key, words, h<HTMLInputElement>("input", { type: "text", name: `${name}-${key}`, value, placeholder: hint, autocomplete: "off", spellcheck: "false" })] as const);
  const first = inputs[0] as (typeof inputs)[0];
  return {
    node: h("fieldset.field", {}, h("legend", {}, label(name)), h("div.pair", {}, ...inputs.map(([, words, input]) => h("label", {}, h("span", {}, words), input))), ...more),
    first: first[2],
    read: () => read(Object.fromEntries(inputs.map(([key, , input]) => [key, input.value.trim()]))),
    was,
  };
}

export function figure(words: string, name: string): number | null {
  if (!words) return null;
  if (!/^-?\d+(\.\d+)?$/.test(words)) throw new Error(`${name}: “${words}” is no number`);
  return Number(words);
}

export function toll(name: string, was: Toll | null): Part {
  const shown = (value: number | null | undefined) => (value === null || value === undefined ? "" : String(value));
  return texts(
    name,
    [["best", "best figure", shown(was?.best), ""], ["low", "at least", shown(was?.low), ""], ["high", "at most", shown(was?.high), ""]],
    ({ best = "", low = "", high = "" }) => {
      const found = { low: figure(low, name), best: figure(best, name), high: figure(high, name) };
      // A plain figure is an exact one.
      if (found.best !== null && found.low === null && found.high === null && was?.best !== found.best) found.low = found.high = found.best;
      return found.low === null && found.best === null && found.high === null ? null : found;
    },
    was,
  );
}
