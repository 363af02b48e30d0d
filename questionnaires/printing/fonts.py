"""The typefaces of PDF copies, embedded: Be Vietnam Pro, and DejaVu Sans for the signs it lacks."""

from __future__ import annotations

from functools import cache
from html import escape
from importlib.util import find_spec
from itertools import groupby
from pathlib import Path

import fontpkg_be_vietnam_pro
from reportlab.lib.fonts import addMapping
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont

FAMILY, SIGNS = "BeVietnamPro", "DejaVuSans"
STYLES = {"Regular": (0, 0), "Bold": (1, 0), "Italic": (0, 1), "BoldItalic": (1, 1)}
"""File → whether it is bold, whether it is italic."""


@cache
def register() -> frozenset[int]:
    """Make the typefaces known to reportlab; gives the characters that Be Vietnam Pro can write."""
    folder = Path(fontpkg_be_vietnam_pro.ROOT) / "files"
    for style, (bold, italic) in STYLES.items():
        font = TTFont(f"{FAMILY}-{style}", folder / f"{FAMILY}-{style}.ttf")
        registerFont(font)
        addMapping(FAMILY, bold, italic, font.fontName)
    registerFont(TTFont(SIGNS, _signs_file()))
    return frozenset(font.face.charToGlyph)


def _signs_file() -> Path:
    """DejaVu Sans as matplotlib brings it along; found without the second that importing matplotlib takes."""
    spec = find_spec("matplotlib")
    (folder,) = spec.submodule_search_locations if spec and spec.submodule_search_locations else ("",)
    return Path(folder) / "mpl-data" / "fonts" / "ttf" / f"{SIGNS}.ttf"


def markup(text: str) -> str:
    """The text for reportlab's paragraphs: escaped, its rare signs in the typeface that has them."""
    known = register()
    runs = groupby(text, lambda sign: ord(sign) in known or sign.isspace())
    parts = (
        escape("".join(run)) if usual else f'<font name="{SIGNS}">{escape("".join(run))}</font>'
        for usual, run in runs
    )
    return "".join(parts).replace("\n", "<br/>")
