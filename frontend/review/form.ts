// Correcting an event: every field at once; what is left as it is is not decided.

import { h } from "../src/dom";
import type { EventFact } from "../src/model";
import type { Toll } from "../src/raw";
import { CERTAINTIES, plain, STATUSES, TYPES } from "../src/words";
import { MODES } from "./modes";
import { FIELDS } from "./states";

export interface Correction { field: string; value: unknown }

type Control = HTMLInputElement | HTMLSelectElement;
interface Part { node: HTMLElement; first: Control; read(): unknown; was: unknown }

const option = (value: string, words: string): HTMLOptionElement => h<HTMLOptionElement>("option", { value }, words);

function choice(name: string, options: [string, string][], value: string): Part {
  const select = h<HTMLSelectElement>("select", { name }, ...options.map(([code, words]) => option(code, words)));
  select.value = value;
  return { node: h("label.field", {}, h("span", {}, FIELDS[name] ?? name), select), first: select, read: () => select.value || null, was: value || null };
}

/** Who: a tick for each actor of the report; those chosen come first. */
function people(name: string, fact: EventFact, chosen: string[], author: boolean): Part {
  const { report } = fact;
  const ids = [...new Set([...chosen, ...(author ? ["author"] : []), ...report.actors.keys()])];
  const boxes = ids.map((id) => h<HTMLInputElement>("input", { type: "checkbox", value: id, checked: chosen.includes(id) }));
  const more = h<HTMLInputElement>("input", { type: "text", placeholder: "another name, as the report has it", "aria-label": `${FIELDS[name]}: another name`, autocomplete: "off" });
  return {
    node: h(
      "fieldset.field.people",
      {},
      h("legend", {}, FIELDS[name] ?? name),
      h("div.people-list", {}, ...boxes.map((box) => h("label.tick", {}, box, " ", h("bdi", {}, box.value === "author" ? "the report itself" : report.name(box.value))))),
      more,
    ),
    first: boxes[0] ?? more,
    read: () => [...boxes.filter((box) => box.checked).map((box) => box.value), ...(more.value.trim() ? [more.value.trim()] : [])],
    was: chosen,
  };
}

function texts(name: string, legend: string, fields: [key: string, label: string, value: string, hint: string][], read: (values: Record<string, string>) => unknown, was: unknown): Part {
  const inputs = fields.map(([key, label, value, hint]) => [key, label, h<HTMLInputElement>("input", { type: "text", name: `${name}-${key}`, value, placeholder: hint, autocomplete: "off", spellcheck: "false" })] as const);
  const first = inputs[0] as (typeof inputs)[0];
  return {
    node: h("fieldset.field", {}, h("legend", {}, legend), h("div.pair", {}, ...inputs.map(([, label, input]) => h("label", {}, h("span", {}, label), input)))),
    first: first[2],
    read: () => read(Object.fromEntries(inputs.map(([key, , input]) => [key, input.value.trim()]))),
    was,
  };
}

const figure = (words: string, name: string): number | null => {
  if (!words) return null;
  if (!/^-?\d+(\.\d+)?$/.test(words)) throw new Error(`${name}: “${words}” is no number`);
  return Number(words);
};

function toll(name: string, was: Toll | null): Part {
  const shown = (value: number | null | undefined) => (value === null || value === undefined ? "" : String(value));
  return texts(
    name, FIELDS[name] as string,
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

export class EventForm {
  readonly node: HTMLFormElement;
  private readonly parts: Record<string, Part>;
  private readonly wrong = h("p.wrong", { role: "alert" });
  private readonly why = h<HTMLInputElement>("input", { type: "text", name: "why", autocomplete: "off" });

  constructor(fact: EventFact, save: (corrections: Correction[], why: string) => Promise<void>, cancel: () => void) {
    const { raw } = fact;
    const modes = (type: string): [string, string][] => [["", "none"], ...(MODES[type] ?? []).map((mode): [string, string] => [mode, plain(mode)])];
    this.parts = {
      type: choice("type", Object.entries(TYPES).map(([code, [name]]) => [code, name]), raw.type),
      mode: choice("mode", modes(raw.type), raw.mode ?? ""),
      status: choice("status", Object.entries(STATUSES).map(([code, [name]]) => [code, name]), raw.status),
      certainty: choice("certainty", Object.entries(CERTAINTIES).map(([code, [name]]) => [code, name]), raw.certainty),
      actors: people("actors", fact, raw.actors, false),
      recipients: people("recipients", fact, raw.recipients, false),
      according_to: people("according_to", fact, raw.according_to, true),
      time: texts("time", "when", [["start", "from", raw.time?.start ?? "", "2020-07-04"], ["end", "to", raw.time?.end ?? "", "the same day if empty"]], ({ start = "", end = "" }) => (start || end ? { span: raw.time?.span ?? null, start: start || null, end: end || start || null } : null), raw.time),
      place: texts("place", "where", [["name", "name", raw.place?.name ?? "", ""], ["latitude", "latitude", shownDegree(raw.place?.latitude), ""], ["longitude", "longitude", shownDegree(raw.place?.longitude), ""]], ({ name = "", latitude = "", longitude = "" }) => (name || latitude || longitude || raw.place?.span ? { span: raw.place?.span ?? null, name: name || null, latitude: figure(latitude, "latitude"), longitude: figure(longitude, "longitude") } : null), raw.place),
      killed: toll("killed", raw.killed),
      injured: toll("injured", raw.injured),
    };
    const type = this.parts.type?.first as HTMLSelectElement;
    const mode = this.parts.mode?.first as HTMLSelectElement;
    type.addEventListener("change", () => {
      const before = mode.value;
      mode.replaceChildren(...modes(type.value).map(([code, words]) => option(code, words)));
      mode.value = [...mode.options].some(({ value }) => value === before) ? before : "";
    });
    this.node = h<HTMLFormElement>(
      "form.correct",
      {
        "aria-label": "Correct the event",
        submit: (event: Event) => { event.preventDefault(); void this.send(save); },
        keydown: (event: KeyboardEvent) => {
          if (event.key === "Escape") { event.preventDefault(); event.stopPropagation(); cancel(); }
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); void this.send(save); }
        },
      },
      h("h3", {}, "Correct"),
      ...Object.values(this.parts).map(({ node }) => node),
      h("label.field.why-field", {}, h("span", {}, "why (if it needs saying)"), this.why),
      this.wrong,
      h("div.form-buttons", {}, h("button.decide-button.decide-accept", { type: "submit" }, "Save ", h("kbd", { "aria-hidden": "true" }, "Ctrl Enter")), h("button.decide-button", { type: "button", click: cancel }, "Leave as it is ", h("kbd", { "aria-hidden": "true" }, "Esc"))),
    );
  }

  focus(): void {
    this.parts.type?.first.focus();
  }

  private async send(save: (corrections: Correction[], why: string) => Promise<void>): Promise<void> {
    this.wrong.textContent = "";
    try {
      const changed = Object.entries(this.parts)
        .map(([field, part]) => ({ field, value: part.read(), was: part.was }))
        .filter(({ value, was }) => canonical(value) !== canonical(was))
        .map(({ field, value }) => ({ field, value }));
      if (!changed.length) throw new Error("Nothing is changed: accept it, or leave it as it is.");
      await save(changed, this.why.value.trim());
    } catch (error) {
      this.wrong.textContent = error instanceof Error ? error.message : String(error);
    }
  }
}

const shownDegree = (value: number | null | undefined): string => (value === null || value === undefined ? "" : String(value));

function canonical(value: unknown): string {
  if (Array.isArray(value)) return JSON.stringify([...value].sort());
  if (value && typeof value === "object") return JSON.stringify(Object.entries(value).sort());
  return JSON.stringify(value ?? null);
}
