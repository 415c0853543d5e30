"""What surrounds the program may be hostile: full or closed outputs, pipes and devices as files, texts that would steer a terminal."""
import json
import os
import pathlib
import signal
import subprocess
import tempfile
import unittest

import h5py

ROOT = pathlib.Path(os.environ["PARLEY_SOURCE_DIR"])
PARLEY = os.environ["PARLEY_BINARY"]
START = str(ROOT / "configs" / "start-values.toml")


class Hostile(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.place = pathlib.Path(folder.name)

    def say(self, *words, **more):
        """Nothing here takes long; what waits for ever fails the test."""
        if "input" not in more:
            more.setdefault("stdin", subprocess.DEVNULL)
        more.setdefault("stdout", subprocess.PIPE)
        return subprocess.run([PARLEY, *map(str, words)], stderr=subprocess.PIPE, timeout=300, **more)

    def expect_refused(self, said, words):
        self.assertEqual(said.returncode, 1, said.stderr)
        self.assertIn(words, said.stderr.decode())
        self.assertEqual(said.stderr.count(b"\n"), 1, said.stderr)

    def small_config(self, title="t", actor="b"):
        path = self.place / "small.toml"
        path.write_text(f'title = "{title}"\n[rounds]\ndays = 7\nhorizon = 5\n[issues.i]\n[rungs.deal]\nsettles = ["i"]\nvalue = 1\nfirst_estimate = 0.1\n' + "".join(
            f'[actors.{name}]\nfights = true\nideal = [0.5]\nsalience = [0.1]\ncost = 0.3\ntemperature = 0.2\n' for name in ("a", actor)))
        return path

    def test_output_that_cannot_be_written_is_a_failure(self):
        for words in (["run", START, "--runs", "10"], ["run", START, "--runs", "10", "--json"], ["describe"], ["--help"], ["validate"]):
            with open("/dev/full", "w") as full:
                said = self.say(*words, stdout=full)
            self.assertEqual(said.returncode, 1, words)
            self.assertIn("output is not whole", said.stderr.decode())

    def test_closed_streams_do_not_reach_into_files(self):
        out = self.place / "a.h5"

        def close_all():
            for stream in (0, 1, 2):
                os.close(stream)
        process = subprocess.Popen([PARLEY, "run", START, "--runs", "20000", "--out", out], preexec_fn=close_all)
        self.assertEqual(process.wait(300), 0)
        said = self.say("inspect", out, "--json")
        self.assertEqual(said.returncode, 0, said.stderr)
        self.assertIn(b'"intact": true', said.stdout)

    def test_a_reader_that_leaves_ends_the_program_quietly(self):
        reading, writing = os.pipe()
        os.close(reading)
        said = self.say("describe", stdout=writing)
        os.close(writing)
        self.assertIn(said.returncode, (-signal.SIGPIPE, 1))

    def test_pipes_folders_and_devices_are_no_results(self):
        pipe = self.place / "pipe"
        os.mkfifo(pipe)
        for path in (pipe, self.place, "/dev/null", "/dev/zero"):
            for words in (["inspect", path], ["merge", self.place / "out.h5", path]):
                self.expect_refused(self.say(*words), "no ordinary file")
            self.expect_refused(self.say("run", START, "--runs", "10", "--out", path), "it exists")
        self.expect_refused(self.say("inspect", self.place / "missing.h5"), "no such file")

    def test_only_a_result_gives_way_to_a_result(self):
        config = self.small_config()
        text = config.read_bytes()
        pipe = self.place / "pipe"
        os.mkfifo(pipe)
        for path in (config, pipe, "/dev/null"):
            self.expect_refused(self.say("run", config, "--runs", "10", "--out", path, "--force"), "no result")
        self.assertEqual(config.read_bytes(), text)
        self.assertTrue(pipe.is_fifo())
        old = self.place / "old.h5"
        with h5py.File(old, "w") as file:
            file["x"] = 1
        self.assertEqual(self.say("run", config, "--runs", "10", "--out", old, "--force").returncode, 0)
        self.assertEqual(self.say("inspect", old).returncode, 0)

    def test_only_a_page_gives_way_to_a_page(self):
        config, out = self.small_config(), self.place / "r.html"
        text = config.read_bytes()
        for path in (config, "/dev/null", self.place):
            self.expect_refused(self.say("report", config, "--runs", "10", "--out", path), "no page")
        self.assertEqual(config.read_bytes(), text)
        for _ in range(2):
            self.assertEqual(self.say("report", config, "--runs", "10", "--out", out).returncode, 0)

    def test_a_shard_is_not_merged_into_itself(self):
        shard = self.place / "a.h5"
        self.assertEqual(self.say("run", self.small_config(), "--runs", "10", "--shard", "1/1", "--out", shard).returncode, 0)
        before = shard.read_bytes()
        said = self.say("merge", shard, shard, "--force")
        self.assertEqual(said.returncode, 2)
        self.assertIn("name of its own", said.stderr.decode())
        self.assertEqual(shard.read_bytes(), before)

    def test_an_empty_name_is_no_name(self):
        self.assertEqual(self.say("run", START, "--runs", "10", "--out", "").returncode, 2)

    def test_texts_that_would_steer_a_terminal_are_refused(self):
        for title in (r"\u001b[2J", r"a\u0000b", r"\u007f", r"\u009b2J", r"\b"):
            self.expect_refused(self.say("run", self.small_config(title), "--runs", "10"), "control characters")
        self.assertEqual(self.say("run", self.small_config(r"Ціна миру: 5 €, año, \u00a0 two\nlines"), "--runs", "10").returncode, 0)

    def test_texts_in_a_result_neither_steer_a_terminal_nor_break_json(self):
        out = self.place / "a.h5"
        self.assertEqual(self.say("run", self.small_config(), "--runs", "10", "--out", out).returncode, 0)
        with h5py.File(out, "r+") as file:
            file["about"].attrs["title"] = "\x1b[2J\x9b2J"
            file["about"].attrs.create("command", b"caf\xe9", dtype=h5py.string_dtype("utf-8"))
        text = self.say("inspect", out)
        self.assertNotIn(b"\x1b", text.stdout)
        self.assertNotIn("\x9b".encode(), text.stdout)
        self.assertEqual(json.loads(self.say("inspect", out, "--json").stdout)["about"]["command"], "caf\ufffd")

    def test_a_name_that_results_need_is_refused_before_anything_runs(self):
        self.expect_refused(self.say("run", self.small_config(actor="none"), "--runs", "10"), "actors.none is taken")

    def test_a_configuration_may_come_through_a_pipe(self):
        said = self.say("run", "/dev/stdin", "--runs", "10", "--json", input=pathlib.Path(START).read_bytes())
        self.assertEqual(said.returncode, 0, said.stderr)


if __name__ == "__main__":
    unittest.main()
