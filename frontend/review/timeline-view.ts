// The timeline as a view among the pictures: its choices, what it asks for, and what it tells the table.

import { h } from "../src/dom";
import { emptyState } from "../src/list";
import { dateWords, stretch } from "../src/time";
import { saveButtons } from "./picture-save";
import type { SignBy } from "./picture-signs";
import type { View, ViewHost } from "./pictures";
import * as pictures from "./pictures-api";
import { shared, titled, type Filters } from "./shared";
import { changedAfter } from "./response-view";
import { IncidentTimeline, LANES, type LaneBy } from "./timeline";

export class TimelineView implements View {
  readonly name = "timeline";
  readonly words = "Timeline";
  readonly node = h("div.view");
  private readonly empty = h("div", { hidden: true });
  private readonly after = h("p.after-links", { hidden: true });
  private readonly lanes: HTMLSelectElement;
  private readonly signs: HTMLSelectElement;
  private readonly picture: IncidentTimeline;
  private before = "";
  /** The days that were asked for, more than are in sight. */
  private window: [string, string] | null = null;
  private sight: [string, string] | null = null;
  private turn = 0;

  constructor(private readonly host: ViewHost) {
    this.lanes = h<HTMLSelectElement>("select", { change: () => void this.again() }, ...Object.entries(LANES).map(([value, words]) => h("option", { value }, words)));
    this.signs = h<HTMLSelectElement>("select", { change: () => { this.picture.signs = this.signs.value as SignBy; void this.again(); } }, h("option", { value: "grade" }, "grades"), h("option", { value: "status" }, "statuses"));
    this.picture = new IncidentTimeline(
      {
        open: (row) => host.open(row),
        moved: (window, sight) => {
          this.window = window;
          this.sight = sight;
          void this.again();
        },
        chosen: (since, until) => shared.set({ since, until }),
      },
      [
        h("div.picture-choices", {}, h("label.tick", {}, "Lanes ", this.lanes), h("label.tick", {}, "Signs ", this.signs)),
        saveButtons(() => this.picture.svg, "timeline", () => titled("Timeline of incidents"), (error) => host.failed(error)),
      ],
    );
    this.node.append(this.picture.node, this.after, this.empty);
  }

  shown(): void {
    this.picture.shown();
  }

  async load(filters: Filters): Promise<{ total: number; fresh: boolean; wrong: string | null }> {
    const turn = ++this.turn;
    const key = JSON.stringify(filters);
    const fresh = key !== this.before;
    this.before = key;
    if (fresh) this.window = this.sight = null;
    const by = this.lanes.value as LaneBy;
    const [found] = await Promise.all([pictures.timeline(filters, { lanes: by, signs: this.signs.value, columns: this.picture.columns, ...(this.window ? { from: this.window[0], to: this.window[1] } : {}) }), this.table(filters)]);
    if (turn !== this.turn) return found;
    this.picture.node.hidden = !found.span && !found.overview.span;
    this.empty.hidden = !!found.span;
    this.empty.replaceChildren(found.total ? emptyState("None of these incidents has a date.", "They are in the table.") : emptyState("Nothing to draw.", found.fresh ? "No incident meets the filters." : "Claims are being joined; this takes a while the first time."));
    this.picture.mark(filters.since ?? "", filters.until ?? "");
    this.ask(filters);
    this.picture.show(found, fresh);
    return found;
  }

  /** A stretch that was chosen begins on a day: did anything change after it? */
  private ask(filters: Filters): void {
    const from = stretch(filters.since);
    this.after.hidden = !from;
    if (!from) return;
    const day = new Date(from[0]).toISOString().slice(0, 10);
    const { actor, type, place } = filters;
    this.after.replaceChildren(h("a", { href: changedAfter(day, { ...(actor ? { actor } : {}), ...(type ? { type } : {}), ...(place ? { place } : {}) }) }, `Did anything change after ${dateWords(day)}?`));
  }

  private async again(): Promise<void> {
    try {
      await this.load(shared.all);
    } catch (error) {
      this.host.failed(error);
    }
  }

  /** The incidents in sight; all of them, undated ones too, where the picture shows all its days. */
  private table(filters: Filters): Promise<void> {
    if (!this.sight) return this.host.table.show(filters);
    const [since, until] = this.sight;
    const later = (a: string, b: string) => ((stretch(a)?.[0] ?? -Infinity) > (stretch(b)?.[0] ?? -Infinity) ? a : b);
    const sooner = (a: string, b: string) => ((stretch(a)?.[1] ?? Infinity) < (stretch(b)?.[1] ?? Infinity) ? a : b);
    return this.host.table.show({ ...filters, since: later(filters.since ?? "", since), until: sooner(filters.until ?? "", until) }, {}, "Incidents about the days in sight");
  }
}
