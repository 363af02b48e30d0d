"""Exports of LimeSurvey for the tests: rows in few words, and one survey with every type of question."""

from __future__ import annotations

from collections.abc import Iterable

from questionnaires import parse_questionnaire
from questionnaires.exchange.imported import Imported
from questionnaires.exchange.limesurvey import read_limesurvey
from questionnaires.schema import Question

HEADINGS = (
    "class",
    "type/scale",
    "name",
    "relevance",
    "text",
    "help",
    "language",
    "validation",
    "mandatory",
    "other",
    "default",
    "same_default",
    "max_answers",
    "min_answers",
    "array_filter",
    "hidden",
    "max_num_value_n",
    "min_num_value_n",
    "num_value_int_only",
    "other_replace_text",
    "exclude_all_others",
)

Line = dict[str, str]


def row(kind: str, name: str, text: str = "", /, scale: str = "", language: str = "vi", **more: str) -> Line:
    return {
        "class": kind,
        "type/scale": scale,
        "name": name,
        "text": text,
        "language": language,
        **more,
    }


def question(name: str, scale: str, text: str = "Hỏi?", /, **more: str) -> Line:
    return row("Q", name, text, scale=scale, **{"relevance": "1", **more})


def answers(*codes: str, **more: str) -> list[Line]:
    return [row("A", code, f"Trả lời {code}", scale="0", **more) for code in codes]


def subquestions(*codes: str, **more: str) -> list[Line]:
    return [row("SQ", code, f"Ý {code}", scale="0", **{"relevance": "1", **more}) for code in codes]


HEAD = [
    row("S", "sid", "333472", language=""),
    row("S", "language", "vi", language=""),
    row("SL", "surveyls_title", "<p>Phiếu <b>khảo sát</b></p>"),
    row("SL", "surveyls_welcometext", "Kính thưa Ông/Bà!<br />Xin cảm ơn &amp; trân trọng."),
]
GROUP = row("G", "Phần một", "Mời trả lời", scale="G1", relevance="1")


def tsv(lines: Iterable[Line], headings: tuple[str, ...] = HEADINGS) -> str:
    rows = [headings, *([line.get(heading, "") for heading in headings] for line in lines)]
    quoted = (
        ['"' + cell.replace('"', '""') + '"' if '"' in cell else cell for cell in cells] for cells in rows
    )
    return "\ufeff" + "\r\n".join("\t".join(cells) for cells in quoted) + "\r\n"


def export(*lines: Line) -> str:
    """A survey in Vietnamese with these rows in its one group."""
    return tsv([*HEAD, GROUP, *lines])


def imported(*lines: Line) -> Imported:
    return read_limesurvey(export(*lines))


def questions(*lines: Line) -> dict[str, Question]:
    """The questions that the rows become, by code."""

    return {one.code: one for one in parse_questionnaire(imported(*lines).definition).questions()}
