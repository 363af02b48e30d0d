"""Paper copies of a questionnaire, for the annex of a decision: Word to edit, PDF to read and print."""

from questionnaires.printing.pdf import questionnaire_pdf
from questionnaires.printing.word import questionnaire_docx

__all__ = ["questionnaire_docx", "questionnaire_pdf"]
