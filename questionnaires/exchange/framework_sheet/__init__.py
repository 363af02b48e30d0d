"""A framework from the spreadsheet that provinces keep theirs in, and back.

definition = read_framework_sheet(read_sheets(file, indents=True))  # raises SheetsRefused
content = write_framework_sheet(parse_framework(definition), "vi")
empty = template_sheet("vi")
"""

from questionnaires.exchange.framework_sheet.example import template_sheet
from questionnaires.exchange.framework_sheet.reading import read_framework_sheet
from questionnaires.exchange.framework_sheet.writing import write_framework_sheet

__all__ = ["read_framework_sheet", "template_sheet", "write_framework_sheet"]
