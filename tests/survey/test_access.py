"""Every address of this site, opened by everybody: nobody comes further than their role."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.routing import Rule

from survey import access, accounts
from survey.access import ANYONE, allowed, safe_next
from survey.models.user import ROLES

EXAMPLES = {
    "int": 999_999,
    "uuid": uuid.UUID(int=0),
    "default": "khong-co",
    "string": "khong-co",
    "path": "x",
    "any": "frameworks",
}


def rules(app: Flask) -> Iterator[Rule]:
    return (rule for rule in app.url_map.iter_rules() if rule.endpoint.rpartition(".")[2] != "static")


def address(app: Flask, rule: Rule) -> str:
    """An address of this rule where nothing is."""
    values = {name: EXAMPLES[type_name(app, rule, name)] for name in rule.arguments}
    _, path = rule.build(values)
    return path


def type_name(app: Flask, rule: Rule, argument: str) -> str:
    converter = type(rule._converters[argument])
    return next(name for name, each in app.url_map.converters.items() if each is converter)


def outcome(response) -> str:
    if response.status_code == 403:
        return "refused"
    is_sent = response.status_code == 302 and response.location.startswith("/sign-in")
    return "asked to sign in" if is_sent else "let in"


def test_every_view_says_who_may_open_it(app):
    with app.app_context():
        silent = sorted(rule.endpoint for rule in rules(app) if not allowed(rule.endpoint))
    assert silent == []


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_who_is_not_signed_in_opens_public_pages_only(app, client, method):
    """Even what does not exist is refused first: an address must not tell what there is."""
    for rule in rules(app):
        if method in rule.methods:
            with app.app_context():
                expected = "let in" if allowed(rule.endpoint) == ANYONE else "asked to sign in"
            reply = client.open(address(app, rule), method=method)
            assert outcome(reply) == expected, f"{method} {rule.rule}: {reply.status_code}"


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("role", ROLES)
def test_a_role_opens_its_own_pages_only(app, client, sign_in, role, method):
    sign_in(role)
    for rule in rules(app):
        if method in rule.methods:
            with app.app_context():
                names = allowed(rule.endpoint)
            expected = "let in" if names == ANYONE or role in names else "refused"
            reply = client.open(address(app, rule), method=method)
            assert outcome(reply) == expected, f"{method} {rule.rule} as {role}: {reply.status_code}"


def test_a_view_that_says_nothing_stays_shut(app):
    """On an application of its own: one that has served a page takes no more views."""
    small = Flask("survey")
    small.config.update(SECRET_KEY="x" * 32, TESTING=True)
    for part in (accounts, access):
        part.init_app(small)
    small.add_url_rule("/forgotten", view_func=lambda: "inside")
    assert small.test_client().get("/forgotten").status_code == 403


@pytest.mark.parametrize("target", ["/", "/units?page=2", "/rounds/1#scores", "/kỳ"])
def test_pages_of_this_site_are_safe_to_go_on_to(target):
    assert safe_next(target) == target


@pytest.mark.parametrize(
    "target",
    [None, "", "units", "//x.vn", "///x.vn", "http://x.vn/", "/\\x.vn", "\\/x.vn", "/\nx", "javascript:x"],
)
def test_other_addresses_are_not(target):
    assert safe_next(target) is None
