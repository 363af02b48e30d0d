"""Who may open which page: every view says so itself, and what says nothing stays shut."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import Flask, abort, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.exceptions import HTTPException

from survey.models.user import ROLES

View = TypeVar("View", bound=Callable[..., Any])

ANYONE = frozenset({"anyone"})


def public(view: View) -> View:
    """Let everybody open this view, signed in or not."""
    view.allowed = ANYONE
    return view


def roles(*names: str) -> Callable[[View], View]:
    """Let only staff of the named roles open this view. An administrator is one only where named."""
    unknown = set(names) - set(ROLES)
    if unknown or not names:
        raise ValueError(f"no such roles: {sorted(unknown)}")

    def declare(view: View) -> View:
        view.allowed = frozenset(names)
        return view

    return declare


def allowed(endpoint: str | None) -> frozenset[str]:
    """The roles a view lets in: ANYONE for a public one, nobody where it declares nothing."""
    if endpoint is None or endpoint.rpartition(".")[2] == "static":
        return ANYONE  # no such page, or a style sheet
    return getattr(current_app.view_functions[endpoint], "allowed", frozenset())


def may_open(path: str) -> bool:
    """Whether the person of this request may open the page at `path`; False where there is none."""
    try:
        endpoint, _ = current_app.url_map.bind("").match(path, method="GET")
    except HTTPException:
        return False
    return is_let_in(allowed(endpoint))


def is_let_in(names: frozenset[str]) -> bool:
    return names == ANYONE or (current_user.is_authenticated and current_user.role in names)


def check_access() -> ResponseReturnValue | None:
    names = allowed(request.endpoint)
    if is_let_in(names):
        return None
    if current_user.is_authenticated or not names:
        abort(403)
    target = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("accounts.sign_in", next=target))


def safe_next(target: str | None) -> str | None:
    """`target` if it is a page of this site, so that no link can send people elsewhere after they sign in."""
    if not target or not target.isprintable() or "\\" in target:
        return None
    parts = urlsplit(target)
    is_local = target.startswith("/") and not target.startswith("//") and not (parts.scheme or parts.netloc)
    return target if is_local else None


def init_app(app: Flask) -> None:
    app.before_request(check_access)
