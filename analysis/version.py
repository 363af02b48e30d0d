"""The version of the computations; it goes into every run's manifest."""

__version__ = "0.1.0"
