"""The rule of a criterion in a sentence."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from analysis.report.page import Page

Parameters = Mapping[str, Any]


def rule_sentence(page: Page, name: str, written: str) -> str:
    """How the rule makes points; `written` holds its parameters as JSON."""
    return SENTENCES[name](page, json.loads(written or "{}"))


def _option_weights(page: Page, parameters: Parameters) -> str:
    weights = sorted(parameters["weights"].items(), key=lambda pair: -pair[1])
    parts = [f"{page.choices.get(code, code)} {page.words.percent(weight, 0)}" for code, weight in weights]
    return page.words("rule_text.option_weights", weights="; ".join(parts))


def _scaled_mean(page: Page, parameters: Parameters) -> str:
    level = "x/k" if parameters.get("origin") == "one" else "(x − 1)/(k − 1)"
    return page.words("rule_text.scaled_mean", level=level)


def _thresholds(page: Page, parameters: Parameters) -> str:
    between = parameters.get("between", "ratio")
    ends = {name: _percent(page, parameters.get(name, 0)) for name in ("full", "zero")}
    return page.words(f"rule_text.thresholds_{between}", of=_reading(page, parameters), **ends)


def _bands(page: Page, parameters: Parameters) -> str:
    levels = [
        page.words(
            "rule_text.level",
            at_least=_percent(page, level["at_least"]),
            points=page.words.number(level["points"], 0 if level["points"] == int(level["points"]) else 2),
        )
        for level in parameters["levels"]
    ]
    return page.words("rule_text.bands", of=_reading(page, parameters), levels="; ".join(levels))


def _reading(page: Page, parameters: Parameters) -> str:
    return page.words(f"readings.{parameters['of']}", fact=parameters.get("fact", ""))


def _percent(page: Page, value: float) -> str:
    return page.words.percent(value, 0 if value == int(value) else 2)


SENTENCES: dict[str, Callable[[Page, Parameters], str]] = {
    "option_weights": _option_weights,
    "top2_share": lambda page, parameters: page.words("rule_text.top2_share"),
    "scaled_mean": _scaled_mean,
    "linear": lambda page, parameters: page.words("rule_text.linear", of=_reading(page, parameters)),
    "thresholds": _thresholds,
    "bands": _bands,
}
