"""Processes of their own that have the application loaded from their first moment: each is forked from one
that only waits, and is started once a session.
"""

from __future__ import annotations

from multiprocessing import get_context

WARM = get_context("forkserver")
WARM.set_forkserver_preload(["survey"])
