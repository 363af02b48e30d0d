"""Synthetic scans: printed forms, marked by drawn hands with known answers, then damaged in named ways.

Everything is drawn from a seeded generator, so that the same seed gives the same scans.
"""
