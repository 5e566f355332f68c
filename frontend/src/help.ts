// The help: keys, signs and what the codes mean.

import { h } from "./dom";
import { certaintyLabel, statusLabel } from "./icons";
import { KIND_GLOSSARY } from "./kinds";
import { mannerLabel } from "./says";
import { CERTAINTIES, MANNERS, STATUSES, TYPES } from "./words";

const KEYS: [keys: string[], does: string][] = [
  [["j", "k"], "next fact, fact before (arrow keys in a list do the same)"],
  [["Enter"], "open or close the fact in focus"],
  [["t"], "go to the report’s text"],
  [["n", "p"], "in the text: next passage, passage before; Enter lists its facts"],
  [["c"], "the report beside the one it is made from; there n and p go through the differences"],
  [["r"], "restored reading or original words, where garbled words were restored"],
  [["/"], "find words"],
  [["1", "…", "6"], "go to a view"],
  [["Esc"], "close, let go of the fact, clear the words"],
  [["?"], "this help"],
];

/** `keys` is told whether the single keys are wanted. */
export function helpDialog(keys: (wanted: boolean) => void): HTMLDialogElement {
  const dialog = h<HTMLDialogElement>("dialog.help", { "aria-labelledby": "help-title" });
  const pairs = (rows: [Node, string][]) => h("dl.glossary", {}, ...rows.map(([name, words]) => h("div", {}, h("dt", {}, name), h("dd", {}, words))));
  const tick = h<HTMLInputElement>("input", { type: "checkbox", checked: true, change: () => keys(tick.checked) });
  const word = (text: string) => h("strong", {}, text);
  dialog.append(
    h("header", {}, h("h2", { id: "help-title" }, "How to read this page"), h("button.quiet", { type: "button", click: () => dialog.close() }, "Close")),
    h("p", {}, "Every fact stands on words of a report. Choose a fact, and its words are lit in the text beside; choose underlined words in the text, and the facts that stand on them are listed. A fact is what a report says, by whom it is said and how firmly: not what the page’s makers hold to be true."),
    h("h3", {}, "Keys"),
    h("dl.glossary.keys", {}, ...KEYS.map(([keys, does]) => h("div", {}, h("dt", {}, ...keys.flatMap((key, at) => [at ? " " : "", h("kbd", {}, key)])), h("dd", {}, does)))),
    h("label.tick", {}, tick, " Use these keys (switch off where they get in the way of speech input or a screen reader)"),
    h("h3", {}, "Status of an event"),
    pairs(Object.entries(STATUSES).map(([status, [, meaning]]) => [statusLabel(status), meaning])),
    h("h3", {}, "How firmly its source puts it"),
    pairs(Object.entries(CERTAINTIES).map(([certainty, [, meaning]]) => [certaintyLabel(certainty), meaning])),
    h("h3", {}, "Manner of a statement"),
    pairs(Object.entries(MANNERS).map(([manner, [, meaning]]) => [mannerLabel(manner), meaning])),
    h("h3", {}, "Copies"),
    h("p", {}, "Reports that go back to one account are one origin. A copy stands under the report that it is made from."),
    pairs(KIND_GLOSSARY.map(([name, meaning]) => [word(name), meaning])),
    h("h3", {}, "Types of event"),
    pairs(Object.values(TYPES).map(([name, meaning]) => [word(name), meaning])),
  );
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  return dialog;
}
