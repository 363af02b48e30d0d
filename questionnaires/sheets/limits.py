"""How large a table may be, in the words that say so."""

from __future__ import annotations

from questionnaires.faults import N_

MOST_COLUMNS = 1_000
MOST_BYTES = 96 * 1024 * 1024
"""Of a workbook unpacked: a small file may hold gigabytes of nothing."""

TOO_MANY_ROWS = N_("The table has more than %(most)s rows. Split it into several files.")
TOO_MANY_COLUMNS = N_("The table has more than %(most)s columns.")
TOO_LARGE = N_("The workbook is too large. Delete what does not belong to the table, or split it.")
