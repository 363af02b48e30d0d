"""Forms on their way to the printer: batches made for a survey, their PDFs and cover lists."""

from survey.entry.printing import files, job, pages, plain  # noqa: F401 - views and the job register themselves
