"""A response claims its place: its row is written in one statement with all that must hold for it. Where the
database allows, that statement ends the draft and writes the answers too: each trip to the server costs.

Statements go past the session: a citizen waits for them, and nobody reads these objects afterwards.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from survey.collection.opening import BY_PEOPLE_THEMSELVES
from survey.collection.recording import Accepted, add_versions, version_of
from survey.collection.submission import Submission
from survey.db import Json, db, today
from survey.models import Draft, Response, ResponseVersion, Sample, Stratum, Survey

_drafts, _responses, _versions = Draft.__table__, Response.__table__, ResponseVersion.__table__
_surveys, _samples, _strata = Survey.__table__, Sample.__table__, Stratum.__table__
_END_DRAFT = sa.delete(_drafts).where(
    _drafts.c.key_hash == sa.bindparam("key"), _drafts.c.survey_id == sa.bindparam("survey")
)
COLUMNS = ("id", "survey_id", "unit_id", "stratum_id", "psu", "mode", "received_on", "state", "version")
_passage = (
    sa.select(
        sa.bindparam("response_id", type_=sa.Uuid()),
        _surveys.c.id,
        _strata.c.unit_id,
        _strata.c.id,
        sa.bindparam("psu", type_=sa.String()),
        sa.bindparam("mode", type_=sa.String()),
        sa.bindparam("today", type_=sa.Date()),
        sa.literal("accepted"),
        sa.literal(1),
    )
    .join(_samples, _samples.c.survey_id == _surveys.c.id)
    .join(_strata, _strata.c.sample_id == _samples.c.id)
    .where(
        _surveys.c.id == sa.bindparam("survey"),
        _strata.c.id == sa.bindparam("stratum"),
        _surveys.c.state.in_([sa.bindparam("first_state"), sa.bindparam("second_state")]),
        _surveys.c.opens_on <= sa.bindparam("last_opening", type_=sa.Date()),
        _surveys.c.closes_on >= sa.bindparam("first_closing", type_=sa.Date()),
    )
)


# Written out, because in a RETURNING clause SQLAlchemy leaves out the names that tell columns apart.
_has_quotas = sa.literal_column(
    "(SELECT surveys.has_quotas FROM surveys WHERE surveys.id = responses.survey_id)", sa.Boolean()
)


def _claim(dialect: Any, passage: sa.Select[Any]) -> Any:
    insert = dialect.insert(_responses).from_select(COLUMNS, passage)
    return insert.on_conflict_do_nothing(index_elements=["id"])


def _whole_claim() -> sa.Select[Any]:
    """Counting what the deletion returns makes it come first: whoever else holds the draft is waited for
    before the response's row is written, in this order everywhere. The survey's row is shared as it is read:
    after waiting for whoever sets the first quota, what they set is seen.
    """
    ended = _END_DRAFT.returning(_drafts.c.survey_id).cte("ended")
    open_now = _passage.add_columns(_surveys.c.has_quotas).where(
        sa.select(sa.func.count()).select_from(ended).scalar_subquery() >= 0
    )
    passage = open_now.with_for_update(read=True, key_share=True, of=_surveys).cte("passage")
    columns = list(passage.c)[: len(COLUMNS)]
    claimed = _claim(postgresql, sa.select(*columns)).returning(_responses.c.id).cte("claimed")
    version = sa.select(
        claimed.c.id,
        sa.literal(1),
        sa.bindparam("answers", type_=Json),
        sa.bindparam("author_id", type_=sa.Integer()),
        sa.literal(""),
        sa.bindparam("today", type_=sa.Date()),
    )
    columns = ("response_id", "version", "answers", "author_id", "reason", "made_on")
    written = _versions.insert().from_select(columns, version).returning(_versions.c.version).cte("written")
    return sa.select(passage.c.has_quotas).join(written, sa.true())


_CLAIM = {
    dialect.dialect.name: _claim(dialect, _passage).returning(_has_quotas) for dialect in (postgresql, sqlite)
}
_WHOLE_CLAIM = _whole_claim()


def claim(
    connection: sa.Connection,
    survey_id: int,
    submission: Submission,
    first: Accepted,
    draft_hash: str | None = None,
) -> bool | None:
    """End the draft and write the row that carries the submission's own id, if the survey takes answers of
    this mode today and has the stratum. Whether the survey ever had quotas; None where it takes none, or
    where the submission is stored already.
    """
    if draft_hash is not None:
        end_draft(survey_id, draft_hash)
    values = values_of(survey_id, submission, first)
    return connection.scalar(_CLAIM[connection.dialect.name], values)


def claim_whole(
    connection: sa.Connection,
    survey_id: int,
    submission: Submission,
    form: Accepted,
    draft_hash: str | None = None,
) -> bool | None:
    """As `claim`, for a form about one unit, its answers with it."""
    if connection.dialect.name != "postgresql":
        has_quotas = claim(connection, survey_id, submission, form, draft_hash)
        if has_quotas is not None:
            add_versions(connection, submission, [form])
        return has_quotas
    values = values_of(survey_id, submission, form) | version_of(submission, form)
    return connection.scalar(_WHOLE_CLAIM, {**values, "key": draft_hash or ""})


def values_of(survey_id: int, submission: Submission, first: Accepted) -> dict[str, Any]:
    is_by_people, day = submission.mode in BY_PEOPLE_THEMSELVES, today()
    return {
        "response_id": first.response_id,
        "psu": first.psu,
        "mode": submission.mode,
        "today": day,
        "survey": survey_id,
        "stratum": first.stratum_id,
        "first_state": "open",
        "second_state": "open" if is_by_people else "paused",
        "last_opening": day if is_by_people else date.max,
        "first_closing": day if is_by_people else date.min,
    }


def move_claim(connection: sa.Connection, first: Accepted) -> None:
    """Let the row with the submission's id stand for another unit: the one it stood for has no room."""
    moving = sa.update(_responses).where(_responses.c.id == first.response_id)
    connection.execute(moving.values(unit_id=first.unit_id, stratum_id=first.stratum_id))


def end_draft(survey_id: int, draft_hash: str) -> None:
    db.session.connection().execute(_END_DRAFT, {"key": draft_hash, "survey": survey_id})
