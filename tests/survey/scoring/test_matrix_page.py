"""All units of a round on one page."""

from __future__ import annotations

import re

from survey.db import db
from survey.models import Unit
from survey.scoring.criteria import evidence_leaves
from tests.survey.queries import counted
from tests.survey.scoring.place import FRAMEWORK, PLAN, PLAN_DONE


def test_an_officer_is_led_to_the_own_unit(client, sign_in, place):
    sign_in("unit_officer", unit_id=place.unit_ids[0])
    assert client.get(place.units).location == place.unit


def test_all_units_at_a_glance_and_by_field(app, client, sign_in, place):
    with app.app_context():
        place.submitted()
        place.score(PLAN, self_score=1, appraised=0.5, appraisal_note="Chậm", explanation="Vì …")
        place.score(PLAN_DONE, self_score=2, appraised=2)
        place.score("c2_1", 1, self_score=0.5)
        unit = db.session.get(Unit, place.unit_ids[0]).name
    sign_in("planner")
    count = len(evidence_leaves(FRAMEWORK, "so"))
    first = cells(client.get(place.units).text, unit)
    assert first[1:3] == [f"2/{count}", f"2/{count}"]
    assert first[3:5] == ["3,00", "2,50"]
    assert first[6:] == ["1", "1"]
    elsewhere = cells(client.get(f"{place.units}?field=c2").text, unit)
    assert elsewhere[3:5] == ["0,00", "0,00"]
    assert client.get(f"{place.units}?field=nowhere").status_code == 404


def cells(text: str, name: str) -> list[str]:
    """The cells of a unit's row."""
    row = text.partition(f">{name}</a>")[2].partition("</tr>")[0]
    return re.findall(r"<td[^>]*>(.*?)</td>", row)


def test_pages_ask_the_database_no_more_for_more_rows(app, client, sign_in, place):
    sign_in("appraiser")
    with app.app_context():
        before = [counted(client, path) for path in (place.units, place.unit)]
        for code in (leaf.code for leaf in evidence_leaves(FRAMEWORK, "so")):
            for number in range(3):
                cut = {"appraised": 0, "appraisal_note": "x", "explanation": "y"}
                place.score(code, number, self_score=0.1, **cut)
    with app.app_context():
        assert [counted(client, path) for path in (place.units, place.unit)] == before
