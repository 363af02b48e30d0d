"""Downloads: a stored version, or a draft, as a file of each format."""

from __future__ import annotations

from flask import Response, abort, request

from questionnaires.faults import N_, DefinitionError
from survey.access import roles
from survey.builder.blueprint import READERS, blueprint
from survey.builder.drafts.life import REVIEWERS, WRITERS
from survey.builder.drafts.storing import found
from survey.builder.exchange.copies import FORMATS, Format, Source, chosen_language, copies, marked_as_draft
from survey.builder.pages import safe_name
from survey.builder.reading import examined
from survey.builder.shelves import FRAMEWORKS, QUESTIONNAIRES, Shelf
from survey.db import db
from survey.errors import UserError
from survey.language import sentence

FAULTY = N_("The draft has faults still, so only JSON and TOML can be downloaded. The review lists them.")
NOT_HELD = N_("This format cannot hold the definition. %(reasons)s")
DRAFT = "ban-thao"


@blueprint.get("/frameworks/<int:version_id>.<ending>")
@roles(*READERS)
def download_framework(version_id: int, ending: str) -> Response:
    return version_file(FRAMEWORKS, version_id, ending)


@blueprint.get("/questionnaires/<int:version_id>.<ending>")
@roles(*READERS)
def download_questionnaire(version_id: int, ending: str) -> Response:
    return version_file(QUESTIONNAIRES, version_id, ending)


@blueprint.get("/questionnaires/drafts/<int:draft_id>.<ending>")
@roles(*WRITERS, *REVIEWERS)
def download_questionnaire_draft(draft_id: int, ending: str) -> Response:
    draft = found(draft_id, "questionnaire")
    form = format_of("questionnaire", ending)
    questionnaire, faults = examined(draft)
    if faults and form.needs_sound:
        raise UserError(FAULTY, status=409)
    languages = questionnaire.languages if form.speaks else ()
    shown = marked_as_draft(questionnaire) if form.speaks else questionnaire
    source = Source(draft.content, shown, chosen_language(request.args.get("language", ""), languages))
    return attached(form, source, ending, draft.code, draft.version, DRAFT)


def version_file(shelf: Shelf, version_id: int, ending: str) -> Response:
    form = format_of(shelf.noun, ending)
    version = db.get_or_404(shelf.model, version_id)
    definition = shelf.read(version)
    languages = definition.languages if form.speaks else ()
    spoken = chosen_language(request.args.get("language", ""), languages)
    source = Source(shelf.dump(definition), definition, spoken)
    return attached(form, source, ending, version.code, version.version)


def format_of(kind: str, ending: str) -> Format:
    return FORMATS[kind].get(ending) or abort(404)


def attached(form: Format, source: Source, ending: str, *names: str) -> Response:
    """The file, named after code and version; after its language too, where there is a choice."""
    several = form.speaks and len(source.definition.languages) > 1
    name = "-".join(map(safe_name, (*names, source.language) if several else names))
    headers = {"Content-Disposition": f'attachment; filename="{name}.{ending}"'}
    try:
        content = form.write(source)
    except DefinitionError as error:  # the format cannot hold it
        raise UserError(NOT_HELD, {"reasons": " ".join(map(sentence, error.faults))}, 409) from None
    return Response(content, mimetype=form.mimetype, headers=headers)


blueprint.add_app_template_global(copies, "definition_copies")
