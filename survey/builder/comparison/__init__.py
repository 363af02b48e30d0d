"""Two versions side by side, of a framework or of a form; one criterion over the years."""

from survey.builder.comparison import (  # noqa: F401 - their views register themselves
    form_pages,
    framework_pages,
    history_pages,
)
