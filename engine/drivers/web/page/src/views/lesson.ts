// The lesson: a question for the class, steps to take, a guide for the teacher, and the few sliders that matter.
import { button, h } from "../dom";
import type { Page, View } from "../page";
import { settingsView, slider } from "./settings";

const same = (a: Record<string, string>, b: Record<string, string>) =>
  Object.keys(a).length === Object.keys(b).length && Object.entries(a).every(([k, v]) => b[k] === v);

export function lessonView(page: Page): View {
  const t = page.t.lesson;
  const steps = h("div", { class: "steps", role: "group", "aria-label": t.steps });
  const controls = h("div", { class: "controls" });
  const changes = h("div", { class: "changes" });
  const error = h("p", { class: "error", role: "alert" });
  const settings = settingsView(page);
  const words = page.lessonTexts;
  const element = h("section", { class: "lesson", "aria-labelledby": "lesson-title" },
    h("h2", { id: "lesson-title" }, words.title),
    h("p", { class: "question" }, words.question),
    h("p", { class: "help" }, t.how), steps, error,
    h("details", { class: "guide" }, h("summary", {}, t.guide),
      h("p", {}, words.guide), h("p", {}, h("strong", {}, t.look + " "), words.look), h("p", {}, h("strong", {}, t.theorem + " "), words.theorem)),
    h("details", { class: "controls-box", open: matchMedia("(min-width: 900px)").matches }, h("summary", {}, t.controls), controls),
    changes, settings.element,
    h("p", { class: "origin" }, page.lesson.invented ? t.invented : t.estimated));

  return {
    element,
    refresh: () => {
      steps.replaceChildren(...page.lesson.steps.map((step, i) => button(`${i + 1}. ${words.steps[i]}`, () => { if (!same(step, page.state.changes)) page.store.set({ changes: { ...step }, moves: [], round: 0 }); }, { "aria-pressed": String(same(step, page.state.changes)), "data-step": i })));
      const open = document.activeElement?.id;
      controls.replaceChildren(...page.lesson.controls.map((path) => page.description.model.parameters.find((p) => p.path === path)).filter((p) => p !== undefined).map((p) => slider(page, p, "lesson")));
      const list = Object.entries(page.state.changes);
      changes.replaceChildren(...(list.length === 0 ? [h("p", { class: "unchanged" }, t.unchanged)] : [
        h("p", {}, h("strong", {}, t.changed(list.length)), " ", ...list.flatMap(([path, value]) => [h("code", {}, `${path} = ${value}`), " "])),
        button(t.reset, () => page.store.set({ changes: {}, moves: [] }), { "data-do": "reset" }),
      ]));
      settings.refresh();
      if (open) document.getElementById(open)?.focus();
    },
  };
}
