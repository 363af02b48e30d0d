"""The benchmark still runs, at a size that tells nothing of speed."""

import subprocess
import sys
from pathlib import Path

from tests.degraded.kinds import KINDS

ROOT = Path(__file__).parents[3]


def test_every_kind_of_scan_is_counted_and_the_speed_told():
    command = [sys.executable, str(ROOT / "benchmarks" / "scanning.py"), "--pages", "1", "--speed-pages", "2"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    for kind in KINDS:
        assert f"| {kind} | " in done.stdout
    assert "2 of 2 pages at 150 dpi" in done.stdout
