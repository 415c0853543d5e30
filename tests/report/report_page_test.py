"""The page of parley report in a real browser: it draws, asks for nothing, complains of nothing, and no words overlap.

Without a Chromium the test says so and is skipped.
"""
# labels: browser
import base64
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

import browser
import samples

ROOT = pathlib.Path(os.environ["PARLEY_SOURCE_DIR"])
PARLEY = os.environ["PARLEY_BINARY"]
SKIPPED = 77
WIDTHS = (1200, 768, 390)
HISTORY = ["--history", "end_war_intensity_after_4y", "--base-rates", str(ROOT / "configs/data/base_rates.csv")]

# Words that stand on other words, leave their chart's column or the page; a pixel of touch is forgiven.
LOOK = """(() => {
  const found = [], name = e => e.textContent.trim().slice(0, 60);
  for (const svg of document.querySelectorAll("svg")) {
    const texts = [...svg.querySelectorAll("text")].flatMap(t => t.querySelector("tspan") ? [...t.querySelectorAll("tspan")] : [t]).filter(t => t.textContent.trim());
    const boxes = texts.map(t => t.getBoundingClientRect());
    for (let i = 0; i < texts.length; ++i) {
      if (boxes[i].left < -1 || boxes[i].right > document.documentElement.clientWidth + 1) found.push("leaves the page: " + name(texts[i]));
      for (let j = 0; j < i; ++j) {
        const wide = Math.min(boxes[i].right, boxes[j].right) - Math.max(boxes[i].left, boxes[j].left);
        const high = Math.min(boxes[i].bottom, boxes[j].bottom) - Math.max(boxes[i].top, boxes[j].top);
        if (wide > 1.5 && high > 3) found.push("overlap: " + name(texts[i]) + " / " + name(texts[j]));
      }
    }
    const own = svg.getBoundingClientRect(), next = svg.closest("figure")?.querySelector("figcaption")?.getBoundingClientRect();
    if (next && texts.some((t, i) => boxes[i].bottom > next.top + 2)) found.push("a chart's words run into its caption: " + svg.getAttribute("aria-label"));
    if (own.width === 0) found.push("an empty chart: " + svg.getAttribute("aria-label"));
  }
  if (document.documentElement.scrollWidth > document.documentElement.clientWidth + 1) found.push("the page is wider than its window");
  return found;
})()"""


def parley(*arguments, cwd=ROOT):
    return subprocess.run([PARLEY, *map(str, arguments)], cwd=cwd, text=True, capture_output=True, timeout=300)


def report(folder, source, *arguments):
    out = pathlib.Path(folder) / "report.html"
    done = parley("report", source, "--out", out, *arguments)
    assert done.returncode == 0, done.stderr
    return out


class ReportPage(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.browser = browser.Browser(browser.find())
        cls.folder = tempfile.TemporaryDirectory()

    @classmethod
    def tearDownClass(cls):
        cls.browser.close()
        cls.folder.cleanup()

    def look_at(self, page, charts):
        """At every width, dark as well, and as printed: drawn whole, silent, alone, legible."""
        for width in WIDTHS:
            for media in ({}, {"dark": True}, {"print_media": True}):
                with self.subTest(width=width, **media):
                    self.browser.open(page, width, **media)
                    self.assertEqual(self.browser.complaints(), [])
                    self.assertEqual([r for r in self.browser.requests() if r != f"file://{page}"], [])
                    self.assertEqual(self.browser.evaluate(LOOK), [])
                    self.assertGreaterEqual(self.browser.evaluate("document.querySelectorAll('svg').length"), charts)

    def test_the_reference_configuration(self):
        result = pathlib.Path(self.folder.name) / "reference.h5"
        self.assertEqual(parley("run", "configs/ukraine-2026-01.toml", "--runs", 2000, "--out", result, "--quiet").returncode, 0)
        page = report(self.folder.name, result, *HISTORY)
        self.look_at(page, 12)
        self.browser.open(page, 1200)
        words = self.browser.evaluate("document.body.innerText")
        run = json.loads(parley("run", "configs/ukraine-2026-01.toml", "--runs", 2000, "--json", "--quiet").stdout)
        shown = re.search(r"stalemate (\d+\.\d) % \[", words)
        self.assertAlmostEqual(float(shown[1]), 100 * run["scenarios"]["stalemate"]["share"], delta=0.051)
        for part in ("2.63 %", "the present line", "Condorcet median", "Kalai–Smorodinsky", run["bits"], "its public would not ratify"):
            self.assertIn(part, words)
        pdf = base64.b64decode(self.browser.ask("Page.printToPDF", printBackground=False)["data"])
        self.assertTrue(pdf.startswith(b"%PDF"))
        self.assertGreater(pdf.count(b"/Type /Page\n") + pdf.count(b"/Type /Page "), 2)

    def test_what_other_verbs_say(self):
        given = []
        for option, content in (("explain", samples.EXPLAIN), ("polls", samples.POLLS), ("analysis", samples.ANALYSIS)):
            path = pathlib.Path(self.folder.name) / f"{option}.json"
            path.write_text(json.dumps(content))
            given += [f"--{option}", path]
        page = report(self.folder.name, "configs/start-values.toml", "--runs", 200, *given)
        self.look_at(page, 30)
        self.browser.open(page, 1200)
        words = self.browser.evaluate("document.body.innerText")
        for part in ("the public has to ratify", "+31.0", "partial deal takes over from stalemate", "Caution: the indices have not converged", "durability.guarantee_effect"):
            self.assertIn(part, words)
        self.assertNotIn("Nothing here yet", words)

    def test_sweeps_and_negotiations_without_deals(self):
        self.look_at(report(self.folder.name, "configs/classroom/realism-lens.toml", "--runs", 200), 6)
        self.look_at(report(self.folder.name, "configs/classroom/ratification.toml", "--runs", 100), 6)
        self.look_at(report(self.folder.name, "configs/start-values.toml", "--runs", 50, "--set", "actors.ukraine.mood=-8"), 4)

    def test_texts_of_a_configuration_stay_texts(self):
        attack = "</script><script>window.struck=1</script><img src=x onerror='window.struck=2'>{{style}}{{scripts}}<!--"
        text = (ROOT / "configs/classroom/ratification.toml").read_text(encoding="utf-8")
        text = text.replace('title = "The border"', f'title = "{attack}"').replace('title = "South"', f'title = "{attack}"')
        text = text.replace('title = "Ratification"', f'title = "{attack}"').replace("# All numbers", f"# {attack}\n# All numbers")
        source = pathlib.Path(self.folder.name) / "attack.toml"
        source.write_text(text, encoding="utf-8")
        page = report(self.folder.name, source, "--runs", 50)
        self.browser.open(page, 1200)
        self.assertIsNone(self.browser.evaluate("window.struck ?? null"))
        self.assertEqual(self.browser.complaints(), [])
        self.assertEqual([r for r in self.browser.requests() if r != f"file://{page}"], [])
        self.assertEqual(self.browser.evaluate("document.querySelector('h1').textContent"), attack)
        self.assertEqual(self.browser.evaluate("document.querySelectorAll('img').length"), 0)

    def test_the_policy_stops_what_is_not_the_page_s_own(self):
        page = report(self.folder.name, "configs/classroom/optimism.toml", "--runs", 50)
        changed = page.read_text(encoding="utf-8").replace("</body>", "<script>window.struck=1</script></body>")
        page.write_text(changed, encoding="utf-8")
        self.browser.open(page, 1200)
        self.assertIsNone(self.browser.evaluate("window.struck ?? null"))
        self.assertTrue(any("Content Security Policy" in c for c in self.browser.complaints()))

    def test_the_look_finds_words_that_overlap(self):
        page = report(self.folder.name, "configs/classroom/optimism.toml", "--runs", 50)
        self.browser.open(page, 1200)
        self.assertEqual(self.browser.evaluate(LOOK), [])
        self.browser.evaluate("document.querySelectorAll('svg text').forEach(t => t.setAttribute('transform', 'translate(40,20)'))")
        self.assertNotEqual(self.browser.evaluate(LOOK), [])


class ReportCommand(unittest.TestCase):
    def test_what_does_not_fit_is_refused_and_leaves_the_page_alone(self):
        with tempfile.TemporaryDirectory() as folder:
            out = pathlib.Path(folder) / "report.html"
            out.write_text("<!doctype html>before")
            wrong = pathlib.Path(folder) / "explain.json"
            wrong.write_text('{"shares": 1}')
            for arguments, code, words in (
                (["configs/none.toml", "--out", out], 1, "configs/none.toml: cannot be"),
                (["configs/start-values.toml"], 2, "--out"),
                (["configs/start-values.toml", "--runs", 10, "--out", out, "--explain", wrong], 1, "parley explain --json"),
                (["configs/start-values.toml", "--runs", 10, "--out", out, "--history", "no_such_row"], 1, "no_such_row"),
                (["configs/start-values.toml", "--runs", 10, "--out", pathlib.Path(folder) / "none" / "r.html"], 1, "Cannot write"),
            ):
                done = parley("report", *arguments)
                self.assertEqual(done.returncode, code, done.stderr)
                self.assertIn(words, done.stderr)
            self.assertEqual(out.read_text(), "<!doctype html>before")


if __name__ == "__main__":
    if browser.find() is None:
        print("Skipped: there is no chromium here. Run scripts/install browser.")
        sys.exit(SKIPPED)
    unittest.main()
