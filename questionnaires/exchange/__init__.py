"""Definitions in and out of the forms that other programs and people write."""
