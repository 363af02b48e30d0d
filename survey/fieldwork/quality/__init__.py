"""Signals that answers may have been given without care: for an analyst to look at, never to delete by."""

from survey.fieldwork.quality import pages, response_pages

__all__ = ["pages", "response_pages"]
