// Adding reports: files dropped or chosen, or text pasted; coded in the background, with progress.

import { bdi, h } from "../src/dom";
import { count, shortened } from "../src/words";
import * as api from "./api";
import type { AddingTold } from "./api";
import { put } from "./put";

const EVERY = 700;
const MOST = 64 * 1024 * 1024;

export interface AddingHost {
  openReport(id: string): void;
  failed(error: unknown): void;
  tell(words: string): void;
  /** Reports have come in. */
  added(): void;
}

export class AddingPage {
  readonly node = h("main.adding-page", { "aria-labelledby": "adding-title", tabindex: "-1" });
  /** Says on every page how far it is; hidden while nothing goes on. */
  readonly badge = h("button.quiet.adding-badge", { type: "button", hidden: true });
  private readonly picker = h<HTMLInputElement>("input.visually-hidden", { type: "file", multiple: true, id: "adding-files", change: () => { this.choose([...(this.picker.files ?? [])]); this.picker.value = ""; } });
  private readonly chosen = h("ul.adding-files");
  private readonly told = h("div.adding-told", { "aria-live": "polite" });
  private readonly source = this.input("Source", "Ark Post");
  private readonly published = this.input("Date of publication", "2020-07-04");
  private readonly text = h<HTMLTextAreaElement>("textarea", { rows: 6, id: "adding-text", input: () => this.draw() });
  private readonly title = this.input("Title", "");
  private readonly url = this.input("Address (URL)", "https://");
  private readonly begin = h<HTMLButtonElement>("button.decide-button.decide-accept", { type: "submit" }, "Add");
  private files: File[] = [];
  private sending = false;
  private latest: AddingTold | null = null;
  private timer = 0;

  constructor(private readonly host: AddingHost) {
    const drop = h(
      "div.drop",
      {
        dragover: (event: DragEvent) => { event.preventDefault(); drop.classList.add("over"); },
        dragleave: () => drop.classList.remove("over"),
        drop: (event: DragEvent) => {
          event.preventDefault();
          drop.classList.remove("over");
          void dropped(event).then((files) => this.choose(files), (error) => this.host.failed(error));
        },
      },
      this.picker,
      h("p", {}, h("label.decide-button", { for: "adding-files" }, "Choose files"), " or drop files and folders here"),
      h("p.note", {}, "Text, HTML, PDF, Word, mail, JSON and JSON lines, also gzipped; 64 MiB each at most."),
      this.chosen,
    );
    const field = ({ label, node }: { label: string; node: HTMLElement }) => h("label.field", {}, h("span", {}, label), node);
    this.node.append(
      h("h2", { id: "adding-title", tabindex: "-1" }, "Add reports"),
      h("p.note", {}, "They are coded on this computer, in the background: go on reviewing meanwhile. A report that is here already stays as it is. What cannot be read is listed, and stops nothing else."),
      h(
        "form.adding-form",
        { submit: (event: Event) => { event.preventDefault(); void this.add(); } },
        drop,
        h("details.paste", {}, h("summary", {}, "Or paste the text of a report"), h("div.paste-fields", {}, h("label.field.wide", { for: "adding-text" }, h("span", {}, "Text"), this.text), field(this.title), field(this.url))),
        h("div.paste-fields", {}, field(this.source), field(this.published)),
        h("p.note", {}, "The source is for reports that do not name one themselves; the date, where it is given, is for all of them."),
        h("div.form-buttons", {}, this.begin),
      ),
      this.told,
    );
    this.draw();
  }

  private input(label: string, placeholder: string): { label: string; node: HTMLInputElement } {
    return { label, node: h<HTMLInputElement>("input", { type: "text", placeholder, autocomplete: "off", spellcheck: "false" }) };
  }

  /** Look how far it is; called when the page is opened, and while something goes on. */
  async look(): Promise<void> {
    clearTimeout(this.timer);
    const before = this.latest;
    try {
      this.latest = await api.adding();
    } catch (error) {
      // The server is away for a moment or for good: the page's own questions say so.
      if (!before || before.state === "idle") return;
      this.timer = window.setTimeout(() => void this.look(), 5 * EVERY);
      return;
    }
    const going = this.going;
    if (before && !going && (before.state === "adding" || before.state === "stopping")) {
      this.host.tell(summary(this.latest));
      this.host.added();
    }
    this.draw();
    if (going) this.timer = window.setTimeout(() => void this.look(), EVERY);
  }

  private get going(): boolean {
    return this.latest?.state === "adding" || this.latest?.state === "stopping";
  }

  private choose(files: File[]): void {
    const large = files.filter(({ size }) => size > MOST);
    if (large.length) this.host.failed(new Error(`${large.map(({ name }) => name).join(", ")}: larger than 64 MiB`));
    this.files.push(...files.filter(({ size }) => size <= MOST));
    this.draw();
  }

  private async add(): Promise<void> {
    if (this.sending || this.going) return;
    this.sending = true;
    this.draw();
    try {
      const keys: string[] = [];
      const pasted = this.text.value.trim() ? [this.pasted()] : [];
      for (const file of [...this.files, ...pasted]) {
        put(this.told, h("p", { role: "status" }, `Sending ${keys.length + 1} of ${this.files.length + pasted.length}: `, bdi(file.name)));
        keys.push((await api.send(file)).file);
      }
      this.latest = await api.add(keys, this.source.node.value.trim(), this.published.node.value.trim());
      this.files = [];
      this.text.value = this.title.node.value = this.url.node.value = "";
    } catch (error) {
      put(this.told);
      this.host.failed(error);
    } finally {
      this.sending = false;
      this.draw();
    }
    if (this.going) void this.look();
  }

  private pasted(): File {
    const fields = { text: this.text.value, title: this.title.node.value.trim() || undefined, url: this.url.node.value.trim() || undefined };
    const stamp = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
    return new File([JSON.stringify(fields)], `pasted-${stamp}.json`);
  }

  private async stop(): Promise<void> {
    try {
      this.latest = await api.stopAdding();
      this.draw();
    } catch (error) {
      this.host.failed(error);
    }
  }

  private draw(): void {
    const { latest } = this;
    put(this.chosen, ...this.files.slice(0, 200).map((file, at) => h("li", {}, bdi(file.name), h("span.mode", {}, ` ${size(file.size)}`), h("button.quiet.drop-file", { type: "button", "aria-label": `Leave out ${file.name}`, click: () => { this.files.splice(at, 1); this.draw(); } }, "×"))), this.files.length > 200 && h("li", {}, `and ${this.files.length - 200} more`));
    const what = this.files.length + (this.text.value.trim() ? 1 : 0);
    this.begin.disabled = !what || this.sending || this.going;
    this.begin.textContent = this.going ? "Adding …" : what ? `Add ${count(what, "file").replace(/files?$/, what === 1 ? "report or file" : "reports and files")}` : "Add";
    this.badge.hidden = !this.going;
    if (latest && this.going) this.badge.textContent = `Adding ${latest.done} of ${latest.files} …`;
    if (this.sending || !latest || latest.state === "idle") return;
    const { counts, problems, reports } = latest;
    const added = Object.values({ ...counts, partial: 0 }).reduce((sum, one) => sum + one, 0);
    put(
      this.told,
      h("h3", {}, this.going ? (latest.state === "stopping" ? "Stopping …" : "Adding") : summary(latest)),
      this.going && h("p", {}, h("progress", { max: Math.max(1, latest.files), value: latest.done, "aria-label": "Files dealt with" }), ` ${latest.done} of ${count(latest.files, "file")}`, latest.current ? ", now " : ", origins and copies", latest.current && bdi(latest.current)),
      h("p.note", {}, `${count(added, "report")} in ${Math.round(latest.seconds)} s: ${counts.new} new, ${counts.recoded} coded anew, ${counts.unchanged} here already, ${counts.failed} failed${counts.partial ? `, ${counts.partial} read in part` : ""}.`),
      latest.state === "adding" && h("button.decide-button.decide-reject", { type: "button", click: () => void this.stop() }, "Stop"),
      latest.wrong !== null && h("p.wrong", {}, bdi(latest.wrong)),
      problems.length > 0 && h("section", {}, h("h4", {}, `Not as they should be (${counts.failed + counts.partial})`), h("ul.adding-problems", {}, ...problems.map((one) => h("li", {}, h("span.flag", {}, one.outcome === "failed" ? "not added" : "in part"), " ", bdi(one.name), ": ", bdi(one.reason))))),
      reports.length > 0 && h("section", {}, h("h4", {}, "Reports"), h("ul.adding-reports", {}, ...reports.slice(-100).reverse().map((one) => h("li", {}, h("button.link", { type: "button", click: () => this.host.openReport(one.report) }, bdi(shortened(one.report, 60))), h("span.mode", {}, ` ${CHANGES[one.change]}`))))),
    );
  }
}

const CHANGES: Record<string, string> = { new: "new", recoded: "coded anew", unchanged: "here already" };

function summary({ state, counts, wrong }: AddingTold): string {
  if (wrong !== null) return "Adding ended early";
  return `${state === "stopped" ? "Stopped" : "Added"}: ${count(counts.new, "new report")}${counts.failed ? `, ${counts.failed} failed` : ""}`;
}

const size = (bytes: number): string => (bytes < 1024 ? `${bytes} B` : bytes < 1024 * 1024 ? `${Math.round(bytes / 1024)} KiB` : `${(bytes / 1024 / 1024).toFixed(1)} MiB`);

/** The files that were dropped, those in folders too; names that begin with a dot are left out in folders. */
async function dropped(event: DragEvent): Promise<File[]> {
  const entries = [...(event.dataTransfer?.items ?? [])].map((item) => item.webkitGetAsEntry()).filter((entry): entry is FileSystemEntry => entry !== null);
  if (!entries.length) return [...(event.dataTransfer?.files ?? [])];
  const found: File[] = [];
  const pending = entries;
  while (pending.length) {
    const entry = pending.shift() as FileSystemEntry;
    if (entry.isFile) found.push(await new Promise<File>((done, failed) => (entry as FileSystemFileEntry).file(done, failed)));
    else {
      const reader = (entry as FileSystemDirectoryEntry).createReader();
      for (;;) {
        // A reader gives a hundred at a time.
        const some = await new Promise<FileSystemEntry[]>((done, failed) => reader.readEntries(done, failed));
        if (!some.length) break;
        pending.push(...some.filter(({ name }) => !name.startsWith(".")));
      }
    }
  }
  return found;
}
