// Own polls: rows that a class pastes or drops become a mood, and the mood becomes shares.
import questions from "@configs/polls/questions.csv?raw";
import { charts } from "../charts/charts";
import { figure, widthOf } from "../charts/figure";
import { scenarioColours } from "../charts/palette";
import { button, h } from "../dom";
import type { PublicEstimate } from "../engine/types";
import type { Page, View } from "../page";
import { sample } from "../sampler";
import { wilson } from "../statistics";

const runs = 10000;
const example = `date,n,share_support,organisation
2025-09-20,1000,38,A
2025-11-05,1012,41,B
2025-12-18,1000,40,A
2026-01-20,1601,45,B
`;

/// The tables for the engine: the class's own, with a question of its own if it names none.
function tables(text: string, actor: string): { name: string; text: string }[] {
  const lines = text.trim().split(/\r?\n/).filter((line) => line.trim() !== "" && !line.startsWith("#"));
  const header = (lines[0] ?? "").toLowerCase();
  if (header.includes("question_id")) return [{ name: "polls", text }, { name: "questions", text: questions }];
  const separator = ["\t", ";"].find((s) => header.includes(s)) ?? ",";
  const names = header.replace(/^\ufeff/, "").split(separator).map((x) => x.trim()).map((x) => ({ date: "end", share: "share_support", support: "share_support" })[x] ?? x);
  const extra: [string, string][] = [["question_id", "own"], ["public", actor], ...(names.includes("organisation") ? [] : [["organisation", "own"] as [string, string]])];
  const own = [[...names, ...extra.map(([k]) => k)], ...lines.slice(1).map((line) => [line, ...extra.map(([, v]) => v)])].map((row) => row.join(separator)).join("\n") + "\n";
  return [{ name: "polls", text: own }, { name: "questions", text: `question_id,public,question,direction,measures\nown,${actor},own question,1,mood\n` }];
}

export function pollsView(page: Page): View {
  const t = page.t.polls;
  const { actors, issues } = page.description.structure;
  let generation = 0;
  const who = h("select", { id: "polls-public", onchange: (() => void estimate()) as EventListener }, ...actors.map((a, i) => h("option", { value: i, ...(a.name === "ukraine" || a.name === "south" ? { selected: true } : {}) }, page.w(a.title))));
  const text = h("textarea", { id: "polls-text", rows: 7, spellcheck: false, oninput: (() => void estimate()) as EventListener });
  const file = h("input", { type: "file", id: "polls-file", accept: ".csv,.tsv,.txt,text/csv", onchange: (() => { if (file.files?.[0]) void take(file.files[0]); }) as EventListener });
  const found = h("p", { class: "summary", "aria-live": "polite" });
  const error = h("p", { class: "error", role: "alert" });
  const use = button(t.apply, apply, { class: "primary", "data-do": "apply", disabled: true });
  const picture = h("div", {}), effect = h("div", {});
  const drop = h("div", { class: "drop" }, h("label", { for: "polls-text" }, t.paste), text, h("div", { class: "transport" }, h("label", { for: "polls-file" }, t.file, " "), file, button(t.example, () => { text.value = example; void estimate(); }, { "data-do": "example" })));
  const element = h("section", { class: "polls" }, h("p", {}, t.help), h("p", { class: "help" }, t.columns), h("p", {}, h("label", { for: "polls-public" }, t.public, " "), who), drop, error, found, picture, use, effect, h("p", { class: "help" }, t.caution));

  drop.addEventListener("dragover", (e) => { e.preventDefault(); drop.classList.add("over"); });
  drop.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop.addEventListener("drop", (e) => {
    e.preventDefault();
    drop.classList.remove("over");
    const dropped = e.dataTransfer?.files[0];
    if (dropped) void take(dropped);
  });

  async function take(from: File): Promise<void> {
    text.value = await from.text();
    void estimate();
  }

  const actor = () => actors[Number(who.value)];
  let last: PublicEstimate | undefined;

  async function estimate(): Promise<void> {
    const mine = ++generation;
    last = undefined;
    use.disabled = true;
    error.textContent = "";
    picture.replaceChildren();
    if (text.value.trim() === "") { found.textContent = ""; return; }
    try {
      const { publics } = await page.engine.polls(page.plan({}), tables(text.value, actor().name));
      if (mine !== generation) return;
      last = publics.find((p) => p.public === actor().name && p.from_polls);
      if (!last) throw new Error(t.empty);
      const seen = last.series.find((s) => s.measures === "mood") ?? last.series[0];
      found.textContent = t.estimate(last.mood, last.sd, 1 / (1 + Math.exp(-last.mood)));
      picture.replaceChildren(figure(page, {
        title: t.picture, name: "parley-polls", svg: charts().opinion(seen.polls, seen.path, { width: widthOf(picture), x: t.date, y: t.support }), alt: found.textContent,
        header: [t.date, t.support, "n"], rows: seen.polls.map((p) => [p.date, (100 * p.share).toFixed(1) + " %", p.n]),
      }));
      use.disabled = false;
    } catch (e) {
      if (mine !== generation) return;
      found.textContent = "";
      error.textContent = e instanceof Error ? e.message : String(e);
    }
  }

  function apply(): void {
    if (!last) return;
    page.store.set({ moves: [], changes: { ...page.state.changes, [`actors.${actor().name}.mood`]: last.mood.toFixed(4), [`actors.${actor().name}.mood_sd`]: Math.min(3, last.sd).toFixed(4) } });
  }

  /// The shares with the mood that is set, beside the configuration's.
  async function refresh(): Promise<void> {
    const path = `actors.${actor().name}.mood`, asked = page.state;
    element.dataset.ready = path in asked.changes ? "" : "waiting";
    if (!(path in asked.changes)) return effect.replaceChildren();
    const going = () => page.state.changes === asked.changes;
    const before = await sample(page.engine, page.plan({}), runs, issues.length, going);
    const now = await sample(page.engine, page.plan(), runs, issues.length, going);
    if (!before || !now) return;
    const rows = now.counts.scenarios.map((count, i) => ({ label: page.t.odds.scenarios[i], value: count / runs, ...wilson(count, runs), before: before.counts.scenarios[i] / runs, colour: scenarioColours[i] }));
    const percent = (x: number) => `${(100 * x).toFixed(1)} %`;
    effect.replaceChildren(h("p", { class: "summary" }, t.applied(page.w(actor().title))), figure(page, {
      title: t.effect, name: "parley-polls-effect", svg: charts().bars(rows, { width: widthOf(effect), label: page.t.odds.shareOfRuns }),
      alt: rows.map((r) => page.t.odds.interval(r.label, r.share, r.low, r.high)).join("; "),
      header: [page.t.odds.scenario, page.t.odds.shareOfRuns, page.t.odds.low, page.t.odds.high, page.t.odds.before], rows: rows.map((r) => [r.label, percent(r.share), percent(r.low), percent(r.high), percent(r.before)]),
    }));
    element.dataset.ready = "applied";
  }

  return { element, refresh: () => void refresh() };
}
