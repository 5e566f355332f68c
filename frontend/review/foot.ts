// The page's foot: what it is, and the licences of what is in it.

import notices from "marsad:notices";
import { h } from "../src/dom";

export function foot(): HTMLElement {
  return h(
    "footer.foot",
    {},
    h("p", {}, "Served by Marsad on this computer: nothing on this page is loaded from or sent to anywhere else."),
    h(
      "details",
      {},
      h("summary", {}, "Software and data in this page, with their licences"),
      h("p", {}, "Marsad: Apache-2.0. Borders: Natural Earth, public domain. "),
      ...notices.map((notice) => h("section", {}, h("h3", {}, `${notice.name} ${notice.version} (${notice.licence})`), h("pre", {}, notice.text))),
    ),
  );
}
