"""Each type of question in LimeSurvey as questions of ours, and the names that conditions call them by."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from questionnaires.exchange.limesurvey import words
from questionnaires.exchange.limesurvey.building import Builder, Built
from questionnaires.exchange.limesurvey.conditions import OTHER
from questionnaires.exchange.limesurvey.limits import choosing, whole_only, within
from questionnaires.exchange.limesurvey.script import box
from questionnaires.exchange.limesurvey.sourced import Sourced
from questionnaires.exchange.limesurvey.survey import Asked, Part
from questionnaires.expression import Tree

Layout = Callable[[Builder, Asked], Built]


def one(kind: str) -> Layout:
    """One question that needs nothing else."""

    def build(builder: Builder, asked: Asked) -> Built:
        code = builder.codes.new(asked.name)
        return Built([builder.question(asked, kind, code)], {asked.name: ["$", code]})

    return build


def number(builder: Builder, asked: Asked) -> Built:
    code = builder.codes.new(asked.name)
    kind = "integer" if whole_only(asked) else "decimal"
    question = builder.question(asked, kind, code, **within(builder, asked))
    return Built([question], {asked.name: ["$", code]})


def listed(kind: str, texts: Mapping[str, Mapping[str, str]] | None = None) -> Layout:
    """A choice among the answers of the question, or among those that LimeSurvey gives it."""

    def build(builder: Builder, asked: Asked) -> Built:
        code = builder.codes.new(asked.name)
        choices = builder.choices(asked.answers) if texts is None else builder.fixed(asked, texts)
        more = choosing(builder, asked) if kind == "rank" else {}
        question = builder.question(asked, kind, code, choices=choices, **more)
        built = Built([question], {asked.name: ["$", code]})
        return _with_other(builder, asked, built, ["=", ["$", code], OTHER])

    return build


def with_comment(builder: Builder, asked: Asked) -> Built:
    """A list with room for a comment on it."""
    built = listed("single")(builder, asked)
    _add_text(builder, asked, built, f"{asked.name}comment", words.COMMENT, "long_text", None)
    return built


def several(builder: Builder, asked: Asked) -> Built:
    """Boxes to tick: the subquestions are the choices."""
    code = builder.codes.new(asked.name)
    choices = builder.choices(asked.subquestions)
    question = builder.question(asked, "multiple", code, choices=choices, **choosing(builder, asked))
    boxes = {f"{asked.name}_{part.name}": box(_ticked(code, part.name)) for part in asked.subquestions}
    return _with_other(builder, asked, Built([question], boxes), _ticked(code, OTHER))


def several_with_comments(builder: Builder, asked: Asked) -> Built:
    """Boxes to tick, each with a text that is asked where it is ticked."""
    built = several(builder, asked)
    code = built.questions[0]["code"]
    for part in asked.subquestions:
        name = f"{asked.name}_{part.name}comment"
        _add_text(builder, part, built, name, builder.survey.words(part), "text", _ticked(code, part.name))
    return built


def each(kind: str) -> Layout:
    """A question of its own for each subquestion, which names the one it is a part of."""

    def build(builder: Builder, asked: Asked) -> Built:
        built = Built()
        whole = builder.survey.words(asked)
        for part in asked.subquestions:
            code = builder.codes.new(f"{asked.name}_{part.name}")
            built.meanings[f"{asked.name}_{part.name}"] = ["$", code]
            own = builder.survey.words(part)
            text = {key: f"{whole[key]} – {own[key]}" if key in whole else own[key] for key in own}
            limits = within(builder, asked) if kind == "decimal" else {}
            question = builder.question(asked, kind, code, text=text, **limits)
            question.row = part.row
            built.questions.append(question)
        return built

    return build


def array(texts: Mapping[str, Mapping[str, str]] | None = None) -> Layout:
    """A matrix: the subquestions are its rows."""

    def build(builder: Builder, asked: Asked) -> Built:
        built = Built()
        choices = builder.choices(asked.answers) if texts is None else builder.fixed(asked, texts)
        code = builder.codes.new(asked.name)
        rows = builder.rows(asked, built)
        built.questions = [builder.question(asked, "matrix", code, choices=choices, rows=rows)]
        return built

    return build


def dual(builder: Builder, asked: Asked) -> Built:
    """One matrix for each of the two scales."""
    built = Built()
    for scale in ("0", "1"):
        choices = builder.choices(part for part in asked.answers if part.scale == scale)
        code = builder.codes.new(f"{asked.name}_{scale}")
        rows = builder.rows(asked, built, f"_{scale}")
        built.questions.append(builder.question(asked, "matrix", code, choices=choices, rows=rows))
    return built


def _with_other(builder: Builder, asked: Asked, built: Built, chosen: Tree) -> Built:
    """Where LimeSurvey offers “other”: one choice more, and a text for those who choose it."""
    if asked.row["other"] == "Y" and "choices" in built.questions[0]:
        text = builder.survey.words(asked, "other_replace_text") or builder.say(words.OTHER)
        choice = Sourced(asked.row, code=OTHER, text=text)
        built.questions[0]["choices"].append(choice)
        _add_text(builder, asked, built, f"{asked.name}_other", words.SPECIFY, "text", chosen)
    return built


def _add_text(
    builder: Builder,
    part: Part,
    built: Built,
    name: str,
    text: Mapping[str, str],
    kind: str,
    relevant: Tree | None,
) -> None:
    """A text beside the first question, asked where `relevant` holds."""
    code = builder.codes.new(name)
    built.meanings[name] = ["$", code]
    said = text if set(text) == set(builder.survey.languages.values()) else builder.say(text)
    built.questions.append(Sourced(part.row, code=code, kind=kind, text=said))
    built.conditions[code] = relevant


def _ticked(code: str, choice: str) -> Tree:
    return ["selected", ["$", code], choice]


TYPES: dict[str, Layout] = {
    "L": listed("single"),
    "!": listed("single"),
    "O": with_comment,
    "Y": listed("single", words.YES_NO),
    "G": listed("single", words.GENDER),
    "5": listed("scale", words.points(5)),
    "M": several,
    "P": several_with_comments,
    "R": listed("rank"),
    "F": array(),
    "H": array(),
    "A": array(words.points(5)),
    "B": array(words.points(10)),
    "C": array(words.UNCERTAIN),
    "E": array(words.CHANGE),
    "1": dual,
    "N": number,
    "K": each("decimal"),
    "Q": each("text"),
    "S": one("text"),
    "T": one("long_text"),
    "U": one("long_text"),
    "D": one("date"),
    "X": one("note"),
}
"""LimeSurvey's letter for a type → what it becomes."""
