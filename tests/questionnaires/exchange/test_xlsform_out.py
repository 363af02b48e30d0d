"""What is exported as an XLSForm comes back as it was, and pyxform accepts it."""

from __future__ import annotations

import io
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from pyxform.xls2xform import convert

from questionnaires import DefinitionError, library, parse_questionnaire
from questionnaires.exchange.xlsform import read_form_sheets, read_xlsform, write_xlsform
from questionnaires.schema import Questionnaire
from tests.questionnaires.forms import AGREE, choice, definition, every_kind, question, section, words
from tests.questionnaires.random_definitions import sound_questionnaires


def there_and_back(questionnaire: Questionnaire) -> Questionnaire:
    content = write_xlsform(questionnaire)
    convert(content)  # raises PyXFormError for a form that it does not accept
    imported = read_xlsform(read_form_sheets(io.BytesIO(content)))
    assert imported.notes == ()
    return parse_questionnaire(imported.definition)


@pytest.mark.parametrize("name", library.names())
def test_the_shipped_questionnaires_come_back_as_they_were(name: str) -> None:
    assert there_and_back(library.load(name)) == library.load(name)


def test_every_kind_of_question_comes_back() -> None:
    assert there_and_back(every_kind()) == every_kind()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(sound_questionnaires())
def test_any_sound_questionnaire_comes_back(made: dict[str, Any]) -> None:
    assert there_and_back(parse_questionnaire(made)) == parse_questionnaire(made)


def test_everything_that_xlsform_has_no_column_for_comes_back() -> None:
    rows = [
        {"code": "polite", "text": words("Lịch sự"), "criterion": "1.2", "factor": "staff"},
        {"code": "quick", "text": words("Nhanh"), "criterion": "1.3"},
    ]
    made = definition(
        section(
            "served",
            question(
                "staff_table", "matrix", scale="agree", rows=rows, hint=words("Mỗi dòng"), required=True
            ),
            question("how_old", "integer", profile=True, sensitive=True, hint=words("Tròn tuổi")),
            question("which", "unit", choices=[choice("so_y_te"), choice("so_tu_phap")], unit_of_rating="so"),
            intro=words("Về lần gần nhất"),
            relevant="today() > date('2026-01-01')",
        ),
        scales=[AGREE, {"code": "unused", "choices": [choice("1"), choice("2", "refused")]}],
        factors={"staff": words("Công chức"), "place": words("Nơi chờ")},
        intro=words("Kính thưa Ông/Bà"),
        illustrative=True,
        source="Quyết định 1/QĐ",
    )
    assert there_and_back(parse_questionnaire(made)) == parse_questionnaire(made)


def test_codes_that_meet_in_one_space_of_names_are_set_apart() -> None:
    """Sections, questions and lists may share a code here; in an XLSForm all names are one space."""
    made = definition(
        section("q", question("q", "single", scale="agree"), question("meta", "integer", constraint=". > 1")),
        section(
            "meta",
            question(
                "agree", "single", choices=[choice("x"), choice("y")], relevant="${meta} > 1 or ${q} = 'no'"
            ),
        ),
        scales=[AGREE],
    )
    made["sections"][0]["questions"][1]["constraint_message"] = words("Sai")
    assert there_and_back(parse_questionnaire(made)) == parse_questionnaire(made)


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "_x000D_",
        "TRUE",
        "1.5",
        "Dòng 1\nDòng 2",
        "“Nháy” và 'nháy'",
        "<b>&amp;</b>",
        "%(x)s {y}",
        "😀",
    ],
)
def test_texts_that_spreadsheets_are_known_to_change_come_back(text: str) -> None:
    made = definition(section("s", question("q", "text", text=words(text), hint=words(text))))
    assert there_and_back(parse_questionnaire(made)) == parse_questionnaire(made)


def test_one_questionnaire_has_the_same_bytes_each_time() -> None:
    assert write_xlsform(every_kind()) == write_xlsform(every_kind())


def test_a_text_that_a_form_would_take_for_an_answer_is_named_and_not_exported() -> None:
    made = definition(section("s", question("price", "integer", hint=words("Giá ${vnd} mỗi hồ sơ"))))
    with pytest.raises(DefinitionError) as refused:
        write_xlsform(parse_questionnaire(made))
    assert {fault.place for fault in refused.value.faults} == {
        "sections.1.questions.1.hint.vi",
        "sections.1.questions.1.hint.en",
    }
