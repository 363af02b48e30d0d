"""Try it: a questionnaire as people meet it, its paths, its time and its wording, before anybody is asked."""

from survey.builder.blueprint import blueprint
from survey.builder.trial import (  # noqa: F401 - their views register themselves
    answering_pages,
    keying_pages,
    overview_pages,
    paper_pages,
    time_pages,
    walk_pages,
    wording_pages,
)
from survey.builder.trial.sorts import SORTS

for sort in SORTS:
    blueprint.register_blueprint(sort.pages, url_prefix=sort.root.format("<int:slug>"))
