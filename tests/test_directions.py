"""What may import what: wsgi → survey → analysis → questionnaires, and no web or database below `survey`."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
# Each room with the rooms of ours that it may import.
ROOMS = {
    "questionnaires": {"questionnaires"},
    "analysis": {"analysis", "questionnaires"},
    "survey": {"survey", "analysis", "questionnaires"},
    "wsgi": {"survey"},
}
PURE = ("questionnaires", "analysis")
WEB = ("flask", "flask_sqlalchemy", "flask_babel", "flask_wtf", "sqlalchemy", "wtforms", "werkzeug")

# Imports every module below the packages named, in a Python where none of the web libraries can be found.
IMPORT_WITHOUT_WEB = """
import importlib, pkgutil, sys
from importlib.abc import MetaPathFinder

class Absent(MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in WEB:
            raise ModuleNotFoundError(f"{name} is not installed", name=name)

sys.meta_path.insert(0, Absent())
for package in PURE:
    module = importlib.import_module(package)
    for found in pkgutil.walk_packages(module.__path__, package + "."):
        if not found.name.endswith(".__main__"):
            importlib.import_module(found.name)
            print(found.name)
"""


def modules(room: str) -> list[Path]:
    package = ROOT / room
    return sorted(package.rglob("*.py")) if package.is_dir() else [ROOT / f"{room}.py"]


def imported(file: Path) -> Iterator[tuple[int, str]]:
    """Line and full name of each import, those inside functions included."""
    package = ".".join(file.relative_to(ROOT).parent.parts)
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level:
            parents = package.split(".")[: len(package.split(".")) - node.level + 1]
            yield node.lineno, ".".join([*parents, *filter(None, [node.module])])
        elif isinstance(node, ast.ImportFrom):
            yield node.lineno, node.module or ""


def offences(room: str, forbidden: set[str]) -> list[str]:
    return [
        f"{file.relative_to(ROOT)}:{line} imports {name}"
        for file in modules(room)
        for line, name in imported(file)
        if name.split(".")[0] in forbidden
    ]


@pytest.mark.parametrize("room", ROOMS)
def test_rooms_import_in_one_direction(room: str) -> None:
    assert modules(room)
    assert offences(room, {*ROOMS, "tests"} - ROOMS[room]) == []


@pytest.mark.parametrize("room", PURE)
def test_questions_and_statistics_know_no_web_and_no_database(room: str) -> None:
    assert offences(room, set(WEB)) == []


def test_the_reader_of_imports_sees_each_kind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules[__name__], "ROOT", tmp_path)
    file = tmp_path / "analysis" / "report" / "page.py"
    file.parent.mkdir(parents=True)
    file.write_text(
        "import flask.views\ndef late():\n    from survey import db\nfrom ..index import x\nfrom . import y\n"
    )
    assert sorted(imported(file)) == [
        (1, "flask.views"),
        (3, "survey"),
        (4, "analysis.index"),
        (5, "analysis.report"),
    ]
    assert offences("analysis", {"flask", "survey"}) == [
        "analysis/report/page.py:1 imports flask.views",
        "analysis/report/page.py:3 imports survey",
    ]


def test_questions_and_statistics_run_where_no_web_library_is_installed() -> None:
    script = f"WEB, PURE = {WEB!r}, {PURE!r}\n{IMPORT_WITHOUT_WEB}"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    names = done.stdout.split()
    assert {"analysis.estimation.design", "analysis.commands.table", "questionnaires.schema"} <= set(names)


def test_importing_the_statistics_brings_no_library_that_is_slow_to_import() -> None:
    script = "import sys, analysis, survey; print(*sorted(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=120, check=True
    )
    slow = {"statsmodels", "matplotlib", "duckdb", "dask", "scipy.stats", "scipy.integrate"}
    assert not slow & set(done.stdout.split())
