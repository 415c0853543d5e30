// Take a seat: a student answers for one actor, the model for the others, and sees at the end what their limits were.
import { charts } from "../charts/charts";
import { Stage } from "../charts/stage";
import { figure, widthOf } from "../charts/figure";
import { button, h } from "../dom";
import type { Move, Sitting } from "../engine/types";
import type { Page, View } from "../page";
import { ending, headline, verdicts } from "./telling";

export function seatView(page: Page): View {
  const t = page.t.seat;
  const { actors, issues, rungs } = page.description.structure;
  let sitting: Sitting | undefined;

  const who = h("select", { onchange: (() => page.store.set({ actor: Number(who.value), moves: [] })) as EventListener }, ...actors.map((a, i) => h("option", { value: i }, page.w(a.title))));
  const say = h("div", { class: "saying", "aria-live": "polite" });
  const stagePlace = h("div", { class: "stage-place", role: "img" });
  const adviser = h("p", { class: "adviser" });
  const last = h("div", { class: "last" });
  const controls = h("div", { class: "answer", role: "group", "aria-label": t.yourAnswer });
  const after = h("div", {});
  const element = h("section", { class: "seat" },
    h("p", {}, t.help),
    h("div", { class: "transport" }, h("label", {}, t.actor, " ", who), button(t.again, () => page.store.set({ moves: [] }), { "data-do": "again" }), button(t.otherRun, () => page.store.set({ run: page.state.run + 1, moves: [] }))),
    last, say, stagePlace, h("p", { class: "key" }, page.t.watch.legend), adviser, controls, after);

  const me = () => actors[Math.min(page.state.actor, actors.length - 1)];
  const move = (m: Move) => page.store.set({ moves: [...page.state.moves, m] });

  /// The sliders of a proposal: a rung, and a position on every issue that it settles.
  function proposal(): HTMLElement {
    const now = sitting!.rounds.at(-1)!;
    const options = rungs.map((r, i) => ({ r, i })).filter(({ r }) => !page.description.structure.mediated || r.seats.includes(actors.indexOf(me())));
    const tabled = rungs.findIndex((r) => r.name === now.rung);
    const rung = h("select", { onchange: (() => drawSliders()) as EventListener }, ...options.map(({ r, i }) => h("option", { value: i, ...(i === tabled ? { selected: true } : {}) }, page.w(r.title))));
    const text = issues.map((issue) => Number(now.text[issue.name].toFixed(2)));
    const sliders = h("div", {});
    const drawSliders = () => sliders.replaceChildren(...rungs[Number(rung.value)].settles.map((k) => {
      const words = h("output", {}), id = `proposal-${issues[k].name}`;
      const slider = h("input", { type: "range", id, min: 0, max: 1, step: 0.01, value: text[k], oninput: (() => { text[k] = Number(slider.value); show(); }) as EventListener });
      const show = () => { words.textContent = `${text[k].toFixed(2)} · ${page.t.watch.near(page.near(k, text[k]))}`; slider.setAttribute("aria-valuetext", words.textContent); };
      show();
      return h("div", { class: "slider" }, h("label", { for: id }, page.w(issues[k].title)), slider, words);
    }));
    drawSliders();
    return h("details", { class: "proposal" }, h("summary", {}, t.propose), h("label", {}, t.kind, " ", rung), sliders,
      button(t.send, () => move({ reply: "propose", rung: Number(rung.value), text: [...text] }), { class: "primary", "data-do": "propose" }));
  }

  function drawQuestion(): void {
    const now = sitting!.rounds.at(-1)!, mine = now.actors[me().name];
    say.replaceChildren(...headline(page, now, sitting!.days), document.createTextNode(" " + t.yourTurn(page.w(me().title))));
    adviser.textContent = t.adviser(mine.gain, mine.support, mine.ratification);
    controls.replaceChildren(
      button(t.accept, () => move({ reply: "accept" }), { class: "primary", "data-do": "accept" }),
      button(t.refuse, () => move({ reply: "refuse" }), { "data-do": "refuse" }), proposal());
    after.replaceChildren();
  }

  function drawEnd(): void {
    say.replaceChildren(...ending(page, sitting!));
    adviser.textContent = "";
    controls.replaceChildren();
    const rounds = sitting!.rounds, width = widthOf(after);
    const limits = actors.map((a, i) => ({ name: page.w(a.title), index: i, values: rounds.filter((r) => r.rung !== "none").map((r) => ({ x: r.round, y: r.actors[a.name].gain })) })).filter((l) => l.values.length > 0);
    const asked = rounds.filter((r) => r.rung !== "none");
    const model = asked.filter((r) => r.actors[me().name].gain > 0).length;
    after.replaceChildren(h("h3", {}, t.limitsTitle), h("p", {}, t.limits(page.w(me().title), model, asked.length)),
      figure(page, {
        title: page.t.watch.gainTitle, name: `parley-${page.state.lesson}-seat`, svg: charts().lines(limits, { width, height: 220, x: page.t.watch.roundAxis, y: page.t.watch.utility, last: Math.max(1, rounds.length - 1) }),
        alt: limits.map((l) => page.t.watch.fromTo(l.name, l.values[0].y, l.values.at(-1)!.y)).join("; "),
        header: [page.t.watch.roundAxis, ...limits.map((l) => l.name)], rows: asked.map((r) => [r.round, ...actors.map((a) => r.actors[a.name].gain.toFixed(4))]),
      }));
  }

  function drawLast(): void {
    const answered = sitting!.over ? sitting!.rounds.at(-1) : sitting!.rounds.at(-2);
    last.replaceChildren(...(answered && page.state.moves.length > 0
      ? [h("h3", {}, t.lastRound(answered.round)), h("p", {}, ...headline(page, answered, sitting!.days)), h("ul", { class: "answers" }, ...verdicts(page, answered))]
      : []));
  }

  async function refresh(): Promise<void> {
    const asked = page.state;
    who.value = String(actors.indexOf(me()));
    const answer = await page.engine.sit(page.plan(), asked.run, actors.indexOf(me()), asked.moves);
    if (page.state !== asked) return;
    sitting = answer;
    const stage = new Stage(page, widthOf(stagePlace, 1400)), now = sitting.rounds.at(-1)!;
    stagePlace.replaceChildren(stage.svg);
    stagePlace.setAttribute("aria-label", issues.map((issue, k) => `${page.w(issue.title)}: ${now.text[issue.name].toFixed(2)}, ${page.t.watch.near(page.near(k, now.text[issue.name]))}`).join("; "));
    stage.draw(now, now, 0);
    drawLast();
    if (sitting.over) drawEnd();
    else drawQuestion();
    element.dataset.ready = sitting.over ? "over" : String(asked.moves.length);
  }

  return { element, refresh: () => void refresh() };
}
