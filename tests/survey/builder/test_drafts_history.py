"""The history of a draft tells each change in words, and puts back what was removed, moved or reworded."""

from __future__ import annotations

from functools import partial

import pytest

from questionnaires.editing.framework_nodes import move_node, remove_node, set_node
from questionnaires.editing.parts import part_of, with_part
from questionnaires.editing.question_edits import add_question, move_question, remove_question
from questionnaires.editing.questionnaire_scales import add_scale, remove_scale
from questionnaires.editing.questionnaire_sections import move_section, remove_section
from survey.db import db
from survey.models import DraftChange
from tests.survey.builder.draft_life import a_draft, dak_lak, deeds, draft, edit, small


def history(client, draft_id: int, shelf: str = "questionnaires") -> str:
    return client.get(f"/{shelf}/drafts/{draft_id}/history").text


def restore(client, draft_id: int, revision: int, shelf: str = "questionnaires"):
    return client.submit(f"/{shelf}/drafts/{draft_id}/history/{revision}/restore")


def reworded(content, place="question:late", **changes):
    return with_part(content, place, {**part_of(content, place), **changes})


def extra_scale(content):
    return add_scale(content, {"code": "extra", "choices": []})


def node_of(content, code):
    return next(node for node in content["nodes"] if node["code"] == code)


def retitled(content, code):
    return set_node(content, code, {**node_of(content, code), "title": {"vi": "Tên khác"}})


def test_a_change_stands_in_words_before_and_after(app, client, sign_in):
    draft_id = a_draft(app, small())
    new = {"vi": "Có trễ hẹn hay không?", "en": "Was the result late?"}
    edit(app, draft_id, partial(reworded, text=new, required=False), "question:late")
    sign_in("viewer")
    page = history(client, draft_id)
    for words in (
        "Câu hỏi late: đã sửa",
        "(Tiếng Việt)",
        "Kết quả có trễ hẹn không?",
        "Có trễ hẹn hay không?",
        ">có<",
        ">không<",
    ):
        assert words in page, words
    assert "Was the result late?" not in page  # it did not change


REMOVALS = {
    "question:late": lambda content: remove_question(content, "late", force=True),
    "section:service": partial(remove_section, code="service"),
    "scale:extra": partial(remove_scale, code="extra"),
}


@pytest.mark.parametrize("place", REMOVALS)
def test_what_was_removed_is_put_back_where_it_stood(app, client, sign_in, place):
    whole = extra_scale(small())
    draft_id = a_draft(app, whole)
    edit(app, draft_id, REMOVALS[place], place, action="remove")
    assert draft(app, draft_id).content != whole
    sign_in("planner")
    assert restore(client, draft_id, 1).status_code == 303
    restored = draft(app, draft_id)
    assert (restored.content, restored.revision) == (whole, 2)
    assert "đã khôi phục" in history(client, draft_id)


def test_a_criterion_comes_back_with_all_below_it(app, client, sign_in):
    whole = dak_lak()
    draft_id = a_draft(app, whole, "framework")
    field = whole["nodes"][0]["code"]
    edit(app, draft_id, partial(remove_node, code=field), f"node:{field}")
    sign_in("planner")
    assert restore(client, draft_id, 1, "frameworks").status_code == 303
    assert draft(app, draft_id).content["nodes"] == whole["nodes"]


MOVES = {
    "question:visits": partial(move_question, code="visits", section="service", position=1),
    "section:service": partial(move_section, code="service", position=1),
}


@pytest.mark.parametrize("place", MOVES)
def test_what_was_moved_goes_back(app, client, sign_in, place):
    draft_id = a_draft(app, small())
    edit(app, draft_id, MOVES[place], place, action="move")
    sign_in("planner")
    assert "đã chuyển chỗ" in history(client, draft_id)
    assert restore(client, draft_id, 1).status_code == 303
    assert draft(app, draft_id).content == small()


def test_a_criterion_that_was_moved_goes_back(app, client, sign_in):
    whole = dak_lak()
    draft_id = a_draft(app, whole, "framework")
    last = whole["nodes"][-1]
    edit(
        app, draft_id, partial(move_node, code=last["code"], parent=None, position=1), f"node:{last['code']}"
    )
    sign_in("planner")
    assert restore(client, draft_id, 1, "frameworks").status_code == 303
    assert draft(app, draft_id).content["nodes"] == whole["nodes"]


def test_an_old_wording_comes_back_under_the_code_of_then(app, client, sign_in):
    draft_id = a_draft(app, small())
    edit(app, draft_id, partial(reworded, text={"vi": "Có trễ không?", "en": "Late?"}), "question:late")
    edit(app, draft_id, partial(reworded, code="delayed"), "question:late", afterwards="question:delayed")
    sign_in("planner")
    assert "đã đổi mã" in history(client, draft_id)
    assert restore(client, draft_id, 1).status_code == 303
    assert part_of(draft(app, draft_id).content, "question:late") == part_of(small(), "question:late")
    assert draft(app, draft_id).content == small()


def test_a_criterions_old_wording_comes_back(app, client, sign_in):
    whole = dak_lak()
    draft_id = a_draft(app, whole, "framework")
    code = whole["nodes"][2]["code"]
    edit(app, draft_id, partial(retitled, code=code), f"node:{code}")
    sign_in("planner")
    assert restore(client, draft_id, 1, "frameworks").status_code == 303
    assert draft(app, draft_id).content["nodes"] == whole["nodes"]


def test_what_was_not_there_before_cannot_be_put_back(app, client, sign_in):
    draft_id = a_draft(app, small())
    added = partial(add_question, section="visit", kind="text", code="new_one")
    edit(app, draft_id, added, "question:new_one")
    before = draft(app, draft_id).content
    sign_in("planner")
    assert "/restore" not in history(client, draft_id)
    page = restore(client, draft_id, 1)
    assert page.status_code == 409
    assert "không có gì để khôi phục" in page.text
    assert draft(app, draft_id).content == before


def test_a_question_whose_section_is_gone_waits_for_it(app, client, sign_in):
    draft_id = a_draft(app, small())
    edit(app, draft_id, partial(remove_question, code="improve"), "question:improve")
    edit(app, draft_id, partial(remove_section, code="service"), "section:service")
    sign_in("planner")
    page = restore(client, draft_id, 1)
    assert page.status_code == 409
    assert "service" in page.text
    assert restore(client, draft_id, 2).status_code == 303
    assert restore(client, draft_id, 1).status_code == 303
    assert draft(app, draft_id).content == small()


def test_a_code_that_names_something_else_by_now_is_in_the_way(app, client, sign_in):
    draft_id = a_draft(app, small())
    edit(app, draft_id, lambda content: remove_section(content, "service"), "section:service")
    taken = partial(add_question, section="visit", kind="text", code="polite")
    edit(app, draft_id, taken, "question:polite")
    sign_in("planner")
    page = restore(client, draft_id, 1)
    assert page.status_code == 409
    assert "polite" in page.text
    assert len(draft(app, draft_id).content["sections"]) == 3


def test_readers_see_the_history_but_change_nothing(app, client, sign_in):
    draft_id = a_draft(app, small())
    edit(app, draft_id, partial(reworded, required=False), "question:late")
    sign_in("administrator")
    assert "/restore" not in history(client, draft_id)
    assert restore(client, draft_id, 1).status_code == 403


def test_every_change_is_in_the_audit_trail(app):
    draft_id = a_draft(app, small())
    edit(app, draft_id, partial(reworded, required=False), "question:late")
    edit(app, draft_id, partial(reworded, required=False), "question:late")  # the same again changes nothing
    assert deeds(app) == ["draft.begin", "draft.edit"]
    with app.app_context():
        assert db.session.query(DraftChange).count() == 1


def test_a_long_history_goes_over_pages(app, client, sign_in):
    draft_id = a_draft(app, small())
    for number in range(51):
        edit(app, draft_id, partial(reworded, hint={"vi": f"Lần {number}."}), "question:late")
    sign_in("viewer")
    assert "Lần 50." in history(client, draft_id)
    page = client.get(f"/questionnaires/drafts/{draft_id}/history?page=2").text
    assert "Lần 0." in page
    assert "Lần 2." not in page


def test_rules_and_changes_are_told_in_words(app, client, sign_in):
    """No code of a definition stands where people compare: not “top2_share”, not “dropped”, not 0,6."""
    sign_in("planner")
    content = dak_lak()
    leaf = next(node for node in content["nodes"] if node.get("assessed_by") == "survey")
    draft_id = a_draft(app, content, "framework")
    rule = {"name": "thresholds", "of": "scaled_mean", "origin": "one", "full": 80, "between": "interpolate"}
    rated = {**leaf, "rule": rule, "groups": {"citizen": 0.6, "business": 0.4}, "combine": "pooled"}
    edit(app, draft_id, lambda it: set_node(it, leaf["code"], rated), f"node:{leaf['code']}")
    gone = {"kind": "dropped", "before": {"vi": "Tiêu chí cũ"}}
    edit(app, draft_id, lambda it: {**it, "changes": [gone]}, "changes")
    page = history(client, draft_id, "frameworks")
    for words in (
        "Theo ngưỡng",
        "điểm trung bình thang đo",
        "tăng đều từ 0",
        "Gộp mọi câu trả lời",
        "60\N{NO-BREAK SPACE}%",
    ):
        assert words in page
    for code in ("thresholds", "scaled_mean", "interpolate", "pooled", "dropped", "(of)"):
        assert code not in page
