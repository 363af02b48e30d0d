"""Where everything stands on a printed form: a questionnaire in one language, placed on A4 pages."""

from questionnaires.paper.placing.placed import Placed, form_layout, place_form, placed_as

__all__ = ["Placed", "form_layout", "place_form", "placed_as"]
