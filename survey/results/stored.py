"""A run's tables, read back from what was stored, and the words for the codes in them."""

from __future__ import annotations

import functools
import uuid
from collections.abc import Mapping

import sqlalchemy as sa

from analysis.round.result import RunResult
from questionnaires.faults import N_
from questionnaires.schema import Text
from survey.db import db
from survey.errors import UserError
from survey.models import FrameworkVersion, QuestionnaireVersion, Run

OTHER_FORMAT = N_(
    "This run was made by another version of the program, which wrote it differently. Make it again."
)

NO_DEFINITION = N_("Version %(version)s of the framework “%(code)s” is no longer stored here.")


def result_of(run: Run) -> RunResult:
    """The run's tables and manifest. Raises UserError for a format that this version does not read."""
    return read(run.sha256, run.id)


@functools.lru_cache(maxsize=8)
def read(sha256: str, run_id: uuid.UUID) -> RunResult:
    """The result in a run's stored bytes, whose hash is `sha256`. Raises UserError as `result_of`."""
    content = db.session.scalar(sa.select(Run.result).where(Run.id == run_id))
    assert content is not None
    try:
        return RunResult.from_bytes(content)
    except ValueError as error:
        raise UserError(OTHER_FORMAT, status=409) from error


class Names:
    """The words for the codes in a result's tables."""

    def __init__(self, result: RunResult) -> None:
        labels = result.tables["labels"]
        self.texts: Mapping[tuple[str, str, str], Text] = {
            (kind, scope, code): {"vi": vi, "en": en}
            for kind, scope, code, vi, en in labels.itertuples(index=False)
        }

    def of(self, kind: str, code: str, scope: str = "") -> Text:
        """The words of a code; the code itself where there are none. `scope`: see `analysis.round.labels`."""
        return self.texts.get((kind, scope, code), {"vi": code})


def framework_version(result: RunResult) -> FrameworkVersion:
    """The framework version that the run was made under. Raises UserError where it is no longer stored."""
    used = result.manifest["framework"]
    query = sa.select(FrameworkVersion).filter_by(code=used["code"], version=used["version"])
    found = db.session.scalar(query)
    if found is None:
        raise UserError(NO_DEFINITION, {"code": used["code"], "version": used["version"]}, status=409)
    return found


def questionnaire_versions(result: RunResult) -> dict[str, QuestionnaireVersion]:
    """The code of each survey of the run → the version of its form."""
    table = QuestionnaireVersion
    used = {
        survey["code"]: (survey["questionnaire"], survey["version"]) for survey in result.manifest["surveys"]
    }
    query = sa.select(table).where(sa.tuple_(table.code, table.version).in_(used.values()))
    stored = {(version.code, version.version): version for version in db.session.scalars(query)}
    return {survey: stored[pair] for survey, pair in used.items() if pair in stored}
