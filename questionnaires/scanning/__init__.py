"""Scanned forms read back: which form, which page, what was marked, and how sure that is. Nothing is guessed.

    count = count_pages(file, "batch-7.pdf")                raises ScanRefused, with a fault in words
    for scanned in pages_of(file, "batch-7.pdf"):           one picture at a time; PDF, TIFF, JPEG, PNG, HEIC
        reading = read_page(scanned, layouts)               layouts: digest → Layout
        reading = read_page(scanned, layouts, told)         told: a PageCode, by who sees which page it is
    stack = forms_of(readings, layouts, expected)           expected: serial → digest, or None for any
    for form in stack.forms:
        form.items["K1"].state                              SURE, BLANK, DOUBTFUL, UNREADABLE
    crop(reading.picture, row_of(item.place))               JPEG of an item's row, to decide by
    crop(reading.picture, written.place)                    JPEG of handwriting, for a person to type from

Everything can be pickled. To use several processes, give each its share: `pages_of(file, name, numbers)`
opens only the pages asked for. A page that cannot be read is a PageReading with a fault, never an exception.
"""

from questionnaires.scanning.crops import crop, row_of
from questionnaires.scanning.files import ScannedPage, count_pages, pages_of
from questionnaires.scanning.forms import forms_of
from questionnaires.scanning.pages import read_page
from questionnaires.scanning.readings import (
    BLANK,
    DOUBTFUL,
    EMPTY,
    MARKED,
    SURE,
    UNCERTAIN,
    UNREADABLE,
    UNSEEN,
    VOID,
    BoxReading,
    FormReading,
    Ink,
    ItemReading,
    PageReading,
    StackReading,
)
from questionnaires.scanning.refused import ScanRefused

__all__ = [
    "BLANK",
    "DOUBTFUL",
    "EMPTY",
    "MARKED",
    "SURE",
    "UNCERTAIN",
    "UNREADABLE",
    "UNSEEN",
    "VOID",
    "BoxReading",
    "FormReading",
    "Ink",
    "ItemReading",
    "PageReading",
    "ScanRefused",
    "ScannedPage",
    "StackReading",
    "count_pages",
    "crop",
    "forms_of",
    "pages_of",
    "read_page",
    "row_of",
]
