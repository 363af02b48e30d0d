"""Vietnamese first, English second: which language a page speaks, and how it writes numbers and dates."""

from __future__ import annotations

import datetime
import math
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import babel.dates
import babel.numbers
from flask import Blueprint, Flask, Response, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import Babel, get_locale, get_timezone, gettext
from flask_login import current_user

from questionnaires.faults import Fault
from survey.access import public, safe_next
from survey.db import db

LANGUAGES = {"vi": "Tiếng Việt", "en": "English"}
COOKIE = "language"
ONE_YEAR = 365 * 24 * 3600
HERE = Path(__file__).parent
NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
NO_FIGURE = "–"
DATE_PATTERNS = {"vi": "dd/MM/yyyy", "en": "d MMMM yyyy"}

blueprint = Blueprint("language", __name__)


@blueprint.post("/language/<code>")
@public
def choose(code: str) -> ResponseReturnValue:
    if code not in LANGUAGES:
        abort(404)
    if current_user.is_authenticated:
        current_user.language = code
        db.session.commit()
    return remember(redirect(safe_next(request.form.get("next")) or url_for("home.show")), code)


def remember(response: Response, code: str) -> Response:
    """Let the browser keep the language, so that no page needs the database to know it."""
    response.set_cookie(
        COOKIE, code, max_age=ONE_YEAR, secure=request.is_secure, httponly=True, samesite="Lax"
    )
    return response


def chosen_language() -> str:
    code = request.cookies.get(COOKIE, "") if request else ""
    return code if code in LANGUAGES else "vi"


def language() -> str:
    """The code of the language in use."""
    locale = get_locale()
    return locale.language if locale else "vi"


def text(translations: Mapping[str, str] | str | None) -> str:
    """A definition's text in the language in use; Vietnamese, or whatever there is, where that is missing."""
    if translations is None or isinstance(translations, str):
        return translations or ""
    return translations.get(language()) or translations.get("vi") or next(iter(translations.values()), "")


def sentence(fault: Fault) -> str:
    """A fault in the reader's language."""
    return fault.sentence(gettext, language())


def number(value: float | Decimal | None, digits: int = 2) -> str:
    """A number as its readers write it (1.234,50 in Vietnamese), halves rounded up; a dash for none."""
    if value is None or not math.isfinite(value):
        return NO_FIGURE
    rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    return babel.numbers.format_decimal(rounded, format=pattern, locale=get_locale() or "vi")


def percent(value: float | Decimal | None, digits: int = 2) -> str:
    """A percentage, given as 83.94: 83,94 % in Vietnamese (the space does not break), 83.94% in English."""
    figure = number(value, digits)
    if figure == NO_FIGURE:
        return figure
    return f"{figure}{NO_BREAK_SPACE}%" if language() == "vi" else f"{figure}%"


def localdate(value: datetime.date | datetime.datetime | None) -> str:
    """A day, or a moment in Vietnam's time, as its readers write it."""
    if value is None:
        return NO_FIGURE
    locale = get_locale() or "vi"
    if not isinstance(value, datetime.datetime):
        return babel.dates.format_date(value, DATE_PATTERNS[language()], locale=locale)
    local = value.astimezone(get_timezone())
    return f"{local:%H:%M} {localdate(local.date())}"


def directories() -> list[Path]:
    """Where the catalogs lie: the application's own, then each room's."""
    return [HERE / "translations", *sorted(HERE.glob("*/translations"))]


def init_app(app: Flask) -> None:
    app.config["BABEL_DEFAULT_LOCALE"] = "vi"
    app.config["BABEL_DEFAULT_TIMEZONE"] = "Asia/Ho_Chi_Minh"
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = ";".join(map(str, directories()))
    Babel(app, locale_selector=chosen_language)
    app.jinja_env.filters.update(
        number=number, percent=percent, localdate=localdate, t=text, sentence=sentence
    )
    app.context_processor(lambda: {"language": language(), "languages": LANGUAGES})
    app.register_blueprint(blueprint)
