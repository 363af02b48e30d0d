"""What the example round is made from."""

from __future__ import annotations

import datetime
from dataclasses import dataclass


@dataclass(frozen=True)
class Settings:
    """How large and how random the example is, and the secrets it is made under.

    `key` is the application's secret key (personal codes are hashed with it), `password` that of every demo
    user, `responses` the expected number of responses over all groups.
    """

    key: str
    password: str
    today: datetime.date
    responses: int = 6000
    seed: int = 2022
