// What the engine's facade (engine/drivers/web/facade.hpp) is asked and answers.

/// A compiled engine as emscripten hands it over.
export interface Compiled {
  HEAPU8: Uint8Array;
  _malloc(bytes: number): number;
  _free(at: number): void;
  _parley_open(): number;
  _parley_ask(page: number, request: number, bytes: number): void;
  _parley_answer(page: number, where: number): void;
}

/// The engine that a worker is to run, as the page holds it: deflated, in base64.
export interface Start { deflated: string }

/// The plan that a request speaks of.
export interface PlanRequest {
  configuration: string;
  name: string;
  set: string[];
  files?: Record<string, string>;  ///< poll tables that the configuration names
  runs?: number;
  seed?: number;
}

export interface Issue { name: string; title: string; anchors: [number, string][]; moves_with_front: boolean }
export interface Actor { name: string; title: string; fights: boolean; mediates: boolean }
export interface Rung { name: string; title: string; settles: number[]; seats: number[] }
export interface Structure { title: string; mediated: boolean; has_energy: boolean; issues: Issue[]; actors: Actor[]; rungs: Rung[]; links: { name: string; issues: number[] }[] }
export interface Parameter {
  path: string; shape: string; default: number; bounds: [number, number]; unit: string; meaning: string; source: string;
  off: number | null; mechanism: string | null; round_length: string; inert: string | null; value: number;
}
export interface Mechanism { name: string; path: string; title: string; meaning: string; in_reference: boolean }
export interface Description {
  structure: Structure;
  model: { model: string; meaning: string; parameters: Parameter[]; mechanisms: Mechanism[]; terms: { name: string; meaning: string }[] };
  mechanisms: Record<string, boolean>;  ///< switches that are stated
  at_work: string[];                    ///< mechanisms that make a difference to some number
  sweep: { path: string; values: number[] }[];
  seed: number;
  runs: number;
}

export interface ActorRound {
  seated: boolean; agrees: boolean; leadership: boolean; ratifies: boolean; mood: number; support: number; ratification: number;
  utility: number; fighting_on: number; gain: number; weight: number; terms: Record<string, number>; worst_term: string;
}
export interface Round {
  round: number; front: number; energy: number; fighting: boolean; rung: string; text: Record<string, number>; package: Record<string, number>;
  hazard: number; survival: number; actors: Record<string, ActorRound>; signed: boolean; collapsed: boolean; decided: boolean;
}
export interface Row {
  scenario: "stalemate" | "partial_deal" | "full_settlement" | "failed"; stalemate_kind: "none" | "fighting" | "truce" | "relapsed";
  truce_round: number | null; ceasefire_round: number | null; deal_round: number | null; relapses: number; rung: string;
  package: Record<string, number | null>; survival: number | null; hazard: number | null; order_index: number; vetoes: Record<string, number>; rounds_talked: number;
  blocking_actor: string; blocking_term: string; military_end: number;
}
export interface Told { run: number; days: number; row: Row; rounds: Round[] }
export interface Sitting extends Told { over: boolean }
export type Move = { reply: "accept" | "refuse" } | { reply: "propose"; rung: number; text: number[] };

export interface Counts { runs: number; failed: number; scenarios: number[]; kinds: number[]; truce: number; ceasefire: number; deal: number }
export interface Refusals { rounds_talked: number; vetoes: number[]; blocked: number[][] }
export interface Column { name: string; type: string; width: number; labels: [string, number][]; at: number; bytes: number }
export type Numbers = Uint8Array | Uint16Array | Uint32Array | BigUint64Array | Float32Array | Float64Array;
export interface Ran { first: number; count: number; counts: Counts; refusals: Refusals; bits?: string; columns: Record<string, Numbers> }
export interface Estimate { value: number; low: number; high: number }
/// Why the talks stall; without `stalemate` where no mechanism is at work.
export interface Explained { stalemate?: Estimate; without_all?: Estimate; exact?: boolean; coalitions?: number; replicates?: number; mechanisms: { name: string; shapley: Estimate; lifted_alone: Estimate }[] }
export interface Appraised { seated: boolean[]; columns: Record<string, Numbers> }
export interface PublicEstimate {
  public: string; mood: number; sd: number; from_polls: boolean;
  series: { measures: string; polls: { date: string; share: number; margin: number; n: number }[]; path: { date: string; median: number; low80: number; high80: number }[] }[];
}
