"""A whole round: what its tables say, that a rerun gives the same bytes, and how bad input is refused."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis.round.inputs import RoundInputs, SurveyInput
from analysis.round.pipeline import run
from analysis.round.result import RunResult
from analysis.round.tables import TABLES
from questionnaires import frameworks
from tests.analysis.rounds import NOT_APPLICABLE, ROUND, example_round


@pytest.fixture(scope="module")
def result() -> RunResult:
    return run(example_round())


def shuffled(inputs: RoundInputs, seed: int = 3) -> RoundInputs:
    """The same round with every list and table in another order."""

    def mixed(table: pd.DataFrame) -> pd.DataFrame:
        return table.sample(frac=1, random_state=seed)

    def survey(given: SurveyInput) -> SurveyInput:
        records = list(given.records)
        order = np.random.default_rng(seed).permutation(len(records))
        targets = None if given.targets is None else mixed(given.targets)
        return replace(
            given, records=[records[place] for place in order], strata=mixed(given.strata), targets=targets
        )

    return replace(
        inputs,
        units=mixed(inputs.units),
        evidence=mixed(inputs.evidence),
        surveys=[survey(given) for given in reversed(inputs.surveys)],
    )


def test_every_table_has_its_columns(result: RunResult) -> None:
    assert list(result.tables) == list(TABLES)
    for name, layout in TABLES.items():
        assert layout.columns in ((), tuple(result.tables[name].columns)), name
        assert len(result.tables[name]), name


def test_a_rerun_gives_the_same_bytes(result: RunResult) -> None:
    assert run(example_round()).to_bytes() == result.to_bytes()


def test_the_order_of_the_rows_does_not_matter(result: RunResult) -> None:
    assert run(shuffled(example_round())).to_bytes() == result.to_bytes()


def test_a_result_comes_back_from_its_bytes(result: RunResult) -> None:
    back = RunResult.from_bytes(result.to_bytes())
    assert back.manifest == result.manifest
    assert list(back.tables) == list(result.tables)
    for name, table in result.tables.items():
        pd.testing.assert_frame_equal(back.tables[name], table)
    assert back.to_bytes() == result.to_bytes()


def test_bytes_of_another_format_are_refused(result: RunResult) -> None:
    with pytest.raises(ValueError, match="format 99"):
        RunResult.from_bytes(result.to_bytes().replace(b'{"format":1', b'{"format":99', 1))


def test_the_manifest_names_everything_the_run_was_made_from(result: RunResult) -> None:
    manifest = result.manifest
    assert manifest["round"] == ROUND
    assert manifest["framework"]["decision"]["number"] == "2854/QĐ-UBND"
    assert {survey["code"]: survey["valid"] for survey in manifest["surveys"]} == {
        "businesses": 300,
        "citizens": 300,
        "deputies": 300,
        "officials": 300,
    }
    assert manifest["recipe"]["aggregation"] == "item_mean"
    assert {"framework", "units", "evidence", "citizens.answers", "citizens.targets"} <= manifest[
        "hashes"
    ].keys()


def test_another_input_is_another_run(result: RunResult) -> None:
    inputs = example_round()
    changed = inputs.evidence.assign(self_score=0.0)
    other = run(replace(inputs, evidence=changed)).manifest
    assert other["run"] != result.manifest["run"]
    differing = {name for name, value in other["hashes"].items() if value != result.manifest["hashes"][name]}
    assert differing == {"evidence"}


def test_base_weights_are_the_people_each_response_speaks_for(result: RunResult) -> None:
    sample = result.tables["sample"]
    pd.testing.assert_series_equal(
        sample["weight"], sample["population"] / sample["valid"].astype(float), check_names=False
    )
    steps = result.tables["weights"].query("survey == 'officials'")
    population = sample.loc[sample["survey"] == "officials", "population"].sum()
    assert steps["after"].iloc[-1] == pytest.approx(population)


def test_weights_meet_their_targets(result: RunResult) -> None:
    area = result.tables["profile"].query("survey == 'citizens' and question == 'area'").set_index("choice")
    assert area.loc["urban", "share"] == pytest.approx(0.3)
    assert area.loc["rural", "share"] == pytest.approx(0.7)
    assert area.loc["urban", "unweighted_share"] == pytest.approx(0.5, abs=0.1)


def test_the_unweighted_figures_are_plain_means_of_the_answers(result: RunResult) -> None:
    inputs = example_round()
    citizens = next(survey for survey in inputs.surveys if survey.code == "citizens")
    codes = ["very_dissatisfied", "dissatisfied", "neutral", "satisfied", "very_satisfied"]
    values = {code: place / 4 for place, code in enumerate(codes)}
    polite = pd.Series([record["answers"].get("servants_polite") for record in citizens.records]).map(values)
    told = (
        result.tables["satisfaction_items"].set_index(["survey", "item"]).loc[("citizens", "servants_polite")]
    )
    assert told["unweighted_rate"] == pytest.approx(polite.mean())
    assert told["n"] == polite.notna().sum()
    shares = result.tables["satisfaction_levels"].query("survey == 'citizens' and item == 'servants_polite'")
    assert list(shares["level"]) == codes
    assert shares["share"].sum() == pytest.approx(1)
    assert (shares["share"] * [0, 0.25, 0.5, 0.75, 1]).sum() == pytest.approx(told["rate"])


def test_the_overall_rate_is_the_mean_of_the_factors_items(result: RunResult) -> None:
    items = result.tables["satisfaction_items"].query("survey == 'citizens' and counts")
    overall = result.tables["satisfaction_overall"].set_index("survey").loc["citizens"]
    assert len(items) == 22
    assert overall["rate"] == pytest.approx(items["rate"].mean())
    assert overall["alternative_rate"] == pytest.approx(items.groupby("factor")["rate"].mean().mean())
    factors = result.tables["satisfaction_factors"].query("survey == 'citizens'")
    assert list(factors["factor"]) == ["access", "procedures", "civil_servants", "results", "feedback"]


def test_what_people_need_is_counted(result: RunResult) -> None:
    needs = result.tables["answers"].query("survey == 'citizens' and question == 'needs'")
    assert len(needs) == 9
    assert needs["several"].all()
    assert (needs["unweighted_share"] * needs["n"]).to_numpy(dtype=float) == pytest.approx(
        needs["count"].to_numpy(dtype=float)
    )


def test_the_index_is_the_criteria_summed(result: RunResult) -> None:
    criteria = result.tables["criteria"]
    counting = criteria[criteria["applicable"]].groupby("unit")
    expected = 100 * counting["points"].sum() / counting["max_points"].sum()
    index = result.tables["index"].set_index("unit")
    for unit, value in expected.items():
        assert index.loc[unit, "index"] == pytest.approx(value)
    assert index.loc["so-01", "max_applicable"] == index.loc["so-02", "max_applicable"] - 1.5
    assert not criteria.set_index(["unit", "criterion"]).loc[("so-01", NOT_APPLICABLE), "applicable"]


def test_evidence_counts_as_appraised_and_survey_leaves_as_scored(result: RunResult) -> None:
    criteria = result.tables["criteria"].set_index(["unit", "criterion"])
    appraised = example_round().evidence.set_index(["unit", "criterion"])["appraised"]
    assert criteria.loc[("so-02", "c1_1_1"), "points"] == appraised[("so-02", "c1_1_1")]
    scores = result.tables["sub_scores"].set_index(["unit", "criterion"])["official_points"]
    assert criteria.loc[("so-02", "c2_5"), "points"] == scores[("so-02", "c2_5")]


def test_what_is_not_appraised_is_not_counted_by_the_self_score() -> None:
    inputs = example_round(240)
    evidence = inputs.evidence.copy()
    evidence.loc[(evidence["unit"] == "so-02") & (evidence["criterion"] == "c1_1_1"), "appraised"] = np.nan
    tables = run(replace(inputs, evidence=evidence)).tables
    waiting = tables["index"].set_index("unit").loc["so-02"]
    assert np.isnan(waiting["index"])
    assert waiting["awaited"] == 1
    assert waiting["note"] == "missing_points: c1_1_1"
    assert pd.isna(tables["ranking"].set_index("unit").loc["so-02", "rank"])


def test_units_that_are_only_scored_stand_behind_without_a_rank(result: RunResult) -> None:
    ranking = result.tables["ranking"]
    assert list(ranking["rank"].iloc[:4]) == [1, 2, 3, 4]
    assert set(ranking["unit"].iloc[4:]) == {"ban-dan-toc", "thanh-tra"}
    assert ranking["rank"].iloc[4:].isna().all()
    assert (ranking["rank_lower"] <= ranking["rank"]).iloc[:4].all()
    assert (ranking["rank_upper"] >= ranking["rank"]).iloc[:4].all()


def test_the_unweighted_index_stands_beside_the_weighted_one_and_either_may_be_official(
    result: RunResult,
) -> None:
    index = result.tables["index"]
    assert index["index"].equals(index["weighted_index"])
    assert not np.allclose(index["weighted_index"], index["unweighted_index"])
    other = run(example_round(official="unweighted")).tables["index"]
    np.testing.assert_allclose(other["index"], index["unweighted_index"])
    np.testing.assert_allclose(other["weighted_index"], index["weighted_index"])


def test_without_an_optional_survey_the_appraised_70_points_are_rescaled_to_100() -> None:
    tree = frameworks.load("ha-noi-phong-2019")
    units = pd.DataFrame({"unit": ["phong"], "name": ["Phòng Nội vụ"]})
    units["type"], units["ranking_group"] = tree.applies_to[0], tree.ranking_groups[0].code
    rows = [(leaf.code, leaf.max_points) for leaf in tree.leaves if leaf.assessed_by == "evidence"]
    evidence = pd.DataFrame(rows, columns=["criterion", "appraised"]).assign(unit="phong", self_score=0.0)
    tables = run(RoundInputs(ROUND, tree, units, [], evidence)).tables
    assert tables["index"].loc[0, "max_applicable"] == pytest.approx(70)
    assert tables["index"].loc[0, "index"] == pytest.approx(100)


def test_progress_is_told_from_start_to_end() -> None:
    told: list[tuple[float, str]] = []
    run(example_round(240), lambda share, message: told.append((share, message)))
    shares = [share for share, _ in told]
    assert shares == sorted(shares)
    assert shares[0] < 0.1
    assert 0.9 < shares[-1] < 1
    assert all(message for _, message in told)
