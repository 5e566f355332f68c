// Incidents: what happened, by all reports that tell of it; claims by origin, figures by rule, merge and split.

import { bdi, h, joined, type Child } from "../src/dom";
import { statusLabel } from "../src/icons";
import { emptyState } from "../src/list";
import { dateWords } from "../src/time";
import { count, shortened, statusName, typeName } from "../src/words";
import * as api from "./api";
import type { Claim, Figure, Incident, IncidentList, IncidentRow, IncidentView, Question, Wanted } from "./api";
import { incidentPictures } from "./incident-picture";
import { draggable, droppable, grip, type Dragged, type Place } from "./dragging";
import { put } from "./put";
import { alsoFiltered, follow, shared } from "./shared";
import { placeOf, questionCard, questionRow } from "./questions";
import { DID, FIELDS, stateLabel } from "./states";
import { dossierButton } from "./take";
import { changedAfter } from "./response-view";
import { ago } from "./when";

const NAMES: Record<IncidentView, [name: string, meaning: string]> = {
  several: ["Several reports", "told by more than one report, the most independent accounts first"],
  contested: ["Contested", "some say that it happened, others that it did not; or it is only denied"],
  all: ["All", "every incident"],
};
const STRETCH = 100;

export interface IncidentHost {
  /** Keep decisions; what `words` tell is said once they are on disk. */
  settle(wanted: Wanted[], why: string, words: string): Promise<boolean>;
  undo(number: number): void;
  ask(title: string, words: string): Promise<string | null>;
  openClaim(claim: { report: string; passage: [number, number] }): void;
  failed(error: unknown): void;
  say(words: string): void;
}

export class Incidents {
  readonly node = h("main.incidents", { "aria-label": "Incidents" });
  readonly words = h<HTMLInputElement>("input", { type: "search", placeholder: "Actor ( / )", "aria-label": "Actor: whole words", autocomplete: "off", spellcheck: "false", input: () => this.later() });
  private readonly place = h<HTMLInputElement>("input", { type: "search", placeholder: "Place", "aria-label": "Place: whole words", autocomplete: "off", spellcheck: "false", input: () => this.later() });
  private readonly filters = h("search.incident-filters", { "aria-label": "Find incidents" }, this.words, this.place);
  private readonly also = h("p.also-filtered", { hidden: true });
  private readonly share = follow({ actor: this.words, place: this.place }, () => undefined);
  private readonly views = h("div.views", { role: "group", "aria-label": "Which incidents" });
  private readonly told = h("p.queue-told", { role: "status" });
  private readonly list = h("ol.queue-list");
  private readonly more = h("button.more", { type: "button", hidden: true, click: () => void this.load(this.view === "questions" ? this.asked.length : this.rows.length) });
  private readonly merging = h("button.decide-button", { type: "button", hidden: true, click: () => void this.merge() });
  readonly card = h("section.card.incident-card", { "aria-label": "The chosen incident", tabindex: "-1" });
  private view: IncidentView | "questions" = "several";
  private asked: Question[] = [];
  private at = -1;
  private rows: IncidentRow[] = [];
  private total = 0;
  private chosen: string | null = null;
  private shown: Incident | null = null;
  private marked = new Map<string, IncidentRow>();
  /** The claims of the incident that is shown, each with its tick. */
  private boxes: [HTMLInputElement, Claim][] = [];
  /** Claims on their way to another incident. */
  private carried: { claims: Place[]; from: string } | null = null;
  private readonly carrying = h("div.picked-bar.carrying", { role: "group", "aria-label": "Claims on their way", hidden: true });
  private readonly alone = droppable(h("p.drop-alone", {}, "Drop here: an incident of its own"), (dragged) => "claims" in dragged, (dragged) => { if ("claims" in dragged) void this.splitOff(dragged.claims); });
  private waiting = 0;
  private turn = 0;
  private named = false;

  constructor(private readonly host: IncidentHost) {
    this.views.append(
      ...api.INCIDENT_VIEWS.map((view) => h("button.view-button", { type: "button", "data-view": view, title: NAMES[view][1], click: () => this.look(view) }, h("span", {}, NAMES[view][0]), h("span.count", {}))),
      h("button.view-button", { type: "button", "data-view": "questions", "aria-pressed": "false", title: "claims of which it is doubtful that they are one happening", click: () => this.look("questions") }, h("span", {}, "Questions"), h("span.count", {})),
    );
    this.node.append(
      h("section.queue", { "aria-label": "List of incidents" }, h("div.queue-head", {}, this.views, this.filters, this.also, this.merging, this.carrying), this.told, this.alone, h("div.queue-scroll", {}, this.list, this.more)),
      this.card,
    );
    put(this.card, emptyState("Choose an incident.", "An incident is what several claims are about; each field is taken by a rule that you can change."));
  }

  private later(): void {
    clearTimeout(this.waiting);
    this.waiting = window.setTimeout(() => { this.share(); void this.load(); }, 250);
  }

  async load(offset = 0): Promise<void> {
    clearTimeout(this.waiting);
    const turn = ++this.turn;
    const word = (input: HTMLInputElement) => (/[\p{L}\p{N}]/u.test(input.value) ? input.value : "");
    try {
      const [found, doubts] = await Promise.all([this.found(offset, word), api.questions(this.view === "questions" ? offset : 0, this.view === "questions" ? STRETCH : 0)]);
      if (turn !== this.turn) return;
      this.count(found, doubts.total);
      if (this.view === "questions") this.showQuestions(doubts, offset);
      else await this.showIncidents(found, offset);
      if (!found.fresh && !found.wrong) this.waiting = window.setTimeout(() => { if (this.node.isConnected && !this.node.hidden) void this.load(); }, 1000);
    } catch (error) {
      if (turn === this.turn) this.host.failed(error);
    }
  }

  private found(offset: number, word: (input: HTMLInputElement) => string): Promise<IncidentList> {
    alsoFiltered(this.also, ["actor", "place"], () => void this.load());
    return api.incidents({ ...shared.all, view: this.view === "questions" ? "all" : this.view, actor: word(this.words), place: word(this.place), offset: this.view === "questions" ? 0 : offset, limit: this.view === "questions" ? 0 : STRETCH });
  }

  private count(found: IncidentList, doubts: number): void {
    for (const button of this.views.querySelectorAll<HTMLElement>(".view-button")) {
      const view = button.dataset.view as IncidentView | "questions";
      button.setAttribute("aria-pressed", String(view === this.view));
      (button.querySelector(".count") as HTMLElement).textContent = (view === "questions" ? doubts : found.views[view]).toLocaleString("en-GB");
    }
    // Questions are not filtered.
    this.filters.hidden = this.view === "questions";
    put(this.told, found.wrong ? bdi(found.wrong) : `${this.view === "questions" ? `${count(doubts, "question")}, the most doubtful first` : `${count(found.total, "incident")} · ${NAMES[this.view][1]}`}${found.fresh ? "" : " · claims are being joined …"}`);
  }

  private showQuestions(doubts: { total: number; items: Question[]; fresh: boolean }, offset: number): void {
    this.total = doubts.total;
    this.asked = offset ? [...this.asked, ...doubts.items] : doubts.items;
    const rows = doubts.items.map((question, at) => h("li.queue-row", { "data-question": offset + at }, h("button", { type: "button", click: () => { this.ask(offset + at); this.reveal(); } }, ...questionRow(question))));
    if (offset) this.list.append(...rows);
    else this.list.replaceChildren(...rows);
    const left = this.total - this.asked.length;
    this.more.hidden = left <= 0;
    this.more.textContent = `Show more (${count(left, "question")} left)`;
    this.merging.hidden = true;
    if (!offset) this.ask(Math.min(Math.max(this.at, 0), this.asked.length - 1));
    if (!this.asked.length && doubts.fresh) {
      put(this.list, h("li", {}, emptyState("No questions.", "Of no two claims is it doubtful whether they are one happening.")));
      put(this.card);
    }
  }

  private ask(at: number): void {
    const question = this.asked[at];
    if (!question) return;
    this.at = at;
    for (const row of this.list.querySelectorAll<HTMLElement>(".queue-row")) row.classList.toggle("chosen", row.dataset.question === String(at));
    put(this.card, ...questionCard(question, () => this.answer(true), () => this.answer(false), (item) => this.host.openClaim({ report: item.report, passage: item.span })));
  }

  /** Say of the question shown whether it is one happening. */
  answer(same: boolean): void {
    const question = this.view === "questions" ? this.asked[this.at] : undefined;
    if (!question) return;
    const both = question.claims.map(placeOf);
    if (same) void this.decided({ kind: "merge", target: { part: "incident", claims: both } }, "One happening");
    else if (question.joined) void this.decided({ kind: "split", target: { part: "incident", claims: both.slice(1) } }, "Two happenings");
    else void this.decided({ kind: "note", target: { part: "incident", claims: both } }, "Two happenings", "Two happenings.");
  }

  private async showIncidents(found: IncidentList, offset: number): Promise<void> {
    this.total = found.total;
    this.rows = offset ? [...this.rows, ...found.items] : found.items;
    const rows = found.items.map((row) => this.row(row));
    if (offset) this.list.append(...rows);
    else this.list.replaceChildren(...rows);
    const left = this.total - this.rows.length;
    this.more.hidden = left <= 0;
    this.more.textContent = `Show more (${count(left, "incident")} left)`;
    if (!found.total && found.fresh) put(this.list, h("li", {}, emptyState("Nothing here.", "No incident is in this view with these filters.")));
    this.mark();
    if (!found.fresh || offset) return;
    const first = this.chosen ?? this.rows[0]?.incident;
    if (first !== undefined) await this.open(first, this.named);
  }

  private row(row: IncidentRow): HTMLElement {
    const node = h(
      "li.queue-row",
      { "data-incident": row.incident },
      grip(),
      h(
        "button",
        { type: "button", click: () => void this.pick(row.incident).then(() => this.reveal()) },
        h("span.row-title", {}, h("strong", {}, typeWords(row.type)), h(`span.grade.grade-${row.grade}`, {}, row.grade)),
        h("span.row-who", {}, row.actors ? bdi(shortened(row.actors, 70)) : h("span.nobody", {}, "no one named"), h("span.arrow", { role: "img", "aria-label": "to" }, "→"), row.recipients ? bdi(shortened(row.recipients, 70)) : h("span.nobody", {}, "no one named")),
        h("span.row-meta", {}, ...[row.time && timeWords(row.time), row.place, row.killed && `${row.killed} killed`, row.injured && `${row.injured} injured`].filter(Boolean).flatMap((words, at) => [at ? " · " : "", bdi(words as string)])),
        h("span.row-meta", {}, counted(row)),
      ),
    );
    draggable(node, this.node, () => ({ incident: row.incident }));
    return droppable(node, (dragged) => ("incident" in dragged ? dragged.incident : dragged.from) !== row.incident, (dragged) => void this.dropped(dragged, row));
  }

  /** An incident on another one: they are one. Claims on another incident: they are of that one. */
  private async dropped(dragged: Dragged, row: IncidentRow): Promise<void> {
    if ("claims" in dragged) return this.move(dragged.claims, dragged.from, row.incident);
    return this.join([row.incident, dragged.incident]);
  }

  private get ticked(): Place[] {
    return this.boxes.filter(([box]) => box.checked).map(([, claim]) => place(claim));
  }

  /** Make an incident of its own of the ticked claims. */
  split(): void {
    if (this.view === "questions" || !this.shown) return;
    const { ticked } = this;
    if (!ticked.length || ticked.length === this.boxes.length) this.host.failed(new Error("Mark the claims that are of another happening: not none, and not all."));
    else void this.splitOff(ticked);
  }

  private async splitOff(claims: Place[]): Promise<void> {
    await this.decided({ kind: "split", target: { part: "incident", claims } }, `Split off: ${count(claims.length, "claim")}`);
  }

  /** Take the ticked claims along to another incident. */
  carry(): void {
    if (this.view === "questions" || !this.shown) return;
    const { ticked } = this;
    if (!ticked.length) return this.host.failed(new Error("Mark the claims that are of another incident first."));
    this.carried = { claims: ticked, from: this.shown.incident };
    this.drawCarried();
    this.host.say(`${count(ticked.length, "claim")} on the way: choose the incident that it is of, and put it there with p`);
  }

  /** Put the claims that are carried to the chosen incident. */
  put(): void {
    if (!this.carried) return this.host.say("No claims are on their way: mark some, and take them along with c");
    if (this.chosen === null || this.chosen === this.carried.from) return this.host.failed(new Error("Choose another incident, the one that they are of."));
    void this.move(this.carried.claims, this.carried.from, this.chosen);
    return undefined;
  }

  /** Let go of what is carried; whether there was anything. */
  letGo(): boolean {
    const had = this.carried !== null;
    this.carried = null;
    this.drawCarried();
    return had;
  }

  private drawCarried(): void {
    this.carrying.hidden = !this.carried;
    if (!this.carried) return;
    put(
      this.carrying,
      h("strong", {}, `${count(this.carried.claims.length, "claim")} on the way: choose the incident`),
      h("button.decide-button.decide-accept", { type: "button", click: () => this.put() }, "Put here ", h("kbd", { "aria-hidden": "true" }, "p")),
      h("button.quiet", { type: "button", click: () => this.letGo() }, "Let go ", h("kbd", { "aria-hidden": "true" }, "Esc")),
    );
  }

  private async move(claims: Place[], from: string, to: string): Promise<void> {
    try {
      const [old, target] = await Promise.all([api.incident(from), api.incident(to)]);
      const [first] = target.claims;
      if (!first) return;
      const merge: Wanted = { kind: "merge", target: { part: "incident", claims: [...claims, place(first)] } };
      // Where no claim stays behind, the two are simply one.
      const wanted: Wanted[] = claims.length < old.claims.length ? [{ kind: "split", target: { part: "incident", claims } }, merge] : [merge];
      if (await this.host.settle(wanted, "", `Moved: ${count(claims.length, "claim")}`)) {
        this.letGo();
        this.chosen = to;
        await this.load();
      }
    } catch (error) {
      this.host.failed(error);
    }
  }

  /** On a narrow screen the card is below the list. */
  private reveal(): void {
    if (matchMedia("(max-width: 62rem)").matches) this.card.scrollIntoView({ block: "start" });
  }

  private mark(): void {
    for (const row of this.list.querySelectorAll<HTMLElement>(".queue-row")) {
      const own = row.dataset.incident === this.chosen;
      row.classList.toggle("chosen", own);
      row.classList.toggle("marked", this.marked.has(row.dataset.incident ?? ""));
      if (own) row.querySelector("button")?.setAttribute("aria-current", "true");
      else row.querySelector("button")?.removeAttribute("aria-current");
    }
    this.merging.hidden = this.marked.size < 2;
    put(this.merging, `Merge ${this.marked.size} incidents `, h("kbd", { "aria-hidden": "true" }, "M"));
  }

  /** Its address: that of the incident that the person has chosen, else of the view. */
  get hash(): string {
    if (this.named && this.chosen !== null) return `#/incident/${encodeURIComponent(this.chosen)}`;
    return `#/incidents${this.view === "several" ? "" : `/${this.view}`}`;
  }

  /** Take up a view of the address; the first of its incidents is shown. */
  take(view: string): void {
    const wanted = ([...api.INCIDENT_VIEWS, "questions"] as const).find((one) => one === view) ?? "several";
    if (this.named || wanted !== this.view) this.chosen = null;
    this.named = false;
    this.view = wanted;
  }

  /** Show another view. */
  private look(view: IncidentView | "questions"): void {
    this.view = view;
    this.named = false;
    history.replaceState(null, "", this.hash);
    void this.load();
  }

  /** Show an incident; it is `named` where the person, or the address, has chosen it, and not only the list's order. */
  async open(id: string, named = false): Promise<void> {
    this.chosen = id;
    this.named = named;
    if (named && this.view === "questions") this.view = "all";
    this.mark();
    try {
      const incident = await api.incident(id);
      if (this.chosen === id) this.show(incident);
    } catch (error) {
      this.shown = null;
      put(this.card, emptyState("This incident is not there any more.", error instanceof Error ? error.message : ""));
    }
  }

  /** Show an incident that the person has chosen in the list. */
  private async pick(id: string): Promise<void> {
    const shown = this.open(id, true);
    history.replaceState(null, "", this.hash);
    await shown;
  }

  step(by: number): void {
    if (this.view === "questions") {
      if (this.asked[this.at + by]) this.ask(this.at + by);
      else this.host.say(by > 0 ? "That was the last question" : "That is the first question");
      this.list.querySelector<HTMLElement>(".queue-row.chosen")?.scrollIntoView({ block: "nearest" });
      return;
    }
    const at = this.rows.findIndex((row) => row.incident === this.chosen) + by;
    const row = this.rows[at];
    if (!row) return this.host.say(by > 0 ? "That was the last incident of this view" : "That is the first incident of this view");
    void this.pick(row.incident);
    const node = this.list.querySelector<HTMLElement>(".queue-row.chosen");
    node?.scrollIntoView({ block: "nearest" });
    node?.querySelector<HTMLElement>("button")?.focus({ preventScroll: true });
  }

  /** Mark the chosen incident for merging, or let it go. */
  toggle(): void {
    const row = this.rows.find(({ incident }) => incident === this.chosen);
    if (!row) return;
    if (!this.marked.delete(row.incident)) this.marked.set(row.incident, row);
    this.mark();
    this.host.say(`${count(this.marked.size, "incident")} marked`);
    if (this.shown) this.show(this.shown);
  }

  async merge(): Promise<void> {
    if (this.marked.size < 2) return this.host.say("Mark at least two incidents first ( m )");
    return this.join([...this.marked.keys()]);
  }

  private async join(ids: string[]): Promise<void> {
    try {
      const all = await Promise.all(ids.map((id) => api.incident(id)));
      // One claim of each says which are meant.
      const claims = all.flatMap(({ claims: [first] }) => (first ? [place(first)] : []));
      if (await this.host.settle([{ kind: "merge", target: { part: "incident", claims } }], "", `${count(all.length, "incident")} merged`)) {
        this.marked.clear();
        await this.load();
      }
    } catch (error) {
      this.host.failed(error);
    }
  }

  private async decided(wanted: Wanted, words: string, why = ""): Promise<void> {
    if (await this.host.settle([wanted], why, words)) await this.load();
  }

  private show(incident: Incident): void {
    this.shown = incident;
    const claims = incident.claims.map(place);
    const target = (field: string | null = null) => ({ part: "incident", claims, field });
    const grade = h<HTMLSelectElement>(
      "select",
      { "aria-label": "Grade", change: () => {
        const wanted = grade.value;
        void this.host.ask("Why this grade?", `The incident becomes “${wanted}” by your word.`).then((why) => (why ? this.decided({ kind: "correct", target: target("grade"), value: wanted }, "The grade is set", why) : this.show(incident)));
      } },
      ...api.GRADES.map((name) => h("option", { value: name }, name)),
    );
    grade.value = incident.grade;
    const origins = new Map<string, Claim[]>();
    for (const claim of incident.claims) origins.set(claim.origin, [...(origins.get(claim.origin) ?? []), claim]);
    this.boxes = [];
    const claimNode = (claim: Claim): HTMLElement => {
      const box = h<HTMLInputElement>("input", { type: "checkbox", "aria-label": `Mark the claim of ${claim.title ?? claim.report}` });
      this.boxes.push([box, claim]);
      const node = h("li.claim", {}, grip(), h("label.pick", {}, box), h("div", {}, ...claimWords(claim, () => this.host.openClaim(claim))));
      return draggable(node, this.node, () => ({ claims: box.checked ? this.ticked : [place(claim)], from: incident.incident }));
    };
    put(
      this.card,
      h("header.card-head", {}, h("h2", {}, typeWords(incident.type)), h("p.card-signs", {}, h(`span.grade.grade-${incident.grade}`, {}, incident.grade), h("span.count", {}, counted(incident)), incident.rejected && stateLabel("rejected"))),
      h("p.grade-why", {}, bdi(incident.why), incident.by !== null && " (set by ", incident.by !== null && bdi(incident.by), incident.by !== null && ")"),
      h(
        "div.decide",
        { role: "group", "aria-label": "Decide about the incident" },
        h("button.decide-button.decide-accept", { type: "button", click: () => void this.decided({ kind: "accept", target: target() }, "The incident is accepted") }, "Accept"),
        h("button.decide-button.decide-reject", { type: "button", click: () => void this.decided({ kind: "reject", target: target() }, "The incident is rejected") }, "Reject"),
        h("button.decide-button", { type: "button", "aria-pressed": String(this.marked.has(incident.incident)), click: () => this.toggle() }, this.marked.has(incident.incident) ? "Marked " : "Mark to merge ", h("kbd", { "aria-hidden": "true" }, "m")),
        h("label.grade-choice", {}, "Grade ", grade),
        dossierButton(incident.incident, (error) => this.host.failed(error)),
      ),
      afterLinks(incident),
      h("h3.part-head", {}, "What is taken, and by which rule"),
      h("div.figures", {}, ...incident.figures.map((figure) => this.figure(figure, (rule) => void this.decided({ kind: "correct", target: target(figure.field), value: rule }, `${FIELDS[figure.field] ?? figure.field}: ${plainRule(rule)}`)))),
      incidentPictures(incident),
      h("h3.part-head", {}, `Claims by origin: ${counted(incident)}`),
      ...[...origins].map(([origin, own]) => h("section.origin", {}, h("h4", {}, own.length > 1 ? `${count(own.length, "claim")} that go back to ` : "", bdi(own.find(({ report }) => report === origin)?.title ?? origin)), h("ul", {}, ...own.map(claimNode)))),
      h(
        "div.claim-tools",
        { role: "group", "aria-label": "With the marked claims" },
        h("span.note", {}, "Marked claims:"),
        incident.claims.length > 1 && h("button.decide-button", { type: "button", "aria-keyshortcuts": "s", click: () => this.split() }, "Split off ", h("kbd", { "aria-hidden": "true" }, "s")),
        h("button.decide-button", { type: "button", "aria-keyshortcuts": "c", click: () => this.carry() }, "Move to another incident ", h("kbd", { "aria-hidden": "true" }, "c")),
      ),
      incident.decisions.length > 0 && h("div.said", {}, h("h3", {}, "What was decided"), h("ol", {}, ...incident.decisions.map((one) => h("li", {}, h("span", {}, bdi(one.who), ` ${DID[one.kind] ?? one.kind} `, one.target.field ? `“${one.target.field}”: ${String(one.value)}` : "the incident", " ", h("span.mode", {}, ago(one.at))), one.why && h("q.why", { dir: "auto" }, one.why), one.undone === null && h("button.quiet", { type: "button", "aria-label": `Undo decision ${one.number}`, click: () => this.host.undo(one.number) }, "Undo"))))),
    );
  }

  private figure(figure: Figure, set: (rule: string) => void): HTMLElement {
    const rule = h<HTMLSelectElement>("select", { "aria-label": `Rule for ${FIELDS[figure.field] ?? figure.field}`, change: () => set(rule.value) }, ...figure.rules.map((one) => h("option", { value: one.rule, title: one.meaning }, plainRule(one.rule))));
    rule.value = figure.rule;
    return h(
      "div.figure",
      {},
      h("div.figure-head", {}, h("span.figure-name", {}, FIELDS[figure.field] ?? figure.field), rule),
      h("p.figure-value", {}, bdi(valueOf(figure))),
      h("p.row-meta", {}, figure.counted),
      figure.moves.length > 0 && h("p.row-meta", {}, "Otherwise: ", ...figure.moves.flatMap(({ value, rules }, at): Child[] => [at ? "; " : "", bdi(valueOf({ field: figure.field, value })), ` (${rules.map(plainRule).join(", ")})`])),
    );
  }
}

const place = (claim: Claim): [string, number, number] => [claim.report, ...claim.passage];
const plainRule = (rule: string): string => rule.replaceAll("-", " ");
const counted = ({ reports, origins }: { reports: number; origins: number }): string => `${count(reports, "report")}, ${count(origins, "origin")}`;
const timeWords = (time: string): string => time.split(/\s*[–/]\s*/).map((one) => (/^\d{4}(-\d{2}(-\d{2})?)?$/.test(one) ? dateWords(one) : one)).join(" – ");

function typeWords(type: string): string {
  const [code = "", mode] = type.split(" ");
  return mode ? `${typeName(code)} · ${mode.replaceAll("-", " ")}` : typeName(code);
}

function valueOf({ field, value }: Pick<Figure, "field" | "value">): string {
  if (field === "type") return typeWords(value);
  if (field === "status") return statusName(value);
  return field === "time" ? timeWords(value) : value;
}

function claimWords(claim: Claim, open: () => void): Child[] {
  const says = claim.according_to.filter((one) => one !== "author");
  const facts = [claim.start && timeWords(claim.start === claim.end || !claim.end ? claim.start : `${claim.start} – ${claim.end}`), claim.place, claim.killed && `${claim.killed} killed`, claim.injured && `${claim.injured} injured`].filter(Boolean) as string[];
  return [
    h("p.claim-head", {}, statusLabel(claim.status, claim.according_to), " ", h("span", {}, typeWords(claim.mode ? `${claim.type} ${claim.mode}` : claim.type)), " ", h("q.trigger-words", {}, bdi(claim.words ?? "…")), claim.state !== "new" && stateLabel(claim.state)),
    h("p", {}, bdi(claim.actors.join(", ") || "no one named"), h("span.arrow", { role: "img", "aria-label": "to" }, "→"), bdi(claim.recipients.join(", ") || "no one named"), facts.length > 0 && h("span.mode", {}, ` · ${facts.join(" · ")}`)),
    h("p.row-meta", {}, says.length > 0 && "according to ", says.length > 0 && bdi(says.join(", ")), says.length > 0 && " · ", claim.certainty, " · ", h("cite", {}, bdi(shortened(claim.title ?? claim.report, 70))), claim.source && ", ", claim.source && bdi(claim.source), claim.published && `, ${dateWords(claim.published)}`, " ", h("button.link", { type: "button", "aria-label": `Read it in ${claim.title ?? claim.report}`, click: open }, "Read it")),
  ];
}

/** Did anything change after this: in what each of its parties did? Nothing where its day is not known. */
function afterLinks(incident: Incident): HTMLElement | null {
  const days = incident.claims.flatMap(({ start, end }) => { const day = end ?? start; return day && /^\d{4}-\d{2}-\d{2}$/.test(day) ? [day] : []; });
  const [day] = [...days].sort((a, b) => often(days, b) - often(days, a));
  if (!day) return null;
  const names = incident.claims.flatMap(({ actors, recipients }) => [...actors, ...recipients]);
  const parties = [...new Set(names)].sort((a, b) => often(names, b) - often(names, a)).slice(0, 4);
  return h(
    "p.after-links",
    {},
    "Did anything change after this? ",
    ...joined([...parties.map((actor) => h("a", { href: changedAfter(day, { actor }) }, "In what ", bdi(actor), " did")), h("a", { href: changedAfter(day) }, "In all")], " · "),
  );
}

const often = (all: string[], one: string): number => all.filter((other) => other === one).length;
