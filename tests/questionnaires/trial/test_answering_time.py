"""A planner reads how long the questionnaire will take, and what that rests on."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from questionnaires import library
from questionnaires.parse import examine
from questionnaires.trial import PACE, Estimate, Pace, Spread, answering_time, walk
from questionnaires.trial.syllables import sentences, syllables
from tests.questionnaires.forms import choice, definition, form, question, section, words

TODAY = date(2026, 3, 2)
EVEN = Pace(
    reading={"vi": Spread(60, 60, 60), "en": Spread(30, 30, 30)},
    answering={"single": Spread(9, 5, 2), "matrix": Spread(3, 3, 3), "text": Spread(20, 10, 4)},
    most_choices=3,
)
"""One syllable a second, so that times can be counted by hand."""


def seconds(*questions: dict[str, Any], **more: Any) -> Estimate:
    return answering_time(form(section("s", *questions), **more), pace=EVEN)


def test_a_written_word_is_a_syllable() -> None:
    assert syllables("Ông/Bà hài lòng ở mức nào?") == 7
    assert syllables("Từ 3,5 đến 12 triệu (đồng) – năm 2024") == 8
    assert sentences("Một câu. Hai câu? Ba;\nbốn") == ["Một câu.", "Hai câu?", "Ba;", "bốn"]


def test_reading_and_answering_add_up() -> None:
    asked = question("q", "single", text=words("Bao nhiêu lần"), choices=[choice("one"), choice("two")])
    # Read: title "Phiếu", section "s", 3 syllables, 2 choices = 7 s; answer: 2, 5 or 9 s.
    found = seconds(asked)
    assert (found.least, found.typical, found.most) == (9, 12, 16)


def test_every_row_of_a_table_is_read_and_answered_but_its_scale_is_read_once() -> None:
    scale = {"code": "two", "choices": [choice("yes"), choice("no")]}
    rows = [{"code": f"r{number}", "text": words("Biển hiệu rõ ràng")} for number in (1, 2)]
    others = [{"code": f"o{number}", "text": words("Ghế ngồi")} for number in (1, 2)]
    tables = [
        question("a", "matrix", scale="two", rows=rows),
        question("b", "matrix", scale="two", rows=others),
    ]
    # Read: title 1, section 1, "a" 1 + 8, "b" 1 + 4, scale 2 = 18 s; answers: 4 × 3 s.
    assert seconds(*tables, scales=[scale]).typical == 30


def test_nobody_reads_a_long_list_through() -> None:
    long = question("q", "single", choices=[choice(code) for code in "abcdefgh"])
    assert seconds(long).typical == 1 + 1 + 1 + 3 + 5


def test_quick_people_leave_a_text_blank_where_they_may() -> None:
    assert seconds(question("q", "text")).least == 3
    assert seconds(question("q", "text", required=True)).least == 3 + 4


def test_the_ways_of_a_walk_set_the_limits() -> None:
    branching = form(
        section(
            "s",
            question("a", "single", required=True, choices=[choice("yes"), choice("no")]),
            question("b", "text", required=True, relevant="${a} = 'yes'"),
        )
    )
    found = answering_time(branching, walk(branching, 50, today=TODAY), pace=EVEN)
    assert found.least == 5 + 2  # title, section, "a" and its choices; a quick answer; no "b"
    assert found.most == 5 + 9 + 1 + 20


def test_the_language_has_its_own_speed() -> None:
    asked = form(section("s", question("q", "text")))
    vietnamese, english = (answering_time(asked, language=code, pace=EVEN) for code in ("vi", "en"))
    assert vietnamese.typical == 3 + 10
    assert english.typical == 2 * 6 + 10  # "Phiếu (en)", "s (en)", "q (en)" at half the speed
    assert (vietnamese.language, english.language) == ("vi", "en")


def test_an_ordinary_question_takes_about_ten_seconds() -> None:
    """As Pew Research Center reports of its stand-alone questions."""
    stem = (
        "Trong 12 tháng qua, Ông/Bà có gửi phản ánh, kiến nghị nào đến cơ quan hay không, và bằng cách nào?"
    )
    asked = question("q", "single", text=words(stem), choices=[choice(code) for code in "abcd"])
    bare = form(section("s", question("n", "note")))
    more = answering_time(form(section("s", asked))).typical - answering_time(bare).typical
    assert more == pytest.approx(10, abs=1.5)


def test_every_number_is_shown_with_its_source_or_as_ours() -> None:
    found = answering_time(library.load("citizen-satisfaction-2024"))
    assert found.least < found.typical < found.most
    shown = {str(one.name): one for one in found.assumptions}
    reading = shown["Syllables of Vietnamese read in a minute"]
    # 5.25 syllables a second aloud; silent to aloud as 175, 238 and 300 to 183.
    assert reading.figures.slow == round(5.25 * 60 * 175 / 183)
    assert reading.figures.typical == round(5.25 * 60 * 238 / 183)
    assert reading.figures.quick == round(5.25 * 60 * 300 / 183)
    assert "no published speed" in reading.source
    assert shown["Seconds to choose a level in a row of a table"].figures == PACE.answering["matrix"]
    assert "Seconds to pick a place" not in shown


def test_a_draft_without_questions_takes_no_time() -> None:
    draft, _ = examine(definition())
    assert answering_time(draft).typical < 1
