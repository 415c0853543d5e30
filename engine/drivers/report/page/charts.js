// The kinds of chart of a report, on Observable Plot. Every series differs in mark, dash or hatching as well as in colour, and
// words stand in a line of their own above what they name, so that nothing overlaps at any width.
"use strict";
const ink = "currentColor", tone = name => `var(--${name})`;
const row_height = 46, left = 16, right = 27;  // room for half a label of the axis at either end

/// Rows with a name above each; marks(y) draws what stands below the name. rows: [{name, value}], one line each.
function named_rows(width, rows, domain, label, format, marks, rules = []) {
  const names = rows.map((_, i) => i);
  return Plot.plot({
    width, height: rows.length * row_height + 46, marginLeft: left, marginRight: right, marginTop: 6, marginBottom: 40,
    style: {fontSize: "13px", background: "none"},
    x: {domain, label, labelAnchor: "left", labelArrow: "none", tickFormat: format, ticks: width < 480 ? 4 : 8, nice: false},
    y: {type: "band", domain: names, axis: null, padding: 0},
    marks: [
      Plot.gridX({stroke: tone("line"), strokeOpacity: 1, ticks: width < 480 ? 4 : 8}),
      ...rules.map(r => Plot.ruleX([r], {stroke: ink, strokeOpacity: 0.6})),
      ...marks,
      Plot.text(rows, {x: domain[0], y: (_, i) => i, text: r => fitted(r.name, r.value, width), textAnchor: "start", dy: -13, dx: 1, fill: ink, stroke: tone("paper"), strokeWidth: 4}),
      Plot.text(rows, {x: domain[1], y: (_, i) => i, text: "value", textAnchor: "end", dy: -13, fill: ink, fontVariant: "tabular-nums", stroke: tone("paper"), strokeWidth: 4}),
    ],
  });
}

/// A name cut to the room that its value leaves, at about 6.9 pixels a letter.
function fitted(name, value, width) {
  const room = Math.floor((width - left - right - 10) / 6.9) - String(value || "").length - 2;
  return name.length <= room ? name : name.slice(0, Math.max(8, room - 1)).trimEnd() + "…";
}

/// Bars from 0 with intervals. rows: [{name, share, low, high}] in shares.
function share_bars(width, rows, label, most = null) {
  const shown = rows.map(r => ({...r, value: r.low === undefined ? percent(r.share) : `${percent(r.share)} ${interval(r)}`}));
  const top = most ?? Math.min(1, Math.max(0.05, 1.08 * Math.max(...rows.map(r => r.high ?? r.share))));
  return named_rows(width, shown, [0, top], label, x => Math.round(1000 * x) / 10 + " %", [
    Plot.barX(shown, {x1: 0, x2: "share", y: (_, i) => i, insetTop: 22, insetBottom: 8, fill: tone("a"), fillOpacity: 0.75}),
    Plot.ruleY(shown.filter(r => r.low !== undefined), {x1: "low", x2: "high", y: r => shown.indexOf(r), dy: 7, stroke: ink, strokeWidth: 1.6, marker: "tick"}),
  ]);
}

/// Points with intervals about 0. rows: [{name, at, low, high, text}].
function interval_rows(width, rows, label, format) {
  const ends = rows.flatMap(r => [r.low ?? r.at, r.high ?? r.at, r.at, 0]).filter(x => Number.isFinite(x));
  const low = Math.min(...ends), high = Math.max(...ends), room = 0.06 * (high - low || 1);
  const shown = rows.map(r => ({...r, value: r.text}));
  return named_rows(width, shown, [low - room, high + room], label, format, [
    Plot.ruleY(shown.filter(r => Number.isFinite(r.low) && Number.isFinite(r.high)), {x1: "low", x2: "high", y: r => shown.indexOf(r), dy: 7, stroke: tone("a"), strokeWidth: 2, marker: "tick"}),
    Plot.dot(shown, {x: "at", y: (_, i) => i, dy: 7, r: 4.5, fill: tone("a"), stroke: tone("paper")}),
  ], [0]);
}

/// Lines over time with bands, named in a key of dashes below. series: [{name, dash, tone, points: [[x, y, low, high]]}].
function lines(width, series, options) {
  const points = series.flatMap(s => s.points.map(p => ({x: p[0], y: p[1], low: p[2], high: p[3], name: s.name})));
  const of = s => points.filter(p => p.name === s.name);
  const top = options.top ?? Math.max(0.02, ...points.map(p => p.high ?? p.y)) * 1.05;
  const chart = Plot.plot({
    width, height: Math.max(240, Math.min(380, width * 0.5)), marginLeft: 56, marginRight: 14, marginTop: 24, marginBottom: 42,
    style: {fontSize: "13px", background: "none"},
    x: {label: options.x, labelArrow: "none", labelAnchor: "center", ticks: width < 480 ? 5 : 10, ...options.scale_x},
    y: {domain: [options.bottom ?? 0, top], label: options.y, labelArrow: "none", tickFormat: x => Math.round(1000 * x) / 10 + " %", ticks: 6, grid: false},
    marks: [
      Plot.gridY({stroke: tone("line"), strokeOpacity: 1, ticks: 6}),
      ...series.filter(s => s.points.some(p => p[2] !== undefined)).map(s =>
        Plot.areaY(of(s), {x: "x", y1: "low", y2: p => Math.min(top, p.high), fill: tone(s.tone), fillOpacity: s.pale ? 0.1 : 0.22, clip: true})),
      ...series.map(s => Plot.lineY(of(s), {x: "x", y: p => Math.min(top, p.y), stroke: tone(s.tone), strokeWidth: 2.2, strokeDasharray: s.dash || null, clip: true})),
      ...(options.marks || []),
    ],
  });
  return with_key(width, chart, [...series, ...(options.key || [])]);
}

/// Dashes and names below a chart, as many a line as fit.
function with_key(width, chart, series) {
  const height = Number(chart.getAttribute("height")), letter = 7.1, spaces = [];
  let x = 48, y = height + 8;
  for (const s of series) {
    const long = 44 + s.name.length * letter;
    if (x > 48 && x + long > width) { x = 48; y += 22; }
    spaces.push({x, y, s});
    x += long + 14;
  }
  const svg = d3.select(chart);
  for (const {x: at, y: line, s} of spaces) {
    if (s.symbol) svg.append("path").attr("d", d3.symbol(s.symbol, 46)()).attr("transform", `translate(${at + 15},${line})`).attr("fill", tone(s.tone)).attr("stroke", ink).attr("stroke-width", 0.6);
    else svg.append("line").attr("x1", at).attr("x2", at + 30).attr("y1", line).attr("y2", line).attr("stroke", tone(s.tone)).attr("stroke-width", 2.4).attr("stroke-dasharray", s.dash || null);
    svg.append("text").attr("x", at + 37).attr("y", line + 4.5).text(s.name).attr("font-size", 13).attr("text-anchor", "start");
  }
  chart.setAttribute("height", y + 16);
  chart.setAttribute("viewBox", `0 0 ${width} ${y + 16}`);
  return chart;
}

/// Symbols of the solution concepts, each a shape of its own.
const concept_marks = [
  {name: "weighted_mean", title: "weighted mean", symbol: d3.symbolSquare, tone: "b"},
  {name: "condorcet_median", title: "Condorcet median", symbol: d3.symbolTriangle, tone: "d"},
  {name: "nash", title: "Nash", symbol: d3.symbolCircle, tone: "c"},
  {name: "kalai_smorodinsky", title: "Kalai–Smorodinsky", symbol: d3.symbolDiamond, tone: "a"},
];

/// One issue's scale: how often each place was signed, and below it, a lane each, where the concepts point.
function issue_strip(width, issue, concepts) {
  const total = issue.bins.reduce((a, b) => a + b, 0), most = Math.max(1, ...issue.bins), n = issue.bins.length;
  const bars = issue.bins.map((count, i) => ({x1: i / n, x2: (i + 1) / n, y: count / most})).filter(b => b.y > 0);
  const tall = 58, lane = 12, lanes = concepts.length * lane;
  const chart = Plot.plot({
    width, height: 6 + tall + lanes + 34, marginLeft: left, marginRight: right, marginTop: 6, marginBottom: 34,
    style: {fontSize: "13px", background: "none"},
    x: {domain: [0, 1], label: null, ticks: width < 480 ? [0, 0.5, 1] : [0, 0.2, 0.4, 0.6, 0.8, 1]},
    y: {domain: [-lanes / tall, 1], axis: null},
    marks: [
      Plot.ruleX(issue.anchors.map(a => a[0]), {stroke: tone("pale"), strokeDasharray: "2 3"}),
      Plot.rectY(bars, {x1: "x1", x2: "x2", y1: 0, y2: "y", fill: tone("a"), fillOpacity: 0.6, inset: 0.5}),
      Plot.ruleY([0], {stroke: ink}),
    ],
  });
  const x = v => left + v * (width - left - right), svg = d3.select(chart);
  concepts.forEach((c, i) => svg.append("path").attr("d", d3.symbol(c.symbol, 52)()).attr("transform", `translate(${x(c.at)},${6 + tall + lane * (i + 0.55)})`)
    .attr("fill", tone(c.tone)).attr("stroke", tone("paper")).append("title").text(`${c.title}: ${fixed(c.at)}`));
  if (total === 0) svg.append("text").attr("x", 12).attr("y", 40).text("no deal in force settles this").attr("font-size", 13).attr("text-anchor", "start");
  return chart;
}
