"""How people are asked: posters with QR codes, letters and messages with codes, lists of dossiers."""

from survey.fieldwork.inviting import (  # noqa: F401 - their views and commands register themselves
    dossier_pages,
    housekeeping,
    mailing_page,
    mailing_pages,
    message_pages,
    poster_pages,
)
