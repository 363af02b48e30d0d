"""Where citizens and businesses answer: enter a code, read why, answer page by page, check, send."""

from survey.respond import housekeeping, notices, statistics
from survey.respond.answering import pages
from survey.respond.arriving import code_entry, privacy, start
from survey.respond.blueprint import blueprint
from survey.respond.kiosk import frame, setting_up, turns
from survey.respond.leaving import declining, later, withdraw
from survey.respond.offline import form, worker
from survey.respond.sending import check, handing_over, outbox

blueprint.record_once(lambda state: statistics.init_app(state.app))

__all__ = [
    "blueprint",
    "check",
    "code_entry",
    "declining",
    "form",
    "frame",
    "handing_over",
    "housekeeping",
    "later",
    "notices",
    "outbox",
    "pages",
    "privacy",
    "setting_up",
    "start",
    "turns",
    "withdraw",
    "worker",
]
