"""Headers, cookies, forged and malformed requests."""

from __future__ import annotations

import pytest

from survey import create_app
from survey.config import SettingsError, database_url, from_environment
from tests.survey.conftest import PASSWORD, SETTINGS


def policy(response) -> dict[str, str]:
    parts = response.headers["Content-Security-Policy"].split("; ")
    return dict(part.split(" ", 1) for part in parts)


@pytest.mark.parametrize("path", ["/", "/nothing-here", "/users", "/static/staff.css"])
def test_every_response_carries_the_headers(client, path):
    response = client.get(path)
    assert policy(response)["script-src"] == "'self'"
    assert policy(response)["style-src"] == "'self'"
    assert policy(response)["frame-ancestors"] == "'none'"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "same-origin"


def test_no_policy_lets_inline_code_run(client):
    assert "unsafe" not in client.get("/").headers["Content-Security-Policy"]


def test_staff_pages_are_not_kept_by_the_browser(client, sign_in):
    sign_in("administrator")
    assert client.get("/users").headers["Cache-Control"] == "no-store"


def test_a_post_without_a_token_changes_nothing(app, client, sign_in):
    sign_in("administrator")
    forged = {"name": "forged", "full_name": "Forged", "role": "administrator", "new": PASSWORD}
    refused = client.post("/users/new", data=forged)
    assert refused.status_code == 400
    assert "forged" not in client.get("/users").text


def test_null_characters_are_refused(client):
    assert client.get("/?x=%00").status_code == 400
    assert client.submit("/sign-in", {"name": "a\0b", "password": "x"}).status_code == 400


def test_session_cookies_are_out_of_reach_of_scripts(client, new_user):
    new_user("planner")
    signed_in = client.submit("/sign-in", {"name": "planner", "password": PASSWORD})
    cookies = signed_in.headers.getlist("Set-Cookie")
    session = next(each for each in cookies if each.startswith("hailong_session="))
    assert "HttpOnly" in session
    assert "SameSite=Lax" in session


def test_behind_https_cookies_are_secure_and_the_browser_is_told_to_stay(tmp_path):
    settings = from_environment({"PUBLIC_URL": "https://khaosat.example.vn/"})
    assert settings["PUBLIC_URL"] == "https://khaosat.example.vn"
    app = create_app(
        {
            **settings,
            **SETTINGS,
            "SQLALCHEMY_DATABASE_URI": f"sqlite:///{tmp_path}/a.db",
            "JOBS_FILE": str(tmp_path / "jobs.db"),
        }
    )
    response = app.test_client().get("/sign-in", base_url="https://localhost")
    assert "Secure" in response.headers["Set-Cookie"]
    assert response.headers["Strict-Transport-Security"] == "max-age=31536000"


@pytest.mark.parametrize("key", [None, "", "secret", "x" * 31])
def test_without_a_good_secret_key_nothing_starts(key):
    with pytest.raises(SettingsError, match="SECRET_KEY") as refused:
        create_app({**SETTINGS, "SECRET_KEY": key})
    assert "token_hex" in str(refused.value)


def test_a_setting_that_is_no_number_is_named():
    with pytest.raises(SettingsError, match="MAX_UPLOAD_MB must be a whole number, not '4MB'"):
        from_environment({"MAX_UPLOAD_MB": "4MB"})


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_any_spelling_of_postgresql_is_understood(scheme):
    complete = "postgresql+psycopg://me:p%40ss@db.example.vn/hailong"
    assert database_url(f"{scheme}://me:p%40ss@db.example.vn/hailong") == complete
