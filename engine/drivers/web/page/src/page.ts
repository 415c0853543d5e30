// What every view of the page works with.
import type { Client } from "./engine/client";
import type { Actor, Description, PlanRequest } from "./engine/types";
import { type Lesson, lessonOf } from "./lessons";
import type { State, Store } from "./state";
import type { LessonTexts } from "./texts/lessons-en";
import { lessonTexts, texts, translate, type Texts } from "./texts";

export interface View {
  element: HTMLElement;
  /// The configuration, the seed or the run changed, or the view comes into sight.
  refresh(): void;
  /// It goes out of sight.
  leave?(): void;
}

export class Page {
  /// What the engine says of the configuration with its changes, and of the one that ships.
  description!: Description;
  shipped!: Description;

  constructor(readonly store: Store, readonly engine: Client) {}

  get state(): State { return this.store.state; }
  get lesson(): Lesson { return lessonOf(this.state.lesson); }
  get t(): Texts { return texts(this.state.language); }
  get lessonTexts(): LessonTexts { return lessonTexts(this.state.language, this.state.lesson); }

  /// The words of the model in the page's language.
  w(english: string): string { return translate(this.state.language, english); }
  actorTitle(name: string): string { return this.w(this.description.structure.actors.find((a) => a.name === name)?.title ?? name); }

  /// The settings on top of the configuration: a sweep is for the command line, the page shows one point of it.
  sets(changes: Record<string, string> = this.state.changes): string[] {
    return ["sweep.design=none", ...Object.entries(changes).map(([path, value]) => `${path}=${value}`)];
  }
  plan(changes?: Record<string, string>): PlanRequest {
    return { configuration: this.lesson.configuration, name: this.lesson.file, set: this.sets(changes), files: this.lesson.files, seed: this.state.seed, runs: 4294967295 };
  }

  /// All that the state needs to be shown, asked for at once; the descriptions with the changes and without.
  ask(): Promise<[Description, Description]> {
    const descriptions = Promise.all([this.engine.describe(this.plan()), this.engine.describe(this.plan({}))]);
    if (this.state.tab === "watch") this.engine.play(this.plan(), this.state.run).catch(() => undefined);  // the view says what is wrong
    return descriptions;
  }

  value(path: string): number { return this.description.model.parameters.find((p) => p.path === path)?.value ?? NaN; }
  ideal(actor: Actor, issue: string): number { return this.value(`actors.${actor.name}.ideal.${issue}`); }

  /// The nearest anchor of an issue in words.
  near(issue: number, at: number): string {
    const anchors = this.description.structure.issues[issue].anchors;
    const nearest = [...anchors].sort((a, b) => Math.abs(a[0] - at) - Math.abs(b[0] - at))[0];
    return nearest ? this.w(nearest[1]) : "";
  }
}
