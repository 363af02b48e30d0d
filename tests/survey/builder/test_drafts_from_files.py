"""What a file leaves out keeps nobody from editing; what no form could show is refused at its place."""

from __future__ import annotations

import copy
import io
import json
import random
from typing import Any

import pytest

from questionnaires import library
from questionnaires.editing.coded import tables
from survey.db import db
from survey.models import DefinitionDraft
from tests.survey.builder.draft_life import dak_lak, small
from tests.survey.builder.test_drafts_unfinished import places

QUESTIONNAIRES = {"small": small(), "citizens": library.source("citizen-satisfaction-2024")}
PAGES = {
    "framework": (
        "",
        "/head",
        "/bands",
        "/changes",
        "/ranking-groups",
        "/renumber",
        ".xlsx",
        ".json",
        ".toml",
    ),
    "questionnaire": ("", "/head", "/factors", "/bank", "/names", ".json", ".toml"),
}
"""Kind of definition → the pages and files of its drafts that are there whatever parts it has."""


def upload(client, kind: str, content: Any):
    data = {"file": (io.BytesIO(json.dumps(content).encode()), "tep.json")}
    return client.submit(f"/{kind}s/drafts/new/file", data, content_type="multipart/form-data")


def gaps(content: dict[str, Any], seed: int, times: int) -> dict[str, Any]:
    """The definition without some of what stands in it, but for codes."""
    chance, content = random.Random(seed), copy.deepcopy(content)
    for _ in range(times):
        holder, key = chance.choice([each for each in places(content) if each[1] != "code"])
        del holder[key]
    return content


def every_page_opens(client, kind: str, draft_id: int, parts: list[str]) -> bool:
    root = f"/{kind}s/drafts/{draft_id}"
    pages = [f"{root}{leaf}" for leaf in (*PAGES[kind], *parts)]
    return [client.get(page).status_code for page in pages] == [200] * len(pages)


def only_draft(app) -> DefinitionDraft:
    with app.app_context():
        return db.session.query(DefinitionDraft).one()


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("name", QUESTIONNAIRES)
def test_a_questionnaire_with_gaps_can_be_edited(app, client, sign_in, name, seed):
    sign_in("planner")
    assert upload(client, "questionnaire", gaps(QUESTIONNAIRES[name], seed, 12)).status_code == 303
    draft = only_draft(app)
    sections = tables(draft.content, "sections")
    questions = [each for section in sections for each in tables(section, "questions")]
    parts = [f"/sections/{each['code']}" for each in sections]
    parts += [f"/scales/{each['code']}" for each in tables(draft.content, "scales")]
    parts += [f"/questions/{each['code']}" for each in questions[:8]]
    assert every_page_opens(client, "questionnaire", draft.id, parts)


@pytest.mark.parametrize("seed", range(4))
def test_a_framework_with_gaps_can_be_edited(app, client, sign_in, seed):
    sign_in("planner")
    assert upload(client, "framework", gaps(dak_lak(), seed, 60)).status_code == 303
    draft = only_draft(app)
    nodes = [each["code"] for each in tables(draft.content, "nodes")][
        :: max(1, len(draft.content["nodes"]) // 6)
    ]
    parts = [f"/nodes/{code}{leaf}" for code in nodes for leaf in ("", "/move", "/split", "/retire")]
    assert every_page_opens(client, "framework", draft.id, parts)


def test_a_level_of_a_rule_without_points_leaves_the_spreadsheet_whole(app, client, sign_in):
    sign_in("planner")
    levels = [{"at_least": 80, "points": 4}, {"at_least": 90}]
    leaf = {"code": "1", "title": {"vi": "Hài lòng"}, "max_points": 100, "assessed_by": "survey"}
    rule = {"name": "levels", "levels": levels}
    assert upload(client, "framework", dak_lak(nodes=[leaf | {"rule": rule}])).status_code == 303
    assert client.get(f"/frameworks/drafts/{only_draft(app).id}.xlsx").status_code == 200


REFUSED: dict[str, tuple[str, Any]] = {
    "a question without a code": ("sections.1.questions.1.code", {"code": ""}),
    "a code that no address can hold": ("sections.1.questions.1.code", {"code": "a/b"}),
    "a code of another question": ("sections.1.questions.2.code", {"code": "late"}),
    "a number for a code": ("sections.1.questions.1.code", {"code": 1}),
    "a text for a list": ("sections.1.questions.1.rows", {"rows": "một"}),
    "a text for a table": ("sections.1.questions.1.text", {"text": "một"}),
    "a list for a text": ("sections.1.questions.1.kind", {"kind": ["single"]}),
}
"""What is wrong with the first question → its place in the file, and what stands there."""


@pytest.mark.parametrize("what", REFUSED)
def test_what_no_form_can_show_is_refused_at_its_place(app, client, sign_in, what):
    place, wrong = REFUSED[what]
    sign_in("planner")
    content = small()
    content["sections"][0]["questions"][0] |= wrong
    page = upload(client, "questionnaire", content)
    assert page.status_code == 422
    assert place in page.text
    with app.app_context():
        assert db.session.query(DefinitionDraft).count() == 0


def test_a_file_without_lists_of_parts_or_one_that_nests_for_ever_is_refused(client, sign_in):
    sign_in("planner")
    assert upload(client, "questionnaire", small(sections="một")).status_code == 422
    nested: Any = "một"
    for _ in range(30):
        nested = [nested]
    page = upload(client, "questionnaire", small(source_of=nested))
    assert page.status_code == 422
    assert "lồng" in page.text
