"""The benchmarks still run, at a size that tells nothing of speed."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def run(script: str, *options: str) -> str:
    command = [sys.executable, str(ROOT / "benchmarks" / script), *options]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_every_case_is_measured_and_peers_may_be_absent() -> None:
    small = ["--share", "0.001", "--rows", "50000", "--patience", "0"]
    said = run("statistics.py", *small, "--without", "R")
    assert said.count("  analysis ") == 4
    assert said.count("  svy ") == 3  # with figures, or "skipped"
    assert "DIFFER" not in said
    assert "failed" not in said


def test_coverage_prints_a_share_for_each_kind_of_interval() -> None:
    said = run("coverage.py", "--samples", "3")
    for kind in ("share in the country", "share by province", "place, marginal", "place, tukey"):
        assert kind in said


def test_the_builder_and_a_citizens_page_are_measured() -> None:
    said = run("builder.py", "--rounds", "1")
    assert "a section of the citizen's form" in said
    assert said.count("goal") == said.count(" × ") == 9


def test_a_page_of_sixty_questions_is_measured_beside_wtforms() -> None:
    said = run("page.py", "--rounds", "1")
    assert said.count(" ms") == 2
    assert "ratio" in said


def test_intake_is_measured_beside_a_bare_insert() -> None:
    said = run("intake.py", "--requests", "16", "--turns", "1", "--databases", "sqlite")
    assert said.count("requests/s") == 2
    assert "ratio" in said
