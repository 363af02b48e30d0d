"""A round as a directory of files: written, read back, and every fault named at its file, row and column."""

import shutil
from pathlib import Path

import pandas as pd
import pytest

from analysis.commands.table import main
from analysis.refused import DataError
from analysis.round.csv_table import guard
from analysis.round.files import read_directory, write_directory
from analysis.round.pipeline import run
from analysis.round.result import RunResult
from analysis.round.tables import TABLES
from tests.analysis.rounds import example_round


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("round")
    write_directory(example_round(240), folder)
    return folder


@pytest.fixture
def folder(written: Path, tmp_path: Path) -> Path:
    """A copy to spoil."""
    return Path(shutil.copytree(written, tmp_path / "round"))


def faults(folder: Path) -> list[str]:
    with pytest.raises(DataError) as refused:
        read_directory(folder)
    return list(map(str, refused.value.faults))


def edit(file: Path, before: str, after: str) -> None:
    text = file.read_text(encoding="utf-8-sig")
    assert before in text
    file.write_text(text.replace(before, after, 1), encoding="utf-8")


def test_a_round_read_from_files_gives_the_same_bytes(written: Path) -> None:
    assert run(read_directory(written)).to_bytes() == run(example_round(240)).to_bytes()


def test_shipped_definitions_may_be_named_instead_of_copied(folder: Path) -> None:
    (folder / "framework.json").unlink()
    edit(folder / "round.toml", 'code = "thu-2022"', 'code = "thu-2022"\nframework = "dak-lak-so-2022"')
    citizens = folder / "surveys" / "citizens"
    (citizens / "questionnaire.json").unlink()
    (citizens / "survey.toml").write_text('questionnaire = "citizen-satisfaction-2024"\n')
    read = read_directory(folder)
    assert read.framework.code == "dak-lak-so-2022"
    assert next(survey for survey in read.surveys if survey.code == "citizens").group == "citizen"
    assert "framework" not in read.round


def test_facts_are_numbers_where_they_can_be_and_blanks_are_missing(folder: Path) -> None:
    units = pd.read_csv(folder / "units.csv").assign(note=["", "đông", "", "", "", ""])
    units.loc[0, ["late_dossier_rate", "type"]] = None
    units.to_csv(folder / "units.csv", index=False)
    read = read_directory(folder).units
    assert read["late_dossier_rate"].dtype == float
    assert read["late_dossier_rate"].isna().to_list() == [True, *[False] * 5]
    assert read.loc[1, "note"] == "đông"
    assert pd.isna(read.loc[0, "type"])


def test_every_fault_is_named_at_its_file_row_and_column(folder: Path) -> None:
    citizens = folder / "surveys" / "citizens"
    edit(folder / "round.toml", 'code = "thu-2022"\n', "")
    edit(folder / "evidence.csv", "so-01,c1_1_1,1.0,", "so-01,c1_1_1,1.0,nhiều")
    edit(folder / "units.csv", "so-02,Sở thử nghiệm số 02", "so-02,")
    edit(citizens / "strata.csv", "population", "people")
    responses = citizens / "responses.csv"
    edit(responses, "citizen-00-000000,so-01", "citizen-00-000000,")
    edit(
        responses,
        "citizen-00-000001,so-01,so-01-citizen,,keyed,,yes",
        "citizen-00-000001,so-01,so-01-citizen,,keyed,,có",
    )
    said = faults(folder)
    assert "round.toml: The entry “code” is missing." in said
    assert any(text.startswith("evidence.csv, row 2, appraised: “nhiều") for text in said)
    assert "units.csv, row 3, name: A value is needed here." in said
    assert "surveys/citizens/strata.csv: The column “population” is missing." in said
    assert "surveys/citizens/responses.csv, row 2, unit: A value is needed here." in said
    assert any(
        text.startswith("surveys/citizens/responses.csv, row 3, result_received: “có” is not one")
        for text in said
    )


def test_a_column_that_is_no_question_is_named(folder: Path) -> None:
    edit(folder / "surveys" / "officials" / "responses.csv", ",leadership,", ",leader,")
    assert faults(folder) == ["surveys/officials/responses.csv: The questionnaire has no question “leader”."]


def test_a_row_of_another_width_is_named(folder: Path) -> None:
    edit(folder / "evidence.csv", "so-01,c1_1_1,", "so-01,c1_1_1,7,8,9,")
    assert faults(folder) == ["evidence.csv, row 2: The row has 9 cells; the first row names 6 columns."]


def test_a_number_with_a_decimal_comma_is_refused_with_advice(folder: Path) -> None:
    edit(folder / "evidence.csv", "so-01,c1_1_1,1.0,", 'so-01,c1_1_1,"1,0",')
    (said,) = faults(folder)
    assert said.startswith("evidence.csv, row 2, self_score: “1,0” is not a number; write it like 3.5")


def test_missing_and_unreadable_files_are_named_together(folder: Path) -> None:
    (folder / "units.csv").unlink()
    (folder / "framework.json").write_text("{")
    (folder / "evidence.csv").write_bytes("đơn vị".encode("utf-16"))
    said = faults(folder)
    assert "units.csv: The file is missing." in said
    assert any(text.startswith("framework.json: The file cannot be read:") for text in said)
    assert "evidence.csv: The file is not UTF-8 text. Save it as “CSV UTF-8”." in said


def test_a_faulty_definition_names_its_own_faults(folder: Path) -> None:
    edit(folder / "framework.json", '"max_points": 16', '"max_points": 17')
    assert faults(folder)[0].startswith("framework.json, ")


def test_no_directory(tmp_path: Path) -> None:
    assert faults(tmp_path / "nowhere")[0].endswith("There is no such directory.")


def test_the_command_writes_tables_reports_and_the_whole_result(
    written: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert main(["index", str(written), "--out", str(out), "--language", "en"]) == 0
    assert f"{len(TABLES)} tables" in capsys.readouterr().out
    result = RunResult.from_bytes((out / "run.json").read_bytes())
    assert {f"{name}.csv" for name in result.tables} < {file.name for file in out.iterdir()}
    ranking = pd.read_csv(out / "ranking.csv")
    assert list(ranking["unit"]) == list(result.tables["ranking"]["unit"])
    assert ranking["index"].to_list() == result.tables["ranking"]["index"].to_list()
    assert "Index and ranking" in (out / "report.html").read_text(encoding="utf-8")
    assert (out / "report.xlsx").read_bytes().startswith(b"PK")


def test_the_command_names_every_fault(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "round.toml").write_text('code = "x"')
    assert main(["index", str(tmp_path), "--out", str(tmp_path / "out")]) == 2
    said = capsys.readouterr().err
    assert "round.toml: The entry “title” is missing." in said
    assert "units.csv: The file is missing." in said
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("text", ["=1+1", "+84", "@SUM(A1)", "-cmd", "\tx"])
def test_texts_that_look_like_formulas_are_guarded(text: str) -> None:
    assert guard(text) == f"'{text}"


@pytest.mark.parametrize("value", ["-9", "Sở Nội vụ", -3.5, None, "a=b"])
def test_other_values_stay_as_they_are(value: object) -> None:
    assert guard(value) == value
