"""The head of a form's first page: room for the batch, the questionnaire's introduction, room for the notice
of consent, and how to mark. What is printed in the rooms differs from batch to batch.
"""

from __future__ import annotations

from collections.abc import Iterator

from questionnaires.paper import words
from questionnaires.paper.placing.page import WIDTH
from questionnaires.paper.placing.parts import Block, Example, Part, Words, at
from questionnaires.paper.placing.setting import Setting
from questionnaires.paper.placing.typography import BOX, bold, height_of, style, width_of
from questionnaires.printing.fonts import markup
from questionnaires.printing.words import NEEDED

BATCH_ROOM, NOTICE_ROOM = 8.8, 12.6
GAP = 1.5
SIZE = 9.0


def room(height: float) -> Block:
    """Room for what is printed there later."""
    return Block(height + GAP, ())


def intro_block(setting: Setting) -> Block:
    text = markup(setting.text(setting.questionnaire.intro))
    height = height_of(text, style(SIZE), WIDTH) if text else 0
    return Block(height + GAP, (Words(at(0, 0, WIDTH, height), text, style(SIZE)),))


def marking_blocks(setting: Setting) -> Iterator[Block]:
    """How to fill a box and how to take a mark back, with small drawings; what the signs mean."""
    how, fill = setting.say(words.HOW_TO_FILL), setting.say(words.FILL)
    width = width_of(how, style(SIZE, "Bold")) + width_of(f" {fill}", style(SIZE))
    yield _shown(f"{bold(how)} {markup(fill)}", width, (True, False))
    back = setting.say(words.TAKE_BACK)
    yield _shown(markup(back), width_of(back, style(SIZE)), (True, True), (True, False))
    signs = markup(" ".join(_signs(setting)))
    height = height_of(signs, style(SIZE), WIDTH) if signs else 0
    yield Block(height + GAP, (Words(at(0, 0, WIDTH, height), signs, style(SIZE)),))


def _shown(text: str, width: float, *examples: tuple[bool, bool]) -> Block:
    """A line of words with examples behind it: whether each is filled, whether crossed out."""
    height = height_of(text, style(SIZE), WIDTH)
    line = max(BOX + 1.4, height)
    parts: list[Part] = [Words(at(0, (line - height) / 2, WIDTH, height), text, style(SIZE))]
    for number, (filled, crossed) in enumerate(examples):
        place = at(width + 1.5 + number * (BOX + 2.5), (line - BOX) / 2, BOX, BOX)
        parts.append(Example(place, filled, crossed))
    return Block(line, tuple(parts))


def _signs(setting: Setting) -> Iterator[str]:
    questions = list(setting.questionnaire.questions())
    if any(question.kind == "multiple" for question in questions):
        yield setting.say(words.MARK_SEVERAL)
    if any(question.required for question in questions):
        yield setting.say(NEEDED)
