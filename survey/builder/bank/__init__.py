"""The question bank: every question asked so far with its history, and putting one into a draft."""

from survey.builder.bank import draft_pages, entry_pages, search_pages  # noqa: F401 - views register themselves
