"""What goes over the wire is compressed: a citizen's telephone pays for each kilobyte."""

from __future__ import annotations

from functools import lru_cache

import brotli
import rjsmin
from flask import Flask, Response, request
from flask_compress import Compress

from survey.static_files import is_static

TEXTS = ["text/html", "text/css", "text/javascript", "application/json", "image/svg+xml"]
"""Everything else is either compressed by its own format or a file to keep, sent as it is."""

NOT_WHOLE = frozenset({204, 206, 304})
"""Statuses of answers with a part of the content or none."""

SETTINGS = {
    "COMPRESS_ALGORITHM": ["br", "gzip"],
    "COMPRESS_BR_LEVEL": 5,  # ¼ ms for a page of questions, 1 ms for the style; more saves hardly more
    "COMPRESS_LEVEL": 6,
    "COMPRESS_MIN_SIZE": 500,
    "COMPRESS_MIMETYPES": TEXTS,
    "COMPRESS_STREAMS": False,
    "COMPRESS_EVALUATE_CONDITIONAL_REQUEST": False,  # views and static files answer them themselves
    "COMPRESS_REGISTER": False,
}

# The size of a compressed page can betray a secret on it to somebody who makes a browser ask for the page
# over and over with words of their choice (BREACH). Another site cannot: session cookies are SameSite=Lax,
# so its scripts, frames and forms ask without them, and a page that it opens in a window is out of its hands
# at once (Cross-Origin-Opener-Policy). Besides, the signature of a form's token changes each second, and what
# does not change of the token is worth nothing unsigned.
compress = Compress()


def compress_text(response: Response) -> Response:
    """A whole text, in the best way the browser understands; parts, streams and other files as they are."""
    if response.mimetype not in TEXTS or response.status_code in NOT_WHOLE or _is_short(response):
        return response
    if is_static(request.endpoint):
        _read(response)
        _compress_once(response)
    status, response.status_code = response.status_code, 200  # or a form with faults would be left as it is
    compress.after_request(response)
    response.status_code = status
    if "Content-Encoding" in response.headers:
        _weaken_tag(response)
    return response


def _is_short(response: Response) -> bool:
    return not response.is_streamed and (response.content_length or 0) < SETTINGS["COMPRESS_MIN_SIZE"]


def _read(response: Response) -> None:
    """A style or script is small enough to hold; the stream of its file would be left alone."""
    response.direct_passthrough = False
    response.make_sequence()


def _compress_once(response: Response) -> None:
    """What stays the same is made as small as can be, once a process; a script leaves its comments here."""
    if request.accept_encodings.quality("br"):
        is_script = response.mimetype == "text/javascript"
        response.set_data(_smallest(response.get_data(), is_script=is_script))
        response.headers["Content-Encoding"] = "br"


@lru_cache(maxsize=128)
def _smallest(text: bytes, *, is_script: bool) -> bytes:
    return brotli.compress(rjsmin.jsmin(text) if is_script else text, quality=11)


def _weaken_tag(response: Response) -> None:
    """The bytes are no longer those of the tag, the content is: with the same tag a view knows it again."""
    tag, _ = response.get_etag()
    if tag:
        response.set_etag(tag.rpartition(":")[0] or tag, weak=True)


def init_app(app: Flask) -> None:
    for name, value in SETTINGS.items():
        app.config.setdefault(name, value)
    compress.init_app(app)
    app.after_request(compress_text)
