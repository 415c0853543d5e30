// The sections that other verbs make: attribution, polls and sensitivity, as their --json gives them.
"use strict";
const actor_title = name => data.actor_titles[name] || name.replaceAll("_", " ");

/// `parley explain CONFIG --json`: what the mechanisms contribute to the stalemates.
function attribution() {
  const e = data.explain;
  if (!e) return [missing("Nothing here yet.", command(`parley explain ${data.name} --json > explain.json`), ", and ", command("--explain explain.json"), " with the report.")];
  const title = m => m.title || m.name.replaceAll("_", " ");
  const rows = [...e.mechanisms].sort((a, b) => b.shapley - a.shapley).map(m => ({name: title(m), at: m.shapley, low: m.low, high: m.high,
    text: `${signed(100 * m.shapley, 1)} [${fixed(100 * m.low, 1)}, ${fixed(100 * m.high, 1)}]`}));
  const lifted = [...e.mechanisms].filter(m => Number.isFinite(m.lifted_alone)).sort((a, b) => a.lifted_alone - b.lifted_alone);
  const best = e.mechanisms.find(m => m.name === e.best_single_lift);
  return [
    paragraph(`As configured ${percent(e.stalemate)} of the runs end in stalemate; with every mechanism switched off ${percent(e.without_all)}. The difference is shared out among the mechanisms by their Shapley values: `
      + "what each adds on average over all orders in which they could be switched on."),
    figure("What the mechanisms contribute to stalemate", "Points of the share of stalemates, with 95 % intervals: right of 0 it makes talks stall, left of it it helps." + (e.seed !== undefined ? ` ${whole(e.runs)} runs of each combination, seed ${e.seed}.` : ""),
      w => interval_rows(w, rows, "points of the share of stalemates", x => fixed(100 * x, 0))),
    best ? paragraph(`Lifted alone, “${title(best)}” opens most deals: ${percent(best.lifted_alone)} stalemates instead of ${percent(e.stalemate)}.`) : null,
    lifted.length ? more("Each mechanism lifted alone", table([{head: "mechanism", cell: title}, {head: "what it is", cell: m => m.meaning || ""}, {head: "stalemates without it", number: true, cell: m => percent(m.lifted_alone)}], lifted)) : null,
  ];
}

const organisation_symbols = [d3.symbolCircle, d3.symbolSquare, d3.symbolTriangle, d3.symbolDiamond, d3.symbolStar, d3.symbolWye, d3.symbolCross];
const day = text => new Date(text + "T00:00:00Z");

/// One question over time: the estimate with its band, the polls as dots, the next wave as a bar.
function poll_chart(width, series) {
  const houses = [...new Set(series.polls.map(p => p.organisation))], symbol_of = h => organisation_symbols[houses.indexOf(h) % organisation_symbols.length];
  const dots = series.polls.map(p => ({x: day(p.date), share: p.share, low: Math.max(0, p.share - p.margin), high: Math.min(1, p.share + p.margin), organisation: p.organisation}));
  const next = series.next_wave && {x: day(series.next_wave.date), ...series.next_wave};
  const all = [...series.path.flatMap(p => [p.low80, p.high80]), ...dots.flatMap(d => [d.low, d.high]), ...(next ? [next.low80, next.high80] : [])];
  const low = Math.max(0, Math.min(...all) - 0.03), high = Math.min(1, Math.max(...all) + 0.03);
  const line = [{name: "estimate, band 80 %", tone: "a", points: series.path.map(p => [day(p.date), p.median, p.low80, p.high80])}];
  const marks = [
    Plot.ruleX(dots, {x: "x", y1: "low", y2: "high", stroke: ink, strokeOpacity: 0.55}),
    ...houses.map((h, i) => Plot.dot(dots.filter(d => d.organisation === h), {x: "x", y: "share", r: 4.5, symbol: {draw: (context, size) => symbol_of(h).draw(context, size)}, fill: tone(["b", "c", "d", "a"][i % 4]), stroke: ink, strokeWidth: 0.7})),
    ...(next ? [Plot.ruleX([next], {x: "x", y1: "low80", y2: "high80", stroke: ink, strokeWidth: 4}), Plot.dot([next], {x: "x", y: "median", r: 3, fill: tone("paper"), stroke: ink})] : []),
  ];
  const chart = lines(width, line, {x: null, y: "support", top: high, bottom: low, scale_x: {type: "utc"}, marks,
    key: houses.map((h, i) => ({name: h, symbol: symbol_of(h), tone: ["b", "c", "d", "a"][i % 4]}))});
  return chart;
}

/// `parley polls … --json`: where opinion stands, and what the polls say of packages.
function polls() {
  const p = data.polls;
  if (!p) return [missing("Nothing here yet.", command("parley polls configs/polls/*.csv --json > polls.json"), ", and ", command("--polls polls.json"), " with the report.")];
  const result = [paragraph(`As known on ${p.as_of}. Mood is the logit of support for the reference package; an estimate carries its uncertainty into the runs where the configuration names its polls.`),
    table([{head: "public", cell: q => actor_title(q.public)}, {head: "mood", number: true, cell: q => `${fixed(q.mood)} ± ${fixed(q.sd)}`},
      {head: "support", number: true, cell: q => percent(1 / (1 + Math.exp(-q.mood)), 0)}, {head: "response to content", cell: q => q.response_source === "refit" ? "from the polls" : "assumed: the polls do not foretell left-out questions better"}], p.publics)];
  for (const q of p.publics) {
    const drawn_series = (q.series || []).filter(s => s.polls && s.path && s.path.length > 1);
    const chosen = drawn_series.filter(s => s.measures !== "series"), shown = (chosen.length ? chosen : drawn_series).slice(0, 4);
    result.push(element("h3", {}, actor_title(q.public)));
    if (shown.length) result.push(element("div", {class: "pair"}, shown.map(s => figure(`${actor_title(q.public)}: ${s.question}`,
      `${(s.text || s.question).replace(/[.\s]+$/, "")}${/[?!]\s*$/.test(s.text || "") ? "" : "."} Symbols: polls with the 95 % margin of their sample; thick bar: the next wave, 80 %.`, w => poll_chart(w, s)))));
    if (q.response) result.push(more("What moves this public: prior and polls", table([{head: "issue", cell: r => r.issue}, {head: "prior", number: true, cell: r => `${fixed(r.prior)} ± ${fixed(r.prior_sd)}`},
      {head: "in use", number: true, cell: r => `${fixed(r.estimate)} ± ${fixed(r.sd)}`}, {head: "polls alone say", number: true, cell: r => r.refit === undefined ? "–" : `${fixed(r.refit)} ± ${fixed(r.refit_sd)}`}, {head: "informed by polls", cell: r => r.informed ? "yes" : "no"}], q.response)));
  }
  return result;
}

/// `parley polls … --sensitivity --json`: how the shares move with opinion.
function poll_sensitivity(s) {
  const per_point = s.publics.flatMap(p => ["stalemate", "full_settlement"].map(name => ({name: `${actor_title(p.public)}: ${scenario_titles[name]}`, at: 100 * p.per_point[name].change, low: 100 * p.per_point[name].low, high: 100 * p.per_point[name].high,
    text: `${signed(100 * p.per_point[name].change, 2)} [${fixed(100 * p.per_point[name].low, 2)}, ${fixed(100 * p.per_point[name].high, 2)}]`})));
  const tips = s.publics.flatMap(p => ["up", "down"].map(way => ({public: p.public, tip: p.tipping && p.tipping[way]}))).filter(t => t.tip);
  const result = [element("h3", {}, "A point of opinion"), figure("What one point of opinion moves", "Change of a scenario's share, in points, when one point more of a public supports the reference package; 95 % intervals, same luck.",
    w => interval_rows(w, per_point, "points of the share, for a point of opinion", x => fixed(x, 1)))];
  const curves = [];
  for (const p of s.publics.filter(q => q.curve && q.curve.length > 2)) {
    const series = [["stalemate", "a", null], ["partial_deal", "b", "7 4"], ["full_settlement", "c", "2 4"]].map(([name, color, dash]) => ({name: scenario_titles[name], tone: color, dash, points: p.curve.map(c => [c.points, c.shares[name]])}));
    const own = tips.filter(t => t.public === p.public), words = own.map(t => `at ${signed(t.tip.points, 1)} points [${fixed(t.tip.low, 1)}, ${fixed(t.tip.high, 1)}] ${scenario_titles[t.tip.to]} takes over from ${scenario_titles[t.tip.from]}`);
    curves.push(figure(`Shares as opinion moves: ${actor_title(p.public)}`, `${actor_title(p.public)}: shares as support moves. ` + (words.length ? `Tipping point: ${words.join("; ")}.` : "No tipping point within the range shown."),
      w => lines(w, series, {x: "points of support more or less", y: "share of runs", top: 1, marks: own.map(t => Plot.ruleX([t.tip.points], {stroke: ink, strokeDasharray: "2 3"}))})));
  }
  result.push(element("div", {class: "pair"}, curves));
  if (s.without && s.without.length) result.push(more("One pollster left out at a time", table([{head: "without", cell: w => w.organisation}, {head: "stalemate moves by", number: true, cell: w => `${signed(100 * w.moves.stalemate.change, 2)} [${fixed(100 * w.moves.stalemate.low, 2)}, ${fixed(100 * w.moves.stalemate.high, 2)}]`}], s.without)));
  return result;
}

/// `parley analyse F.h5 --json`: which parameters the outcome depends on.
function global_sensitivity(a) {
  const result = [element("h3", {}, "Which parameters matter"), paragraph(`${a.output.meaning || a.output.name}, over ${whole(a.cells_used ?? a.cells)} cells of a ${String(a.design).replaceAll("_", " ")} design.`)];
  const bars = (rows, read, label, caption) => {
    const shown = rows.map(r => ({name: r.path, at: read(r).estimate, low: read(r).low, high: read(r).high, text: `${fixed(read(r).estimate, 3)} [${fixed(read(r).low, 3)}, ${fixed(read(r).high, 3)}]`})).sort((x, y) => y.at - x.at).slice(0, 20);
    return figure(label, caption, w => interval_rows(w, shown, label, x => fixed(x, 2)));
  };
  if (a.sobol) result.push(element("div", {class: "pair"}, bars(a.sobol.parameters, r => r.total, "total Sobol index", "Share of the variance in which the parameter has any part; 95 % intervals."),
    bars(a.sobol.parameters, r => r.first, "first-order Sobol index", "Share of the variance that is the parameter's alone.")));
  if (a.morris) result.push(bars(a.morris.parameters, r => r.mu_star, "mean size of elementary effects, μ*", "Morris: how much a step of the parameter moves the outcome."));
  if (a.pawn) result.push(bars(a.pawn.parameters, r => r.median, "PAWN, median", "How far the distribution of the outcome moves when the parameter is known."));
  if (a.boxes && a.boxes.boxes.length) result.push(more("Where it happens: boxes", table([{head: "parameters", cell: b => b.limits.map(l => `${l.low === null ? "" : fixed(l.low) + " ≤ "}${l.path}${l.high === null ? "" : " ≤ " + fixed(l.high)}`).join(", ")},
    {head: "of such cells in it", number: true, cell: b => percent(b.coverage)}, {head: "of its cells such", number: true, cell: b => percent(b.density.estimate)}], a.boxes.boxes)));
  for (const warning of a.warnings || []) result.push(paragraph("Caution: " + warning, "note"));
  return result;
}

function sensitivity() {
  const result = [];
  if (data.polls && data.polls.sensitivity) result.push(...poll_sensitivity(data.polls.sensitivity));
  else result.push(missing("How the shares move with opinion, and where they tip:", command("parley polls CONFIG.toml --sensitivity --json > polls.json"), ", and ", command("--polls polls.json"), " with the report."));
  if (data.analysis) result.push(...global_sensitivity(data.analysis));
  else result.push(missing("Which parameters matter most: run a sampled sweep,", command("parley analyse SWEEP.h5 --json > analysis.json"), ", and ", command("--analysis analysis.json"), " with the report."));
  return result;
}
