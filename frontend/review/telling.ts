// What the page tells the person: on the screen for a moment, and to a screen reader.

import { h } from "../src/dom";

export class Telling {
  readonly told = h("p.visually-hidden", { role: "status", "aria-live": "polite" });
  readonly toast = h("p.toast", { hidden: true });
  private timer = 0;

  say(words: string): void {
    this.told.textContent = words;
  }

  tell(words: string, wrong = false): void {
    this.say(words);
    this.toast.textContent = words;
    this.toast.classList.toggle("toast-wrong", wrong);
    this.toast.hidden = false;
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => { this.toast.hidden = true; }, wrong ? 12_000 : 3500);
  }

  failed(error: unknown): void {
    this.tell(error instanceof Error ? error.message : String(error), true);
  }
}
