"""A planner works on the tree: adds, renames, moves and takes out criteria of a draft."""

import pytest

from questionnaires import parse_framework
from questionnaires.editing.framework_codes import next_code
from questionnaires.editing.framework_nodes import (
    add_node,
    move_node,
    remove_node,
    retire_node,
    set_node,
)
from questionnaires.editing.framework_numbering import renumber, renumbering
from questionnaires.editing.refused import EditRefused
from tests.questionnaires.editing.framework_drafts import codes, draft, leaf, node, tree


def refusal(edit, *given):
    """Place and English sentence of a refused edit."""
    with pytest.raises(EditRefused) as error:
        edit(*given)
    return error.value.fault.place, error.value.fault.sentence(language="en")


def test_a_new_criterion_stands_behind_the_last_of_its_parent_with_the_next_code():
    made = add_node(draft(), "1", node={"title": {"vi": "Mới"}})
    assert codes(made) == ["1", "1.1", "1.1.1", "1.1.2", "1.2", "1.3", "2", "2.1", "2.2"]
    assert node(made, "1.3") == {"code": "1.3", "parent": "1", "title": {"vi": "Mới"}}


def test_a_new_criterion_stands_behind_the_sibling_that_was_chosen():
    made = add_node(draft(), "1", after="1.1")
    assert codes(made)[:6] == ["1", "1.1", "1.1.1", "1.1.2", "1.3", "1.2"]  # 1.2 is taken


def test_the_first_part_of_a_criterion_and_the_first_field_have_codes_too():
    assert next_code(draft(), "1.2") == "1.2.1"
    assert next_code(draft(), None) == "3"
    assert next_code({"nodes": []}, None) == "1"
    assert next_code({"nodes": [{"code": "mục 1"}]}, None) == "1"  # no code that others could follow


@pytest.mark.parametrize(
    ("fields", "parent", "proposed"),
    [
        (["I", "II", "III"], None, "IV"),
        (["c7"], None, "c8"),
        (["TC-09"], None, "TC-10"),
        (["1.9"], None, "1.10"),
        (["plan"], None, "plan_2"),
    ],
)
def test_the_next_code_is_written_as_the_others_are(fields, parent, proposed):
    assert next_code({"nodes": [{"code": code} for code in fields]}, parent) == proposed


def test_the_first_part_is_parted_from_its_parent_as_other_parts_are():
    nodes = [{"code": "c1"}, {"code": "c1_1", "parent": "c1"}, {"code": "c2"}]
    assert next_code({"nodes": nodes}, "c2") == "c2_1"


def test_what_cannot_be_added_is_said_in_words():
    assert refusal(add_node, draft(), "9") == ("parent", "There is no criterion “9” here any more.")
    assert refusal(add_node, draft(), "1", "2.1") == (
        "after",
        "“2.1” does not stand at that place any more.",
    )
    assert refusal(add_node, draft(), "1", None, {"code": "2.2"}) == (
        "code",
        "“2.2” is already the code of another criterion.",
    )
    assert refusal(add_node, draft(), "1", None, {"code": "mục 1"})[0] == "code"


def test_another_code_is_followed_by_parts_bands_tie_and_changes():
    made = set_node(draft(), "1", {"code": "I", "title": {"vi": "Chỉ đạo, điều hành"}})
    assert tree(made)[:3] == [("I", None), ("1.1", "I"), ("1.1.1", "1.1")]
    assert made["bands"][0]["when"] == "${index} >= 90 and ${field_I} >= 80"
    assert made["bands"][1] == draft()["bands"][1]  # a quoted text is no field
    tied = set_node(draft(), "2.1", {**node(draft(), "2.1"), "code": "2.9"})
    assert tied["tie"]["criterion"] == "2.9"
    assert tied["changes"][2]["code"] == "2.1"  # dropped: a code of the version before
    renamed = set_node(draft(), "1.2", {**node(draft(), "1.2"), "code": "1.5"})
    assert renamed["changes"][0]["code"] == "1.5"
    assert parse_framework(made).title
    assert parse_framework(tied).tie.criterion == "2.9"


def test_a_table_replaces_the_whole_node_at_its_place():
    made = set_node(draft(), "2.2", {"title": {"vi": "Khác"}, "parent": "1"})
    assert node(made, "2.2") == {"code": "2.2", "parent": "2", "title": {"vi": "Khác"}}
    assert codes(made) == codes(draft())


def test_a_node_that_someone_took_out_meanwhile_cannot_be_written():
    gone = remove_node(draft(), "2.2")
    assert refusal(set_node, gone, "2.2", {"title": {"vi": "Khác"}}) == (
        "code",
        "There is no criterion “2.2” here any more.",
    )
    assert refusal(set_node, draft(), "2.2", {"code": "2.1"})[0] == "code"
    assert refusal(set_node, draft(), "2.2", {"code": ""}) == ("code", "Give the criterion a code.")


def test_a_criterion_moves_with_all_below_it():
    moved = move_node(draft(), "1.1", "2", 2)
    assert codes(moved) == ["1", "1.2", "2", "2.1", "1.1", "1.1.1", "1.1.2", "2.2"]
    assert node(moved, "1.1")["parent"] == "2"
    assert codes(move_node(draft(), "2", None, 1))[:3] == ["2", "2.1", "2.2"]
    assert codes(move_node(draft(), "1.1", "1"))[:4] == ["1", "1.2", "1.1", "1.1.1"]
    assert "parent" not in node(move_node(draft(), "2.2", None, 99), "2.2")


def test_nothing_moves_under_itself():
    sentence = "“1” cannot hang under itself or one of its own parts."
    assert refusal(move_node, draft(), "1", "1.1.2", 1) == ("parent", sentence)
    assert refusal(move_node, draft(), "1", "1", 1) == ("parent", sentence)


def test_a_retired_criterion_is_noted_as_dropped():
    made = retire_node(draft(), "1.1")
    assert codes(made) == ["1", "1.2", "2", "2.1", "2.2"]
    assert made["changes"][-1] == {"kind": "dropped", "before": {"vi": "Kế hoạch"}, "code": "1.1"}


def test_the_version_before_is_told_by_its_own_names():
    renamed = retire_node(draft(), "1.2")["changes"]
    assert renamed[0] == {"kind": "dropped", "before": {"vi": "Cũ"}, "code": "1.2"}
    assert len(renamed) == 3
    added = retire_node(draft(), "2.2")["changes"]
    assert [change["kind"] for change in added] == ["renamed", "dropped"]
    field = retire_node(draft(), "2")["changes"]
    assert [(change["kind"], change["code"]) for change in field] == [
        ("renamed", "1.2"),
        ("dropped", "2.1"),
        ("dropped", "2"),
    ]


def test_removing_notes_nothing():
    assert remove_node(draft(), "1.1")["changes"] == draft()["changes"]


def test_codes_follow_the_order_of_the_tree():
    mixed = move_node(move_node(draft(), "1.1", "2", 1), "2", None, 1)
    made = renumber(mixed)
    assert tree(made) == [
        ("1", None),
        ("1.1", "1"),
        ("1.1.1", "1.1"),
        ("1.1.2", "1.1"),
        ("1.2", "1"),
        ("1.3", "1"),
        ("2", None),
        ("2.1", "2"),
    ]
    assert renumbering(mixed)["2.1"] == "1.2"
    assert made["tie"]["criterion"] == "1.2"
    assert made["bands"][0]["when"] == "${index} >= 90 and ${field_2} >= 80"
    assert [change["code"] for change in made["changes"]] == ["2.1", "1.3", "2.1"]


def test_renumbering_keeps_the_manner_of_the_codes():
    nodes = [
        {"code": "II"},
        {"code": "II-2", "parent": "II"},
        {"code": "I"},
        {"code": "I-2", "parent": "I"},
    ]
    assert codes(renumber({"nodes": nodes})) == ["I", "I-1", "II", "II-1"]
    nodes = [{"code": "c2"}, {"code": "c2_4", "parent": "c2"}]
    assert codes(renumber({"nodes": nodes})) == ["c1", "c1_1"]


def test_what_hangs_nowhere_is_not_numbered():
    lost = {"nodes": [*draft()["nodes"], leaf("9.1", "9", 5)]}
    assert refusal(renumber, lost)[1].startswith("“9.1” hangs under no field.")
