// The address of a fact: `#REPORT/FACT`.

import type { Fact, Report } from "./model";

export function addressOf(fact: Fact): string {
  return `#${encodeURIComponent(fact.report.raw.id)}/${encodeURIComponent(fact.ref)}`;
}

/** The report, and the fact in it, that an address names; null where it names nothing on this page. */
export function namedBy(hash: string, reports: Report[]): { report: Report; fact: Fact | undefined } | null {
  let id: string;
  let ref: string;
  try {
    [id = "", ref = ""] = hash.slice(1).split("/").map(decodeURIComponent) as [string, string];
  } catch {
    return null;
  }
  const report = reports.find(({ raw }) => raw.id === id);
  return report ? { report, fact: report.fact(ref) } : null;
}
