// A round and an ending told in sentences.
import { markIcon } from "../charts/palette";
import { h } from "../dom";
import type { Round, Told } from "../engine/types";
import type { Page } from "../page";

/// When it is, what is on the table, and what became of it.
export function headline(page: Page, r: Round, days: number): Node[] {
  const t = page.t.watch;
  const rung = page.description.structure.rungs.find((x) => x.name === r.rung);
  const state = r.rung === "none" ? t.dealHolds : r.fighting ? t.fighting : t.truceHolds;
  const event = r.decided ? t.decided : r.signed ? t.signed : r.collapsed ? t.collapsed : "";
  return [
    h("strong", {}, t.round(r.round, Math.round(r.round * days))), " ", h("span", { class: "state" }, state), " ",
    rung ? h("span", {}, t.onTable(page.w(rung.title)), " ", rung.settles.length > 0 ? t.lasts(r.survival) : t.settlesNothing) : "",
    event ? h("strong", { class: r.signed ? "event good" : "event bad" }, " " + event) : "",
  ].map((x) => (typeof x === "string" ? document.createTextNode(x) : x));
}

/// Who said yes, and who refused for which reason.
export function verdicts(page: Page, r: Round, hide = -1): HTMLElement[] {
  const t = page.t.watch;
  if (r.rung === "none") return [];
  return page.description.structure.actors.map((actor, i) => {
    const a = r.actors[actor.name];
    const who = page.w(actor.title);
    const words = i === hide ? "" : !a.seated ? t.notAsked(who) : a.agrees ? t.agrees(who) : reason(page, actor.name, r);
    const look = !a.seated ? "aside" : a.agrees ? "yes" : "no";
    return h("li", { class: look }, markIcon(i), h("span", { class: "sign", "aria-hidden": "true" }, !a.seated ? "–" : a.agrees ? "✓" : "✗"), h("span", {}, words));
  });
}

/// "Ukraine refused: its public would not ratify (…)".
export function reason(page: Page, actor: string, r: Round): string {
  const t = page.t.watch, a = r.actors[actor], who = page.actorTitle(actor);
  const term = page.description.model.terms.find((x) => x.name === a.worst_term);
  const why = page.w(term?.meaning ?? "");
  if (a.leadership) return t.publicRefused(who, why, a.support, a.ratification);
  if (a.gain > 0) return t.judgedOtherwise(who, why, a.gain);
  return t.refused(who, why, -a.gain);
}

/// How the run ended, and what stood in the way.
export function ending(page: Page, told: Told): Node[] {
  const t = page.t.watch, row = told.row, { rungs, issues } = page.description.structure;
  const words = [t.ended(row.scenario, row.stalemate_kind)];
  const rung = rungs.find((r) => r.name === row.rung);
  if (rung) {
    const terms = rung.settles.map((k) => t.term(page.w(issues[k].title), row.package[issues[k].name] ?? NaN, page.near(k, row.package[issues[k].name] ?? NaN)));
    words.push(t.inForce(page.w(rung.title), row.survival ?? NaN, terms));
  }
  if (row.relapses > 0) words.push(t.relapses(row.relapses));
  if (row.blocking_actor !== "none") {
    const term = page.description.model.terms.find((x) => x.name === row.blocking_term);
    words.push(t.bound(page.actorTitle(row.blocking_actor), page.w(term?.meaning ?? "")));
  }
  return [h("strong", {}, words[0]), document.createTextNode(" " + words.slice(1).join(" "))];
}
