"""The tables of a result as the pages show them: rows with the words beside the codes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from analysis.notes import split_notes
from analysis.round.result import RunResult
from questionnaires.schema import Text
from survey.results.stored import Names

Row = dict[str, Any]


@dataclass(frozen=True)
class Interval:
    """A figure with the ends of its confidence interval; None where it is not known."""

    value: float | None
    lower: float | None = None
    upper: float | None = None

    @property
    def margin(self) -> float | None:
        """Half the width of the interval."""
        known = self.lower is not None and self.upper is not None
        return (self.upper - self.lower) / 2 if known else None  # type: ignore[operator]


@dataclass(frozen=True)
class RankedUnit:
    """One agency's line in the ranking. `places`: the best and the worst it may take, sampling considered."""

    code: str
    name: Text
    rank: int | None
    shared: bool
    points: float
    most: float
    index: Interval
    unweighted: float | None
    weighted: float | None
    band: Text | None
    places: tuple[int, int] | None
    notes: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class RankedGroup:
    code: str
    title: Text
    ranked: bool
    units: tuple[RankedUnit, ...]


@dataclass(frozen=True)
class Satisfaction:
    """Satisfaction in percent of one survey, or of one factor in it (named). `n`: how many answered.

    `hidden`: too few answered for the figures to be shown.
    """

    survey: str
    factor: Text | None
    rate: Interval
    unweighted: float | None
    n: int | None
    hidden: bool
    factors: tuple[Satisfaction, ...] = ()


@dataclass(frozen=True)
class Sampled:
    """One survey's sample: people, people chosen, valid answers, those of them by the open link."""

    survey: str
    population: float
    selected: float
    valid: int
    by_open_link: int

    @property
    def response_rate(self) -> float | None:
        """In percent of those chosen."""
        return 100 * (self.valid - self.by_open_link) / self.selected if self.selected else None


def rows_of(result: RunResult, table: str, **equal: str) -> list[Row]:
    """The rows of a table whose columns equal the values given, missing figures as None."""
    found = result.tables[table]
    for column, value in equal.items():
        found = found[found[column] == value]
    plain = found.astype(object).where(found.notna(), None)
    return plain.to_dict("records")


def ranking(result: RunResult, names: Names) -> list[RankedGroup]:
    """The ranking groups in the framework's order, each with its agencies in the order of their places."""
    by_unit = {row["unit"]: row for row in rows_of(result, "index")}
    groups: dict[str, list[Row]] = {}
    for row in rows_of(result, "ranking"):
        groups.setdefault(row["ranking_group"], []).append({**by_unit[row["unit"]], **row})
    return [
        RankedGroup(
            code,
            names.of("ranking_group", code),
            bool(rows[0]["ranked"]),
            tuple(ranked_unit(row, names) for row in rows),
        )
        for code, rows in groups.items()
    ]


def ranked_unit(row: Row, names: Names) -> RankedUnit:
    return RankedUnit(
        code=row["unit"],
        name=names.of("unit", row["unit"]),
        rank=row["rank"],
        shared=bool(row["rank_shared"]),
        points=row["points"],
        most=row["max_applicable"],
        index=Interval(row["index"], row["index_lower"], row["index_upper"]),
        unweighted=row["unweighted_index"],
        weighted=row["weighted_index"],
        band=names.of("band", row["band"]) if row["band"] else None,
        places=(row["rank_lower"], row["rank_upper"]) if row["rank_lower"] else None,
        notes=tuple(split_notes(row["note"] or "")),
    )


def satisfaction(result: RunResult, names: Names) -> list[Satisfaction]:
    """Each survey's overall satisfaction, with that of its factors."""
    return by_survey(rows_of(result, "satisfaction_overall"), rows_of(result, "satisfaction_factors"), names)


def unit_satisfaction(result: RunResult, names: Names, unit: str) -> list[Satisfaction]:
    """The same of one agency."""
    rows = rows_of(result, "satisfaction_units", unit=unit)
    return by_survey(
        [row for row in rows if not row["factor"]], [row for row in rows if row["factor"]], names
    )


def by_survey(overall: list[Row], factors: list[Row], names: Names) -> list[Satisfaction]:
    return [
        satisfaction_row(
            row,
            factors=tuple(
                satisfaction_row(each, names.of("factor", each["factor"], row["survey"]))
                for each in factors
                if each["survey"] == row["survey"]
            ),
        )
        for row in overall
    ]


def satisfaction_row(
    row: Row, factor: Text | None = None, factors: tuple[Satisfaction, ...] = ()
) -> Satisfaction:
    rate = Interval(*(percent(row[column]) for column in ("rate", "lower", "upper")))
    unweighted = percent(row["unweighted_rate"])
    return Satisfaction(row["survey"], factor, rate, unweighted, row["n"], bool(row["note"]), factors)


def percent(share: float | None) -> float | None:
    return None if share is None else 100 * share


def samples(result: RunResult) -> list[Sampled]:
    """Each survey's sample, strata added up, in the order of the run's surveys."""
    columns = ["population", "selected", "valid", "by_open_link"]
    table = result.tables["sample"].reindex(columns=["survey", *columns])  # an older run has no open link
    sums = table.groupby("survey")[columns].sum()
    codes = [survey["code"] for survey in result.manifest["surveys"] if survey["code"] in sums.index]
    return [
        Sampled(str(survey), float(people), float(chosen), int(valid), int(uninvited))
        for survey, people, chosen, valid, uninvited in sums.loc[codes].itertuples()
    ]


def responses(result: RunResult) -> int:
    """How many valid answers the run counts."""
    return sum(survey["valid"] for survey in result.manifest["surveys"])
