"""The example round: Đắk Lắk's 18 agencies, four respondent groups, answers made by a seeded generator.

Every number in it is synthetic. It serves `make run`, the tests and the documentation alike.
"""

from survey.demo.command import init_app
from survey.demo.load import load_example
from survey.demo.settings import Settings

__all__ = ["Settings", "init_app", "load_example"]
