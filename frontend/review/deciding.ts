// What the person decides, sent to be kept, one thing at a time; and what is shown once it is.

import { count } from "../src/words";
import * as api from "./api";
import type { Wanted } from "./api";
import { askBulk, keepBulk } from "./bulk";
import { askDialog } from "./dialog";
import { targetOf, type FactPart, type Opened } from "./facts";
import type { BulkKind } from "./picked";
import type { QueueList } from "./queue";

export interface DecidingHost {
  readonly opened: Opened | null;
  /** The latest decision about the report on the screen, and of all, that the person can have seen. */
  readonly seen: number;
  readonly latest: number;
  readonly queue: QueueList;
  /** The person's name; null where they would not say. */
  name(): Promise<string | null>;
  /** Tell it, and show what has changed; `onward` goes on to the next that is not decided. */
  after(words: string, onward: boolean): Promise<void>;
  settled(words: string): Promise<void>;
  /** A decision on this passage is undone: show what stands there. */
  undone(report: string, passage: [number, number], part: FactPart): Promise<void>;
  failed(error: unknown): void;
}

const DONE: Record<string, string> = { accept: "Accepted", reject: "Rejected", note: "Noted" };

export class Deciding {
  /** Something is on its way to be kept. */
  busy = false;

  constructor(private readonly host: DecidingHost) {}

  /** What a key decides: about all that are picked, or about the fact that is shown. */
  byKey(kind: BulkKind): void {
    if (this.host.queue.picked.size) void this.bulk(kind);
    else this.one(kind);
  }

  /** About the fact that is shown. */
  one(kind: BulkKind): void {
    if (kind !== "note") void this.decide(kind, "", true);
    else if (this.host.opened) void askDialog("Note", "What is to be said about it?").then((why) => (why ? this.decide("note", why, false) : undefined));
  }

  private async decide(kind: string, why: string, onward: boolean): Promise<void> {
    const { opened } = this.host;
    if (!opened || this.busy) return;
    const target = targetOf(opened);
    await this.kept(async (who) => {
      const { decisions: [kept] } = await api.decide(who, why, [{ kind, target }], this.host.seen);
      return `${DONE[kind]}: decision ${kept?.number} is kept`;
    }, onward);
  }

  /** About all that are picked, after asking. */
  async bulk(kind: BulkKind): Promise<void> {
    const { queue } = this.host;
    const { picked } = queue;
    const who = picked.size ? await this.host.name() : null;
    const why = who && (await askBulk(kind, picked, who));
    if (!who || why === null) return;
    const done = await this.kept(async () => {
      const words = await keepBulk(kind, picked, who, why);
      picked.clear();
      return words;
    }, false);
    if (done) await queue.load();
  }

  /** Of what reviewers differ about, one's word; `is` with yes or no. */
  keepWord(field: string, value: unknown): void {
    const { opened } = this.host;
    if (!opened) return;
    const target = targetOf(opened);
    const wanted: Wanted = field === "is" ? { kind: value === "no" ? "reject" : "accept", target } : { kind: "correct", target: { ...target, field }, value };
    void this.kept(async (who) => {
      const { decisions: [kept] } = await api.decide(who, "", [wanted], this.host.seen);
      return `Kept: decision ${kept?.number}`;
    }, false);
  }

  /** Keep what a form says; throws where it was not kept. */
  async keep(wanted: Wanted[], why: string): Promise<void> {
    const who = await this.host.name();
    if (!who) throw new Error("Say who you are first.");
    this.busy = true;
    try {
      await api.decide(who, why, wanted, this.host.seen);
    } finally {
      this.busy = false;
    }
  }

  /** Keep decisions about an incident; true once they are on disk. */
  async settle(wanted: Wanted[], why: string, words: string): Promise<boolean> {
    const who = await this.host.name();
    if (!who || this.busy) return false;
    this.busy = true;
    try {
      await api.decide(who, why, wanted, this.host.latest);
    } catch (error) {
      this.host.failed(error);
      return false;
    } finally {
      this.busy = false;
    }
    await this.host.settled(words);
    return true;
  }

  undo(number: number, together = false): void {
    void this.kept(async (who) => {
      const { decisions } = await api.undo(number, who, together);
      return `Undone: ${decisions.length > 1 ? count(decisions.length, "decision") : `decision ${number}, by decision ${decisions[0]?.number}`}`;
    }, false);
  }

  /** Undo the person's latest decision that holds, or (`undos`) their latest undo, with all taken in one go with it. */
  undoLatest(undos: boolean): void {
    void this.kept(async (who) => {
      const { decisions } = await api.decisions(500);
      const mine = decisions.find((one) => one.who === who && one.undone === null && (one.kind === "undo") === undos);
      if (!mine) throw new api.Refused(undos ? "There is no undo of yours to take back" : "There is no decision of yours to undo");
      const { decisions: kept } = await api.undo(mine.number, who, true);
      const { report, passage, part } = mine.target;
      if (report !== null && passage) await this.host.undone(report, passage, part as FactPart);
      return `${undos ? "Redone" : "Undone"}: ${kept.length > 1 ? count(kept.length, "decision") : `decision ${mine.number}`}`;
    }, false);
  }

  /** Do something that is kept; what was told of it is said once it is on disk. */
  private async kept(work: (who: string) => Promise<string>, onward: boolean): Promise<boolean> {
    const who = await this.host.name();
    if (!who || this.busy) return false;
    this.busy = true;
    let words: string;
    try {
      words = await work(who);
    } catch (error) {
      this.host.failed(error);
      return false;
    } finally {
      this.busy = false;
    }
    await this.host.after(words, onward);
    return true;
  }
}
