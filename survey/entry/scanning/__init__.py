"""Scans of paper forms: uploaded, read by a job, doubts settled by people, pictures shown to who checks."""

from survey.entry.scanning import (  # noqa: F401 - their views and jobs register themselves
    doubt_pages,
    form_pages,
    notice_pages,
    pictures,
    reading_job,
    sample_pages,
    unread_pages,
    upload_pages,
)
