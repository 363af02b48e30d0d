"""The look: built from what the lock names, light for citizens, and known by every template."""

import gzip
import json
import re
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

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
    assert len(gzip.compress((STATIC / "public.css").read_bytes())) < 12_000
    assert sum(font.stat().st_size for font in VENDOR.glob("fonts/*.woff2")) < 70_000


def test_styles_fetch_nothing_from_elsewhere() -> None:
    for style in STATIC.glob("*.css"):
        addresses = re.findall(r"url\(\"?([^)\"]+)", style.read_text())
        assert all((STATIC / address).is_file() for address in addresses), style


def test_the_lock_of_the_assets_names_no_registry() -> None:
    packages = json.loads((PROJECT / "package-lock.json").read_text())["packages"]
    fetched = [entry for name, entry in packages.items() if name]
    assert all("integrity" in entry and "resolved" not in entry for entry in fetched)


def classes_used(templates: Iterable[Path]) -> set[str]:
    """The design system's class names in templates; those completed by an expression are left out."""
    attributes = re.findall(r'class="([^"]*)"', "".join(template.read_text() for template in templates))
    return set(re.findall(r"\b(?:govuk|app)-[\w-]*\w\b(?!-)", " ".join(attributes)))


def classes_styled(style: str) -> set[str]:
    return set(re.findall(r"\.((?:govuk|app)-[\w-]+)", (STATIC / style).read_text())) | BARE_PARTS


def test_every_class_on_a_page_has_a_style() -> None:
    assert not classes_used(SURVEY.rglob("templates/**/*.html")) - classes_styled("staff.css")


def test_every_class_on_a_page_for_citizens_has_a_style() -> None:
    pages = [*SURVEY.glob("respond/templates/**/*.html"), *(SURVEY / page for page in CITIZEN_PAGES)]
    assert not classes_used(pages) - classes_styled("public.css")
