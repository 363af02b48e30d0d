"""A page that is not needed is laid aside by name, and taken back."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from survey.db import db
from survey.models import AuditEntry, Response
from tests.survey.entry.desk import count
from tests.survey.entry.scanning.sheets import STORED
from tests.survey.entry.scanning.unread.telling import path_of, tell


def test_a_page_is_laid_aside_by_name_and_taken_back(desk):
    assert desk.client.submit(f"{path_of(desk)}/not-needed").status_code == 303
    assert desk.sheets()[0].state == "set_aside"
    listed = desk.page()
    assert 'id="named"' not in listed
    assert "Người supervisor" in listed.partition("govuk-details__text")[2].partition("</details>")[0]
    assert "Người supervisor" in desk.client.get(path_of(desk)).text
    assert tell(desk).status_code == 303  # it is told that nothing is asked of the page
    assert count(desk.app, Response) == 0
    desk.client.submit(f"{path_of(desk)}/take-back")
    assert 'id="named"' in desk.page()
    tell(desk)
    assert desk.answers(1) == STORED
    with desk.app.app_context():
        query = sa.select(AuditEntry).where(AuditEntry.action.startswith("scan.page_"))
        entries = db.session.scalars(query.order_by(AuditEntry.id)).all()
        assert [entry.action[10:] for entry in entries] == ["not_needed", "taken_back", "told"]
        assert all(entry.actor_id for entry in entries)


@pytest.mark.parametrize("deed", ["not-needed", "take-back"])
def test_a_deed_that_comes_too_late_is_told(desk, deed):
    tell(desk)
    late = desk.client.submit(f"{path_of(desk)}/{deed}")
    assert "a.png" in desk.client.get(late.location).text.partition("<h1")[0]
    assert desk.sheets()[0].state == "settled"
