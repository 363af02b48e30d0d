"""Designs, weights and design-based estimates with their errors."""
