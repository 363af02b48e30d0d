"""Somebody at a command line estimates from files, as they would type it."""

import csv
import io
import json
import subprocess
import sys
import unicodedata
from pathlib import Path

import pandas as pd
import pytest

from analysis.commands.table import main
from tests.analysis.r_survey import REFERENCE, assert_close, result

ROOT = Path(__file__).parents[2]
STRATIFIED = ["apistrat.csv", "--strata", "stype", "--weights", "pw", "--fpc", "fpc"]
CLUSTERED = ["apiclus1.csv", "--clusters", "dnum", "--weights", "pw", "--fpc", "fpc"]

STYPE = {"E": 4421, "H": 755, "M": 1018}
SCH_WIDE = {"No": 1072, "Yes": 5122}


def type_in(*words: str) -> subprocess.CompletedProcess:
    """`python -m analysis …`, from the root of the repository."""
    command = [sys.executable, "-m", "analysis", *words]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)


def printed(capsys: pytest.CaptureFixture, file: str, *options: str) -> str:
    assert main(["estimate", str(REFERENCE / file), *options]) == 0
    return capsys.readouterr().out


def rows(text: str) -> dict[tuple[str, str], dict]:
    """What `--format json` printed, by statistic and label."""
    return {
        (part["statistic"], label): {**row, "variance": covariances[place]}
        for part in json.loads(text)["estimates"]
        for place, (label, row, covariances) in enumerate(
            zip(part["labels"], part["rows"], part["covariance"], strict=True)
        )
    }


@pytest.mark.parametrize(("design", "words"), [("strat", STRATIFIED), ("clus1", CLUSTERED)])
def test_r_numbers_come_out_of_the_command_line(design: str, words: list[str]) -> None:
    file, *options = words
    asked = ["--mean", "api00", "--mean", "api99", "--total", "enroll", "--ratio", "api.stu/enroll"]
    done = type_in("estimate", str(REFERENCE / file), *options, *asked, "--format", "json")
    assert done.returncode == 0, done.stderr
    estimates, theirs = rows(done.stdout), result(f"{design}/mean")
    for place, item in enumerate(("api00", "api99")):
        row = estimates["mean", item]
        ours = [row["estimate"], row["se"], row["deff"], row["lower"], row["upper"], row["variance"]]
        expected = [theirs[name][item] for name in ("coef", "se", "deff", "ci_low", "ci_high")]
        assert_close(ours, [*expected, theirs["vcov"][place][place]])
    row, theirs = estimates["ratio", "api.stu/enroll"], result(f"{design}/ratio")
    assert_close([row["estimate"], row["se"]], [theirs["coef"], theirs["se"]])
    row, theirs = estimates["total", "enroll"], result(f"{design}/total")
    assert_close([row["estimate"], row["se"]], [theirs["coef"]["enroll"], theirs["se"]["enroll"]])


def test_weights_are_raked_to_a_workbook_of_margins(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, *options = CLUSTERED
    with pd.ExcelWriter(tmp_path / "known.xlsx") as book:
        for column, totals in {"stype": STYPE, "sch.wide": SCH_WIDE}.items():
            table = pd.DataFrame({column: list(totals), "people": list(totals.values())})
            table.to_excel(book, sheet_name=column, index=False)
    known = str(tmp_path / "known.xlsx")
    text = printed(capsys, file, *options, "--rake", known, "--mean", "api00", "--format", "json")
    row, theirs = rows(text)["mean", "api00"], result("clus1/cal_rake2")["mean"]
    assert_close([row["estimate"], row["se"]], [theirs["coef"]["api00"], theirs["se"]["api00"]], 1e-8)


def test_errors_come_from_replicates_where_asked(capsys: pytest.CaptureFixture[str]) -> None:
    file, *options = CLUSTERED
    text = printed(capsys, file, *options, "--replicate", "jackknife", "--mean", "api00", "--format", "json")
    row, theirs = rows(text)["mean", "api00"], result("rep/clus1_JK1")["mean"]
    assert_close([row["estimate"], row["se"]], [theirs["coef"]["api00"], theirs["se"]["api00"]])


def test_quantiles_of_the_probabilities_asked(capsys: pytest.CaptureFixture[str]) -> None:
    file, *options = CLUSTERED
    asked = ["--quantile", "api00", "--probability", "0.25", "--probability", "0.5", "--probability", "0.75"]
    found = json.loads(printed(capsys, file, *options, *asked, "--format", "json"))["estimates"][0]["rows"]
    theirs = result("clus1/quantile_ci_mean")
    for ours, name in (("estimate", "q"), ("lower", "lo"), ("upper", "hi"), ("se", "se")):
        assert_close([row[ours] for row in found], theirs[name])


def test_domains(capsys: pytest.CaptureFixture) -> None:
    estimates = rows(printed(capsys, *CLUSTERED, "--mean", "api00", "--by", "stype", "--format", "json"))
    theirs = result("clus1/by_mean")["coef"]
    for kind in "EHM":
        assert_close(estimates["mean", f"{kind}:api00"]["estimate"], theirs[f"{kind}:api00"])


def test_conditions(capsys: pytest.CaptureFixture) -> None:
    conditions = ["--where", "`comp.imp` == 'Yes'", "--where", "ell < 50"]
    estimates = rows(printed(capsys, *CLUSTERED, "--mean", "meals", *conditions, "--format", "json"))
    row, theirs = estimates["mean", "meals"], result("clus1/domain_subset")["mean"]
    assert_close([row["estimate"], row["se"]], [theirs["coef"]["meals"], theirs["se"]["meals"]])
    assert row["df"] == theirs["df"]


def test_nested_clusters_and_codes_as_categories(capsys: pytest.CaptureFixture) -> None:
    words = ["nhanes.csv", "--weights", "WTMEC2YR", "--strata", "SDMVSTRA", "--clusters", "SDMVPSU", "--nest"]
    asked = ["--category", "HI_CHOL", "--mean", "HI_CHOL", "--format", "json"]
    estimates = rows(printed(capsys, *words, *asked))
    theirs = result("nhanes/HI_CHOL")["mean"]["coef"]["HI_CHOL"]
    assert_close(estimates["mean", "HI_CHOL=1.0"]["estimate"], theirs)


def test_csv_keeps_every_digit(capsys: pytest.CaptureFixture) -> None:
    text = printed(capsys, *STRATIFIED, "--mean", "api00", "--format", "csv")
    [row] = csv.DictReader(io.StringIO(text))
    assert_close(float(row["se"]), result("strat/mean")["se"]["api00"], tolerance=1e-13)
    assert row["level"] == ""


def test_a_table_for_reading(capsys: pytest.CaptureFixture) -> None:
    text = printed(capsys, *STRATIFIED, "--mean", "api00", "--mean", "stype")
    first, _, header, *lines = text.splitlines()
    assert first == (
        "200 rows, 200 primary units in 3 strata, 197 degrees of freedom; weights sum to 6193.999958"
    )
    assert header.split()[:5] == ["statistic", "item", "level", "estimate", "se"]
    assert [line.split()[:3] for line in lines] == [
        ["mean", "api00", "662.2874"],
        ["mean", "stype", "E"],
        ["mean", "stype", "H"],
        ["mean", "stype", "M"],
    ]


def refused(capsys: pytest.CaptureFixture, *words: str) -> str:
    assert main(["estimate", *words]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    return printed.err


def test_what_cannot_be_done_is_said_and_exits_with_2() -> None:
    done = type_in("estimate", str(REFERENCE / "fpc.csv"), "--mean", "happiness")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "analysis estimate: There is no column “happiness”.\n"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["apistrat.csv"], "say what to estimate: --mean, --total, --ratio or --quantile"),
        (["nowhere.csv", "--mean", "x"], "nowhere.csv: there is no such file"),
        (["README.md", "--mean", "x"], "only .csv and .parquet files are read"),
        (
            ["fpc.csv", "--mean", "x", "--weights", "w", "--strata", "s"],
            "column “w” (weights).\nThere is no column “s”",
        ),
        (
            ["fpc.csv", "--mean", "x", "--strata", "stratid", "--clusters", "psuid"],
            "start again in each stratum",
        ),
        (["fpc.csv", "--mean", "x", "--category", "y"], "there is no column “y”"),
        (["fpc.csv", "--ratio", "x"], "two columns as ABOVE/BELOW, not “x”"),
        (["fpc.csv", "--mean", "x", "--where", "x >"], "The condition “x >” cannot be read"),
        (["fpc.csv", "--mean", "x", "--level", "2"], "lies between 0 and 1; 2 does not"),
    ],
)
def test_each_mistake_has_its_sentence(
    capsys: pytest.CaptureFixture, words: list[str], sentence: str
) -> None:
    file, *options = words
    assert sentence in refused(capsys, str(REFERENCE / file), *options)


def test_a_file_that_is_no_table(capsys: pytest.CaptureFixture, tmp_path: Path) -> None:
    latin, empty = tmp_path / "latin.csv", tmp_path / "empty.csv"
    latin.write_bytes("tên\nÂu".encode("latin-1", "replace"))
    empty.write_text("")
    assert "the text is not UTF-8" in refused(capsys, str(latin), "--mean", "x")
    assert "No columns to parse" in refused(capsys, str(empty), "--mean", "x")


def test_parquet_says_what_it_needs(
    capsys: pytest.CaptureFixture, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for engine in ("pyarrow", "fastparquet"):
        monkeypatch.setitem(sys.modules, engine, None)
    file = tmp_path / "answers.parquet"
    file.write_bytes(b"PAR1")
    assert "needs pyarrow" in refused(capsys, str(file), "--mean", "x")


def test_names_are_the_same_however_their_accents_are_written(
    capsys: pytest.CaptureFixture, tmp_path: Path
) -> None:
    file = tmp_path / "answers.csv"
    decomposed = unicodedata.normalize("NFD", "Đơn vị,Hài lòng\nHuế,4\nHuế,5\nVinh,3\nVinh,3\n")
    file.write_text("\ufeff" + decomposed, encoding="utf-8")
    asked = [
        str(file),
        "--mean",
        "Hài lòng",
        "--by",
        "Đơn vị",
        "--where",
        "`Đơn vị` == 'Huế'",
        "--format",
        "csv",
    ]
    assert main(["estimate", *asked]) == 0
    [row] = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert (row["Đơn vị"], row["estimate"]) == ("Huế", "4.5")


def test_help_names_the_commands(capsys: pytest.CaptureFixture) -> None:
    with pytest.raises(SystemExit, match="0"):
        main(["--help"])
    assert "estimate" in capsys.readouterr().out
