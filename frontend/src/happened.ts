// What happened: the timeline, and the same events as a list or a table.

import { bdi, h, type Child } from "./dom";
import { certaintyLabel, statusLabel } from "./icons";
import { accordingTo, eventFields, eventTitle, inReport, names, timeWords, tolls, whoWhom } from "./label";
import { emptyState, LongList, type Shown } from "./list";
import { inTime, type EventFact } from "./model";
import { Rows, type Page } from "./rows";
import { Timeline } from "./timeline";
import { stretchWords } from "./time";
import { count, plain, shortened, typeName } from "./words";

let asTable = false;

export function happened(page: Page): Shown {
  const { state } = page;
  const facts = inTime(state.events());
  const total = state.reports.reduce((sum, report) => sum + report.events.length, 0);
  const node = h("div.view");
  if (!facts.length) {
    node.append(
      total
        ? emptyState("No event passes the filters.", "Loosen or clear the filters above to see events again.")
        : emptyState("No events were found.", "The text beside is as it came in; statements, actors and places may still have been found."),
    );
    return { node, facts: [], mark: () => null };
  }
  const dated = facts.filter((fact) => fact.when);
  const timeline = dated.length ? new Timeline(facts, (fact) => page.choose(fact)) : null;
  if (timeline) node.append(timeline.node);
  else node.append(h("p.note", {}, `None of the ${count(facts.length, "event")} has a date that can be put on a calendar, so there is no timeline.`));
  const shape = (table: boolean, words: string) =>
    h("button", { type: "button", "aria-pressed": String(asTable === table), click: () => { asTable = table; page.redraw(); } }, words);
  node.append(
    h(
      "div.list-head",
      {},
      h("p.shown-count", {}, facts.length === total ? count(total, "event") : `${facts.length} of ${count(total, "event")}`),
      h("div.switch", { role: "group", "aria-label": "Show events as" }, shape(false, "List"), shape(true, "Table")),
    ),
  );
  const listing = asTable ? table(page, facts) : cards(page, facts);
  node.append(listing.node);
  return {
    node,
    facts,
    shown: () => timeline?.shown(),
    mark(fact) {
      const event = fact?.kind === "event" ? fact : null;
      timeline?.mark(event);
      if (event && facts.includes(event)) listing.reach(facts.indexOf(event));
      return listing.mark(event);
    },
  };
}

interface Listing { node: HTMLElement; reach(index: number): void; mark(fact: EventFact | null): HTMLElement | null }

function dayKey(fact: EventFact): string {
  return fact.when ? stretchWords(fact.when) : "";
}

function cards(page: Page, facts: EventFact[]): Listing {
  const rows = new Rows(page);
  const many = page.state.reports.length > 1;
  const undated = facts.filter((fact) => !fact.when).length;
  const list = h("ol.facts");
  const long = new LongList(facts, list, (fact, index) => {
    const made: HTMLElement[] = [];
    const before = facts[index - 1];
    if (!before || dayKey(before) !== dayKey(fact)) {
      made.push(
        fact.when
          ? h("li.group", {}, h("h3", {}, dayKey(fact)))
          : h("li.group.undated", {}, h("h3", {}, "Without a date"), h("p", {}, `${count(undated, "event")} whose day, month or year the report does not give; in the order of the text.`)),
      );
    }
    made.push(rows.make(fact, `.status-edge-${fact.raw.status}`, summary(fact, many), () => [eventFields(fact)]));
    return made;
  }, "event");
  return { node: long.node, reach: (index) => long.upTo(index + 1), mark: (fact) => rows.mark(fact) };
}

function summary(fact: EventFact, many: boolean): Child[] {
  const { raw, report } = fact;
  const meta: Child[] = [];
  const add = (...parts: Child[]) => meta.push(h("span", {}, ...parts));
  if (!fact.when) {
    const time = timeWords(fact);
    if (time) add(...time);
  }
  const place = raw.place?.name ?? (raw.place?.span ? report.words(raw.place.span) : null);
  if (place) add(bdi(place));
  for (const toll of tolls(fact)) add(h("strong", {}, toll));
  add("according to ", ...accordingTo(report, raw.according_to));
  if (many) add(...inReport(report));
  return [
    h("span.fact-signs", {}, statusLabel(raw.status, raw.according_to), certaintyLabel(raw.certainty)),
    h(
      "span.fact-body",
      {},
      h("span.fact-title", {}, ...eventTitle(fact), " ", h("q.trigger-words", {}, bdi(report.words(raw.span)))),
      whoWhom(fact),
      h("span.meta", {}, ...meta),
    ),
  ];
}

const COLUMNS = ["Status", "When", "What", "Who", "To whom", "Where", "Toll", "According to"];

function table(page: Page, facts: EventFact[]): Listing {
  const many = page.state.reports.length > 1;
  const made = new Map<EventFact, HTMLElement>();
  let marked: HTMLElement | null = null;
  const body = h("tbody");
  const long = new LongList(facts, body, (fact) => {
    const { raw, report } = fact;
    const cell = (...children: Child[]) => h("td", {}, ...(children.length ? children : ["–"]));
    const place = raw.place?.name ?? (raw.place?.span ? report.words(raw.place.span) : null);
    const row = h(
      "tr",
      { "data-fact": `${report.index}/${fact.ref}` },
      cell(h("span.fact-signs", {}, statusLabel(raw.status, raw.according_to), certaintyLabel(raw.certainty))),
      cell(...(fact.when ? [stretchWords(fact.when)] : (timeWords(fact) ?? ["no date"]))),
      h("th", { scope: "row" }, h("button.link", { type: "button", "aria-pressed": "false", click: () => page.choose(fact) }, typeName(raw.type)), raw.mode && h("span.mode", {}, ` ${plain(raw.mode)}`)),
      cell(...names(report, raw.actors)),
      cell(...names(report, raw.recipients)),
      cell(place ? bdi(place) : "–"),
      cell(tolls(fact).join(", ") || "–"),
      cell(...accordingTo(report, raw.according_to)),
      many && cell(bdi(shortened(report.source ?? report.label, 60))),
    );
    made.set(fact, row);
    return [row];
  }, "event");
  const heads = many ? [...COLUMNS, "Report"] : COLUMNS;
  const whole = h("table.events", {}, h("caption.visually-hidden", {}, "Events in order of time"), h("thead", {}, h("tr", {}, ...heads.map((name) => h("th", { scope: "col" }, name)))));
  long.node.prepend(whole);
  whole.append(body);
  const node = h("div.table-scroll", { tabindex: "0", role: "region", "aria-label": "Table of events" }, long.node);
  return {
    node,
    reach: (index) => long.upTo(index + 1),
    mark(fact) {
      marked?.classList.remove("chosen");
      marked?.querySelector("button")?.setAttribute("aria-pressed", "false");
      marked = (fact && made.get(fact)) ?? null;
      marked?.classList.add("chosen");
      marked?.querySelector("button")?.setAttribute("aria-pressed", "true");
      return marked;
    },
  };
}
