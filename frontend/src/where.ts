// Where: events on a map, by place; what has no place on it is listed apart.

import { bdi, h, type Child } from "./dom";
import { statusLabel } from "./icons";
import { eventFields, eventTitle, inReport, whoWhom } from "./label";
import { emptyState, LongList, type Shown } from "./list";
import { countryOf, type Country } from "./atlas";
import { WorldMap, type Spot } from "./map";
import { inTime, type EventFact } from "./model";
import { Rows, type Page } from "./rows";
import { stretchWords } from "./time";
import { count } from "./words";

let drawMentioned = true;

/** Events at one point, in one country, or under one place name without coordinates. */
interface Place { name: string; point: [longitude: number, latitude: number] | null; country: Country | null; events: EventFact[] }

function places(facts: EventFact[]): [placed: Place[], unplaced: Place[], nowhere: EventFact[]] {
  const placed = new Map<string, Place>();
  const unplaced = new Map<string, Place>();
  const nowhere: EventFact[] = [];
  for (const fact of facts) {
    const { place } = fact.raw;
    const name = place?.name ?? (place?.span ? fact.report.words(place.span) : null);
    if (!place || (!name && place.latitude === null)) {
      nowhere.push(fact);
      continue;
    }
    const known = place.latitude !== null && place.longitude !== null;
    const country = name ? countryOf(name, known ? [place.longitude as number, place.latitude as number] : null) : null;
    // A country's middle is no place where anything happened: its whole ground is shown instead.
    const key = country ? `in ${country.name}` : known ? `${place.latitude?.toFixed(2)},${place.longitude?.toFixed(2)}` : (name as string).toLocaleLowerCase("en");
    const group = country || known ? placed : unplaced;
    const found = group.get(key) ?? { name: name ?? "", point: !country && known ? [place.longitude as number, place.latitude as number] : null, country, events: [] };
    found.events.push(fact);
    if (!found.name || (name && name.length < found.name.length)) found.name = name ?? found.name;
    group.set(key, found);
  }
  const most = (group: Map<string, Place>) => [...group.values()].sort((a, b) => b.events.length - a.events.length);
  return [most(placed), most(unplaced), nowhere];
}

/** Places that are named in the texts but at which no event in view is put. */
function mentioned(page: Page, placed: Place[]): Spot[] {
  const taken = new Set(placed.flatMap(({ point }) => (point ? [point.map((degrees) => degrees.toFixed(1)).join()] : [])));
  const spots = new Map<string, Spot>();
  for (const report of page.state.reports) {
    for (const { raw } of report.places) {
      if (raw.latitude === null || raw.longitude === null || countryOf(raw.name, [raw.longitude, raw.latitude])) continue;
      const key = [raw.longitude, raw.latitude].map((degrees) => degrees.toFixed(1)).join();
      if (!taken.has(key) && !spots.has(key)) spots.set(key, { name: raw.name, point: [raw.longitude, raw.latitude], country: null, number: 0 });
    }
  }
  return [...spots.values()];
}

export function where(page: Page): Shown {
  const facts = inTime(page.state.events());
  const total = page.state.reports.reduce((sum, report) => sum + report.events.length, 0);
  const node = h("div.view");
  if (!facts.length) {
    node.append(total ? emptyState("No event passes the filters.", "Loosen or clear the filters above to see places again.") : emptyState("No events were found.", "There is nothing to put on a map."));
    return { node, facts: [], mark: () => null };
  }
  const [placed, unplaced, nowhere] = places(facts);
  const named = mentioned(page, placed);
  const groups = new Map<string, HTMLElement>();
  const goTo = (index: number) => {
    const key = `place-${index}`;
    lists.upTo(index + 1);
    const group = groups.get(key);
    group?.scrollIntoView({ block: "nearest" });
    group?.querySelector<HTMLElement>("h3")?.focus();
  };
  const spots: Spot[] = placed.map((place) => ({ name: place.name, point: place.point, country: place.country, number: place.events.length }));
  const toggle = h<HTMLInputElement>("input", { type: "checkbox", checked: drawMentioned, change: () => { drawMentioned = toggle.checked; page.redraw(); } });
  const tools = h("label.tick", { hidden: named.length === 0 }, toggle, " Also places only mentioned");
  const map = spots.length || (named.length && drawMentioned) ? new WorldMap(spots, drawMentioned ? named : [], tools, goTo) : null;
  if (map) node.append(map.node);
  else node.append(h("p.note", {}, "No place of these events has coordinates, so there is no map."));

  const rows = new Rows(page);
  const sections: { place: Place; note: string; index: number; open: string | null }[] = [
    ...placed.map((place, index) => ({
      place, index, open: null,
      note: place.country ? "the country only, no closer place given" : `${(place.point as [number, number])[1].toFixed(2)}, ${(place.point as [number, number])[0].toFixed(2)}`,
    })),
    ...unplaced.map((place, index) => ({ place, index: placed.length + index, open: index ? null : "Named, without coordinates", note: "not on the map" })),
    ...(nowhere.length ? [{ place: { name: "", point: null, country: null, events: nowhere }, index: -1, open: "No place given", note: "" }] : []),
  ];
  const many = page.state.reports.length > 1;
  const lists = new LongList(sections, h("ol.places"), ({ place, note, index, open }) => {
    const section = h(
      "li.place",
      {},
      open && h("p.part-title", {}, open),
      place.name
        ? h("h3", { tabindex: "-1" }, bdi(place.name), h("span.mode", {}, ` ${note}`), h("span.count", {}, ` ${count(place.events.length, "event")}`))
        : h("h3", { tabindex: "-1" }, place.point ? `${note} ` : "", h("span.count", {}, count(place.events.length, "event"))),
      new LongList(place.events, h("ol.facts"), (fact) => [rows.make(fact, `.compact.status-edge-${fact.raw.status}`, line(fact, many), () => [eventFields(fact)])], "event").node,
    );
    groups.set(`place-${index}`, section);
    return [section];
  }, "place");
  node.append(lists.node);
  const order = [...placed, ...unplaced].flatMap(({ events }) => events).concat(nowhere);
  return {
    node,
    facts: order,
    shown: () => map?.shown(),
    mark(fact) {
      const at = fact?.kind === "event" ? sections.findIndex(({ place }) => place.events.includes(fact)) : -1;
      map?.mark(at >= 0 && at < placed.length ? at : null);
      if (at >= 0) lists.upTo(at + 1);
      return rows.mark(fact);
    },
  };
}

function line(fact: EventFact, many: boolean): Child[] {
  return [
    h("span.fact-signs", {}, statusLabel(fact.raw.status, fact.raw.according_to)),
    h(
      "span.fact-body",
      {},
      h("span.fact-title", {}, ...eventTitle(fact), " ", h("q.trigger-words", {}, bdi(fact.report.words(fact.raw.span)))),
      whoWhom(fact),
      h("span.meta", {}, h("span", {}, fact.when ? stretchWords(fact.when) : "no date"), many && h("span", {}, ...inReport(fact.report))),
    ),
  ];
}
