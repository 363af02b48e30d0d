"""From answers to one row per response: codes, several choices, numbers, and why an answer is missing."""

import numpy as np
import pandas as pd
import pytest

from analysis.dataset import Dataset, build_dataset
from analysis.refused import DataError
from questionnaires.expression import parse_expression
from questionnaires.schema import Choice, Questionnaire
from tests.analysis.forms import DONT_KNOW, FIVE, REFUSED, form, matrix, question

NEEDS = tuple(Choice(code, {"vi": code}) for code in ("seats", "forms", "online"))
AWAY = Choice("away", {"vi": "Không áp dụng"}, missing="not_applicable")


def asked() -> Questionnaire:
    return form(
        matrix("service", ("polite", None, None), ("quick", None, None)),
        question("visited", "single", choices=(*FIVE[:2], REFUSED)),
        question("why", "single", choices=(*FIVE, AWAY), relevant=parse_expression("${visited} = '2'")),
        question("needs", "multiple", choices=(*NEEDS, DONT_KNOW)),
        question("order", "rank", choices=NEEDS),
        question("size", "single", choices=(Choice("small", {"vi": "Nhỏ"}), Choice("large", {"vi": "Lớn"}))),
        question("age", "integer"),
        question("comment", "text"),
        question("hello", "note"),
    )


def response(response_id: str = "r1", **answers) -> dict:
    return {
        "response_id": response_id,
        "unit": "A",
        "stratum": "A1",
        "psu": "",
        "mode": "web",
        "answers": answers,
    }


def dataset(*records: dict) -> Dataset:
    return build_dataset(asked(), records)


def row(*records: dict) -> pd.Series:
    return dataset(*records).frame.iloc[0]


def test_design_columns_come_first_then_one_column_per_item() -> None:
    assert list(dataset(response()).frame.columns) == [
        *("response_id", "unit", "stratum", "psu", "mode"),
        *("polite", "quick", "visited", "why"),
        *("needs__seats", "needs__forms", "needs__online"),
        *("order__seats", "order__forms", "order__online"),
        *("size", "age", "comment"),
    ]


def test_answers_stand_as_they_were_given() -> None:
    told = row(response(polite="4", visited="2", why="1", age=34, comment="Tốt"))
    assert (told["polite"], told["why"], told["age"], told["comment"]) == ("4", "1", 34, "Tốt")


def test_several_choices_are_one_column_each() -> None:
    told = row(response(needs=["seats", "online"], order=["online", "seats"]))
    assert [told["needs__seats"], told["needs__forms"], told["needs__online"]] == [1, 0, 1]
    assert [told["order__seats"], told["order__forms"], told["order__online"]] == [2, 0, 1]


def test_why_an_answer_is_missing_is_kept() -> None:
    told = row(response(polite="dk", visited="no_answer", needs=["dk"]))
    assert told["polite"] == "-8"  # don't know
    assert told["visited"] == "-7"  # refused
    assert told["quick"] == "-6"  # left blank
    assert told["why"] == "-9"  # not asked
    assert told["needs__seats"] == -8
    assert told["order__seats"] == -6
    assert told["age"] == -6
    assert told["comment"] == "-6"
    assert row(response(visited="2", why="away"))["why"] == "-5"  # not applicable


def test_an_answer_off_the_route_was_not_asked() -> None:
    assert row(response(visited="1", why="5"))["why"] == "-9"


def test_an_empty_answer_is_a_blank() -> None:
    told = row(response(polite="", needs=[], age=None))
    assert (told["polite"], told["needs__seats"], told["age"]) == ("-6", -6, -6)


def test_valid_answers_only() -> None:
    told = dataset(response(polite="4", age=34), response("r2", polite="dk", needs=["seats"]))
    valid = told.valid(["polite", "age", "needs__seats", "comment"])
    assert valid["polite"].to_list() == ["4", np.nan]
    assert list(valid["polite"].cat.categories) == ["1", "2", "3", "4", "5"]
    assert list(told.valid(["size"])["size"].cat.categories) == ["small", "large"]  # as defined, not by name
    assert valid["age"].isna().to_list() == [False, True]
    assert valid["needs__seats"].to_list()[1] == 1
    assert valid["comment"].isna().all()


def test_rows_are_in_the_order_of_their_numbers_however_they_come() -> None:
    records = [response("r3", age=3), response("r1", age=1), response("r2", age=2)]
    frame = dataset(*records).frame
    assert list(frame["age"]) == [1, 2, 3]
    pd.testing.assert_frame_equal(frame, dataset(*reversed(records)).frame)


def test_the_codebook_says_what_each_code_means() -> None:
    codebook = dataset(response()).codebook
    polite = codebook[codebook["column"] == "polite"].set_index("code")
    assert list(polite.index) == ["1", "2", "3", "4", "5", "-9", "-8", "-7", "-6", "-5"]
    assert polite.loc["4", "label_vi"] == "Mức 4"
    assert polite.loc["4", "text_en"] == "Item polite"
    assert polite.loc["-8", "label_en"] == "Don't know"
    assert polite.loc["-8", "missing"] == "dont_know"
    assert polite.loc["-9", "missing"] == "not_asked"
    needs = codebook[codebook["column"] == "needs__seats"]
    assert needs.iloc[0][["item", "kind", "label_vi"]].to_list() == ["needs", "indicator", "seats"]


def test_every_value_that_does_not_fit_is_named_at_once() -> None:
    records = [
        response("r1", polite="9", age="old"),
        response("r2", age=-6, colour="red", needs=["seats", "cars"]),
        response("r2"),
        {"response_id": "r4", "unit": "A", "answers": {}},
    ]
    with pytest.raises(DataError) as refused:
        dataset(*records)
    said = list(map(str, refused.value.faults))
    assert said == [
        "r1.polite: “9” is not one of the answers to choose from.",
        "r1.age: “old” is not a number.",
        "r2.needs: “cars” is not one of the answers to choose from.",
        "r2.age: The number -6 marks a missing answer and cannot be an answer.",
        "r2.colour: The questionnaire has no question “colour”.",
        "r2.response_id: The response is there more than once.",
        "r4.stratum: The response has no stratum.",
    ]


def test_a_survey_without_responses_has_columns_and_no_rows() -> None:
    empty = dataset()
    assert len(empty.frame) == 0
    assert "polite" in empty.frame.columns
