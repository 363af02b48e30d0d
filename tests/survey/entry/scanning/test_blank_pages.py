"""What looks blank on a page is said in one answer, exactly as if it were said cell by cell."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from survey.db import db
from survey.entry.scanning import noting, open_questions
from survey.entry.scanning.blank_pages import BlankPage
from survey.models import FormReading
from tests.survey.entry.scanning.sheets import as_file
from tests.survey.pages import Page

REQUIRED = ["received", "polite", "clear"]


@pytest.fixture
def blank(print_desk, monkeypatch):
    """Two forms on which nothing is marked, and whose every sure cell is drawn to be checked."""
    monkeypatch.setattr(noting, "SAMPLED", 1.0)
    return uploaded(print_desk(), {}, {})


def uploaded(desk, *marked):
    forms = [desk.printed.marked(number, answers) for number, answers in enumerate(marked, 1)]
    pages = [page for form in forms for page in form]
    desk.upload({"a.pdf": as_file(pages)})
    return desk


def say_blank(desk, place: int = 0, items=REQUIRED, **headers):
    data = {"sheet": desk.sheets()[place].id, "item": list(items), "say": "blank_page"}
    return desk.client.submit(f"{desk.path}/doubts", data, **headers)


def asked(desk) -> list[str]:
    page = Page(desk.client.get(f"{desk.path}/doubts").text)
    ids = [each.get("id") or "" for each in page.named("div")]
    return [each for each in ids if each.startswith(("page-", "cell-"))]


def questions(desk) -> list[BlankPage]:
    with desk.app.app_context(), desk.app.test_request_context():
        found = open_questions.open_questions(desk.printed.survey_id, 0)
        return [each for each in found if isinstance(each, BlankPage)]


def said(desk, place: int = 0):
    return desk.sheets()[place].readings.get("said", {})


def asked_of(sheet_id: int) -> list[str]:
    return [f"page-{sheet_id}", *(f"cell-{sheet_id}-{item}" for item in REQUIRED)]


def test_the_whole_page_is_asked_first_with_its_picture(blank):
    first, second = (asked_of(sheet.id) for sheet in blank.sheets())
    assert asked(blank) == [*first, *second]
    page = Page(blank.client.get(f"{blank.path}/doubts").text)
    whole = f"/entry/scans/pages/{blank.sheets()[0].id}/picture"
    assert whole in [image["src"] for image in page.named("img")]
    assert blank.client.get(whole).mimetype == "image/jpeg"
    assert [each.is_whole for each in questions(blank)] == [True, True]


def test_one_yes_is_what_as_many_answers_are(blank, sign_in):
    lan = sign_in("enumerator", name="lan")
    assert say_blank(blank).status_code == 303
    for item in REQUIRED:
        blank.say(blank.sheets()[1], item, "yes", proposal="")
    together, singly = (sheet.readings for sheet in blank.sheets())
    assert {**together, "said": {}, "serial": 0} == {**singly, "said": {}, "serial": 0}
    for words in (said(blank, 0), said(blank, 1)):
        assert set(words) == set(REQUIRED)
        assert [(each["by"], each["note"], each["value"]) for each in words.values()] == 3 * [
            (lan, "blank", None)
        ]
    assert len({word["at"] for word in said(blank).values()}) == 1
    with blank.app.app_context():
        for number in (1, 2):
            form = blank.form(number)
            reading = db.session.scalars(sa.select(FormReading).filter_by(form_id=form.id)).one()
            assert (form.state, form.keyed_by_id) == ("accepted", lan)
            assert (reading.kind, reading.notes) == ("scan", dict.fromkeys(REQUIRED, "blank"))
    assert blank.answers(1) == blank.answers(2) == {}


def test_undo_takes_all_of_them_back(blank, sign_in):
    say_blank(blank)
    undo = Page(blank.client.get(f"{blank.path}/doubts").text)
    (form,) = [each for each in undo.named("form") if "data-undo" in each]
    assert form
    data = {"sheet": blank.sheets()[0].id, "item": REQUIRED, "say": "undo"}
    sign_in("enumerator", name="mai")
    assert blank.client.submit(f"{blank.path}/doubts", data).status_code == 409
    assert set(said(blank)) == set(REQUIRED)
    sign_in_again(blank)
    assert blank.client.submit(f"{blank.path}/doubts", data).status_code == 303
    assert said(blank) == {}
    assert [sheet.readings["open"] for sheet in blank.sheets()] == [REQUIRED] * 2
    assert blank.state(1) == "returned"


def sign_in_again(desk) -> None:
    """As whoever spoke first."""
    speaker = next(iter(said(desk).values()))["by"]
    with desk.client.session_transaction() as session:
        session["_user_id"] = f"{speaker}."


def test_what_is_taken_in_is_not_taken_back(blank):
    say_blank(blank, 0)
    say_blank(blank, 1)
    assert [blank.state(number) for number in (1, 2)] == ["accepted", "accepted"]
    page = Page(blank.client.get(f"{blank.path}/doubts").text)
    assert [each for each in page.named("form") if "data-undo" in each] == []
    data = {"sheet": blank.sheets()[0].id, "item": REQUIRED, "say": "undo"}
    assert blank.client.submit(f"{blank.path}/doubts", data).status_code == 409


def test_where_somebody_else_decided_meanwhile_nothing_is_overwritten(blank, sign_in):
    blank.say(blank.sheets()[0], "polite", "choose", polite="low")
    sign_in("enumerator", name="mai")
    fetched = {"headers": {"X-Requested-With": "fetch"}}
    refused = say_blank(blank, **fetched)
    assert (refused.status_code, refused.json["place"]) == (409, "form")
    assert say_blank(blank).status_code == 409
    assert {item: word["value"] for item, word in said(blank).items()} == {"polite": "low"}
    first, second = (sheet.id for sheet in blank.sheets())
    assert asked(blank)[:3] == [f"cell-{first}-received", f"cell-{first}-clear", f"page-{second}"]
    assert say_blank(blank, items=["received", "clear"]).status_code == 303


def test_the_same_yes_again_changes_nothing(blank):
    say_blank(blank)
    before = said(blank)
    assert say_blank(blank).status_code == 303
    assert {item: word["by"] for item, word in said(blank).items()} == {
        item: word["by"] for item, word in before.items()
    }


def test_a_person_may_go_on_one_by_one(blank, sign_in):
    first, second = (sheet.id for sheet in blank.sheets())
    data = {"sheet": first, "item": REQUIRED, "say": "one_by_one"}
    assert blank.client.submit(f"{blank.path}/doubts", data).status_code == 303
    assert f"page-{first}" not in asked(blank)
    assert {f"page-{second}", f"cell-{first}-polite"} <= set(asked(blank))
    blank.say(blank.sheets()[0], "polite", "choose", polite="high")
    assert list(said(blank)) == ["polite"]
    sign_in("enumerator", name="mai")
    with blank.client.session_transaction() as session:
        session.pop(next(name for name in session if "one_by_one" in name))
    assert f"page-{second}" in asked(blank)


@pytest.mark.parametrize("items", [[], [""], ["improve"], ["ethnicity", *REQUIRED], ["nowhere"]])
def test_only_what_is_asked_and_looks_blank_is_said_so(blank, items):
    assert say_blank(blank, items=items).status_code == 409
    assert said(blank) == {}


def test_a_page_with_some_marks_is_asked_too_but_not_as_a_whole(print_desk):
    desk = uploaded(print_desk(), {"received": ["yes"]}, {"received": ["no"]})
    (page,) = questions(desk)
    assert (page.items, page.is_whole) == (["late", "polite", "clear"], False)
    assert asked(desk)[4:] == [f"cell-{desk.sheets()[1].id}-{item}" for item in ("polite", "clear")]
    assert say_blank(desk, items=["received", "late", "polite", "clear"]).status_code == 409
    assert say_blank(desk, items=page.items).status_code == 303


def test_who_was_only_asked_of_the_page_has_seen_what_the_machine_read(print_desk, sign_in, monkeypatch):
    monkeypatch.setattr(open_questions, "AT_ONCE", 1)
    desk = uploaded(print_desk(plan="all"), {})
    lan = sign_in("enumerator", name="lan")
    assert asked(desk) == [f"page-{desk.sheets()[0].id}"]
    assert desk.sheets()[0].readings["seen"] == [lan]


def test_a_page_that_is_not_there_is_refused(blank):
    data = {"sheet": 999_999, "item": REQUIRED, "say": "blank_page"}
    assert blank.client.submit(f"{blank.path}/doubts", data).status_code == 409
