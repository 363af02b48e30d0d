"""What the pages of the questionnaire builder have in common."""

from functools import partial

from survey.builder.part_editing import Editor, PartEditor
from survey.builder.questionnaire_editor.page import panel
from survey.builder.questionnaire_editor.reading import read_draft

EDITOR = Editor("questionnaire", "builder/questionnaire_editor", read_draft, panel)
part_editor = partial(PartEditor, EDITOR)
