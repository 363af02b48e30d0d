"""Where boxes stand: each answer has one, none touches another, all lie inside the page."""

from itertools import combinations

import pytest
from hypothesis import given, settings

from questionnaires import library, parse_questionnaire
from questionnaires.paper import form_layout
from questionnaires.paper.layout import PAGE_HEIGHT, PAGE_WIDTH
from tests.questionnaires.random_definitions import sound_questionnaires

SHIPPED = [(name, language) for name in library.names() for language in ("vi", "en")]


def everything(layout):
    return [*layout.boxes, *layout.written, *layout.marks]


def apart(one, other, room):
    across = one.x + one.width + room <= other.x or other.x + other.width + room <= one.x
    down = one.y + one.height + room <= other.y or other.y + other.height + room <= one.y
    return one.page != other.page or across or down


def check(questionnaire, layout):
    places = [*(part.place for part in everything(layout)), *layout.codes]
    assert all(apart(one, other, 1.0) for one, other in combinations(places, 2))
    for place in places:
        assert 1 <= place.page <= layout.pages
        assert 8 <= place.x < place.x + place.width <= PAGE_WIDTH - 8
        assert 8 <= place.y < place.y + place.height <= PAGE_HEIGHT - 8
    for item in questionnaire.items():
        values = {box.value for box in layout.boxes_of(item.code)}
        assert values == {one.code for one in item.question.choices}
        rooms = [room for room in layout.written if room.item == item.code]
        assert len(rooms) == (0 if values else 1)
    assert set(layout.items()) == {item.code for item in questionnaire.items()}


@pytest.mark.parametrize(("name", "language"), SHIPPED)
def test_each_answer_of_the_library_has_a_box_of_its_own(name, language):
    questionnaire = library.load(name)
    layout = form_layout(questionnaire, language)
    check(questionnaire, layout)
    assert all(min(box.place.width, box.place.height) >= 4 for box in layout.boxes)


@settings(max_examples=15, deadline=None)
@given(sound_questionnaires())
def test_any_sound_questionnaire_can_be_placed(definition):
    questionnaire = parse_questionnaire(definition)
    check(questionnaire, form_layout(questionnaire, "vi"))
