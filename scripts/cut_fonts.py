"""Cuts Be Vietnam Pro to what Vietnamese pages write: a small file for each weight, always the same bytes.

    cut_fonts.py FOLDER STYLES

writes be-vietnam-pro-WEIGHT.woff2 and the licence into FOLDER, and into STYLES the Sass variables that name
the files by their content and say which characters they hold, for browsers to take others elsewhere.
"""

from __future__ import annotations

import shutil
import sys
import unicodedata
from collections.abc import Iterable
from hashlib import sha256
from itertools import product
from pathlib import Path

import fontpkg_be_vietnam_pro
from fontTools import subset

SOURCE = Path(fontpkg_be_vietnam_pro.ROOT)
WEIGHTS = {400: "Regular", 700: "Bold"}
FILE = "be-vietnam-pro-{}.woff2"

BASIC_LATIN = {chr(number) for number in range(0x20, 0x7F)}
TONES = ("", "\N{COMBINING GRAVE ACCENT}", "\N{COMBINING ACUTE ACCENT}", "\N{COMBINING HOOK ABOVE}",
         "\N{COMBINING TILDE}", "\N{COMBINING DOT BELOW}")  # fmt: skip
VOWELS = "aăâeêioôơuưy"
VIETNAMESE = {
    unicodedata.normalize("NFC", letter + tone)
    for vowel, tone in product(VOWELS, TONES)
    for letter in (vowel, vowel.upper())
} | set("đĐ")
# Text typed on some systems comes in pieces, letter and marks apart.
PIECES = {mark for letter in VIETNAMESE for mark in unicodedata.normalize("NFD", letter)[1:]}
SIGNS = set("–—“”‘’…•·\N{NO-BREAK SPACE}€₫×±−≤≥°²½")
CHARACTERS = BASIC_LATIN | VIETNAMESE | PIECES | SIGNS

FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl"]
NAMES = [0, 1, 2, 14]  # copyright, family, style, address of the licence


def options() -> subset.Options:
    """Without hinting: it doubles the file and the screens of telephones are too fine to show it."""
    chosen = subset.Options(flavor="woff2", hinting=False, layout_features=FEATURES, name_IDs=NAMES)
    chosen.recalc_timestamp = False  # the day of the cut would change the bytes
    chosen.drop_tables += ["DSIG", "gasp"]
    return chosen


def cut(style: str, target: Path) -> set[int]:
    """Write one weight; gives the characters that it holds."""
    chosen = options()
    font = subset.load_font(str(SOURCE / "files" / f"BeVietnamPro-{style}.ttf"), chosen)
    subsetter = subset.Subsetter(chosen)
    subsetter.populate(text="".join(CHARACTERS))
    subsetter.subset(font)
    subset.save_font(font, str(target), chosen)
    return set(font.getBestCmap())


def ranges(characters: Iterable[int]) -> str:
    """The characters as CSS writes them: U+20-7E, U+A0, …"""
    runs: list[list[int]] = []
    for character in sorted(characters):
        if runs and runs[-1][-1] + 1 == character:
            runs[-1].append(character)
        else:
            runs.append([character])
    return ", ".join(f"U+{run[0]:X}" + (f"-{run[-1]:X}" if run[1:] else "") for run in runs)


def address(file: Path) -> str:
    """The file named by its content, in the way of survey/transfer.py, which lets browsers keep it then."""
    return f"vendor/fonts/{file.name}?v={sha256(file.read_bytes()).hexdigest()[:12]}"


def main(folder: Path, styles: Path) -> None:
    files = {weight: folder / FILE.format(weight) for weight in WEIGHTS}
    held = [cut(style, files[weight]) for weight, style in WEIGHTS.items()]
    shutil.copy(SOURCE / "LICENSE", folder / "LICENSE.be-vietnam-pro.txt")
    addresses = ", ".join(f'{weight}: "{address(file)}"' for weight, file in files.items())
    styles.write_text(
        "// Written by scripts/cut_fonts.py.\n"
        f"$files: ({addresses});\n"
        f"$characters: {ranges(set.intersection(*held))};\n"
    )


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
