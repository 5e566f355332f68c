// Natural Earth's borders, and which place names are those of whole countries.

import type { Feature, MultiPolygon, Polygon } from "geojson";
import { geoCentroid, geoContains, geoDistance } from "d3-geo";
import { feature, mesh } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import type { MultiLineString } from "geojson";
import atlas from "world-atlas/countries-50m.json";

export interface Country { name: string; shape: Feature<Polygon | MultiPolygon> }

const ANTARCTICA = "010";

/** Names in use for countries that the atlas calls otherwise. */
const ALSO: Record<string, string> = {
  "united states": "United States of America", us: "United States of America", usa: "United States of America",
  "u.s.": "United States of America", uk: "United Kingdom", britain: "United Kingdom", "great britain": "United Kingdom",
  "democratic republic of the congo": "Dem. Rep. Congo", "dr congo": "Dem. Rep. Congo", "republic of the congo": "Congo",
  "central african republic": "Central African Rep.", "south sudan": "S. Sudan", "czech republic": "Czechia",
  "bosnia and herzegovina": "Bosnia and Herz.", "ivory coast": "Côte d'Ivoire", "cote d'ivoire": "Côte d'Ivoire",
  burma: "Myanmar", swaziland: "eSwatini", "north macedonia": "Macedonia", türkiye: "Turkey", "dominican republic": "Dominican Rep.",
  "western sahara": "W. Sahara", "equatorial guinea": "Eq. Guinea", "solomon islands": "Solomon Is.", "syrian arab republic": "Syria",
  "russian federation": "Russia", "the gambia": "Gambia",
};

let loaded: { countries: Country[]; borders: MultiLineString; byName: Map<string, Country> } | null = null;

function load(): NonNullable<typeof loaded> {
  if (loaded) return loaded;
  const topology = atlas as unknown as Topology<{ countries: GeometryCollection<{ name: string }> }>;
  const all = feature(topology, topology.objects.countries).features.filter(({ id }) => id !== ANTARCTICA);
  const countries = all.map((shape) => ({ name: shape.properties.name, shape: shape as Feature<Polygon | MultiPolygon> }));
  const byName = new Map(countries.map((country) => [country.name.toLocaleLowerCase("en"), country]));
  for (const [name, proper] of Object.entries(ALSO)) {
    const country = byName.get(proper.toLocaleLowerCase("en"));
    if (country) byName.set(name, country);
  }
  const borders = mesh(topology, topology.objects.countries, (a, b) => a !== b);
  return (loaded = { countries, borders, byName });
}

export const countries = (): Country[] => load().countries;
export const borders = (): MultiLineString => load().borders;

/** Radians (about 600 km) within which a point may stand for a country's middle. */
const MIDDLE = 0.1;

/** Names that several places share, where nothing else tells which is meant. */
const DOUBTFUL = new Set(["congo", "georgia"]);

/**
 * The country that a place name is, and no more than it; null for anything closer.
 * A point far from the country shows that another place of its name is meant.
 */
export function countryOf(name: string, point: [longitude: number, latitude: number] | null = null): Country | null {
  const plain = name.trim().toLocaleLowerCase("en").replace(/^the /, "");
  const country = load().byName.get(plain);
  if (!country || (point ? !near(country, point) : DOUBTFUL.has(plain))) return null;
  return country;
}

/** In a country or about its middle, which may lie in the sea or, of bent countries, next door. */
function near({ shape }: Country, point: [number, number]): boolean {
  return geoContains(shape, point) || geoDistance(geoCentroid(shape), point) < MIDDLE;
}
