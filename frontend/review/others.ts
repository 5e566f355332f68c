// What other people decide meanwhile, as it comes in.

import { bdi, h, type Child } from "../src/dom";
import { count, shortened } from "../src/words";
import * as api from "./api";
import type { Decision } from "./api";
import { change, field } from "./card";
import type { FactPart } from "./facts";
import type { Overview } from "./overview";
import { DID } from "./states";
import { ago } from "./when";

const EVERY = 4000;
const MOST_ASKED = 50;
const MOST_KEPT = 20;

export interface OthersHost {
  readonly overview: Overview;
  /** Whether something of the person's own is under way. */
  readonly busy: boolean;
  readonly who: string;
  open(report: string, passage: [number, number], part: FactPart): void;
  say(words: string): void;
  /** Show what is new. */
  changed(): Promise<void>;
}

export class Others {
  readonly node = h<HTMLDetailsElement>("details.others", { hidden: true });
  private kept: Decision[] = [];

  constructor(private readonly host: OthersHost) {
    setInterval(() => void this.look(), EVERY);
  }

  /** Somebody else may have decided something, or reports may have come in. */
  private async look(): Promise<void> {
    const { host } = this;
    const { overview } = host;
    if (document.hidden || host.busy) return;
    try {
      const now = await api.casebook();
      const before = overview.latest;
      if (host.busy || now.latest === before) return;
      const found = before < 0 ? [] : (await api.decisions(Math.min(MOST_ASKED, now.latest - before))).decisions.filter(({ number, who }) => number > before && who !== host.who);
      overview.show(now);
      await host.changed();
      if (!found.length) return;
      this.kept = [...found, ...this.kept].slice(0, MOST_KEPT);
      this.draw();
      const [last] = found;
      if (last) host.say(found.length > 1 ? `Others have decided: ${count(found.length, "decision")}` : `${last.who} ${DID[last.kind] ?? last.kind} ${last.words ?? field(last)}`);
    } catch {
      // The next thing that the person does will say so.
    }
  }

  private draw(): void {
    const [last] = this.kept;
    this.node.hidden = !last;
    if (!last) return;
    this.node.replaceChildren(
      h("summary", {}, ...words(last)),
      h("ol", {}, ...this.kept.map((one) => {
        const { report, passage, part } = one.target;
        return h("li", {}, report !== null && passage ? h("button.link", { type: "button", click: () => { this.node.open = false; this.host.open(report, passage, part as FactPart); } }, ...words(one)) : h("span", {}, ...words(one)));
      })),
    );
  }
}

function words(one: Decision): Child[] {
  return [bdi(one.who), ` ${DID[one.kind] ?? one.kind} `, one.target.field || one.words === null ? field(one) : "", one.words !== null && h("q", {}, bdi(shortened(one.words, 40))), ...change(one), h("span.mode", {}, ` · ${ago(one.at)}`)];
}
