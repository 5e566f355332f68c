// The top of the page: title, what the records hold in plain words, light or dark.

import { bdi, h, s } from "./dom";
import { kindWords, spunWords } from "./kinds";
import type { State } from "./state";
import { dateWords } from "./time";
import { count, list, shortened, STATUSES } from "./words";

/** A summary of figures in plain words for the reports in view. */
export function summary(state: State): string[] {
  const { reports, collection } = state;
  if (!reports.length) return ["There are no reports on this page."];
  const sources = new Set(reports.map(({ source }) => source).filter(Boolean));
  const dated = reports.filter(({ published }) => published).sort((a, b) => (a.published as [number, number])[0] - (b.published as [number, number])[0]);
  const [first, last] = [dated[0]?.raw.published, dated.at(-1)?.raw.published];
  const when = !first || !last ? "" : first === last ? `, published ${dateWords(first)}` : `, published ${dateWords(first)} – ${dateWords(last)}`;
  const from = sources.size ? `${collection.count && !state.scope && reports.length > 1 ? "," : ""} from ${count(sources.size, "source")}` : "";
  const events = reports.flatMap((report) => report.events);
  const all = reports.length === collection.reports.length;
  const number = all && collection.count && reports.length > 1 ? collection.count : state.originsOnly && collection.count && !state.scope ? `${collection.count}: one report of each` : count(reports.length, "report");
  const sentences = [`${number}${from}${when}.`];
  const [only] = reports;
  if (only?.kin?.of && reports.length === 1) sentences.push(`${kindWords(only.kin.kind).of} “${shortened(only.kin.of.label, 80)}”.`);
  const spun = reports.filter((report) => spunWords(report));
  if (only && reports.length === 1 && spunWords(only)) sentences.push(`It ${spunWords(only)}.`);
  else if (spun.length) sentences.push(`${count(spun.length, "report")} ${spun.length === 1 ? "reads" : "read"} as machine-spun.`);
  if (!events.length) sentences.push("No events were found.");
  else {
    const ofStatus = (status: string) => events.filter(({ raw }) => raw.status === status).length;
    const words: Record<string, string> = {
      happened: "said to have happened", "did-not-happen": "said not to have happened", planned: "planned", requested: "demanded", conditional: "only possible",
    };
    const parts = Object.keys(STATUSES).filter(ofStatus).map((status) => `${ofStatus(status).toLocaleString("en-GB")} ${words[status]}`);
    const undated = events.filter(({ when: at }) => !at).length;
    const others = events.filter(({ raw }) => !raw.according_to.includes("author")).length;
    sentences.push(`${count(events.length, "event")}: ${list(parts)}.`);
    if (others) sentences.push(`${count(others, "event")} ${others === 1 ? "rests" : "rest"} on somebody’s word, not on the report’s own.`);
    if (undated) sentences.push(`${count(undated, "event")} ${undated === 1 ? "has" : "have"} no date.`);
    const unknown = reports.filter(({ published }) => !published).length;
    if (unknown) sentences.push(`${count(unknown, "report")} ${unknown === 1 ? "has" : "have"} no date of publication, so that words such as “on Monday” may stay without a date.`);
  }
  const statements = reports.flatMap((report) => report.statements);
  if (statements.length) {
    const unnamed = statements.filter(({ raw }) => raw.anonymous || raw.speaker === null).length;
    sentences.push(`${count(statements.length, "statement")}${unnamed ? `, ${unnamed} of unnamed speakers` : ""}.`);
  }
  return sentences;
}

type Theme = "auto" | "light" | "dark";
const THEMES: Theme[] = ["auto", "light", "dark"];
const NAMES: Record<Theme, string> = { auto: "as the system", light: "light", dark: "dark" };

/** Light, dark or as the system: a button that goes round. Remembered where the browser allows it. */
export function themeButton(): HTMLElement {
  let theme: Theme = "auto";
  try {
    const kept = localStorage.getItem("marsad-theme") as Theme | null;
    if (kept && THEMES.includes(kept)) theme = kept;
  } catch {
    // A page opened from a file may have no storage; the choice then lasts as long as the page.
  }
  const button = h("button.icon-button.theme", { type: "button", click: () => set(THEMES[(THEMES.indexOf(theme) + 1) % 3] as Theme) });
  const draw: Record<Theme, string> = {
    auto: "M8 2.5a5.5 5.5 0 0 0 0 11ZM8 2.5a5.5 5.5 0 0 1 0 11",
    light: "M8 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6ZM8 1v2M8 13v2M1 8h2M13 8h2M3 3l1.4 1.4M11.6 11.6 13 13M13 3l-1.4 1.4M4.4 11.6 3 13",
    dark: "M13 9.5A5.5 5.5 0 1 1 6.5 3a4.5 4.5 0 0 0 6.5 6.5Z",
  };
  function set(next: Theme): void {
    theme = next;
    if (theme === "auto") document.documentElement.removeAttribute("data-theme");
    else document.documentElement.setAttribute("data-theme", theme);
    try {
      localStorage.setItem("marsad-theme", theme);
    } catch {
      // See above.
    }
    const words = `Colours: ${NAMES[theme]}`;
    button.setAttribute("aria-label", words);
    button.title = words;
    button.replaceChildren(s("svg", { viewBox: "0 0 16 16", width: 16, height: 16, "aria-hidden": "true" }, s("path.stroke", { d: draw[theme] })));
  }
  set(theme);
  return button;
}

/** The page's own title, or one made from what is on it. */
export function heading(state: State): string {
  const { title, reports } = state.collection;
  const [only] = reports;
  return title ?? (reports.length === 1 && only ? only.title : reports.length ? (state.collection.count ?? count(reports.length, "report")) : "No reports");
}

export function pageTitle(state: State): HTMLElement {
  return h("h1", { dir: "auto" }, bdi(heading(state)));
}
