// The review page: a queue, an event, its report; and what a person decides.

import { bdi, h } from "../src/dom";
import { mark } from "../src/frame";
import { themeButton } from "../src/head";
import { singleKey, type Keys } from "../src/keys";
import { Collection, type Fact, type Report } from "../src/model";
import { TextPane } from "../src/text";
import { count } from "../src/words";
import * as api from "./api";
import type { Item, ReportAnswer, Wanted } from "./api";
import { AddingPage } from "./adding";
import { AgreementPage } from "./agreement";
import { Ask } from "./ask";
import { Audit } from "./audit";
import { askDialog } from "./dialog";
import { askBulk, keepBulk } from "./bulk";
import { Card, type CardHost } from "./card";
import { Editing } from "./editing";
import { idOf, isDecidable, locate, stateOf, targetOf, type Decidable, type FactPart, type Opened } from "./facts";
import { foot } from "./foot";
import { helpDialog } from "./help";
import { Incidents } from "./incidents";
import { Marking } from "./marking";
import { Pages } from "./pages";
import { Reviewer } from "./person";
import type { BulkKind } from "./picked";
import { Pictures } from "./pictures";
import { addressed } from "./shared";
import { QueueList } from "./queue";
import { takeButton } from "./take";

const EVERY = 4000;

class App implements CardHost {
  private readonly queue: QueueList;
  private readonly card = new Card(this);
  private readonly audit: Audit;
  private readonly reviewer = new Reviewer();
  private readonly text: TextPane;
  private readonly told = h("p.visually-hidden", { role: "status", "aria-live": "polite" });
  private readonly toast = h("p.toast", { hidden: true });
  private readonly title = h("h1", { dir: "auto" });
  private readonly figures = h("p.summary");
  private readonly bar = h<HTMLProgressElement>("progress", { max: 1, value: 0, "aria-label": "Decided" });
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
  private latest = -1;
  private turn = 0;
  private busy = false;
  private toasting = 0;

  constructor(root: HTMLElement) {
    this.queue = new QueueList({
      choose: (item, focus) => void this.choose(item, focus),
      failed: (error) => this.failed(error),
      say: (words) => this.say(words),
      bulk: (kind) => void this.bulk(kind),
    });
    this.audit = new Audit({
      undo: (number, together) => this.undo(number, together),
      open: (report, passage, part) => void this.openAt(report, passage, part),
      failed: (error) => this.failed(error),
    });
    this.incidents = new Incidents({
      settle: (wanted, why, words) => this.settle(wanted, why, words),
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
      keep: (wanted, why) => this.keep(wanted, why),
      kept: (words, at) => void this.after(words, false, () => this.openAt(at.report, at.passage, at.part)),
    });
    const help = h("button.icon-button", { type: "button", "aria-label": "Help and keys", title: "Help and keys ( ? )", click: () => this.help.showModal() }, h("span", { "aria-hidden": "true" }, "?"));
    const narrow = h("button.quiet.queue-toggle", { type: "button", "aria-expanded": "false", click: () => {
      const open = this.main.classList.toggle("queue-open");
      narrow.setAttribute("aria-expanded", String(open));
    } }, "Queue");
    this.main.append(narrow, this.queue.node, this.card.node, this.text.node);
    this.pages = new Pages(
      [
        { name: "events", words: "Events", node: this.main, keys: this.keys },
        { name: "incidents", words: "Incidents", node: this.incidents.node, shown: () => void this.incidents.load(), keys: this.incidentKeys },
        { name: "audit", words: "Audit trail", node: this.audit.node, shown: () => void this.audit.load().then(() => this.audit.node.focus()) },
        { name: "query", words: "Query", node: this.ask.node, shown: () => this.ask.words.focus() },
        { name: "pictures", words: "Pictures", node: this.pictures.node, shown: () => this.pictures.shown(), keys: this.pictures.keys },
        { name: "agreement", words: "Agreement", node: this.agreement.node, shown: () => void this.agreement.load() },
        { name: "add", words: "Add reports", node: this.adding.node, shown: () => void this.adding.look() },
      ],
      this.keysAnywhere,
    );
    root.replaceChildren(
      h("a.skip", { href: "#card", click: (event: MouseEvent) => { event.preventDefault(); this.card.node.focus(); } }, "Skip to the chosen event"),
      h("header.top.review-top", {}, h("div.title-line", {}, h("div.brand", {}, mark(), h("span", {}, "Marsad")), this.title, this.pages.nav), h("div.top-tools", {}, takeButton((words) => this.tell(words)), this.reviewer.button, themeButton(), help), h("div.progress-line", {}, this.figures, this.bar, this.adding.badge)),
      ...this.pages.nodes,
      foot(),
      this.toast,
      this.told,
      this.help,
      this.reviewer.dialog,
    );
    addEventListener("keydown", (event) => this.key(event));
    addEventListener("hashchange", () => void this.fromAddress());
    setInterval(() => void this.poll(), EVERY);
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
    try {
      const now = await api.casebook();
      document.title = `${now.name} – Review – Marsad`;
      this.title.replaceChildren(bdi(now.name));
      this.figures.replaceChildren(
        h("span", {}, `${now.decided.toLocaleString("en-GB")} of ${count(now.events, "event")} decided`),
        ` · ${count(now.reports, "report")}, ${count(now.origins, "origin")}`,
      );
      this.bar.max = Math.max(1, now.events);
      this.bar.value = now.decided;
      this.latest = now.latest;
    } catch (error) {
      this.failed(error);
    }
  }

  /** Somebody else may have decided something, or reports may have come in. */
  private async poll(): Promise<void> {
    if (document.hidden || this.busy) return;
    try {
      const now = await api.casebook();
      if (this.busy || now.latest === this.latest) return;
      const others = this.latest >= 0;
      await this.refresh();
      await this.queue.recount();
      if (this.pages.name === "audit") await this.audit.load();
      if (others && this.opened && !this.editing.open) await this.reopen();
      this.say("Somebody else has decided something");
    } catch {
      // The next thing that the person does will say so.
    }
  }

  private async reopen(): Promise<void> {
    const { opened } = this;
    if (!opened) return;
    const { fact } = opened;
    const answer = await api.report(opened.report.raw.id);
    if (this.opened === opened && !this.editing.open) this.open(answer, fact.kind === "relation" ? "" : fact.raw.id, targetOf(opened).passage as [number, number], fact.kind);
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
    if (fact.kind === "event" && this.pages.name === "events") history.replaceState(null, "", `#${encodeURIComponent(report.raw.id)}/${encodeURIComponent(fact.raw.id)}`);
  }

  private chooseFact(fact: Fact): void {
    this.text.closePassage(true);
    if (isDecidable(fact)) this.openFact(fact);
    else this.text.light(fact);
  }

  /** Show an incident; Back leads back to where it was chosen. */
  private openIncident(id: string): void {
    const hash = `#/incident/${encodeURIComponent(id)}`;
    if (location.hash !== hash) history.pushState(null, "", hash);
    void this.incidents.open(id);
    this.pages.go("incidents");
  }

  private async fromAddress(): Promise<boolean> {
    const incident = addressed("incident");
    if (incident) this.openIncident(incident);
    if (this.pictures.take(location.hash)) this.pages.go("pictures");
    let [id = "", event = ""] = ["", ""];
    try {
      [id = "", event = ""] = location.hash.slice(1).split("/").map(decodeURIComponent);
    } catch {
      return false;
    }
    if (!id || !event || (this.opened?.report.raw.id === id && idOf(this.opened.fact) === event)) return false;
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
    void this.decide("accept", "", true);
  }

  reject(): void {
    void this.decide("reject", "", true);
  }

  note(): void {
    if (!this.opened) return;
    void askDialog("Note", "What is to be said about it?").then((why) => (why ? this.decide("note", why, false) : undefined));
  }

  private async decide(kind: string, why: string, onward: boolean): Promise<void> {
    if (!this.opened || this.busy) return;
    const target = targetOf(this.opened);
    await this.kept(async (who) => {
      const { decisions: [kept] } = await api.decide(who, why, [{ kind, target }]);
      return `${kind === "accept" ? "Accepted" : kind === "reject" ? "Rejected" : "Noted"}: decision ${kept?.number} is kept`;
    }, onward);
  }

  private async bulk(kind: BulkKind): Promise<void> {
    const { picked } = this.queue;
    const who = picked.size ? await this.reviewer.name() : null;
    const why = who && (await askBulk(kind, picked, who));
    if (!who || why === null) return;
    const done = await this.kept(async () => {
      const words = await keepBulk(kind, picked, who, why);
      picked.clear();
      return words;
    }, false);
    if (done) await this.queue.load();
  }

  /** What a key decides: about all that are picked, or about the chosen event. */
  private byKey(kind: BulkKind): void {
    if (this.queue.picked.size) void this.bulk(kind);
    else this[kind]();
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

  private async keep(wanted: Wanted[], why: string): Promise<void> {
    const who = await this.reviewer.name();
    if (!who) throw new Error("Say who you are first.");
    this.busy = true;
    try {
      await api.decide(who, why, wanted);
    } finally {
      this.busy = false;
    }
  }

  /** Do something that is kept; what was told of it is said once it is on disk. */
  private async kept(work: (who: string) => Promise<string>, onward: boolean): Promise<boolean> {
    const who = await this.reviewer.name();
    if (!who || this.busy) return false;
    this.busy = true;
    let words: string;
    try {
      words = await work(who);
    } catch (error) {
      this.failed(error);
      return false;
    } finally {
      this.busy = false;
    }
    await this.after(words, onward);
    return true;
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

  /** Keep decisions about an incident; true once they are on disk. */
  private async settle(wanted: Wanted[], why: string, words: string): Promise<boolean> {
    const who = await this.reviewer.name();
    if (!who || this.busy) return false;
    this.busy = true;
    try {
      await api.decide(who, why, wanted);
    } catch (error) {
      this.failed(error);
      return false;
    } finally {
      this.busy = false;
    }
    this.tell(words);
    await this.refresh();
    return true;
  }

  undo(number: number, together = false): void {
    void this.kept(async (who) => {
      const { decisions } = await api.undo(number, who, together);
      return `Undone: ${decisions.length > 1 ? count(decisions.length, "decision") : `decision ${number}, by decision ${decisions[0]?.number}`}`;
    }, false);
  }

  /** Undo the person's latest decision that holds, or (`undos`) their latest undo. */
  private undoLatest(undos: boolean): void {
    void this.kept(async (who) => {
      const { decisions } = await api.decisions(500);
      const mine = decisions.find((one) => one.who === who && one.undone === null && (one.kind === "undo") === undos);
      if (!mine) throw new api.Refused(undos ? "There is no undo of yours to take back" : "There is no decision of yours to undo");
      const { decisions: kept } = await api.undo(mine.number, who, true);
      const { report, passage } = mine.target;
      if (report !== null && passage && this.pages.name === "events") {
        const answer = await api.report(report);
        this.open(answer, "", passage, mine.target.part as FactPart);
      }
      return `${undos ? "Redone" : "Undone"}: ${kept.length > 1 ? count(kept.length, "decision") : `decision ${mine.number}`}`;
    }, false);
  }

  // The rest

  private say(words: string): void {
    this.told.textContent = words;
  }

  private tell(words: string, wrong = false): void {
    this.say(words);
    this.toast.textContent = words;
    this.toast.classList.toggle("toast-wrong", wrong);
    this.toast.hidden = false;
    clearTimeout(this.toasting);
    this.toasting = window.setTimeout(() => { this.toast.hidden = true; }, wrong ? 12_000 : 3500);
  }

  private failed(error: unknown): void {
    this.tell(error instanceof Error ? error.message : String(error), true);
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
    u: () => this.undoLatest(false),
    U: () => this.undoLatest(true),
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
    a: () => this.byKey("accept"),
    x: () => this.byKey("reject"),
    e: () => this.edit(),
    i: () => this.add("event"),
    n: () => this.byKey("note"),
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
