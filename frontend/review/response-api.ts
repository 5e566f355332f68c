// What the server is asked for the analysis, and what it answers.

import { asked, query } from "./api";

export const KINDS = ["respond", "provoke", "whatif"] as const;
export type Kind = (typeof KINDS)[number];
export type Named = [name: string, incidents: number];
export type ConditionName = "actor" | "recipient" | "party" | "type" | "place";
export type Conditions = Partial<Record<ConditionName | "since" | "until", string>>;

export interface Choices {
  incidents: number; undated: number; exact: number; fewest: number; first: string | null; last: string | null;
  actors: Named[]; recipients: Named[]; types: Named[]; places: Named[]; fresh: boolean; wrong: string | null;
}

/** Incidents a day from `first` on; `missing` are places of days on which nobody looked. */
export interface Series { first: string; last: string; incidents: number; spread: number; words: string; counts: number[]; missing: number[] }

export interface CauseAsked { name: string; days?: string[]; where?: Partial<Record<ConditionName, string>> }

export interface Question extends Conditions {
  kind: Kind; points?: string[]; after?: number; shape?: string; half_life?: number; echo_of?: string[]; coarse?: string; draws?: number; by?: string; parties?: string[]; most?: number;
  causes?: CauseAsked[]; scenarios?: string[]; days?: number;
}

export interface FigureHead { name: string; title: string; about: string; part: number }
export interface Responded {
  point: string; sentence: string; answer: "fell" | "rose" | "no-change-seen" | "cannot-tell"; strength: string;
  facts: [string, string][]; assumptions: string[]; variants: string[][];
}
export interface Provoked { names: string[]; by: string; sentences: string[]; pairs: string[][]; checks: string[][] }
export interface WhatIf { conditional: string; days: number; scenarios: string[][]; effects: string[][]; after: number[] }

export interface State {
  state: "idle" | "working" | "stopping" | "done" | "stopped" | "failed"; id: string | null; kind: Kind | null; question: Question | null;
  stage: string | null; seconds: number; wrong: string | null;
}
export interface Answered extends State { answer: { shown: Responded[] | Provoked | WhatIf; undated: number; figures: FigureHead[]; page: boolean } | null }

/** An element of a figure: its name, attributes, and children or words. */
export type Drawn = [name: string, attributes: Record<string, string>, children: (Drawn | string)[]];
export interface FigureTree { width: number; height: number; elements: Drawn[] }

const post = <T>(address: string, data: unknown): Promise<T> =>
  asked<T>(address, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(data) });

export const choices = (): Promise<Choices> => asked("/api/analysis/choices");
export const series = (given: Conditions): Promise<Series> => asked(`/api/analysis/series?${query({ ...given })}`);
export const ask = (question: Question): Promise<State> => post("/api/analysis", question);
export const state = (id = ""): Promise<Answered> => asked(`/api/analysis?${query({ id })}`);
export const stop = (): Promise<Answered> => post("/api/analysis/stop", {});
export const figure = (id: string, name: string, width: "wide" | "narrow"): Promise<FigureTree> => asked(`/api/analysis/figure?${query({ id, name, width })}`);
/** Where a figure, its numbers or the answer can be had as a file. */
export const file = (id: string, name: string, form: "svg" | "csv" | "json" | "html"): string => `/api/analysis/${encodeURIComponent(id)}/${encodeURIComponent(name)}.${form}`;
