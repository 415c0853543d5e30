// Share: the address holds everything, and the command line shows the same run.
import { button, h, save } from "../dom";
import { csvText } from "../charts/figure";
import type { Page, View } from "../page";
import { toAddress } from "../state";

/// A word as a shell takes it.
const quoted = (word: string): string => (/^[\w./=:,+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);

export function commandOf(page: Page, verb: "replay" | "run"): string {
  const s = page.state;
  const sets = page.sets().map((set) => `--set ${quoted(set)}`).join(" ");
  return `parley ${verb} ${page.lesson.file} ${sets} --seed ${s.seed}` + (verb === "replay" ? ` --run ${s.run} --runs ${Math.max(10000, s.run + 1)}` : " --runs 10000");
}

export function shareView(page: Page): View {
  const t = page.t.share;
  const line = (words: string, id: string, help: string) => {
    const field = h("textarea", { id, readonly: true, rows: 2, spellcheck: false });
    const copied = h("span", { role: "status" });
    return {
      field,
      element: h("div", { class: "copy" }, h("label", { for: id }, words), h("p", { class: "help" }, help), field,
        button(t.copy, () => { field.select(); void navigator.clipboard?.writeText(field.value).then(() => { copied.textContent = t.copied; }, () => document.execCommand("copy")); }), copied),
    };
  };
  const address = line(t.address, "share-address", t.addressHelp);
  const replay = line(t.replay, "share-replay", t.replayHelp);
  const run = line(t.run, "share-run", t.runHelp);
  const seed = h("input", { type: "number", class: "number", min: 0, max: Number.MAX_SAFE_INTEGER, step: 1, id: "share-seed", onchange: (() => {
    const x = Number(seed.value);
    if (Number.isSafeInteger(x) && x >= 0) page.store.set({ seed: x, moves: [] });
  }) as EventListener });

  const names = ["scenario", "stalemate_kind", "truce_round", "deal_round", "rung", "package", "front", "energy", "vetoes", "blocking_actor", "blocking_term"];
  async function table(): Promise<void> {
    const ran = await page.engine.run(page.plan(), { first: 0, count: 10000, columns: names });
    const { actors, issues, rungs } = page.description.structure, terms = page.description.model.terms;
    const words: Record<string, string[]> = { scenario: ["stalemate", "partial_deal", "full_settlement"], stalemate_kind: ["none", "fighting", "truce", "relapsed"], rung: rungs.map((r) => r.name), blocking_actor: actors.map((a) => a.name), blocking_term: terms.map((x) => x.name) };
    const columns = names.flatMap((name) => {
      const values = ran.columns[name], width = values.length / ran.count, parts = name === "package" ? issues : name === "vetoes" ? actors : [undefined];
      return parts.map((part, p) => ({
        title: part ? `${name}.${part.name}` : name,
        at: (r: number) => { const v = Number(values[r * width + p]); return words[name] ? words[name][v] ?? "none" : Number.isNaN(v) || v === 65535 ? "" : v; },
      }));
    });
    save(`parley-${page.state.lesson}-runs.csv`, "text/csv", csvText(["run", ...columns.map((c) => c.title)], Array.from({ length: ran.count }, (_, r) => [r, ...columns.map((c) => c.at(r))])));
  }

  const element = h("section", { class: "share" }, address.element, replay.element, run.element,
    h("div", { class: "copy" }, h("label", { for: "share-seed" }, t.seed), h("p", { class: "help" }, t.seedHelp), seed),
    h("div", { class: "copy" }, h("h3", {}, t.files), h("p", { class: "help" }, t.filesHelp), button(t.table, () => void table(), { "data-do": "runs-csv" }), " ", button(t.print, () => window.print())));
  return {
    element,
    refresh: () => {
      address.field.value = location.href.split("#")[0] + toAddress(page.state);
      replay.field.value = commandOf(page, "replay");
      run.field.value = commandOf(page, "run");
      seed.value = String(page.state.seed);
      element.dataset.ready = page.state.lesson;
    },
  };
}
