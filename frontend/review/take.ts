// Take away: tables, passages and dossiers as files, with the filters that are set.

import { bdi, h } from "../src/dom";
import { shared, type SharedName } from "./shared";

type Form = "csv" | "xlsx" | "jsonl" | "parquet" | "jsonld";

const FORMS: Record<Form, [name: string, meaning: string]> = {
  csv: ["CSV", "for spreadsheets and scripts; no cell acts as a formula"],
  xlsx: ["Excel", "a workbook that says what each column means"],
  jsonl: ["JSON lines", "an object a line"],
  parquet: ["Parquet", "for DuckDB, pandas, R"],
  jsonld: ["JSON-LD", "a W3C Web Annotation collection"],
};
const TABLE: Form[] = ["csv", "xlsx", "jsonl", "parquet"];
const DATES: SharedName[] = ["since", "until"];
const NAMES: Record<SharedName, string> = { q: "search words", type: "type", status: "status", grade: "grade", actor: "actor", place: "place", since: "from", until: "to" };
const OF_INCIDENTS: SharedName[] = ["type", "status", "grade", "actor", "place", ...DATES];

interface What { name: string; words: string; meaning: string; forms: Form[]; filters: SharedName[]; coded: boolean }
const WHATS: What[] = [
  { name: "incidents", words: "Incidents", meaning: "one row each: fields by their rules, how they move, grade and reason", forms: TABLE, filters: OF_INCIDENTS, coded: true },
  { name: "claims", words: "Claims of incidents", meaning: "which report says what of which incident, and why it was put there", forms: TABLE, filters: OF_INCIDENTS, coded: true },
  { name: "events", words: "Events", meaning: "one row for each report's account of an event, with its passage", forms: TABLE, filters: ["type", "status", "actor", "place", ...DATES], coded: true },
  { name: "statements", words: "Statements", meaning: "who said what, by which report", forms: TABLE, filters: ["actor", ...DATES], coded: true },
  { name: "actors", words: "Actors", meaning: "one row for each actor of each report", forms: TABLE, filters: ["actor", ...DATES], coded: true },
  { name: "relations", words: "Ties", meaning: "who belongs to whom, backs or fights whom", forms: TABLE, filters: ["actor", ...DATES], coded: true },
  { name: "reports", words: "Reports", meaning: "the list of reports, with their origins", forms: TABLE, filters: DATES, coded: true },
  { name: "decisions", words: "Decisions", meaning: "those in force: who decided what, when and why", forms: TABLE, filters: [], coded: false },
  { name: "audit", words: "Audit trail", meaning: "every entry, undone ones too, with the chain of hashes", forms: TABLE, filters: [], coded: false },
  { name: "annotations", words: "Passages", meaning: "each passage with what it says and who says so, as W3C Web Annotations", forms: ["jsonld", "jsonl"], filters: DATES, coded: true },
  { name: "records", words: "Records", meaning: "marsad-record/1, with the reports' texts", forms: ["jsonl"], filters: DATES, coded: true },
];

/** The address of an incident's dossier. */
const dossier = (incident: string): string => `/api/incidents/${encodeURIComponent(incident)}/dossier`;

/** Have the browser download a file; what is wrong is said instead of downloaded. */
async function download(address: string): Promise<void> {
  let answer: Response;
  try {
    answer = await fetch(address, { method: "HEAD", credentials: "same-origin" });
    // A HEAD has no words; what went wrong at it goes wrong at a GET too.
    if (!answer.ok) answer = await fetch(address, { credentials: "same-origin" });
  } catch {
    throw new Error("The server does not answer: is “marsad serve” still running?");
  }
  if (!answer.ok) {
    const said = (await answer.json().catch(() => null)) as { error?: string } | null;
    throw new Error(said?.error ?? `The server answered ${answer.status}`);
  }
  const link = h<HTMLAnchorElement>("a", { href: address, download: "" });
  document.body.append(link);
  link.click();
  link.remove();
}

/** A button that gives an incident's dossier: one page to read, print and keep. */
export function dossierButton(incident: string, failed: (error: unknown) => void): HTMLElement {
  const button = h<HTMLButtonElement>(
    "button.decide-button",
    { type: "button", title: "All that is known of it, as one page to read, print and keep", click: () => {
      button.disabled = true;
      void download(dossier(incident)).catch(failed).finally(() => { button.disabled = false; });
    } },
    "Dossier",
  );
  return button;
}

/** The button in the page's head, and its dialog. */
export function takeButton(say: (words: string) => void): HTMLElement {
  const take = new Take(say);
  return h("button.reviewer", { type: "button", title: "Take tables and passages away as files", "aria-haspopup": "dialog", click: () => take.show() }, "Take away");
}

class Take {
  private readonly what = h<HTMLSelectElement>("select", { id: "take-what", change: () => this.draw() }, ...WHATS.map(({ name, words }) => h("option", { value: name }, words)));
  private readonly meaning = h("p.taking-meaning", { id: "take-meaning" });
  private readonly forms = h("div.taking-forms");
  private readonly filtered = h<HTMLInputElement>("input", { type: "checkbox", checked: true });
  private readonly filters = h("span");
  private readonly filterLine = h("label.tick", {}, this.filtered, " ", this.filters);
  private readonly coded = h<HTMLInputElement>("input", { type: "checkbox" });
  private readonly codedLine = h("label.tick", {}, this.coded, " As the coder has it, without what reviewers decided");
  private readonly wrong = h("p.wrong", { role: "alert" });
  private readonly go = h<HTMLButtonElement>("button.decide-button.decide-accept", { type: "submit" }, "Download");
  private readonly dialog: HTMLDialogElement;
  private form: Form = "csv";

  constructor(private readonly say: (words: string) => void) {
    this.dialog = h<HTMLDialogElement>(
      "dialog.help.small-dialog.taking",
      { "aria-labelledby": "take-title", click: (event: MouseEvent) => { if (event.target === this.dialog) this.dialog.close(); } },
      h(
        "form",
        { submit: (event: Event) => { event.preventDefault(); void this.take(); } },
        h("header", {}, h("h2", { id: "take-title" }, "Take away"), h("button.quiet", { type: "button", click: () => this.dialog.close() }, "Close")),
        h("label.field", { for: "take-what" }, h("span", {}, "What")),
        this.what,
        this.meaning,
        h("fieldset.field", {}, h("legend", {}, "Format"), this.forms),
        this.filterLine,
        this.codedLine,
        this.wrong,
        h("div.form-buttons", {}, this.go),
      ),
    );
  }

  show(): void {
    if (!this.dialog.isConnected) document.body.append(this.dialog);
    this.draw();
    this.dialog.showModal();
    this.what.focus();
  }

  private get chosen(): What {
    return WHATS.find(({ name }) => name === this.what.value) ?? (WHATS[0] as What);
  }

  private draw(): void {
    const { meaning, forms, filters, coded } = this.chosen;
    this.meaning.textContent = meaning;
    this.wrong.textContent = "";
    if (!forms.includes(this.form)) this.form = forms[0] as Form;
    this.forms.replaceChildren(
      ...forms.map((form) =>
        h("label.taking-form", { title: FORMS[form][1] }, h<HTMLInputElement>("input", { type: "radio", name: "take-form", value: form, checked: form === this.form, change: () => { this.form = form; } }), h("span", {}, h("strong", {}, FORMS[form][0]), h("small", {}, FORMS[form][1]))),
      ),
    );
    this.codedLine.hidden = !coded;
    const set = Object.entries(shared.all).filter(([, value]) => value) as [SharedName, string][];
    const fitting = set.filter(([name]) => filters.includes(name));
    const left = set.filter(([name]) => !filters.includes(name)).map(([name]) => NAMES[name]);
    this.filterLine.hidden = !set.length;
    this.filtered.disabled = !fitting.length;
    this.filters.replaceChildren(
      ...(fitting.length ? ["Only what the filters let through: ", ...fitting.flatMap(([name, value], at) => [at ? ", " : "", `${NAMES[name]} `, bdi(value)])] : ["The filters that are set"]),
      ...(left.length ? [fitting.length ? ` (not ${left.join(", ")})` : ` (${left.join(", ")}) mean nothing here`] : []),
    );
  }

  private async take(): Promise<void> {
    const { name, filters, coded } = this.chosen;
    const asked = new URLSearchParams();
    if (this.filtered.checked) for (const filter of filters) if (shared.get(filter)) asked.set(filter, shared.get(filter));
    if (coded && this.coded.checked) asked.set("as_coded", "true");
    this.go.disabled = true;
    this.wrong.textContent = "";
    try {
      await download(`/api/export/${name}.${this.form}${asked.size ? `?${asked}` : ""}`);
      this.dialog.close();
      this.say(`${this.chosen.words}: the download has begun`);
    } catch (error) {
      this.wrong.textContent = error instanceof Error ? error.message : String(error);
    } finally {
      this.go.disabled = false;
    }
  }
}
