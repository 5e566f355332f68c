// The views of the page: which there are, what they are called, how much is in each.

import type { Kind, Report } from "./model";
import { VIEWS, type State, type View } from "./state";

export const NAMES: Record<View, string> = { reports: "Reports", happened: "What happened", says: "Who says what", who: "Who is who", where: "Where", skipped: "Left out" };
/** The view in which a fact of this kind stands. */
export const HOME: Partial<Record<Kind, View>> = { event: "happened", statement: "says", relation: "who", actor: "who", skipped: "skipped" };

export function viewsOf(state: State): View[] {
  return VIEWS.filter((view) => {
    if (view === "reports") return state.collection.reports.length > 1;
    if (view === "skipped") return state.collection.reports.some((report) => report.skipped.length > 0);
    return true;
  });
}

/** How many facts a view holds without filters. */
export function sizeOf(state: State, view: View): number {
  const sum = (number: (report: Report) => number) => state.reports.reduce((total, report) => total + number(report), 0);
  switch (view) {
    case "reports":
      return state.collection.reports.length;
    case "happened":
      return sum((report) => report.events.length);
    case "says":
      return sum((report) => report.statements.length);
    case "who":
      return state.everybody.size;
    case "where":
      return new Set(state.reports.flatMap((report) => report.events.flatMap(({ raw }) => (raw.place?.name ? [raw.place.name] : [])))).size;
    case "skipped":
      return sum((report) => report.skipped.length);
  }
}
