"""JPEG, PNG, HEIC and TIFF files: photographs the right way up, all pages of a TIFF."""

from __future__ import annotations

import struct
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import BinaryIO

import numpy as np
from PIL import Image, ImageOps

from questionnaires.faults import N_, Fault
from questionnaires.scanning import heic
from questionnaires.scanning.refused import BROKEN_PAGE, MOST_PIXELS, TOO_LARGE, PageRefused, ScanRefused

FORMATS = ("JPEG", "PNG", "TIFF")
BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    struct.error,
    TypeError,
    LookupError,
    ArithmeticError,
)
"""What Pillow raises for broken files; where a tag of a TIFF is missing or unknown, even the last three."""
GREY_MODES = ("1", "L", "LA")
DEEP_MODES = ("I;16", "I;16B", "I;16L", "I", "F")
"""Sixteen bits of grey, which Pillow cannot turn into eight without clipping."""

NOT_A_PICTURE = N_("“%(file)s” is no PDF, TIFF, JPEG, PNG or HEIC file, or it is broken.")


def count(file: BinaryIO, name: str, most: int) -> int:
    if heic.is_heic(file):
        heic.require_openable(file, name)
    try:
        with _open(file) as image:
            return _count_frames(image, most) if image.format == "TIFF" else 1
    except Image.DecompressionBombError as error:
        raise ScanRefused(Fault(name, TOO_LARGE, {"file": name, "page": 1})) from error
    except BROKEN as error:
        raise ScanRefused(Fault(name, NOT_A_PICTURE, {"file": name})) from error


def _count_frames(image: Image.Image, most: int) -> int:
    """Each is looked for at the end of the one before: of more than `most` the rest is not looked for."""
    for number in range(1, most + 1):
        try:
            image.seek(number)
        except EOFError:
            return number
    return most + 1


@contextmanager
def opened(file: BinaryIO) -> Iterator[Callable[[int], np.ndarray]]:
    with _open(file) as image:
        yield lambda number: _page(image, number)


def _open(file: BinaryIO) -> Image.Image:
    formats = (heic.FORMAT,) if heic.is_heic(file) else FORMATS
    with warnings.catch_warnings():  # Pillow warns of many pixels; each page is measured below
        warnings.simplefilter("ignore")
        return Image.open(file, formats=formats)


def _page(image: Image.Image, number: int) -> np.ndarray:
    try:
        if image.format == "TIFF":  # of several photographs in one file the first shown is meant
            image.seek(number - 1)
        if image.width * image.height > MOST_PIXELS:
            raise PageRefused(TOO_LARGE)
        upright = ImageOps.exif_transpose(image)
        return _array(image if upright is None else upright)
    except Image.DecompressionBombError as error:
        raise PageRefused(TOO_LARGE) from error
    except BROKEN as error:
        raise error if isinstance(error, PageRefused) else PageRefused(BROKEN_PAGE) from error


def _array(image: Image.Image) -> np.ndarray:
    """uint8, (height, width) or (height, width, 3); what is transparent becomes white paper."""
    if image.mode in DEEP_MODES:
        deep = np.asarray(image, dtype=np.float32)
        return (deep * (255 / max(255.0, float(deep.max())))).astype(np.uint8)
    if image.has_transparency_data:
        clear = image.convert("RGBA")
        paper = Image.new("RGBA", clear.size, "white")
        image = Image.alpha_composite(paper, clear).convert("RGB")
    return np.asarray(image.convert("L" if image.mode in GREY_MODES else "RGB"))
