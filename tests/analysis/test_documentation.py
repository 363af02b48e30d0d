"""What docs/statistics.md shows is what the code does."""

import re
from pathlib import Path
from typing import Any

import pytest

import analysis
from tests.analysis.sipas_sample import sipas_sample

PAGE = (Path(__file__).parents[2] / "docs" / "statistics.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The names that the page's program leaves behind."""
    [program] = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    path = tmp_path_factory.mktemp("docs") / "drawn.csv"
    sipas_sample().to_csv(path, index=False)
    names: dict[str, Any] = {}
    exec(program.replace('"drawn.csv"', repr(str(path))), names)
    return names


def test_the_table_of_places_is_the_programs(shown: dict[str, Any]) -> None:
    table, places = shown["index"].table, shown["places"].set_index("unit")
    for unit, *figures in re.findall(r"\| (U\d) \| ([\d.]+) \| ([\d.]+) – ([\d.]+) \| (\d) – (\d) \|", PAGE):
        row, place = table.loc[unit], places.loc[unit]
        assert [float(text) for text in figures[:3]] == [
            pytest.approx(row[name], abs=0.005001) for name in ("estimate", "lower", "upper")
        ]
        assert [int(text) for text in figures[3:]] == [place["rank_lower"], place["rank_upper"]]
    assert set(re.findall(r"\| (U\d) \|", PAGE)) == set(table.index)


def test_no_pair_of_neighbours_is_told_apart(shown: dict[str, Any]) -> None:
    assert not shown["pairs"]["distinguishable"].any()


def test_every_function_named_on_the_page_exists() -> None:
    listed = PAGE.split("## What there is")[1].split("## How")[0]
    for name in re.findall(r"`([a-z][a-z_]+)`", listed):
        assert hasattr(analysis, name), name
