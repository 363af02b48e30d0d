"""A round as a directory of files that people can read and edit.

round.toml          code, title, year, synthetic, as_of; a table `recipe`; `framework` for a shipped one
framework.toml      the framework, or framework.json (not needed where round.toml names a shipped one)
units.csv           unit, name, and as they apply type, ranking_group and facts
evidence.csv        unit, criterion, self_score, appraised, applicable, note
surveys/CODE/       one directory a survey
    survey.toml         group; `questionnaire` for a shipped one
    questionnaire.toml  the questionnaire, or questionnaire.json
    strata.csv          stratum, unit, population, selected; codes_used, where others than those drawn could
                        answer online
    responses.csv       response_id, unit, stratum, psu, mode, then one column an item; codes of several
                        choices are separated by ";"
    targets.csv         optional: dimension columns (item codes) and count
    paper.csv           optional, what became of paper forms by batch: see `paper_forms.PAPER_COLUMNS`
"""

from __future__ import annotations

import datetime
import json
import tomllib
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any, TypeVar

import pandas as pd

from analysis.refused import DataError
from analysis.round import csv_table
from analysis.round.csv_table import CsvFile
from analysis.round.inputs import CODES_USED, RoundInputs, SurveyInput
from analysis.round.paper_forms import PAPER_COLUMNS
from analysis.round.response_file import ResponseFile
from analysis.round.write_files import write_directory
from questionnaires import frameworks, library, parse_questionnaire
from questionnaires.faults import N_, DefinitionError, Fault
from questionnaires.framework import Framework
from questionnaires.parse_framework import parse_framework
from questionnaires.schema import Questionnaire

__all__ = ["read_directory", "write_directory"]

NO_DIRECTORY = N_("There is no such directory.")
NO_FILE = N_("The file is missing.")
NO_DEFINITION = N_("There is neither %(name)s.toml nor %(name)s.json here.")
UNREADABLE = N_("The file cannot be read: %(problem)s")
NO_ENTRY = N_("The entry “%(name)s” is missing.")
NOT_SHIPPED = N_("No definition called “%(name)s” is shipped; there are %(names)s.")

UNIT_READERS = {"unit": csv_table.text, "name": csv_table.text}
STRATA_READERS = {
    "stratum": csv_table.text,
    "unit": csv_table.text,
    "population": csv_table.number,
    "selected": csv_table.number,
    CODES_USED: csv_table.number,
}
PAPER_READERS = {"batch": csv_table.text, **dict.fromkeys(PAPER_COLUMNS[1:], csv_table.number)}
EVIDENCE_READERS = {
    "unit": csv_table.text,
    "criterion": csv_table.text,
    "self_score": csv_table.number,
    "appraised": csv_table.number,
    "applicable": csv_table.flag,
    "note": csv_table.words,
}
Definition = TypeVar("Definition", Framework, Questionnaire)


def read_directory(path: str | Path) -> RoundInputs:
    """The round in a directory. Raises DataError naming file, row and column of everything wrong, at once.

    Responses are checked now and read again when the run lays them out, so that they never all have to be in
    memory.
    """
    reader = _Directory(Path(path))
    inputs = reader.read()
    if reader.faults or inputs is None:
        raise DataError(reader.faults)
    return inputs


class _Directory:
    """Reads the files below `root`, collecting what is wrong with them."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.faults: list[Fault] = []

    def read(self) -> RoundInputs | None:
        if not self.root.is_dir():
            self.faults.append(Fault(str(self.root), NO_DIRECTORY))
            return None
        round_ = self.settings("round.toml", ("code", "title", "year"))
        framework = self.definition("", "framework", round_.get("framework"), frameworks, parse_framework)
        units = self.table("units.csv", UNIT_READERS, csv_table.words)
        evidence = self.table("evidence.csv", EVIDENCE_READERS)
        today = _day(round_.get("as_of"))
        surveys = [self.survey(folder.name, today) for folder in self.survey_folders()]
        if self.faults or framework is None:
            return None
        particulars = {name: value for name, value in round_.items() if name not in ("recipe", "framework")}
        found = [survey for survey in surveys if survey is not None]
        return RoundInputs(
            particulars, framework, _with_facts(units), found, evidence, round_.get("recipe", {})
        )

    def survey_folders(self) -> list[Path]:
        folder = self.root / "surveys"
        return sorted(path for path in folder.iterdir() if path.is_dir()) if folder.is_dir() else []

    def survey(self, code: str, today: datetime.date) -> SurveyInput | None:
        folder = f"surveys/{code}"
        settings = self.settings(f"{folder}/survey.toml", ())
        shipped = settings.get("questionnaire")
        questionnaire = self.definition(folder, "questionnaire", shipped, library, parse_questionnaire)
        strata = self.table(f"{folder}/strata.csv", STRATA_READERS, optional=[CODES_USED])
        targets = self.optional(f"{folder}/targets.csv", {"count": csv_table.number}, csv_table.text)
        paper = self.optional(f"{folder}/paper.csv", PAPER_READERS)
        if questionnaire is None:
            return None
        responses = ResponseFile(self.root, f"{folder}/responses.csv", questionnaire)
        self.faults += responses.faults(today)
        group = str(settings.get("group", questionnaire.group))
        return SurveyInput(code, group, questionnaire, responses, strata, targets, paper)

    def settings(self, name: str, needed: tuple[str, ...]) -> dict[str, Any]:
        settings = self.document(name, tomllib.loads)
        if settings is not None:
            absent = [entry for entry in needed if entry not in settings]
            self.faults += [Fault(name, NO_ENTRY, {"name": entry}) for entry in absent]
        return settings or {}

    def document(self, name: str, parse: Callable[[str], Any]) -> Any:
        try:
            return parse((self.root / name).read_text(encoding="utf-8-sig"))
        except FileNotFoundError:
            self.faults.append(Fault(name, NO_FILE))
        except ValueError as error:  # TOML, JSON and encoding alike
            self.faults.append(Fault(name, UNREADABLE, {"problem": str(error)}))
        return None

    def definition(
        self,
        folder: str,
        name: str,
        shipped: Any,
        shelf: Any,
        parse: Callable[[Mapping[str, Any]], Definition],
    ) -> Definition | None:
        """The definition in the folder, or the shipped one that the settings name."""
        if shipped is not None:
            return self.shipped(folder, name, str(shipped), shelf)
        for suffix, read in (("toml", tomllib.loads), ("json", json.loads)):
            place = f"{folder}/{name}.{suffix}".lstrip("/")
            if (self.root / place).is_file():
                content = self.document(place, read)
                return None if content is None else self.parsed(place, content, parse)
        self.faults.append(Fault(folder, NO_DEFINITION, {"name": name}))
        return None

    def shipped(self, folder: str, name: str, wanted: str, shelf: Any) -> Any:
        if wanted in shelf.names():
            return shelf.load(wanted)
        names = {"name": wanted, "names": ", ".join(shelf.names())}
        self.faults.append(Fault(f"{folder}/{name}".lstrip("/"), NOT_SHIPPED, names))
        return None

    def parsed(
        self, place: str, content: Any, parse: Callable[[Mapping[str, Any]], Definition]
    ) -> Definition | None:
        try:
            return parse(content)
        except DefinitionError as error:
            self.faults += [
                Fault(f"{place}, {fault.place}", fault.template, fault.values) for fault in error.faults
            ]
            return None

    def optional(self, name: str, readers: dict[str, Any], others: Any = None) -> pd.DataFrame | None:
        """The table; None where there is no such file."""
        return self.table(name, readers, others) if (self.root / name).is_file() else None

    def table(
        self, name: str, readers: dict[str, Any], others: Any = None, optional: Collection[str] = ()
    ) -> pd.DataFrame:
        file = CsvFile(self.root, name)
        table = file.table(readers, others, optional)
        self.faults += file.faults
        return table


def _day(written: Any) -> datetime.date:
    """A TOML date, an ISO text, or the end of days where none is given."""
    if isinstance(written, datetime.date):
        return written
    return datetime.date.fromisoformat(str(written)) if written else datetime.date.max


def _with_facts(units: pd.DataFrame) -> pd.DataFrame:
    """Units with blanks as missing, and as numbers those further columns that hold nothing else."""
    table = units.astype(object).replace("", None)
    for column in table.columns.difference(["unit", "name", "type", "ranking_group"]):
        numbers = pd.to_numeric(table[column], errors="coerce")
        if numbers.notna().eq(table[column].notna()).all():
            table[column] = numbers
    return table
