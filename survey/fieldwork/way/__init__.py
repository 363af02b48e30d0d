"""How people get through a survey's form: how many finish, where the others leave it, how long pages take."""

from survey.fieldwork.way import pages

__all__ = ["pages"]
