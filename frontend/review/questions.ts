// Questions to the reviewer: are two claims of one happening?

import { bdi, h, type Child } from "../src/dom";
import { statusLabel } from "../src/icons";
import { dateWords } from "../src/time";
import { plain, shortened, typeName } from "../src/words";
import type { Item, Question } from "./api";

export const placeOf = (item: Item): [string, number, number] => [item.report, ...item.span];

export function questionRow(question: Question): Child[] {
  return [
    h("span.row-who", {}, bdi(question.text)),
    h("span.row-meta", {}, `${Math.round(100 * question.probability)} % · ${question.joined ? "put together for now" : "left apart for now"}`),
  ];
}

/** Both claims, what speaks for and against, and the two answers. */
export function questionCard(question: Question, same: () => void, apart: () => void, open: (item: Item) => void): Child[] {
  const claim = (item: Item): HTMLElement => {
    const facts = [item.start && dateWords(item.start), item.place, item.killed && `${item.killed} killed`, item.injured && `${item.injured} injured`].filter(Boolean) as string[];
    return h(
      "section.origin",
      {},
      h("h4", {}, bdi(shortened(item.title ?? item.report, 80))),
      h("p.claim-head", {}, statusLabel(item.status), " ", h("span", {}, item.mode ? `${typeName(item.type)} · ${plain(item.mode)}` : typeName(item.type)), " ", h("q.trigger-words", {}, bdi(item.passage))),
      h("p", {}, bdi(item.actors.join(", ") || "no one named"), h("span.arrow", { role: "img", "aria-label": "to" }, "→"), bdi(item.recipients.join(", ") || "no one named")),
      facts.length > 0 && h("p", {}, facts.join(" · ")),
      h("p.row-meta", {}, item.source && bdi(item.source), item.source && ", ", item.published && dateWords(item.published), " ", h("button.link", { type: "button", "aria-label": `Read it in ${item.title ?? item.report}`, click: () => open(item) }, "Read it")),
    );
  };
  return [
    h("header.card-head", {}, h("h2", {}, "One happening or two?"), h("p", {}, bdi(question.text))),
    h(
      "div.decide",
      { role: "group", "aria-label": "Answer" },
      h("button.decide-button.decide-accept", { type: "button", "aria-keyshortcuts": "a", click: same }, "One happening ", h("kbd", { "aria-hidden": "true" }, "a")),
      h("button.decide-button.decide-reject", { type: "button", "aria-keyshortcuts": "x", click: apart }, "Two happenings ", h("kbd", { "aria-hidden": "true" }, "x")),
    ),
    h("div.figures.two", {}, ...question.claims.map(claim)),
    h("p.note", {}, `Alike by ${Math.round(100 * question.probability)} %: `, bdi(question.reasons.join("; ")), `. They are ${question.joined ? "put together" : "left apart"} until somebody says.`),
  ];
}
