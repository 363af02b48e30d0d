"""Replicate weights made from the design: jackknife, balanced half-samples, bootstraps."""
