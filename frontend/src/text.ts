// The report's text with its passages: lit for the chosen fact, and open to choosing.

import { bdi, h } from "./dom";
import { about, factLabel } from "./label";
import { lit, standing, type Fact, type Kind, type Lit, type Report } from "./model";
import { dateWords } from "./time";
import { count, ROLES, type Role } from "./words";

interface Piece { from: number; to: number; node: HTMLElement; facts: Fact[] }

const WEIGHT: Record<Kind, number> = { event: 0, statement: 1, relation: 2, actor: 3, place: 4, time: 5, skipped: 6 };

/** One report's text, cut at every passage end; facts of each piece known. */
export class TextBody {
  readonly node: HTMLElement;
  readonly pieces: Piece[] = [];

  constructor(readonly report: Report) {
    const { text } = report.raw;
    const stands: [from: number, to: number, fact: Fact][] = [];
    const cuts = new Set([0, text.length]);
    for (const fact of report.facts()) {
      for (const { span } of new Set([...standing(fact), ...lit(fact)])) {
        cuts.add(report.offsets.at(span[0])).add(report.offsets.at(span[1]));
      }
      for (const { span } of standing(fact)) stands.push([report.offsets.at(span[0]), report.offsets.at(span[1]), fact]);
    }
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) cuts.add(at + 1);
    const ends = [...cuts].sort((a, b) => a - b);
    stands.sort((a, b) => a[0] - b[0]);
    this.node = h("div.text-body");
    const matter = /^---\r?\n[^]*?\n---\r?(\n|$)/.exec(text)?.[0].length ?? 0;
    let paragraph: HTMLElement | null = null;
    let open: typeof stands = [];
    let next = 0;
    for (let at = 0; at + 1 < ends.length; at++) {
      const from = ends[at] as number;
      const to = ends[at + 1] as number;
      while (next < stands.length && (stands[next] as (typeof stands)[0])[0] <= from) open.push(stands[next++] as (typeof stands)[0]);
      open = open.filter(([, end]) => end > from);
      const words = text.slice(from, to);
      paragraph ??= h(from < matter ? "p.front-matter" : "p", { dir: "auto" });
      const facts = [...new Set(open.map(([, , fact]) => fact))];
      const node = h("span", { "data-from": from }, words);
      if (facts.length) {
        node.classList.add("stands", facts.some(({ kind }) => kind === "event") ? "has-event" : "has-other");
        if (facts.some(({ kind }) => kind === "skipped")) node.classList.add("is-skipped");
      }
      this.pieces.push({ from, to, node, facts });
      paragraph.append(node);
      if (words.endsWith("\n") || to === text.length) {
        if (!paragraph.textContent?.trim()) paragraph.classList.add("blank");
        this.node.append(paragraph);
        paragraph = null;
      }
    }
  }

  /** Light the passages given, and no others; the first of each role bears its word. Returns the first piece lit. */
  light(passages: Lit[]): HTMLElement | null {
    for (const { node } of this.pieces) {
      node.removeAttribute("data-roles");
      node.removeAttribute("data-tag");
    }
    let first: HTMLElement | null = null;
    const tagged = new Set<Role>();
    for (const { span, role } of passages) {
      const from = this.report.offsets.at(span[0]);
      const to = this.report.offsets.at(span[1]);
      const within = this.pieces.filter((piece) => piece.from >= from && piece.to <= to);
      for (const { node } of within) {
        const roles = node.getAttribute("data-roles");
        if (!roles?.split(" ").includes(role)) node.setAttribute("data-roles", roles ? `${roles} ${role}` : role);
      }
      const last = within.at(-1)?.node;
      if (last && !tagged.has(role)) {
        tagged.add(role);
        const tag = last.getAttribute("data-tag");
        const word = ROLES[role];
        if (!tag?.split(" · ").includes(word)) last.setAttribute("data-tag", tag ? `${tag} · ${word}` : word);
      }
      first ??= within[0]?.node ?? null;
    }
    return first;
  }
}

export interface TextHost {
  choose(fact: Fact): void;
  /** Go back to the row of the chosen fact. */
  back(): void;
  read(report: Report): void;
  say(words: string): void;
  readonly reports: Report[];
  /** What heads the page. */
  readonly heading: string;
}

/** The pane beside the views. */
export class TextPane {
  readonly node = h("section.text-pane", { id: "text", "aria-labelledby": "text-title", tabindex: "-1" });
  private body: TextBody | null = null;
  private readonly key = h("p.role-key");
  private readonly found = h("div.on-passage", { hidden: true, role: "region", "aria-label": "Facts on the chosen passage" });
  private scroller: HTMLElement = h("div");
  private at = -1;

  constructor(private readonly host: TextHost) {
    this.show(null);
  }

  /** Show a report's text, unless it is shown already. */
  show(report: Report | null): void {
    if (report && this.body?.report === report) return;
    this.closePassage();
    this.at = -1;
    if (!report) {
      this.body = null;
      this.node.replaceChildren(h("h2", { id: "text-title" }, "The report’s text"), h("p.empty", {}, "No report to read."));
      return;
    }
    this.body = new TextBody(report);
    this.scroller = h(
      "div.text-scroll",
      {
        tabindex: "0", role: "group", "aria-label": `Text of ${report.title}`, "aria-describedby": "text-hint", lang: language(report),
        keydown: (event: KeyboardEvent) => this.key_(event), click: (event: MouseEvent) => this.clicked(event),
      },
      this.body.pieces.length ? this.body.node : h("p.empty", {}, "This report has no text."),
    );
    this.node.replaceChildren(
      this.head(report),
      this.key,
      this.scroller,
      h("p.hint", { id: "text-hint" }, "Underlined words carry facts: choose them to see which. By keyboard: n and p go from passage to passage, Enter lists the facts."),
      this.found,
    );
    this.light(null);
  }

  private head(report: Report): HTMLElement {
    const { reports } = this.host;
    const at = reports.indexOf(report);
    const { url, licence } = report.raw.source;
    const told = about(report);
    const facts: Node[] = [];
    if (report.source) facts.push(bdi(report.source));
    if (report.raw.published) facts.push(document.createTextNode(dateWords(report.raw.published)));
    if (url) facts.push(/^https?:\/\//i.test(url) ? h("a", { href: url, rel: "noreferrer noopener", target: "_blank" }, "original") : bdi(url));
    if (licence) facts.push(bdi(licence));
    const step = (by: number, words: string) =>
      h("button.quiet", { type: "button", disabled: !reports[at + by], click: () => this.host.read(reports[at + by] as Report) }, words);
    return h(
      "header.text-head",
      {},
      reports.length > 1 &&
        h("div.pager", {}, h("span", {}, `Report ${at + 1} of ${reports.length}`), step(-1, "‹ Previous"), step(1, "Next ›")),
      // A lone report's title already heads the page.
      reports.length === 1 && report.title === this.host.heading ? h("h2", { id: "text-title" }, "The report’s text") : h("h2", { id: "text-title", dir: "auto" }, report.title),
      facts.length > 0 && h("p.byline", {}, ...facts.flatMap((node, n) => (n ? [h("span.dot", { "aria-hidden": "true" }, " · "), node] : [node]))),
      told.length > 0 && h("dl.about", {}, ...told.map(([label, words]) => h("div", {}, h("dt", {}, label), h("dd", {}, bdi(words))))),
    );
  }

  /** Light a fact's passages and bring the first into sight; null puts the light out. */
  light(fact: Fact | null): void {
    const passages = fact && this.body?.report === fact.report ? lit(fact) : [];
    const first = this.body?.light(passages) ?? null;
    const roles = [...new Set(passages.map(({ role }) => role))];
    this.key.replaceChildren(
      ...(fact && roles.length
        ? ["Lit: ", ...roles.flatMap((role: Role, n) => [n ? " " : "", h("span.role", { "data-roles": role }, ROLES[role])]), " ", h("button.quiet.back", { type: "button", click: () => this.host.back() }, "Back to the fact")]
        : ["Choose a fact to light its passages here."]),
    );
    if (first) this.reveal(first);
  }

  private reveal(node: HTMLElement): void {
    const view = this.scroller.getBoundingClientRect();
    if (this.scroller.scrollHeight <= this.scroller.clientHeight + 1) return;
    const box = node.getBoundingClientRect();
    if (box.top >= view.top + 24 && box.bottom <= view.bottom - 24) return;
    this.scroller.scrollTop += box.top - view.top - view.height / 3;
  }

  private clicked(event: MouseEvent): void {
    if (!getSelection()?.isCollapsed) return;
    const piece = this.body?.pieces.find(({ node }) => node === event.target);
    if (piece?.facts.length) this.openPassage(piece, false);
  }

  private key_(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || !this.body) return;
    if (event.key === "n" || event.key === "p") {
      const { pieces } = this.body;
      const by = event.key === "n" ? 1 : -1;
      for (let at = this.at < 0 && by < 0 ? pieces.length - 1 : this.at + by; at >= 0 && at < pieces.length; at += by) {
        const piece = pieces[at] as Piece;
        if (!piece.facts.length) continue;
        this.at = at;
        for (const { node } of pieces) node.classList.remove("at");
        piece.node.classList.add("at");
        this.reveal(piece.node);
        this.host.say(`“${piece.node.textContent?.trim()}”: ${count(piece.facts.length, "fact")}`);
        break;
      }
    } else if (event.key === "Enter" && this.at >= 0) {
      this.openPassage(this.body.pieces[this.at] as Piece, true);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** List the facts that stand on a passage. */
  private openPassage(piece: Piece, focus: boolean): void {
    for (const { node } of this.body?.pieces ?? []) node.classList.toggle("at", node === piece.node);
    this.at = this.body?.pieces.indexOf(piece) ?? -1;
    const facts = [...piece.facts].sort((a, b) => WEIGHT[a.kind] - WEIGHT[b.kind]);
    this.found.replaceChildren(
      h(
        "div.on-passage-head",
        {},
        h("h3", {}, `${count(facts.length, "fact")} on `, h("q", {}, bdi(piece.node.textContent?.trim() ?? ""))),
        h("button.quiet", { type: "button", click: () => this.closePassage(true) }, "Close"),
      ),
      h("ul", {}, ...facts.map((fact) => h("li", {}, h("button.fact-link", { type: "button", click: () => this.host.choose(fact) }, ...factLabel(fact))))),
    );
    this.found.hidden = false;
    this.host.say(`${count(facts.length, "fact")} on this passage`);
    // The list may lie over the very words it is about: move them out from under it.
    const hidden = piece.node.getBoundingClientRect().bottom + 16 - this.found.getBoundingClientRect().top;
    if (hidden > 0) {
      const before = this.scroller.scrollTop;
      this.scroller.scrollTop += hidden;
      const left = hidden - (this.scroller.scrollTop - before);
      if (left > 0) scrollBy(0, left);
    }
    if (focus) this.found.querySelector<HTMLElement>(".fact-link")?.focus({ preventScroll: true });
  }

  /** Close the list of facts on a passage; true when it was open. */
  closePassage(focus = false): boolean {
    if (this.found.hidden) return false;
    this.found.hidden = true;
    for (const { node } of this.body?.pieces ?? []) node.classList.remove("at");
    if (focus) this.scroller.focus({ preventScroll: true });
    return true;
  }
}

function language(report: Report): string | null {
  const found = report.raw.about.find(([label]) => label === "Language")?.[1];
  return found && /^[a-z]{2,3}(-[A-Za-z0-9]+)*$/.test(found) ? found : null;
}
