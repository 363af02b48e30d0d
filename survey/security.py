"""Headers on every response, forged-request protection, and limits on how often somebody may try."""

from __future__ import annotations

from flask import Flask, Response, abort, current_app, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from survey.access import ANYONE, allowed

CONTENT_POLICY = "; ".join(
    f"{directive} {sources}"
    for directive, sources in {
        "default-src": "'self'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self' data:",
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }.items()
)
FRAMED_POLICY = CONTENT_POLICY.replace("frame-ancestors 'none'", "frame-ancestors 'self'")
HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
ONE_YEAR = 365 * 24 * 3600

csrf = CSRFProtect()


class ViewLimiter(Limiter):
    """Limits stand on views, and are looked at as a view is entered. There are none for all pages, so that
    nothing is looked up before each request (forms that come in would wait for it).
    """

    def _check_request_limit(self, callable_name: str | None = None, in_middleware: bool = True) -> None:
        if not in_middleware:
            super()._check_request_limit(callable_name, in_middleware)


limiter = ViewLimiter(get_remote_address)


def is_refused(response: Response) -> bool:
    """Whether a form was answered with its faults, as a wrong code is: what a limit to guessing counts."""
    return response.status_code == 422


def add_headers(response: Response) -> Response:
    there = {name for name, _ in response.headers}
    for name, value in HEADERS.items():
        if name not in there:
            response.headers.add(name, value)
    if "Cache-Control" not in there:
        is_public = allowed(request.endpoint) == ANYONE
        response.headers["Cache-Control"] = "private, no-cache" if is_public else "no-store"
    if current_app.config["SESSION_COOKIE_SECURE"]:
        response.headers["Strict-Transport-Security"] = f"max-age={ONE_YEAR}"
    return response


def let_own_pages_frame(response: Response) -> Response:
    """Let pages of this site, and no others, show this response inside them."""
    response.headers["Content-Security-Policy"] = FRAMED_POLICY
    return response


def refuse_null_characters() -> None:
    """No keyboard types them, and PostgreSQL stores none. Who takes JSON looks for them there."""
    if "\0" in request.path:
        abort(404)
    sent = (request.args,) if request.is_json else (request.args, request.form)
    values = (value for fields in sent for _, value in fields.items(multi=True))
    if any("\0" in value for value in values):
        abort(400)


def init_app(app: Flask) -> None:
    proxies = app.config["TRUSTED_PROXIES"]
    if proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies)
    csrf.init_app(app)
    limiter.init_app(app)
    app.before_request(refuse_null_characters)
    app.after_request(add_headers)
