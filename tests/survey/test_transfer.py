"""What a telephone pays for: texts compressed, files fetched once, and everything else as it was."""

from __future__ import annotations

import gzip
import os
from pathlib import Path

import brotli
import pytest
import rjsmin
from flask import Blueprint, Flask, Response, send_file, url_for
from flask.testing import FlaskClient

from survey import access, create_app
from tests.survey.conftest import SETTINGS
from tests.survey.factory import make_round

CHROME = {"Accept-Encoding": "gzip, deflate, br, zstd"}
FONT = "/static/vendor/fonts/be-vietnam-pro-400.woff2"
KEPT = "public, max-age=31536000, immutable"


@pytest.fixture
def room(tmp_path: Path) -> Flask:
    """An application with a room that has static files, a chart, a table and a book of its own."""
    files = tmp_path / "room"
    files.mkdir()
    (files / "room.js").write_text("let answers = 0;\n" * 100)
    (files / "book.pdf").write_bytes(b"%PDF " * 400)
    a_room = Blueprint("room", __name__, static_folder=files, static_url_path="/room-static")
    kinds = {
        "chart": "image/svg+xml",
        "json": "application/json",
        "table": "text/csv",
        "zip": "application/zip",
    }
    for name, kind in kinds.items():
        text_of_kind = access.public(lambda kind=kind: Response("điểm " * 400, mimetype=kind))
        a_room.add_url_rule(f"/room/{name}", name, text_of_kind)
    a_room.add_url_rule("/room/short", "short", access.public(lambda: "ngắn"))
    a_room.add_url_rule("/room/faults", "faults", access.public(lambda: ("lỗi " * 400, 422)))
    a_room.add_url_rule("/room/book", "book", access.public(lambda: send_file(files / "book.pdf")))
    a_room.add_url_rule("/room/steps", "steps", access.public(lambda: Response(iter(["một ", "hai "] * 400))))
    settings = {"SQLALCHEMY_DATABASE_URI": f"sqlite:///{tmp_path}/a.db", "JOBS_FILE": str(tmp_path / "jobs")}
    app = create_app({**SETTINGS, **settings})
    app.register_blueprint(a_room)
    return app


def address(app: Flask, endpoint: str, filename: str) -> str:
    with app.test_request_context():
        return url_for(endpoint, filename=filename)


def test_a_page_is_compressed_in_the_way_the_browser_understands(app: Flask) -> None:
    with app.app_context():
        made = make_round(app.extensions["sqlalchemy"].session)
        start = f"/k/{made.survey.slug}"
    client = FlaskClient(app, app.response_class)
    plain, best, old = (
        client.get(start, headers={"Accept-Encoding": accepted})
        for accepted in ("", CHROME["Accept-Encoding"], "gzip")
    )
    assert best.headers["Content-Encoding"] == "br"
    assert old.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert "Phiếu khảo sát ngắn" in brotli.decompress(best.data).decode()
    assert "Phiếu khảo sát ngắn" in gzip.decompress(old.data).decode()
    assert len(best.data) < len(plain.data) / 2
    assert {"Accept-Encoding", "Cookie"} <= set(best.vary)


def test_a_form_with_faults_is_compressed_as_well(room: Flask) -> None:
    answer = room.test_client().get("/room/faults", headers=CHROME)
    assert answer.status_code == 422
    assert brotli.decompress(answer.data).decode() == "lỗi " * 400


@pytest.mark.parametrize("path", ["/room/chart", "/room/json", "/static/public.css", "/room-static/room.js"])
def test_texts_are_compressed(room: Flask, path: str) -> None:
    client = room.test_client()
    plain, packed = client.get(path), client.get(path, headers=CHROME)
    is_script = plain.mimetype == "text/javascript"
    assert brotli.decompress(packed.data) == (rjsmin.jsmin(plain.data) if is_script else plain.data)
    assert packed.content_length == len(packed.data)


@pytest.mark.parametrize(
    "path", ["/room/short", "/room/zip", "/room/table", "/room/book", "/room/steps", FONT]
)
def test_short_texts_downloads_streams_and_fonts_stay_as_they_are(room: Flask, path: str) -> None:
    client = room.test_client()
    answer = client.get(path, headers=CHROME)
    assert answer.status_code == 200
    assert "Content-Encoding" not in answer.headers
    assert answer.data == client.get(path).data


def test_a_part_of_a_file_is_that_part(room: Flask) -> None:
    client = room.test_client()
    for path in ("/room/book", "/room-static/room.js"):
        part = client.get(path, headers={**CHROME, "Range": "bytes=1-4"})
        assert (part.status_code, part.data) == (206, client.get(path).data[1:5])


def test_a_file_that_has_not_changed_is_not_sent_again(room: Flask) -> None:
    client = room.test_client()
    for path in ("/static/public.css", "/room/book"):
        tag = client.get(path, headers=CHROME).headers["ETag"]
        again = client.get(path, headers={**CHROME, "If-None-Match": tag})
        assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize(("endpoint", "file"), [("static", "public.css"), ("room.static", "room.js")])
def test_a_file_named_by_its_content_is_kept_for_a_year(room: Flask, endpoint: str, file: str) -> None:
    named = address(room, endpoint, file)
    client = room.test_client()
    assert client.get(named).headers["Cache-Control"] == KEPT
    for other in (named.partition("?")[0], f"{named}0", named.partition("=")[0] + "="):
        assert client.get(other).headers["Cache-Control"] == "no-cache"


def test_an_edited_file_has_another_name(room: Flask) -> None:
    file = Path(room.blueprints["room"].static_folder) / "room.js"
    before = address(room, "room.static", "room.js")
    file.write_text("let answers = 1;")
    os.utime(file, (1_000_000_000, 1_000_000_000))
    after = address(room, "room.static", "room.js")
    assert after != before
    client = room.test_client()
    assert client.get(before).headers["Cache-Control"] == "no-cache"
    assert client.get(after).headers["Cache-Control"] == KEPT


def test_the_fonts_that_a_style_names_are_kept_too(room: Flask) -> None:
    client = room.test_client()
    style = client.get("/static/public.css").text
    fonts = [part.partition('"')[0] for part in style.split('url("')[1:]]
    assert len(fonts) == 2
    assert {client.get(f"/static/{font}").headers["Cache-Control"] for font in fonts} == {KEPT}


def test_a_file_that_is_not_there_is_no_page_and_is_not_kept(room: Flask) -> None:
    missing = address(room, "static", "nothing.js")
    assert missing == "/static/nothing.js"
    answer = room.test_client().get(f"{missing}?v=0123456789ab")
    assert answer.status_code == 404
    assert "max-age" not in answer.headers["Cache-Control"]
    assert room.test_client().get("/static/../config.py?v=1").status_code == 404


def test_files_are_the_same_for_everybody(client: FlaskClient, sign_in) -> None:
    """With the session in the answer, a new one would have every style and font fetched again."""
    sign_in("planner")
    answer = client.get("/static/staff.css")
    assert "Cookie" not in answer.vary
    assert "Set-Cookie" not in answer.headers
    assert "Set-Cookie" in client.get("/").headers
