// How actors, outcomes and lines look: colours that hold on light and on dark, each with a shape or a dash of its own.
import { s } from "../dom";

export const actorColours = ["#3f83c8", "#c4690c", "#128f72", "#b34f9b", "#8a7a1c", "#6f6bd0", "#c14a4a", "#5d7f36"];
export const dashes = ["", "7 3", "2 3", "9 3 2 3", "4 2", "1 2", "12 3", "6 2 2 2"];
export const scenarioColours = ["#7d8590", "#c4690c", "#128f72"];
export const accent = "#b3261e";

export const colourOf = (actor: number): string => actorColours[actor % actorColours.length];

/// The mark of an actor: circle, square, triangle, diamond, and again with a hole.
export function mark(actor: number, size: number): SVGElement {
  const r = size / 2, colour = colourOf(actor), hollow = actor >= 4;
  const look = { fill: hollow ? "none" : colour, stroke: colour, "stroke-width": hollow ? 2 : 0 };
  switch (actor % 4) {
    case 0: return s("circle", { r, ...look });
    case 1: return s("rect", { x: -r * 0.9, y: -r * 0.9, width: r * 1.8, height: r * 1.8, ...look });
    case 2: return s("path", { d: `M0 ${-r * 1.1}L${r * 1.1} ${r}H${-r * 1.1}Z`, ...look });
    default: return s("path", { d: `M0 ${-r * 1.2}L${r * 1.2} 0L0 ${r * 1.2}L${-r * 1.2} 0Z`, ...look });
  }
}

/// The same as a small picture between words.
export function markIcon(actor: number): SVGSVGElement {
  return s("svg", { width: 16, height: 16, viewBox: "-8 -8 16 16", "aria-hidden": "true", class: "mark" }, mark(actor, 11));
}
