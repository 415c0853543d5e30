// The charts of the page, each a function from numbers to an SVG picture (Observable Plot).
import * as Plot from "@observablehq/plot";
import type { Share } from "../statistics";
import { colourOf, dashes } from "./palette";
import { widthOfWords } from "./wrap";

const percent = (x: number) => `${Math.round(100 * x)} %`;
/// The span of bars from 0, a tenth at least: chance alone must not fill the picture.
const atLeastTenth = (values: number[]): [number, number] => {
  const low = Math.min(0, ...values), high = Math.max(0, ...values);
  return [low, Math.max(high, low + 0.1)];
};
const base = { marginTop: 26, marginRight: 20, marginBottom: 36, style: undefined } as const;
const marginFor = (labels: string[]) => Math.ceil(Math.max(40, ...labels.map((l) => widthOfWords(l, 12) + 14)));
const svg = (options: Plot.PlotOptions): SVGSVGElement => Plot.plot({ ...base, ...options }) as SVGSVGElement;

export interface Bar extends Partial<Share> { label: string; value: number; colour?: string; before?: number }

/// Horizontal bars from 0, with intervals, and a tick where the value stood before.
export function bars(rows: Bar[], o: { width: number; label: string; domain?: [number, number]; signed?: boolean }): SVGSVGElement {
  const data = rows.map((r) => ({ ...r, colour: r.colour ?? "#3f83c8" }));
  const marginLeft = Math.min(marginFor(rows.map((r) => r.label)), o.width * 0.45);
  return svg({
    width: o.width, height: 60 + rows.length * 30, marginLeft,
    x: { domain: o.domain ?? (o.signed ? atLeastTenth(rows.flatMap((r) => [r.value, r.low ?? r.value, r.high ?? r.value])) : [0, 1]), label: o.label, tickFormat: (x: number) => percent(x), ticks: Math.max(3, Math.floor((o.width - marginLeft) / 90)), grid: true, nice: o.signed, labelArrow: "none" },
    y: { domain: rows.map((r) => r.label), label: null, tickSize: 0, padding: 0.35 },
    marks: [
      Plot.barX(data, { y: "label", x: "value", fill: "colour", fillOpacity: 0.85 }),
      Plot.ruleY(data.filter((d) => d.low !== undefined), { y: "label", x1: "low", x2: "high", stroke: "currentColor", strokeWidth: 2 }),
      Plot.tickX(data.filter((d) => d.before !== undefined), { y: "label", x: "before", stroke: "currentColor", strokeDasharray: "3 2", strokeWidth: 2 }),
      Plot.ruleX([0]),
    ],
  });
}

export interface Line { name: string; values: { x: number; y: number }[]; index: number }

/// Lines over time, told apart by colour, dash and a name at their end.
export function lines(series: Line[], o: { width: number; height: number; x: string; y: string; domain?: [number, number]; percent?: boolean; last: number }): SVGSVGElement {
  const marginRight = Math.min(o.width * 0.34, Math.max(20, ...series.map((l) => widthOfWords(l.name, 11) + 12)));
  const ys = series.flatMap((l) => l.values.map((v) => v.y)), low = Math.min(...ys), high = Math.max(...ys);
  const span = o.domain ?? (high > low ? [low, high] : [low - 0.5, high + 0.5]);
  // Names at the ends of lines, moved apart where they would lie on each other: up, and down again from the top.
  const step = (span[1] - span[0]) * (15 / (o.height - 62));
  const ends = series.map((l) => ({ name: l.name, index: l.index, x: o.last, y: l.values.at(-1)?.y ?? 0 })).sort((a, b) => a.y - b.y);
  ends.forEach((e, i) => { if (i > 0) e.y = Math.max(e.y, ends[i - 1].y + step); });
  ends.reduceRight((above, e) => (e.y = Math.min(e.y, above - step)), span[1] + step);
  return svg({
    width: o.width, height: o.height, marginLeft: 48, marginRight,
    x: { domain: [0, o.last], label: o.x, labelArrow: "none", ticks: Math.max(3, Math.floor(o.width / 90)) },
    y: { domain: span, label: o.y, grid: true, nice: o.domain === undefined, ticks: 5, labelArrow: "none", tickFormat: o.percent ? (x: number) => percent(x) : undefined },
    marks: [
      ...series.map((l) => Plot.line(l.values, { x: "x", y: "y", stroke: colourOf(l.index), strokeWidth: 2, strokeDasharray: dashes[l.index % dashes.length] })),
      Plot.text(ends, { x: "x", y: "y", text: "name", dx: 6, textAnchor: "start", fill: "currentColor", fontSize: 11 }),
    ],
  });
}

/// Shares of runs by round, stacked up over time.
export function cumulative(values: { x: number; y: number }[], before: { x: number; y: number }[], o: { width: number; x: string; y: string; last: number }): SVGSVGElement {
  return svg({
    width: o.width, height: 190, marginLeft: 48,
    x: { domain: [0, o.last], label: o.x, labelArrow: "none", ticks: Math.max(3, Math.floor(o.width / 90)) },
    y: { domain: [0, 1], label: o.y, grid: true, ticks: 5, labelArrow: "none", tickFormat: (x: number) => percent(x) },
    marks: [
      Plot.areaY(values, { x: "x", y: "y", curve: "step-after", fill: "#3f83c8", fillOpacity: 0.35 }),
      Plot.lineY(values, { x: "x", y: "y", curve: "step-after", stroke: "#3f83c8", strokeWidth: 2 }),
      Plot.lineY(before, { x: "x", y: "y", curve: "step-after", stroke: "currentColor", strokeDasharray: "4 3" }),
    ],
  });
}

export interface Spread { label: string; low: number; middle: number; high: number }

/// Where the middle eight tenths of packages lie on each issue.
export function spreads(rows: Spread[], o: { width: number; label: string }): SVGSVGElement {
  const marginLeft = Math.min(marginFor(rows.map((r) => r.label)), o.width * 0.45);
  return svg({
    width: o.width, height: 60 + rows.length * 28, marginLeft,
    x: { domain: [0, 1], label: o.label, grid: true, ticks: 5, labelArrow: "none" },
    y: { domain: rows.map((r) => r.label), label: null, tickSize: 0, padding: 0.3 },
    marks: [
      Plot.ruleY(rows, { y: "label", x1: "low", x2: "high", stroke: "#128f72", strokeWidth: 8, strokeOpacity: 0.45, strokeLinecap: "round" }),
      Plot.dot(rows, { y: "label", x: "middle", r: 5, fill: "#128f72" }),
    ],
  });
}

/// Regions of packages on two issues, by who would agree: one outline with its own hatching an actor.
export function winSets(points: { agrees: boolean[] }[], actors: { name: string; index: number }[], o: { width: number; n: number; rows: number; x: string; y: string; span: [number, number] }): SVGSVGElement {
  const size = Math.min(o.width, 460);
  const values = (i: number) => points.map((p) => (p.agrees[i] ? 1 : 0));
  const all = points.map((p) => (actors.every((_, i) => p.agrees[i]) ? 1 : 0));
  const place = { x1: 0, y1: o.span[0], x2: 1, y2: o.span[1], width: o.n, height: o.rows, interpolate: "nearest" as const };
  return svg({
    width: size, height: size, marginLeft: 48, marginBottom: 40, marginTop: 24, marginRight: 20,
    x: { domain: [0, 1], label: o.x, labelArrow: "none", ticks: 5 },
    y: { domain: o.span, label: o.y, labelArrow: "none", ticks: 5 },
    color: { type: "identity" },
    marks: [
      Plot.contour(all, { ...place, thresholds: [0.5], fill: "currentColor", fillOpacity: 0.3, stroke: "none", smooth: false }),
      ...actors.map((a, i) => Plot.contour(values(i), { ...place, thresholds: [0.5], fill: colourOf(a.index), fillOpacity: 0.1, stroke: colourOf(a.index), strokeWidth: 2.5, strokeDasharray: dashes[a.index % dashes.length] || undefined, smooth: false })),
      Plot.frame(),
    ],
  });
}

export interface PollDot { date: string; share: number; margin: number; n: number }
export interface PathPoint { date: string; median: number; low80: number; high80: number }

/// Polls as dots with their margins, and the opinion between them as a band.
export function opinion(polls: PollDot[], path: PathPoint[], o: { width: number; x: string; y: string }): SVGSVGElement {
  const day = (date: string) => new Date(`${date}T00:00:00Z`);
  return svg({
    width: o.width, height: 240, marginLeft: 48,
    x: { type: "utc", label: o.x, labelArrow: "none", ticks: Math.max(3, Math.floor(o.width / 110)) },
    y: { label: o.y, grid: true, labelArrow: "none", nice: true, tickFormat: (x: number) => percent(x) },
    marks: [
      Plot.areaY(path, { x: (p: PathPoint) => day(p.date), y1: "low80", y2: "high80", fill: "#3f83c8", fillOpacity: 0.25 }),
      Plot.lineY(path, { x: (p: PathPoint) => day(p.date), y: "median", stroke: "#3f83c8", strokeWidth: 2 }),
      Plot.ruleX(polls, { x: (p: PollDot) => day(p.date), y1: (p: PollDot) => p.share - p.margin, y2: (p: PollDot) => p.share + p.margin, stroke: "currentColor" }),
      Plot.dot(polls, { x: (p: PollDot) => day(p.date), y: "share", r: 4, fill: "#c4690c" }),
    ],
  });
}
