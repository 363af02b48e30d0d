"""A planner gives all units of a round the same numbers at once, as where deputies rate eighteen agencies."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from survey.db import db
from survey.models import RoundUnit, Stratum
from tests.survey.factory import make_round, make_unit
from tests.survey.fieldwork.desk import filled_in, last_details, stored

AGENCIES = 18


@pytest.fixture
def sample(app) -> str:
    """The page of a sample without strata, in a round of eighteen agencies."""
    with app.app_context():
        made = make_round(db.session, units=0, codes_each=0)
        for place in range(AGENCIES):
            unit = make_unit(db.session, f"so-{place:02d}", f"Sở {place:02d}")
            db.session.add(RoundUnit(round=made.round, unit=unit, ranking_group="so-nganh"))
        db.session.commit()
        return f"/surveys/{made.survey.id}/sample"


def strata(app) -> dict[str, tuple[int, int]]:
    return {each.code: (each.population, each.selected) for each in stored(app, Stratum)}


def save(planner, sample: str, **typed: str):
    """Save the page with these numbers of each unit, by the ends of their names."""
    each = {f"every-{name}": value for name, value in typed.items()}
    return planner.submit(sample, {**filled_in(planner, sample), **each})


def test_two_numbers_make_the_strata_of_all_units(app, planner, sample):
    assert save(planner, sample, population="75", selected="60").status_code == 302
    assert strata(app) == {f"so-{place:02d}": (75, 60) for place in range(AGENCIES)}
    assert last_details(app)["so-07"] == [None, [75, 60]]


def test_each_is_changed_before_and_afterwards_like_any_other(app, planner, sample):
    one_first = {"population-so-03": "80", "selected-so-03": "80", "every-population": "75"}
    planner.submit(sample, {**filled_in(planner, sample), **one_first})
    assert strata(app)["so-03"] == (80, 80)
    assert strata(app)["so-04"] == (75, 0)  # how many to choose can be worked out by the plan
    left_out = {"population-so-04": "", "selected-so-04": ""}
    planner.submit(sample, {**filled_in(planner, sample), **left_out})
    assert "so-04" not in strata(app)
    assert len(strata(app)) == AGENCIES - 1


def test_what_stands_is_replaced_only_on_demand(app, planner, sample):
    save(planner, sample, population="75", selected="60")
    again = {"every-population": "70", "every-selected": "50"}
    told = planner.submit(sample, {**filled_in(planner, sample), **again})
    assert told.status_code == 422
    assert 'href="#every-replaces"' in told.text
    assert set(strata(app).values()) == {(75, 60)}
    planner.submit(sample, {**filled_in(planner, sample), **again, "every-replaces": "1"})
    assert set(strata(app).values()) == {(70, 50)}


@pytest.mark.parametrize(
    ("population", "selected", "place"),
    [("nhiều", "5", "every-population"), ("50", "60", "every-selected"), ("", "60", "every-population")],
)
def test_wrong_numbers_are_told_at_their_fields_and_stay_there(
    app, planner, sample, population, selected, place
):
    page = save(planner, sample, population=population, selected=selected)
    assert page.status_code == 422
    assert f'href="#{place}"' in page.text
    assert f'id="{place}-error"' in page.text
    assert f'name="every-selected" value="{selected}"' in page.text
    assert strata(app) == {}
    assert 'id="population-so-00" name="population-so-00" value=""' in page.text


def test_who_only_reads_is_not_offered_it(app, client, sign_in, sample):
    sign_in("analyst")
    page = client.get(sample)
    assert page.status_code == 200
    assert "every-population" not in page.text


def test_parts_of_a_unit_are_each_a_stratum(app, planner):
    with app.app_context():
        made = make_round(db.session, codes_each=0)
        part = Stratum(sample=made.survey.sample, unit=made.units[0], code="xa", population=9, selected=3)
        db.session.add(part)
        db.session.commit()
        path = f"/surveys/{made.survey.id}/sample"
        number = db.session.scalar(sa.select(sa.func.count()).select_from(Stratum))
    typed = {"every-population": "20", "every-selected": "10", "every-replaces": "1"}
    planner.submit(path, {**filled_in(planner, path), **typed})
    assert list(strata(app).values()) == [(20, 10)] * number
