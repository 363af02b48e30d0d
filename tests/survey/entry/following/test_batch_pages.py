"""Many forms are marked at once by their numbers: all of them, or none."""

from __future__ import annotations

import re
from urllib.parse import quote_plus

import pytest

from questionnaires.paper import write_serial
from survey.collection.paper import Held, claim, reject_form
from survey.db import db
from survey.entry.following.shown_numbers import write_printed_ranges
from survey.models import Batch, User
from tests.survey.factory import make_user
from tests.survey.paper.room import key, make_room

pytestmark = pytest.mark.usefixtures("supervisor")


@pytest.fixture
def path(paper) -> str:
    return f"/entry/batches/{paper.lan}/paper"


def without_marks(page: str) -> str:
    return re.sub(r"<[^>]+>", "", page)


def mark(client, path, numbers: str, state: str = "issued", reason: str = ""):
    return client.submit(path, {"numbers": numbers, "state": state, "reason": reason})


def test_ranges_are_marked_and_counted(client, paper, path):
    assert mark(client, path, f"1-5, {write_serial(8)}").status_code == 303
    assert mark(client, path, "1-3", "returned").status_code == 303
    states = [paper.state(number) for number in range(1, 11)]
    assert states == [
        *["returned"] * 3,
        "issued",
        "issued",
        "printed",
        "printed",
        "issued",
        "printed",
        "printed",
    ]
    page = client.get(path).text
    assert f"{write_serial(4)} – {write_serial(5)}, {write_serial(8)}" in without_marks(page)
    assert f"{write_serial(1)} – {write_serial(3)}" in without_marks(page)
    assert f'href="/entry/forms?number={quote_plus(write_serial(4))}"' in page


def test_a_form_that_cannot_be_marked_so_is_named_and_none_is_marked(client, paper, path):
    mark(client, path, "2-3", "spoiled", "mưa ướt")
    page = mark(client, path, "1-4")
    assert page.status_code == 422
    assert f"{write_serial(2)} – {write_serial(3)}" in page.text
    assert [paper.state(1), paper.state(4)] == ["printed", "printed"]


def test_numbers_that_the_batch_does_not_hold_are_named(client, paper, path):
    page = mark(client, path, "9-12")
    assert page.status_code == 422
    assert "11–12" in page.text
    assert paper.state(9) == "printed"
    other = mark(client, path, write_serial(11))
    assert other.status_code == 422
    assert write_serial(11) in other.text


def test_what_was_typed_stays_when_it_is_refused(client, path):
    page = mark(client, path, "1, hai", "lost", "rơi mất")
    assert page.status_code == 422
    assert "1, hai" in page.text
    assert 'value="rơi mất"' in page.text


@pytest.mark.parametrize("state", ["spoiled", "refused", "lost"])
def test_a_form_that_is_gone_needs_a_reason(client, paper, path, state):
    assert mark(client, path, "1", state).status_code == 422
    assert paper.state(1) == "printed"
    assert mark(client, path, "1", state, "có lý do").status_code == 303
    assert paper.events(1)[-1] == (state, "có lý do")


def test_states_that_only_keying_gives_cannot_be_marked(client, paper, path):
    assert mark(client, path, "1", "accepted").status_code == 422
    assert paper.state(1) == "printed"


def test_finished_forms_go_to_the_archive_with_its_place(app, client, paper, path, supervisor):
    paper.mark(paper.lan, range(1, 4), "returned")
    with app.app_context():
        for number in (1, 2):
            reject_form(paper.form(number).id, db.session.get_one(User, supervisor), "trùng")
    address = path.replace("/paper", "/archive")
    assert client.submit(address, {"place": " "}).status_code == 422
    assert client.submit(address, {"place": "Kho 2, hộp 7"}).status_code == 303
    assert paper.form(1).archived_on is not None
    assert paper.form(3).archived_on is None
    assert paper.events(1)[-1] == ("archived", "Kho 2, hộp 7")
    assert f'action="{address}"' not in client.get(path).text


def test_paper_that_is_still_needed_stays_here_and_is_counted_by_itself(app, client):
    with app.app_context():
        room = make_room(forms=4, plan="none")
        for _ in range(3):
            key(room, room.lan)
        room.form(1).second_wanted = True  # sent back after it was accepted
        room.form(2).second_wanted = True
        db.session.commit()
        key(room, room.mai, "second", number=2, visits=3)
        path = f"/entry/batches/{room.batch.id}"
    assert counts(client, path) == {
        "Chưa phát": "1",
        "Chờ nhập lần hai": "1",
        "Chờ quyết định": "1",
        "Chờ xem lại": "1",
        "Tất cả": "4",
    }
    assert "Chờ xem lại" in client.get(path).text  # the same word on the batch's own page
    page = client.submit(f"{path}/archive", {"place": "Kho 2"}, follow_redirects=True).text
    said = page.partition('role="status"')[2].partition("</div>")[0]
    assert re.findall(r": ([0-9]+)", said) == ["1", "1", "1"]  # in the archive; second keying; to settle
    with app.app_context():
        assert [room.form(n).archived_on is None for n in (1, 2, 3, 4)] == [True, True, False, True]


def counts(client, path: str) -> dict[str, str]:
    table = client.get(f"{path}/paper").text.partition('id="counts-caption"')[2].partition("</table>")[0]
    cells = re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", table, re.DOTALL)[2:]
    return dict(zip(cells[::2], cells[1::2], strict=True))


def test_a_batch_printed_elsewhere_learns_its_forms_as_they_are_issued(app, client, paper):
    with app.app_context():
        stratum = db.session.get_one(Batch, paper.lan).stratum_id
        batch = Batch(survey_id=paper.survey, stratum_id=stratum, code="nơi khác", forms_expected=30)
        db.session.add(batch)
        db.session.commit()
        path = f"/entry/batches/{batch.id}/paper"
        batch_id = batch.id
    assert mark(client, path, "100101-100103").status_code == 303
    assert paper.state(100102, batch_id) == "issued"
    assert "100101–100103" in client.get(path).text


def test_what_is_missing_is_marked_by_the_numbers_it_is_shown_with(app, client, paper, path):
    mark(client, path, "1-4, 7")
    with app.app_context():
        shown = write_printed_ranges({db.session.get_one(Batch, paper.lan): [1, 2, 3, 4, 7]})
    assert shown in without_marks(client.get(path).text)
    assert mark(client, path, shown, "returned").status_code == 303
    assert [paper.state(number) for number in range(1, 9)] == [
        *["returned"] * 4,
        *["printed"] * 2,
        "returned",
        "printed",
    ]


def test_a_form_whose_keyer_has_left_is_put_back_from_its_batch(app, client, paper, path):
    held = claimed(app, paper, 4)
    page = client.get(path).text
    table = page.partition('id="being-keyed-caption"')[2].partition("</table>")[0]
    assert write_serial(4) in table
    put_back = f"/entry/forms/{held.form_id}/put-back"
    assert f'action="{put_back}"' in table
    assert client.submit(put_back, {"kind": "first"}).location == path
    assert "being-keyed-caption" not in client.get(path).text
    again = client.submit(put_back, {"kind": "first"})
    assert again.status_code == 409
    assert write_serial(4) in again.text


def test_a_second_reading_is_named_and_put_back_alone(app, client):
    with app.app_context():
        room = make_room(forms=1, plan="all")
        key(room, room.lan)
        held = claim(room.batch.id, room.mai, "second")
        path = f"/entry/batches/{room.batch.id}/paper"
        keyer = room.mai.full_name
    table = client.get(path).text.partition('id="being-keyed-caption"')[2].partition("</table>")[0]
    assert keyer in table
    assert 'name="kind" value="second"' in table
    assert client.submit(f"/entry/forms/{held.form_id}/put-back", {"kind": "first"}).status_code == 409
    assert client.submit(f"/entry/forms/{held.form_id}/put-back", {"kind": "second"}).status_code == 303
    with app.app_context():
        assert room.form(1).state == "entered"


def test_a_form_known_by_a_slip_of_its_number_is_gone_once_it_is_put_back(app, client, paper):
    with app.app_context():
        stratum = db.session.get_one(Batch, paper.lan).stratum_id
        batch = Batch(survey_id=paper.survey, stratum_id=stratum, code="elsewhere", forms_expected=3)
        db.session.add(batch)
        db.session.commit()
        held = claim(batch.id, make_user(db.session), "first", number=1201)
        path = f"/entry/batches/{batch.id}/paper"
    assert client.submit(f"/entry/forms/{held.form_id}/put-back", {"kind": "first"}).location == path
    assert client.get(f"/entry/forms/{held.form_id}").status_code == 404
    assert client.get(path).status_code == 200


def test_only_supervisors_see_and_put_back_what_others_key(app, client, paper, path, sign_in):
    held = claimed(app, paper, 4)
    sign_in("enumerator")
    assert "being-keyed-caption" not in client.get(path).text
    assert client.submit(f"/entry/forms/{held.form_id}/put-back", {"kind": "first"}).status_code == 403


def claimed(app, paper, number: int) -> Held:
    """A form in the hands of an enumerator who has typed nothing."""
    with app.app_context():
        return claim(paper.lan, make_user(db.session), "first", number=number)


def test_enumerators_mark_what_they_hand_out_and_leave_the_archive(client, path, sign_in, paper):
    sign_in("enumerator")
    assert mark(client, path, "1-2").status_code == 303
    assert client.submit(path.replace("/paper", "/archive"), {"place": "x"}).status_code == 403
    sign_in("planner")
    assert client.get(path).status_code == 403
