"""An official brings in a form that somebody wrote for ODK."""

from __future__ import annotations

import io

import pytest

from questionnaires import parse_questionnaire
from questionnaires.exchange.xlsform import read_form_sheets, read_xlsform
from questionnaires.sheets import SheetsRefused
from tests.questionnaires.exchange.xlsform_sheets import CHOICES, questions, read, refusals, sheet


def test_a_plain_form_in_two_languages() -> None:
    imported = read(
        """
        type              | name  | label::vi  | label::English | required | relevant
        begin group       | you   | Về Ông/Bà  | About you      |          |
        integer           | age   | Tuổi?      | Age?           | yes      |
        select_one yes_no | comes | Đã đến?    | Have you come? |          | ${age} > 20
        end group         |       |            |                |          |
        """,
        choices="""
        list_name | name | label::Tiếng Việt (vi) | label::English
        yes_no    | yes  | Có                     | Yes
        yes_no    | no   | Không                  | No
        """,
        settings="""
        form_title | form_id | version | default_language
        Phiếu A    | phieu-a | 2026    | Tiếng Việt (vi)
        """,
    )
    assert imported.definition == {
        "code": "phieu-a",
        "version": "2026",
        "group": "citizen",
        "title": {"vi": "Phiếu A", "en": "Phiếu A"},
        "languages": ["vi", "en"],
        "sections": [
            {
                "code": "you",
                "title": {"vi": "Về Ông/Bà", "en": "About you"},
                "questions": [
                    {
                        "code": "age",
                        "kind": "integer",
                        "text": {"vi": "Tuổi?", "en": "Age?"},
                        "required": True,
                    },
                    {
                        "code": "comes",
                        "kind": "single",
                        "text": {"vi": "Đã đến?", "en": "Have you come?"},
                        "relevant": "${age} > 20",
                        "choices": [
                            {"code": "yes", "text": {"vi": "Có", "en": "Yes"}},
                            {"code": "no", "text": {"vi": "Không", "en": "No"}},
                        ],
                    },
                ],
            }
        ],
    }
    assert parse_questionnaire(imported.definition)


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        ("text | q | Q |", "text"),
        ("string | q | Q |", "text"),
        ("text | q | Q | multiline", "long_text"),
        ("int | q | Q |", "integer"),
        ("decimal | q | Q |", "decimal"),
        ("date | q | Q |", "date"),
        ("note | q | Q |", "note"),
        ("select one from level | q | Q |", "single"),
        ("select1 level | q | Q | minimal", "single"),
        ("select_one level | q | Q | likert", "scale"),
        ("select all that apply from level | q | Q |", "multiple"),
        ("rank level | q | Q |", "rank"),
        ("acknowledge | q | Q |", "single"),
        ("percentage | q | Q |", "integer"),
    ],
)
def test_the_kinds_that_types_and_appearances_mean(row: str, kind: str) -> None:
    assert [one["kind"] for one in questions(f"type | name | label | appearance\n{row}")] == [kind]


def test_a_constraint_with_its_message_or_with_one_of_ours() -> None:
    survey = """
        type    | name | label | constraint        | constraint_message
        integer | age  | Tuổi? | . >= 18 and .<100 | Từ 18 đến 99
        integer | n    | Số?   | . != 13           |
    """
    age, number = questions(survey)
    assert (age["constraint"], age["constraint_message"]) == (". >= 18 and . < 100", {"vi": "Từ 18 đến 99"})
    assert number["constraint_message"] == {"vi": "Câu trả lời không hợp lệ."}
    assert [(note.row, note.heading) for note in read(survey).notes if note.row] == [(3, "constraint")]


def test_a_list_used_twice_is_a_scale_and_one_used_once_is_not() -> None:
    survey = """
        type              | name | label
        select_one yes_no | a    | A
        select_one yes_no | b    | B
        select_one level  | c    | C
    """
    assert [one.get("scale") for one in questions(survey)] == ["yes_no", "yes_no", None]
    assert [one["code"] for one in read(survey).definition["scales"]] == ["yes_no"]


def test_or_other_adds_a_choice_and_asks_what_it_is() -> None:
    which, other = questions("type | name | label\nselect_multiple level or_other | which | Mức nào?")
    assert [choice["code"] for choice in which["choices"]] == ["low", "middle", "high", "other"]
    assert (other["code"], other["kind"]) == ("which_other", "text")
    assert other["relevant"] == "selected(${which}, 'other')"


def test_a_range_becomes_a_number_within_its_limits() -> None:
    (asked,) = questions("type | name | label | parameters\nrange | n | N | start=0 end=10 step=2")
    assert asked["kind"] == "integer"
    assert asked["constraint"] == ". >= 0 and . <= 10 and . mod 2 = 0"
    assert asked["constraint_message"] == {"vi": "Trả lời từ 0 đến 10."}
    (asked,) = questions("type | name | label | parameters\nrange | n | N | start=-0.5 end=0.5 step=0.1")
    assert (asked["kind"], asked["constraint"]) == ("decimal", ". >= -0.5 and . <= 0.5")


TABLE = """
    type             | name  | label     | appearance   | required
    begin group      | part  | Phần 1    |              |
    begin group      | table | Đánh giá  | {group}      |
    {head}
    select_one level | one   | Thứ nhất  | {row}        | yes
    select_one level | two   | Thứ hai   | {row}        | {second}
    end group        |       |           |              |
    end group        |       |           |              |
"""


@pytest.mark.parametrize(
    ("group", "head", "row"),
    [
        ("table-list", "", ""),
        ("field-list", "select_one level | head | Mức | label |", "list-nolabel"),
    ],
)
def test_a_table_of_one_list_is_a_matrix(group: str, head: str, row: str) -> None:
    (matrix,) = questions(
        TABLE.format(group=group, head=head, row=row, second="yes").replace("\n    \n", "\n")
    )
    assert (matrix["code"], matrix["kind"], matrix["required"]) == ("table", "matrix", True)
    assert [one["code"] for one in matrix["rows"]] == ["one", "two"]
    assert matrix["text"] == {"vi": "Đánh giá"}


def test_a_table_whose_rows_differ_is_asked_one_by_one_under_its_label() -> None:
    text = TABLE.format(group="table-list", head="", row="", second="").replace("\n    \n", "\n")
    assert [(one["code"], one["kind"]) for one in questions(text)] == [
        ("table", "note"),
        ("one", "single"),
        ("two", "single"),
    ]


def test_inner_groups_hand_their_condition_to_each_question() -> None:
    survey = """
        type        | name  | label  | relevant
        begin_group | outer | Ngoài  |
        integer     | n     | N      |
        begin_group | inner | Trong  | ${n} > 1
        text        | a     | A      | ${n} < 9 or ${n} = 20
        end_group   |       |        |
        text        | b     | B      |
        end_group   |       |        |
        text        | c     | C      |
    """
    outer, loose = read(survey).definition["sections"]
    assert [(one["code"], one.get("relevant")) for one in outer["questions"]] == [
        ("n", None),
        ("inner", "${n} > 1"),
        ("a", "${n} > 1 and (${n} < 9 or ${n} = 20)"),
        ("b", None),
    ]
    assert [one["code"] for one in loose["questions"]] == ["c"]


def test_calculations_take_the_place_of_their_names_even_through_each_other() -> None:
    survey = """
        type      | name  | label | calculation      | relevant
        integer   | men   | Nam   |                  |
        integer   | women | Nữ    |                  |
        calculate | many  |       | ${all} > 10      |
        calculate | all   |       | ${men}+${women}  | ${men} != ''
        text      | why   | Vì?   |                  | ${many} and ${today} > '2026-01-01'
        today     | today |       |                  |
    """
    assert questions(survey)[2]["relevant"] == (
        "if(${men} != '', ${men} + ${women}, '') > 10 and today() > '2026-01-01'"
    )


def test_names_that_are_no_codes_get_the_nearest_one_everywhere() -> None:
    survey = """
        type    | name       | label | relevant
        integer | Q1         | Một   |
        integer | first-name | Hai   | ${Q1} > 1
        integer | unit       | Ba    | ../first-name = 2
    """
    assert [(one["code"], one.get("relevant")) for one in questions(survey)] == [
        ("q1", None),
        ("first_name", "${q1} > 1"),
        ("q_unit", "${first_name} = 2"),
    ]
    notes = [note.sentence() for note in read(survey).notes]
    assert "“first-name” is called “first_name” here." in notes


def test_a_missing_translation_is_filled_and_noted() -> None:
    imported = read("type | name | label::English | label::vi | hint\ntext | q | Why? | | Short")
    (section,) = imported.definition["sections"]
    assert section["questions"][0]["text"] == {"en": "Why?"}
    imported = read("type | name | label::English | label::vi\ntext | q | Why? |\ntext | r | Who? | Ai?")
    (section,) = imported.definition["sections"]
    assert section["questions"][0]["text"] == {"en": "Why?", "vi": "Why?"}
    found = [(note.row, note.heading) for note in imported.notes if "stands for it" in note.sentence()]
    assert (2, "label::English") in found


def test_metadata_defaults_and_strange_columns_are_left_out_with_a_note() -> None:
    imported = read(
        "type | name | label | default | colour\nstart | start | | |\ntext | q | Q | abc | red", choices=""
    )
    assert [(note.row, note.heading, note.sentence()) for note in imported.notes][1:] == [
        (1, "colour", "The column “colour” is not read."),
        (2, "type", "“start” is no question: the row is left out."),
        (3, "default", "Answers are not filled in beforehand here; the default is left out."),
    ]


def test_comments_and_disabled_rows_are_passed_over() -> None:
    survey = "type | name | label | disabled\n | | | \ntext | a | A | yes\ntext | b | B | no"
    assert [one["code"] for one in questions(survey)] == ["b"]


def test_all_sheets_in_one_csv_file() -> None:
    file = io.BytesIO(
        b'survey,,,\n,type,name,label\n,"select_one l",q,Q?\nchoices,,,\n,list name,name,label\n'
        b',l,x,"X, y"\n,l,z,Z\n'
    )
    (section,) = read_xlsform(read_form_sheets(file)).definition["sections"]
    assert [choice["text"]["vi"] for choice in section["questions"][0]["choices"]] == ["X, y", "Z"]


def test_a_file_without_a_sheet_of_questions() -> None:
    with pytest.raises(SheetsRefused, match="There is no sheet “survey”"):
        read_xlsform([sheet("choices", CHOICES), sheet("settings", "form_id\nx")])
    assert refusals("name | label\nq | Q") == [
        "survey 1: There is no column “type”; its heading belongs in row 1."
    ]
    assert refusals("type | name | label\nstart | s |")[0] == "survey None: The form asks no question."


@pytest.mark.parametrize(
    ("label", "settings", "assumed"),
    [
        ("label", "", {"code", "version", "group", "language"}),
        ("label::Tiếng Việt (vi)", "", {"code", "version", "group"}),
        ("label", "form_id | version | default_language\nphieu | 3 | vi", {"group"}),
        ("label", "form_id | version | hailong_group\nphieu | 3 | deputy", {"language"}),
    ],
)
def test_what_the_form_leaves_to_the_caller_is_named(label: str, settings: str, assumed: set[str]) -> None:
    form = read(f"type | name | {label}\ntext | a | Tên?", settings=settings)
    assert form.assumed == assumed
