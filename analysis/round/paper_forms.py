"""What became of a survey's paper forms: how many brought answers, and whose keying nobody can judge yet."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from questionnaires.faults import N_, Fault

OUTCOMES = ("handed_out", "accepted", "refused", "spoiled", "spoiled_here", "lost")
WAITING = ("may_come", "second", "unsettled")
PAPER_COLUMNS = ("batch", *OUTCOMES, *WAITING)
"""A row a batch. `handed_out`: all forms but those that lie here as printed, or were spoiled before anybody
was handed them (`spoiled_here`, counted in `spoiled` too); `accepted`: whose answers count. Of a batch whose
keying is to be judged and is not yet: `may_come`, forms that may still come; `second`, those that wait for
their second keying; `unsettled`, those whose two readings differ.
"""

BAD_NUMBER = N_("Batch “%(batch)s”: the %(column)s is %(value)s; a whole number of at least 0 is needed.")


def count_faults(paper: pd.DataFrame, place: str) -> Iterator[Fault]:
    """What is no number of forms, batch by batch."""
    for column in (*OUTCOMES, *WAITING):
        numbers = pd.to_numeric(paper[column], errors="coerce")
        for batch, value in paper.loc[~((numbers >= 0) & (numbers % 1 == 0)), ["batch", column]].to_numpy():
            yield Fault(place, BAD_NUMBER, {"batch": batch, "column": column, "value": value})


def paper_tables(survey: str, paper: pd.DataFrame | None) -> dict[str, pd.DataFrame]:
    """ "paper": the outcomes of all forms of this survey, and the share (0..1) of those handed out that were
    accepted; "unjudged": the batches whose keying is not judged yet. None of a survey without paper.
    """
    if paper is None or paper.empty:
        return {}
    counts = paper.astype(dict.fromkeys((*OUTCOMES, *WAITING), "int64"))
    whole = counts[list(OUTCOMES)].sum().to_frame().T
    rate = whole["accepted"] / whole["handed_out"].where(whole["handed_out"] > 0)
    waits = counts.loc[counts[list(WAITING)].any(axis="columns"), ["batch", *WAITING]]
    return {
        "paper": whole.assign(survey=survey, paper_rate=rate),
        "unjudged": waits.assign(survey=survey),
    }
