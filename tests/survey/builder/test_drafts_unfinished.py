"""A draft may be full of faults: its review shows what there is, and never breaks."""

from __future__ import annotations

import copy
import random
from typing import Any

import pytest

from questionnaires import library
from tests.survey.builder.draft_life import a_draft, dak_lak, small

JUNK: tuple[Any, ...] = (None, "", 0, -7, 1e9, True, [], {}, "x", ["x"], {"x": "y"}, [{}], {"vi": {"vi": 1}})


def places(value: Any) -> list[tuple[Any, Any]]:
    """Every holder with every key or position in it."""
    keys = list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    return [(value, key) for key in keys] + [each for key in keys for each in places(value[key])]


def spoilt(content: dict[str, Any], seed: int, times: int = 12) -> dict[str, Any]:
    """The definition with junk or nothing in some of its places; its lists of parts stay lists."""
    chance, content = random.Random(seed), copy.deepcopy(content)
    for _ in range(times):
        holder, key = chance.choice([each for each in places(content) if each[1] not in ("code", "version")])
        if chance.random() < 0.3:
            del holder[key]
        else:
            holder[key] = copy.deepcopy(chance.choice(JUNK))
    return content


QUESTIONNAIRES = {"small": small(), "citizens": library.source("citizen-satisfaction-2024")}


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("name", QUESTIONNAIRES)
def test_any_spoilt_questionnaire_can_be_read(app, client, sign_in, name, seed):
    draft_id = a_draft(app, spoilt(QUESTIONNAIRES[name], seed))
    sign_in("planner")
    assert client.get(f"/questionnaires/drafts/{draft_id}/review").status_code == 200
    assert client.get("/questionnaires").status_code == 200


@pytest.mark.parametrize("seed", range(15))
def test_any_spoilt_framework_can_be_read(app, client, sign_in, seed):
    draft_id = a_draft(app, spoilt(dak_lak(), seed, times=40), "framework")
    sign_in("planner")
    assert client.get(f"/frameworks/drafts/{draft_id}/review").status_code == 200
    assert client.get("/frameworks").status_code == 200


def test_criteria_that_hang_nowhere_or_in_a_loop_are_shown(app, client, sign_in):
    loop = [{"code": "1", "parent": "2", "title": {"vi": "Một"}}, {"code": "2", "parent": "1"}]
    lost = [{"code": "3", "parent": "9", "title": {"vi": "Lạc"}}]
    draft_id = a_draft(app, dak_lak(nodes=loop + lost), "framework")
    sign_in("viewer")
    page = client.get(f"/frameworks/drafts/{draft_id}/review").text
    for code in ("1", "2", "3"):
        assert f'id="node-{code}"' in page


@pytest.mark.parametrize("kind", ["framework", "questionnaire"])
def test_an_empty_draft_can_be_read(app, client, sign_in, kind):
    draft_id = a_draft(app, {}, kind)
    sign_in("planner")
    assert client.get(f"/{kind}s/drafts/{draft_id}/review").status_code == 200
