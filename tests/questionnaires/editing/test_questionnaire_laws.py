"""What holds for any form and any edit of it."""

from __future__ import annotations

import copy
import datetime
from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as st

from questionnaires import DefinitionError, parse_questionnaire
from questionnaires.editing.differences import differences, merged
from questionnaires.editing.parts import part_of, with_part
from questionnaires.editing.question_edits import (
    add_question,
    duplicate_question,
    move_question,
    remove_question,
)
from questionnaires.editing.question_places import question_of
from questionnaires.editing.question_setting import set_question
from questionnaires.editing.questionnaire_factors import add_factor, remove_factor, set_factor
from questionnaires.editing.questionnaire_languages import add_language, remove_language
from questionnaires.editing.questionnaire_scales import add_scale, remove_scale, set_scale
from questionnaires.editing.questionnaire_sections import add_section, move_section, remove_section
from questionnaires.editing.refused import EditRefused
from questionnaires.editing.renamed import Renamed
from questionnaires.kinds import KINDS
from questionnaires.routing import asked
from tests.questionnaires.random_definitions import (
    CODES,
    JSON,
    broken_questionnaires,
    sound_questionnaires,
)

TODAY = datetime.date(2024, 12, 2)

section_codes = st.sampled_from(["s0", "s1", "s2", "s3", "new"])
question_codes = st.sampled_from([f"q{number}_{index}" for number in range(4) for index in range(3)] + ["q1"])
item_codes = question_codes | st.sampled_from(["q0_0_a", "new", "weight", "Ă", ""])
scale_codes = st.sampled_from(["agree", "other", "Ă"])
positions = st.integers(-1, 5)
titles = st.just({"vi": "Tên"})
tables = st.fixed_dictionaries(
    {"code": item_codes, "kind": st.sampled_from([*KINDS])},
    optional={"rows": JSON, "choices": JSON, "relevant": JSON, "scale": scale_codes},
)
EDITS = st.one_of(
    st.tuples(st.just(add_question), section_codes, st.sampled_from([*KINDS]), st.none() | question_codes),
    st.tuples(st.just(set_question), question_codes, tables),
    st.tuples(st.just(move_question), question_codes, section_codes, positions),
    st.tuples(st.just(duplicate_question), question_codes),
    st.tuples(st.just(duplicate_question), question_codes, item_codes),
    st.tuples(st.just(remove_question), question_codes),
    st.tuples(st.just(add_section), titles, st.none() | section_codes),
    st.tuples(st.just(move_section), section_codes, positions),
    st.tuples(st.just(remove_section), section_codes),
    st.tuples(st.just(add_scale), st.fixed_dictionaries({"code": scale_codes, "choices": JSON})),
    st.tuples(st.just(set_scale), scale_codes, st.fixed_dictionaries({"code": scale_codes, "choices": JSON})),
    st.tuples(st.just(remove_scale), scale_codes),
    st.tuples(st.just(add_factor), section_codes, titles),
    st.tuples(st.just(set_factor), section_codes, titles, section_codes),
    st.tuples(st.just(remove_factor), section_codes),
    st.tuples(st.just(add_language), st.sampled_from(["fr", "vi", "Ă"])),
    st.tuples(st.just(remove_language), st.sampled_from(["fr", "vi", "en"])),
)


def edited(form, edit):
    operation, *arguments = edit
    try:
        return operation(form, *arguments)
    except EditRefused:
        return form


def unique(codes):
    return len(set(codes)) == len(codes)


def all_codes(form):
    parts = form["sections"]
    questions = [one for part in parts for one in part["questions"]]
    yield [part["code"] for part in parts]
    yield [scale["code"] for scale in form.get("scales", ())]
    rows = [question.get("rows") or [] for question in questions]
    named = [row for listed in rows if isinstance(listed, list) for row in listed if isinstance(row, dict)]
    yield [one["code"] for one in (*questions, *named)]


@settings(deadline=None)
@given(sound_questionnaires(), st.lists(EDITS, max_size=8))
def test_drafts_stay_readable_with_codes_used_once(form, edits):
    for edit in edits:
        before = copy.deepcopy(form)
        after = edited(form, edit)
        assert form == before
        form = after
        assert all(map(unique, all_codes(form)))
        with suppress(DefinitionError):
            parse_questionnaire(form)


@settings(deadline=None)
@given(broken_questionnaires() | st.dictionaries(st.text(max_size=3), JSON, max_size=3), EDITS)
def test_an_edit_of_a_broken_draft_is_done_or_refused(form, edit):
    before = repr(form)
    edited(form, edit)
    assert repr(form) == before


def a_question(data, form):
    """One question of a form, with the codes of its section and itself and its position."""
    placed = [
        (part["code"], one["code"], position)
        for part in form["sections"]
        for position, one in enumerate(part["questions"], 1)
    ]
    return data.draw(st.sampled_from(placed))


@settings(deadline=None)
@given(sound_questionnaires(), st.data())
def test_there_and_back_is_where_it_was(form, data):
    section, code, position = a_question(data, form)
    there = data.draw(st.sampled_from([part["code"] for part in form["sections"]]))
    moved = move_question(form, code, there, data.draw(positions))
    assert move_question(moved, code, section, position) == form
    number = [part["code"] for part in form["sections"]].index(section) + 1
    assert move_section(move_section(form, section, data.draw(positions)), section, number) == form


def way(form, answers):
    parts = asked(parse_questionnaire(form), answers, today=TODAY)
    return [question.code for part in parts for question in part.questions]


def given_answers(form):
    codes = [item.code for item in parse_questionnaire(form).items()]
    return st.fixed_dictionaries({}, optional={code: st.sampled_from(CODES) for code in codes})


@settings(deadline=None)
@given(sound_questionnaires(), st.data())
def test_new_codes_of_questions_and_rows_lead_everybody_the_same_way(form, data):
    _, code, _ = a_question(data, form)
    table = question_of(form, code)[1] | {"code": "renamed"}
    rows = {row["code"]: f"{row['code']}_new" for row in table.get("rows", ())}
    for row in table.get("rows", ()):
        row["code"] = rows[row["code"]]
    after = set_question(form, code, table, Renamed(rows=rows))
    answers, names = data.draw(given_answers(form)), {code: "renamed", **rows}
    answers_after = {names.get(item, item): answer for item, answer in answers.items()}
    assert way(after, answers_after) == [names.get(one, one) for one in way(form, answers)]


@settings(deadline=None)
@given(sound_questionnaires(), st.data())
def test_a_new_code_of_a_choice_leads_everybody_the_same_way(form, data):
    table = part_of(form, "scale:agree")
    for choice in table["choices"]:
        choice["code"] = {"yes": "agreed"}.get(choice["code"], choice["code"])
    after = set_scale(form, "agree", table, Renamed(choices={"yes": "agreed"}))
    on_scale = {item.code for item in parse_questionnaire(form).items() if item.question.scale}
    answers = data.draw(given_answers(form))
    answers_after = {
        item: "agreed" if item in on_scale and answer == "yes" else answer for item, answer in answers.items()
    }
    assert way(after, answers_after) == way(form, answers)


@settings(deadline=None)
@given(sound_questionnaires(), st.data())
def test_parts_put_back_and_merges_with_oneself_change_nothing(form, data):
    _, code, _ = a_question(data, form)
    base = part_of(form, f"question:{code}")
    assert with_part(form, f"question:{code}", base) == form
    other = data.draw(tables)
    assert without_nothing(merged(base, other, base, {})) == without_nothing(other)
    assert without_nothing(merged(base, base, other, {})) == without_nothing(other)
    told = {one.path: "mine" for one in differences(base, other, base)}
    assert merged(base, other, base, told) == base


def without_nothing(value):
    """A value without the keys that hold nothing: neither None nor an empty table is anything."""
    if not isinstance(value, dict):
        return value
    inner = {key: without_nothing(entry) for key, entry in value.items()}
    return {key: entry for key, entry in inner.items() if entry not in (None, {})}
