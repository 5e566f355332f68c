// The page's mark and foot.

import notices from "marsad:notices";
import { h, s } from "./dom";

export function mark(): SVGElement {
  // An observatory's slit dome.
  return s("svg.brand-mark", { viewBox: "0 0 20 20", width: 20, height: 20, "aria-hidden": "true" }, s("path.stroke", { d: "M3 13a7 7 0 0 1 14 0ZM2 16h16M10 6l4-4" }), s("circle.solid", { cx: 15, cy: 2.6, r: 1.4 }));
}

export function foot(): HTMLElement {
  return h(
    "footer.foot",
    {},
    h("p", {}, "Made by Marsad from the reports named above. This file is whole in itself: it loads nothing and sends nothing."),
    h(
      "details",
      {},
      h("summary", {}, "Software and data in this page, with their licences"),
      h("p", {}, "Marsad: Apache-2.0. Borders: Natural Earth, public domain. "),
      ...notices.map((notice) => h("section", {}, h("h3", {}, `${notice.name} ${notice.version} (${notice.licence})`), h("pre", {}, notice.text))),
    ),
  );
}
