// Dialogs that ask for a few words, or whether something is really meant.

import { h, type Child } from "../src/dom";

/** What the person wrote; null where they would not say. */
export function askDialog(title: string, words: string): Promise<string | null> {
  const input = h<HTMLTextAreaElement>("textarea", { rows: 4, "aria-label": words, maxlength: 4000 });
  const dialog = h<HTMLDialogElement>("dialog.help.small-dialog", { "aria-labelledby": "ask-title" });
  return new Promise((done) => {
    const settle = (answer: string | null) => { dialog.close(); dialog.remove(); done(answer); };
    dialog.append(
      h(
        "form",
        {
          submit: (event: Event) => { event.preventDefault(); settle(input.value.trim() || null); },
          keydown: (event: KeyboardEvent) => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); settle(input.value.trim() || null); } },
        },
        h("h2", { id: "ask-title" }, title),
        h("p", {}, words),
        input,
        h("div.form-buttons", {}, h("button.decide-button.decide-accept", { type: "submit" }, "Save ", h("kbd", { "aria-hidden": "true" }, "Ctrl Enter")), h("button.decide-button", { type: "button", click: () => settle(null) }, "Leave it")),
      ),
    );
    dialog.addEventListener("cancel", () => settle(null));
    document.body.append(dialog);
    dialog.showModal();
    input.focus();
  });
}

export interface Confirming {
  title: string; words: Child[];
  /** What the button says that does it, and the kind of decision that it is. */
  action: string; kind: string;
  /** Whether a reason is needed, or may be given. */
  why: "needed" | "may";
}

/** The reason, which may be empty, once the person has said yes; null where it is to be left. */
export function confirmDialog({ title, words, action, kind, why }: Confirming): Promise<string | null> {
  const input = h<HTMLInputElement>("input", { type: "text", maxlength: 4000, required: why === "needed", autocomplete: "off" });
  const yes = h(`button.decide-button.decide-${kind}`, { type: "submit" }, action, " ", h("kbd", { "aria-hidden": "true" }, "Enter"));
  const dialog = h<HTMLDialogElement>("dialog.help.small-dialog", { "aria-labelledby": "confirm-title" });
  return new Promise((done) => {
    const settle = (answer: string | null) => { dialog.close(); dialog.remove(); done(answer); };
    dialog.append(
      h(
        "form",
        { submit: (event: Event) => { event.preventDefault(); settle(input.value.trim()); } },
        h("h2", { id: "confirm-title" }, title),
        ...words,
        h("label.field.why-field", {}, h("span", {}, why === "needed" ? "what is to be said" : "why (if it needs saying)"), input),
        h("div.form-buttons", {}, yes, h("button.decide-button", { type: "button", click: () => settle(null) }, "Leave it ", h("kbd", { "aria-hidden": "true" }, "Esc"))),
      ),
    );
    dialog.addEventListener("cancel", () => settle(null));
    document.body.append(dialog);
    dialog.showModal();
    (why === "needed" ? input : yes).focus();
  });
}
