// What the server is asked for pictures of the whole casebook, and what it answers.

import { asked, query } from "./api";
import type { Filters } from "./shared";

export const GRADES = ["confirmed", "fair", "weak", "contested", "discounted"] as const;
export type Step = "day" | "week" | "month" | "quarter" | "year" | "decade";
type Known = { fresh: boolean; wrong: string | null };
type Stretch = [first: string, last: string];

export interface Row {
  incident: string; type: string; mode: string | null; status: string; grade: string; start: string | null; end: string | null;
  open: "" | "after" | "before"; place: string; actors: string; recipients: string; killed: string; injured: string; reports: number; origins: number;
}

export interface Overview { span: Stretch | null; step: Step | null; columns: { start: string; end: string; exact: number; broad: number }[] }

export interface Timeline extends Known {
  total: number; dated: number; undated: number; span: Stretch | null; home: Stretch | null; window: Stretch | null;
  lanes: { key: string; name: string; total: number }[]; step: Step | null;
  columns: { lane: number; start: string; end: string; counts: Record<string, number> }[];
  broad: { lane: number; start: string; end: string; number: number }[]; broad_left: number;
  marks: (Row & { lanes: number[] })[]; earlier: number; later: number; overview: Overview;
}

export interface PlaceRow { key: string; name: string; level: "town" | "area" | "country"; country: string | null; point: [number, number] | null; number: number; grades: Record<string, number> }
export interface MapAnswer extends Known { total: number; nowhere: number; places: PlaceRow[]; unplaced: PlaceRow[]; left: number }

export type ActKind = "force" | "words" | "together";
export interface PartyRow { key: string; name: string; kind: string; named: boolean; known: boolean; incidents: number }
export interface Edge { from: number; to: number; kind: ActKind; incidents: number; origins: number; types: [string, number][] }
export interface TieRow { from: number; to: number; relation: string; reports: number; origins: number }
export interface NetworkAnswer extends Known { total: number; acts: number; left: number; hidden: number; parties: PartyRow[]; edges: Edge[]; ties: TieRow[] }

export interface Side { incidents: number; types: [string, number][]; others: { key: string; name: string; incidents: number }[]; time: Overview }
export interface TieTold {
  subject: { key: string; name: string }; relation: string; object: { key: string; name: string }; reports: number; origins: number;
  passages: { report: string; title: string | null; published: string | null; passage: string; sentence: string; span: [number, number]; according_to: string[] }[];
}
export interface ActorAnswer extends Known {
  key: string; name: string; kind: string; named: boolean; called: string[];
  known: { name: string; aliases: string[]; source: string; country: string | null; part_of: string[]; backed_by: string[] } | null;
  did: Side; had: Side; total: number; ties: TieTold[]; ties_left: number;
}

export interface Pictured extends Known { total: number; offset: number; items: Row[] }
export type Particular = Partial<Record<"spot" | "party" | "who" | "whom" | "kind" | "order", string>>;

type Given = Record<string, string | number>;

export const timeline = (filters: Filters, more: Given): Promise<Timeline> => asked(`/api/timeline?${query({ ...filters, ...more })}`);
export const map = (filters: Filters): Promise<MapAnswer> => asked(`/api/map?${query({ ...filters })}`);
export const whereabouts = (incident: string): Promise<MapAnswer> => asked(`/api/map?${query({ incident })}`);
export const network = (filters: Filters, more: Given): Promise<NetworkAnswer> => asked(`/api/network?${query({ ...filters, ...more })}`);
export const actor = (filters: Filters, key: string): Promise<ActorAnswer> => asked(`/api/actor?${query({ ...filters, key })}`);
export const pictured = (filters: Filters, more: Particular & { offset?: number; limit?: number }): Promise<Pictured> => asked(`/api/pictured?${query({ ...filters, ...more })}`);
