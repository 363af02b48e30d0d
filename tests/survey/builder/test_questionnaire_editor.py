"""A planner writes a questionnaire: parts are stored as typed, routes follow, and nobody loses anything."""

from __future__ import annotations

import pytest

from questionnaires import dump_questionnaire, library, parse_questionnaire
from tests.survey.builder.drafting import CITIZENS, content_of, draft_of, form_of, question
from tests.survey.builder.settling import settle

BLANK = {
    "code": "new",
    "version": "1",
    "title": {"vi": "Phiếu mới"},
    "group": "citizen",
    "languages": ["vi"],
    "sections": [],
}


@pytest.fixture
def draft_id(app, sign_in) -> int:
    sign_in("planner")
    return draft_of(app)


@pytest.mark.parametrize(
    ("page", "code"),
    [
        ("questions", "on_time"),
        ("questions", "access_items"),
        ("questions", "visits"),
        ("questions", "comment"),
        ("sections", "results"),
        ("scales", "satisfaction5"),
    ],
)
def test_saving_what_a_page_shows_changes_nothing(app, client, draft_id, page, code):
    before = content_of(app, draft_id)
    address = f"/questionnaires/drafts/{draft_id}/{page}/{code}"
    answer = client.submit(address, form_of(client.get(address).text))
    assert answer.status_code == 302
    assert content_of(app, draft_id) == before


@pytest.mark.parametrize("page", ["head", "factors"])
def test_saving_the_head_and_the_factors_changes_nothing(app, client, draft_id, page):
    before = content_of(app, draft_id)
    address = f"/questionnaires/drafts/{draft_id}/{page}"
    assert client.submit(address, form_of(client.get(address).text)).status_code == 302
    assert content_of(app, draft_id) == before


def test_a_rated_question_can_be_asked_unit_by_unit(app, client, draft_id):
    address = f"/questionnaires/drafts/{draft_id}/questions"
    page = client.get(f"{address}/access_items").text
    client.submit(f"{address}/access_items", form_of(page) | {"unit_of_rating": "department"})
    assert question(content_of(app, draft_id), "access_items")["unit_of_rating"] == "department"
    assert 'name="unit_of_rating"' not in client.get(f"{address}/comment").text


def test_a_question_under_another_code_is_followed_by_the_routes_that_name_it(app, client, draft_id):
    address = f"/questionnaires/drafts/{draft_id}/questions/result_received"
    form = form_of(client.get(address).text) | {"code": "got_result", "choices.1.code": "received"}
    client.submit(address, form)
    content = content_of(app, draft_id)
    assert question(content, "on_time")["relevant"] == "${got_result} = 'received'"
    parse_questionnaire(content)


def test_a_code_that_is_taken_is_refused_at_its_field_and_nothing_typed_is_lost(app, client, draft_id):
    before = content_of(app, draft_id)
    address = f"/questionnaires/drafts/{draft_id}/questions/visits"
    form = form_of(client.get(address).text) | {"code": "on_time", "text.vi": "Mấy lần ạ?"}
    answer = client.submit(address, form)
    assert answer.status_code == 422
    assert 'id="code-error-1"' in answer.text
    assert "Mấy lần ạ?" in answer.text
    assert content_of(app, draft_id) == before


def test_a_faulty_route_is_stored_as_typed_and_told_in_plain_words(app, client, draft_id):
    address = f"/questionnaires/drafts/{draft_id}/questions/on_time"
    form = form_of(client.get(address).text) | {"relevant": "${result_recieved} = 'yes'"}
    page = client.submit(address, form, follow_redirects=True).text
    assert "result_received" in page  # the name that was meant
    assert question(content_of(app, draft_id), "on_time")["relevant"] == "${result_recieved} = 'yes'"
    assert "relevant-error-1" in page


def test_the_second_to_save_is_told_sees_both_and_keeps_both(app, client, draft_id):
    address = f"/questionnaires/drafts/{draft_id}/questions/on_time"
    opened = form_of(client.get(address).text)
    client.submit(address, opened | {"hint.vi": "Xem phiếu hẹn", "text.vi": "Người thứ nhất viết"})
    answer = client.submit(address, opened | {"required": "true", "text.vi": "Người thứ hai viết"})
    assert answer.status_code == 409
    for words in ("Người thứ nhất viết", "Người thứ hai viết", "Xem phiếu hẹn"):
        assert words in answer.text
    assert question(content_of(app, draft_id), "on_time")["text"]["vi"] == "Người thứ nhất viết"

    settle(client, answer.text, {"text/vi": "mine"})
    stored = question(content_of(app, draft_id), "on_time")
    assert stored["text"]["vi"] == "Người thứ hai viết"
    assert stored["hint"]["vi"] == "Xem phiếu hẹn"
    assert stored["required"] is True


def test_routes_follow_a_code_that_the_second_to_save_renamed(app, client, draft_id):
    address = f"/questionnaires/drafts/{draft_id}/questions/result_received"
    opened = form_of(client.get(address).text)
    client.submit(address, opened | {"hint.vi": "Xem phiếu hẹn", "hint.en": "See the slip"})
    answer = client.submit(address, opened | {"choices.1.code": "received"})
    assert answer.status_code == 409
    assert "(Tiếng Việt)</legend>" in answer.text  # words, no path
    settle(client, answer.text, {})
    content = content_of(app, draft_id)
    assert question(content, "result_received")["hint"]["vi"] == "Xem phiếu hẹn"
    assert question(content, "on_time")["relevant"] == "${result_received} = 'received'"


def test_a_form_grows_from_nothing(app, client, sign_in):
    sign_in("planner")
    draft_id = draft_of(app, BLANK)
    start = f"/questionnaires/drafts/{draft_id}"
    client.submit(f"{start}/sections", {})
    client.submit(
        f"{start}/sections/s1", {"seen": '{"code":"s1","title":{}}', "code": "s1", "title.vi": "Chung"}
    )
    assert f'<a class="govuk-link" href="{start}#outline">Phần s1</a>: Phần này' in client.get(start).text
    opened = client.submit(f"{start}/questions", {"section": "s1", "kind": "integer"}, follow_redirects=True)
    assert "govuk-error" not in opened.text  # nothing is wrong before anything could be written
    address = f"{start}/questions/q1"
    assert "govuk-error" in client.get(address).text
    form = form_of(client.get(address).text) | {"text.vi": "Bao nhiêu lần?"}
    client.submit(address, form)
    assert parse_questionnaire(content_of(app, draft_id)).sections[0].questions[0].kind == "integer"
    assert "có thể gửi duyệt" in client.get(start).text


def test_lines_without_codes_are_given_free_ones(app, client, draft_id):
    address = f"/questionnaires/drafts/{draft_id}/questions/access_items"
    form = form_of(client.get(address).text)
    rows = len(question(content_of(app, draft_id), "access_items")["rows"])
    client.submit(address, form | {f"rows.{rows + 1}.text.vi": "Có chỗ để xe", f"rows.{rows + 2}.code": ""})
    added = question(content_of(app, draft_id), "access_items")["rows"][rows:]
    assert added == [{"code": "access_items_1", "text": {"vi": "Có chỗ để xe"}}]


def test_a_code_wiped_out_beside_its_words_stays(app, client, draft_id):
    before = content_of(app, draft_id)
    address = f"/questionnaires/drafts/{draft_id}/questions/on_time"
    client.submit(address, form_of(client.get(address).text) | {"choices.1.code": ""})
    assert content_of(app, draft_id) == before


def test_a_factor_without_a_code_is_kept(app, client, draft_id):
    address = f"/questionnaires/drafts/{draft_id}/factors"
    client.submit(address, form_of(client.get(address).text) | {"lines.9.text.vi": "Phản ánh"})
    assert content_of(app, draft_id)["factors"]["f1"] == {"vi": "Phản ánh"}


def test_one_more_question_like_the_last_follows_it(app, client, draft_id):
    address = f"/questionnaires/drafts/{draft_id}/questions/on_time"
    answer = client.submit(address, form_of(client.get(address).text) | {"then": "another"})
    assert answer.location.endswith("/questions/q1")
    order = codes_of(app, draft_id, 0)
    assert order[order.index("on_time") + 1] == "q1"


def test_lines_are_added_moved_and_taken_out_without_saving(app, client, draft_id):
    before = content_of(app, draft_id)
    address = f"/questionnaires/drafts/{draft_id}/questions/on_time"
    form = form_of(client.get(address).text)
    moved = form_of(client.submit(address, form | {"act": "up:choices.2"}).text)
    assert [moved["choices.1.code"], moved["choices.2.code"]] == ["on_time", "early"]
    fewer = form_of(client.submit(address, moved | {"act": "drop:choices.1"}).text)
    assert fewer["choices.1.code"] == "early"
    assert "choices.7.code" in form_of(client.submit(address, form | {"act": "more"}).text)
    assert content_of(app, draft_id) == before


@pytest.mark.parametrize(
    ("act", "order"),
    [
        ("up:on_time", ["visits", "on_time", "result_received", "apology"]),
        ("down:visits", ["result_received", "visits", "on_time", "apology"]),
        ("up:visits", ["visits", "result_received", "on_time", "apology"]),
    ],
)
def test_questions_move_within_their_section(app, client, draft_id, act, order):
    client.submit(f"/questionnaires/drafts/{draft_id}/outline", {"act": act})
    assert codes_of(app, draft_id, 0) == order


def test_a_question_moves_on_into_the_next_section_and_to_a_place(app, client, draft_id):
    outline = f"/questionnaires/drafts/{draft_id}/outline"
    client.submit(outline, {"act": "down:apology"})
    assert codes_of(app, draft_id, 1)[0] == "apology"
    client.submit(outline, {"act": "place:comment", "section": "access", "position": "2"})
    assert codes_of(app, draft_id, 1) == ["apology", "comment", "access_items"]


def codes_of(app, draft_id: int, section: int) -> list[str]:
    return [each["code"] for each in content_of(app, draft_id)["sections"][section]["questions"]]


def test_a_question_that_routes_depend_on_is_removed_only_on_a_second_word(app, client, draft_id):
    outline = f"/questionnaires/drafts/{draft_id}/outline"
    answer = client.submit(outline, {"act": "remove:result_received"})
    assert answer.status_code == 422
    assert "on_time" in answer.text
    assert "result_received" in codes_of(app, draft_id, 0)
    client.submit(outline, {"act": "force:result_received"})
    assert "result_received" not in codes_of(app, draft_id, 0)


def test_the_panel_says_what_is_unasked_and_what_does_not_count(app, client, draft_id):
    start = f"/questionnaires/drafts/{draft_id}"
    client.submit(f"{start}/outline", {"act": "force:reform_items"})
    page = client.get(start).text
    assert "1 trên 4 tiêu chí" in page
    assert page.count('name="criterion"') == 3  # to pick and ask


def test_the_panel_says_what_another_form_of_the_same_framework_asks_too(app, client, draft_id):
    start = f"/questionnaires/drafts/{draft_id}"
    assert "hỏi hai lần" not in client.get(start).text
    other = dump_questionnaire(library.load(CITIZENS)) | {
        "code": "other",
        "title": {"vi": "Phiếu kia", "en": "-"},
    }
    draft_of(app, other)
    page = client.get(start).text
    assert page.count("hỏi hai lần") == 4
    assert "Phiếu kia" in page


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (
            "${result_received} = 'yes'",
            "Chỉ hỏi nếu “Ông/Bà đã nhận được kết quả giải quyết hồ sơ chưa?” là “Đã nhận được”",
        ),
        ("${comment} = 'x'", "đến đây hoặc sau đây mới hỏi"),
        ("${result_received} =", "kết thúc quá sớm"),
        ("", ""),
    ],
)
def test_a_route_is_read_aloud_while_it_is_written(client, draft_id, written, said):
    form = {"expression": written, "field": "relevant", "noun": "question", "at": "on_time"}
    assert said in client.submit(f"/questionnaires/drafts/{draft_id}/expression", form).text


def test_completion_offers_items_answers_and_functions(client, draft_id):
    names = client.get(f"/questionnaires/drafts/{draft_id}/names").json
    item = next(each for each in names["items"] if each["code"] == "on_time")
    assert item["answers"][0] == {"code": "early", "words": "Sớm hẹn"}
    assert {"name": "selected", "takes": ["question", "code"]} in names["functions"]
