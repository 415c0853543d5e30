// The page's side of the engine: promises instead of messages.
import EngineWorker from "./worker?worker&inline";
import type { Appraised, Description, Explained, Move, PlanRequest, PublicEstimate, Ran, Sitting, Start, Told } from "./types";

/// The smallest module with an instruction on 128 bits: a browser that takes it has them.
const simdProbe = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11]);

/// What the engine says is wrong with a request, in the words that the command line prints.
export class EngineError extends Error {}

export class Client {
  private worker = new EngineWorker();
  private waiting = new Map<number, { done: (json: never) => void; failed: (error: Error) => void }>();
  private next = 0;

  /// `plain` keeps to the engine without SIMD.
  constructor(plain = false) {
    const kind = !plain && WebAssembly.validate(simdProbe) ? "simd" : "plain";
    this.send({ kind, deflated: document.getElementById(`engine-${kind}`)?.textContent ?? "" });
    this.worker.onmessage = (event: MessageEvent<{ id: number; json: { error?: string } }>) => {
      const { id, json } = event.data;
      const asked = this.waiting.get(id);
      this.waiting.delete(id);
      if (json.error === undefined) asked?.done(json as never);
      else asked?.failed(new EngineError(json.error));
    };
  }

  describe(plan: PlanRequest): Promise<Description> { return this.ask({ verb: "describe", ...plan }); }
  play(plan: PlanRequest, run: number): Promise<Told> { return this.ask({ verb: "play", ...plan, run }); }
  run(plan: PlanRequest, part: { first: number; count: number; columns?: string[]; bits?: boolean; kernel?: string }): Promise<Ran> {
    return this.ask({ verb: "run", ...plan, ...part });
  }
  sit(plan: PlanRequest, run: number, actor: number, moves: Move[]): Promise<Sitting> { return this.ask({ verb: "sit", ...plan, run, actor, moves }); }
  appraise(plan: PlanRequest, rung: number, packages: number[]): Promise<Appraised> { return this.ask({ verb: "appraise", ...plan, rung, packages }); }
  explain(plan: PlanRequest, count: number, most_exact: number): Promise<Explained> { return this.ask({ verb: "explain", ...plan, count, most_exact }); }
  polls(plan: PlanRequest, tables: { name: string; text: string }[]): Promise<{ publics: PublicEstimate[] }> { return this.ask({ verb: "polls", ...plan, tables }); }
  /// Ends the engine, whatever it is at; nothing is answered any more.
  end(): void { this.worker.terminate(); }

  private send(message: Start | { id: number; request: object }): void { this.worker.postMessage(message); }

  private ask<Reply>(request: object): Promise<Reply> {
    const id = this.next++;
    return new Promise<Reply>((done, failed) => {
      this.waiting.set(id, { done: done as (json: never) => void, failed });
      this.send({ id, request });
    });
  }
}
