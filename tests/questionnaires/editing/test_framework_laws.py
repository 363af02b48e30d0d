"""Whatever is edited: the draft before stays as it was, codes stay unique, parts follow their whole."""

import copy
from contextlib import suppress

from hypothesis import given
from hypothesis import strategies as st

from questionnaires import frameworks
from questionnaires.editing.framework_nodes import add_node, move_node, remove_node, retire_node, set_node
from questionnaires.editing.framework_numbering import renumber
from questionnaires.editing.framework_points import running_sums
from questionnaires.editing.framework_split import split_node
from questionnaires.editing.refused import EditRefused
from questionnaires.framework import ancestors
from tests.questionnaires.random_definitions import broken_frameworks

SHIPPED = frameworks.source("hoa-binh-so-2024")


@st.composite
def edits(draw):
    """One edit of a draft, which may be one that must be refused."""
    one, other = (draw(st.integers(0, 200)) for _ in range(2))
    position = draw(st.integers(-1, 9))

    def edit(definition):
        codes = [node["code"] for node in definition["nodes"]] or ["1"]
        code, parent = codes[one % len(codes)], [*codes, None][other % (len(codes) + 1)]
        kinds = [
            lambda: add_node(definition, parent),
            lambda: move_node(definition, code, parent, position),
            lambda: set_node(definition, code, {"code": f"x{one}", "title": {"vi": "Mới"}}),
            lambda: split_node(definition, code, [{}, {}, {}]),
            lambda: retire_node(definition, code),
            lambda: remove_node(definition, code),
            lambda: renumber(definition),
        ]
        return kinds[(one + other) % len(kinds)]()

    return edit


@given(st.lists(edits(), max_size=6))
def test_edits_leave_the_old_draft_alone_and_the_new_one_in_order(made):
    definition = SHIPPED
    for edit in made:
        before = copy.deepcopy(definition)
        edited = definition
        with suppress(EditRefused):
            edited = edit(definition)
        assert definition == before
        definition = edited
    codes = [node["code"] for node in definition["nodes"]]
    assert len(codes) == len(set(codes))
    parents = {node["code"]: node.get("parent") for node in definition["nodes"]}
    for number, code in enumerate(codes):
        line = ancestors(code, parents)
        assert all(codes.index(above) < number for above in line)
        assert code not in line
        assert parents[code] is None or parents[code] in parents


@given(broken_frameworks())
def test_no_draft_is_too_broken_to_sum_or_edit(broken):
    running_sums(broken)
    edits = (lambda: add_node(broken, None), lambda: renumber(broken), lambda: retire_node(broken, "c1_1"))
    for edit in edits:
        with suppress(EditRefused):
            running_sums(edit())
