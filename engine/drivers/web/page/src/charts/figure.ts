// A picture with its caption, its words for a screen reader, and its table: both can be saved.
import { h, button, save } from "../dom";
import type { Page } from "../page";

export interface Picture {
  title: string;
  alt: string;
  svg: SVGSVGElement;
  name: string;  ///< of saved files
  header: string[];
  rows: (string | number)[][];
}

/// The picture as a file of its own: dark on white, with its font.
export function svgText(svg: SVGSVGElement): string {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.removeAttribute("aria-hidden");
  copy.setAttribute("font-family", "system-ui, sans-serif");
  copy.setAttribute("color", "#15181d");
  const ground = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  for (const [name, value] of [["width", "100%"], ["height", "100%"], ["fill", "#fff"]]) ground.setAttribute(name, value);
  copy.prepend(ground);
  return '<?xml version="1.0" encoding="UTF-8"?>\n' + new XMLSerializer().serializeToString(copy);
}

export function csvText(header: string[], rows: (string | number)[][]): string {
  const field = (x: string | number) => (/[",\n]/.test(String(x)) ? `"${String(x).replaceAll('"', '""')}"` : String(x));
  return [header, ...rows].map((row) => row.map(field).join(",")).join("\n") + "\n";
}

export function figure(page: Page, p: Picture): HTMLElement {
  const t = page.t.figure;
  // Plot brings a style sheet of its own, which the content-security policy refuses; style.css has its rules.
  for (const style of p.svg.querySelectorAll("style")) style.remove();
  p.svg.setAttribute("aria-hidden", "true");
  p.svg.setAttribute("focusable", "false");
  const table = () => h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": p.title }, h("table", {},
    h("thead", {}, h("tr", {}, ...p.header.map((x) => h("th", { scope: "col" }, x)))),
    h("tbody", {}, ...p.rows.map((row) => h("tr", {}, ...row.map((x, i) => (i === 0 ? h("th", { scope: "row" }, String(x)) : h("td", {}, String(x)))))))));
  const details = h("details", { class: "table" }, h("summary", {}, t.table));
  details.addEventListener("toggle", () => { if (details.open && details.children.length === 1) details.append(table()); });
  return h("figure", {}, h("figcaption", {}, p.title),
    h("div", { class: "picture", role: "img", "aria-label": `${p.title}. ${p.alt}` }, p.svg),
    h("div", { class: "figure-tools" },
      details,
      button("CSV", () => save(`${p.name}.csv`, "text/csv", csvText(p.header, p.rows)), { class: "quiet", "aria-label": `${t.saveCsv}: ${p.title}` }),
      button("SVG", () => save(`${p.name}.svg`, "image/svg+xml", svgText(p.svg)), { class: "quiet", "aria-label": `${t.saveSvg}: ${p.title}` })));
}

/// How wide a picture in this place may be.
export const widthOf = (place: HTMLElement, most = 900): number => Math.max(280, Math.min(most, place.clientWidth || 640));
