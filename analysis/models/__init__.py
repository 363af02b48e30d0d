"""Regression with design-based errors, tests of its terms, and what drives an outcome."""
