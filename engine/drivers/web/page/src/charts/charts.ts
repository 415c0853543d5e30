// The charts of the page; their script, most of which is a library, is run when the first of them is drawn.
import type * as Plots from "./plots";

export function charts(): typeof Plots {
  if (!("parleyCharts" in globalThis)) {
    const script = document.createElement("script");
    script.textContent = document.getElementById("charts")!.textContent;
    document.head.append(script);
  }
  return globalThis.parleyCharts;
}
