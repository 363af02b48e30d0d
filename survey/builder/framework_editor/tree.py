"""The tree of a draft line by line: points and what is left of them, how it is assessed, what is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask_babel import gettext

from questionnaires import Fault
from questionnaires.editing.framework_points import NodeSum, RunningSums
from questionnaires.editing.framework_tree import Definition, branch, nodes_of, parts_of
from questionnaires.editing.rule_fields import RULE_NAMES
from questionnaires.framework import Node
from survey.builder.framework_editor.page import node_address
from survey.builder.framework_editor.reading import Reading
from survey.builder.tree import groups_in_words
from survey.language import text
from survey.models import DefinitionDraft

UNTITLED = "…"


@dataclass(frozen=True)
class NodeLine:
    """A node: `sums` are its points, `faults` lead to the fields where they are mended.

    `first`, `last`: whether it is so among the parts of its parent.
    """

    sums: NodeSum
    node: Node
    rule: str
    groups: str
    faults: tuple[tuple[Fault, str], ...]
    first: bool
    last: bool

    @property
    def title(self) -> str:
        return text(self.node.title) or UNTITLED


def tree_lines(draft: DefinitionDraft, reading: Reading, sums: RunningSums) -> list[NodeLine]:
    faults = faults_by_node(reading)
    places = {node.code: number for number, node in enumerate(reading.framework.nodes, 1)}
    ends = family_ends(sums.nodes)
    return [
        NodeLine(
            sums=each,
            node=(node := reading.framework.by_code[each.code]),
            rule=rule_in_short(node),
            groups=groups_in_words(node),
            faults=tuple(placed(draft, each.code, faults.get(places[each.code], []))),
            first=each.code in ends[0],
            last=each.code in ends[1],
        )
        for each in sums.nodes
        if each.code in reading.framework.by_code
    ]


def faults_by_node(reading: Reading) -> dict[int, list[Fault]]:
    """The faults of each node, by its position in the definition, told from the node."""
    found: dict[int, list[Fault]] = {}
    for fault in reading.faults:
        key, _, below = fault.place.partition(".")
        number, _, field = below.partition(".")
        if key == "nodes" and number:
            found.setdefault(int(number), []).append(Fault(field, fault.template, fault.values))
    return found


def placed(draft: DefinitionDraft, code: str, faults: Sequence[Fault]) -> Iterator[tuple[Fault, str]]:
    for fault in faults:
        yield fault, node_address(draft, code, fault.place)


def family_ends(sums: Sequence[NodeSum]) -> tuple[set[str], set[str]]:
    """The codes of all first children, and of all last ones."""
    first = {each.parent: each.code for each in reversed(sums)}
    last = {each.parent: each.code for each in sums}
    return set(first.values()), set(last.values())


def rule_in_short(node: Node) -> str:
    return gettext(RULE_NAMES[node.rule.name]) if node.rule and node.rule.name in RULE_NAMES else ""


def possible_parents(definition: Definition, sums: RunningSums, code: str) -> list[NodeSum]:
    """The nodes that one may be hung under: all but itself and what is below it."""
    own = branch(nodes_of(definition), code)
    return [each for each in sums.nodes if each.code not in own]


def below_and_itself(definition: Definition, sums: RunningSums, code: str) -> list[NodeSum]:
    own = branch(nodes_of(definition), code)
    return [each for each in sums.nodes if each.code in own]


def has_parts(definition: Definition, code: str) -> bool:
    return bool(parts_of(nodes_of(definition), code))
