"""A planner draws communes, then households in them, and hands the rows to the estimation."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from analysis import Design, DesignError, mean, total
from analysis.samples.multistage import select_multistage, select_stage
from analysis.samples.stage import SelectionStage

SIZES = {"N": [30, 12, 25, 8, 40, 15], "S": [20, 200, 18, 22, 16]}


def _households() -> pd.DataFrame:
    rows = [
        (region, f"{region}{number}", size)
        for region, sizes in SIZES.items()
        for number, size in enumerate(sizes)
        for _ in range(size)
    ]
    frame = pd.DataFrame(rows, columns=["region", "commune", "households"])
    frame["id"] = np.arange(len(frame))
    return frame.assign(score=np.sin(frame["id"]) + frame["commune"].map(hash_of))


def hash_of(commune: str) -> float:
    return 3.0 if commune.startswith("N") else float(commune[1:])


HOUSEHOLDS = _households()
STAGES = [
    SelectionStage(3, "commune", "pps", "households", strata="region"),
    SelectionStage(6, method="systematic"),
]


def design(rows: pd.DataFrame) -> Design:
    return Design(
        rows,
        weights="weight",
        strata=["stratum_1", "stratum_2"],
        clusters=["unit_1", "unit_2"],
        fpc=["fpc_1", "fpc_2"],
    )


def test_rows_carry_the_chance_of_each_stage() -> None:
    rows = select_multistage(HOUSEHOLDS, STAGES, seed=5)
    assert len(rows) == 2 * 3 * 6
    assert rows["commune"].equals(rows["unit_1"].rename("commune"))
    assert (rows["population_1"] == rows["region"].map({"N": 6, "S": 5})).all()
    assert (rows["population_2"] == rows["households"]).all()
    assert rows["probability_2"].to_numpy() == pytest.approx((6 / rows["households"]).to_numpy())
    # in N 3 · size / 130 · 6 / size is the same for all
    north = rows[rows["region"] == "N"]
    assert north["probability"].to_numpy() == pytest.approx(18 / 130)
    assert (rows["weight"] * rows["probability_1"] * rows["probability_2"]).to_numpy() == pytest.approx(1)


def test_a_certain_commune_is_a_stratum_of_its_own() -> None:
    # S1 has 200 of 276 households: three communes of them would give it 2.17
    rows = select_multistage(HOUSEHOLDS, STAGES, seed=5).drop_duplicates("commune").set_index("commune")
    assert rows.loc["S1", ["stratum_1", "fpc_1", "probability_1"]].tolist() == ["S / S1", 1, 1]
    assert set(rows.drop("S1")["stratum_1"]) == {"N", "S"}
    assert set(rows.drop("S1")["fpc_1"]) == {np.inf}


def test_the_design_counts_households_and_knows_its_error() -> None:
    rows = select_multistage(HOUSEHOLDS.assign(one=1.0), STAGES, seed=5)
    by_region = total(design(rows), ["one"], by=["region"]).table.set_index("region")
    assert by_region.loc["N", "estimate"] == pytest.approx(130)
    assert mean(design(rows), ["score"]).table["se"].item() > 0
    everybody = select_multistage(
        HOUSEHOLDS, [SelectionStage(11, "commune"), SelectionStage(999, or_all=True)], 1
    )
    known = mean(design(everybody), ["score"]).table.iloc[0]
    assert known["estimate"] == pytest.approx(HOUSEHOLDS["score"].mean())
    assert known["se"] == pytest.approx(0, abs=1e-12)


def test_every_household_is_drawn_with_its_chance() -> None:
    draws, size = 250, len(HOUSEHOLDS)
    counts, chances = np.zeros(size), np.full(size, np.nan)
    for seed in range(draws):
        rows = select_multistage(HOUSEHOLDS, STAGES, seed)
        counts[rows["id"]] += 1
        chances[rows["id"]] = rows["probability"]
    reach = stats.norm.isf(1e-4 / 2 / size) * np.sqrt(draws * chances * (1 - chances))
    assert (np.abs(counts - draws * chances) <= reach).all()


def test_a_commune_draws_alike_whatever_else_is_drawn() -> None:
    stage = SelectionStage(2, "commune", strata="region", sort="commune")
    one = select_multistage(HOUSEHOLDS, [stage, SelectionStage(4)], seed=3)
    south = HOUSEHOLDS[HOUSEHOLDS["region"] == "S"]
    alone = select_multistage(south, [stage, SelectionStage(4)], seed=3)
    assert one[one["region"] == "S"]["id"].tolist() == alone["id"].tolist()


def test_households_listed_after_the_communes_were_drawn() -> None:
    communes = HOUSEHOLDS.drop_duplicates("commune")[["region", "commune", "households"]]
    first = select_stage(communes, STAGES[0], seed=5)
    listed = HOUSEHOLDS[["id", "commune", "score"]].merge(first, on="commune")
    later = select_stage(listed, STAGES[1], seed=5, within=["commune"])
    at_once = select_multistage(HOUSEHOLDS, STAGES, seed=5)
    assert later["id"].tolist() == at_once["id"].tolist()
    assert later["weight"].to_numpy() == pytest.approx(at_once["weight"].to_numpy())


def test_three_stages_and_sizes_by_name() -> None:
    frame = HOUSEHOLDS.assign(village=HOUSEHOLDS["id"] % 4, unit=HOUSEHOLDS["commune"], rows=0)
    stages = [
        SelectionStage({"N": 3, "S": 2}, "unit", "sampford", strata="region"),
        SelectionStage(2, "village"),
        SelectionStage(2),
    ]
    rows = select_multistage(frame, stages, seed=8)
    assert rows.groupby("region")["unit"].nunique().to_dict() == {"N": 3, "S": 2}
    assert rows.groupby("unit")["village"].nunique().eq(2).all()
    product = rows["probability_1"] * rows["probability_2"] * rows["probability_3"]
    assert rows["probability"].to_numpy() == pytest.approx(product.to_numpy())
    assert (rows.groupby(["unit", "village"]).size() == 2).all()


@pytest.mark.parametrize(
    ("stages", "sentence"),
    [
        ([SelectionStage(7, "commune", strata="region")], r"not so in N \(7 of 6\), S \(7 of 5\)"),
        ([SelectionStage(11, "commune"), SelectionStage(9)], r"not so in N3 \(9 of 8\)"),
        ([SelectionStage({"W": 2}, "commune", strata="region")], "no stratum W"),
        ([SelectionStage({"W": 2}, "commune")], "no stratum W"),
        (
            [SelectionStage(2, "region", sort="commune")],
            "“commune” differs between rows of the same region, N",
        ),
        ([SelectionStage(2, "village")], "no column “village”"),
        ([], "No stage of selection was given"),
    ],
)
def test_refuses_what_cannot_be_drawn(stages: list[SelectionStage], sentence: str) -> None:
    with pytest.raises(DesignError, match=sentence):
        select_multistage(HOUSEHOLDS, stages, seed=1)
