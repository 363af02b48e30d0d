"""A run's result as a report to read (HTML) and tables to work with (XLSX). Nothing is computed here."""

from analysis.report.document import html_report, stylesheet
from analysis.report.words import LANGUAGES
from analysis.report.workbook import xlsx_report

__all__ = ["LANGUAGES", "html_report", "stylesheet", "xlsx_report"]
