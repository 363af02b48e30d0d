"""Where citizens and businesses answer: enter a code, read why, answer page by page, check, send."""

from survey.respond import answering, housekeeping, notices, sending, starting
from survey.respond.blueprint import blueprint

__all__ = ["answering", "blueprint", "housekeeping", "notices", "sending", "starting"]
