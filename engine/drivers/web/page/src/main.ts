// The page: a lesson on one side, the views of it on the other, and the address that holds what is shown.
import "./style.css";
import { page, store } from "./first";
import { button, h } from "./dom";
import { lessonOf, lessons } from "./lessons";
import type { Page, View } from "./page";
import { fromAddress, tabs, toAddress, type State, type Tab } from "./state";
import { knows, languages, lessonTexts } from "./texts";
import { lessonView } from "./views/lesson";
import { oddsView } from "./views/odds";
import { pollsView } from "./views/polls";
import { seatView } from "./views/seat";
import { shareView } from "./views/share";
import { watchView } from "./views/watch";
import { whyView } from "./views/why";

const makers: Record<Tab, (page: Page) => View> = { watch: watchView, odds: oddsView, why: whyView, seat: seatView, polls: pollsView, share: shareView };

const place = document.getElementById("page")!;

let lesson: View | undefined;
let shown: { tab: Tab; view: View } | undefined;

function applyLook(): void {
  const { theme, language } = store.state;
  document.documentElement.lang = language;
  if (theme === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  document.title = page.t.page.title;
}

function header(): HTMLElement {
  const t = page.t.page, s = store.state;
  const option = (id: string) => h("option", { value: id, ...(id === s.lesson ? { selected: true } : {}) }, lessonTexts(s.language, id).title);
  const choose = h("select", { id: "choose-lesson", onchange: (() => store.set({ lesson: choose.value, changes: { ...lessonOf(choose.value).steps[0] }, run: 0, round: 0, moves: [], actor: 0 })) as EventListener },
    h("optgroup", { label: t.lessons }, ...lessons.filter((l) => l.invented).map((l) => option(l.id))),
    h("optgroup", { label: t.references }, ...lessons.filter((l) => !l.invented).map((l) => option(l.id))));
  const theme = h("select", { "aria-label": t.theme, onchange: (() => store.set({ theme: theme.value as State["theme"] })) as EventListener },
    ...(["auto", "light", "dark"] as const).map((v) => h("option", { value: v, ...(v === s.theme ? { selected: true } : {}) }, t.themes[v])));
  const other = languages.find((l) => l !== s.language)!;
  return h("header", {},
    h("a", { href: "#panel", class: "skip", onclick: ((e: Event) => { e.preventDefault(); document.getElementById("panel")?.focus(); }) as EventListener }, t.skip),
    h("div", { class: "brand" }, h("h1", {}, t.title), h("p", {}, t.subtitle)),
    h("div", { class: "choices" }, h("label", { for: "choose-lesson" }, t.lesson), choose, theme, button(t.language, () => store.set({ language: other }), { lang: other, "data-do": "language" })));
}

function tabList(): HTMLElement {
  const t = page.t.page;
  const buttons = tabs.map((tab) => button(t.tabs[tab], () => store.set({ tab }), { role: "tab", id: `tab-${tab}`, "aria-controls": "panel", "data-tab": tab }));
  const list = h("div", { role: "tablist", class: "tabs", "aria-label": t.views }, ...buttons);
  list.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    const next = (tabs.indexOf(store.state.tab) + step + tabs.length) % tabs.length;
    store.set({ tab: tabs[next] });
    buttons[next].focus();
    event.preventDefault();
  });
  return list;
}

const panel = () => document.getElementById("panel")!;

function showTab(): void {
  if (!page.description) return;
  const { tab } = store.state;
  if (shown?.tab !== tab) {
    shown?.view.leave?.();
    shown = { tab, view: makers[tab](page) };
    panel().replaceChildren(shown.view.element);
    panel().setAttribute("aria-labelledby", `tab-${tab}`);
  }
  for (const b of document.querySelectorAll<HTMLElement>('[role="tab"]')) {
    const selected = b.dataset.tab === tab;
    b.setAttribute("aria-selected", String(selected));
    b.tabIndex = selected ? 0 : -1;
    if (selected && b.parentElement) b.parentElement.scrollLeft = b.offsetLeft - 40;
  }
  shown.view.refresh();
}

/// Everything anew: the page opens, or another lesson, language or look. Words come first, what the engine says when it is there.
function build(): void {
  applyLook();
  shown?.view.leave?.();
  shown = undefined;
  lesson = lessonView(page);
  const t = page.t.page;
  place.replaceChildren(header(), h("main", {}, lesson.element, h("div", { class: "stage-side" }, tabList(), h("div", { role: "tabpanel", id: "panel", tabindex: -1 }, h("p", { class: "starting", role: "status" }, t.starting)))),
    h("footer", {}, h("p", {}, h("strong", {}, t.not)), h("p", {}, t.footer), h("p", {}, t.version(__VERSION__))));
  fill();
}

function fill(): void {
  if (!page.description) return;
  lesson?.refresh();
  showTab();
}

function complain(message: string): void {
  const place = document.querySelector(".lesson .error");
  if (place) place.textContent = message;
}

/// Asks the engine what the state's configuration is. An error where its changes are impossible, which the page then says.
async function describe(now: State): Promise<"known" | "overtaken" | Error> {
  try {
    const [description, shipped] = await page.ask();
    if (store.state.changes !== now.changes || store.state.lesson !== now.lesson) return "overtaken";
    page.description = description;
    page.shipped = shipped;
    complain("");
    return "known";
  } catch (error) {
    const wrong = error instanceof Error ? error : Error(String(error));
    complain(wrong.message);
    return wrong;
  }
}

let written = location.hash, writing = 0;
/// A moment later, as browsers refuse an address that changes with every move of a slider.
function writeAddress(): void {
  clearTimeout(writing);
  writing = window.setTimeout(() => {
    written = toAddress(store.state);
    history.replaceState(null, "", written);
  }, 150);
}

store.watch(async (now, before) => {
  writeAddress();
  if (now.lesson !== before.lesson || now.language !== before.language || now.theme !== before.theme) {
    if (now.lesson !== before.lesson && (await describe(now)) !== "known") return;
    return build();
  }
  if (now.changes !== before.changes) {
    if ((await describe(now)) !== "known") return;
    lesson?.refresh();
  }
  // Where the playhead stands is the watching view's own business.
  if (now.changes !== before.changes || now.tab !== before.tab || now.run !== before.run || now.seed !== before.seed || now.moves !== before.moves || now.actor !== before.actor) showTab();
});

addEventListener("hashchange", () => {
  if (location.hash !== written) store.set(fromAddress(location.hash));
});

let width = innerWidth;
addEventListener("resize", () => {
  if (Math.abs(innerWidth - width) < 8) return;
  width = innerWidth;
  if (shown) shown.view.refresh();
});

build();
void (async () => {
  const answer = await describe(store.state);
  if (answer instanceof Error) {
    // The address asks for something impossible: show the lesson as it ships, and say what was wrong.
    store.set({ changes: {} });
    if ((await describe(store.state)) instanceof Error) panel().textContent = page.t.page.failed;
    complain(answer.message);
  } else if (answer === "known") fill();
})();

/// For tests in a browser: the engine behind the page.
Object.assign(globalThis, { parley: { page, lessons, knows } });
