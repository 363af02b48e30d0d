"""A form with many rooms for handwriting, and how people write in them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np

from questionnaires import parse_questionnaire
from questionnaires.paper.layout import Place, Written
from tests.degraded.pens import LIGHT_PENCIL, ORDINARY, Pen, stroke
from tests.degraded.printed import PrintedForm, printed

CELL = 5.5
WORDS = ("text", "long_text")
DIGITS = {
    "0": [(0.5, 0), (0.15, 0.3), (0.15, 0.7), (0.5, 1), (0.85, 0.7), (0.85, 0.3), (0.5, 0)],
    "1": [(0.5, 0), (0.5, 1)],
    "2": [(0.1, 0.2), (0.5, 0), (0.9, 0.3), (0.1, 1), (0.9, 1)],
    "3": [(0.1, 0), (0.9, 0.1), (0.4, 0.45), (0.9, 0.75), (0.1, 1)],
    "4": [(0.7, 1), (0.7, 0), (0.1, 0.7), (0.95, 0.7)],
    "7": [(0.1, 0), (0.9, 0), (0.4, 1)],
}

Write = Callable[[np.ndarray, Written, Pen, np.random.Generator], None]
"""(page, room, pen, random) → written on the page."""


def _texts(vietnamese: str) -> dict[str, str]:
    return {"vi": vietnamese}


@cache
def written_form() -> PrintedForm:
    """Numbers of one to five digits, dates and words, between questions with boxes. Synthetic."""
    yes_no = [{"code": code, "text": _texts(text)} for code, text in (("yes", "Có"), ("no", "Không"))]
    questions = []
    for number in range(1, 6):
        digits = {"constraint": f". <= {10**number - 1}", "constraint_message": _texts("Số quá lớn.")}
        questions += [
            {"code": f"seen{number}", "kind": "single", "choices": yes_no},
            {"code": f"number{number}", "kind": "integer", **digits},
            {"code": f"day{number}", "kind": "date"},
            {"code": f"words{number}", "kind": "text"},
            {"code": f"again{number}", "kind": "single", "choices": yes_no},
        ]
    asked = [{**each, "text": _texts(f"Câu hỏi thử {each['code']}?")} for each in questions]
    asked.append({"code": "comment", "kind": "long_text", "text": _texts("Ý kiến khác?")})
    section = {"code": "all", "title": _texts("Phần thử"), "questions": asked}
    form = {"code": "written", "version": "1", "title": _texts("Phiếu thử"), "languages": ["vi"]}
    return printed(parse_questionnaire({**form, "group": "citizen", "sections": [section]}))


def digit(page: np.ndarray, room: Written, pen: Pen, random: np.random.Generator) -> None:
    """One digit, in any cell of a number or a date; somewhere on the lines of words."""
    left, upper = _somewhere(room, random)
    size = np.array([random.uniform(1.6, 3.2), random.uniform(2.6, 4.8)])
    shape = DIGITS[list(DIGITS)[random.integers(len(DIGITS))]]
    _draw(page, np.array(shape) * size + [left, upper], pen, random)


def one(page: np.ndarray, room: Written, pen: Pen, random: np.random.Generator) -> None:
    """A “1”, a single stroke, hardly as long as a cell is high."""
    left, upper = _somewhere(room, random)
    slant, length = random.uniform(-0.5, 0.5), random.uniform(1.8, 4.5)
    _draw(page, np.array([(left + 1.2, upper), (left + 1.2 + slant, upper + length)]), pen, random)


def on_the_line(page: np.ndarray, room: Written, pen: Pen, random: np.random.Generator) -> None:
    """A “1” exactly upon a printed line: between two cells, or along the line of words."""
    place = room.place
    if room.kind in WORDS:
        x, y = place.x + random.uniform(2, place.width - 8), place.y + place.height - 0.2
        line = [(x, y), (x + random.uniform(2.0, 4.0), y)]
    else:
        x, y = place.x + CELL * random.integers(2), place.y + random.uniform(0.5, 2)
        line = [(x, y), (x, y + random.uniform(2.5, 4))]
    stroke(page, np.array(line), pen, random)


def dot(page: np.ndarray, room: Written, pen: Pen, random: np.random.Generator) -> None:
    """A “.” of a pressed pen, as before decimals."""
    left, upper = _somewhere(room, random)
    middle = np.array([left + 1.0, upper + 2.0])
    stroke(page, middle + random.normal(0, 0.12, (3, 2)), pen, random)


def dash(page: np.ndarray, room: Written, pen: Pen, random: np.random.Generator) -> None:
    left, upper = _somewhere(room, random)
    y = upper + random.uniform(1.2, 3)
    _draw(page, np.array([(left, y), (left + random.uniform(1.0, 2.5), y)]), pen, random)


def _somewhere(room: Written, random: np.random.Generator) -> tuple[float, float]:
    place: Place = room.place
    if room.kind in WORDS:
        return place.x + random.uniform(1, place.width - 6), place.y + place.height - random.uniform(4.5, 6)
    cells = max(1, int((place.width + 0.1) / CELL))
    x = place.x + CELL * random.integers(cells) + random.uniform(0.6, 1.8)
    return x, place.y + random.uniform(0.4, 1.4)


def _draw(page: np.ndarray, points: np.ndarray, pen: Pen, random: np.random.Generator) -> None:
    stroke(page, points + random.normal(0, 0.08, points.shape), pen, random)


WRITING: dict[str, Write] = {
    "a digit": digit,
    "a single stroke": one,
    "a stroke on a printed line": on_the_line,
    "a dot": dot,
    "a dash": dash,
}
WRITING_PENS = (*ORDINARY, LIGHT_PENCIL, LIGHT_PENCIL, LIGHT_PENCIL)


def write_in(
    page: np.ndarray, rooms: list[Written], share: float, random: np.random.Generator
) -> tuple[np.ndarray, dict[str, str]]:
    """The page with a share of its rooms written in, and how each was: "" where nothing is."""
    image, how = page.copy(), {}
    for room in rooms:
        names = list(WRITING)
        how[room.item] = names[random.integers(len(names))] if random.random() < share else ""
        if how[room.item]:
            pen = WRITING_PENS[random.integers(len(WRITING_PENS))]
            WRITING[how[room.item]](image, room, pen, random)
    return image, how
