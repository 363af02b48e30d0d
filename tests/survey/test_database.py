"""What the database promises, on SQLite as on PostgreSQL."""

from __future__ import annotations

import datetime
import unicodedata
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from survey.db import begin_snapshot, db, now
from survey.models import AuditEntry, Unit

DAY = datetime.date(2025, 7, 1)


def add_unit(**values: object) -> Unit:
    unit = Unit(
        **{"code": "so-noi-vu", "name": "Sở Nội vụ", "type": "department", "valid_from": DAY, **values}
    )
    db.session.add(unit)
    db.session.commit()
    return unit


def test_text_is_stored_composed(app):
    with app.app_context():
        add_unit(name=unicodedata.normalize("NFD", "Ủy ban nhân dân"))
        found = sa.select(Unit.code).where(Unit.name == unicodedata.normalize("NFD", "Ủy ban nhân dân"))
        assert db.session.scalar(found) == "so-noi-vu"
        assert db.session.scalar(sa.select(Unit.name)) == "Ủy ban nhân dân"


def test_moments_come_back_with_their_zone(app):
    hanoi = datetime.timezone(datetime.timedelta(hours=7))
    written = datetime.datetime(2025, 7, 1, 0, 30, tzinfo=hanoi)
    with app.app_context():
        db.session.add(AuditEntry(at=written, action="a", subject="s"))
        db.session.commit()
        read = db.session.scalar(sa.select(AuditEntry.at))
    assert read == written
    assert read.tzinfo is datetime.UTC


def test_a_moment_without_its_zone_is_refused(app):
    with app.app_context():
        db.session.add(AuditEntry(at=datetime.datetime(2025, 7, 1), action="a", subject="s"))
        with pytest.raises(sa.exc.StatementError, match="time zone"):
            db.session.commit()


def test_what_is_pointed_to_must_exist(app):
    with app.app_context(), pytest.raises(sa.exc.IntegrityError):
        add_unit(parent_id=999_999)


def test_many_who_read_then_write_at_once_lose_nothing(app):
    """On SQLite the second would be refused at once ("database is locked") had the first only read so far."""
    with app.app_context():
        add_unit(name="0")

    def count_up(_: int) -> None:
        with app.app_context():
            unit = db.session.scalars(sa.select(Unit).with_for_update()).one()
            unit.name = str(int(unit.name) + 1)
            db.session.commit()

    with ThreadPoolExecutor(8) as crowd:
        list(crowd.map(count_up, range(40)))
    with app.app_context():
        assert db.session.scalar(sa.select(Unit.name)) == "40"


def test_a_snapshot_holds_up_nobody_and_sees_one_moment(app):
    with app.app_context():
        add_unit()
        begin_snapshot()
        assert db.session.scalar(sa.select(sa.func.count(Unit.id))) == 1

        def somebody_else() -> None:
            with app.app_context():
                add_unit(code="so-tai-chinh")

        with ThreadPoolExecutor(1) as other:
            other.submit(somebody_else).result()
        assert db.session.scalar(sa.select(sa.func.count(Unit.id))) == 1
        db.session.rollback()
        assert db.session.scalar(sa.select(sa.func.count(Unit.id))) == 2


def test_now_is_in_utc():
    assert now().utcoffset() == datetime.timedelta(0)
