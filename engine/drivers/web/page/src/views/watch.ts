// Watch one negotiation: play, pause, step and scrub through a run, with who refused and why in a sentence.
import { charts } from "../charts/charts";
import { figure, widthOf } from "../charts/figure";
import { Stage } from "../charts/stage";
import { button, h, later, s } from "../dom";
import type { Round, Told } from "../engine/types";
import type { Page, View } from "../page";
import { ending, headline, verdicts } from "./telling";

const speeds = [1, 2, 4, 8, 16];

export function watchView(page: Page): View {
  const t = page.t.watch;
  let told: Told | undefined;
  let stage: Stage | undefined;
  let at = 0;            // the playhead in rounds; between two of them while it plays
  let playing = 0;       // id of the animation frame, 0 while it stands
  let cursors: SVGLineElement[] = [];

  const stagePlace = h("div", { class: "stage-place", role: "img" });
  const say = h("div", { class: "saying", "aria-live": "polite" });
  const answers = h("ul", { class: "answers" });
  const strip = h("div", { class: "strip", "aria-hidden": "true" });
  const pictures = h("div", { class: "charts" });
  const end = h("p", { class: "ending" });
  const scrub = h("input", { type: "range", min: 0, max: 1, value: 0, "aria-label": t.scrub, oninput: (() => stand(Number(scrub.value))) as EventListener });
  const play = button(t.play, () => (playing ? pause() : start()), { class: "primary", "data-do": "play" });
  const speed = h("select", { "aria-label": t.speed }, ...speeds.map((v) => h("option", { value: v, ...(v === 4 ? { selected: true } : {}) }, t.perSecond(v))));
  const run = h("input", { type: "number", min: 0, max: 4294967294, step: 1, value: page.state.run, class: "number", onchange: (() => {
    const k = Number(run.value);
    if (Number.isInteger(k) && k >= 0 && k < 4294967295) page.store.set({ run: k, round: 0, moves: [] });
    else run.value = String(page.state.run);
  }) as EventListener });
  const find = h("select", { "aria-label": t.find }, h("option", { value: "" }, t.anyRun), h("option", { value: "deal" }, t.withDeal), h("option", { value: "none" }, t.withoutDeal));

  const element = h("section", { class: "watch" },
    h("div", { class: "transport", role: "group", "aria-label": t.transport },
      button("|◀", () => stand(0), { "aria-label": t.first, title: t.first, "data-do": "first" }),
      button("◀", () => stand(Math.ceil(at) - 1), { "aria-label": t.back, title: t.back, "data-do": "back" }),
      play,
      button("▶", () => stand(Math.floor(at) + 1), { "aria-label": t.step, title: t.step, "data-do": "step" }),
      button("▶|", () => stand(Infinity), { "aria-label": t.last, title: t.last, "data-do": "last" }),
      scrub, speed,
      h("label", {}, t.run, " ", run), find, button(t.next, next, { "data-do": "next" })),
    strip, say, answers, stagePlace, h("p", { class: "key" }, t.legend), end, pictures);

  async function next(): Promise<void> {
    const from = page.state.run + 1;
    if (find.value === "") return page.store.set({ run: from, round: 0, moves: [] });
    const ran = await page.engine.run(page.plan(), { first: from, count: 4000, columns: ["scenario"] });
    const k = [...(ran.columns.scenario as Uint8Array)].findIndex((x) => (find.value === "deal" ? x === 1 || x === 2 : x === 0));
    if (k >= 0) page.store.set({ run: from + k, round: 0, moves: [] });
    else say.textContent = t.noneFound;
  }

  const round = (): Round => told!.rounds[Math.floor(at)];

  function go(to: number, talk = true): void {
    if (!told) return;
    at = Math.max(0, Math.min(told.rounds.length - 1, to));
    const now = round(), later = told.rounds[Math.min(Math.floor(at) + 1, told.rounds.length - 1)];
    stage?.draw(now, later, at - Math.floor(at));
    for (const c of cursors) c.setAttribute("transform", `translate(${(at / Math.max(1, told.rounds.length - 1)) * Number(c.dataset.span)} 0)`);
    if (scrub.value !== String(Math.floor(at))) scrub.value = String(Math.floor(at));
    if (!talk) return;
    scrub.setAttribute("aria-valuetext", t.round(now.round, Math.round(now.round * told.days)));
    say.replaceChildren(...headline(page, now, told.days));
    answers.replaceChildren(...verdicts(page, now));
    stagePlace.setAttribute("aria-label", stageWords(now));
    end.hidden = at < told.rounds.length - 1;
  }

  function stageWords(r: Round): string {
    return page.description.structure.issues.map((issue, k) => `${page.w(issue.title)}: ${r.text[issue.name].toFixed(2)}, ${t.near(page.near(k, r.text[issue.name]))}`).join("; ");
  }

  function start(): void {
    if (!told) return;
    if (at >= told.rounds.length - 1) at = 0;
    play.textContent = t.pause;
    say.setAttribute("aria-live", "off");
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    let before = performance.now(), spoken = -1;
    const frame = (time: number) => {
      const rate = Number(speed.value);
      const to = at + ((time - before) / 1000) * rate;
      if (!still || Math.floor(to) > Math.floor(at)) {
        before = time;
        const whole = Math.floor(Math.min(to, told!.rounds.length - 1));
        go(to, whole !== spoken);
        spoken = whole;
      }
      if (at >= told!.rounds.length - 1) pause();
      else playing = requestAnimationFrame(frame);
    };
    playing = requestAnimationFrame(frame);
  }

  function stop(): void {
    if (playing) cancelAnimationFrame(playing);
    playing = 0;
    play.textContent = t.play;
    say.setAttribute("aria-live", "polite");
  }

  /// Stands still at a round, which goes into the address.
  function stand(to: number): void {
    stop();
    if (!told) return;
    go(to);
    if (page.state.round !== Math.floor(at)) page.store.set({ round: Math.floor(at) });
  }
  const pause = () => stand(Math.floor(at));

  /// A line that stands at the playhead in a chart of this width.
  function withCursor(svg: SVGSVGElement, left: number, right: number): SVGSVGElement {
    const height = Number(svg.getAttribute("height")), span = Number(svg.getAttribute("width")) - left - right;
    const line = s("line", { x1: left, x2: left, y1: 26, y2: height - 36, stroke: "currentColor", "stroke-width": 1.5, "stroke-opacity": 0.7, "data-span": span });
    svg.append(line);
    cursors.push(line);
    return svg;
  }

  function drawCharts(): void {
    const rounds = told!.rounds, last = rounds.length - 1, width = widthOf(pictures, pictures.clientWidth > 900 ? pictures.clientWidth / 2 - 12 : 900);
    const { actors, has_energy, issues } = page.description.structure;
    const series = (value: (r: Round, name: string) => number) => actors.map((a, i) => ({ name: page.w(a.title), index: i, values: rounds.map((r) => ({ x: r.round, y: value(r, a.name) })) }));
    cursors = [];
    const draw = (name: string, title: string, rows: ReturnType<typeof series>, look: { y: string; domain?: [number, number]; percent?: boolean }) => {
      const svg = charts().lines(rows, { width, height: 220, x: t.roundAxis, last, ...look });
      const right = Number(svg.getAttribute("width")) - 48 - spanOf(svg);
      pictures.append(figure(page, {
        title, name: `parley-${page.state.lesson}-${page.state.run}-${name}`, svg: withCursor(svg, 48, right),
        alt: rows.map((l) => t.fromTo(l.name, l.values[0].y, l.values.at(-1)!.y)).join("; "),
        header: [t.roundAxis, ...rows.map((l) => l.name)], rows: rounds.map((r, k) => [r.round, ...rows.map((l) => Number(l.values[k].y.toFixed(4)))]),
      }));
    };
    pictures.replaceChildren();
    const world = [{ name: t.front, index: 0, values: rounds.map((r) => ({ x: r.round, y: r.front })) }];
    if (has_energy) world.push({ name: t.energy, index: 1, values: rounds.map((r) => ({ x: r.round, y: r.energy })) });
    if (issues.some((i) => i.moves_with_front)) draw("world", has_energy ? t.worldTitle : t.frontTitle, world, { y: t.scale, domain: [0, 1] });
    draw("support", t.supportTitle, series((r, a) => r.actors[a].support), { y: t.share, domain: [0, 1], percent: true });
    draw("mood", t.moodTitle, series((r, a) => r.actors[a].mood), { y: page.t.settings.logit });
    draw("gain", t.gainTitle, series((r, a) => r.actors[a].gain), { y: t.utility });
  }

  /// The width between the ends of the time axis, from the ticks that Plot drew.
  function spanOf(svg: SVGSVGElement): number {
    const line = svg.querySelector('[aria-label="line"] path')?.getAttribute("d") ?? "";
    const xs = [...line.matchAll(/[ML](-?[\d.]+)/g)].map((m) => Number(m[1]));
    return xs.length > 1 ? Math.max(...xs) - Math.min(...xs) : Number(svg.getAttribute("width")) - 68;
  }

  function drawStrip(): void {
    const kind = (r: Round) => (r.signed ? "signed" : r.collapsed ? "collapsed" : r.rung === "none" ? "holds" : r.fighting ? "fighting" : "truce");
    strip.replaceChildren(...told!.rounds.map((r) => h("span", { class: kind(r), title: t.round(r.round, Math.round(r.round * told!.days)) }, r.signed ? "✓" : r.collapsed ? "✗" : "")));
  }

  async function refresh(): Promise<void> {
    stop();
    const asked = page.state;
    run.value = String(asked.run);
    const answer = await page.engine.play(page.plan(), asked.run);
    if (page.state.run !== asked.run || page.state.changes !== asked.changes || page.state.lesson !== asked.lesson || page.state.seed !== asked.seed) return;
    told = answer;
    scrub.max = String(told.rounds.length - 1);
    stage = new Stage(page, widthOf(stagePlace, 1400));
    stagePlace.replaceChildren(stage.svg);
    end.replaceChildren(...ending(page, told));
    drawStrip();
    go(Math.min(asked.round, told.rounds.length - 1));
    // The table of the talks is seen first, the charts below it come later.
    later(() => {
      if (told !== answer || !element.isConnected) return;
      drawCharts();
      if (!playing) go(at);
      element.dataset.ready = `${asked.lesson} ${asked.run}`;
    });
  }

  return { element, refresh: () => void refresh(), leave: stop };
}

