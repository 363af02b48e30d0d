"""The ground the other tests stand on: both databases, the browser, and the files this repository ships."""

import gzip
import json
import re
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from playwright.sync_api import Page
from sqlalchemy import create_engine, text

SURVEY = Path(__file__).parent.parent / "survey"
VENDOR = SURVEY / "static/vendor"


def test_a_database_of_each_kind_stores_vietnamese(database_url: str) -> None:
    with create_engine(database_url).begin() as connection:
        connection.execute(text("CREATE TEMPORARY TABLE unit (name VARCHAR(50))"))
        connection.execute(text("INSERT INTO unit VALUES ('Sở Nội vụ')"))
        assert connection.scalar(text("SELECT name FROM unit")) == "Sở Nội vụ"


def test_each_new_database_is_empty(new_database: Callable[[str], str]) -> None:
    first, second = new_database("same"), new_database("same")
    with create_engine(first).begin() as connection:
        connection.execute(text("CREATE TABLE unit (name VARCHAR(50))"))
    with create_engine(second).begin() as connection:
        connection.execute(text("CREATE TABLE unit (name VARCHAR(50))"))


def test_the_browser_opens_a_page(page: Page) -> None:
    page.set_content("<h1>Chỉ số hài lòng</h1>")
    assert page.get_by_role("heading").inner_text() == "Chỉ số hài lòng"


def checksums() -> dict[Path, str]:
    lines = (SURVEY / "static/vendor/CHECKSUMS").read_text().splitlines()
    return {(SURVEY / name).resolve(): digest for digest, name in (line.split(maxsplit=1) for line in lines)}


def test_what_is_shipped_is_what_was_built() -> None:
    changed = [
        path.name for path, digest in checksums().items() if sha256(path.read_bytes()).hexdigest() != digest
    ]
    assert not changed, "edited since the last `make assets`"


def test_nothing_is_shipped_without_a_checksum() -> None:
    shipped = [*(SURVEY / "styles").glob("*.scss"), *(SURVEY / "static").glob("*.css"), *VENDOR.rglob("*.*")]
    assert not set(shipped) - set(checksums())


def test_the_style_for_citizens_stays_light() -> None:
    assert len(gzip.compress((SURVEY / "static/public.css").read_bytes())) < 12_000
    assert sum(font.stat().st_size for font in VENDOR.glob("fonts/*.woff2")) < 70_000


def test_styles_fetch_nothing_from_elsewhere() -> None:
    for style in (SURVEY / "static").glob("*.css"):
        addresses = re.findall(r"url\(\"?([^)\"]+)", style.read_text())
        assert all((style.parent / address).is_file() for address in addresses), style


def test_the_lock_of_the_assets_names_no_registry() -> None:
    lock = json.loads((SURVEY.parent / "package-lock.json").read_text())
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert all("integrity" in entry and "resolved" not in entry for entry in packages.values())
