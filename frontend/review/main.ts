// The review page: a queue, an event, its report; and what a person decides.

import { h } from "../src/dom";
import { mark } from "../src/frame";
import { themeButton } from "../src/head";
import { singleKey, type Keys } from "../src/keys";
import { Collection, type Fact, type Report } from "../src/model";
import { TextPane } from "../src/text";
import * as api from "./api";
import type { Item, ReportAnswer } from "./api";
import { AddingPage } from "./adding";
import { AgreementPage } from "./agreement";
import { Ask } from "./ask";
import { Audit } from "./audit";
import { askDialog } from "./dialog";
import { Card, type CardHost } from "./card";
import { Deciding } from "./deciding";
import { Editing } from "./editing";
import { idOf, isDecidable, locate, stateOf, targetOf, type Decidable, type FactPart, type Opened } from "./facts";
import { foot } from "./foot";
import { helpDialog } from "./help";
import { Incidents } from "./incidents";
import { Marking } from "./marking";
import { Others } from "./others";
import { Overview } from "./overview";
import { Pages } from "./pages";
import { Reviewer } from "./person";
import { Pictures } from "./pictures";
import { addressed } from "./shared";
import { QueueList } from "./queue";
import { Telling } from "./telling";
import { takeButton } from "./take";

class App implements CardHost {
  private readonly queue: QueueList;
  private readonly card = new Card(this);
  private readonly audit: Audit;
  private readonly reviewer = new Reviewer();
  private readonly text: TextPane;
  private readonly telling = new Telling();
  private readonly overview = new Overview();
  private readonly others: Others;
  private readonly incidents: Incidents;
  private readonly ask = new Ask();
  private readonly pictures = new Pictures({
    openIncident: (id) => this.openIncident(id),
    openReport: (report, passage) => void this.openAt(report, passage),
    failed: (error) => this.failed(error),
    say: (words) => this.say(words),
  });
  private readonly adding = new AddingPage({
    openReport: (id) => void this.openReport(id),
    failed: (error) => this.failed(error),
    tell: (words) => this.tell(words),
    added: () => void this.refresh().then(() => this.queue.load()),
  });
  private readonly agreement = new AgreementPage((error) => this.failed(error));
  private readonly pages: Pages;
  private readonly main = h("main.review");
  private singleKeys = true;
  private readonly help = helpDialog((wanted: boolean) => { this.singleKeys = wanted; });
  private opened: Opened | null = null;
  private item: Item | null = null;
  private shown: { answer: ReportAnswer; report: Report } | null = null;
  private readonly marking: Marking;
  private readonly editing: Editing;
  private turn = 0;
  private readonly deciding: Deciding;

  constructor(root: HTMLElement) {
    this.queue = new QueueList({
      choose: (item, focus) => void this.choose(item, focus),
      failed: (error) => this.failed(error),
      say: (words) => this.say(words),
      bulk: (kind) => void this.deciding.bulk(kind),
    });
    this.audit = new Audit({
      undo: (number, together) => this.undo(number, together),
      open: (report, passage, part) => void this.openAt(report, passage, part),
      failed: (error) => this.failed(error),
    });
    this.incidents = new Incidents({
      settle: (wanted, why, words) => this.deciding.settle(wanted, why, words),
      undo: (number) => void this.undo(number),
      ask: (title, words) => askDialog(title, words),
      openClaim: (claim) => void this.openAt(claim.report, claim.passage),
      failed: (error) => this.failed(error),
      say: (words) => this.say(words),
    });
    this.text = new TextPane({
      choose: (fact) => this.chooseFact(fact),
      back: () => this.card.node.focus(),
      read: () => undefined,
      say: (words) => this.say(words),
      reports: [],
      heading: "",
      compare: () => undefined,
    });
    this.marking = new Marking(this.text.node, (part) => this.add(part), (words) => this.say(words));
    this.editing = new Editing(this.card.node, this.marking, {
      keep: (wanted, why) => this.deciding.keep(wanted, why).catch((error: unknown) => {
        if (error instanceof api.Refused && error.status === 409) this.editing.unseen(() => this.reopen());
        throw error;
      }),
      kept: (words, at) => void this.after(words, false, () => this.openAt(at.report, at.passage, at.part)),
    });
    const app = this;
    this.deciding = new Deciding({
      get opened() { return app.opened; },
      get seen() { return app.seen; },
      get latest() { return app.overview.latest; },
      queue: this.queue,
      name: () => this.reviewer.name(),
      after: (words, onward) => this.after(words, onward),
      settled: (words) => { this.tell(words); return this.refresh(); },
      undone: async (report, passage, part) => { if (this.pages.name === "events") this.open(await api.report(report), "", passage, part); },
      failed: (error) => this.failed(error),
    });
    this.others = new Others({
      overview: this.overview,
      get busy() { return app.deciding.busy; },
      get who() { return app.reviewer.known; },
      open: (report, passage, part) => void this.openAt(report, passage, part),
      say: (words) => this.say(words),
      changed: () => this.changed(),
    });
    const help = h("button.icon-button", { type: "button", "aria-label": "Help and keys", title: "Help and keys ( ? )", click: () => this.help.showModal() }, h("span", { "aria-hidden": "true" }, "?"));
    const narrow = h("button.quiet.queue-toggle", { type: "button", "aria-expanded": "false", click: () => {
      const open = this.main.classList.toggle("queue-open");
      narrow.setAttribute("aria-expanded", String(open));
    } }, "Queue");
    this.main.append(narrow, this.queue.node, this.card.node, this.text.node);
    this.pages = new Pages(
      [
        { name: "events", words: "Events", node: this.main, hash: () => this.eventHash, keys: this.keys, skip: { words: "Skip to the chosen event", node: this.card.node } },
        { name: "incidents", words: "Incidents", node: this.incidents.node, hash: () => this.incidents.hash, shown: () => void this.incidents.load(), keys: this.incidentKeys, skip: { words: "Skip to the chosen incident", node: this.incidents.card } },
        { name: "audit", words: "Audit trail", node: this.audit.node, shown: () => void this.audit.load().then(() => this.audit.node.focus()) },
        { name: "query", words: "Query", node: this.ask.node, hash: () => this.ask.hash, shown: () => this.ask.words.focus() },
        { name: "pictures", words: "Pictures", node: this.pictures.node, hash: () => this.pictures.hash, shown: () => this.pictures.shown(), keys: this.pictures.keys },
        { name: "agreement", words: "Agreement", node: this.agreement.node, shown: () => void this.agreement.load() },
        { name: "add", words: "Add reports", node: this.adding.node, shown: () => void this.adding.look() },
      ],
      this.keysAnywhere,
    );
    root.replaceChildren(
      this.pages.skip,
      h("header.top.review-top", {}, h("div.title-line", {}, h("div.brand", {}, mark(), h("span", {}, "Marsad")), this.overview.title, this.pages.nav), h("div.top-tools", {}, takeButton((words) => this.tell(words)), this.reviewer.button, themeButton(), help), h("div.progress-line", {}, this.overview.figures, this.overview.bar, this.adding.badge, this.others.node)),
      ...this.pages.nodes,
      foot(),
      this.telling.toast,
      this.telling.told,
      this.help,
      this.reviewer.dialog,
    );
    addEventListener("keydown", (event) => this.key(event));
    addEventListener("hashchange", () => void this.fromAddress());
    this.adding.badge.addEventListener("click", () => this.pages.go("add"));
    void this.begin();
  }

  private async begin(): Promise<void> {
    void this.adding.look();
    await this.refresh();
    await this.queue.load();
    if (!(await this.fromAddress())) {
      const first = this.queue.items[0];
      if (first) await this.choose(first, false);
    }
  }

  // What is there

  private async refresh(): Promise<void> {
    await this.overview.refresh().catch((error: unknown) => this.failed(error));
  }

  /** Others have decided, or reports have come in: show it, but under nobody's hands. */
  private async changed(): Promise<void> {
    await this.queue.recount();
    if (this.pages.name === "audit") await this.audit.load();
    if (this.pages.name === "incidents") await this.incidents.load();
    if (this.opened && !this.editing.open) await this.reopen();
  }

  /** The latest decision about the report that the person has before them. */
  private get seen(): number {
    return Math.max(0, ...(this.shown?.answer.decisions ?? []).map(({ number }) => number));
  }

  private async reopen(): Promise<void> {
    const id = this.opened?.report.raw.id;
    if (id === undefined) return;
    const answer = await api.report(id);
    // Meanwhile another fact of it may have been chosen.
    const { opened } = this;
    if (!opened || opened.report.raw.id !== id || this.editing.open) return;
    this.open(answer, idOf(opened.fact), targetOf(opened).passage as [number, number], opened.fact.kind);
  }

  // Choosing

  async choose(item: Item, focus: boolean): Promise<void> {
    this.editing.close();
    this.item = item;
    this.queue.mark(item, focus);
    this.main.classList.remove("queue-open");
    const turn = ++this.turn;
    const before = this.opened;
    // Nothing is decided about an event that is not on the screen.
    this.opened = null;
    try {
      const answer = before?.report.raw.id === item.report ? before.answer : await api.report(item.report);
      if (turn === this.turn) this.open(answer, item.event, item.span);
    } catch (error) {
      if (turn === this.turn) this.failed(error);
    }
  }

  private async openAt(report: string, passage: [number, number], part: FactPart = "event"): Promise<void> {
    if (this.pages.name !== "events") this.pages.go("events");
    this.editing.close();
    const turn = ++this.turn;
    try {
      const answer = await api.report(report);
      if (turn === this.turn) this.open(answer, "", passage, part);
    } catch (error) {
      this.failed(error);
    }
  }

  /** Show a report without any of its facts: it may have none. */
  async openReport(id: string): Promise<void> {
    this.pages.go("events");
    try {
      this.open(await api.report(id), "", [0, 0]);
    } catch (error) {
      this.failed(error);
    }
  }

  /** Show a fact: that of this id if it stands on this passage, else the one on the passage. */
  private open(answer: ReportAnswer, id: string, span: [number, number], part: FactPart = "event"): void {
    const [report] = new Collection(null, [answer.record]).reports;
    if (!report) return;
    this.text.show(report);
    this.shown = { answer, report };
    this.marking.shown(report);
    const fact = locate(report, part, id, span);
    if (fact) this.openFact(fact);
    else {
      this.opened = null;
      this.text.light(null);
      if (span[1]) this.card.empty("This is not there any more.", "The report was coded anew, or a decision was undone.");
      else this.card.empty("No event is chosen.", report.events.length ? "Choose an event in the queue, or words in the text." : "The coder found no event in this report. To add one, mark its words in the text.");
    }
  }

  /** Show a fact of the report that is shown. */
  openFact(fact: Decidable): void {
    if (!this.shown) return;
    const { answer, report } = this.shown;
    this.editing.close();
    const state = stateOf(answer, report, fact);
    this.opened = { answer, report, fact, state };
    const own = fact.kind === "event" ? this.queue.items.find((item) => item.report === report.raw.id && item.event === fact.raw.id) ?? null : null;
    if (this.item !== own || !own) this.queue.mark(own);
    this.item = own;
    if (own && own.state !== state.state) {
      own.state = state.state;
      this.queue.redraw(own);
    }
    this.card.show(this.opened, own ? `${this.queue.position} of ${this.queue.total.toLocaleString("en-GB")}` : fact.kind === "event" ? "not in this view" : "");
    this.text.light(fact);
    if (fact.kind === "event" && this.pages.name === "events") history.replaceState(null, "", this.eventHash);
  }

  /** The address of the chosen event. */
  private get eventHash(): string {
    const { opened } = this;
    return opened?.fact.kind === "event" ? `#${encodeURIComponent(opened.report.raw.id)}/${encodeURIComponent(opened.fact.raw.id)}` : "#/events";
  }

  private chooseFact(fact: Fact): void {
    this.text.closePassage(true);
    if (isDecidable(fact)) this.openFact(fact);
    else this.text.light(fact);
  }

  /** Show an incident; Back leads back to where it was chosen. */
  private openIncident(id: string): void {
    void this.incidents.open(id, true);
    this.pages.go("incidents");
  }

  /** Show what the page's address names; whether it is an event. */
  private async fromAddress(): Promise<boolean> {
    const [, name = ""] = /^#\/([a-z]+)(?:\/|$)/.exec(location.hash) ?? [];
    if (name === "incident" || name === "incidents") {
      const id = addressed("incident");
      if (id) void this.incidents.open(id, true);
      else this.incidents.take(addressed("incidents"));
      this.pages.go("incidents", true);
    } else if (this.pictures.take(location.hash)) this.pages.go("pictures", true);
    else if (this.pages.has(name)) {
      if (name === "query") this.ask.take(addressed("query"));
      this.pages.go(name, true);
    }
    if (name) return false;
    if (this.pages.name !== "events") this.pages.go("events", true);
    let [id = "", event = ""] = ["", ""];
    try {
      [id = "", event = ""] = location.hash.slice(1).split("/").map(decodeURIComponent);
    } catch {
      return false;
    }
    if (!id || !event) return false;
    if (this.opened?.report.raw.id === id && idOf(this.opened.fact) === event) return true;
    try {
      const answer = await api.report(id);
      const raw = answer.record.events.find((one) => one.id === event);
      if (raw) this.open(answer, event, raw.span);
      return raw !== undefined;
    } catch {
      return false;
    }
  }

  step(by: number): void {
    void this.queue.step(by).then((item) => {
      if (item) return this.choose(item, true);
      this.say(by > 0 ? "That was the last event of this view" : "That is the first event of this view");
      return undefined;
    });
  }

  private async extend(by: number): Promise<void> {
    const item = await this.queue.extend(by);
    if (item) await this.choose(item, true);
  }

  only(report: string): void {
    this.queue.head.only(report);
  }

  toText(): void {
    this.text.node.scrollIntoView({ block: "nearest" });
    if (matchMedia("(max-width: 62rem)").matches) (this.text.node.querySelector("[data-roles~=trigger]") ?? this.text.node).scrollIntoView({ block: "center" });
    this.text.node.querySelector<HTMLElement>(".text-scroll")?.focus({ preventScroll: true });
  }

  // Deciding

  accept(): void {
    this.deciding.one("accept");
  }

  reject(): void {
    this.deciding.one("reject");
  }

  note(): void {
    this.deciding.one("note");
  }

  keepWord(field: string, value: unknown): void {
    this.deciding.keepWord(field, value);
  }

  undo(number: number, together = false): void {
    this.deciding.undo(number, together);
  }

  edit(): void {
    if (this.opened && !this.editing.open) this.editing.correct(this.opened);
  }

  /** Add a fact that the coder missed, at the marked words. */
  private add(part: FactPart): void {
    const { span } = this.marking;
    if (!this.shown || !span) return this.tell("Mark the words first: by mouse, or in the text ( t ) with the arrow keys");
    this.editing.add(part, this.shown.answer, this.shown.report, span);
  }

  private async after(words: string, onward: boolean, show = () => this.reopen()): Promise<void> {
    this.tell(words);
    await this.refresh();
    const before = this.opened;
    try {
      await show();
      await this.queue.recount();
      if (this.pages.name === "audit") await this.audit.load();
      if (this.pages.name === "incidents") await this.incidents.load();
    } catch (error) {
      this.failed(error);
    }
    if (!onward || !before || !this.item) return;
    const next = await this.queue.step(1, (item) => item.state === "new");
    if (next) await this.choose(next, true);
    else this.tell(`${words}. Nothing after it is left to decide in this view`);
  }

  // The rest

  private say(words: string): void {
    this.telling.say(words);
  }

  private tell(words: string, wrong = false): void {
    this.telling.tell(words, wrong);
  }

  private failed(error: unknown): void {
    this.telling.failed(error);
    // Somebody else was quicker: show what they said.
    if (error instanceof api.Refused && error.status === 409) void this.refresh().then(() => this.changed());
  }

  private key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || document.querySelector("dialog[open]")) return;
    if (event.key === "Escape") {
      if (this.text.closePassage(true)) return;
      if (this.editing.open) this.editing.close(true);
      else if (this.pages.name === "incidents" && this.incidents.letGo()) return;
      else if (this.marking.span) this.marking.clear();
      else if (this.queue.picked.size) this.queue.picked.clear();
      else (document.activeElement as HTMLElement | null)?.blur();
    } else if (event.key === " " && (event.target as HTMLElement).matches("button:not(.queue-row > button), summary, a, .text-scroll")) return;
    else if (this.singleKeys) singleKey(event, this.pages.keys);
  }

  private readonly keysAnywhere: Keys = {
    u: () => this.deciding.undoLatest(false),
    U: () => this.deciding.undoLatest(true),
    h: () => this.pages.go(this.pages.name === "audit" ? "events" : "audit"),
    digit: (number) => this.pages.at(number),
    "?": () => this.help.showModal(),
  };

  private readonly incidentKeys: Keys = {
    j: () => this.incidents.step(1),
    k: () => this.incidents.step(-1),
    a: () => this.incidents.answer(true),
    x: () => this.incidents.answer(false),
    m: () => this.incidents.toggle(),
    M: () => void this.incidents.merge(),
    s: () => this.incidents.split(),
    c: () => this.incidents.carry(),
    p: () => this.incidents.put(),
    "/": () => this.incidents.words.focus(),
  };

  private readonly keys: Keys = {
    j: () => this.step(1),
    k: () => this.step(-1),
    a: () => this.deciding.byKey("accept"),
    x: () => this.deciding.byKey("reject"),
    e: () => this.edit(),
    i: () => this.add("event"),
    n: () => this.deciding.byKey("note"),
    J: () => void this.extend(1),
    K: () => void this.extend(-1),
    "*": () => void this.queue.pickAll(),
    " ": () => this.queue.pick(),
    t: () => this.toText(),
    "/": () => {
      this.main.classList.add("queue-open");
      this.queue.head.words.focus();
    },
  };
}

const root = document.getElementById("marsad");
if (root) new App(root);
