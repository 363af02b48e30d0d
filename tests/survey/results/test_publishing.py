"""Publishing a run, replacing it, withdrawing it, and when that is refused."""

from __future__ import annotations

import sqlalchemy as sa

from survey.db import db
from survey.models import AuditEntry, EvidenceScore, Round, Run
from tests.survey.results.rounds import in_database, percent, round_state


def test_publishing_and_withdrawing_are_in_the_audit_trail(app, client, the_round, closed_run):
    client.submit(f"{closed_run}/publish")
    client.submit(f"{closed_run}/withdraw")
    with app.app_context():
        query = sa.select(AuditEntry.action).where(AuditEntry.subject == f"round {the_round.code}")
        actions = list(db.session.scalars(query.order_by(AuditEntry.id)))
    assert [action for action in actions if action != "run.make"][-2:] == ["run.publish", "run.withdraw"]


def test_pressing_publish_twice_publishes_once(app, client, closed_run):
    client.submit(f"{closed_run}/publish")
    client.submit(f"{closed_run}/publish")
    with app.app_context():
        entries = sa.select(sa.func.count()).where(AuditEntry.action == "run.publish")
        assert db.session.scalar(entries) == 1


def test_another_run_takes_the_place_of_the_published_one(app, client, sign_in, the_round, press, closed_run):
    client.submit(f"{closed_run}/publish")
    sign_in("analyst", name="analyst2")
    other = press(official="unweighted")
    sign_in("planner", name="planner2")
    assert "Công bố lần tính này sẽ thay cho lần đó" in client.get(other).text
    client.submit(f"{other}/publish")
    assert percent("70,25") in client.get(f"/results/{the_round.code}").text
    with app.app_context():
        published = db.session.scalars(sa.select(Run.id).where(Run.published_at.is_not(None))).all()
        entry = db.session.scalars(
            sa.select(AuditEntry).where(AuditEntry.action == "run.publish").order_by(AuditEntry.id.desc())
        ).first()
    assert [str(each) for each in published] == [other.rpartition("/")[2]]
    assert entry.details["instead_of"] == closed_run.rpartition("/")[2]


def test_a_round_that_is_still_open_is_not_published(app, client, sign_in, the_round, press):
    sign_in("analyst")
    address = press()
    sign_in("planner")
    page = client.get(address).text
    assert "Hãy kết thúc kỳ đánh giá trước" in page
    assert "Công bố kết quả này" not in page
    refused = client.submit(f"{address}/publish")
    assert refused.status_code == 409
    assert "Hãy kết thúc kỳ đánh giá trước" in refused.text
    assert client.get(f"/results/{the_round.code}").status_code == 404


def test_a_run_from_before_a_score_changed_is_not_published(app, client, closed_run):
    in_database(app, sa.update(EvidenceScore).where(EvidenceScore.appraised == 48).values(appraised=47))
    refused = client.submit(f"{closed_run}/publish")
    assert refused.status_code == 409
    assert "đã thay đổi sau lần tính này" in refused.text
    assert round_state(app) == "closed"


def test_a_ranking_with_points_missing_is_not_published(app, client, sign_in, the_round, press):
    in_database(app, sa.update(Round).values(state="closed"))
    in_database(app, sa.update(EvidenceScore).where(EvidenceScore.appraised == 48).values(appraised=None))
    sign_in("analyst")
    address = press()
    sign_in("planner")
    assert client.submit(f"{address}/publish").status_code == 409
