"""Hostile texts where people come in: codes, dossiers, receipts, hidden fields, addresses, cookies."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from flask import Flask

from survey.models import Draft, Response
from tests.survey.citizen import Citizen
from tests.survey.hostile.shown import is_kind, shows, stays_text
from tests.survey.hostile.strings import A_FEW, ENDLESS, STRINGS, Hostile
from tests.survey.respond.surveyed import Round
from tests.survey.respond.tablet import Tablet, make_tablet

HIDDEN = ("form-seen", "form-back", "form-shown", "form-live")


@pytest.fixture(params=A_FEW, ids=lambda each: each.name)
def hostile(request: pytest.FixtureRequest) -> Hostile:
    return request.param


@pytest.fixture
def newcomer(app: Flask, a_round: Round) -> Citizen:
    a_round.change(by_dossier=True, withdrawable=True)
    person = Citizen(app.test_client(), a_round.slug)
    person.open(f"/k/{a_round.slug}")
    return person


@pytest.fixture
def tablet(app: Flask) -> Tablet:
    made = make_tablet(app)
    made.set_up()
    return made


def fields(slug: str) -> tuple[tuple[str, str], ...]:
    return (("/c", "code"), (f"/k/{slug}/withdraw", "receipt"), (f"/k/{slug}", "unit"))


def test_what_lets_nobody_in_is_said_at_its_field(newcomer: Citizen) -> None:
    for hostile in STRINGS:
        for path, name in fields(newcomer.slug):
            page = newcomer.post(path, {name: hostile.raw})
            assert page.status_code == 422, (hostile.name, path)
            assert f'id="{name}-error"' in page.text, (hostile.name, path)
            assert stays_text(page, hostile.raw), (hostile.name, path)


def test_what_is_no_dossier_is_said_at_its_field(newcomer: Citizen, a_round: Round) -> None:
    a_round.change(open_link=False)
    newcomer.open(f"/k/{newcomer.slug}")
    for hostile in STRINGS:
        page = newcomer.post(f"/k/{newcomer.slug}/dossier", {"dossier": hostile.raw})
        assert page.status_code == 422, hostile.name
        assert 'id="dossier-error"' in page.text, hostile.name
        assert stays_text(page, hostile.raw), hostile.name


@pytest.mark.parametrize("name", ENDLESS)
def test_a_text_without_end_lets_nobody_in_either(newcomer: Citizen, name: str) -> None:
    for path, field in fields(newcomer.slug):
        page = newcomer.post(path, {field: ENDLESS[name]})
        assert page.status_code == 422, path
        assert len(page.text) < 50_000


def test_an_address_leads_to_a_page_in_words(newcomer: Citizen) -> None:
    slug = newcomer.slug
    for hostile in STRINGS:
        typed = quote(hostile.raw, safe="")
        for path in (f"/c/{typed}", f"/k/{typed}", f"/kiosk/{typed}", f"/k/{slug}/{typed}"):
            page = newcomer.open(path)
            assert is_kind(page), path
            assert stays_text(page, hostile.raw), path
        for path in (f"/k/{slug}?unit={typed}", f"/k/{slug}/1?back={typed}&shown={typed}"):
            page = newcomer.open(path)
            assert page.status_code == 200, path
            assert stays_text(page, hostile.raw), path


@pytest.mark.parametrize("path", ["/k/%00", "/c/%00", "/kiosk/a%00b", "/k/%00/1", "/%00"])
def test_an_address_with_a_null_character_leads_nowhere(newcomer: Citizen, path: str) -> None:
    page = newcomer.open(path)
    assert page.status_code == 404
    assert "Không có trang" in page.text


def test_a_code_in_an_address_is_shown_to_be_sent(newcomer: Citizen) -> None:
    page = newcomer.open('/c/"><script>alert(1)</script>'.replace("<", "%3C").replace("/s", "%2Fs"))
    assert page.status_code == 404  # a code holds no slash
    page = newcomer.open("/c/%22%3E%3Cscript%3E")
    assert shows(page, '"><script>')
    assert "<script>" not in page.text


def test_hidden_fields_that_were_changed_lose_no_answer(
    citizen: Citizen, a_round: Round, hostile: Hostile
) -> None:
    page = citizen.answer(word="giữ lại", **dict.fromkeys(HIDDEN, hostile.raw))
    assert page.status_code == 200
    assert stays_text(page, hostile.raw)
    assert a_round.answers(Draft) == {"word": "giữ lại"}
    page = citizen.answer(word="giữ", **{"form-language": hostile.raw})
    assert page.status_code == 200
    assert "lang=" in page.text


def test_a_page_that_names_another_visit_is_not_taken(
    citizen: Citizen, a_round: Round, hostile: Hostile
) -> None:
    page = citizen.answer(word="x", **{"form-visit": hostile.raw})
    assert is_kind(page)
    assert page.status_code >= 400
    assert a_round.answers(Draft) == {}


def test_headers_change_nothing(citizen: Citizen, a_round: Round, hostile: Hostile) -> None:
    raw = hostile.raw.encode().replace(b"\r", b"").replace(b"\n", b"").decode("latin-1")
    names = ("User-Agent", "Accept-Language", "X-Forwarded-For", "X-Forwarded-Host", "Referer", "X-Autosave")
    sent = dict.fromkeys(names[:-1], raw)
    environ = {"HTTP_" + name.upper().replace("-", "_"): value for name, value in sent.items()}
    page = citizen.client.post(
        citizen.path,
        data=citizen.hidden | {"word": "giữ lại"},
        environ_overrides={**environ, "REMOTE_ADDR": raw},
    )
    assert page.status_code == 303
    assert page.location == f"/k/{a_round.slug}/check"
    page = citizen.client.post(
        f"/k/{a_round.slug}/check", data=citizen.hidden, environ_overrides={**environ, "REMOTE_ADDR": raw}
    )
    assert page.location == f"/k/{a_round.slug}/thanks"
    assert a_round.count(Response) == 1


def test_cookies_that_were_changed_are_no_visit(citizen: Citizen, a_round: Round, hostile: Hostile) -> None:
    client = citizen.client
    for signs in (hostile.raw, f"{hostile.raw}.a.b"):
        name = f"visit-{a_round.survey_id}"
        header = f"{name}={signs}; language={signs}; kiosk={signs}; hailong_session={signs}"
        raw = header.replace("\r", "").replace("\n", "").encode().decode("latin-1")
        for path in (
            f"/k/{a_round.slug}",
            f"/k/{a_round.slug}/1",
            f"/k/{a_round.slug}/check",
            "/kiosk",
            "/c",
        ):
            page = client.application.test_client(use_cookies=False).get(
                path, environ_overrides={"HTTP_COOKIE": raw}
            )
            assert page.status_code in (200, 302, 404), path
            assert stays_text(page, hostile.raw)


def test_a_tablet_knows_its_name_and_its_key_alone(tablet: Tablet) -> None:
    person = tablet.person
    person.open("/kiosk/quit")
    for hostile in STRINGS:
        page = person.post("/kiosk/quit", {"name": hostile.raw})
        assert page.status_code == 422, hostile.name
        assert 'id="name-error"' in page.text, hostile.name
        assert stays_text(page, hostile.raw), hostile.name


@pytest.mark.parametrize("typed", [" quầy 3 ", "Qu\u0061\u0302\u0300y\t3", "\u202eQuầy\u2069 3"])
def test_a_tablets_name_may_be_typed_in_any_way(tablet: Tablet, typed: str) -> None:
    tablet.person.open("/kiosk/quit")
    assert tablet.person.post("/kiosk/quit", {"name": typed}).status_code == 200


def test_long_numbers_in_addresses_lead_nowhere(newcomer: Citizen) -> None:
    for digits in ("9" * 30, "9" * 5_000, "１２", "²", "-1", "1e309"):
        assert newcomer.open(f"/k/{newcomer.slug}/{digits}").status_code in (200, 404)


def test_the_bait_is_for_programs(newcomer: Citizen, a_round: Round, hostile: Hostile) -> None:
    page = newcomer.start(a_round.units[0], website=hostile.raw or "x")
    assert is_kind(page)
    assert a_round.count(Draft) == 0
