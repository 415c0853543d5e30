"""Tests what scripts/slurm would submit, without a cluster (tests/cluster has the real one)."""
import os
import pathlib
import re
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(os.environ["PARLEY_SOURCE_DIR"])
PARLEY = os.environ["PARLEY_BINARY"]
START = ROOT / "configs" / "start-values.toml"


class Slurm(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.place = pathlib.Path(folder.name)
        self.out = self.place / "result.h5"

    def say(self, *more, config=START):
        command = [ROOT / "scripts" / "slurm", config, "--out", self.out, "--parley", PARLEY, "--dry-run", *more]
        return subprocess.run([str(word) for word in command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def jobs(self, *more):
        said = self.say(*more)
        self.assertEqual(said.returncode, 0, said.stderr)
        return said.stdout.split("\n--- ")

    def tasks(self, *more):
        return int(re.search(r"--array=1(?:-(\d+))?\n", self.jobs(*more)[0]).group(1) or 1)

    def test_every_shard_is_a_task_that_goes_on_where_it_was_lost_and_all_of_them_are_merged(self):
        task, merge = self.jobs("--tasks", 12, "--runs", 5000, "--seed", 3, "--set", "mechanisms.norm=false", "--cpus", 4, "--sbatch=--partition=long")
        for part in ("--array=1-12\n", "--requeue\n", "--cpus-per-task=4\n", "--partition=long\n", "--threads 4 ", "--runs 5000 --seed 3 --set mechanisms.norm=false ",
                     '--shard "$SLURM_ARRAY_TASK_ID/12"', "--resume"):
            self.assertIn(part, task)
        self.assertIn("--partition=long\n", merge)
        words = subprocess.run(["bash", "-c", "printf '%s\\n' " + merge.split("exec ")[1]], stdout=subprocess.PIPE, text=True).stdout.split()
        self.assertEqual(words[1:], ["merge", str(self.out), *(f"{self.place}/result.slurm/part-{n}.h5" for n in range(1, 13))])
        self.assertEqual(os.listdir(self.place), [], "a dry run leaves nothing")

    def test_given_again_it_submits_what_is_missing_in_the_shards_of_the_first_time(self):
        folder = self.place / "result.slurm"
        folder.mkdir()
        (folder / "shards").write_text("9\n")
        for done in (1, 2, 5, 9):
            (folder / f"part-{done}.h5").touch()
        self.assertIn("--array=3-4,6-8\n", self.jobs()[0])
        said = self.say("--tasks", 8)
        self.assertEqual(said.returncode, 1)
        self.assertIn("holds 9 shards", said.stderr)

    def test_no_task_is_without_a_run(self):
        self.assertEqual(self.tasks("--runs", 3, "--tasks", 12), 3)

    def test_tasks_are_sized_by_a_trial(self):
        self.assertEqual(self.tasks("--runs", 10), 1, "ten runs fill no ten minutes")
        # Four thousand million runs are hours of work on any machine, and no array has more tasks than Slurm allows.
        many = self.tasks("--runs", 4294967295, "--minutes", 0.02)
        self.assertGreater(many, 500)
        self.assertLessEqual(many, 1000)

    def test_what_cannot_be_run_is_refused_in_words(self):
        for arguments, words in ((["--set", "nonsense=1", "--tasks", 2], "nonsense"), (["--tasks", 0], "--tasks"), (["--minutes", "nan"], "--minutes"),
                                 (["--parley", self.place / "none", "--tasks", 2], "not built")):
            said = self.say(*arguments)
            self.assertNotEqual(said.returncode, 0, arguments)
            self.assertIn(words, said.stderr)
            self.assertNotIn("Traceback", said.stderr)
        self.out.touch()
        said = self.say("--tasks", 2)
        self.assertNotEqual(said.returncode, 0)
        self.assertIn("never overwritten", said.stderr)


if __name__ == "__main__":
    unittest.main()
