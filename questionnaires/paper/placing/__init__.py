"""Where everything stands on a printed form: a questionnaire in one language, placed on A4 pages."""

from questionnaires.paper.placing.placed import Placed, form_layout, place_form
from questionnaires.paper.placing.setting import choice_keys

__all__ = ["Placed", "choice_keys", "form_layout", "place_form"]
