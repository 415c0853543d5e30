// What the page shows, in one object, and the same in its address: whoever opens the address sees the same.
import type { Move } from "./engine/types";
import { languages, type Language } from "./texts";
import { lessons } from "./lessons";

export const tabs = ["watch", "odds", "why", "seat", "polls", "share"] as const;
export type Tab = (typeof tabs)[number];

export interface State {
  lesson: string;
  /// Settings that differ from the configuration's: path → value as `--set` takes it.
  changes: Record<string, string>;
  seed: number;
  run: number;
  round: number;
  tab: Tab;
  language: Language;
  theme: "auto" | "light" | "dark";
  /// The seat a human takes, and the moves made there.
  actor: number;
  moves: Move[];
}

const whole = (text: string | null, otherwise: number, most = Number.MAX_SAFE_INTEGER) => {
  const x = text === null || text === "" ? NaN : Number(text);
  return Number.isInteger(x) && x >= 0 && x <= most ? x : otherwise;
};

function moveOf(text: string): Move | undefined {
  if (text === "a") return { reply: "accept" };
  if (text === "r") return { reply: "refuse" };
  const [rung, ...at] = text.slice(1).split("_").map(Number);
  return text.startsWith("p") && [rung, ...at].every(Number.isFinite) ? { reply: "propose", rung, text: at } : undefined;
}
const moveText = (m: Move) => (m.reply === "propose" ? "p" + [m.rung, ...m.text].join("_") : m.reply[0]);

export function fromAddress(hash: string): State {
  const p = new URLSearchParams(hash.replace(/^#/, ""));
  const changes: Record<string, string> = {};
  for (const set of p.getAll("set")) {
    const at = set.indexOf("=");
    if (at > 0) changes[set.slice(0, at)] = set.slice(at + 1);
  }
  const browser = navigator.languages.find((l) => languages.includes(l.slice(0, 2) as Language))?.slice(0, 2) as Language | undefined;
  const stated = p.get("lang") as Language;
  const lesson = lessons.find((l) => l.id === p.get("lesson")) ?? lessons[0];
  return {
    lesson: lesson.id,
    changes,
    seed: whole(p.get("seed"), 1),
    run: whole(p.get("run"), 0, 4294967294),
    round: whole(p.get("round"), 0, 5000),
    tab: tabs.find((t) => t === p.get("tab")) ?? "watch",
    language: languages.includes(stated) ? stated : browser ?? "en",
    theme: p.get("theme") === "light" || p.get("theme") === "dark" ? (p.get("theme") as "light" | "dark") : "auto",
    actor: whole(p.get("actor"), 0, 15),
    moves: (p.get("moves") ?? "").split("-").map(moveOf).filter((m): m is Move => m !== undefined),
  };
}

export function toAddress(s: State): string {
  const p = new URLSearchParams({ lesson: s.lesson, tab: s.tab, seed: String(s.seed), run: String(s.run) });
  for (const [path, value] of Object.entries(s.changes)) p.append("set", `${path}=${value}`);
  if (s.round > 0) p.set("round", String(s.round));
  if (s.tab === "seat") p.set("actor", String(s.actor));
  if (s.moves.length > 0) p.set("moves", s.moves.map(moveText).join("-"));
  p.set("lang", s.language);
  if (s.theme !== "auto") p.set("theme", s.theme);
  return "#" + p.toString();
}

type Watcher = (now: State, before: State) => void;

/// Holds the state; whoever watches is told what it was before.
export class Store {
  private watchers: Watcher[] = [];
  constructor(private current: State) {}
  get state(): State { return this.current; }
  watch(watcher: Watcher): void { this.watchers.push(watcher); }
  set(patch: Partial<State>): void {
    const before = this.current;
    this.current = { ...before, ...patch };
    for (const watcher of this.watchers) watcher(this.current, before);
  }
  /// One setting; without a value it goes back to the configuration's.
  change(path: string, value?: string): void {
    const changes = { ...this.current.changes };
    if (value === undefined) delete changes[path];
    else changes[path] = value;
    this.set({ changes, moves: [] });
  }
}
