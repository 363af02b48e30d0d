"""What the pages of the framework editor have in common."""

from functools import partial

from survey.builder.framework_editor.page import panel
from survey.builder.framework_editor.reading import read_draft
from survey.builder.part_editing import Editor, PartEditor

EDITOR = Editor("framework", "builder/framework_editor", read_draft, panel)
part_editor = partial(PartEditor, EDITOR)
