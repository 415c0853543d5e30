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

/// The share of runs that end without a deal in force.
export const stalemate = (c: Counts): Share => wilson(c.scenarios[0], c.runs - c.failed);
/// The share of runs that end with one.
export const deals = (c: Counts): Share => wilson(c.scenarios[1] + c.scenarios[2], c.runs - c.failed);

export function quantile(sorted: ArrayLike<number>, q: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))];
}

/// Shapley values of the players 0 … n−1 (Shapley 1953): the mean of what each adds over all orders in which they can
/// join. `value` is asked once for each coalition (a bit mask). Up to `exactLimit` players all coalitions are asked; beyond
/// that `orders` orders are drawn, each with its reverse, and `spread` is the standard error that this leaves.
export async function shapley(n: number, value: (coalition: number) => Promise<number>, progress: (done: number) => boolean, orders = 24, exactLimit = 7): Promise<{ values: number[]; spread: number[] }> {
  const known = new Map<number, number>();
  const ask = async (coalition: number) => {
    let v = known.get(coalition);
    if (v === undefined) known.set(coalition, (v = await value(coalition)));
    return v;
  };
  if (n <= exactLimit) {
    const factorial = (k: number): number => (k < 2 ? 1 : k * factorial(k - 1));
    const values = Array<number>(n).fill(0);
    for (let c = 0; c < 1 << n; ++c) {
      if (!progress(c / (1 << n))) return { values: [], spread: [] };
      const size = c.toString(2).replaceAll("0", "").length;
      for (let i = 0; i < n; ++i)
        if (!((c >> i) & 1)) values[i] += ((factorial(size) * factorial(n - size - 1)) / factorial(n)) * ((await ask(c | (1 << i))) - (await ask(c)));
    }
    return { values, spread: values.map(() => 0) };
  }
  let seed = 20260131;
  const random = () => (seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0) / 4294967296;
  const samples = Array.from({ length: n }, () => [] as number[]);
  for (let o = 0; o < orders; ++o) {
    const order = [...Array(n).keys()];
    for (let i = n - 1; i > 0; --i) {
      const j = Math.floor(random() * (i + 1));
      [order[i], order[j]] = [order[j], order[i]];
    }
    const added = Array<number>(n).fill(0);
    for (const direction of [order, [...order].reverse()]) {
      let coalition = 0, before = await ask(0);
      for (const [step, player] of direction.entries()) {
        if (!progress((o + step / n / 2 + (direction === order ? 0 : 0.5)) / orders)) return { values: [], spread: [] };
        coalition |= 1 << player;
        const now = await ask(coalition);
        added[player] += (now - before) / 2;
        before = now;
      }
    }
    added.forEach((a, i) => samples[i].push(a));
  }
  const mean = (xs: number[]) => xs.reduce((a, b) => a + b, 0) / xs.length;
  return { values: samples.map(mean), spread: samples.map((xs) => { const m = mean(xs); return Math.sqrt(mean(xs.map((x) => (x - m) ** 2)) / (xs.length - 1)); }) };
}
