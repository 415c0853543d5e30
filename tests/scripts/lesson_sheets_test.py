"""Every classroom configuration has a lesson sheet, whose commands run and whose numbers are those that they print."""
import json
import os
import pathlib
import re
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(os.environ["PARLEY_SOURCE_DIR"])
PARLEY = os.environ["PARLEY_BINARY"]
CLASSROOM = ROOT / "configs" / "classroom"
SECTIONS = ["Question", "Theory", "Run", "What to see", "What to change", "To discuss"]
ROW = re.compile(r"^\|(.+)\|$", re.MULTILINE)


def commands(sheet):
    """Every line of a shell block."""
    for block in re.findall(r"^```sh\n(.*?)^```", sheet, re.MULTILINE | re.DOTALL):
        yield from (line for line in block.splitlines() if line.strip())


def run(command, folder):
    done = subprocess.run(["bash", "-euo", "pipefail", "-c", command], cwd=folder, text=True, capture_output=True, timeout=120)
    return done.returncode, done.stdout + done.stderr


def table(sheet):
    """(paths, rows of cells) of the table of shares."""
    rows = [[cell.strip() for cell in row.split("|")] for row in ROW.findall(sheet)]
    return [cell.strip("`") for cell in rows[0][:-3]], rows[2:]


def told(sheet):
    """(expected shares, command) of everything that is to be changed."""
    part = sheet.split("## What to change")[1].split("## To discuss")[0]
    for text, command in re.findall(r"You should see: (.*?)```sh\n(.*?)\n```", part, re.DOTALL):
        yield re.findall(r"(\d+\.\d)(?= %| to \d)", text), command


class LessonSheets(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        base = pathlib.Path(cls.folder.name)
        (base / "build").mkdir()
        (base / "results").mkdir()
        (base / "build" / "parley").symlink_to(PARLEY)
        (base / "configs").symlink_to(ROOT / "configs")

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def sheets(self):
        for configuration in sorted(CLASSROOM.glob("*.toml")):
            yield configuration, configuration.with_suffix(".md").read_text(encoding="utf-8")

    def test_every_configuration_has_a_page_with_all_parts(self):
        for configuration, sheet in self.sheets():
            self.assertEqual(re.findall(r"^## (.+)$", sheet, re.MULTILINE), SECTIONS)
            self.assertLess(len(sheet.split()), 700, "one page")
            self.assertRegex(sheet.split("## Theory")[1].split("## Run")[0], r"(18|19|20)\d\d", "a citation has a year")
            self.assertIn(f"configs/classroom/{configuration.name}", sheet)

    def test_commands_run(self):
        for _, sheet in self.sheets():
            for command in commands(sheet):
                code, output = run(command, self.folder.name)
                self.assertEqual(code, 0, f"{command}\n{output}")

    def test_the_table_shows_what_the_configuration_gives(self):
        for configuration, sheet in self.sheets():
            paths, rows = table(sheet)
            code, output = run(f"build/parley run configs/classroom/{configuration.name} --json --quiet", self.folder.name)
            self.assertEqual(code, 0, output)
            cells = json.loads(output)["by_cell"]
            self.assertEqual(len(rows), len(cells))
            for row, cell in zip(rows, cells):
                for path, shown in zip(paths, row):
                    value = {"on": 1, "off": 0}.get(shown)
                    self.assertEqual(cell["parameters"][path], float(shown) if value is None else value)
                shares = [f"{100 * cell['scenarios'][s]['share']:.1f} %" for s in ("stalemate", "partial_deal", "full_settlement")]
                self.assertEqual(row[-3:], shares)

    def test_what_to_change_gives_the_numbers_it_promises(self):
        for configuration, sheet in self.sheets():
            _, before = run(f"build/parley run configs/classroom/{configuration.name} --quiet", self.folder.name)
            promised = list(told(sheet))
            self.assertTrue(promised)
            for numbers, command in promised:
                self.assertTrue(numbers, command)
                _, after = run(command, self.folder.name)
                shown = re.findall(r"\d+\.\d", before + after)
                for number in numbers:
                    self.assertIn(number, shown, command)


if __name__ == "__main__":
    unittest.main()
