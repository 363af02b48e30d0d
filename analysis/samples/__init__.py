"""Samples: how many to ask, how to share them out, and whom to draw."""
