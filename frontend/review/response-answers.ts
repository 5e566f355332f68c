// The answers: the sentence first, then figures and tables, what was assumed, and what can be taken away.

import { bdi, h } from "../src/dom";
import { count } from "../src/words";
import * as api from "./response-api";
import type { Answered, FigureHead, Provoked, Responded, WhatIf } from "./response-api";
import { figureNode, link, type FigureHost } from "./response-figure";

const STRENGTHS: Record<string, string> = { strong: "Strong evidence", moderate: "Moderate evidence", weak: "Weak evidence", none: "Cannot tell" };

/** A sentence for somebody who hears the page. */
export function told(answered: Answered): string {
  const shown = answered.answer?.shown;
  if (!shown) return "";
  if (Array.isArray(shown)) return shown.map(({ sentence }) => sentence).join(" ");
  if ("names" in shown) return shown.sentences.join(" ") || "No association of one series with what another does later can be told.";
  return `${count(shown.scenarios.length, "scenario")} drawn; ${shown.conditional}.`;
}

export function answerNode(answered: Answered, host: FigureHost): HTMLElement {
  const { answer, id } = answered;
  if (!answer || !id) return h("div");
  const { shown, figures } = answer;
  const node = h("div.response-answer", { "data-answer": id });
  if (Array.isArray(shown)) node.append(...shown.flatMap((one, part) => responded(one, shown.length > 1, id, figures.filter((figure) => figure.part === part), host)));
  else if ("names" in shown) node.append(...provoked(shown, id, figures, host));
  else node.append(...whatIf(shown, id, figures, host));
  node.append(
    h("p.take-line", {}, "The whole answer: ", link(api.file(id, "answer", "json"), "JSON", "Save the whole answer as JSON"), answer.page && " · ", answer.page && link(api.file(id, "answer", "html"), "page to print and keep (HTML)", "Save the whole answer as a page")),
    h("p.note", {}, `Incidents are counted once each, by the rules of the casebook; rejected, denied, planned and discounted ones are left out.${answer.undated ? ` ${count(answer.undated, "incident")} without a usable date left out.` : ""}`),
  );
  return node;
}

function verdict(words: string, ...body: (string | Node)[]): HTMLElement {
  return h("p.response-verdict", {}, h("strong", {}, words), " ", ...body);
}

function responded(one: Responded, headed: boolean, id: string, figures: FigureHead[], host: FigureHost): HTMLElement[] {
  const strength = one.answer === "no-change-seen" ? `No change seen (${one.strength})` : (STRENGTHS[one.strength] ?? one.strength);
  // "Cannot tell. Cannot tell whether ...": the sentence may begin with its own verdict.
  const said = one.sentence.startsWith(`${strength} `) ? verdict(strength, one.sentence.slice(strength.length + 1)) : verdict(`${strength}.`, one.sentence);
  return [
    ...(headed ? [h("h2.part-head", {}, one.point)] : []),
    h("div", { "data-verdict": one.answer, "data-strength": one.strength }, said),
    ...figures.map((figure) => figureNode(id, figure, host)),
    h("h3", {}, "In figures"),
    table("What was found", null, one.facts),
    ...(one.variants.length ? [h("h3", {}, "With other choices"), table("With other choices", ["with another choice", "ratio", "95 % interval", "p", "events after"], one.variants)] : []),
    h("h3", {}, "What was assumed, and what this cannot tell"),
    h("ul.assumed", {}, ...one.assumptions.map((words) => h("li", {}, words)), h("li", {}, "A date that was looked for in these counts proves nothing by this test.")),
  ];
}

function provoked(found: Provoked, id: string, figures: FigureHead[], host: FigureHost): HTMLElement[] {
  const pairs = figures.filter(({ name }) => name.startsWith("pair-"));
  const place = h("div.pair-place", { "aria-live": "polite" });
  const open = (name: string): void => {
    const head = pairs.find((one) => one.name === name);
    if (!head) return;
    place.replaceChildren(h("h3", { tabindex: "-1" }, "One pair"), figureNode(id, head, host));
    const title = place.querySelector<HTMLElement>("h3");
    place.scrollIntoView({ block: "start" });
    title?.focus({ preventScroll: true });
  };
  const drawn = figures.filter(({ name }) => !name.startsWith("pair-")).map((figure) => figureNode(id, figure, { failed: host.failed, ...(figure.name === "matrix" ? { pair: open } : {}) }));
  const [matrix, ...others] = drawn;
  return [
    verdict("Association, not proof.", found.sentences.length ? "" : "No association of one series with what another does later can be told."),
    ...(found.sentences.length ? [h("ul.assumed", {}, ...found.sentences.map((words) => h("li", {}, words)))] : []),
    ...(matrix ? [matrix] : []),
    h("p.note", {}, "Press a cell to see the two series and how soon the one follows the other."),
    place,
    ...others,
    h("h3", {}, "All pairs"),
    table("All pairs", ["after", "more of", "for each", "95 % interval", "p, all pairs looked at", "p, this one alone", "share of false ones (q)"], found.pairs),
    h("h3", {}, "Does the model hold?"),
    table("Does the model hold?", ["series", "residuals uniform, p", "independent, p", "the model"], found.checks),
    h("h3", {}, "What this cannot tell"),
    h("ul.assumed", {}, ...["A third thing that moves both series within days looks the same, and so does reporting that comes in waves.", "Which of two events of one day came first is not known.", "What follows more slowly than ten days on the mean cannot be told from a drift that both share."].map((words) => h("li", {}, words))),
  ];
}

function whatIf(found: WhatIf, id: string, figures: FigureHead[], host: FigureHost): HTMLElement[] {
  const first = found.scenarios[0]?.[0] ?? "";
  return [
    verdict("Conditional on the model.", `This is ${found.conditional}. It is no forecast.`),
    ...figures.map((figure) => figureNode(id, figure, host)),
    h("h3", {}, "Scenarios"),
    table("Scenarios", ["scenario", `incidents in ${found.days} days`, "95 %", `times “${first}”`, "95 %", "oftener than was ever seen"], found.scenarios),
    ...(found.effects.length ? [h("h3", {}, "What the causes did so far"), table("What the causes did so far", ["cause", "days seen", ...found.after.map((days) => `times the background, ${count(days, "day")} after`)], found.effects)] : []),
  ];
}

function table(name: string, heads: string[] | null, rows: string[][]): HTMLElement {
  return h(
    "div.table-scroll",
    { tabindex: "0", role: "region", "aria-label": name },
    h("table.answer", {}, heads && h("thead", {}, h("tr", {}, ...heads.map((words) => h("th", { scope: "col" }, words)))), h("tbody", {}, ...rows.map((row) => h("tr", {}, ...row.map((cell, at) => h(at ? "td" : "th", at ? {} : { scope: "row" }, bdi(cell))))))),
  );
}
