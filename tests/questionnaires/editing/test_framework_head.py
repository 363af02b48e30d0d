"""A framework begins, its head and lists are written, and a new decision replaces it."""

import datetime

import pytest

from questionnaires import dump_framework, frameworks, parse_framework
from questionnaires.editing.framework_head import (
    new_framework,
    set_changes,
    succeed,
)
from questionnaires.editing.framework_nodes import add_node
from questionnaires.editing.questionnaire_head import set_head
from questionnaires.editing.refused import EditRefused
from questionnaires.framework import Change
from tests.questionnaires.editing.framework_drafts import draft

DECISION = {"number": "7/QĐ-UBND", "issuer": "UBND tỉnh"}


def test_a_framework_grows_from_nothing():
    made = new_framework("so-2025", "1", {"vi": "Bộ chỉ số"}, DECISION, ["so"])
    made = add_node(made, None, node={"title": {"vi": "Lĩnh vực"}})
    made = add_node(
        made, "1", node={"title": {"vi": "Tiêu chí"}, "max_points": 100, "assessed_by": "evidence"}
    )
    framework = parse_framework(made)
    assert [leaf.code for leaf in framework.leaves] == ["1.1"]


@pytest.mark.parametrize(("code", "version", "place"), [("Sở 2025", "1", "code"), ("so", " ", "version")])
def test_a_framework_needs_a_code_and_a_version(code, version, place):
    with pytest.raises(EditRefused) as error:
        new_framework(code, version, {"vi": "Bộ chỉ số"}, DECISION, ["so"])
    assert error.value.fault.place == place


def test_a_head_is_replaced_and_the_lists_stay():
    made = set_head(draft(), {"code": "so", "title": {"vi": "Khác"}, "scale": 1000, "nodes": []})
    assert made["scale"] == 1000
    assert made["nodes"] == draft()["nodes"]
    assert "applies_to" not in made
    assert "tie" not in made


def test_changes_are_written_as_definitions_write_them():
    made = set_changes(draft(), [Change("added", after={"vi": "Mới"}, code="2.2")])
    assert made["changes"] == [{"kind": "added", "after": {"vi": "Mới"}, "code": "2.2"}]
    assert parse_framework(made).changes == (Change("added", after={"vi": "Mới"}, code="2.2"),)


@pytest.mark.parametrize("name", frameworks.names())
def test_the_next_version_keeps_everything_but_decision_and_changes(name):
    before = frameworks.load(name)
    decision = {"number": "9/QĐ-UBND", "issuer": "UBND tỉnh", "date": datetime.date(2026, 1, 15)}
    after = parse_framework(succeed(frameworks.source(name), "2026", decision))
    assert after.decision.replaces == before.decision.number
    assert after.decision.date == datetime.date(2026, 1, 15)
    assert after.changes == ()
    kept = {"nodes", "bands", "ranking_groups", "title", "applies_to", "tie", "notes", "scale", "code"}
    assert all(getattr(after, key) == getattr(before, key) for key in kept)
    assert dump_framework(after)["version"] == "2026"


def test_the_next_version_needs_another_name_or_another_code():
    with pytest.raises(EditRefused) as error:
        succeed(draft(), "2024", DECISION)
    assert error.value.fault.place == "version"
    assert succeed(draft(), "2024", DECISION, code="so-moi")["code"] == "so-moi"
