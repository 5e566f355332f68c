// The page of one actor: what it is called, its ties with the passages they stand on, what it did and what was done to
// it, and when.

import { bdi, h, joined, s, type Child } from "../src/dom";
import { kindIcon } from "../src/icons";
import { emptyState } from "../src/list";
import { between, dateWords, stretchWords, type Stretch } from "../src/time";
import { count, plain, relationName, shortened, typeName } from "../src/words";
import type { View, ViewHost } from "./pictures";
import * as pictures from "./pictures-api";
import type { ActorAnswer, Overview, Side, TieTold } from "./pictures-api";
import { put } from "./put";
import type { Filters } from "./shared";
import { scaleUtc } from "d3-scale";
import { AXIS, axis } from "../src/axis";

const BARS = 46;
/** The most that a line of time is wide. */
const MOST_WIDE = 640;

export class ActorView implements View {
  readonly name = "actor";
  readonly words = "";
  readonly node = h("article.view.actor-page");
  private key = "";
  private drawn = "";
  private turn = 0;

  constructor(private readonly host: ViewHost) {}

  get path(): string {
    return this.key;
  }

  take(path: string): void {
    this.key = path;
  }

  shown(): void {
    // It is as wide as there is room for by itself.
  }

  async load(filters: Filters): Promise<{ total: number; fresh: boolean; wrong: string | null }> {
    const turn = ++this.turn;
    let found: ActorAnswer;
    try {
      found = await pictures.actor(filters, this.key);
    } catch (error) {
      // It may not be there yet: what pictures are drawn from is made in the background.
      const { fresh, wrong } = await pictures.pictured({}, { limit: 1 });
      if (turn !== this.turn) return { total: 0, fresh, wrong };
      if (!fresh && !wrong) {
        put(this.node, emptyState("Nothing to show yet.", "Claims are being joined; this takes a while the first time."));
        this.drawn = "";
        return { total: 0, fresh, wrong };
      }
      put(this.node, emptyState("This actor is not there.", error instanceof Error ? error.message : ""), h("p", {}, this.back()));
      this.drawn = "";
      await this.host.table.show(filters);
      return { total: 0, fresh: true, wrong: null };
    }
    if (turn !== this.turn) return found;
    const words = JSON.stringify(found);
    if (words !== this.drawn) this.draw(found);
    this.drawn = words;
    await this.host.table.show(filters, { party: this.key }, `Incidents with ${found.name}`);
    return found;
  }

  /** There is nothing else to show here: all incidents are a press on another picture away. */
  release(): void {
    this.host.focus(null);
  }

  private back(): HTMLElement {
    return h("button.quiet", { type: "button", click: () => this.host.focus(null) }, "Whole network");
  }

  private draw(found: ActorAnswer): void {
    const { known } = found;
    const others = found.called.filter((name) => name !== found.name);
    const aliases = known ? known.aliases.filter((name) => !found.called.includes(name)) : [];
    const names = (all: string[], most = 14): Child[] => [...joined(all.slice(0, most).map((name) => bdi(name)), ", "), all.length > most && ` and ${all.length - most} more`];
    const field = (name: string, ...value: Child[]): HTMLElement => h("div", {}, h("dt", {}, name), h("dd", {}, ...value));
    put(
      this.node,
      h("header.card-head", {}, h("h2", { tabindex: "-1" }, bdi(found.name)), h("p.card-signs", {}, h("span", {}, kindIcon(found.kind), " ", plain(found.kind)), h("span.count", {}, count(found.total, "incident")), !found.named && h("span.nobody", {}, "only described, never named: perhaps several"))),
      h("p.fact-links", {}, h("button.quiet", { type: "button", click: () => this.host.focus(found.key) }, "Network around it"), this.back()),
      h(
        "dl.fields",
        {},
        others.length > 0 && field("Also called, in these reports", ...names(others)),
        known && field("Known as", bdi(known.name), known.country && h("span.mode", {}, ` (${known.country})`)),
        aliases.length > 0 && field("Other names of it, by the actor packs", ...names(aliases, 10)),
        known && known.part_of.length > 0 && field("Part of, by the actor packs", ...names(known.part_of)),
        known && known.backed_by.length > 0 && field("Backed by, by the actor packs", ...names(known.backed_by)),
        known && /^https?:/.test(known.source) && field("Source of these", h("a", { href: known.source, rel: "noreferrer noopener", target: "_blank" }, known.source.replace(/^https?:\/\//, ""))),
      ),
      this.side("What it did", found.did, found),
      this.side("What was done to it", found.had, found),
      this.ties(found),
    );
  }

  private side(title: string, side: Side, found: ActorAnswer): HTMLElement {
    if (!side.incidents) return h("section", {}, h("h3.part-head", {}, title), h("p.note", {}, "Nothing that reports tell of among these incidents."));
    const spans = [found.did.time.span, found.had.time.span].flatMap((span) => (span ? [between(span[0], span[1]) as Stretch] : []));
    const whole: Stretch | null = spans.length ? [Math.min(...spans.map(([from]) => from)), Math.max(...spans.map(([, to]) => to))] : null;
    return h(
      "section",
      {},
      h("h3.part-head", {}, title, h("span.count", {}, ` ${count(side.incidents, "incident")}`)),
      h("p", {}, ...joined(side.types.slice(0, 8).map(([type, n]) => h("span", {}, typeName(type), h("span.count", {}, ` ${n}`))), " · ")),
      side.others.length > 0 && h("p.who-else", {}, title === "What it did" ? "To " : "By ", ...joined(side.others.map((one) => h("span", {}, h("button.link", { type: "button", click: () => this.host.party(one.key) }, bdi(one.name)), h("span.count", {}, ` ${one.incidents}`))), ", ")),
      whole && side.time.span ? bars(side.time, whole, title, Math.max(260, Math.min(MOST_WIDE, this.node.clientWidth || MOST_WIDE))) : h("p.note", {}, "None of them has a date."),
    );
  }

  private ties(found: ActorAnswer): HTMLElement {
    const end = (one: { key: string; name: string }): Child => (one.key === found.key ? h("strong", {}, bdi(one.name)) : h("button.link", { type: "button", click: () => this.host.party(one.key) }, bdi(one.name)));
    const tie = (one: TieTold): HTMLElement =>
      h(
        "li.tie-told",
        {},
        h("p", {}, end(one.subject), h("span.mode", {}, ` ${relationName(one.relation)} `), end(one.object), h("span.count", {}, ` · ${count(one.reports, "report")}, ${count(one.origins, "origin")}`)),
        ...one.passages.map((told) => {
          const says = told.according_to.filter((who) => who !== "author");
          return h("blockquote.excerpt", { dir: "auto" }, ...lit(told.sentence, told.passage), h("p.row-meta", { dir: "ltr" }, says.length > 0 && "according to ", says.length > 0 && bdi(says.join(", ")), says.length > 0 && " · ", h("cite", {}, bdi(shortened(told.title ?? told.report, 70))), told.published && `, ${dateWords(told.published)}`, " ", h("button.link", { type: "button", "aria-label": `Read it in ${told.title ?? told.report}`, click: () => this.host.openReport(told.report, told.span) }, "Read it")));
        }),
      );
    return h(
      "section",
      {},
      h("h3.part-head", {}, "Lasting ties", h("span.count", {}, ` ${found.ties.length + found.ties_left}`)),
      h("p.note", {}, "As reports tell them, whichever incidents the filters choose."),
      found.ties.length ? h("ul", {}, ...found.ties.map(tie)) : h("p.note", {}, "None told."),
      found.ties_left > 0 && h("p.note", {}, `and ${count(found.ties_left, "tie")} more, told by fewer`),
    );
  }
}

/** A sentence with a passage in it marked. */
function lit(sentence: string, passage: string): Child[] {
  const at = sentence.indexOf(passage);
  if (at < 0) return [sentence];
  return [sentence.slice(0, at), h("span", { "data-roles": "evidence" }, passage), sentence.slice(at + passage.length)];
}

/** Counts in time: full as far as dated to the column, hatched where only a broader date is known. */
function bars(time: Overview, whole: Stretch, title: string, WIDE: number): HTMLElement {
  const height = BARS + AXIS;
  const broadly = time.columns.some(({ broad }) => broad > 0) ? " Hatched: only a broader date is known." : "";
  const x = scaleUtc([new Date(whole[0]), new Date(whole[1])], [2, WIDE - 2]);
  const tallest = Math.max(1, ...time.columns.map(({ exact, broad }) => exact + broad));
  return h("figure", {}, s(
    "svg.activity",
    { viewBox: `0 0 ${WIDE} ${height}`, role: "img", "aria-label": `${title}, in time: ${time.columns.map(({ start, end, exact, broad }) => `${stretchWords(between(start, end) as Stretch)}: ${exact + broad}`).slice(0, 40).join("; ")}` },
    s("defs", {}, s("pattern.broad-plain", { id: `hatch-${title.length}`, width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" }, s("rect", { width: 6, height: 6, fill: "currentColor", "fill-opacity": 0.08 }), s("rect", { width: 2, height: 6, fill: "currentColor", "fill-opacity": 0.5 }))),
    axis(x, WIDE, height),
    ...time.columns.map(({ start, end, exact, broad }) => {
      const when = between(start, end) as Stretch;
      const [x0, x1] = [Math.max(2, x(new Date(when[0]))), Math.min(WIDE - 2, x(new Date(when[1])))];
      const [tall, more] = [(exact / tallest) * (BARS - 4), (broad / tallest) * (BARS - 4)];
      const wide = Math.max(x1 - x0 - 0.6, 2);
      return s("g", {}, s("title", {}, `${stretchWords(when)}: ${count(exact + broad, "incident")}`), s("rect.activity-bar", { x: x0, y: BARS - tall, width: wide, height: tall }), broad > 0 && s("rect.activity-broad", { x: x0, y: BARS - tall - more, width: wide, height: more, fill: `url(#hatch-${title.length})` }));
    }),
  ), broadly && h("figcaption.row-meta", {}, broadly));
}
