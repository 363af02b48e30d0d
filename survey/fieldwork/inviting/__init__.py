"""How people are asked: posters with QR codes, letters and messages with codes, lists of dossiers."""

from survey.fieldwork.inviting import poster_pages  # noqa: F401 - its views register themselves
