"""The interface's catalogs: what the code says in English, kept beside its Vietnamese, one catalog a room."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from survey.config import PROJECT

APPLICATION = PROJECT / "survey"
# Packages that know no translator; their sentences are translated in the application's own catalog.
PURE = ("questionnaires", "analysis")
METHODS = [("**.py", "python"), ("**/templates/**.html", "jinja2")]
OPTIONS = {"**/templates/**.html": {"trimmed": "true", "silent": "false"}}
KEYWORDS = {
    "_": None,
    "N_": None,
    "gettext": None,
    "lazy_gettext": None,
    "ngettext": (1, 2),
    "lazy_ngettext": (1, 2),
}
CATALOG = Path("translations/vi/LC_MESSAGES/messages.po")

MessageId = str | tuple[str, ...]


def rooms() -> list[Path]:
    """The rooms that keep a catalog of their own: those with templates."""
    return sorted(folder.parent for folder in APPLICATION.glob("*/templates"))


def extracted(folder: Path) -> Iterator[tuple[MessageId, Path]]:
    """Each message in a folder, with the file that says it."""
    found = extract_from_dir(folder, METHODS, OPTIONS, KEYWORDS)
    for name, _line, message, _comments, _context in found:
        yield message, folder / name


def owners() -> dict[MessageId, set[Path]]:
    """The folders that say each message: a room, or the application for all that lies outside the rooms."""
    said_in: dict[MessageId, set[Path]] = {}
    for folder in [APPLICATION, *(PROJECT / name for name in PURE)]:
        for message, file in extracted(folder):
            said_in.setdefault(message, set()).add(owner(file))
    return said_in


def owner(file: Path) -> Path:
    return next((room for room in rooms() if file.is_relative_to(room)), APPLICATION)


def wanted() -> dict[Path, Catalog]:
    """What each catalog should hold. What two rooms say belongs to the application's own catalog."""
    catalogs = {folder: Catalog(locale="vi") for folder in [APPLICATION, *rooms()]}
    for message, folders in owners().items():
        folder = next(iter(folders)) if len(folders) == 1 else APPLICATION
        catalogs[folder].add(message)
    return {folder / CATALOG: catalog for folder, catalog in catalogs.items()}


def update() -> list[Path]:
    """Write every catalog anew: new messages added, old translations kept, dead ones dropped."""
    known = translations()
    written = []
    for path, catalog in wanted().items():
        for message in messages(catalog):
            message.string = known.get(message.id, message.string)
        if len(catalog):
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("wb") as file:
                write_po(file, catalog, width=110, sort_output=True, omit_header=True)
            written.append(path)
    return written


def entries() -> Iterator[tuple[Path, Message]]:
    """Every entry of every catalog."""
    return ((path, message) for path in paths() for message in messages(read(path)))


def translations() -> dict[MessageId, str | tuple[str, ...]]:
    """Every finished Vietnamese translation in any catalog, by the message it translates."""
    return {message.id: message.string for _, message in entries() if is_done(message)}


def missing() -> list[str]:
    """Messages of the code that have no Vietnamese yet, each with a folder that says it."""
    known = translations()
    return [
        f"{min(folders).relative_to(PROJECT)}: {message}"
        for message, folders in owners().items()
        if message not in known
    ]


def unfinished() -> list[str]:
    """Entries of the catalogs that are empty or only guessed ("fuzzy")."""
    return [f"{path}: {message.id}" for path, message in entries() if not is_done(message)]


def compile_all() -> None:
    """Write the binary catalogs that the application reads, where they are older than their source."""
    for path in paths():
        binary = path.with_suffix(".mo")
        if not binary.exists() or binary.stat().st_mtime < path.stat().st_mtime:
            fresh = binary.with_suffix(f".{os.getpid()}")  # two processes may be at it
            with fresh.open("wb") as file:
                write_mo(file, read(path))
            fresh.replace(binary)


def paths() -> list[Path]:
    return [path for folder in [APPLICATION, *rooms()] if (path := folder / CATALOG).exists()]


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale="vi", abort_invalid=True)


def messages(catalog: Catalog) -> Iterator[Message]:
    """The messages of a catalog without its header."""
    return (message for message in catalog if message.id)


def is_done(message: Message) -> bool:
    strings = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
    return all(strings) and not message.fuzzy
