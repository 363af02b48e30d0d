"""XLSForm in and out: the workbook of `survey`, `choices` and `settings` that ODK and its relatives share.

    imported = read_xlsform(read_form_sheets(file), code="from-the-file-name", group="citizen")
    questionnaire = parse(imported.definition)
    content = write_xlsform(questionnaire)

What XLSForm has no column for travels in columns that begin with `hailong_`, which other programs pass over.
"""

from questionnaires.exchange.xlsform.one_file import read_form_sheets
from questionnaires.exchange.xlsform.reading import read_xlsform
from questionnaires.exchange.xlsform.writing import write_xlsform

__all__ = ["read_form_sheets", "read_xlsform", "write_xlsform"]
