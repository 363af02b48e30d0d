"""Tables of counts, and means standardised for the make-up of domains."""

from analysis import crosstable, mean, standardise
from tests.analysis.r_survey import assert_by, assert_close, compares, result, survey


@compares("*/table")
def weighted_counts(check: str) -> None:
    theirs = result(check)
    counts = crosstable(survey(check), "stype", "sch.wide").counts
    assert_close(counts.loc[theirs["dim1"], theirs["dim2"]], theirs["counts"])


@compares("*/standardize")
def standardised_means(check: str) -> None:
    schools = {"E": 4421, "H": 755, "M": 1018}
    alike = standardise(survey(check), by="stype", over="comp.imp", population=schools)
    assert_by(mean(alike, "api00", by="comp.imp"), result(check))
