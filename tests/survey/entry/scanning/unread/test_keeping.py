"""A page that stays unread is kept with its form, which a person keys."""

from __future__ import annotations

import pytest

from survey.collection.paper import claim, finish, mark_forms
from survey.db import db
from survey.entry.scanning.laying_aside import FORM_GONE, READ_BEFORE
from survey.entry.scanning.pictures import pictures_of
from survey.entry.scanning.unread import TO_BE_KEYED
from survey.models import Batch
from survey.scan_store import scan_store
from tests.survey.entry.desk import deeds
from tests.survey.entry.scanning.sheets import STORED
from tests.survey.entry.scanning.unread.telling import path_of, tell, templates
from tests.survey.factory import make_user
from tests.survey.paper.room import type_in


def test_a_page_that_stays_unread_is_kept_with_its_form_to_be_keyed(lost):
    refused = tell(lost)
    assert refused.status_code == 422
    assert 'value="keep"' in refused.text
    assert tell(lost, deed="keep").status_code == 303
    (sheet,) = lost.sheets()
    assert (sheet.state, sheet.page, lost.state(1)) == ("set_aside", 1, "returned")
    assert templates(lost)[-1] == TO_BE_KEYED
    with lost.app.app_context():
        form_id = lost.form(1).id
        assert sheet.form_id == form_id
        assert pictures_of(lost.form(1), "polite") == []  # it is not straight: a row of it shows anything
    page = lost.client.get(f"/entry/forms/{form_id}/scans").text
    assert f"{path_of(lost)}/picture" in page
    assert lost.client.get(f"{path_of(lost)}/items/polite").status_code == 404
    assert "scan.page_attached" in deeds(lost.app)


def test_once_its_form_is_keyed_its_notice_is_settled(lost):
    tell(lost, deed="keep")
    assert 'id="named"' in lost.page()
    with lost.app.app_context():
        held = claim(lost.printed.batch_id, make_user(db.session), "first", number=1)
        type_in(held, STORED)
        finish(held.reading_id, held.token)
    assert 'id="named"' not in lost.page()
    assert "a.png" in lost.page()


@pytest.mark.parametrize(("state", "named"), [("spoiled", FORM_GONE), ("keyed", READ_BEFORE)])
def test_kept_with_a_form_that_needs_no_keying_it_says_so(lost, state, named):
    with lost.app.app_context():
        if state == "keyed":
            held = claim(lost.printed.batch_id, make_user(db.session), "first", number=1)
            type_in(held, STORED)
            finish(held.reading_id, held.token)
        else:
            batch = db.session.get(Batch, lost.printed.batch_id)
            mark_forms(batch, [1], state, make_user(db.session, "supervisor"), "rách")
    tell(lost, deed="keep")
    assert templates(lost)[-1] == named


def test_keeping_it_is_undone(lost):
    before = lost.sheets()[0]
    tell(lost, deed="keep")
    assert lost.client.submit(f"{path_of(lost)}/take-back").status_code == 303
    (after,) = lost.sheets()
    same = ("state", "form_id", "page", "reason", "key", "readings")
    assert [getattr(after, name) for name in same] == [getattr(before, name) for name in same]


def test_a_stored_file_that_is_gone_costs_no_picture(desk):
    with desk.app.app_context():
        scan_store().delete(desk.scans()[0].key)
    refused = tell(desk)
    assert refused.status_code == 422
    assert tell(desk, deed="keep").status_code == 303
    assert templates(desk)[-1] == TO_BE_KEYED
