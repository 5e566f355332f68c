// Two reports side by side in a dialog: paragraph beside paragraph, what differs marked.

import { sideBySide, type Beside, type Piece } from "./beside";
import { bdi, h } from "./dom";
import { kindWords, spunWords } from "./kinds";
import type { Report } from "./model";
import { dateWords } from "./time";
import { count, shortened } from "./words";

export class Compare {
  readonly node: HTMLDialogElement;
  private readonly pick: [HTMLSelectElement, HTMLSelectElement];
  private readonly said = h("p.note.beside-said", { role: "status" });
  private readonly body = h("div.beside-scroll", { tabindex: "0", role: "region", "aria-label": "Both texts" });
  private readonly where = h("span.count");
  private readonly legend = [["differs", "other words", "the other has it otherwise"], ["only", "only here", "not in the other"], ["moved", "moved", "elsewhere in the other"], ["same-quote", "“same”", "quotation the same word for word"]] as const;
  private differences: HTMLElement[] = [];
  private at = -1;

  constructor(private readonly reports: Report[]) {
    const picker = (words: string) =>
      h<HTMLSelectElement>("select", { "aria-label": words, change: () => this.draw() }, ...reports.map((report) => h("option", { value: report.index }, shortened(`${report.label}${report.source ? ` – ${report.source}` : ""}`, 80))));
    this.pick = [picker("Report on the left"), picker("Report on the right")];
    const [left, right] = this.pick;
    this.node = h<HTMLDialogElement>(
      "dialog.beside-dialog",
      { "aria-labelledby": "beside-title", keydown: (event: KeyboardEvent) => this.key(event), click: (event: MouseEvent) => { if (event.target === this.node) this.node.close(); } },
      h("header", {}, h("h2", { id: "beside-title" }, "Two reports side by side"), h("button.quiet", { type: "button", click: () => this.node.close() }, "Close")),
      h("div.beside-pick", {}, left, h("button.quiet", { type: "button", "aria-label": "Exchange left and right", click: () => this.exchange() }, "⇄"), right),
      this.said,
      h(
        "div.beside-tools",
        {},
        h("button.quiet", { type: "button", click: () => this.step(-1) }, "‹ Difference before"),
        h("button.quiet", { type: "button", click: () => this.step(1) }, "Next difference ›"),
        this.where,
        h("span.legend", {}, ...this.legend.map(([name, sample, meaning]) => h("span", { "data-for": name }, h(`span.${name}`, {}, sample), ` ${meaning}`))),
      ),
      this.body,
    );
  }

  open(left: Report, right: Report): void {
    this.pick[0].value = String(left.index);
    this.pick[1].value = String(right.index);
    this.node.showModal();
    this.draw();
    this.body.focus({ preventScroll: true });
  }

  /** Beside the report that it is made from, else beside its first copy. */
  openFor(report: Report | null): void {
    const [copy] = report?.kin?.copies ?? [];
    if (report?.kin?.of) this.open(report.kin.of, report);
    else if (report && copy) this.open(report, copy);
  }

  private chosen(side: 0 | 1): Report {
    return this.reports[Number(this.pick[side].value)] as Report;
  }

  private exchange(): void {
    const [left, right] = this.pick;
    [left.value, right.value] = [right.value, left.value];
    this.draw();
  }

  private draw(): void {
    const [left, right] = [this.chosen(0), this.chosen(1)];
    const found = sideBySide(left.raw.text, right.raw.text);
    this.said.replaceChildren(...told(left, right, found));
    const cell = (report: Report, pieces: Piece[]) =>
      h(`td${pieces.length ? "" : ".empty-cell"}`, { dir: "auto", lang: report.language, "data-of": shortened(report.source ?? report.label, 40) }, ...(pieces.length ? pieces.map(words) : ["not here"]));
    const head = (report: Report) => h("th", { scope: "col" }, bdi(report.label), h("span.mode", {}, ...[report.source, report.raw.published && dateWords(report.raw.published), spunWords(report)].filter(Boolean).map((part) => h("span.line", {}, bdi(part as string)))));
    this.body.replaceChildren(
      h(
        "table.beside",
        {},
        h("caption.visually-hidden", {}, "Paragraphs of both reports"),
        h("thead", {}, h("tr", {}, head(left), head(right))),
        h("tbody", {}, ...found.rows.map((row) => h("tr", {}, cell(left, row.left), cell(right, row.right)))),
      ),
    );
    this.body.scrollTop = 0;
    for (const item of this.node.querySelectorAll<HTMLElement>(".legend > span")) item.hidden = !this.body.querySelector(`.${item.dataset.for}`);
    // One step for each place: what stands side by side in a row is one difference.
    this.differences = [...this.body.querySelectorAll<HTMLElement>("tr")].flatMap((row) => {
      const side = (n: number) => [...(row.children[n]?.querySelectorAll<HTMLElement>(".differs, .only, .moved") ?? [])];
      const [ours, theirs] = [side(0), side(1)];
      return ours.length >= theirs.length ? ours : theirs;
    });
    this.at = -1;
    this.counted();
  }

  private counted(): void {
    const { length } = this.differences;
    this.where.textContent = !length ? "no difference" : this.at < 0 ? count(length, "difference") : `${this.at + 1} of ${count(length, "difference")}`;
  }

  private step(by: number): void {
    const { differences } = this;
    if (!differences.length) return;
    differences[this.at]?.classList.remove("at");
    this.at = this.at < 0 ? (by > 0 ? 0 : differences.length - 1) : (this.at + by + differences.length) % differences.length;
    const node = differences[this.at] as HTMLElement;
    node.classList.add("at");
    node.scrollIntoView({ block: "center" });
    this.counted();
  }

  private key(event: KeyboardEvent): void {
    event.stopPropagation();
    if (event.ctrlKey || event.metaKey || event.altKey || (event.target as HTMLElement).matches("select")) return;
    if (event.key === "n") this.step(1);
    else if (event.key === "p") this.step(-1);
    else return;
    event.preventDefault();
  }
}

/** One piece of a text; marks differ by line and shape, not by colour alone, and are said to who cannot see them. */
function words(piece: Piece): Node {
  const { how, quote, ends } = piece;
  if (how === "same" && !quote) return document.createTextNode(piece.words);
  const marked = how === "differs" ? "mark.differs" : how === "only" ? "mark.only" : how === "moved" ? "mark.moved" : "span";
  const blank = /\s*$/.exec(piece.words)?.[0] ?? "";
  const node = h(`${marked}${quote ? ".same-quote" : ""}${quote && ends ? ".quote-ends" : ""}`, { title: TOLD[how] ?? null }, piece.words.slice(0, piece.words.length - blank.length));
  const group = document.createDocumentFragment();
  group.append(node, blank);
  return group;
}

const TOLD: Partial<Record<Piece["how"], string>> = { differs: "other words in the other report", only: "not in the other report", moved: "elsewhere in the other report" };

function told(left: Report, right: Report, found: Beside): (Node | string)[] {
  const parts: (Node | string)[] = [];
  for (const [one, other] of [[right, left], [left, right]] as const) {
    const { kin } = one;
    if (kin?.of === other) parts.push(bdi(one.source ?? one.label), `: ${kindWords(kin.kind).of.toLowerCase()} `, bdi(other.source ?? other.label), ". ");
  }
  for (const [one, other] of [[right, left], [left, right]] as const) {
    const shared = one.kin?.also.find(({ report, derived }) => derived && report === other);
    if (shared) parts.push(`${Math.round(100 * shared.share)} % of the words of `, bdi(one.source ?? one.label), " are from ", bdi(other.source ?? other.label), ". ");
  }
  if (!parts.length && left.kin && right.kin && left !== right) parts.push(left.kin.origin === right.kin.origin ? "Both go back to one origin. " : "Two origins: neither is made from the other. ");
  const share = found.words ? Math.round((100 * found.same) / found.words) : 0;
  parts.push(`${share} % of the words on the left stand on the right too.`);
  if (found.ofQuotes) parts.push(` ${found.quotes} of ${count(found.ofQuotes, "quotation")} ${found.quotes === 1 ? "is" : "are"} the same word for word.`);
  return parts;
}
