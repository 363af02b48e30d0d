"""A framework from the spreadsheet that provinces keep theirs in, and back.

sheets = read_sheets(file, indents=True, is_header=is_header)
definition = read_framework_sheet(sheets)  # either raises SheetsRefused
content = write_framework_sheet(parse_framework(definition), "vi")
empty = template_sheet("vi")
"""

from questionnaires.exchange.framework_sheet.example import template_sheet
from questionnaires.exchange.framework_sheet.reading import is_header, read_framework_sheet
from questionnaires.exchange.framework_sheet.writing import write_framework_sheet

__all__ = ["is_header", "read_framework_sheet", "template_sheet", "write_framework_sheet"]
