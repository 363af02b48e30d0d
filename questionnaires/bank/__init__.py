"""The question bank: questions used again, so that figures of one year continue those of the years before."""

from questionnaires.bank.entries import Bank, Entry, Step, Use
from questionnaires.bank.insertion import Inserted, insert
from questionnaires.bank.search import search
from questionnaires.bank.trends import Comparability, ItemTrend, comparable

__all__ = [
    "Bank",
    "Comparability",
    "Entry",
    "Inserted",
    "ItemTrend",
    "Step",
    "Use",
    "comparable",
    "insert",
    "search",
]
