"""Where citizens and businesses answer: enter a code, read why, answer page by page, check, send."""

from survey.respond import answering, notices, sending, starting
from survey.respond.blueprint import blueprint

__all__ = ["answering", "blueprint", "notices", "sending", "starting"]
