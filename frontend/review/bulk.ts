// One decision about all events that are picked, after asking.

import { bdi, h } from "../src/dom";
import { count } from "../src/words";
import * as api from "./api";
import { confirmDialog } from "./dialog";
import { BULK_WORDS, type BulkKind, type Picked } from "./picked";

/** Ask, and say what was decided, and why; null where it is to be left. */
export async function askBulk(kind: BulkKind, picked: Picked, who: string): Promise<string | null> {
  const [act] = BULK_WORDS[kind];
  const before = picked.items.filter(({ state }) => state !== "new").length;
  return confirmDialog({
    title: `${act} ${count(picked.size, "event")}?`,
    words: [
      h("p", {}, `${picked.words}, by the name of `, bdi(who), "."),
      before > 0 && kind !== "note" && h("p.wrong", {}, `${before === 1 ? "One of them is" : `${before} of them are`} decided already; what you say now comes after that.`),
      h("p.note", {}, "They are kept together or not at all, and u undoes them in one step."),
    ],
    action: `${act} ${count(picked.size, "event")}`,
    kind,
    why: kind === "note" ? "needed" : "may",
  });
}

/** Keep it; what is told once it is on disk. */
export async function keepBulk(kind: BulkKind, picked: Picked, who: string, why: string): Promise<string> {
  const events: Record<string, [string, number, number][]> = {};
  for (const { report, event, span } of picked.items) (events[report] ??= []).push([event, ...span]);
  const { count: kept, first, last } = await api.bulk(kind, who, why, events);
  return `${BULK_WORDS[kind][1]} ${count(kept, "event")}: ${first === last ? `decision ${first} is` : `decisions ${first} to ${last} are`} kept`;
}
