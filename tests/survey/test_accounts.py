"""Signing in and out, the own password, and the users an administrator looks after."""

from __future__ import annotations

import unicodedata

import pytest
import sqlalchemy as sa
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient

from survey.accounts import passwords
from survey.db import db
from survey.models import AuditEntry, User
from tests.survey.conftest import PASSWORD

MINE = {"name": "planner", "password": PASSWORD}


def actions(app: Flask) -> list[str]:
    with app.app_context():
        return list(db.session.scalars(sa.select(AuditEntry.action).order_by(AuditEntry.id)))


def user(app: Flask, name: str) -> User:
    with app.app_context():
        return db.session.scalars(sa.select(User).where(User.name == name)).one()


def test_a_planner_signs_in_works_and_signs_out(app, client, new_user):
    new_user("planner")
    assert client.submit("/sign-in", MINE).location == "/"
    page = client.get("/").text
    assert "Người planner" in page
    assert "Việc của Ông/Bà" in page
    assert client.submit("/sign-out").location == "/"
    assert "Người planner" not in client.get("/").text
    assert actions(app) == ["account.sign_in", "account.sign_out"]


def test_after_signing_in_people_reach_the_page_they_asked_for(client, new_user):
    new_user("administrator")
    asked = client.get("/users?show=all")
    assert asked.location == "/sign-in?next=/users?show%3Dall"
    credentials = {"name": "administrator", "password": PASSWORD}
    assert client.submit(asked.location, credentials).location == "/users?show=all"


@pytest.mark.parametrize(
    "target",
    ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)", "/\t/evil"],
)
def test_a_link_cannot_send_people_elsewhere_after_they_sign_in(client, new_user, target):
    new_user("planner")
    assert client.submit("/sign-in", MINE, query_string={"next": target}).location == "/"


@pytest.mark.parametrize(
    "typed",
    [{"name": "planner", "password": "sai mật khẩu"}, {"name": "nobody", "password": PASSWORD}],
    ids=["wrong password", "unknown name"],
)
def test_a_refusal_does_not_tell_which_names_exist(client, new_user, typed):
    new_user("planner")
    refused = client.submit("/sign-in", typed)
    assert refused.status_code == 400
    assert "Tên đăng nhập và mật khẩu không khớp" in refused.text
    assert PASSWORD not in refused.text


def test_an_empty_form_names_both_faults_at_once(client):
    page = client.submit("/sign-in").text
    assert "Hãy nhập tên đăng nhập." in page
    assert "Hãy nhập mật khẩu." in page


def test_the_name_may_be_typed_in_capitals_and_the_password_in_decomposed_unicode(client, new_user):
    new_user("planner")
    decomposed = unicodedata.normalize("NFD", PASSWORD)
    assert decomposed != PASSWORD
    assert client.submit("/sign-in", {"name": " Planner ", "password": decomposed}).location == "/"


def test_a_session_planted_before_signing_in_does_not_survive_it(client, new_user):
    new_user("planner")
    with client.session_transaction() as session:
        session["planted"] = "by an attacker"
    client.submit("/sign-in", MINE)
    with client.session_transaction() as session:
        assert "planted" not in session


def test_an_old_hash_is_renewed_at_the_next_sign_in(app, client, new_user, monkeypatch):
    new_user("planner")
    old = user(app, "planner").password_hash
    stronger = PasswordHasher(time_cost=2, memory_cost=8, parallelism=1)
    monkeypatch.setattr(passwords, "hasher", stronger)
    client.submit("/sign-in", MINE)
    assert old != user(app, "planner").password_hash
    assert passwords.matches(user(app, "planner").password_hash, PASSWORD)


def test_a_deactivated_user_is_out_at_once_and_stays_out(app, client, sign_in, new_user):
    boss, worker = client, app.test_client()
    sign_in("administrator")
    worker_id = new_user("planner")
    worker.submit("/sign-in", MINE)
    assert worker.get("/password").status_code == 200
    boss.submit(
        f"/users/{worker_id}", {"name": "planner", "full_name": "Người cũ", "role": "planner", "unit_id": ""}
    )
    assert worker.get("/password").location == "/sign-in?next=/password"
    assert worker.submit("/sign-in", MINE).status_code == 400


def test_a_new_own_password_ends_the_sessions_elsewhere_but_not_here(app, client, new_user):
    new_user("planner")
    here, elsewhere = client, app.test_client()
    for browser in (here, elsewhere):
        browser.submit("/sign-in", MINE)
    new = {"current": PASSWORD, "new": "câu khác cũng dễ nhớ", "repeated": "câu khác cũng dễ nhớ"}
    assert here.submit("/password", new).location == "/"
    assert here.get("/password").status_code == 200
    assert elsewhere.get("/password").status_code == 302
    assert client.submit("/sign-in", MINE).status_code == 400


def test_faults_in_a_new_own_password_are_named_together(app, client, sign_in):
    sign_in("viewer")
    page = client.submit("/password", {"current": "khác", "new": "ngắn", "repeated": "dài"})
    assert page.status_code == 400
    for sentence in ("không phải mật khẩu hiện tại", "từ 10 đến 128 ký tự", "khác mật khẩu mới"):
        assert sentence in page.text
    assert passwords.matches(user(app, "viewer").password_hash, PASSWORD)


def test_an_administrator_adds_a_user_who_can_sign_in(app, client, sign_in):
    sign_in("administrator")
    typed = {"name": "lan.anh", "full_name": "Trần Lan Anh", "role": "analyst", "unit_id": "", "active": "y"}
    assert client.submit("/users/new", {**typed, "new": "mật khẩu ban đầu"}).location == "/users"
    assert "Trần Lan Anh" in client.get("/users").text
    lan_anh = app.test_client()
    assert lan_anh.submit("/sign-in", {"name": "lan.anh", "password": "mật khẩu ban đầu"}).location == "/"
    assert actions(app) == ["user.create", "account.sign_in"]


def test_faults_of_a_new_user_are_named_together_and_nothing_is_stored(app, client, sign_in):
    sign_in("administrator")
    typed = {"name": "administrator", "full_name": "", "role": "unit_officer", "unit_id": "", "new": "ngắn"}
    page = client.submit("/users/new", typed)
    assert page.status_code == 400
    for sentence in ("đã có tên này", "Hãy nhập họ và tên", "Hãy chọn đơn vị", "từ 10 đến 128 ký tự"):
        assert sentence in page.text
    with app.app_context():
        assert db.session.scalar(sa.select(sa.func.count(User.id))) == 1


def test_a_unit_officer_who_becomes_a_viewer_loses_the_unit(app, client, sign_in, new_user):
    sign_in("administrator")
    officer_id = new_user("unit_officer")
    unit_id = user(app, "unit_officer").unit_id
    typed = {"name": "unit_officer", "full_name": "Lê Văn A", "unit_id": unit_id, "active": "y"}
    typed["role"] = "viewer"
    assert client.submit(f"/users/{officer_id}", typed).location == "/users"
    assert user(app, "unit_officer").unit_id is None
    with app.app_context():
        details = db.session.scalars(sa.select(AuditEntry.details)).one()
    assert details == {"role": "viewer", "unit_id": None}


@pytest.mark.parametrize(
    "change",
    [{"role": "administrator"}, {"role": "viewer", "active": "y"}],
    ids=["not active", "another role"],
)
def test_the_last_administrator_stays(app, client, sign_in, change):
    me = sign_in("administrator")
    typed = {"name": "administrator", "full_name": "Người quản trị", "unit_id": ""}
    page = client.submit(f"/users/{me}", {**typed, **change})
    assert page.status_code == 400
    assert "quản trị viên cuối cùng" in page.text
    assert user(app, "administrator").active
    assert user(app, "administrator").role == "administrator"


def test_an_administrator_hands_out_a_new_password(app, client, sign_in, new_user):
    sign_in("administrator")
    planner_id = new_user("planner")
    assert client.submit(f"/users/{planner_id}/password", {"new": "mật khẩu mới tinh"}).location == "/users"
    with_the_new_one = {"name": "planner", "password": "mật khẩu mới tinh"}
    assert app.test_client().submit("/sign-in", with_the_new_one).location == "/"
    assert app.test_client().submit("/sign-in", MINE).status_code == 400


def test_guessing_passwords_is_stopped_and_the_owner_elsewhere_is_not(app, new_user, limited_tries):
    new_user("planner")
    guesser: FlaskClient = app.test_client()
    guess = {"name": "planner", "password": "đoán mò"}
    codes = [guesser.submit("/sign-in", guess).status_code for _ in range(12)]
    assert codes == [400] * 10 + [429] * 2
    assert "Quá nhiều lần thử" in guesser.submit("/sign-in", MINE).text
    elsewhere = app.test_client()
    assert elsewhere.submit("/sign-in", MINE, environ_base={"REMOTE_ADDR": "127.0.0.2"}).location == "/"
