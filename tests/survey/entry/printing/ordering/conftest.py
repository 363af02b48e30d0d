"""A supervisor at the page that orders forms of a survey."""

from __future__ import annotations

import pytest

from tests.survey.entry.desk import MadeIds


@pytest.fixture
def path(made: MadeIds, sign_in) -> str:
    sign_in("supervisor")
    return f"/entry/print/{made.survey}"
