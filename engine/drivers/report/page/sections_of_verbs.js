// The sections that other verbs make: attribution, polls and sensitivity, as their --json gives them.
"use strict";

/// `parley explain CONFIG --json`: what the mechanisms contribute to the stalemates.
function attribution() {
  const e = data.explain;
  if (!e) return [missing("Nothing here yet: it takes a minute.", command(`parley explain ${data.name} --json > explain.json`), " and ", command("--explain explain.json"), " with the report.")];
  const title = m => m.title || m.name.replaceAll("_", " ");
  const rows = [...e.mechanisms].sort((a, b) => b.shapley - a.shapley).map(m => ({name: title(m), at: m.shapley, low: m.low, high: m.high,
    text: `${signed(100 * m.shapley, 1)} points`}));
  const lifted = [...e.mechanisms].filter(m => Number.isFinite(m.lifted_alone)).sort((a, b) => a.lifted_alone - b.lifted_alone);
  const best = e.mechanisms.find(m => m.name === e.best_single_lift);
  return [
    paragraph(`As configured ${percent(e.stalemate)} of the runs end in stalemate; with every mechanism switched off it is ${percent(e.without_all)}. The difference is shared out among the mechanisms by their Shapley values, `
      + "the mean of what each adds over all orders in which they could be switched on."),
    figure("What the mechanisms contribute to stalemate", "Points of the share of stalemates, with 95 % intervals; to the right: it makes talks stall.", w => interval_rows(w, rows, "points of stalemate", x => fixed(100 * x, 0))),
    best ? paragraph(`Lifted alone, “${title(best)}” opens most deals: ${percent(best.lifted_alone)} stalemates instead of ${percent(e.stalemate)}.`) : null,
    lifted.length ? more("Each mechanism lifted alone", table([{head: "mechanism", cell: title}, {head: "stalemates without it", number: true, cell: m => percent(m.lifted_alone)}], lifted)) : null,
  ];
}

/// `parley polls … --json`: where opinion stands, and what the polls say of packages.
function polls() {
  const p = data.polls;
  if (!p) return [missing("Nothing here yet.", command("parley polls configs/polls/*.csv --json > polls.json"), " and ", command("--polls polls.json"), " with the report.")];
  return [];
}

function sensitivity() {
  return [missing("Nothing here yet: make a sampled sweep and analyse it,", " ", command("parley analyse SWEEP.h5 --json > analysis.json"), ", then ", command("--analysis analysis.json"), " with the report.")];
}
