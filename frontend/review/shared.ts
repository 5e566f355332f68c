// The filters that the pages share. They are kept in the page's address: a view can be sent on, and Back leads back.

import { bdi, h } from "../src/dom";
import { statusName, typeName } from "../src/words";

export const SHARED = ["q", "type", "status", "grade", "actor", "place", "since", "until"] as const;
export type SharedName = (typeof SHARED)[number];
export type Filters = Partial<Record<SharedName, string>>;
type Field = HTMLInputElement | HTMLSelectElement;

const DATE = /^\d{4}(-\d{2}(-\d{2})?)?$/;

/** A value as it is asked for; empty while it is being typed and would find nothing, or cannot be understood. */
function whole(name: SharedName, value: string): string {
  const plain = value.trim();
  if (name === "since" || name === "until") return DATE.test(plain) ? plain : "";
  return name === "q" || name === "actor" || name === "place" ? (/[\p{L}\p{N}]/u.test(plain) ? plain : "") : plain;
}

class Shared {
  private values: Filters = {};
  private readonly listeners: [owner: unknown, listener: () => void][] = [];

  constructor() {
    this.read();
    addEventListener("popstate", () => {
      const before = JSON.stringify(this.values);
      this.read();
      if (JSON.stringify(this.values) !== before) for (const [, listener] of this.listeners) listener();
    });
  }

  private read(): void {
    this.values = {};
    const given = new URLSearchParams(location.search);
    for (const name of SHARED) {
      const value = whole(name, given.get(name) ?? "");
      if (value) this.values[name] = value;
    }
  }

  /** Those that are set. */
  get all(): Filters {
    return { ...this.values };
  }

  get some(): boolean {
    return Object.keys(this.values).length > 0;
  }

  get(name: SharedName): string {
    return this.values[name] ?? "";
  }

  /** Set some of them; everybody but `owner` is told. */
  set(changes: Filters, owner: unknown = null): void {
    let changed = false;
    for (const [name, value] of Object.entries(changes) as [SharedName, string][]) {
      const now = whole(name, value);
      if (now === this.get(name)) continue;
      changed = true;
      if (now) this.values[name] = now;
      else delete this.values[name];
    }
    if (!changed) return;
    this.write();
    for (const [other, listener] of this.listeners) if (other === null || other !== owner) listener();
  }

  /** The view of the queue, which is no filter: only the queue heeds it. Empty where the address has none. */
  get view(): string {
    return new URLSearchParams(location.search).get("view") ?? "";
  }

  set view(view: string) {
    this.write(view);
  }

  private write(view = this.view): void {
    const given: Record<string, string> = { ...this.values, ...(view ? { view } : {}) };
    const words = new URLSearchParams(given).toString();
    history.replaceState(history.state, "", `${location.pathname}${words ? `?${words}` : ""}${location.hash}`);
  }

  clear(owner: unknown = null): void {
    this.set(Object.fromEntries(SHARED.map((name) => [name, ""])), owner);
  }

  on(owner: unknown, listener: () => void): void {
    this.listeners.push([owner, listener]);
  }
}

export const shared = new Shared();

/**
 * Let some fields show the shared filters, and what is set in them be shared. `changed` is called when another page has
 * set one of them. Returns what is to be called when the fields have changed here.
 */
export function follow(fields: Partial<Record<string, Field>>, changed: () => void): () => void {
  const own = SHARED.flatMap((name) => (fields[name] ? [[name, fields[name]] as const] : []));
  const values = (): string => JSON.stringify(own.map(([name]) => shared.get(name)));
  const fill = (): void => {
    for (const [name, field] of own) field.value = shared.get(name);
  };
  fill();
  let before = values();
  shared.on(own, () => {
    if (values() === before) return;
    before = values();
    fill();
    changed();
  });
  return () => {
    shared.set(Object.fromEntries(own.map(([name, field]) => [name, field.value])), own);
    before = values();
  };
}

/** What the page's address names of a kind (`#/incident/ID`); empty where it names nothing of it. */
export function addressed(kind: string): string {
  const [, name, path = ""] = /^#\/([a-z]+)\/(.+)$/.exec(location.hash) ?? [];
  try {
    return name === kind ? decodeURIComponent(path) : "";
  } catch {
    return "";
  }
}

const NAMES: Record<SharedName, string> = { q: "words", type: "type", status: "status", grade: "grade", actor: "actor", place: "place", since: "from", until: "to" };

/** The title of a saved picture: of what, of which casebook, by which filters. */
export function titled(what: string): string {
  const set = Object.entries(shared.all).map(([name, value]) => `${NAMES[name as SharedName]} ${name === "type" ? typeName(value) : name === "status" ? statusName(value) : value}`);
  return [`${what}, ${document.title.split(" – ")[0] ?? ""}`, ...set].join("; ");
}

/** Say in `node` which shared filters hold that have no field on this page, and let them be taken off. */
export function alsoFiltered(node: HTMLElement, shown: SharedName[], changed: () => void): void {
  const set = Object.entries(shared.all).filter(([name]) => !shown.includes(name as SharedName)) as [SharedName, string][];
  node.hidden = !set.length;
  node.replaceChildren(
    ...set.map(([name, value]) =>
      h("button.chip", { type: "button", "aria-label": `Take off the filter ${NAMES[name]} ${value}`, title: "Take this filter off", click: () => { shared.set({ [name]: "" }); changed(); } }, `${NAMES[name]} `, bdi(name === "type" ? typeName(value) : name === "status" ? statusName(value) : value), h("span", { "aria-hidden": "true" }, "×")),
    ),
  );
}
