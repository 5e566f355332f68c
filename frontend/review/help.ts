// The help: keys, and what the views hold.

import { h } from "../src/dom";
import { STATUSES } from "../src/words";
import { statusLabel } from "../src/icons";
import { VIEWS } from "./api";
import { FilterHead } from "./filters";

const KEYS: [keys: string[], does: string][] = [
  [["j", "k"], "next event, event before"],
  [["a"], "accept, and on to the next that is not decided"],
  [["x"], "reject: this is no event, or not one of this report"],
  [["e"], "correct fields; Ctrl Enter saves, Esc leaves"],
  [["n"], "a note"],
  [["Space", "J", "K", "*"], "pick the event; the next, the one before with it; all of the view. Then a, x and n are about all that are picked"],
  [["u"], "undo your latest decision, or all that you took in one go"],
  [["U"], "take your latest undo back"],
  [["t"], "to the report’s text; there n and p go from passage to passage, the arrow keys from word to word, with Shift over several"],
  [["i"], "a new event at the words that are marked"],
  [["/"], "search the reports"],
  [["1", "…", "9"], "the pages, in the order of their tabs"],
  [["+", "-", "0"], "in a picture: closer, farther, all of it; arrow keys move it"],
  [["h"], "audit trail, and back"],
  [["a", "x"], "among questions: one happening, two happenings"],
  [["m", "M"], "among incidents: mark one, merge those that are marked"],
  [["s", "c", "p"], "of an incident’s marked claims: split them off; take them along, and put them to the incident chosen then"],
  [["Esc"], "close, leave a field"],
  [["?"], "this help"],
];

/** `keys` is told whether the single keys are wanted. */
export function helpDialog(keys: (wanted: boolean) => void): HTMLDialogElement {
  const tick = h<HTMLInputElement>("input", { type: "checkbox", checked: true, change: () => keys(tick.checked) });
  const names: Record<string, string> = { new: "To decide", doubtful: "Doubtful", contested: "Contested", disputed: "Disputed", decided: "Decided", all: "All" };
  const dialog = h<HTMLDialogElement>(
    "dialog.help",
    { "aria-labelledby": "help-title", click: (event: MouseEvent) => { if (event.target === dialog) dialog.close(); } },
    h("header", {}, h("h2", { id: "help-title" }, "How to review"), h("button.quiet", { type: "button", click: () => dialog.close() }, "Close")),
    h("p", {}, "Each row of the queue is one event as one report tells it. Its words are lit in the report’s text. Accept what the report says, correct what was read wrongly, reject what is no event. The question is what the report says, not what is so."),
    h("h3", {}, "Keys"),
    h("dl.glossary.keys", {}, ...KEYS.map(([names, does]) => h("div", {}, h("dt", {}, ...names.flatMap((key, at) => [at ? " " : "", h("kbd", {}, key)])), h("dd", {}, does)))),
    h("label.tick", {}, tick, " Use these keys (switch off where they get in the way of speech input or a screen reader)"),
    h("h3", {}, "Views"),
    h("dl.glossary", {}, ...VIEWS.map((view) => h("div", {}, h("dt", {}, h("strong", {}, names[view])), h("dd", {}, FilterHead.meaning(view))))),
    h("h3", {}, "Status of an event"),
    h("dl.glossary", {}, ...Object.entries(STATUSES).map(([status, [, meaning]]) => h("div", {}, h("dt", {}, statusLabel(status)), h("dd", {}, meaning)))),
    h("p", {}, "Decisions are kept in the casebook, each with your name and the time. They stay in force when the reports are coded anew. Undoing is a decision too."),
  );
  return dialog;
}
