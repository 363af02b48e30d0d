"""Two questions crossed, and domains standardised. R's numbers are of R 4.2.2 with survey 4.1-1, by the
call in each test.
"""

import numpy as np
import pandas as pd
import pytest

from analysis import Design, DesignError, crosstable, mean, replicate, standardise
from tests.analysis.r_survey import assert_close, data
from tests.analysis.two_stages import two_stages

SCHOOLS = {"E": 4421, "H": 755, "M": 1018}


class TestATable:
    def test_counts_a_domain(self) -> None:
        """svytable(~stype + sch.wide, subset(…, api00 > 600))"""
        table = crosstable(two_stages().where("api00 > 600"), "stype", "sch.wide")
        assert_close(table.counts, [[98.41, 2282.355], [283.875, 102.195], [18.925, 442.845]])

    def test_shares_of_rows_are_the_means_of_domains(self) -> None:
        schools = two_stages()
        table = crosstable(schools, "stype", "sch.wide", of="row")
        theirs = mean(schools, "sch.wide", by="stype")
        for column in ("estimate", "se", "n", "deff"):
            assert_close(table.shares.table[column], theirs.table[column])
        assert_close(table.shares.covariance, theirs.covariance)

    def test_shares_of_the_total_and_of_columns_sum_to_1(self) -> None:
        schools = two_stages()
        whole, columns = (crosstable(schools, "stype", "sch.wide", of=of) for of in ("total", "column"))
        assert_close(whole.shares.table["estimate"].sum(), 1)
        assert_close(columns.laid_out(columns.shares, "estimate").sum(), [1, 1])
        assert_close(whole.shares.covariance.to_numpy().sum() + 1, 1)

    def test_counts_only_rows_that_answer_both(self) -> None:
        frame = pd.DataFrame({"age": [30, 30, 40, np.nan], "sex": ["f", None, "m", "m"], "w": 2.0})
        table = crosstable(Design(frame, weights="w"), "age", "sex")
        assert table.counts.to_dict() == {"f": {30.0: 2.0, 40.0: 0.0}, "m": {30.0: 0.0, 40.0: 2.0}}
        assert table.answers.to_numpy().tolist() == [[1, 0], [0, 1]]
        assert table.shares.table.index[0] == "age=30.0, sex=f"


class TestStandardising:
    def test_in_two_stages(self) -> None:
        """svyby(~api00, ~comp.imp, svystandardize(…, by = ~stype, over = ~comp.imp, …), svymean)"""
        alike = standardise(two_stages(), "stype", "comp.imp", SCHOOLS)
        table = mean(alike, "api00", by="comp.imp").table
        assert_close(table["estimate"], [562.91165469836619, 710.05126357465645])
        assert_close(table["se"], [25.51187584634587, 29.493202994962722])

    def test_replicates_go_through_it_again(self) -> None:
        """The same of as.svrepdesign(svydesign(id = ~dnum, weights = ~pw, data = apiclus1), type = "JK1")"""
        clusters = replicate(Design(data("clus1"), weights="pw", clusters="dnum"), "jackknife")
        table = mean(standardise(clusters, "stype", "comp.imp", SCHOOLS), "api00", by="comp.imp").table
        assert_close(table["estimate"], [632.81783422321143, 643.33522936943587])
        assert_close(table["se"], [39.824015611043549, 28.457049889635957])

    def test_the_whole_sample_and_domains_of_two_columns(self) -> None:
        """svystandardize(…, by = ~stype, …) and (…, by = ~stype, over = ~comp.imp + sch.wide, …)"""
        clusters = Design(data("clus1"), weights="pw", clusters="dnum")
        row = mean(standardise(clusters, "stype", population=SCHOOLS), "api00").table.iloc[0]
        assert_close(row[["estimate", "se"]].astype(float), [642.31078821158212, 24.161060581497253])
        two = standardise(clusters, "stype", ["comp.imp", "sch.wide"], SCHOOLS, empty="ignore")
        table = mean(two, "api00", by="comp.imp").table
        assert_close(table["se"], [28.968866385218384, 25.034449559132518])

    def test_each_domain_gets_the_make_up_of_the_population(self) -> None:
        alike = standardise(two_stages(), "stype", "comp.imp", SCHOOLS)
        shares = mean(alike, "stype", by="comp.imp").table["estimate"].to_numpy().reshape(2, 3)
        assert_close(shares, np.array([[4421, 755, 1018]] * 2) / 6194)

    def test_a_cell_without_anybody_is_refused_by_name(self) -> None:
        frame = pd.DataFrame({"age": ["old", "young", "old"], "place": ["a", "a", "b"], "y": [1, 2, 3]})
        with pytest.raises(DesignError, match="Nobody is in age = young, place = b"):
            standardise(Design(frame), "age", "place", {"old": 1, "young": 1})
        with pytest.raises(DesignError, match="no population count in age = young"):
            standardise(Design(frame), "age", "place", {"old": 1})
        with pytest.raises(DesignError, match="no column “income”"):
            standardise(Design(frame), "age", population={"old": 1, "young": 1}, excluding_missing="income")
