// The pages behind the tabs: which there are, which is shown, and the address of each.

import { h } from "../src/dom";
import type { Keys } from "../src/keys";

export interface Page {
  name: string;
  /** What its tab is called. */
  words: string;
  /** A main landmark. */
  node: HTMLElement;
  /** Its address as it stands; `#/NAME` if not given. */
  hash?(): string;
  /** Called when it comes up; what is to be loaded is loaded here. */
  shown?(): void;
  /** Its own single keys, beside those that hold everywhere. */
  keys?: Keys;
  /** Where the skip link leads, and what it is called; to the page itself if not given. */
  skip?: { words: string; node: HTMLElement };
}

export class Pages {
  readonly nav = h("nav.places", { "aria-label": "Pages" });
  /** Leads past the head of the page. */
  readonly skip: HTMLAnchorElement;
  private readonly tabs = new Map<string, HTMLElement>();
  private current: Page;

  /** `common` are the keys that hold on every page. */
  constructor(private readonly pages: Page[], private readonly common: Keys) {
    this.current = pages[0] as Page;
    this.skip = h<HTMLAnchorElement>("a.skip", { click: (event: MouseEvent) => { event.preventDefault(); this.target.focus(); } });
    pages.forEach((page, at) => {
      const key = at < 9 ? ` ( ${at + 1} )` : "";
      const tab = h("button.place-tab", { type: "button", title: `${page.words}${key}`, "data-page": page.name, click: () => this.go(page.name) }, page.words);
      this.tabs.set(page.name, tab);
      this.nav.append(tab);
      page.node.id ||= `page-${page.name}`;
      if (page.skip) page.skip.node.id ||= `chosen-${page.name}`;
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

  private get target(): HTMLElement {
    return this.current.skip?.node ?? this.current.node;
  }

  has(name: string): boolean {
    return this.pages.some((one) => one.name === name);
  }

  /** Show one of them. Its address becomes the page's, as a step that Back takes back, unless it `isAddressed` already. */
  go(name: string, isAddressed = false): void {
    const page = this.pages.find((one) => one.name === name);
    if (!page) return;
    this.current = page;
    this.draw();
    const hash = page.hash?.() ?? `#/${name}`;
    if (!isAddressed && hash !== location.hash) history.pushState(null, "", hash);
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
    this.skip.href = `#${this.target.id}`;
    this.skip.textContent = this.current.skip?.words ?? `Skip to ${this.current.words.toLowerCase()}`;
  }
}
