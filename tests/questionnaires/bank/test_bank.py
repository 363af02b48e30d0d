"""A planner looks for a question asked before, sees its history, and puts it into this year's form."""

from __future__ import annotations

import copy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from questionnaires import library, parse_questionnaire
from questionnaires.bank import Bank, insert, search
from questionnaires.editing.question_edits import remove_question
from questionnaires.editing.question_places import question_of
from questionnaires.editing.questionnaire_head import new_questionnaire, next_version
from questionnaires.editing.questionnaire_scales import add_scale
from questionnaires.editing.questionnaire_sections import add_section
from questionnaires.editing.refused import EditRefused
from questionnaires.kinds import is_rated
from tests.questionnaires.bank.forms_of_two_years import (
    SHIPPED,
    levels,
    next_year,
    parsed,
    with_levels,
    with_question,
    with_row,
)
from tests.questionnaires.random_definitions import sound_questionnaires


@pytest.fixture(scope="module")
def bank():
    return Bank.over([])


@pytest.fixture
def empty():
    form = new_questionnaire("khao-sat-2026", "1", {"vi": "Phiếu"}, "citizen", ["vi"])
    return add_section(form, {"vi": "Đánh giá"}, code="rating")


def entry_of(bank, code, edition=(SHIPPED, "1")):
    found = bank.find(edition, code)
    assert found is not None
    return found


def found_codes(bank, *text, **serving):
    return [entry.code for entry in search(bank, *text, **serving)]


# What is in it


def test_the_22_items_of_satisfaction_are_in_it(bank):
    items = [
        item
        for entry in search(bank, criterion="satisfaction", group="citizen")
        for item in entry.latest_for("citizen").question.items()
        if item.criterion == "satisfaction"
    ]
    assert len(items) == 22


def test_a_question_citizens_and_businesses_are_asked_is_one_without_a_trend_between_them(bank):
    entry = entry_of(bank, "access_items")
    assert set(entry.groups) == {"citizen", "business"}
    assert entry.steps == ()


def test_questions_of_one_code_and_other_words_are_two(bank):
    assert entry_of(bank, "area") != entry_of(bank, "area", ("business-satisfaction-2024", "1"))


def test_a_stored_copy_of_a_shipped_form_stands_for_it(bank):
    assert len(Bank.over([library.load(SHIPPED)]).entries) == len(bank.entries)


def test_years_make_a_history():
    form = with_row(next_year(), "access_items", "access_signs", text={"vi": "Biển rõ", "en": "Signs"})
    bank = Bank.over([parsed(form), parsed(next_version(form, "1", "citizen-satisfaction-2026"))])
    steps = entry_of(bank, "access_items").steps
    assert [(step.before.year, step.after.year) for step in steps] == [(2024, 2025), (2025, 2026)]
    assert [step.trend.unbroken for step in steps] == [False, True]
    assert [trend.code for trend in steps[0].trend.items if trend.state == "reworded"] == ["access_signs"]


def test_the_year_of_a_round_counts_more_than_that_in_the_code():
    later = parsed(next_year("phieu-nguoi-dan"))
    bank = Bank.over([later], years={("phieu-nguoi-dan", "1"): 2023})
    assert [use.year for use in entry_of(bank, "sex").uses] == [2023, 2024]


def test_versions_stand_in_their_order():
    forms = [parsed(next_year(version=version)) for version in ("10", "9")]
    uses = entry_of(Bank.over(forms), "sex").uses
    assert [use.questionnaire.version for use in uses] == ["1", "9", "10"]


def test_a_new_code_is_followed_by_criterion_and_wording():
    form = next_version(library.source("officials-2024"), "1", "officials-2025")
    form = with_question(form, "leadership", code="leaders_in_charge")
    entry = entry_of(Bank.over([parsed(form)]), "leadership", ("officials-2024", "1"))
    assert entry.code == "leaders_in_charge"
    [step] = entry.steps
    [trend] = step.trend.items
    assert (trend.state, [reason.values["before"] for reason in trend.reasons]) == ("new", ["leadership"])


# Searching


@pytest.mark.parametrize("text", ["biển hiệu", "bien hieu", "HIEU bien", "Clear signs"])
def test_words_are_found_in_any_order_with_or_without_marks(bank, text):
    assert "access_items" in found_codes(bank, text)


def test_d_with_a_stroke_is_found_by_d(bank):
    assert found_codes(bank, "đúng hẹn") == found_codes(bank, "dung hen")
    assert "on_time" not in found_codes(bank, "dung hen xyz")


def test_all_words_must_be_there(bank):
    assert found_codes(bank, "biển hiệu dân tộc") == []
    assert len(search(bank)) == len(bank.entries)


def test_whole_words_come_before_beginnings():
    form = with_question(next_year(), "visits", text={"vi": "Ông/Bà lui tới mấy lần?", "en": "Times?"})
    form = with_question(form, "education", text={"vi": "Ông/Bà luit?", "en": "Education?"})
    found = found_codes(Bank.over([parsed(form)]), "lui")
    assert found == ["visits", "education"]


def test_questions_are_found_by_what_they_serve(bank):
    assert found_codes(bank, factor="access") == ["access_items"]
    assert "leadership" in found_codes(bank, group="deputy")
    assert "leadership" not in found_codes(bank, group="citizen")
    assert found_codes(bank, kind="rank") == ["priority_order"]
    assert found_codes(bank, "Ông", kind="integer", group="citizen") == ["visits"]
    assert "reform_items" in found_codes(bank, criterion="procedures_ease")


# Inserting


def test_a_question_brings_scale_criterion_and_factor(bank, empty):
    untouched = copy.deepcopy(empty)
    made = insert(empty, "rating", None, entry_of(bank, "access_items"))
    assert empty == untouched
    assert (made.code, made.notes) == ("access_items", ())
    form = parse_questionnaire(made.definition)
    assert form.factors == {"access": {"vi": "Tiếp cận dịch vụ"}}
    assert {(item.criterion, item.factor) for item in form.items()} == {("satisfaction", "access")}
    assert [scale.code for scale in form.scales] == ["satisfaction5"]
    assert len(list(form.items())) == 5


def test_figures_go_on_in_the_other_form(bank, empty):
    made = insert(empty, "rating", None, entry_of(bank, "access_items"))
    entry = entry_of(Bank.over([parsed(made.definition)]), "access_items", ("khao-sat-2026", "1"))
    assert entry.steps[-1].trend.unbroken
    assert (entry.steps[-1].before.year, entry.steps[-1].after.year) == (2024, 2026)


def test_the_wording_is_that_of_the_group(bank, empty):
    entry = entry_of(bank, "comment")
    for group in entry.groups:
        made = insert({**empty, "group": group}, "rating", None, entry)
        assert (
            question_of(made.definition, "comment")[1]["text"]["vi"]
            == dict(entry.latest_for(group).question.text)["vi"]
        )


def test_a_scale_that_is_there_is_used_and_another_of_its_code_is_left_alone(bank, empty):
    access, procedures = entry_of(bank, "access_items"), entry_of(bank, "procedures_items")
    made = insert(empty, "rating", None, access)
    made = insert(made.definition, "rating", "access_items", procedures)
    assert len(made.definition["scales"]) == 1
    own = {"code": "satisfaction5", "choices": [{"code": "1", "text": {"vi": "Kém"}}]}
    made = insert(add_scale(empty, own), "rating", None, access)
    assert made.definition["scales"][0] == own
    assert question_of(made.definition, "access_items")[1]["scale"] == "satisfaction5_2"


def test_codes_in_use_give_way_and_the_break_is_told(bank):
    made = insert(next_year(), "access", "access_items", entry_of(bank, "access_items"))
    assert made.code == "access_items_2"
    assert [note.place for note in made.notes] == [f"{code}_2" for code in ACCESS]
    assert "“access_signs_2” it is a new item" in made.notes[0].sentence()
    assert parse_questionnaire(made.definition)


ACCESS = ["access_signs", "access_seats", "access_equipment", "access_information", "access_channels"]


def test_a_route_over_what_is_not_asked_is_left_out_and_told(bank, empty):
    made = insert(empty, "rating", None, entry_of(bank, "apology"))
    assert "relevant" not in question_of(made.definition, "apology")[1]
    assert [note.sentence() for note in made.notes] == [
        "The route was left out: it depends on on_time, which this form does not ask."
    ]
    asked = insert(empty, "rating", None, entry_of(bank, "on_time")).definition
    kept = insert(asked, "rating", "on_time", entry_of(bank, "apology"))
    assert question_of(kept.definition, "apology")[1]["relevant"] == "${on_time} = 'late'"
    assert kept.notes == ()


def test_the_route_of_its_section_is_told(bank, empty):
    [note] = insert(empty, "rating", None, entry_of(bank, "results_items")).notes
    assert "${result_received} = 'yes'" in note.sentence()


def test_a_constraint_on_its_own_answer_comes_along(bank, empty):
    made = insert(empty, "rating", None, entry_of(bank, "visits"))
    assert question_of(made.definition, "visits")[1]["constraint"] == ". >= 0 and . <= 30"


def test_a_section_that_is_gone_is_refused(bank, empty):
    with pytest.raises(EditRefused, match="no section “end”"):
        insert(empty, "end", None, entry_of(bank, "visits"))


def test_every_question_can_be_used_again(bank, empty):
    for entry in bank.entries:
        made = insert(empty, "rating", None, entry)
        form = parse_questionnaire(made.definition)
        assert [one.code for one in form.questions()] == [entry.code]
        assert is_rated(entry.latest.question.kind) or not form.scales


def test_a_question_removed_comes_back_as_it_was(bank):
    form = library.source(SHIPPED)
    left = remove_question(form, "comment")
    made = insert(left, "overall", "needs", entry_of(bank, "comment"))
    assert parse_questionnaire(made.definition) == library.load(SHIPPED)


def test_the_scale_of_another_year_comes_along_under_another_code(bank):
    form = next_year()
    shorter = remove_question(with_levels(form, levels(form)[:4]), "access_items")
    made = insert(shorter, "access", None, entry_of(bank, "access_items"))
    assert [scale["code"] for scale in made.definition["scales"]] == ["satisfaction5", "satisfaction5_2"]


@settings(deadline=None)
@given(sound_questionnaires(), st.lists(st.sampled_from(Bank.over([]).entries), max_size=4), st.data())
def test_any_sound_form_stays_sound_with_any_questions_of_the_bank(form, entries, data):
    section = data.draw(st.sampled_from([part["code"] for part in form["sections"]]))
    for entry in entries:
        before = copy.deepcopy(form)
        made = insert(form, section, None, entry)
        assert form == before
        form = made.definition
        assert question_of(form, made.code)[0] == section
    assert parse_questionnaire(form)
