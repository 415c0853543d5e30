// Building the page: elements from plain texts (never from markup), numbers as a reader wants them, tables.
"use strict";
const data = JSON.parse(document.getElementById("data").textContent);

/// An element with attributes and children; strings become text, whatever they hold.
function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value !== null && value !== undefined) made.setAttribute(key, value);
  for (const child of children.flat()) if (child !== null && child !== undefined) made.append(child);
  return made;
}

const percent = (x, digits = 1) => x === null || x === undefined ? "–" : (100 * x).toFixed(digits) + " %";
const small = x => x === 0 ? "none" : Number((100 * x).toPrecision(2)) + " %";  // for shares that two decimals would round away
const fixed = (x, digits = 2) => x === null || x === undefined ? "–" : x.toFixed(digits).replace("-", "−");
const signed = (x, digits = 2) => x === null || x === undefined ? "–" : (x > 0 ? "+" : "") + fixed(x, digits);
const whole = x => String(x).replace(/\B(?=(\d{3})+(?!\d))/g, ",");
const interval = s => s ? `[${(100 * s.low).toFixed(1)}, ${(100 * s.high).toFixed(1)}]` : "";

/// columns: [{head, cell: row => text or element, number: true}]
function table(columns, rows) {
  const cells = (row, name, of) => columns.map(c => element(name, {class: c.number ? "number" : null}, of(c, row)));
  return element("div", {class: "scroll"}, element("table", {},
    element("thead", {}, element("tr", {}, cells(null, "th", c => c.head))),
    element("tbody", {}, rows.map(row => element("tr", {}, cells(row, "td", (c, r) => c.cell(r)))))));
}

const paragraph = (text, kind = null) => element("p", {class: kind}, text);
const missing = (what, ...how) => element("p", {class: "missing"}, what, " ", ...how);
const command = text => element("code", {}, text);
const more = (label, ...content) => element("details", {}, element("summary", {}, label), ...content);

/// A chart with its caption; `draw(width)` makes the chart anew whenever the width changes.
const drawn = [];
function figure(label, caption, draw) {
  const room = element("div");
  const made = element("figure", {role: "group", "aria-label": label}, room, element("figcaption", {}, caption));
  drawn.push({room, draw, label, width: 0});
  return made;
}

/// Charts are drawn to the width that they have, so that their words keep their size on a phone and on paper.
function draw_all() {
  for (const chart of drawn) {
    const width = Math.floor(chart.room.clientWidth);
    if (width === 0 || width === chart.width) continue;
    chart.width = width;
    const svg = chart.draw(width);
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", chart.label);
    chart.room.replaceChildren(svg);
  }
}
