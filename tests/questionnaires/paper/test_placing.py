"""Where boxes stand: each answer has one, none touches another, all lie inside the page."""

from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given, settings

from questionnaires import library, parse_questionnaire
from questionnaires.paper import PaperError, form_layout
from questionnaires.paper.layout import PAGE_HEIGHT, PAGE_WIDTH, ROUND, SQUARE
from questionnaires.paper.placing import place_form
from questionnaires.paper.placing.parts import Words
from questionnaires.printing.answers import choice_keys
from tests.questionnaires.forms import AGREE, choice, every_kind, form, one_question, question, section, words
from tests.questionnaires.paper.printed import of_25_items
from tests.questionnaires.random_definitions import sound_questionnaires
from tests.questionnaires.sittings import deputies

SHIPPED = [(name, language) for name in library.names() for language in ("vi", "en")]
BETWEEN = 1.0
"""Millimetres between any two boxes, at least."""


def apart(one, other):
    across = one.x + one.width + BETWEEN <= other.x or other.x + other.width + BETWEEN <= one.x
    down = one.y + one.height + BETWEEN <= other.y or other.y + other.height + BETWEEN <= one.y
    return one.page != other.page or across or down


def check(questionnaire, layout):
    """What holds for any form."""
    boxed = [*layout.boxes, *layout.written, *layout.marks]
    places = [*(each.place for each in boxed), *layout.codes]
    assert all(apart(one, other) for one, other in combinations(places, 2))
    for place in places:
        assert 1 <= place.page <= layout.pages
        assert 8 <= place.x < place.x + place.width <= PAGE_WIDTH - 8
        assert 8 <= place.y < place.y + place.height <= PAGE_HEIGHT - 8
    assert set(layout.items()) == {item.code for item in questionnaire.items()}
    for item in questionnaire.items():
        values = {box.value for box in layout.boxes_of(item.code)}
        assert values == {one.code for one in item.question.choices}
        assert [room.item for room in layout.written].count(item.code) == (0 if values else 1)


@pytest.mark.parametrize(("name", "language"), SHIPPED)
def test_each_answer_of_the_library_has_a_box_of_its_own_on_two_pages_at_most(name, language):
    questionnaire = library.load(name)
    layout = form_layout(questionnaire, language, closely=True)
    check(questionnaire, layout)
    assert layout.pages <= 2
    assert all(min(box.place.width, box.place.height) >= 4 for box in layout.boxes)


@pytest.mark.parametrize(("name", "language"), SHIPPED)
def test_each_question_has_its_answers_in_one_column_on_three_pages_at_most(name, language):
    questionnaire = library.load(name)
    layout = form_layout(questionnaire, language)
    check(questionnaire, layout)
    assert layout.pages <= 3
    for asked in questionnaire.questions():
        if asked.kind in ("single", "multiple"):
            boxes = [box.place for box in layout.boxes_of(asked.code)]
            assert len({(place.page, place.x) for place in boxes}) == 1, asked.code
            assert boxes == sorted(boxes, key=lambda place: place.y)


def test_short_questions_stand_side_by_side():
    levels = [choice(f"level_{number}") for number in range(5)]
    questions = [question(f"q{number}", "single", choices=levels) for number in range(3)]
    layout = form_layout(form(section("s", *questions)), "vi")
    tops = [min(box.place.y for box in layout.boxes_of(one["code"])) for one in questions]
    lefts = [min(box.place.x for box in layout.boxes_of(one["code"])) for one in questions]
    assert len(set(tops)) == 1
    assert lefts == sorted(set(lefts))


@pytest.mark.parametrize("closely", [False, True])
def test_25_items_stand_on_two_pages_at_most(closely):
    questionnaire = of_25_items()
    assert len(questionnaire.items()) == 25
    layout = form_layout(questionnaire, "vi", closely=closely)
    check(questionnaire, layout)
    assert layout.pages <= 2


@settings(max_examples=15, deadline=None)
@given(sound_questionnaires())
def test_any_sound_questionnaire_can_be_placed(definition):
    questionnaire = parse_questionnaire(definition)
    for closely in (False, True):
        check(questionnaire, form_layout(questionnaire, "vi", closely=closely))


@pytest.mark.parametrize(("name", "language"), SHIPPED)
def test_questions_are_set_in_nine_points_or_more_and_the_title_in_twelve(name, language):
    placed = place_form(library.load(name), language)
    sizes = [(part.markup, part.style.fontSize) for part in placed.parts if isinstance(part, Words)]
    assert max(size for _text, size in sizes) >= 12
    assert all(size >= 9 for text, size in sizes if "?" in text)


def test_one_answer_is_round_several_are_square_and_a_rank_has_a_box_for_each_choice_and_rank():
    layout = form_layout(every_kind(), "vi")
    shapes = {item: {box.shape for box in layout.boxes_of(item)} for item in ("single", "multiple", "rank")}
    assert shapes == {"single": {ROUND}, "multiple": {SQUARE}, "rank": {SQUARE}}
    ranks = Counter((box.value, box.rank) for box in layout.boxes_of("rank"))
    ranked = {(code, rank) for code in "abc" for rank in (1, 2, 3)}
    assert set(ranks) == ranked | {("dk", 1)}  # "don't know" stands alone


def test_boxes_of_a_grid_stand_in_rows_and_columns():
    layout = form_layout(every_kind(), "vi")
    first, second = (list(layout.boxes_of(row)) for row in ("row_1", "row_2"))
    assert [box.place.x for box in first] == [box.place.x for box in second]
    assert {box.place.y for box in first} != {box.place.y for box in second}
    assert len({box.place.y for box in first}) == 1


def test_a_number_has_as_many_cells_as_its_largest_value_has_digits():
    def width(**more):
        (room,) = form_layout(one_question("integer", **more), "vi").written
        return room.place.width

    message = {"constraint_message": words("Sai")}
    two = width(constraint=". >= 0 and . <= 30", **message)
    assert width(constraint=". < 200", **message) == pytest.approx(two * 3 / 2)
    assert width() == pytest.approx(two * 5)


def test_a_grid_longer_than_a_page_goes_on_under_the_same_header():
    rows = [{"code": f"r{number}", "text": words(f"Nội dung {number}")} for number in range(60)]
    questionnaire = form(section("s", question("q", "matrix", scale="agree", rows=rows)), scales=[AGREE])
    placed = place_form(questionnaire, "vi")
    check(questionnaire, placed.layout)
    assert placed.layout.pages == 2
    labels = [part.place.page for part in placed.parts if isinstance(part, Words) and part.markup == "Rather"]
    assert labels == [1, 2]


def test_a_list_longer_than_a_page_goes_on():
    picks = [choice(f"place_{number}") for number in range(400)]
    questionnaire = one_question("single", choices=picks)
    layout = form_layout(questionnaire, "vi")
    check(questionnaire, layout)
    assert layout.pages > 1


def test_skip_instructions_stand_with_their_question():
    late = question("late", "single", choices=[choice("yes"), choice("no")])
    why = question("why", "text", relevant="${late} = 'yes'")
    placed = place_form(form(section("s", late, why)), "vi")
    (text,) = [part.markup for part in placed.parts if isinstance(part, Words) and "why" in part.markup]
    assert "Chỉ trả lời nếu câu 1 là “Yes”." in text


def test_keys_are_the_digits_in_the_order_of_the_keyboard():
    assert choice_keys(3) == ("1", "2", "3")
    assert choice_keys(10)[-2:] == ("9", "0")
    assert choice_keys(12)[0] == "01"
    assert choice_keys(12)[-1] == "12"


def test_a_form_that_rates_several_units_is_refused_in_words():
    with pytest.raises(PaperError, match="several units"):
        form_layout(deputies(), "vi")


def test_a_question_too_wide_or_too_tall_for_paper_is_refused_in_words():
    picks = [choice(f"c{number}") for number in range(30)]
    with pytest.raises(PaperError, match="30 answers side by side"):
        form_layout(one_question("rank", choices=picks), "vi")
    with pytest.raises(PaperError, match="longer than a printed page"):
        form_layout(one_question("text", text=words("dài " * 2400)), "vi")
    books = [question(f"q{number}", "text", text=words("dài " * 1000)) for number in range(120)]
    with pytest.raises(PaperError, match="at most 99"):
        form_layout(form(section("s", *books)), "vi")


def test_words_however_long_stay_with_their_boxes_on_the_page():
    long = words("Quy định pháp luật chồng chéo, thay đổi nhiều " * 6 + "x" * 150)
    picks = [{"code": f"c{number}", "text": long} for number in range(7)]
    rows = [{"code": f"r{number}", "text": long} for number in range(12)]
    questionnaire = form(
        section("one", question("single", "single", text=long, choices=picks), title=long, intro=long),
        section("grid", question("matrix", "matrix", text=long, choices=picks, rows=rows), title=long),
        section("last", question("number", "integer", text=long), question("rank", "rank", choices=picks)),
        title=long,
    )
    placed = place_form(questionnaire, "vi")
    check(questionnaire, placed.layout)
    assert all(part.place.y + part.place.height <= PAGE_HEIGHT - 8 for part in placed.parts)
    assert all(part.place.x + part.place.width <= PAGE_WIDTH - 8 for part in placed.parts)


def test_a_form_is_placed_once_for_a_version_and_language():
    one, same, changed = (one_question("integer", text=words(text)) for text in ("Một", "Một", "Hai"))
    assert place_form(one, "vi") is place_form(same, "vi")
    assert place_form(one, "en") is not place_form(one, "vi")
    assert place_form(changed, "vi").parts != place_form(one, "vi").parts  # a draft of the same version
