"""Does in a real browser what a teacher does with the classroom page, and holds its results to the command line's.

Builds the page with what is installed (scripts/classroom installs it); where emscripten, node or chromium is missing, the
test says so and is skipped.
"""
# labels: browser
import os
import shutil
import subprocess
import sys
from pathlib import Path

SKIPPED = 77
ROOT = Path(os.environ["PARLEY_SOURCE_DIR"])


def main():
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if browser is None:
        print("Skipped: there is no chromium here. Run scripts/install browser.")
        return SKIPPED
    built = subprocess.run([ROOT / "scripts/classroom", "--no-install"])
    if built.returncode != 0:
        return built.returncode
    return subprocess.run(["node", "--test-reporter=spec", ROOT / "tests/web/page_test.mjs"], env={**os.environ, "PARLEY_BROWSER": browser}).returncode


if __name__ == "__main__":
    sys.exit(main())
