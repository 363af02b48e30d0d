"""Who answered of those who were drawn, where others may answer too."""

from __future__ import annotations

ONLINE = "online"
"""The mode in which people with a code and people without one answer alike."""


def by_open_link(online: float, codes_used: float) -> float:
    """Of a stratum's accepted answers online, those of people who were not drawn: beyond the codes used.

    Online answers bear no mark of how somebody came in: where few came by code, it would single them out.
    But each code is used once, for one answer in a stratum, so that of `online` answers at most `codes_used`
    are of people drawn. The difference is the least that came by the open link or a poster; it is too small
    only by answers given with a code and rejected or withdrawn since. Answers on paper and on a tablet at a
    desk count as of people drawn.
    """
    return max(online - codes_used, 0)
