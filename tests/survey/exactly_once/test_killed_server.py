"""kill -9 under load: what was acknowledged is there, once; what was cut off is there whole or not at all."""

from __future__ import annotations

import os
import random
import signal
import uuid
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from survey.collection.quota_setting import WantedQuota, add_quotas
from survey.db import begin_snapshot, db
from survey.fieldwork.blueprint import locked
from survey.models import Draft, Quota, Response, ResponseVersion, Survey
from tests.survey.exactly_once.senders import Book, keep_sending, new_form
from tests.survey.exactly_once.server import Server, running
from tests.survey.factory import make_round

CLIENTS = 8
KILLS = 50
WITH_MASTER = {13, 26, 39}  # at these kills the master goes with its worker, and all starts again


@dataclass(frozen=True)
class Stored:
    """What the database holds of one survey, seen at one moment."""

    answers: Mapping[uuid.UUID, Mapping[str, Any]]
    responses: list[uuid.UUID]
    drafts: set[str]
    taken: int


def test_fifty_killed_servers_lose_nothing_and_double_nothing(
    app: Flask, tmp_path: Path, record_property: pytest.RecordProperty
) -> None:
    survey, stratum_id = survey_with_quota(app)
    book = Book()
    with running(app, tmp_path / "log") as server, ThreadPoolExecutor(CLIENTS) as pool:
        make = partial(new_form, app, survey, stratum_id)
        clients = [pool.submit(keep_sending, server.port, survey.slug, make, book) for _ in range(CLIENTS)]
        try:
            killed = kill_again_and_again(server, book)
        finally:
            book.close()
        for client in clients:
            client.result()
    record_property("summary", f"{len(book.stored)} forms, {book.cut} replies cut off by {KILLS} kills")
    assert len(set(killed)) == KILLS
    assert book.cut >= KILLS, "the server was idle when it was killed: this proves nothing"
    require_all_stored_once(stored(app, survey.id), book)


def kill_again_and_again(server: Server, book: Book) -> list[int]:
    """Each worker is killed while it answers; returns their process ids."""
    chance, killed = random.Random(7), [0]
    for number in range(1, KILLS + 1):
        killed.append(server.worker(other_than=killed[-1]))
        book.wait_for_more(chance.randint(2, 4))
        if number in WITH_MASTER:
            server.kill_all()
            server.start()
        else:
            os.kill(killed[-1], signal.SIGKILL)
    book.wait_for_more(2 * CLIENTS)
    return killed[1:]


def require_all_stored_once(found: Stored, book: Book) -> None:
    sent = {**book.given_up, **book.stored}
    assert len(found.responses) == len(set(found.responses))
    assert book.stored.keys() <= set(found.responses) <= sent.keys()
    assert found.answers == {each: sent[each].record for each in found.responses}
    assert found.drafts == {sent[each].draft_hash for each in sent.keys() - set(found.responses)}
    assert found.taken == sum(record["received"] == "no" for record in found.answers.values())


def stored(app: Flask, survey_id: int) -> Stored:
    with app.app_context():
        begin_snapshot()
        versions = db.session.execute(sa.select(ResponseVersion.response_id, ResponseVersion.answers)).all()
        found = Stored(
            dict(map(tuple, versions)),
            list(db.session.scalars(sa.select(Response.id).filter_by(survey_id=survey_id))),
            set(db.session.scalars(sa.select(Draft.key_hash))),
            db.session.scalars(sa.select(Quota.taken)).one(),
        )
        assert len(versions) == len(found.answers)
        return found


def survey_with_quota(app: Flask) -> tuple[Survey, int]:
    """An open survey that counts who has no result yet; its row is read already, for use in threads."""
    with app.app_context():
        made = make_round(db.session, codes_each=0)
        add_quotas(locked(Survey, made.survey.id), [WantedQuota(None, {"received": "no"}, 10**6)])
        db.session.commit()
        survey, stratum_id = made.survey, made.strata[0].id
        db.session.refresh(survey)
        assert survey.questionnaire_version.sha256
        db.session.expunge_all()
        return survey, stratum_id
