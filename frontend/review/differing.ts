// Where reviewers differ about a fact: both words side by side, and a way to keep either.

import { bdi, h, type Child } from "../src/dom";
import type { Conflict } from "./api";
import { valueWords } from "./card";
import { FIELDS } from "./states";

/** `keep` is told the field and the value that the person keeps; `is` with yes or no. */
export function differing(conflicts: Conflict[], keep: (field: string, value: unknown) => void): Child {
  if (!conflicts.length) return null;
  return h(
    "section.differing",
    { "aria-label": "Reviewers differ" },
    h("h3", {}, "Reviewers differ"),
    ...conflicts.map(({ field, said }) => {
      const name = field === "is" ? "is there such a thing?" : FIELDS[field] ?? field;
      return h(
        "div.differ",
        { role: "group", "aria-label": name },
        h("h4", {}, name),
        h("ul.side-by-side", {}, ...said.map(({ who, number, value, holds }) => h(
          `li${holds ? ".holds" : ""}`,
          {},
          h("p.row-meta", {}, bdi(who), `, decision ${number}`, holds && h("strong", {}, " · holds")),
          h("p.figure-value", {}, bdi(field === "is" ? String(value) : valueWords(value))),
          h("button.quiet", { type: "button", "aria-label": `Keep this, of ${who}: ${name}`, click: () => keep(field, value) }, "Keep this"),
        ))),
      );
    }),
    h("p.note", {}, "The latest word holds. What you keep is your word too; the others stay in the audit trail."),
  );
}
