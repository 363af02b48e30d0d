"""What becomes of everything a round holds when it is copied to next year: one declaration, column by column.

A test walks the models from `Round` and fails where a column or a table is not named here, so that a new
setting cannot be forgotten.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from questionnaires.faults import N_
from survey.db import db
from survey.models import (
    Batch,
    Draft,
    EvidenceScore,
    FormEvent,
    FormReading,
    Invitation,
    Kiosk,
    Mailing,
    MailRecipient,
    PaperForm,
    Quota,
    Response,
    ResponseFlag,
    ResponseVersion,
    Round,
    RoundUnit,
    Run,
    Sample,
    Scan,
    ScanPage,
    Settlement,
    Stratum,
    Survey,
    WayCount,
)


@dataclass(frozen=True)
class Copied:
    """The copy holds the same value."""


@dataclass(frozen=True)
class Anew:
    """The copy's own: asked on the form, or begun as in any new row. `how` says which."""

    how: str


@dataclass(frozen=True)
class LeftBehind:
    """Stays with the old round. `why` is the sentence that the page shows."""

    why: str


Fate = Copied | Anew | LeftBehind
SAME = Copied()
KEY = Anew("a key of its own")
PARENT = Anew("the copy of what it belongs to")
A_YEAR_LATER = Anew("asked; a year later is proposed")

FIGURES = N_("Figures of the year, such as late dossiers: the new year has its own.")
HANDED_IN = N_("The days on which units handed in their self-scores.")
SEED = N_("The seeds of the random numbers: the same seed would draw the same places of the list again.")
ANSWERS = N_("Answers and their corrections: they were given in the old round.")
CODES = N_("Personal codes: every letter of the new round carries a new one.")
BEGUN = N_("Answers that somebody began and did not send.")
KEPT_UNTIL = N_("The days until which answers are kept: they follow from each year's own dates.")
KIOSKS = N_("Tablets at desks: each is set up anew, with a key of its own.")
QUOTAS = N_("Quotas: they follow from the new sample.")
MAILINGS = N_("E-mail invitations, and addresses they have not reached.")
WAYS = N_("How people got through the forms: the new year counts anew.")
PAPER = N_("Batches of paper forms and what was keyed from them.")
SCORES = N_("Self-scores, appraisals and explanations: the new year is scored anew.")
RUNS = N_("Runs and what was published of them.")

FATES: Mapping[type[db.Model], Mapping[str, Fate]] = {
    Round: {
        "id": KEY,
        "code": Anew("asked: no two rounds share one"),
        "title": Anew("asked; proposed with the new year in the words"),
        "year": Anew("asked; the next is proposed"),
        "framework_id": Anew("asked; the newest version of the same code is proposed"),
        "state": Anew("planned"),
        "starts_on": A_YEAR_LATER,
        "ends_on": A_YEAR_LATER,
        "self_score_due": A_YEAR_LATER,
        "synthetic": Anew("asked; the same is proposed"),
    },
    RoundUnit: {
        "round_id": PARENT,
        "unit_id": SAME,
        "ranking_group": Anew("the same; asked where the framework has it no more"),
        "facts": LeftBehind(FIGURES),
        "self_scored_on": LeftBehind(HANDED_IN),
    },
    Survey: {
        "id": KEY,
        "round_id": PARENT,
        "questionnaire_id": Anew("asked; the newest version of the same code is proposed"),
        "code": SAME,
        "slug": Anew("asked: no two surveys share one"),
        "state": Anew("draft"),
        "opens_on": A_YEAR_LATER,
        "closes_on": A_YEAR_LATER,
        "open_link": SAME,
        "by_dossier": SAME,
        "page_by": SAME,
        "rates": SAME,
        "withdrawable": SAME,
        "contact": SAME,
        "purpose": SAME,
        "legal_basis": SAME,
        "keep_until": LeftBehind(KEPT_UNTIL),
        "has_quotas": Anew("no: quotas stay behind"),
        "targets": SAME,  # unless the planner takes them off the copy
    },
    Sample: {
        "id": KEY,
        "survey_id": PARENT,
        "method": SAME,
        "seed": LeftBehind(SEED),
        "frame": Anew("the same words, with the new year where the old one stands"),
    },
    Stratum: {  # unless the planner takes them off the copy
        "id": KEY,
        "sample_id": PARENT,
        "unit_id": SAME,
        "code": SAME,
        "population": SAME,
        "selected": SAME,
    },
}

# Whole tables of which no row is copied.
LEFT_TABLES: Mapping[type[db.Model], LeftBehind] = {
    Response: LeftBehind(ANSWERS),
    ResponseVersion: LeftBehind(ANSWERS),
    Invitation: LeftBehind(CODES),
    Draft: LeftBehind(BEGUN),
    Kiosk: LeftBehind(KIOSKS),
    Quota: LeftBehind(QUOTAS),
    Mailing: LeftBehind(MAILINGS),
    MailRecipient: LeftBehind(MAILINGS),
    ResponseFlag: LeftBehind(ANSWERS),
    WayCount: LeftBehind(WAYS),
    Batch: LeftBehind(PAPER),
    PaperForm: LeftBehind(PAPER),
    FormEvent: LeftBehind(PAPER),
    FormReading: LeftBehind(PAPER),
    Settlement: LeftBehind(PAPER),
    Scan: LeftBehind(PAPER),
    ScanPage: LeftBehind(PAPER),
    EvidenceScore: LeftBehind(SCORES),
    Run: LeftBehind(RUNS),
}


def copied_columns(model: type[db.Model]) -> list[str]:
    """The columns whose values a copy of such a row holds too."""
    return [name for name, fate in FATES[model].items() if isinstance(fate, Copied)]


def copy_of(row: Any, **anew: Any) -> Any:
    """A new row with the copied columns of this one, and what is given for it alone."""
    copied = {name: getattr(row, name) for name in copied_columns(type(row))}
    return type(row)(**{**copied, **anew})


def reasons_left_behind() -> list[str]:
    """The sentences about everything that stays, each once."""

    def every() -> Iterator[Fate]:
        yield from LEFT_TABLES.values()
        for fates in FATES.values():
            yield from fates.values()

    return list(dict.fromkeys(fate.why for fate in every() if isinstance(fate, LeftBehind)))
