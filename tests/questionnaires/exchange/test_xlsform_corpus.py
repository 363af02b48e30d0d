"""The forms that pyxform's tests carry: docs/xlsform.md says rightly what becomes of each."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from questionnaires import parse_questionnaire
from questionnaires.sheets import SheetsRefused
from tests.questionnaires.exchange.xlsform_corpus import forms, imported, lines, name_of

PAGE = Path(__file__).parents[3] / "docs" / "xlsform.md"

pytestmark = pytest.mark.skipif(not forms(), reason="the examples of pyxform are not in this checkout")


def test_the_page_says_what_becomes_of_each_form() -> None:
    assert set(lines()) <= set(PAGE.read_text(encoding="utf-8").splitlines())


def test_the_page_counts_rightly() -> None:
    taken = sum("| imported; " in line for line in lines())
    assert re.search(rf"\b{taken} of the {len(forms())} forms\b", PAGE.read_text(encoding="utf-8"))


@pytest.mark.parametrize("form", forms(), ids=name_of)
def test_a_form_is_sound_or_refused_with_every_reason_at_a_cell(form: Path) -> None:
    try:
        definition = imported(form).definition
    except SheetsRefused as refused:
        places = [fault.sheet for fault in refused.faults]
    else:
        places = [parse_questionnaire(definition).code]
    assert places
    assert all(places)
