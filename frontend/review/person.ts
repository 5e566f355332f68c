// Who decides: the reviewer's name, kept in this browser.

import { bdi, h } from "../src/dom";

const KEY = "marsad-reviewer";

export class Reviewer {
  readonly button = h("button.reviewer", { type: "button", title: "Change the name", click: () => void this.ask() });
  readonly dialog = h<HTMLDialogElement>("dialog.help.small-dialog", { "aria-labelledby": "reviewer-title" });
  private kept = "";
  private answer: ((name: string | null) => void) | null = null;
  private readonly input = h<HTMLInputElement>("input", { type: "text", maxlength: 80, required: true, autocomplete: "name", "aria-label": "Your name" });

  constructor() {
    try {
      this.kept = localStorage.getItem(KEY)?.trim() ?? "";
    } catch {
      // Without storage the name lasts as long as the page.
    }
    this.dialog.append(
      h(
        "form",
        { submit: (event: Event) => { event.preventDefault(); this.settle(this.input.value.trim() || null); } },
        h("h2", { id: "reviewer-title" }, "Who decides?"),
        h("p", {}, "Your name stands with every decision. It is kept in this browser."),
        h("p", {}, this.input),
        h("div.form-buttons", {}, h("button.decide-button.decide-accept", { type: "submit" }, "That is me"), h("button.decide-button", { type: "button", click: () => this.settle(null) }, "Not now")),
      ),
    );
    this.dialog.addEventListener("cancel", () => this.settle(null));
    this.draw();
  }

  /** The name; asked for where there is none. Null where the person would not say. */
  async name(): Promise<string | null> {
    return this.kept || this.ask();
  }

  get known(): string {
    return this.kept;
  }

  private ask(): Promise<string | null> {
    this.input.value = this.kept;
    this.dialog.showModal();
    this.input.focus();
    return new Promise((done) => { this.answer = done; });
  }

  private settle(name: string | null): void {
    this.dialog.close();
    if (name) {
      this.kept = name;
      try {
        localStorage.setItem(KEY, name);
      } catch {
        // See above.
      }
    }
    this.draw();
    this.answer?.(name);
    this.answer = null;
  }

  private draw(): void {
    this.button.replaceChildren(...(this.kept ? ["Reviewing as ", bdi(this.kept)] : ["Say who you are"]));
  }
}
