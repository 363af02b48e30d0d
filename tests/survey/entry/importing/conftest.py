"""A survey to import into."""

from __future__ import annotations

import pytest
from flask import Flask

from survey.db import db
from tests.survey.entry.importing.sheets import Target
from tests.survey.factory import make_round, make_stratum


@pytest.fixture
def target(app: Flask, sign_in) -> Target:
    """A survey of three agencies; the second has two strata. The client is a supervisor."""
    with app.app_context():
        made = make_round(db.session)
        make_stratum(made.survey, made.units[1], 50, "officials")
        db.session.commit()
        target = Target(made.survey.id, [unit.code for unit in made.units])
    sign_in("supervisor")
    return target
