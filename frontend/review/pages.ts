// The pages behind the tabs: which there are, and which is shown.

import { h } from "../src/dom";
import type { Keys } from "../src/keys";

export interface Page {
  name: string;
  /** What its tab is called. */
  words: string;
  node: HTMLElement;
  /** Called when it comes up; what is to be loaded is loaded here. */
  shown?(): void;
  /** Its own single keys, beside those that hold everywhere. */
  keys?: Keys;
}

export class Pages {
  readonly nav = h("nav.places", { "aria-label": "Pages" });
  private readonly tabs = new Map<string, HTMLElement>();
  private current: Page;

  /** `common` are the keys that hold on every page. */
  constructor(private readonly pages: Page[], private readonly common: Keys) {
    this.current = pages[0] as Page;
    pages.forEach((page, at) => {
      const key = at < 9 ? ` ( ${at + 1} )` : "";
      const tab = h("button.place-tab", { type: "button", title: `${page.words}${key}`, "data-page": page.name, click: () => this.go(page.name) }, page.words);
      this.tabs.set(page.name, tab);
      this.nav.append(tab);
    });
    this.draw();
  }

  get nodes(): HTMLElement[] {
    return this.pages.map(({ node }) => node);
  }

  get name(): string {
    return this.current.name;
  }

  get keys(): Keys {
    return { ...this.common, ...this.current.keys };
  }

  /** Show one of them. */
  go(name: string): void {
    const page = this.pages.find((one) => one.name === name);
    if (!page) return;
    this.current = page;
    this.draw();
    page.shown?.();
  }

  /** Show the one at a place, from 1. */
  at(number: number): void {
    const page = this.pages[number - 1];
    if (page) this.go(page.name);
  }

  private draw(): void {
    for (const { name, node } of this.pages) {
      node.hidden = name !== this.current.name;
      const tab = this.tabs.get(name) as HTMLElement;
      if (name === this.current.name) tab.setAttribute("aria-current", "page");
      else tab.removeAttribute("aria-current");
    }
  }
}
