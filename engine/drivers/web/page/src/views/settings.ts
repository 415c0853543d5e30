// Settings as sliders, drawn from the parts' own descriptions: their meaning, unit, source and bounds.
import { button, h } from "../dom";
import type { Parameter } from "../engine/types";
import type { Page, View } from "../page";

const plain = (x: number): string => String(Number(x.toPrecision(6)));

/// What of its bounds a slider spans: all of them, or a stretch around the value where they are far apart.
function span(p: Parameter, value: number): [number, number] {
  const [low, high] = p.bounds, size = 4 * Math.max(Math.abs(value), Math.abs(p.value), Math.abs(p.default));
  return size === 0 || high - low <= 2.5 * size ? [low, high] : [Math.max(low, -size), Math.min(high, size)];
}

/// "South: mood", from the path and the description.
function titleOf(page: Page, p: Parameter): { whose: string; words: string } {
  const { actors, issues, rungs, links } = page.description.structure;
  const parts = p.path.split(".");
  const named = [...actors, ...issues, ...rungs].find((x) => x.name === parts[1] && ["actors", "issues", "rungs"].includes(parts[0]));
  const second = parts[3] === undefined ? undefined : issues.find((x) => x.name === parts[3]) ?? links.find((x) => x.name === parts[3]);
  const other = second && "title" in second ? page.w(second.title) : second?.issues.map((k) => page.w(issues[k].title)).join(" × ");
  return { whose: [named ? page.w(named.title) : "", other ?? ""].filter(Boolean).join(" · "), words: page.w(p.meaning) };
}

export function slider(page: Page, p: Parameter, prefix: string): HTMLElement {
  const t = page.t.settings, id = `${prefix}-${p.path.replaceAll(".", "-")}`;
  const shipped = page.shipped.model.parameters.find((x) => x.path === p.path) ?? p;
  const isSwitch = p.unit === "switch", changed = p.path in page.state.changes;
  const { whose, words } = titleOf(page, p);
  const set = (value: number) => {
    const x = Math.max(p.bounds[0], Math.min(p.bounds[1], value));
    page.store.change(p.path, Number.isFinite(x) && plain(x) !== plain(shipped.value) ? plain(x) : undefined);
  };
  const [low, high] = span(shipped, p.value);
  const range = h("input", { type: isSwitch ? "checkbox" : "range", id, ...(isSwitch ? { checked: p.value > 0 } : { min: low, max: high, step: "any", value: p.value }), "aria-describedby": `${id}-notes`, onchange: (() => set(isSwitch ? (range.checked ? 1 : 0) : Number(Number(range.value).toPrecision(3)))) as EventListener });
  const number = h("input", { type: "number", class: "number", min: p.bounds[0], max: p.bounds[1], step: "any", value: plain(p.value), "aria-label": `${whose} ${words}`, onchange: (() => set(Number(number.value))) as EventListener });
  range.addEventListener("input", () => { number.value = plain(Number(Number(range.value).toPrecision(3))); });
  return h("div", { class: changed ? "setting changed" : "setting", "data-path": p.path },
    h("label", { for: id }, whose ? h("strong", {}, whose + " ") : "", words),
    h("div", { class: "row" }, range, isSwitch ? "" : number,
      changed ? button("↺", () => page.store.change(p.path), { class: "quiet", "aria-label": `${t.resetOne}: ${whose} ${words}` }) : ""),
    h("p", { class: "notes", id: `${id}-notes` }, `${{ logit: t.logit, 1: t.pure }[p.unit] ?? page.w(p.unit)} · ${t.bounds(plain(p.bounds[0]), plain(p.bounds[1]))} · ${t.shipped} ${plain(shipped.value)} · ${t.source} ${page.w(p.source)}`, h("code", {}, p.path)));
}

export function settingsView(page: Page): View {
  const t = page.t.settings;
  const list = h("div", { class: "list" });
  const filter = h("input", { type: "search", id: "settings-filter", oninput: (() => draw()) as EventListener });
  const element = h("details", { class: "settings" }, h("summary", {}, t.all), h("label", { for: "settings-filter" }, t.filter, " "), filter, list);
  element.addEventListener("toggle", draw);

  function draw(): void {
    if (!element.open) return;
    const wanted = filter.value.toLowerCase();
    const shown = page.description.model.parameters.filter((p) => {
      const { whose, words } = titleOf(page, p);
      return p.inert === null && `${p.path} ${whose} ${words} ${p.meaning}`.toLowerCase().includes(wanted);
    });
    const groups = new Map<string, Parameter[]>();
    for (const p of shown) {
      const [first, second] = p.path.split(".");
      const { actors, issues, rungs } = page.description.structure;
      const named = first === "actors" ? actors : first === "issues" ? issues : first === "rungs" ? rungs : [];
      const group = page.w(named.find((x) => x.name === second)?.title ?? "") || t.groups[first] || first;
      groups.set(group, [...(groups.get(group) ?? []), p]);
    }
    const open = new Set([...list.querySelectorAll("details[open]")].map((d) => d.getAttribute("data-group")));
    list.replaceChildren(...[...groups].map(([group, of]) => {
      const inside = h("div", {});
      const details = h("details", { "data-group": group, open: open.has(group) || wanted.length > 1 }, h("summary", {}, `${group} (${of.length})`), inside);
      const fill = () => { if (details.open && inside.childElementCount === 0) inside.append(...of.map((p) => slider(page, p, "all"))); };
      details.addEventListener("toggle", fill);
      fill();
      return details;
    }));
  }

  return { element, refresh: draw };
}
