// Puts the page together and draws it; again when the width changes, and before it is printed.
"use strict";
const sections = [
  ["scenarios", "How the talks end", scenarios], ["timing", "When", timing], ["packages", "What is signed", packages], ["baselines", "What theory would sign", baselines],
  ["refusals", "Who stands in the way", refusals], ["attribution", "Why it stalls", attribution], ["polls", "Publics and polls", polls], ["sensitivity", "What moves the outcome", sensitivity],
  ["sources", "Sources", sources], ["limits", "Limits", limits], ["provenance", "Provenance", provenance],
];
document.getElementById("report").replaceChildren(...heading().filter(Boolean), navigation(sections),
  ...sections.flatMap(([id, title, build]) => [element("h2", {id}, title), ...build().filter(Boolean)]));
draw_all();
window.addEventListener("resize", () => requestAnimationFrame(draw_all));
window.addEventListener("beforeprint", draw_all);
document.documentElement.dataset.drawn = "yes";
