"""A planner puts tablets on desks: the link is seen once, the list says which are on, each deed is noted."""

from __future__ import annotations

import re

import pytest
import sqlalchemy as sa

from survey.db import db
from survey.models import Kiosk, Stratum
from tests.survey.factory import MadeRound
from tests.survey.fieldwork.desk import actions, add_responses, filled_in, last_details, stored


@pytest.fixture
def path(made: MadeRound) -> str:
    return f"/surveys/{made.survey.id}/kiosks"


def add(planner, path: str, made: MadeRound, name: str = "Quầy 3", place: int = 0):
    return planner.submit(path, {"name": name, "stratum_id": str(made.strata[place].id)})


def link_on(page) -> str:
    return re.search(r'value="(http://localhost/kiosk/[\w-]+)"', page.text)[1]


def test_the_set_up_link_is_shown_once_with_its_code(app, planner, made, path):
    page = add(planner, path, made)
    link = link_on(page)
    assert len(link.rpartition("/")[2]) >= 22  # 128 bits and more in base64
    assert 'src="data:image/svg+xml' in page.text
    (kiosk,) = stored(app, Kiosk)
    assert (kiosk.stratum_id, kiosk.active) == (made.strata[0].id, True)
    listed = planner.get(path).text
    assert "Quầy 3" in listed
    assert link not in listed
    assert link.rpartition("/")[2] not in repr(vars(kiosk))
    assert app.test_client().get(link).status_code == 200
    assert last_details(app) == {"kiosk": "Quầy 3", "stratum": made.strata[0].code}


def test_a_new_link_ends_the_old_one(app, planner, made, path):
    old = link_on(add(planner, path, made))
    (kiosk,) = stored(app, Kiosk)
    new = link_on(planner.submit(f"{path}/{kiosk.id}/key"))
    assert app.test_client().get(old).status_code == 404
    assert app.test_client().get(new).status_code == 200
    assert actions(app)[-1] == "kiosk.key"


def test_a_tablet_is_switched_off_and_on_again(app, planner, made, path):
    add(planner, path, made)
    (kiosk,) = stored(app, Kiosk)
    for active, action in (("0", "kiosk.switch_off"), ("1", "kiosk.switch_on")):
        for _ in range(2):  # a second click is no second deed
            planner.submit(f"{path}/{kiosk.id}/switch", {"active": active})
        assert stored(app, Kiosk)[0].active == (active == "1")
        assert actions(app)[-1] == action
    assert len(actions(app)) == 3


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"name": "", "stratum_id": ""}, "Hãy nhập tên"),
        ({"name": "QUẦY 3", "stratum_id": "{stratum}"}, "Một máy khác của khảo sát này đã có tên này"),
        ({"name": "Quầy 4", "stratum_id": "999999"}, "Lựa chọn này không có"),
    ],
)
def test_what_is_wrong_is_said_at_its_place(app, planner, made, path, typed, sentence):
    add(planner, path, made)
    values = {name: text.replace("{stratum}", str(made.strata[0].id)) for name, text in typed.items()}
    reply = planner.submit(path, values)
    assert reply.status_code == 400
    assert "govuk-error-summary" in reply.text
    assert sentence in reply.text
    assert len(stored(app, Kiosk)) == 1


@pytest.mark.parametrize("values", [{"state": "closed"}, {"rates": "several"}])
def test_a_survey_that_no_tablet_can_serve_gets_none(app, planner, made, path, values):
    with app.app_context():
        for name, value in values.items():
            setattr(db.session.get(type(made.survey), made.survey.id), name, value)
        db.session.commit()
    assert "stratum_id" not in planner.get(path).text
    assert add(planner, path, made).status_code == 409
    assert stored(app, Kiosk) == []


def test_another_surveys_tablet_is_not_reached_from_here(app, planner, made, citizens, path):
    add(planner, f"/surveys/{citizens.survey.id}/kiosks", citizens)
    (kiosk,) = stored(app, Kiosk)
    assert planner.submit(f"{path}/{kiosk.id}/switch", {"active": "0"}).status_code == 404
    assert planner.submit(f"{path}/{kiosk.id}/key").status_code == 404


def test_answers_on_tablets_are_counted_by_unit(app, planner, made, path):
    with app.app_context():
        add_responses(made, 1, 3, mode="tablet")
        add_responses(made, 1, 2, mode="online")
        add_responses(made, 1, 1, mode="tablet", state="rejected")
        db.session.commit()
    table = planner.get(path).text.partition('id="answers-caption"')[2]
    assert made.units[1].name in table
    assert re.search(r"app-number[^>]*>3<", table)
    assert made.units[0].name not in table.partition("</table>")[0]


def test_a_stratum_with_a_tablet_stays(app, planner, made, path):
    add(planner, path, made)
    with app.app_context(), pytest.raises(sa.exc.IntegrityError):
        db.session.execute(sa.delete(Stratum).filter_by(id=made.strata[0].id))
    sample = f"/surveys/{made.survey.id}/sample"
    typed = filled_in(planner, sample) | {
        f"population-{made.strata[0].code}": "",
        f"selected-{made.strata[0].code}": "",
    }
    assert planner.submit(sample, typed).status_code == 422
    assert len(stored(app, Stratum)) == 3


def test_who_may_not_plan_opens_no_tablet(app, client, sign_in, made, path):
    sign_in("analyst")
    assert client.get(path).status_code == 403
    assert client.submit(path, {"name": "x"}).status_code == 403
