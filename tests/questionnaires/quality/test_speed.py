"""A form that came in faster than anybody reads."""

import subprocess
import sys
from pathlib import Path

import pytest

from questionnaires.quality import too_fast

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize(
    ("items", "seconds", "expected"),
    [
        (22, 43.9, True),
        (22, 44, False),  # two seconds each are enough
        (1, 0, True),
        (0, 0, False),
        (22, -5, False),  # a clock that was set back tells nothing
        (22, float("nan"), False),
    ],
)
def test_less_than_two_seconds_an_item_is_too_fast(items, seconds, expected):
    assert too_fast(items, seconds) is expected


def test_who_takes_in_forms_loads_no_library_of_statistics():
    script = "import sys, questionnaires.quality; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    assert {"numpy", "pandas", "scipy", "analysis"} & set(done.stdout.split()) == set()
    assert "questionnaires.quality.speed" in done.stdout.split()
