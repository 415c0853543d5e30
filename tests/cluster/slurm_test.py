# labels: cluster
"""Tests scripts/slurm on a real Slurm cluster on this machine: a node is lost in the middle, and the result is that of a single run."""
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

import h5py
import numpy

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from cluster import Cluster, missing_programs  # noqa: E402

ROOT = pathlib.Path(os.environ["PARLEY_SOURCE_DIR"])
PARLEY = os.environ["PARLEY_BINARY"]
SLURM = ROOT / "scripts" / "slurm"
SKIPPED = 77
RUNS, TASKS = 300000, 4  # a task plays nine blocks of 8,192 rows: it is lost between two of them


def datasets(path):
    """Every dataset with its type and attributes, but those of /about, which say when and how the file was made."""
    found = {}
    with h5py.File(path) as file:
        def look(name, item):
            if isinstance(item, h5py.Dataset) and not name.startswith("about"):
                attributes = {key: str(value) for key, value in item.attrs.items() if key not in ("REFERENCE_LIST", "DIMENSION_LIST")}
                values = item[()]
                content = values.tobytes() if item.dtype.kind != "O" else [bytes(value) for value in numpy.ravel(values)]
                found[name] = (content, str(item.dtype), attributes)
        file.visititems(look)
    return found


def bits_of(path):
    said = subprocess.run([PARLEY, "inspect", "--json", path], check=True, stdout=subprocess.PIPE)
    return json.loads(said.stdout)["bits"]


class Slurm(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="parley-slurm-test-")
        self.addCleanup(folder.cleanup)
        self.place = pathlib.Path(folder.name)
        self.sweep = self.place / "sweep.toml"
        self.sweep.write_text((ROOT / "configs" / "start-values.toml").read_text() +
                              '\n[sweep]\naxes = { "actors.ukraine.mood" = [-0.8, 0.2], "mechanisms.norm" = [true, false] }\n')
        self.single, self.merged = self.place / "single.h5", self.place / "merged.h5"
        self.shards = self.place / "merged.slurm"

    def submit(self, cluster, *more):
        said = cluster.command(SLURM, self.sweep, "--out", self.merged, "--runs", RUNS // 4, "--seed", 11, "--parley", PARLEY, *more)
        self.assertEqual(said.returncode, 0, said.stderr)
        return re.search(r"tasks are job (\d+)", said.stdout).group(1)

    def expect_the_single_run(self):
        subprocess.run([PARLEY, "run", self.sweep, "--runs", str(RUNS // 4), "--seed", "11", "--out", self.single, "--quiet"],
                       check=True, stdout=subprocess.DEVNULL)
        self.assertEqual(bits_of(self.merged), bits_of(self.single))
        merged, single = datasets(self.merged), datasets(self.single)
        self.assertIn("runs/scenario", merged)
        self.assertEqual(sorted(merged), sorted(single))
        for name in merged:
            self.assertTrue(merged[name] == single[name], f"{name} differs")

    def attempts(self, task):
        return (self.shards / f"task-{task}.log").read_text().count(", attempt ")

    def task_in_the_middle_on(self, node):
        """A task there that has kept a block of rows and is not done."""
        for log in self.shards.glob("task-*.log"):
            task = log.stem.removeprefix("task-")
            partial = self.shards / f"part-{task}.h5.partial"
            if f" on {node}, " in log.read_text() and partial.exists() and partial.stat().st_size > 200000:
                return task
        return None

    def test_a_lost_node_costs_nothing_but_time(self):
        with Cluster() as cluster:
            array = self.submit(cluster, "--tasks", TASKS)
            cluster.until(lambda: self.task_in_the_middle_on("n1"), 120, "a task is in the middle on n1")
            task = self.task_in_the_middle_on("n1")
            cluster.lose("n1")
            self.assertFalse((self.shards / f"part-{task}.h5").exists(), "the node was lost too late")
            cluster.until(lambda: cluster.states()["n1"].startswith("down"), 120, "the loss is noticed")
            said = cluster.command("scontrol", "update", f"JobId={array}_{task}", "StartTime=now")  # Slurm would pause for two minutes
            self.assertEqual(said.returncode, 0, said.stderr)
            cluster.until(self.merged.exists, 240, "the merged result is there")
            self.assertEqual([self.attempts(n) for n in range(1, TASKS + 1)], [2 if str(n) == task else 1 for n in range(1, TASKS + 1)])
        self.expect_the_single_run()


if __name__ == "__main__":
    if missing := missing_programs():
        print(f"skipped: there is no {', '.join(missing)} (scripts/install cluster)")
        sys.exit(SKIPPED)
    unittest.main()
