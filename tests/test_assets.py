"""The look: built from what the lock names, light for citizens, and known by every template."""

import gzip
import json
import re
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

PROJECT = Path(__file__).parent.parent
SURVEY = PROJECT / "survey"
STATIC = SURVEY / "static"
VENDOR = STATIC / "vendor"
# Names that the design system gives its parts without styling them.
BARE_PARTS = {
    "govuk-checkboxes",
    "govuk-radios",
    "govuk-table__head",
    "govuk-table__body",
    "govuk-table__row",
}
VIETNAMESE_TEXT = (
    "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
    "AÀẢÃÁẠĂẰẲẴẮẶÂẦẨẪẤẬBCDĐEÈẺẼÉẸÊỀỂỄẾỆGHIÌỈĨÍỊKLMNOÒỎÕÓỌÔỒỔỖỐỘƠỜỞỠỚỢPQRSTUÙỦŨÚỤƯỪỬỮỨỰVXYỲỶỸÝỴ"
    "“Ông/Bà” ‘một cửa’ – 50% ≤ 100 ₫ ±2 × 3…\N{NO-BREAK SPACE}•·€ fjwz"
    "\N{COMBINING GRAVE ACCENT}\N{COMBINING ACUTE ACCENT}\N{COMBINING HOOK ABOVE}\N{COMBINING TILDE}"
    "\N{COMBINING DOT BELOW}\N{COMBINING CIRCUMFLEX ACCENT}\N{COMBINING BREVE}\N{COMBINING HORN}"
)
CITIZEN_PAGES = ("templates/base.html", "templates/public.html", "templates/landing.html")


def checksums() -> dict[Path, str]:
    lines = (VENDOR / "CHECKSUMS").read_text().splitlines()
    return {(SURVEY / name).resolve(): digest for digest, name in (line.split(maxsplit=1) for line in lines)}


def test_what_is_shipped_is_what_was_built() -> None:
    changed = [
        file.name for file, digest in checksums().items() if sha256(file.read_bytes()).hexdigest() != digest
    ]
    assert not changed, "edited since the last `make assets`"


def test_nothing_is_shipped_without_a_checksum() -> None:
    shipped = [*(SURVEY / "styles").glob("*.scss"), *STATIC.glob("*.css"), *VENDOR.rglob("*.*")]
    assert not set(shipped) - set(checksums())


def test_the_style_for_citizens_stays_light() -> None:
    assert len(gzip.compress((STATIC / "public.css").read_bytes())) < 11_000
    assert sum(font.stat().st_size for font in VENDOR.glob("fonts/*.woff2")) < 24_000


@pytest.mark.parametrize("weight", [400, 700])
def test_the_typeface_writes_vietnamese(weight: int) -> None:
    font = TTFont(VENDOR / f"fonts/be-vietnam-pro-{weight}.woff2")
    assert set(map(ord, VIETNAMESE_TEXT)) <= set(font.getBestCmap())
    assert {"kern", "mark", "mkmk", "ccmp"} <= features(font)


def test_browsers_ask_the_typeface_for_what_it_has_and_nothing_else() -> None:
    """A character that it lacks comes from the next typeface at once, without a file fetched in vain."""
    promised = re.findall(r"unicode-range:([^;}]+)", (STATIC / "public.css").read_text())
    fonts = [TTFont(VENDOR / f"fonts/be-vietnam-pro-{weight}.woff2") for weight in (400, 700)]
    assert [characters(text) for text in promised] == [set(font.getBestCmap()) for font in fonts]


def features(font: TTFont) -> set[str]:
    tables = (font[name].table.FeatureList.FeatureRecord for name in ("GPOS", "GSUB"))
    return {record.FeatureTag for records in tables for record in records}


def characters(ranges: str) -> set[int]:
    """U+20-7E,U+A0 → the numbers of the characters."""
    found: set[int] = set()
    for first, last in re.findall(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?", ranges):
        found.update(range(int(first, 16), int(last or first, 16) + 1))
    return found


def test_styles_fetch_nothing_from_elsewhere() -> None:
    for style in STATIC.glob("*.css"):
        addresses = re.findall(r"url\(\"?([^)\"]+)", style.read_text())
        assert all((STATIC / address.partition("?")[0]).is_file() for address in addresses), style


def test_the_lock_of_the_assets_names_no_registry() -> None:
    packages = json.loads((PROJECT / "package-lock.json").read_text())["packages"]
    fetched = [entry for name, entry in packages.items() if name]
    assert all("integrity" in entry and "resolved" not in entry for entry in fetched)


def classes_used(templates: Iterable[Path]) -> set[str]:
    """The design system's class names in templates; those completed by an expression are left out."""
    attributes = re.findall(r'class="([^"]*)"', "".join(template.read_text() for template in templates))
    return set(re.findall(r"\b(?:govuk|app)-[\w-]*\w\b(?!-)", " ".join(attributes)))


def classes_styled(*styles: str) -> set[str]:
    texts = "".join((STATIC / style).read_text() for style in styles)
    return set(re.findall(r"\.((?:govuk|app)-[\w-]+)", texts)) | BARE_PARTS


def test_every_class_on_a_page_has_a_style() -> None:
    assert not classes_used(SURVEY.rglob("templates/**/*.html")) - classes_styled("staff.css", "kiosk.css")


def test_every_class_on_a_page_for_citizens_has_a_style() -> None:
    pages = [*SURVEY.glob("respond/templates/**/*.html"), *(SURVEY / page for page in CITIZEN_PAGES)]
    assert not classes_used(pages) - classes_styled("public.css", "kiosk.css")
