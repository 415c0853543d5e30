// The sections of a report, each from its part of the data; a part that is missing says in one line how to get it.
"use strict";
const picture = data.picture, many = data.cells > 1;
const scenario_titles = {stalemate: "stalemate", partial_deal: "partial deal", full_settlement: "full settlement"};
const kind_titles = {fighting: "fighting on, nothing ever in force", truce: "a truce in force, nothing settled", relapsed: "an agreement collapsed, nothing in force"};
const event_titles = {truce: "truce", ceasefire_30_days: "ceasefire that held 30 days", signed_deal: "signed deal"};
const pooled = many ? ` Over all ${whole(data.cells)} cells of the sweep.` : "";

function heading() {
  const counted = picture.runs - picture.failed, sentence = Object.entries(picture.scenarios).filter(([, s]) => s).sort((a, b) => b[1].share - a[1].share)
    .map(([name, s]) => `${scenario_titles[name]} ${percent(s.share)} ${interval(s)}`).join(", ");
  return [
    element("h1", {}, data.title),
    paragraph(`How do these talks end, what would a deal contain, when would it come, and what stands in the way? `
      + `${whole(picture.runs)} simulated negotiations of ${data.horizon_rounds} rounds of ${data.days} days (${data.horizon_months.toFixed(1)} months)`
      + (many ? ` in ${whole(data.cells)} cells of a sweep` : "") + `, seed ${data.seed}.`, "pale"),
    element("div", {class: "lead"}, paragraph(sentence + (many ? ", over all cells." : "."))),
    paragraph("Shares are shares of runs of a model, not chances that the world goes this way. Intervals in brackets are 95 % and count the luck of the runs only, "
      + "not whether the model or its numbers are right; most of those are assumed (see Sources and Limits).", "note"),
    picture.failed > 0 ? paragraph(`${whole(picture.failed)} runs failed (their numbers turned out impossible) and are not counted; ${whole(counted)} are.`, "note") : null,
  ];
}

function navigation(titles) {
  return element("nav", {"aria-label": "Sections"}, titles.map(([id, title]) => element("a", {href: "#" + id}, title)));
}

function scenarios() {
  const rows = Object.entries(picture.scenarios).filter(([, s]) => s).map(([name, s]) => ({name: scenario_titles[name], ...s}));
  const kinds = Object.entries(picture.stalemate_kinds).filter(([, s]) => s).map(([name, s]) => ({name: kind_titles[name], ...s}));
  const events = Object.entries(picture.events).filter(([, s]) => s).map(([name, s]) => ({name: "a " + event_titles[name], ...s}));
  const columns = [{head: "", cell: r => r.name}, {head: "runs", number: true, cell: r => whole(r.count)}, {head: "share", number: true, cell: r => percent(r.share)}, {head: "95 %", number: true, cell: interval}];
  return [
    figure("How the talks end", "Share of runs by what is in force at the horizon; black brackets: 95 % intervals (Wilson)." + pooled, w => share_bars(w, rows, "share of runs", 1)),
    element("div", {class: "pair"},
      figure("Kinds of stalemate", "Stalemates, as a share of all runs.", w => share_bars(w, kinds, "share of all runs")),
      figure("What happened on the way", "What came some time before the horizon, whether it lasted or not.", w => share_bars(w, events, "share of all runs"))),
    more("The numbers as a table", table(columns, [...rows, ...kinds, ...events])),
    ...(many ? sweep_cells() : []),
  ];
}

/// A sweep: lines over the axis where there is one, a table of the cells in any case.
function sweep_cells() {
  const paths = data.swept, cells = data.by_cell, result = [element("h3", {}, "Cell by cell")];
  if (paths.length === 1 && cells.length > 2 && cells.every(c => c.scenarios.stalemate)) {
    const sorted = [...cells].sort((a, b) => a.parameters[paths[0]] - b.parameters[paths[0]]);
    const series = [["stalemate", "a", null], ["partial_deal", "b", "7 4"], ["full_settlement", "c", "2 4"]].map(([name, color, dash]) =>
      ({name: scenario_titles[name], tone: color, dash, points: sorted.map(c => [c.parameters[paths[0]], c.scenarios[name].share, c.scenarios[name].low, c.scenarios[name].high])}));
    result.push(figure("Shares along the sweep", `Shares along ${paths[0]}; bands are 95 % intervals. The cells share their luck, so differences are firmer than the bands suggest.`,
      w => lines(w, series, {x: paths[0], y: "share of runs", top: 1})));
  }
  const shown = cells.slice(0, 60);
  const columns = [{head: "cell", number: true, cell: c => String(c.cell)}, ...paths.map(p => ({head: p, number: true, cell: c => String(Number(c.parameters[p].toPrecision(6)))})),
    ...Object.keys(scenario_titles).map(name => ({head: scenario_titles[name], number: true, cell: c => c.scenarios[name] ? `${percent(c.scenarios[name].share)} ${interval(c.scenarios[name])}` : "failed"}))];
  result.push(table(columns, shown));
  if (cells.length > shown.length) result.push(paragraph(`${whole(cells.length - shown.length)} cells more stand in the result file, /summary.`, "note"));
  return result;
}

function baselines() {
  const s = data.solutions;
  if (!s) return [missing("The solution concepts were not computed for this negotiation.")];
  const kinds = {weighted_mean: "capability × salience weighted mean of the wishes", condorcet_median: "Condorcet median of the wishes, issue by issue",
    nash: "Nash point: largest product of gains over fighting on", kalai_smorodinsky: "Kalai–Smorodinsky point: equal shares of the best each could have"};
  const rows = concept_marks.map(m => s.solutions.find(x => x.name === m.name)).filter(Boolean);
  const refusing = r => Object.entries(r.gains).filter(([actor, gain]) => s.parties.includes(actor) && gain < 0).map(([actor]) => data.actor_titles[actor] || actor);
  const place = (value, words) => element("span", {}, fixed(value), words ? element("span", {class: "under"}, words) : "");
  const concept_column = r => ({head: concept_marks.find(m => m.name === r.name).title, cell: k => r.package ? place(r.package[k.name], r.words[k.name]) : "–"});
  const signed_mean = {head: "the runs, mean of the deals that settle it", cell: k => { const issue = picture.packages.issues.find(i => i.name === k.name); return issue.mean === null ? "–" : place(issue.mean, issue.mean_words); }};
  const zone = s.zone_of_agreement;
  return [
    paragraph("What simple theories would sign, without any model of the talks: points to hold the runs against. A concept says what, not whether or when; where a party would lose against "
      + "fighting on, its package would be refused at once."),
    paragraph(zone.exists ? `At the start a zone of agreement exists: ${small(zone.leaderships)} of all packages of the kind “${s.rung}” are better for every leadership than fighting on, `
      + `${small(zone.ratified)} would also be ratified.` : `At the start no package of the kind “${s.rung}” is better for every leadership than fighting on: at the best one some party still loses ${fixed(-zone.widest_gain, 3)}.`),
    table([{head: "issue", cell: k => k.title}, signed_mean, ...rows.map(concept_column)], data.issues),
    table([{head: "concept", cell: r => kinds[r.name]}, {head: "who would refuse its package", cell: r => !r.package ? "it has none: nothing is better for every party than fighting on" : refusing(r).join(", ") || "no party"}], rows),
  ];
}

/// When deals come, beside the pace of history where one was asked for.
function timing() {
  const points = name => [[0, 0, 0, 0], ...picture.timing[name]];
  const series = [
    {name: "signed deal", tone: "a", dash: null, points: points("signed_deal")},
    {name: "ceasefire that held 30 days", tone: "b", dash: "8 4", points: points("ceasefire_30_days")},
    {name: "truce", tone: "c", dash: "2 4", points: points("truce")},
  ];
  const months = data.horizon_months, deal = picture.events.signed_deal, pace = deal && deal.share < 1 ? -Math.log(1 - deal.share) / months : null;
  const result = [];
  let caption = "Share of runs in which each had come for the first time, by month; thin bands are 95 % intervals." + pooled;
  if (data.history) {
    const h = data.history, curve = exposure => 1 - Math.exp(-exposure);
    const steps = d3.range(0, months + 1e-9, months / 60);
    series.push({name: "history", tone: "d", dash: "1 3 7 3", pale: true, points: steps.map(t => [t, curve(h.value * t), curve(h.low * t), curve(h.high * t)])});
    caption += ` History (${h.what}): ${percent(h.value, 2)} a month, with the wide band that its few wars leave (${percent(h.low, 2)} to ${percent(h.high, 2)}; row ${h.id}, ${h.organisation}). `
      + "It counts any end of the fighting, with or without a signature.";
  }
  result.push(figure("When agreements come", caption, w => lines(w, series, {x: "months from the start", y: "share of runs"})));
  if (pace !== null) result.push(paragraph(`Pace: of the talks that go on, ${percent(pace, 2)} sign a deal in a month` + (data.history ? `; history's ends of wars: ${percent(data.history.value, 2)} [${percent(data.history.low, 2)}, ${percent(data.history.high, 2)}].` : ".")));
  if (!data.history) result.push(missing("No historical pace stands beside it.", "Ask for a row of the base rates: ", command("parley report F.h5 --out F.html --history end_war_intensity_after_4y"), "."));
  return result;
}

function packages() {
  const p = picture.packages, rungs = p.rungs.filter(r => r.in_force).map(r => ({name: r.name, ...r.in_force}));
  const result = [figure("What is in force at the horizon", "Kinds of agreement, share of all runs." + pooled, w => share_bars(w, rungs, "share of runs"))];
  result.push(more("What each kind settles", table([{head: "kind", cell: r => r.name}, {head: "settles", cell: r => r.settles.join(", ") || "nothing: the fighting stops, all else stays open"}], p.rungs)));
  if (p.deals === 0) return [...result, paragraph("No deal is in force at the horizon in any run, so there is no content to show.")];
  result.push(paragraph(`Content of the ${whole(p.deals)} deals in force, issue by issue. Columns: how often a place of the scale was signed, of the deals that settle the issue. `
    + "Dashed lines: the anchors, in words below. Symbols under the line: what the concepts of the next section would sign."));
  const key = concept_marks.filter(m => data.solutions && data.solutions.solutions.some(s => s.name === m.name && s.package));
  if (key.length) result.push(figure("Key of the symbols", "", w => with_key(w, Plot.plot({width: w, height: 12, marks: [], axis: null, style: {background: "none"}}), key.map(k => ({...k, name: k.title})))));
  for (const issue of p.issues) {
    const concepts = key.map(m => ({...m, at: data.solutions.solutions.find(s => s.name === m.name).package[issue.name]}));
    result.push(element("h3", {}, issue.title));
    const near = issue.mean === null ? "" : `Mean ${fixed(issue.mean)}${issue.mean_words ? `, nearest to “${issue.mean_words}”` : ""}, of ${whole(issue.settled)} deals that settle it. `;
    result.push(figure(issue.title, near + issue.anchors.map(a => `${fixed(a[0])} ${a[1]}`).join(" · "), w => issue_strip(w, issue, concepts)));
  }
  return result;
}

function refusals() {
  const r = picture.refusals;
  if (r.rounds_talked === 0) return [paragraph("Nothing was tabled in any round.")];
  const most = 10, sentence = t => `${t.actor}: ${t.sentence}`;
  const terms = r.terms.slice(0, most).map(t => ({name: sentence(t), ...t.runs}));
  const blocking = r.terms.length ? [figure("What bound most often", `Share of runs in which this was the largest reason of a refusing side in more rounds than any other` + (r.terms.length > most ? `; the ${most} most frequent of ${r.terms.length}.` : ".") + pooled,
      w => share_bars(w, terms, "share of runs")), more("The full sentences", table([{head: "who", cell: t => t.actor}, {head: "refused because", cell: t => t.sentence}, {head: "runs", number: true, cell: t => percent(t.runs.share)}], r.terms))] : [];
  return [
    figure("Who refused", "In how many of the rounds that tabled something each side refused; several may refuse at once." + pooled,
      w => share_bars(w, r.actors.map(a => ({name: a.actor, share: a.share})), "share of rounds", 1)),
    ...blocking,
  ];
}

function sources() {
  const kinds = Object.entries(data.numbers).filter(([, n]) => n > 0), all = kinds.reduce((sum, [, n]) => sum + n, 0);
  const meaning = {data: "from a source that the line names", assumed: "assumed: nobody has measured it", calibrated: "calibrated to a historical pace", tuned: "tuned to a stated property of the model", "by definition": "fixed by the definition of a scale", kept: "kept from another configuration"};
  const links = data.links.map(l => element("li", {}, l));
  return [
    all === 0 ? paragraph("The configuration does not say where its numbers come from.") : paragraph(`Of ${whole(all)} lines of the configuration that say where their number comes from: ` + kinds.map(([k, n]) => `${whole(n)} ${k} (${meaning[k]})`).join("; ") + "."),
    data.history ? paragraph(`Historical pace: ${data.history.what}; ${data.history.organisation}, ${data.history.source}.`) : null,
    links.length ? more("Addresses named in the configuration", element("ul", {}, links)) : null,
    data.settings ? element("div", {}, element("h3", {}, "Changed on the command line"), element("pre", {}, data.settings)) : null,
    more("The configuration, as written", element("pre", {}, data.configuration)),
  ];
}

function limits() {
  return [element("ul", {}, [
    "A model explains and explores; it does not predict. Its actors are few, preferences are read from public statements, which are part of the bargaining, and the talks run through one channel.",
    "Intervals count the luck of the runs only. A number that is wrong moves a share by far more than its interval: vary what is assumed before a share is believed.",
    "The baselines look at the start of the talks and at one kind of package; they know nothing of time, publics that change or agreements that collapse.",
    ...(data.history ? ["The historical pace rests on a handful of wars: it rules out almost nothing."] : []),
    ...(many ? ["Sections that are not cell by cell pool all cells of the sweep, which weighs every cell alike."] : []),
  ].map(text => element("li", {}, text)))];
}

function provenance() {
  return [
    paragraph("The same configuration, seed and version give the same rows, bit for bit, on any machine; the fingerprint tells."),
    table([{head: "", cell: r => r[0]}, {head: "", cell: r => element("code", {}, r[1])}], data.about),
  ];
}
