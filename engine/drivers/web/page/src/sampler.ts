// Plays many runs of a plan piece by piece, so that a view can show them filling in.
import type { Client } from "./engine/client";
import type { Counts, PlanRequest, Refusals } from "./engine/types";
import { addCounts, addRefusals } from "./statistics";

/// What many runs have shown so far.
export interface Sample {
  counts: Counts;
  refusals: Refusals;
  dealRounds: number[];   ///< runs by the round of their first deal
  packages: number[][];   ///< by issue: positions of what is in force at the horizon
}

const piece = 1000;

/// Plays `total` runs; `seen` gets the sample after each piece and says whether to go on.
export async function sample(engine: Client, plan: PlanRequest, total: number, issues: number, seen: (sample: Sample) => boolean): Promise<Sample | undefined> {
  let all: Sample | undefined;
  for (let first = 0; first < total; first += piece) {
    const ran = await engine.run(plan, { first, count: Math.min(piece, total - first), columns: ["deal_round", "package", "scenario"] });
    const now: Sample = all ?? { counts: ran.counts, refusals: ran.refusals, dealRounds: [], packages: Array.from({ length: issues }, () => []) };
    if (all) {
      now.counts = addCounts(now.counts, ran.counts);
      now.refusals = addRefusals(now.refusals, ran.refusals);
    }
    for (const round of ran.columns.deal_round as Uint16Array) if (round !== 65535) now.dealRounds[round] = (now.dealRounds[round] ?? 0) + 1;
    const packages = ran.columns.package as Float32Array, scenarios = ran.columns.scenario as Uint8Array;
    for (let r = 0; r < ran.count; ++r)
      if (scenarios[r] === 1 || scenarios[r] === 2) for (let k = 0; k < issues; ++k) now.packages[k].push(packages[r * issues + k]);
    all = now;
    if (!seen(now)) return undefined;
  }
  return all;
}
