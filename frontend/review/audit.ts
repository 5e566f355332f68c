// The audit trail: every decision ever taken, the latest first, each with what undoes it.

import { bdi, h } from "../src/dom";
import { emptyState } from "../src/list";
import { count, shortened } from "../src/words";
import * as api from "./api";
import type { Decision } from "./api";
import { change, field } from "./card";
import type { FactPart } from "./facts";
import { put } from "./put";
import { DID } from "./states";
import { ago } from "./when";

export interface AuditHost {
  /** Undo a decision; `together` with all that were taken in one go with it. */
  undo(number: number, together?: boolean): void;
  open(report: string, passage: [number, number], part: FactPart): void;
  failed(error: unknown): void;
}

export class Audit {
  readonly node = h("main.audit", { "aria-labelledby": "audit-title", tabindex: "-1" });
  private most = 200;

  constructor(private readonly host: AuditHost) {}

  async load(): Promise<void> {
    try {
      const { decisions, total } = await api.decisions(this.most);
      this.show(decisions, total);
    } catch (error) {
      this.host.failed(error);
    }
  }

  private show(decisions: Decision[], total: number): void {
    const left = total - decisions.length;
    put(
      this.node,
      h("h2", { id: "audit-title" }, "Audit trail"),
      h("p.note", {}, `${count(total, "decision")}, the latest first. Nothing is ever deleted: what no longer holds was undone by a later decision, and an undo can be undone.`),
      decisions.length ? h("ol.trail", {}, ...this.rows(decisions)) : emptyState("Nothing decided yet.", "What is accepted, corrected and rejected will be listed here."),
      left > 0 && h("button.more", { type: "button", click: () => { this.most = Math.min(2000, this.most + 500); void this.load(); } }, `Show more (${count(left, "decision")} left)`),
    );
  }

  /** A row for each decision; those taken in one go are folded into one. */
  private rows(decisions: Decision[]): HTMLElement[] {
    const found: HTMLElement[] = [];
    for (let at = 0; at < decisions.length; ) {
      const first = decisions[at] as Decision;
      let end = at + 1;
      while (first.step !== null && decisions[end]?.step === first.step) end++;
      const together = decisions.slice(at, end);
      found.push(together.length > 1 ? this.step(together) : this.row(first));
      at = end;
    }
    return found;
  }

  private step(together: Decision[]): HTMLElement {
    const [last, first] = [together[0] as Decision, together.at(-1) as Decision];
    const left = together.filter(({ undone }) => undone === null).length;
    const kinds = [...new Set(together.map(({ kind }) => kind))];
    const did = kinds.length === 1 ? DID[kinds[0] ?? ""] ?? kinds[0] : "decided";
    const what = kinds[0] === "undo" ? count(together.length, "decision") : kinds[0] === "correct" && new Set(together.map(({ target }) => `${target.report} ${target.passage}`)).size === 1 ? count(together.length, "field") : `${count(together.length, "thing")} in one go`;
    return h(
      `li.trail-row${left ? "" : ".undone"}`,
      {},
      h("span.trail-number", {}, String(last.number)),
      h(
        "div",
        {},
        h("p", {}, h("strong", {}, bdi(last.who)), ` ${did} ${what}`),
        last.why && together.every(({ why }) => why === last.why) && h("q.why", { dir: "auto" }, last.why),
        h("p.row-meta", {}, h("time", { datetime: last.at, title: last.at }, ago(last.at)), left === together.length ? "" : left ? ` · ${together.length - left} undone` : " · undone"),
        h("details.step", {}, h("summary", {}, `Decisions ${first.number} to ${last.number}`), h("ol", {}, ...together.map((one) => this.row(one)))),
      ),
      left > 0 && h("button.quiet", { type: "button", "aria-label": `${last.kind === "undo" ? "Redo" : "Undo"} all ${left}: decisions ${first.number} to ${last.number}`, click: () => this.host.undo(last.number, true) }, `${last.kind === "undo" ? "Redo" : "Undo"} all ${left}`),
    );
  }

  private row(decision: Decision): HTMLElement {
    const { target } = decision;
    const { report, passage, claims } = target;
    const undoes = decision.kind === "undo" ? (decision.value as { number?: number } | null)?.number : undefined;
    return h(
      `li.trail-row${decision.undone === null ? "" : ".undone"}`,
      {},
      h("span.trail-number", {}, String(decision.number)),
      h(
        "div",
        {},
        h("p", {}, h("strong", {}, bdi(decision.who)), ` ${DID[decision.kind] ?? decision.kind} `, undoes === undefined ? field(decision) : `decision ${undoes}`, ...change(decision)),
        report !== null && h("p.row-meta", {}, passage ? h("button.link", { type: "button", click: () => this.host.open(report, passage, target.part as FactPart) }, h("q", {}, bdi(decision.words ?? "…"))) : "", passage ? " in " : "", h("cite", {}, bdi(shortened(report, 70)))),
        claims.length > 0 && h("p.row-meta", {}, `${count(claims.length, "claim")}: `, bdi(shortened([...new Set(claims.map(([one]) => one))].join(", "), 120))),
        decision.why && h("q.why", { dir: "auto" }, decision.why),
        h("p.row-meta", {}, h("time", { datetime: decision.at, title: decision.at }, ago(decision.at)), decision.undone !== null && ` · undone by decision ${decision.undone}`),
      ),
      decision.undone === null && h("button.quiet", { type: "button", "aria-label": undoes === undefined ? `Undo decision ${decision.number}` : `Redo decision ${undoes}`, click: () => this.host.undo(decision.number) }, decision.kind === "undo" ? "Redo" : "Undo"),
    );
  }
}
