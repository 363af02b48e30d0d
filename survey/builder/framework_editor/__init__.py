"""The framework editor: the tree with its running sums, each criterion with its rule tried out, the rest."""

from survey.builder.framework_editor import (  # noqa: F401 - their views register themselves
    band_pages,
    change_pages,
    head_pages,
    moving_pages,
    node_pages,
    numbering_pages,
    ranking_group_pages,
    retiring_pages,
    sheet_pages,
    splitting_pages,
    tree_pages,
)
