// How far reviewers agree with each other and with the coder, field by field.

import { bdi, h } from "../src/dom";
import { emptyState } from "../src/list";
import { count, plain } from "../src/words";
import * as api from "./api";
import type { Agreement } from "./api";
import { put } from "./put";
import { FIELDS } from "./states";

const PART: Record<string, string> = { event: "Event", statement: "Statement", actor: "Actor", relation: "Tie" };

export class AgreementPage {
  readonly node = h("main.agreement", { "aria-labelledby": "agreement-title", tabindex: "-1" });

  constructor(private readonly failed: (error: unknown) => void) {}

  async load(): Promise<void> {
    try {
      this.show(await api.agreement());
    } catch (error) {
      this.failed(error);
    }
  }

  private show({ reviewers, pairs }: Agreement): void {
    put(
      this.node,
      h("h2", { id: "agreement-title" }, "Agreement"),
      h("p.note", {}, "Of what two have both spoken of: how often they said the same. To accept a fact is to say each of its fields. Kappa (Cohen) and alpha (Krippendorff) are the share beyond chance: 1 is always, 0 is as by chance. Whoever sees the other’s decisions agrees more than who does not; for a figure to publish, work on copies of the casebook."),
      reviewers.length > 0 && h("p", {}, ...reviewers.flatMap(({ who, decisions }, at) => [at ? ", " : "", bdi(who), ` (${count(decisions, "decision")})`])),
      pairs.length === 0 && emptyState("Nothing to compare yet.", "As soon as somebody accepts, corrects or rejects, it is compared with what the coder said; and with what others said of the same facts."),
      ...pairs.map(({ one, other, fields }) =>
        h(
          "section",
          {},
          h("h3", {}, bdi(one), " and ", other === null ? "the coder" : bdi(other)),
          h(
            "div.table-scroll",
            { tabindex: "0", role: "region", "aria-label": `Agreement of ${one} and ${other ?? "the coder"}` },
            h(
              "table.answer",
              {},
              h("thead", {}, h("tr", {}, ...["Field", "Both spoke", "The same", "Kappa", "Alpha", "In words"].map((name) => h("th", { scope: "col" }, name)))),
              h("tbody", {}, ...fields.map((of) => h("tr", {}, h("th", { scope: "row" }, fieldName(of.part, of.field)), h("td", {}, String(of.n)), h("td", {}, `${Math.round(100 * of.same)} %`), h("td", {}, figure(of.kappa)), h("td", {}, figure(of.alpha)), h("td", {}, of.words)))),
            ),
          ),
        ),
      ),
    );
  }
}

const figure = (value: number | null): string => (value === null ? "–" : value.toFixed(2));

function fieldName(part: string, field: string): string {
  return `${PART[part] ?? part}: ${field === "is" ? "whether there is one" : FIELDS[field] ?? plain(field)}`;
}
