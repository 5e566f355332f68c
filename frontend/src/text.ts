// The report's text with its passages: lit for the chosen fact, and open to choosing.

import { bdi, h } from "./dom";
import { SPUN } from "./kinds";
import { factLabel } from "./label";
import { lit, standing, type Fact, type Kind, type Lit, type Report } from "./model";
import type { Span } from "./raw";
import { RestoredNote, RestoredPlace } from "./restored";
import { textHead } from "./texthead";
import { count, ROLES, type Role } from "./words";

interface Piece { from: number; to: number; node: HTMLElement; facts: Fact[] }

const WEIGHT: Record<Kind, number> = { event: 0, statement: 1, relation: 2, actor: 3, place: 4, time: 5, skipped: 6 };

/** One report's text, cut at every passage end; facts of each piece known. */
export class TextBody {
  readonly node: HTMLElement;
  readonly pieces: Piece[] = [];
  readonly restored: RestoredPlace[];

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
    this.restored = (report.raw.restored ?? []).map((raw) => new RestoredPlace(raw, report));
    for (const { from, to } of this.restored) cuts.add(from).add(to);
    for (const { span } of report.signs) cuts.add(report.offsets.at(span[0])).add(report.offsets.at(span[1]));
    const spun = (report.spun ?? 0) < SPUN ? [] : (report.raw.spun?.passages ?? []).filter(({ probability }) => (probability ?? 0) >= SPUN).map(({ span }) => [report.offsets.at(span[0]), report.offsets.at(span[1])] as const);
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) cuts.add(at + 1);
    const ends = [...cuts].sort((a, b) => a - b);
    stands.sort((a, b) => a[0] - b[0]);
    this.node = h("div.text-body");
    const matter = /^---\r?\n[^]*?\n---\r?(\n|$)/.exec(text)?.[0].length ?? 0;
    let paragraph: HTMLElement | null = null;
    let open: typeof stands = [];
    let next = 0;
    let place = 0;
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
      while ((this.restored[place]?.to ?? Infinity) <= from) place++;
      const garbled = this.restored[place];
      if (garbled && garbled.from <= from) {
        if (garbled.from === from) paragraph.append(garbled.node);
        garbled.stood.append(node);
      } else paragraph.append(node);
      if (spun.some(([start, end]) => start < to && from < end) && words.trim()) paragraph.classList.add("reads-spun");
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
    for (const place of this.restored) place.light();
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
  compare(left: Report, right: Report): void;
}

/** The pane beside the views. */
export class TextPane {
  readonly node = h("section.text-pane", { id: "text", "aria-labelledby": "text-title", tabindex: "-1" });
  private body: TextBody | null = null;
  private readonly key = h("p.role-key");
  private readonly found = h("div.on-passage", { hidden: true, role: "region", "aria-label": "Facts on the chosen passage" });
  private scroller: HTMLElement = h("div");
  private readonly note = new RestoredNote((id) => this.host.reports.find(({ raw }) => raw.id === id)?.label ?? id);
  private asRestored = false;
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
    for (const place of this.body.restored) {
      place.show(this.asRestored);
      this.note.watch(place, report);
    }
    this.note.close();
    this.scroller = h(
      "div.text-scroll",
      {
        tabindex: "0", role: "group", "aria-label": `Text of ${report.title}`, "aria-describedby": "text-hint", lang: report.language,
        keydown: (event: KeyboardEvent) => this.key_(event), click: (event: MouseEvent) => this.clicked(event), scroll: () => this.note.follow(),
      },
      this.body.pieces.length ? this.body.node : h("p.empty", {}, "This report has no text."),
    );
    this.node.replaceChildren(
      textHead(report, this.host, (span) => this.point(span), (restored) => this.showRestored(restored), this.asRestored),
      this.key,
      this.scroller,
      this.note.node,
      h("p.hint", { id: "text-hint" }, "Underlined words carry facts: choose them to see which. By keyboard: n and p go from passage to passage, Enter lists the facts."),
      this.found,
    );
    this.light(null);
  }

  /** Show what probably stood there instead of garbled words, or those words. */
  showRestored(restored: boolean): void {
    this.asRestored = restored;
    this.note.close();
    for (const place of this.body?.restored ?? []) place.show(restored);
  }

  /** Change over, where there is anything restored; what is shown now, in words. */
  toggleRestored(): string | null {
    if (!this.body?.restored.length) return null;
    this.node.querySelector<HTMLElement>(`.restored-switch button[aria-pressed=false]`)?.click();
    return this.asRestored ? "restored reading" : "original words";
  }

  /** Bring a passage that is no fact's into sight, and mark it. */
  private point(span: Span): void {
    const { body } = this;
    if (!body) return;
    const [from, to] = [body.report.offsets.at(span[0]), body.report.offsets.at(span[1])];
    for (const { node } of body.pieces) node.classList.remove("at");
    const within = body.pieces.filter((piece) => piece.from >= from && piece.to <= to);
    for (const { node } of within) node.classList.add("at");
    if (within[0]) this.reveal(within[0].node, true);
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

  private reveal(node: HTMLElement, pageToo = false): void {
    const view = this.scroller.getBoundingClientRect();
    if (this.scroller.scrollHeight <= this.scroller.clientHeight + 1) {
      if (pageToo) node.scrollIntoView({ block: "center" });
      return;
    }
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
    if (this.note.close()) return true;
    if (this.found.hidden) return false;
    this.found.hidden = true;
    for (const { node } of this.body?.pieces ?? []) node.classList.remove("at");
    if (focus) this.scroller.focus({ preventScroll: true });
    return true;
  }
}
