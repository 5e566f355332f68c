// The tabs: one for each view, with how much is in it.

import { h } from "./dom";
import type { State, View } from "./state";
import { NAMES, sizeOf, viewsOf } from "./views";

export class Tabs {
  readonly node = h("div.tabs", { role: "tablist", "aria-label": "Views", keydown: (event: KeyboardEvent) => this.key(event) });

  constructor(private readonly state: State, private readonly choose: (view: View) => void) {}

  draw(): void {
    const { node, state } = this;
    const focused = node.contains(document.activeElement);
    node.replaceChildren(
      ...viewsOf(state).map((view) => {
        const on = view === state.view;
        return h(
          "button.tab",
          { type: "button", role: "tab", id: `tab-${view}`, "data-view": view, "aria-selected": String(on), "aria-controls": "panel", tabindex: on ? "0" : "-1", click: () => this.choose(view) },
          NAMES[view],
          " ",
          h("span.count", {}, sizeOf(state, view).toLocaleString("en-GB")),
        );
      }),
    );
    const now = node.querySelector<HTMLElement>("[aria-selected=true]");
    if (focused) now?.focus();
    if (now) node.scrollLeft = Math.max(0, now.offsetLeft - node.clientWidth / 2 + now.offsetWidth / 2);
  }

  private key(event: KeyboardEvent): void {
    const views = viewsOf(this.state);
    const at = views.indexOf(this.state.view);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: views.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    this.choose(views[(to + views.length) % views.length] as View);
  }
}
