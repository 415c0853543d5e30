// See the odds: thousands of runs while one looks, beside those of the configuration as it ships.
import { charts } from "../charts/charts";
import { figure, widthOf } from "../charts/figure";
import { colourOf, scenarioColours } from "../charts/palette";
import { h } from "../dom";
import type { Page, View } from "../page";
import { type Sample, sample } from "../sampler";
import { quantile, wilson } from "../statistics";

const sizes = [1000, 10000, 100000];

export function oddsView(page: Page): View {
  const t = page.t.odds;
  const shipped = new Map<string, Sample>();  // of configurations without changes, by lesson, seed and size
  let generation = 0;

  const size = h("select", { onchange: (() => refresh()) as EventListener }, ...sizes.map((n) => h("option", { value: n, ...(n === 10000 ? { selected: true } : {}) }, n.toLocaleString(page.state.language))));
  const progress = h("progress", { max: 1, value: 0, "aria-label": t.progress });
  const summary = h("p", { class: "summary", "aria-live": "polite" });
  const pictures = h("div", { class: "charts" });
  const element = h("section", { class: "odds" }, h("div", { class: "transport" }, h("label", {}, t.runs, " ", size), progress), summary, pictures);

  function show(now: Sample, before: Sample | undefined, total: number): void {
    const { actors, issues } = page.description.structure;
    const width = widthOf(pictures, pictures.clientWidth > 900 ? pictures.clientWidth / 2 - 12 : 900);
    const n = now.counts.runs - now.counts.failed, m = before ? before.counts.runs - before.counts.failed : 0;
    progress.value = now.counts.runs / total;
    const percent = (x: number) => (100 * x).toFixed(1);
    const name = `parley-${page.state.lesson}`;
    const compared = before ? [t.before] : [];

    const scenarios = now.counts.scenarios.map((count, i) => ({ label: t.scenarios[i], value: wilson(count, n).share, ...wilson(count, n), colour: scenarioColours[i], before: before && before.counts.scenarios[i] / m }));
    const how = figure(page, {
      title: t.howTitle, name: `${name}-odds`, svg: charts().bars(scenarios, { width, label: t.shareOfRuns }),
      alt: scenarios.map((s) => t.interval(s.label, s.share, s.low, s.high)).join("; "),
      header: [t.scenario, t.shareOfRuns, t.low, t.high, ...compared],
      rows: scenarios.map((s) => [s.label, percent(s.share) + " %", percent(s.low) + " %", percent(s.high) + " %", ...(before ? [percent(s.before!) + " %"] : [])]),
    });

    const last = page.value("rounds.horizon");
    const rising = (x: Sample, of: number) => { let sum = 0; return Array.from({ length: last + 1 }, (_, r) => ({ x: r, y: (sum += x.dealRounds[r] ?? 0) / of })); };
    const curve = rising(now, n), old = before ? rising(before, m) : [];
    const when = figure(page, {
      title: t.whenTitle, name: `${name}-when`, svg: charts().cumulative(curve, old, { width, x: page.t.watch.roundAxis, y: t.shareOfRuns, last }),
      alt: t.byThen(curve.at(-1)!.y), header: [page.t.watch.roundAxis, t.signedBy, ...compared],
      rows: curve.map((c, r) => [c.x, percent(c.y) + " %", ...(before ? [percent(old[r].y) + " %"] : [])]),
    });

    const rows = issues.map((issue, k) => {
      const sorted = [...now.packages[k]].sort((a, b) => a - b);
      return { label: page.w(issue.title), low: quantile(sorted, 0.1), middle: quantile(sorted, 0.5), high: quantile(sorted, 0.9), near: page.near(k, quantile(sorted, 0.5)) };
    });
    const which = now.packages[0].length === 0 ? h("p", { class: "empty" }, t.noDeals) : figure(page, {
      title: t.whichTitle, name: `${name}-packages`, svg: charts().spreads(rows, { width, label: t.position }),
      alt: rows.map((r) => `${r.label}: ${r.middle.toFixed(2)}, ${page.t.watch.near(r.near)}`).join("; "),
      header: [t.issue, "10 %", t.median, "90 %", t.nearest], rows: rows.map((r) => [r.label, r.low.toFixed(2), r.middle.toFixed(2), r.high.toFixed(2), r.near]),
    });

    const refused = actors.map((a, i) => ({ label: page.w(a.title), value: now.refusals.vetoes[i] / Math.max(1, now.refusals.rounds_talked), colour: colourOf(i), before: before && before.refusals.vetoes[i] / Math.max(1, before.refusals.rounds_talked) }));
    const who = figure(page, {
      title: t.whoTitle, name: `${name}-refusals`, svg: charts().bars(refused, { width, label: t.shareOfRounds }),
      alt: refused.map((r) => `${r.label} ${percent(r.value)} %`).join("; "), header: [t.actor, t.shareOfRounds, ...compared],
      rows: refused.map((r) => [r.label, percent(r.value) + " %", ...(before ? [percent(r.before!) + " %"] : [])]),
    });
    pictures.replaceChildren(how, when, which, who);

    let [a, term, most] = [0, 0, 0];
    now.refusals.blocked.forEach((row, i) => row.forEach((count, k) => { if (count > most) [a, term, most] = [i, k, count]; }));
    summary.textContent = now.counts.runs < total ? t.sofar(now.counts.runs, total)
      : t.done(now.counts.runs, page.state.seed) + (most > 0 ? " " + t.bound(most / n, page.w(actors[a].title), page.w(page.description.model.terms[term].meaning)) : "") + (before ? " " + t.dashed : "");
  }

  async function refresh(): Promise<void> {
    const mine = ++generation, total = Number(size.value), issues = page.description.structure.issues.length;
    const changed = Object.keys(page.state.changes).length > 0;
    const key = `${page.state.lesson} ${page.state.seed} ${total}`;
    element.dataset.ready = "";
    let before: Sample | undefined;
    if (changed) {
      before = shipped.get(key) ?? (await sample(page.engine, page.plan({}), total, issues, () => mine === generation));
      if (!before || mine !== generation) return;
      shipped.set(key, before);
    }
    let drawn = 0;
    const all = await sample(page.engine, page.plan(), total, issues, (now) => {
      if (mine !== generation) return false;
      if (performance.now() - drawn > 120 || now.counts.runs >= total) { show(now, before, total); drawn = performance.now(); }
      return true;
    });
    if (!all || mine !== generation) return;
    if (!changed) shipped.set(key, all);
    element.dataset.ready = key;
    element.dataset.counts = all.counts.scenarios.join(" ");
  }

  return { element, refresh: () => void refresh(), leave: () => { ++generation; } };
}
