// What is in the casebook, at the top of the page: its name, how much is decided.

import { bdi, h } from "../src/dom";
import { count } from "../src/words";
import * as api from "./api";

export class Overview {
  readonly title = h("h1", { dir: "auto" });
  readonly figures = h("p.summary");
  readonly bar = h<HTMLProgressElement>("progress", { max: 1, value: 0, "aria-label": "Decided" });
  /** The number of the latest decision that the page knows of; -1 before it has asked. */
  latest = -1;

  async refresh(): Promise<void> {
    this.show(await api.casebook());
  }

  show(now: api.Casebook): void {
    document.title = `${now.name} – Review – Marsad`;
    this.title.replaceChildren(bdi(now.name));
    this.figures.replaceChildren(
      h("span", {}, `${now.decided.toLocaleString("en-GB")} of ${count(now.events, "event")} decided`),
      ` · ${count(now.reports, "report")}, ${count(now.origins, "origin")}`,
    );
    this.bar.max = Math.max(1, now.events);
    this.bar.value = now.decided;
    this.latest = now.latest;
  }
}
