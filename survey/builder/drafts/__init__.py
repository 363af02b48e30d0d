"""Definitions in the making: storing them change by change, and their way to an approved version."""
