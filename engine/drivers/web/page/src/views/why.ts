// Ask why: mechanisms as switches with the same luck, the attribution of deadlock among them, and the zone of agreement.
import { figure, widthOf } from "../charts/figure";
import { bars } from "../charts/plots";
import { button, h } from "../dom";
import type { Page, View } from "../page";
import { deals, shapley, stalemate } from "../statistics";
import { zone } from "./zone";

const runsEach = 1000, runsOfAttribution = 400;

export function whyView(page: Page): View {
  const t = page.t.why;
  let generation = 0;
  const switches = h("div", { class: "switches" });
  const lifted = h("div", {});
  const attribution = h("div", {});
  const status = h("p", { "aria-live": "polite", class: "summary" });
  const winSets = zone(page);
  const ask = button(t.attribute, () => void attribute(), { class: "primary", "data-do": "attribute" });
  const element = h("section", { class: "why" },
    h("h3", {}, t.switchesTitle), h("p", {}, t.switchesHelp), switches, lifted,
    h("h3", {}, t.attributionTitle), h("p", {}, t.attributionHelp), ask, status, attribution,
    h("h3", {}, t.zoneTitle), h("p", {}, t.zoneHelp), winSets.element);

  const off = (name: string) => page.description.mechanisms[name] === false;
  /// Those that the shipped configuration has at work, or that were switched off here.
  const candidates = () => page.shipped.model.mechanisms.filter((m) => page.shipped.at_work.includes(m.name) || page.description.at_work.includes(m.name) || m.path in page.state.changes);
  const without = (names: string[]) => ({ ...page.state.changes, ...Object.fromEntries(names.map((n) => [`mechanisms.${n}`, "false"])) });

  function drawSwitches(): void {
    switches.replaceChildren(...candidates().map((m) => {
      const box = h("input", { type: "checkbox", id: `switch-${m.name}`, checked: !off(m.name), onchange: (() => page.store.change(m.path, box.checked ? (page.shipped.mechanisms[m.name] === false ? "true" : undefined) : page.shipped.mechanisms[m.name] === false ? undefined : "false")) as EventListener });
      return h("div", { class: "switch" }, box, h("label", { for: box.id }, h("strong", {}, page.w(m.title)), " ", h("span", {}, page.w(m.meaning))));
    }));
  }

  /// What lifting each mechanism alone does to the share of deals.
  async function liftEach(mine: number): Promise<void> {
    const part = { first: 0, count: runsEach };
    const now = deals((await page.engine.run(page.plan(), part)).counts);
    const rows = [];
    for (const m of candidates().filter((c) => !off(c.name))) {
      const share = deals((await page.engine.run(page.plan(without([m.name])), part)).counts);
      if (mine !== generation) return;
      rows.push({ label: page.w(m.title), value: share.share, low: share.low, high: share.high, before: now.share });
    }
    rows.sort((a, b) => b.value - a.value);
    const percent = (x: number) => `${(100 * x).toFixed(1)} %`;
    lifted.replaceChildren(rows.length === 0 ? h("p", { class: "empty" }, t.nothingLeft) : figure(page, {
      title: t.liftedTitle(now.share, runsEach), name: `parley-${page.state.lesson}-lifted`, svg: bars(rows, { width: widthOf(lifted), label: t.dealShare }),
      alt: rows.map((r) => `${r.label} ${percent(r.value)}`).join("; "), header: [t.mechanism, t.dealShare, page.t.odds.low, page.t.odds.high],
      rows: rows.map((r) => [r.label, percent(r.value), percent(r.low), percent(r.high)]),
    }));
    element.dataset.ready = `${page.state.lesson} ${Object.keys(page.state.changes).join(",")}`;
  }

  async function attribute(): Promise<void> {
    const mine = generation;
    const list = candidates().filter((c) => !off(c.name));
    ask.disabled = true;
    const share = async (coalition: number) =>
      stalemate((await page.engine.run(page.plan(without(list.filter((_, i) => !((coalition >> i) & 1)).map((m) => m.name))), { first: 0, count: runsOfAttribution })).counts).share;
    const { values, spread } = await shapley(list.length, share, (done) => {
      status.textContent = t.working(done);
      return mine === generation;
    });
    ask.disabled = false;
    if (mine !== generation || values.length === 0) { status.textContent = ""; return; }
    const all = await share((1 << list.length) - 1), none = await share(0);
    const rows = list.map((m, i) => ({ label: page.w(m.title), value: values[i], low: values[i] - 1.96 * spread[i], high: values[i] + 1.96 * spread[i] })).sort((a, b) => b.value - a.value);
    const points = (x: number) => (100 * x).toFixed(1);
    status.textContent = t.attributed(all, none);
    attribution.replaceChildren(figure(page, {
      title: t.attributionPicture, name: `parley-${page.state.lesson}-attribution`, svg: bars(rows, { width: widthOf(attribution), label: t.points, signed: true }),
      alt: rows.map((r) => `${r.label} ${points(r.value)}`).join("; "), header: [t.mechanism, t.points, page.t.odds.low, page.t.odds.high],
      rows: rows.map((r) => [r.label, points(r.value), points(r.low), points(r.high)]),
    }));
  }

  return {
    element,
    refresh: () => {
      const mine = ++generation;
      element.dataset.ready = "";
      status.textContent = "";
      attribution.replaceChildren();
      drawSwitches();
      void liftEach(mine).then(() => mine === generation && winSets.refresh());
    },
    leave: () => { ++generation; },
  };
}
