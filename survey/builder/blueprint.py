"""The room's blueprint, and who may read here."""

from __future__ import annotations

from flask import Blueprint
from flask_babel import gettext

from survey.builder import terms
from survey.models.user import ROLES

READERS = ROLES  # definitions are no secret: they are issued by public decision, printed on public forms

blueprint = Blueprint("builder", __name__, template_folder="templates")
blueprint.add_app_template_filter(terms.unit_type, "unit_type")
blueprint.add_app_template_filter(terms.group, "respondents")
blueprint.add_app_template_filter(terms.assessed_by, "assessed_by")
blueprint.add_app_template_filter(terms.figure, "figure")
blueprint.add_app_template_filter(terms.share, "share")
blueprint.add_app_template_filter(gettext, "translated")  # of a sentence that may hold a percent sign
