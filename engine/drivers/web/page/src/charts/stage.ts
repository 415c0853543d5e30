// The table of the talks as a picture: each issue an axis with its anchors in words, where every actor would like to stand,
// the status quo, and the text that moves along.
import { s } from "../dom";
import type { Round } from "../engine/types";
import type { Page } from "../page";
import { accent, colourOf, mark } from "./palette";
import { widthOfWords, wrap } from "./wrap";

const size = 12, side = 14;

interface Axis { marker: SVGElement; line: SVGElement; words: SVGElement; now: SVGElement; state: SVGElement; group: SVGElement }

export class Stage {
  readonly svg: SVGSVGElement;
  private axes: Axis[] = [];
  private readonly x: (at: number) => number;

  constructor(private readonly page: Page, width: number) {
    this.x = (at) => side + at * (width - 2 * side);
    const { issues } = page.description.structure;
    let y = 0;
    this.svg = s("svg", { width, class: "stage", "font-size": size, "aria-hidden": "true", focusable: "false" });
    issues.forEach((_, k) => { y = this.axis(k, y, width); });
    this.svg.setAttribute("height", String(y));
    this.svg.setAttribute("viewBox", `0 0 ${width} ${y}`);
  }

  /// Draws one axis from `top` down; returns where the next begins.
  private axis(k: number, top: number, width: number): number {
    const { page, x } = this;
    const issue = page.description.structure.issues[k];
    const group = s("g", {});
    group.append(s("text", { x: side, y: top + 16, "font-size": 14, "font-weight": 600, fill: "currentColor" }, page.w(issue.title)));
    const state = s("text", { x: width - side, y: top + 16, "text-anchor": "end", fill: "currentColor" });

    // Ideal points with their names: whatever would lie on another is stacked above.
    const places: { left: number; right: number; level: number }[] = [];
    const ideals = page.description.structure.actors.map((actor, i) => {
      const at = page.ideal(actor, issue.name), label = page.w(actor.title), long = widthOfWords(label, 11) + 14, end = at > 0.5;
      const left = x(at) - (end ? long : 6), right = x(at) + (end ? 6 : long);
      let level = 0;
      while (places.some((p) => p.level === level && left < p.right + 4 && p.left < right + 4)) ++level;
      places.push({ left, right, level });
      return { at, level, label, end, i };
    });
    const levels = Math.max(...ideals.map((p) => p.level)) + 1;
    const y = top + 26 + levels * 16 + 8;
    for (const p of ideals) {
      const up = y - 12 - p.level * 16, { end } = p;
      group.append(s("line", { x1: x(p.at), x2: x(p.at), y1: up, y2: y, stroke: colourOf(p.i), "stroke-opacity": 0.45 }));
      group.append(s("g", { transform: `translate(${x(p.at)} ${up})` }, mark(p.i, 10)));
      group.append(s("text", { x: x(p.at) + (end ? -9 : 9), y: up + 4, "font-size": 11, "text-anchor": end ? "end" : "start", fill: "currentColor" }, p.label));
    }

    const line = s("line", { x1: x(0), x2: x(1), y1: y, y2: y, stroke: "currentColor", "stroke-width": 2 });
    const now = s("path", { d: `M-4 ${y - 7}V${y + 7}M4 ${y - 7}V${y + 7}`, stroke: "currentColor", "stroke-width": 1.5 });
    const marker = s("path", { d: `M0 ${y - 9}L9 ${y}L0 ${y + 9}L-9 ${y}Z`, fill: accent, stroke: "#fff", "stroke-width": 1.5 });
    group.append(line, now, marker, state);
    const below = this.anchors(group, k, y);
    const words = s("text", { y: below + 17, "font-size": size, "font-weight": 600, fill: "currentColor" });
    group.append(words);
    this.svg.append(group);
    this.axes.push({ marker, line, words, now, state, group });
    return below + 36;
  }

  /// Anchors in words under the axis, as many as fit; returns how far down they reach.
  private anchors(group: SVGElement, k: number, y: number): number {
    const { page, x } = this;
    const all = page.description.structure.issues[k].anchors;
    const room = (list: [number, string][], i: number) => {
      const left = i > 0 ? x(list[i][0]) - x(list[i - 1][0]) : Infinity, right = i + 1 < list.length ? x(list[i + 1][0]) - x(list[i][0]) : Infinity;
      const first = list[i][0] <= 0.001, last = list[i][0] >= 0.999;
      return (first ? right * 0.55 : last ? left * 0.55 : Math.min(left, right) * 0.9) - 6;
    };
    const crowded = all.some((anchor, i) => room(all, i) < Math.min(72, widthOfWords(page.w(anchor[1]), 11)));
    const shown = crowded ? all.filter(([at], i) => i === 0 || i === all.length - 1 || at === 0) : all;
    let deepest = y + 8;
    for (const [at] of all) group.append(s("line", { x1: x(at), x2: x(at), y1: y - 4, y2: y + 4, stroke: "currentColor" }));
    shown.forEach(([at, words], i) => {
      const lines = wrap(page.w(words), room(shown, i), 11);
      const anchor = at <= 0.001 ? "start" : at >= 0.999 ? "end" : "middle";
      lines.forEach((line, l) => group.append(s("text", { x: x(at), y: y + 20 + l * 13, "font-size": 11, "text-anchor": anchor, fill: "currentColor", "fill-opacity": 0.8 }, line)));
      deepest = Math.max(deepest, y + 20 + (lines.length - 1) * 13);
    });
    return deepest;
  }

  /// Shows the talks between round `from` and the next, `part` of the way; `front` tells where the status quo has moved to.
  draw(from: Round, to: Round, part: number): void {
    const { page, x } = this;
    const { issues, rungs } = page.description.structure;
    const rung = rungs.find((r) => r.name === from.rung);
    const t = page.t.watch;
    issues.forEach((issue, k) => {
      const a = this.axes[k];
      const text = from.text[issue.name] + part * (to.text[issue.name] - from.text[issue.name]);
      const quo = issue.moves_with_front ? from.front + part * (to.front - from.front) : page.value(`issues.${issue.name}.status_quo`);
      const settled = rung !== undefined && rung.settles.includes(k);
      a.marker.setAttribute("transform", `translate(${x(text)} 0)`);
      a.marker.setAttribute("fill-opacity", settled ? "1" : "0.3");
      a.now.setAttribute("transform", `translate(${x(quo)} 0)`);
      a.line.setAttribute("stroke-opacity", settled ? "1" : "0.4");
      a.state.textContent = rung === undefined ? "" : settled ? t.settled : t.open;
      const words = `${t.text} ${text.toFixed(2)} · ${t.near(page.near(k, text))}`, half = widthOfWords(words, size) / 2;
      a.words.textContent = words;
      a.words.setAttribute("text-anchor", "middle");
      a.words.setAttribute("x", String(Math.max(x(0) + half, Math.min(x(1) - half, x(text)))));
    });
  }
}
