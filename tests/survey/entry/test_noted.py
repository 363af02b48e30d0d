"""Staff see what keyers noted of the paper: on the answers, on the form's page and on the batch's."""

from __future__ import annotations

import pytest

from survey.collection import correct
from survey.collection.paper import Plan, set_plan
from survey.db import db
from tests.survey.factory import ANSWERS
from tests.survey.paper.odd import key_odd
from tests.survey.paper.room import Room, key, make_room
from tests.survey.queries import counted

TAGS = ("against a rule|trái quy tắc", "not asked|không được hỏi", "unreadable|không đọc được")


@pytest.fixture
def room(app, sign_in) -> Room:
    sign_in("supervisor")
    with app.app_context():
        yield make_room(forms=6, plan="none")


def paths(room: Room, number: int = 1) -> tuple[str, str, str]:
    """Of the answers of a form, the form, and its batch."""
    form = room.form(number)
    return (
        f"/entry/responses/{form.response_id}",
        f"/entry/forms/{form.id}",
        f"/entry/batches/{room.batch.id}",
    )


def row(page: str, item: str) -> str:
    """A row of the answers, where the paper says more than the record."""
    return page.partition(f'id="item-{item}"')[2].partition("</tr>")[0]


def is_tagged(text: str, tag: str) -> bool:
    """Whether the tag stands there, in English or Vietnamese."""
    return any(f">{words}</strong>" in text for words in tag.split("|"))


def test_the_answers_stand_beside_what_the_paper_says(client, room):
    key_odd(room, room.lan)
    page = client.get(paths(room)[0]).text
    for item, said, tag in (("visits", "44", TAGS[0]), ("late", "Có", TAGS[1]), ("polite", "", TAGS[2])):
        assert f"<strong>{said}</strong>" in row(page, item) or not said
        assert is_tagged(row(page, item), tag)
        assert "để trống" not in row(page, item)
        assert f'href="#item-{item}"' in page
    above = page.partition('id="noted"')[2].partition("</div>")[0]
    assert "3" in above.partition("<a")[0]


def test_answers_that_the_record_holds_whole_have_no_tags(client, room):
    key(room, room.lan, polite=None)
    answers, form, batch = paths(room)
    page = client.get(answers).text
    assert "để trống" in page
    assert not any(is_tagged(page, tag) for tag in TAGS)
    assert all(f"{answers}#noted" not in client.get(path).text for path in (form, batch))
    assert 'id="noted"' not in page


def line_to_correct(page: str, item: str) -> str:
    """The line of a question on the page of a correction."""
    return page.partition(f'data-item="{item}"')[2].partition("</li>")[0]


def test_whoever_corrects_sees_what_the_paper_says(client, room):
    key_odd(room, room.lan)
    page = client.get(f"{paths(room)[0]}/correct").text
    for item, said, tag in (("visits", "44", TAGS[0]), ("late", "Có", TAGS[1]), ("polite", "", TAGS[2])):
        line = line_to_correct(page, item)
        assert f"<strong>{said}</strong>" in line or not said
        assert is_tagged(line, tag)
        assert f'aria-describedby="item-{item}-noted"' in line
        assert f'id="item-{item}-noted"' in line
        assert f'href="#item-{item}"' in page.partition('id="noted"')[2].partition("</div>")[0]


def test_a_refused_correction_still_shows_what_the_paper_says(client, room):
    key_odd(room, room.lan)
    path = f"{paths(room)[0]}/correct"
    refused = client.submit(path, {"form-version": "1", "form-reason": "Nhập nhầm", "visits": "99"})
    assert refused.status_code == 422
    line = line_to_correct(refused.text, "visits")
    assert is_tagged(line, TAGS[0])
    assert 'aria-describedby="item-visits-noted item-visits-error"' in line


def test_what_a_correction_brings_on_record_is_told_no_more(client, room):
    key_odd(room, room.lan)
    late = {"received": "yes", "late": "yes", "reason": "thiếu người"}
    correct(room.form(1).response, ANSWERS | late, room.thu, "Đọc lại", seen_version=1)
    page = client.get(f"{paths(room)[0]}/correct").text
    assert not is_tagged(line_to_correct(page, "late"), TAGS[1])
    assert is_tagged(line_to_correct(page, "polite"), TAGS[2])


def test_a_correction_of_what_the_record_holds_whole_has_no_tags(client, room):
    key(room, room.lan, polite=None)
    page = client.get(f"{paths(room)[0]}/correct").text
    assert 'id="noted"' not in page
    assert not any(is_tagged(page, tag) for tag in TAGS)


def test_the_form_and_the_batch_lead_to_what_is_noted(client, room):
    key_odd(room, room.lan)
    key(room, room.lan)
    answers, form, batch = paths(room)
    other = paths(room, 2)[0]
    page = client.get(form).text
    assert page.count(f'{answers}#noted"') == 2  # above, and in its trail
    assert f'{answers}#noted"' in page.partition('id="events-caption"')[2]
    page = client.get(batch).text
    assert page.count(f'{answers}#noted"') == 1
    assert "3 not on record" in page or "3 câu không ghi nhận" in page
    assert f"{other}#noted" not in page
    assert f'href="{other}"' in page


def test_nothing_noted_is_told_before_the_second_keying(client, room):
    key_odd(room, room.lan)
    set_plan(room.batch, Plan("all"), room.thu)
    answers, form, batch = paths(room)
    assert client.get(answers).status_code == 409
    for path in (form, batch):
        page = client.get(path).text
        assert "#noted" not in page
        assert not any(is_tagged(page, tag) for tag in TAGS)
    key_odd(room, room.mai, "second")
    assert all(f"{answers}#noted" in client.get(path).text for path in (form, batch))


def test_enumerators_are_not_led_to_what_is_noted(app, client, sign_in):
    with app.app_context():
        room = make_room(plan="none")
        key_odd(room, room.lan)
        _, form, batch = paths(room)
    sign_in("enumerator")
    assert all("noted" not in client.get(path).text for path in (form, batch))


def test_the_answers_that_count_although_they_wait_are_told(client, room):
    key(room, room.lan)
    key(room, room.lan)
    _, form, batch = paths(room)
    told = ("before it was sent to a second keying", "trước khi chuyển nhập lần hai")
    assert not any(words in client.get(path).text for path in (form, batch) for words in told)
    set_plan(room.batch, Plan("all"), room.thu)
    assert any(words in client.get(form).text for words in told)
    page = client.get(batch).text
    assert "2 forms were accepted before" in page or "2 phiếu đã được chấp nhận trước" in page
    key(room, room.mai, "second", number=1)
    assert not any(words in client.get(form).text for words in told)
    assert key(room, room.mai, "second", number=2, visits=3)[1] == "disputed"
    assert any(words in client.get(paths(room, 2)[1]).text for words in told)


def test_a_form_that_was_never_accepted_counts_nowhere_yet(client, room):
    set_plan(room.batch, Plan("all"), room.thu)
    key(room, room.lan)
    for path in paths(room)[1:]:
        page = client.get(path).text
        assert "answers still count" not in page
        assert "vẫn được tính" not in page


def test_forms_with_notes_take_no_more_statements(client, room):
    def sent() -> int:
        db.session.commit()
        return counted(client, paths(room)[2])

    key_odd(room, room.lan)
    key_odd(room, room.lan)
    sent()
    first = sent()
    for _ in range(3):
        key_odd(room, room.lan)
    assert sent() == first
