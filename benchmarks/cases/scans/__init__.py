"""Scans with known answers, read back and compared."""
