"""Setting a tablet up, shutting it out, and leaving it on purpose alone."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask

from survey.db import db, today
from survey.models import Quota
from tests.survey.respond.tablet import COMPLETE, Tablet, make_tablet


@pytest.fixture
def tablet(app: Flask) -> Tablet:
    return make_tablet(app)


def test_the_link_asks_before_it_makes_a_device_the_tablet(tablet):
    page = tablet.person.open(f"/kiosk/{tablet.key}")
    assert "Quầy 3" in page.text
    assert tablet.person.open("/kiosk").status_code == 404
    assert tablet.set_up().status_code == 200
    assert tablet.person.path == f"/k/{tablet.slug}/kiosk"


def test_the_devices_cookie_is_kept_for_long_and_out_of_scripts_reach(tablet):
    tablet.person.open(f"/kiosk/{tablet.key}")
    reply = tablet.person.client.post(f"/kiosk/{tablet.key}", data=tablet.person.hidden)
    (cookie,) = [each for each in reply.headers.getlist("Set-Cookie") if each.startswith("kiosk=")]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Max-Age=34560000" in cookie


def test_a_link_that_nobody_made_opens_nothing(tablet):
    assert tablet.person.open("/kiosk/guessed").status_code == 404
    assert tablet.person.post("/kiosk/guessed", {}).status_code == 404
    assert tablet.person.client.get_cookie("kiosk") is None


def test_another_key_shuts_the_old_device_out(tablet):
    tablet.set_up()
    tablet.change(key_hash="0" * 64)
    page = tablet.person.open("/kiosk")
    assert page.status_code == 404
    assert 'href="/kiosk"' in page.text
    tablet.person.post(f"/k/{tablet.slug}/kiosk", {})
    assert tablet.person.path == "/kiosk"


def test_a_cookie_that_we_did_not_sign_makes_no_tablet(tablet):
    tablet.person.client.set_cookie("kiosk", tablet.key)
    assert tablet.person.open("/kiosk").status_code == 404


def close(tablet: Tablet) -> None:
    tablet.change_survey(state="closed")


def pause(tablet: Tablet) -> None:
    tablet.change_survey(state="paused")


def put_off(tablet: Tablet) -> None:
    tablet.change_survey(opens_on=today() + (tablet.made.survey.closes_on - today()))


def switch_off(tablet: Tablet) -> None:
    tablet.change(active=False)


def fill(tablet: Tablet) -> None:
    with tablet.app.app_context():
        stratum_id = tablet.made.strata[0].id
        quota = Quota(survey_id=tablet.made.survey.id, stratum_id=stratum_id, answers={}, most=1, taken=1)
        db.session.add(quota)
        db.session.commit()


@pytest.mark.parametrize(
    ("deed", "status"), [(close, 410), (pause, 403), (put_off, 403), (switch_off, 403), (fill, 403)]
)
def test_a_tablet_that_takes_no_answers_says_so_and_tries_again(tablet, deed, status):
    tablet.set_up()
    hidden = dict(tablet.person.hidden)
    deed(tablet)
    page = tablet.person.open("/kiosk")
    assert page.status_code == status
    assert 'href="/kiosk"' in page.text
    assert 'content="60; url=/kiosk"' in page.text
    late = tablet.person.client.post(f"/k/{tablet.slug}/kiosk", data=hidden, follow_redirects=True)
    assert late.status_code == status


@pytest.mark.parametrize("path", ["/c", "/c/7KQ4-92HX-MBT3", "/k/{slug}", "/k/{slug}/2", "/k/{slug}/check"])
def test_between_two_people_every_page_leads_to_the_start(tablet, path):
    tablet.set_up()
    tablet.person.open(path.format(slug=tablet.slug))
    assert tablet.person.path == f"/k/{tablet.slug}/kiosk"


def test_no_page_of_a_turn_leads_away(tablet):
    tablet.set_up()
    texts = [tablet.person.open("/kiosk").text, tablet.begin().text]
    texts += [tablet.person.answer(**answers).text for answers in (*COMPLETE, {})]
    texts.append(tablet.person.send().text)
    assert tablet.person.path.endswith("/kiosk/thanks")
    for text in texts:
        assert 'href="/"' not in text
        assert 'href="/c"' not in text
        assert f'href="/k/{tablet.slug}"' not in text
        assert "/sign-in" not in text


def test_a_page_that_is_not_there_leads_back_too(tablet):
    tablet.set_up()
    page = tablet.person.open("/nothing-here").text
    assert 'href="/kiosk"' in page
    assert 'href="/"' not in page


def test_the_way_out_needs_the_name_of_the_tablet(tablet):
    tablet.set_up()
    tablet.person.open("/kiosk/quit")
    assert tablet.person.post("/kiosk/quit", {"name": "Quầy 4"}).status_code == 422
    assert tablet.person.open("/kiosk").status_code == 200
    tablet.person.open("/kiosk/quit")
    tablet.person.post("/kiosk/quit", {"name": " quầy 3 "})
    assert tablet.person.path == "/"
    assert tablet.person.open("/kiosk").status_code == 404


def test_a_device_that_is_no_tablet_answers_as_before(app):
    tablet = make_tablet(app, open_link=True)
    assert tablet.person.start(tablet.made.units[0].code).status_code == 200
    assert tablet.person.path == f"/k/{tablet.slug}/1"
    assert "app-kiosk" not in tablet.person.page.text
    tablet.leave()
    tablet.person.open(f"/k/{tablet.slug}/1")
    assert tablet.person.path == f"/k/{tablet.slug}/1"


def test_the_key_stands_in_no_table(tablet):
    tablet.set_up()
    with tablet.app.app_context():
        for table in db.metadata.sorted_tables:
            assert tablet.key not in repr(db.session.execute(sa.select(table)).all()), table.name
