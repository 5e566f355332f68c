// A dialog that asks for a few words.

import { h } from "../src/dom";

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
