"""Definitions from files that people bring, and as files to take away."""
