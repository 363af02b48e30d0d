"""The answers of a preview: they wait in the signed session of one browser, never in the database."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Mapping
from typing import Any

from flask import session

from questionnaires.kinds import KINDS
from survey.builder.trial.subject import Tried

KEY = "trial"
ROOM = 2_400
"""Bytes, packed as the session packs them: a browser refuses a cookie of more than 4096 in all."""

Answers = dict[str, Any]


def recall(tried: Tried) -> Answers:
    """The answers given so far that still answer a question of what is tried."""
    kept = session.get(KEY, {})
    answers = kept.get("answers", {}) if kept.get("of") == tried.name else {}
    items = {item.code: item.question for item in tried.presentable.questionnaire.items()}
    return {
        code: value
        for code, value in answers.items()
        if code in items and KINDS[items[code].kind].check(items[code], value) is None
    }


def remember(tried: Tried, answers: Mapping[str, Any]) -> bool:
    """Keep the answers of this one trial; false where there was no room for all of them."""
    fitting = dict(answers)
    while size(fitting) > ROOM:
        del fitting[max(fitting, key=lambda code: len(json.dumps(fitting[code])))]
    session[KEY] = {"of": tried.name, "answers": fitting}
    return len(fitting) == len(answers)


def forget() -> None:
    session.pop(KEY, None)


def size(answers: Answers) -> int:
    packed = zlib.compress(json.dumps(answers, separators=(",", ":")).encode())
    return len(base64.urlsafe_b64encode(packed))
