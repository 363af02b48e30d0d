"""Two people change the same part: each is told what the other did, and nothing is lost."""

from __future__ import annotations

import pytest

from questionnaires import frameworks, library
from questionnaires.editing.differences import Difference, differences, merged
from questionnaires.editing.parts import part_of, with_part
from questionnaires.editing.refused import EditRefused
from questionnaires.editing.renamed import Renamed


@pytest.fixture
def form():
    return library.source("citizen-satisfaction-2024")


@pytest.fixture
def framework():
    return frameworks.source("dak-lak-so-2022")


@pytest.fixture
def base(form):
    return part_of(form, "question:access_items")


def found(base, theirs, mine):
    return {difference.path: difference.kind for difference in differences(base, theirs, mine)}


@pytest.mark.parametrize(
    "place", ["head", "section:access", "question:visits", "scale:satisfaction5", "factors"]
)
def test_a_part_put_back_changes_nothing(form, place):
    assert with_part(form, place, part_of(form, place)) == form


def test_a_framework_has_parts_too(framework):
    code = framework["nodes"][3]["code"]
    wholes = [key for key in ("bands", "ranking_groups", "changes") if key in framework]
    places = ["head", f"node:{code}", *wholes]
    assert wholes == ["bands", "ranking_groups", "changes"]
    assert part_of(framework, "head").keys().isdisjoint(wholes)
    for place in places:
        assert with_part(framework, place, part_of(framework, place)) == framework


def test_a_part_taken_out_is_a_copy(form):
    part_of(form, "question:visits")["text"]["vi"] = "Khác"
    assert form == library.source("citizen-satisfaction-2024")


@pytest.mark.parametrize(
    "place", ["title", "question", "head:x", "question:none", "section:none", "scale:none", ""]
)
def test_a_part_that_is_not_there_is_refused(form, place):
    for attempt in (lambda: part_of(form, place), lambda: with_part(form, place, {})):
        with pytest.raises(EditRefused):
            attempt()


def test_a_section_is_edited_without_its_questions(form):
    assert "questions" not in part_of(form, "section:access")
    changed = with_part(form, "section:access", {"code": "access", "title": {"vi": "Tiếp cận"}})
    assert part_of(changed, "question:access_items") == part_of(form, "question:access_items")


def test_a_part_may_be_renamed(form):
    table = part_of(form, "question:on_time") | {"code": "punctual"}
    table["choices"][2]["code"] = "tardy"
    changed = with_part(form, "question:on_time", table, Renamed(choices={"late": "tardy"}))
    assert part_of(changed, "question:apology")["relevant"] == "${punctual} = 'tardy'"


def test_factors_may_all_go(form):
    assert "factors" not in with_part(form, "factors", {})
    assert part_of({}, "factors") == {}


def test_each_field_says_who_changed_it(base):
    theirs = base | {"required": False, "text": base["text"] | {"vi": "Của họ"}}
    mine = base | {"hint": {"vi": "Của tôi"}, "text": base["text"] | {"vi": "Của tôi"}}
    told = differences(base, theirs, mine)
    assert {one.path: one.kind for one in told} == {
        "required": "only_theirs",
        "text/vi": "both",
        "hint/vi": "only_mine",
    }
    assert Difference("text/vi", base["text"]["vi"], "Của họ", "Của tôi", "both") in told
    assert Difference("hint/vi", None, None, "Của tôi", "only_mine") in told


def test_both_changing_to_the_same_is_no_difference(base):
    changed = base | {"required": False}
    assert differences(base, changed, dict(changed)) == []
    assert merged(base, changed, dict(changed), {}) == changed


def test_what_one_alone_changed_is_kept_and_the_rest_chosen(base):
    theirs = base | {"required": False, "text": base["text"] | {"vi": "Của họ"}}
    mine = base | {"hint": {"vi": "Gợi ý"}, "text": base["text"] | {"vi": "Của tôi"}}
    with pytest.raises(EditRefused, match="text/vi"):
        merged(base, theirs, mine, {})
    kept = merged(base, theirs, mine, {"text/vi": "theirs"})
    assert (kept["required"], kept["hint"], kept["text"]["vi"]) == (False, {"vi": "Gợi ý"}, "Của họ")
    assert merged(base, theirs, mine, {"text/vi": "mine"})["text"]["vi"] == "Của tôi"
    assert merged(base, theirs, mine, {"text/vi": "mine", "required": "mine"})["required"] is True


def row(code):
    return {"code": code, "text": {"vi": code}}


def with_rows(base, *rows):
    return base | {"rows": list(rows)}


def row_codes(table):
    return [entry["code"] for entry in table["rows"]]


def test_rows_both_added_are_both_kept_each_behind_its_neighbour(base):
    base = with_rows(base, row("a"), row("b"))
    theirs = with_rows(base, row("a"), row("theirs"), row("b"))
    mine = with_rows(base, row("a"), row("b"), row("mine"))
    assert found(base, theirs, mine) == {"rows/theirs": "only_theirs", "rows/mine": "only_mine"}
    assert row_codes(merged(base, theirs, mine, {})) == ["a", "theirs", "b", "mine"]


def test_a_row_one_removed_and_the_other_reworded_is_for_them_to_settle(base):
    base = with_rows(base, row("a"), row("b"))
    theirs = with_rows(base, row("a"))
    mine = with_rows(base, row("a"), {"code": "b", "text": {"vi": "khác"}})
    assert found(base, theirs, mine) == {"rows/b": "both"}
    assert row_codes(merged(base, theirs, mine, {"rows/b": "theirs"})) == ["a"]
    assert merged(base, theirs, mine, {"rows/b": "mine"})["rows"] == mine["rows"]


def test_rows_one_sorted_and_the_other_extended(base):
    base = with_rows(base, row("a"), row("b"))
    theirs = with_rows(base, row("b"), row("a"))
    mine = with_rows(base, row("a"), row("b"), row("c"))
    assert found(base, theirs, mine) == {"rows": "only_theirs", "rows/c": "only_mine"}
    assert row_codes(merged(base, theirs, mine, {})) == ["b", "c", "a"]


def test_rows_sorted_by_both_in_different_ways(base):
    rows = [row(code) for code in "abc"]
    base = with_rows(base, *rows)
    theirs, mine = with_rows(base, *rows[::-1]), with_rows(base, rows[1], rows[0], rows[2])
    assert found(base, theirs, mine) == {"rows": "both"}
    assert merged(base, theirs, mine, {"rows": "theirs"}) == theirs
    assert merged(base, theirs, mine, {"rows": "mine"}) == mine


def test_a_list_taken_away_as_a_whole(base):
    theirs = {key: value for key, value in base.items() if key != "rows"} | {"kind": "scale"}
    assert found(base, theirs, base | {"required": False})["rows"] == "only_theirs"
    assert "rows" not in merged(base, theirs, base | {"required": False}, {})


def test_a_rule_is_one_field_since_its_parameters_belong_together(framework):
    node = next(node for node in framework["nodes"] if "rule" in node)
    theirs = node | {"rule": {"name": "linear", "of": "top2"}}
    mine = node | {"rule": {"name": "bands", "levels": []}, "groups": {"citizen": 1}}
    kinds = found(node, theirs, mine)
    assert kinds["rule"] == "both"
    assert [path for path in kinds if path.startswith("rule/")] == []
    assert merged(node, theirs, mine, {"rule": "theirs"})["rule"] == theirs["rule"]


def test_languages_are_one_field():
    base, theirs, mine = ({"languages": list(entry.split())} for entry in ("vi", "vi en", "vi fr"))
    assert found(base, theirs, mine) == {"languages": "both"}
