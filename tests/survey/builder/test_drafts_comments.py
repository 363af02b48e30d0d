"""Readers say what they think of a draft, at the place it is about; somebody answers and settles it."""

from __future__ import annotations

import sqlalchemy as sa

from questionnaires.editing.question_edits import remove_question
from survey.db import db
from survey.models import DraftComment
from tests.survey.builder.draft_life import a_draft, browser, dak_lak, deeds, edit, small


def say(client, draft_id: int, text: str, place: str = "", shelf: str = "questionnaires", **fields):
    path = f"/{shelf}/drafts/{draft_id}/comments"
    return client.submit(path, {"text": text, "place": place, **fields})


def comments(app) -> list[DraftComment]:
    with app.app_context():
        return list(db.session.scalars(sa.select(DraftComment).order_by(DraftComment.id)))


def review(client, draft_id: int, shelf: str = "questionnaires") -> str:
    return client.get(f"/{shelf}/drafts/{draft_id}/review").text


def test_a_comment_stands_beside_its_question_until_settled(app, client, new_user, sign_in):
    draft_id = a_draft(app, small())
    reader = browser(app, new_user("supervisor"))
    said = say(reader, draft_id, "Câu này <hỏi> hai ý", "question:late")
    assert said.location.endswith(f"/questionnaires/drafts/{draft_id}/review#remarks-question:late")
    page = review(reader, draft_id)
    assert page.index('id="question-late"') < page.index("Câu này &lt;hỏi&gt; hai ý")
    assert page.index("Câu này &lt;hỏi&gt; hai ý") < page.index('id="question-visits"')
    sign_in("planner")
    (comment,) = comments(app)
    assert "1" in client.get("/questionnaires/drafts").text
    answered = say(client, draft_id, "Đã tách", "question:late", answers=comment.id)
    assert answered.status_code == 303
    assert "Đã tách" in review(client, draft_id)
    assert client.submit(f"/questionnaires/drafts/{draft_id}/comments/{comment.id}/settle").status_code == 303
    assert "đã xong</strong>" in review(client, draft_id)
    assert deeds(app) == ["draft.begin", "draft.comment", "draft.answer", "draft.settle"]


def test_answering_what_is_settled_opens_it_again(app, client, sign_in):
    draft_id = a_draft(app, small())
    sign_in("planner")
    say(client, draft_id, "Thiếu câu hỏi về phí")
    (comment,) = comments(app)
    client.submit(f"/questionnaires/drafts/{draft_id}/comments/{comment.id}/settle")
    assert comments(app)[0].settled_by_id is not None
    say(client, draft_id, "Vẫn thiếu", answers=comment.id)
    assert comments(app)[0].settled_by_id is None


def test_only_its_author_or_a_planner_settles_a_comment(app, client, new_user, sign_in):
    draft_id = a_draft(app, small())
    author = browser(app, new_user("analyst"))
    say(author, draft_id, "Nên đổi thứ tự")
    path = f"/questionnaires/drafts/{draft_id}/comments/{comments(app)[0].id}/settle"
    sign_in("viewer")
    assert client.submit(path).status_code == 403
    assert author.submit(path).status_code == 303


def test_a_comment_without_words_or_too_long_is_not_lost(app, client, sign_in):
    draft_id = a_draft(app, small())
    sign_in("viewer")
    blank = say(client, draft_id, "  ", "question:late")
    assert blank.status_code == 422
    assert 'href="#say-question:late"' in blank.text
    long = say(client, draft_id, "dài " * 1500, "section:visit")
    assert long.status_code == 422
    assert "dài dài dài" in long.text
    assert comments(app) == []


def test_a_criterion_is_commented_on(app, client, sign_in):
    draft_id = a_draft(app, dak_lak(version="x"), "framework")
    code = dak_lak()["nodes"][1]["code"]
    sign_in("appraiser")
    assert say(client, draft_id, "Điểm hơi cao", f"node:{code}", "frameworks").status_code == 303
    page = review(client, draft_id, "frameworks")
    assert page.index(f'id="node-{code}"') < page.index("Điểm hơi cao")


def test_comments_on_a_part_that_is_gone_stay_readable(app, client, sign_in):
    draft_id = a_draft(app, small())
    sign_in("viewer")
    say(client, draft_id, "Bỏ câu này", "question:improve")
    edit(app, draft_id, lambda content: remove_question(content, "improve"), "question:improve")
    assert "Bỏ câu này" in review(client, draft_id)
    late = say(client, draft_id, "Bỏ thôi", "question:improve")
    assert late.status_code == 409
    assert len(comments(app)) == 1


def test_a_comment_of_another_draft_is_neither_answered_nor_settled(app, client, sign_in):
    first, second = a_draft(app, small()), a_draft(app, small(version="2"))
    sign_in("planner")
    say(client, first, "Một")
    (comment,) = comments(app)
    assert say(client, second, "Hai", answers=comment.id).status_code == 404
    assert client.submit(f"/questionnaires/drafts/{second}/comments/{comment.id}/settle").status_code == 404
