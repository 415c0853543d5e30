"""Tests scripts/plot on results of every shape: pictures come, no words overlap or leave the page, errors are told."""
import itertools
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(os.environ["PARLEY_SOURCE_DIR"])
sys.path.insert(0, str(ROOT / "scripts"))

import importlib.machinery  # noqa: E402
import importlib.util  # noqa: E402

loader = importlib.machinery.SourceFileLoader("plot", str(ROOT / "scripts" / "plot"))
plot = importlib.util.module_from_spec(importlib.util.spec_from_loader("plot", loader))
loader.exec_module(plot)
import matplotlib.pyplot as plt  # noqa: E402
from matplotlib.axis import Tick  # noqa: E402
from matplotlib.text import Text  # noqa: E402

HISTORY = [2.6, 0.55, 7.8]
MANY_ISSUES = """
title = "Eight issues with words that hardly fit"
[rounds]
days = 7
horizon = 30
""" + "".join(f"""
[issues.number_{k}]
title = "An issue with a long title, number {k}"
anchors = [[0.0, "the very first end of it, described at some length"], [0.05, "incomprehensibilities close by"], [0.1, "a third one next to it"],
           [0.5, "the middle"], [0.95, "nearly there"], [1.0, "the very last end of it, described at some length"]]
""" for k in range(8)) + """
[rungs.everything]
settles = [""" + ", ".join(f'"number_{k}"' for k in range(8)) + """]
value = 1
first_estimate = 0.1
""" + "".join(f"""
[actors.side_{i}]
title = "The side with the long name {i}"
fights = {"true" if i < 2 else "false"}
ideal = [{", ".join([str(float(i % 2))] * 8)}]
salience = [{", ".join(["0.125"] * 8)}]
cost = 0.3
temperature = 0.2
""" for i in range(5))


def run(folder, name, configuration, *arguments):
    """Runs a configuration and gives its result file."""
    out = pathlib.Path(folder, f"{name}.h5")
    subprocess.run([os.environ["PARLEY_BINARY"], "run", str(configuration), "--out", str(out), "--quiet", *arguments],
                   check=True, stdout=subprocess.DEVNULL)
    return out


def words_of(fig):
    """The texts that are drawn; matplotlib keeps labels of ticks outside an axis, too, and of axes that are off."""
    ticks = fig.findobj(Tick)
    idle = {label for tick in ticks for label in (tick.label1, tick.label2)}
    for ax in fig.axes:
        for axis in (ax.xaxis, ax.yaxis):
            if ax.axison:
                idle -= {label for tick in axis._update_ticks() for label in (tick.label1, tick.label2)}
            else:
                idle.add(axis.label)
    return [text for text in fig.findobj(Text) if text not in idle and text.get_visible() and text.get_text().strip()]


def collisions(fig):
    """Pairs of texts that overlap, and texts that leave the page."""
    fig.canvas.draw()
    boxes = []
    for text in words_of(fig):
        box = Text.get_window_extent(text, fig.canvas.get_renderer())  # of an annotation without its arrow
        boxes.append((text.get_text().replace("\n", " "), box.x0 + 1, box.y0 + 1, box.x1 - 1, box.y1 - 1))
    width, height = fig.get_size_inches() * fig.dpi
    found = [f"{a[0]!r} leaves the page" for a in boxes if a[1] < 0 or a[2] < 0 or a[3] > width or a[4] > height]
    for a, b in itertools.combinations(boxes, 2):
        if a[1] < b[3] and b[1] < a[3] and a[2] < b[4] and b[2] < a[4]:
            found.append(f"{a[0]!r} overlaps {b[0]!r}")
    return found


class Plot(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        folder = pathlib.Path(cls.folder.name)
        start = ROOT / "configs" / "start-values.toml"
        (folder / "many.toml").write_text(MANY_ISSUES)
        sweep = folder / "sweep.toml"
        sweep.write_text(start.read_text() + '\n[sweep]\ndesign = "grid"\naxes = { "actors.ukraine.mood" = [-0.8, -0.4, 0.0], '
                         '"mechanisms.loss_aversion" = [0, 1], "actors.europe.seat" = [0, 1] }\n')
        sampled = folder / "sampled.toml"
        sampled.write_text(start.read_text() + '\n[sweep]\ndesign = "latin_hypercube"\nsamples = 60\n[sweep.sample]\n'
                           '"actors.russia.optimism" = { dist = "normal", mean = -0.003, sd = 0.001 }\n')
        cls.shapes = [
            run(folder, "single", start, "--runs", "3000"),
            run(folder, "one", start, "--runs", "1"),
            run(folder, "sweep", sweep, "--runs", "100"),
            run(folder, "sampled", sampled, "--runs", "20"),
            run(folder, "many", folder / "many.toml", "--runs", "500"),
            run(folder, "summary", start, "--runs", "500", "--store", "summary"),
        ]
        cls.results = cls.shapes + [run(folder, path.stem, path, "--runs", "100") for path in sorted((ROOT / "configs" / "classroom").glob("*.toml"))]

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def test_no_words_overlap(self):
        for path in self.results:
            result = plot.Result(path)
            alone = plot.singles(result, HISTORY) if path in self.shapes else []
            for name, fig in [("combined", plot.combined(result, HISTORY)), *alone]:
                with self.subTest(result=path.stem, picture=name):
                    self.assertEqual(collisions(fig), [])
                plt.close(fig)

    def test_an_overlap_would_be_seen(self):
        fig, ax = plt.subplots()
        ax.text(0.5, 0.5, "one")
        ax.text(0.5, 0.5, "another")
        self.assertEqual(len(collisions(fig)), 1)
        plt.close(fig)

    def test_files_are_written(self):
        done = subprocess.run([str(ROOT / "scripts" / "plot"), str(self.results[0]), "--out", self.folder.name, "--each"],
                              capture_output=True, text=True, check=True)
        pictures = done.stdout.split()
        self.assertEqual([pathlib.Path(p).name for p in pictures],
                         ["single-scenarios.png", "single-packages.png", "single-timing.png", "single-vetoes.png", "single.png"])
        for picture in pictures:
            image = plt.imread(picture)
            self.assertGreater(image.shape[0], 300)
            self.assertGreater(image.std(), 0.02, "the picture is blank")

    def test_title_names_configuration_and_runs(self):
        fig = plot.combined(plot.Result(self.results[0]), None)
        words = " ".join(text.get_text() for text in fig.texts)
        self.assertIn("Start values of the reference model", words)
        self.assertIn("3,000 runs", words)
        plt.close(fig)

    def test_a_file_that_is_none_is_told(self):
        bad = pathlib.Path(self.folder.name, "bad.h5")
        for content in (b"", b"no HDF5 at all"):
            bad.write_bytes(content)
            done = subprocess.run([str(ROOT / "scripts" / "plot"), str(bad)], capture_output=True, text=True)
            self.assertEqual(done.returncode, 1)
            self.assertIn("Cannot read", done.stderr)
            self.assertNotIn("Traceback", done.stderr)


if __name__ == "__main__":
    unittest.main()
