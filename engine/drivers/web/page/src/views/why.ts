// Ask why: mechanisms as switches with the same luck, the stalemates shared out among them, and the zone of agreement.
import { charts } from "../charts/charts";
import { figure, widthOf } from "../charts/figure";
import { h } from "../dom";
import { Client } from "../engine/client";
import type { Explained } from "../engine/types";
import type { Page, View } from "../page";
import { zone } from "./zone";

/// Up to so many mechanisms every combination is played; beyond, orders are drawn. Runs of each combination.
const mostExact = 6, runsEach = 1000;

export function whyView(page: Page): View {
  const t = page.t.why;
  let explainer: Client | undefined;  // a worker of its own: it takes seconds, and other questions go on meanwhile
  const switches = h("div", { class: "switches" });
  const lifted = h("div", {});
  const attribution = h("div", {});
  const status = h("p", { "aria-live": "polite", class: "summary" });
  const winSets = zone(page);
  const element = h("section", { class: "why" },
    h("h3", {}, t.switchesTitle), h("p", {}, t.switchesHelp), switches, lifted,
    h("h3", {}, t.attributionTitle), h("p", {}, t.attributionHelp), status, attribution,
    h("h3", {}, t.zoneTitle), h("p", {}, t.zoneHelp), winSets.element);

  /// Mechanisms that the shipped configuration has at work, or that were switched here.
  const candidates = () => page.shipped.model.mechanisms.filter((m) => page.shipped.at_work.includes(m.name) || page.description.at_work.includes(m.name) || m.path in page.state.changes);

  function drawSwitches(): void {
    switches.replaceChildren(...candidates().map((m) => {
      const shippedOff = page.shipped.mechanisms[m.name] === false;
      const box = h("input", { type: "checkbox", id: `switch-${m.name}`, checked: page.description.mechanisms[m.name] !== false,
        onchange: (() => page.store.change(m.path, box.checked === shippedOff ? String(box.checked) : undefined)) as EventListener });
      return h("div", { class: "switch" }, box, h("label", { for: box.id }, h("strong", {}, page.w(m.title)), " ", h("span", {}, page.w(m.meaning))));
    }));
  }

  const percent = (x: number) => `${(100 * x).toFixed(1)} %`;
  const points = (x: number) => (100 * x).toFixed(1);
  const title = (name: string) => page.w(page.description.model.mechanisms.find((m) => m.name === name)?.title ?? name);

  function draw(why: Explained): void {
    if (!why.stalemate || !why.without_all) {
      lifted.replaceChildren();
      status.textContent = t.nothingLeft;
      return;
    }
    const now = why.stalemate.value;
    const alone = why.mechanisms.map((m) => ({ label: title(m.name), ...m.lifted_alone, before: now })).sort((a, b) => a.value - b.value);
    lifted.replaceChildren(figure(page, {
      title: t.liftedTitle(now), name: `parley-${page.state.lesson}-lifted`, svg: charts().bars(alone, { width: widthOf(lifted), label: t.stalemateShare }),
      alt: alone.map((r) => `${r.label} ${percent(r.value)}`).join("; "), header: [t.mechanism, t.stalemateShare, page.t.odds.low, page.t.odds.high],
      rows: alone.map((r) => [r.label, percent(r.value), percent(r.low), percent(r.high)]),
    }));
    const shares = why.mechanisms.map((m) => ({ label: title(m.name), ...m.shapley }));
    attribution.replaceChildren(figure(page, {
      title: t.attributionPicture, name: `parley-${page.state.lesson}-attribution`, svg: charts().bars(shares, { width: widthOf(attribution), label: t.points, signed: true }),
      alt: shares.map((r) => `${r.label} ${points(r.value)}`).join("; "), header: [t.mechanism, t.points, page.t.odds.low, page.t.odds.high],
      rows: shares.map((r) => [r.label, points(r.value), points(r.low), points(r.high)]),
    }));
    status.textContent = t.attributed(why.stalemate.value, why.without_all.value, why.exact === true, why.replicates ?? 0);
  }

  async function explain(): Promise<void> {
    explainer?.end();
    const asked = (explainer = new Client());
    status.textContent = t.working;
    const why = await asked.explain(page.plan(), runsEach, mostExact);
    asked.end();
    if (asked !== explainer) return;
    draw(why);
    element.dataset.ready = `${page.state.lesson} ${Object.keys(page.state.changes).join(",")}`;
  }

  return {
    element,
    refresh: () => {
      element.dataset.ready = "";
      attribution.replaceChildren();
      drawSwitches();
      void explain();
      winSets.refresh();
    },
    leave: () => { explainer?.end(); explainer = undefined; },
  };
}
