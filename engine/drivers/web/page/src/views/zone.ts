// The zone of agreement on two issues: what each actor prefers to fighting on, what its public would ratify, and where all meet.
import { charts } from "../charts/charts";
import { figure, widthOf } from "../charts/figure";
import { colourOf, markIcon } from "../charts/palette";
import { h } from "../dom";
import type { Page, View } from "../page";

const n = 41, moodsShown = 25, moodSpan: [number, number] = [-3, 3], byMood = -1;

export function zone(page: Page): View {
  const t = page.t.why;
  const { issues, rungs, actors } = page.description.structure;
  const most = rungs.reduce((best, r, i) => (r.settles.length > rungs[best].settles.length ? i : best), 0);
  let generation = 0;
  const choose = (label: string, options: [number, string][], chosen: number) => {
    const select = h("select", { "aria-label": label, onchange: (() => refresh()) as EventListener }, ...options.map(([v, words]) => h("option", { value: v, ...(v === chosen ? { selected: true } : {}) }, words)));
    return { label: h("label", {}, label, " ", select), value: () => Number(select.value) };
  };
  const rung = choose(t.rung, rungs.map((r, i) => [i, page.w(r.title)] as [number, string]).filter(([i]) => rungs[i].settles.length > 0), most);
  const across = choose(t.across, issues.map((x, k) => [k, page.w(x.title)]), 0);
  const guarantees = issues.findIndex((x) => x.name.startsWith("guarantee"));
  const up = choose(t.up, [...issues.map((x, k) => [k, page.w(x.title)] as [number, string]).filter(() => issues.length > 1), [byMood, t.moodShift]], issues.length === 1 ? byMood : guarantees > 0 ? guarantees : 1);
  const publics = h("input", { type: "checkbox", checked: true, id: "zone-publics", onchange: (() => refresh()) as EventListener });
  // Moods of the publics move with one slider, so that a class sees win-sets shrink.
  const mood = h("input", { type: "range", min: -3, max: 3, step: 0.1, value: 0, id: "zone-mood", oninput: (() => { moodWords.textContent = Number(mood.value).toFixed(1); void refresh(); }) as EventListener });
  const moodWords = h("output", { for: "zone-mood" }, "0.0");
  const place = h("div", {});
  const element = h("div", { class: "zone" },
    h("div", { class: "row" }, rung.label, across.label, up.label, h("span", { class: "switch" }, publics, h("label", { for: "zone-publics" }, t.publics))),
    h("div", { class: "row" }, h("label", { for: "zone-mood" }, t.moodShift), mood, moodWords), place);

  /// The configuration with the moods of all publics moved.
  const withMoods = (shift: number) => page.plan({
    ...page.state.changes,
    ...Object.fromEntries(actors.map((a) => [`actors.${a.name}.mood`, String(Math.max(-8, Math.min(8, page.value(`actors.${a.name}.mood`) + shift)))])),
  });

  /// Packages of `rung` along issue x, on rows of issue y or, without one, of moods; each with who would agree to it.
  async function appraised(rungAt: number, x: number, y: number): Promise<{ seated: number[]; agrees: boolean[][] }> {
    const text = issues.map((i) => page.value(`issues.${i.name}.text`)), shift = Number(mood.value);
    const row = (vertical?: number) => Array.from({ length: n }, (_, i) => text.map((v, k) => (k === x ? i / (n - 1) : k === y ? vertical! : v))).flat();
    const answers = y === byMood
      ? await Promise.all(Array.from({ length: moodsShown }, (_, j) => page.engine.appraise(withMoods(shift + moodSpan[0] + (j / (moodsShown - 1)) * (moodSpan[1] - moodSpan[0])), rungAt, row())))
      : [await page.engine.appraise(withMoods(shift), rungAt, Array.from({ length: n }, (_, j) => row(j / (n - 1))).flat())];
    const seated = actors.map((_, i) => i).filter((i) => answers[0].seated[i]);
    const voting = publics.checked && page.value("ratification.vote") > 0;
    const agrees = answers.flatMap((answer) => {
      const gain = answer.columns.gain as Float64Array, ratification = answer.columns.ratification as Float64Array;
      return Array.from({ length: gain.length / actors.length }, (_, p) =>
        seated.map((i) => gain[p * actors.length + i] > 0 && (!voting || ratification[p * actors.length + i] >= 0.5)));
    });
    return { seated, agrees };
  }

  async function refresh(): Promise<void> {
    const mine = ++generation, x = across.value(), y = up.value() === x ? byMood : up.value();
    mood.disabled = y === byMood;
    const found = await appraised(rung.value(), x, y);
    if (mine !== generation) return;
    const seated = found.seated.map((i) => ({ name: page.w(actors[i].title), index: i }));
    const points = found.agrees.map((agrees) => ({ agrees }));
    const share = (f: (a: boolean[]) => boolean) => points.filter((p) => f(p.agrees)).length / points.length;
    const rows: [string, number][] = [...seated.map((a, i) => [a.name, share((g) => g[i])] as [string, number]), [t.everybody, share((g) => g.every(Boolean))]];
    const percent = (v: number) => `${Math.round(100 * v)} %`;
    place.replaceChildren(
      h("ul", { class: "legend" }, ...seated.map((a) => { const c = h("li", {}, markIcon(a.index), a.name); c.style.borderColor = colourOf(a.index); return c; }), h("li", { class: "all" }, t.everybody)),
      figure(page, {
        title: t.zonePicture(rows.at(-1)![1]), name: `parley-${page.state.lesson}-zone`,
        svg: charts().winSets(points, seated, {
          width: widthOf(place), n, rows: points.length / n, x: page.w(issues[x].title), y: y === byMood ? t.moodShift : page.w(issues[y].title), span: y === byMood ? moodSpan : [0, 1],
        }),
        alt: rows.map(([who, v]) => `${who} ${percent(v)}`).join("; "), header: [page.t.odds.actor, t.zoneShare], rows: rows.map(([who, v]) => [who, percent(v)]),
      }));
    element.dataset.zone = rows.map(([, v]) => v.toFixed(3)).join(" ");
    element.dataset.mood = mood.value;
  }
  return { element, refresh: () => void refresh() };
}
