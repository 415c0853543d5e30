// The page's side of the engine: promises instead of messages.
import type { Appraised, Description, Explained, Move, PlanRequest, PublicEstimate, Ran, Sitting, Told } from "./types";

/// What the engine says is wrong with a request, in the words that the command line prints.
export class EngineError extends Error {}

export class Client {
  private waiting = new Map<number, { done: (json: never) => void; failed: (error: Error) => void }>();
  private next = 0;
  private kept = new Map<string, Promise<unknown>>();

  private readonly worker = startEngine();

  constructor() {
    this.worker.onmessage = (event: MessageEvent<{ id: number; json: { error?: string } }>) => {
      const { id, json } = event.data;
      const asked = this.waiting.get(id);
      this.waiting.delete(id);
      if (json.error === undefined) asked?.done(json as never);
      else asked?.failed(new EngineError(json.error));
    };
  }

  describe(plan: PlanRequest): Promise<Description> { return this.once({ verb: "describe", ...plan }); }
  play(plan: PlanRequest, run: number): Promise<Told> { return this.once({ verb: "play", ...plan, run }); }
  run(plan: PlanRequest, part: { first: number; count: number; columns?: string[]; bits?: boolean; kernel?: string }): Promise<Ran> {
    return this.ask({ verb: "run", ...plan, ...part });
  }
  sit(plan: PlanRequest, run: number, actor: number, moves: Move[]): Promise<Sitting> { return this.ask({ verb: "sit", ...plan, run, actor, moves }); }
  appraise(plan: PlanRequest, rung: number, packages: number[]): Promise<Appraised> { return this.ask({ verb: "appraise", ...plan, rung, packages }); }
  explain(plan: PlanRequest, count: number, most_exact: number): Promise<Explained> { return this.ask({ verb: "explain", ...plan, count, most_exact }); }
  polls(plan: PlanRequest, tables: { name: string; text: string }[]): Promise<{ publics: PublicEstimate[] }> { return this.ask({ verb: "polls", ...plan, tables }); }
  /// Ends the engine, whatever it is at; nothing is answered any more.
  end(): void { this.worker.terminate(); }

  /// A question that is asked once, however many want the answer; the last few answers are kept.
  private once<Reply>(request: object): Promise<Reply> {
    const question = JSON.stringify(request), answer = this.kept.get(question) ?? this.ask(request);
    this.kept.delete(question);
    this.kept.set(question, answer);
    if (this.kept.size > 8) this.kept.delete(this.kept.keys().next().value!);
    return answer as Promise<Reply>;
  }

  private ask<Reply>(request: object): Promise<Reply> {
    const id = this.next++;
    return new Promise<Reply>((done, failed) => {
      this.waiting.set(id, { done: done as (json: never) => void, failed });
      this.worker.postMessage({ id, request });
    });
  }
}
