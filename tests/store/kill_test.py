"""Runs killed with -9 at 25 moments for each kind of store resume to identical results."""
import os
import subprocess
import sys

script = os.path.join(os.environ["PARLEY_SOURCE_DIR"], "scripts", "kill-test")
sys.exit(subprocess.run([sys.executable, script, "--kills", "25", "--parley", os.environ["PARLEY_BINARY"]]).returncode)
