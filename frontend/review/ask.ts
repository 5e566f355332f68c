// The query box: one SELECT on the casebook, and what it gives as a table.

import { bdi, h } from "../src/dom";
import { count } from "../src/words";
import * as api from "./api";
import { put } from "./put";

const EXAMPLES: [words: string, sql: string][] = [
  ["Events by type and status", "SELECT type, status, count(*) AS events\nFROM events JOIN records ON records.number = events.record\nWHERE records.shown = 1 GROUP BY type, status ORDER BY events DESC"],
  ["Who acts most", "SELECT actors.name, count(*) AS events\nFROM roles JOIN records ON records.number = roles.record\nJOIN actors ON actors.record = roles.record AND actors.id = roles.actor\nWHERE roles.role = 'actor' AND records.shown = 1\nGROUP BY actors.name ORDER BY events DESC LIMIT 50"],
  ["Decisions by person", "SELECT data ->> '$.who' AS who, data ->> '$.kind' AS kind, count(*) AS decisions\nFROM decisions GROUP BY who, kind ORDER BY decisions DESC"],
  ["Tables and their columns", "SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND sql IS NOT NULL ORDER BY name"],
];

export class Ask {
  readonly node = h("main.ask", { "aria-labelledby": "ask-head", tabindex: "-1" });
  readonly words = h<HTMLTextAreaElement>("textarea.sql", {
    rows: 6, spellcheck: "false", autocomplete: "off", autocapitalize: "off", "aria-label": "SQL: one SELECT",
    keydown: (event: KeyboardEvent) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); void this.run(); }
    },
  });
  private readonly told = h("p.queue-told", { role: "status" });
  private readonly result = h("div");
  private asked = "";

  constructor() {
    this.words.value = EXAMPLES[0]?.[1] ?? "";
    this.node.append(
      h("h2", { id: "ask-head" }, "Query"),
      h("p.note", {}, "One SELECT on the casebook’s own tables, in SQLite’s language. It can change nothing, runs for two seconds at most and gives a thousand rows at most."),
      h("p.examples", {}, ...EXAMPLES.map(([words, sql]) => h("button.quiet", { type: "button", click: () => { this.words.value = sql; void this.run(); } }, words))),
      this.words,
      h("div.form-buttons", {}, h("button.decide-button.decide-accept", { type: "button", click: () => void this.run() }, "Run ", h("kbd", { "aria-hidden": "true" }, "Ctrl Enter"))),
      this.told,
      this.result,
    );
  }

  /** Its address, with the query that was asked last. */
  get hash(): string {
    return `#/query${this.asked ? `/${encodeURIComponent(this.asked)}` : ""}`;
  }

  /** Take up a query of the address; it is not asked before the person says so. */
  take(words: string): void {
    if (words) this.words.value = words;
    this.asked = words;
  }

  private async run(): Promise<void> {
    put(this.told, "Asking …");
    this.asked = this.words.value;
    history.replaceState(null, "", this.hash);
    try {
      const { columns, rows, more, seconds } = await api.ask(this.words.value);
      put(this.told, `${count(rows.length, "row")}${more ? ", and there are more" : ""}, in ${seconds} s`);
      put(
        this.result,
        h(
          "div.table-scroll",
          { tabindex: "0", role: "region", "aria-label": "Result" },
          h("table.answer", {}, h("thead", {}, h("tr", {}, ...columns.map((name) => h("th", { scope: "col" }, bdi(name))))), h("tbody", {}, ...rows.map((row) => h("tr", {}, ...row.map((value) => h("td", {}, value === null ? h("span.nobody", {}, "null") : bdi(String(value)))))))),
        ),
      );
    } catch (error) {
      put(this.told, h("span.wrong", {}, error instanceof Error ? error.message : String(error)));
      put(this.result);
    }
  }
}
