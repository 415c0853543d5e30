// Shares with their intervals, and counts that add up.
import type { Counts, Refusals } from "./engine/types";

export interface Share { share: number; low: number; high: number }

/// A proportion with its 95 % interval (Wilson 1927), as the command line prints it.
export function wilson(count: number, n: number): Share {
  if (n === 0) return { share: 0, low: 0, high: 1 };
  const z = 1.959963984540054, p = count / n;
  const centre = p + (z * z) / (2 * n), spread = z * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n)), scale = 1 + (z * z) / n;
  return { share: p, low: count === 0 ? 0 : (centre - spread) / scale, high: count === n ? 1 : (centre + spread) / scale };
}

const sum = (a: number[], b: number[]) => a.map((x, i) => x + b[i]);

export function addCounts(a: Counts, b: Counts): Counts {
  return { runs: a.runs + b.runs, failed: a.failed + b.failed, scenarios: sum(a.scenarios, b.scenarios), kinds: sum(a.kinds, b.kinds), truce: a.truce + b.truce, ceasefire: a.ceasefire + b.ceasefire, deal: a.deal + b.deal };
}

export function addRefusals(a: Refusals, b: Refusals): Refusals {
  return { rounds_talked: a.rounds_talked + b.rounds_talked, vetoes: sum(a.vetoes, b.vetoes), blocked: a.blocked.map((row, i) => sum(row, b.blocked[i])) };
}

export function quantile(sorted: ArrayLike<number>, q: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))];
}
