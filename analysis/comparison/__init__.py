"""Comparisons: of groups, of two answers, of two waves, and of many pairs at once."""
