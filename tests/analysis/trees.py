"""Small frameworks for tests, written as a table of leaves."""

import datetime

from questionnaires.expression import parse_expression
from questionnaires.framework import Band, Decision, Framework, Node, RankingGroup

DECISION = Decision(number="1/QĐ-UBND", issuer="UBND tỉnh", date=datetime.date(2022, 12, 20))


def title(text: str) -> dict[str, str]:
    return {"vi": text}


def field(code: str, max_points: float, kind: str = "points") -> Node:
    return Node(code, None, title(f"Lĩnh vực {code}"), max_points, kind=kind)


def leaf(code: str, max_points: float, assessed_by: str = "evidence", **details) -> Node:
    """A leaf of the field that its code starts with: "2.3" belongs to "2"."""
    parent = code.rpartition(".")[0] or None
    return Node(code, parent, title(f"Tiêu chí {code}"), max_points, assessed_by=assessed_by, **details)


def framework(
    *nodes: Node, bands: dict[str, str] | None = None, groups: dict[str, bool] | None = None, **details
):
    """`bands`: code → condition as people write it; `groups`: ranking group → whether it is ranked."""
    return Framework(
        code="thu",
        version="1",
        title=title("Bộ chỉ số thử"),
        decision=DECISION,
        applies_to=("department",),
        nodes=nodes,
        bands=tuple(Band(code, title(code), parse_expression(when)) for code, when in (bands or {}).items()),
        ranking_groups=tuple(
            RankingGroup(code, title(code), ranked) for code, ranked in (groups or {}).items()
        ),
        **details,
    )
