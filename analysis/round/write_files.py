"""Writing a round as the directory of files that `files` describes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from analysis.dataset import DESIGN_COLUMNS
from analysis.round.csv_table import write_frame, write_table
from analysis.round.inputs import CODES_USED, EVIDENCE_COLUMNS, STRATA_COLUMNS, RoundInputs, SurveyInput
from analysis.round.paper_forms import PAPER_COLUMNS
from analysis.round.response_file import SEVERAL
from questionnaires.answers import write_form
from questionnaires.dump import plain


def write_directory(inputs: RoundInputs, path: str | Path) -> None:
    """Write a round as `read_directory` reads it; the directory is made, files in it are replaced."""
    root = Path(path)
    root.mkdir(parents=True, exist_ok=True)
    settings = {**plain(dict(inputs.round)), "recipe": dict(inputs.recipe)}
    (root / "round.toml").write_text(_toml(settings), encoding="utf-8")
    _write_json(root / "framework.json", plain(inputs.framework))
    write_frame(root / "units.csv", inputs.units)
    write_frame(root / "evidence.csv", inputs.evidence.reindex(columns=list(EVIDENCE_COLUMNS)))
    for survey in inputs.surveys:
        _write_survey(root / "surveys" / survey.code, survey)


def _write_survey(folder: Path, survey: SurveyInput) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "survey.toml").write_text(_toml({"group": survey.group}), encoding="utf-8")
    _write_json(folder / "questionnaire.json", plain(survey.questionnaire))
    strata = [*STRATA_COLUMNS, *survey.strata.columns.intersection([CODES_USED])]
    write_frame(folder / "strata.csv", survey.strata[strata])
    if survey.targets is not None:
        write_frame(folder / "targets.csv", survey.targets)
    if survey.paper is not None:
        write_frame(folder / "paper.csv", survey.paper[list(PAPER_COLUMNS)])
    items = [item.code for item in survey.questionnaire.items()]
    write_table(folder / "responses.csv", [*DESIGN_COLUMNS, *items], _response_rows(survey, items))


def _response_rows(survey: SurveyInput, items: list[str]) -> Iterator[list[str]]:
    for record in survey.records:
        form = write_form(record["answers"])
        design = [str(record.get(column) or "") for column in DESIGN_COLUMNS]
        yield [*design, *(SEVERAL.join(form.get(code, ())) for code in items)]


def _write_json(path: Path, content: Any) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _toml(table: Mapping[str, Any], name: str = "") -> str:
    """A TOML document of texts, numbers, truth values and tables of them, which JSON writes the same way."""
    values = {key: value for key, value in table.items() if not isinstance(value, Mapping)}
    tables = {key: value for key, value in table.items() if isinstance(value, Mapping)}
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in values.items()]
    parts = [
        "\n".join([*([f"[{name}]"] if name else []), *lines]),
        *(_toml(value, key) for key, value in tables.items()),
    ]
    return "\n\n".join(part for part in parts if part).rstrip() + "\n"
