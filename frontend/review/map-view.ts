// The map as a view among the pictures: incidents by place, and beside it those that cannot be put on it.

import { geoContains } from "d3-geo";
import { countries, countryOf, type Country } from "../src/atlas";
import { bdi, h } from "../src/dom";
import { emptyState, LongList } from "../src/list";
import { WorldMap, type Spot } from "../src/map";
import { count } from "../src/words";
import { saveButtons } from "./picture-save";
import type { View, ViewHost } from "./pictures";
import * as pictures from "./pictures-api";
import type { MapAnswer, PlaceRow } from "./pictures-api";
import { put } from "./put";
import { titled, type Filters } from "./shared";

/** Kilometres around the point of a province or district: its borders are not known here. */
const AREA = 60;
const LEVELS: Record<PlaceRow["level"], string> = { town: "a town or site, to a tenth of a degree", area: "an area; its borders are not known here", country: "the country only" };

export class MapView implements View {
  readonly name = "map";
  readonly words = "Map";
  readonly node = h("div.view");
  private readonly place = h("div");
  private readonly lists = h("div.map-lists");
  private map: WorldMap | null = null;
  private places: PlaceRow[] = [];
  private filters: Filters = {};
  private drawn = "";
  private chosen: string | null = null;
  private turn = 0;
  private visible = false;

  constructor(private readonly host: ViewHost) {
    this.node.append(this.place, this.lists);
  }

  shown(): void {
    this.visible = true;
    this.map?.shown();
  }

  release(): void {
    void this.press(null, false);
  }

  async load(filters: Filters): Promise<{ total: number; fresh: boolean; wrong: string | null }> {
    const turn = ++this.turn;
    this.filters = filters;
    const found = await pictures.map(filters);
    if (turn !== this.turn) return found;
    if (this.chosen !== "none" && ![...found.places, ...found.unplaced].some(({ key }) => key === this.chosen)) this.chosen = null;
    const words = JSON.stringify(found);
    if (words !== this.drawn) this.draw(found);
    this.drawn = words;
    await this.press(this.chosen, false);
    return found;
  }

  private draw(found: MapAnswer): void {
    const all = found.places.map((place) => [place, spot(place)] as const);
    // A country that the atlas does not have is not drawn.
    const drawn = all.filter(([, { point, country }]) => point || country);
    this.places = drawn.map(([place]) => place);
    const spots = drawn.map(([, one]) => one);
    const unplaced = [...found.unplaced, ...all.filter(([, { point, country }]) => !point && !country).map(([place]) => place)];
    const save = saveButtons(() => this.place.querySelector<SVGSVGElement>("svg.map"), "map", () => `${titled("Map of incidents")}. Borders: Natural Earth`, (error) => this.host.failed(error));
    const words = { noun: "incident", listed: "The table below holds the same places.", several: (at: number[]) => this.pressAny(at), most: true };
    this.map = spots.length ? new WorldMap(spots, [], save, (at) => void this.press(this.places[at]?.key ?? null, true), words) : null;
    if (this.map) put(this.place, this.map.node);
    else put(this.place, found.total ? emptyState("No place of these incidents can be drawn.", "They are listed below and in the table.") : emptyState("Nothing to draw.", found.fresh ? "No incident meets the filters." : "Claims are being joined; this takes a while the first time."));
    if (this.visible) this.map?.shown();
    put(this.lists, this.beside(found.nowhere, unplaced), this.table(found.left));
  }

  /** What is not on the map. */
  private beside(nowhere: number, unplaced: PlaceRow[]): HTMLElement | null {
    if (!nowhere && !unplaced.length) return null;
    const number = nowhere + unplaced.reduce((sum, one) => sum + one.number, 0);
    const button = (key: string, words: HTMLElement | string, number: number): HTMLElement => h("li", {}, h("button.chip", { type: "button", "data-spot-key": key, click: () => void this.press(key, true) }, words, h("span.count", {}, number.toLocaleString("en-GB"))));
    return h(
      "section.unplaced",
      { "aria-label": "Not on the map" },
      h("h2.list-title", {}, "Not on the map", h("span.count", {}, ` ${count(number, "incident")}`)),
      h("p.note", {}, "Places that are named but not known, and incidents for which no place is given."),
      h("ul.chips", {}, nowhere > 0 && button("none", "No place given", nowhere), ...unplaced.slice(0, 60).map((one) => button(one.key, bdi(one.name), one.number))),
      unplaced.length > 60 && h("p.note", {}, `and ${count(unplaced.length - 60, "place")} more, with few incidents each`),
    );
  }

  private table(left: number): HTMLElement | null {
    if (!this.places.length) return null;
    const body = h("tbody");
    const rows = new LongList(this.places, body, (place) => [
      h("tr", {}, h("th", { scope: "row" }, h("button.link", { type: "button", "data-spot-key": place.key, click: () => void this.press(place.key, true) }, bdi(place.name))), h("td", {}, LEVELS[place.level], place.point && place.level !== "country" ? h("span.mode", {}, ` (${place.point[1].toFixed(1)}, ${place.point[0].toFixed(1)})`) : null), h("td.number-cell", {}, place.number.toLocaleString("en-GB"))),
    ], "place");
    const table = h("table.incidents-table.places-table", {}, h("caption.visually-hidden", {}, "Places on the map"), h("thead", {}, h("tr", {}, ...["Place", "Known to", "Incidents"].map((name) => h("th", { scope: "col" }, name)))));
    rows.node.prepend(table);
    table.append(body);
    return h("section", { "aria-label": "Places" }, h("h2.list-title", {}, "Places on the map", h("span.count", {}, ` ${this.places.length.toLocaleString("en-GB")}`)), rows.node, left > 0 && h("p.note", {}, `and ${count(left, "place")} more`));
  }

  /** Places that lie on each other at any scale: the first of them, and the others are in the table of places. */
  private pressAny(at: number[]): void {
    const [first] = at;
    if (first !== undefined) void this.press(this.places[first]?.key ?? null, true);
    this.host.say(`${count(at.length, "place")} lie here; the first is shown`);
  }

  /** Show the incidents of a place in the table; one alone is opened when it was pressed. */
  private async press(key: string | null, pressed: boolean): Promise<void> {
    this.chosen = key;
    const at = this.places.findIndex((one) => one.key === key);
    this.map?.mark(at < 0 ? null : at);
    for (const button of this.node.querySelectorAll<HTMLElement>("[data-spot-key]")) button.setAttribute("aria-pressed", String(button.dataset.spotKey === key));
    const name = key === "none" ? "without a place" : `in ${[...this.places].find((one) => one.key === key)?.name ?? this.nameOf(key)}`;
    await this.host.table.show(this.filters, key === null ? {} : { spot: key }, key === null ? "Incidents" : `Incidents ${name}`);
    if (pressed && at >= 0) this.map?.reach(at);
    if (pressed && key !== null) this.host.table.focus();
  }

  private nameOf(key: string | null): string {
    return this.node.querySelector<HTMLElement>(`[data-spot-key="${CSS.escape(key ?? "")}"] bdi`)?.textContent ?? "this place";
  }
}

export function spot(place: PlaceRow): Spot {
  const country = countryOf(place.name, place.point) ?? (place.level === "country" && place.point ? countryAt(place.point) : null);
  const says = Object.entries(place.grades).map(([grade, number]) => `${number} ${grade}`).join(", ");
  if (country) return { name: place.name, point: null, country, number: place.number, says };
  return { name: place.name, point: place.point, country: null, number: place.number, says, ...(place.level === "town" ? {} : { within: AREA }) };
}

const countryAt = (point: [number, number]): Country | null => countries().find(({ shape }) => geoContains(shape, point)) ?? null;
