"""Ranking groups that the new framework lacks: each is mapped to one it has, or left to be chosen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping

from flask_babel import gettext, ngettext
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired

from questionnaires.faults import N_
from questionnaires.framework import Framework
from survey.fieldwork.members import group_codes
from survey.forms import StaffForm
from survey.language import text
from survey.models import Round

LATER = "later"
GROUP = "="  # before a group's code, which may be blank, so that none is taken for another answer
CHOOSE_GROUP = N_("%(group)s: choose the new ranking group, or leave it to be chosen later.")


def lacking_groups(source: Round, framework: Framework, gone: Collection[int]) -> dict[str, int]:
    """The ranking groups of the round that the framework has no more, each with its number of units."""
    known = group_codes(framework)
    groups = (each.ranking_group for each in source.members if each.unit_id not in gone)
    return dict(sorted(Counter(group for group in groups if group not in known).items()))


def group_title(framework: Framework, code: str) -> str:
    titles = {group.code: text(group.title) for group in framework.ranking_groups}
    return titles.get(code, code) or gettext("all together")


class GroupsForm(StaffForm):
    """A choice for each group that is lacking; `mapping` holds what was chosen."""

    @classmethod
    def over(cls, source: Round, framework: Framework, lacking: Mapping[str, int]) -> GroupsForm:
        """The form with a field for each of these groups."""
        options = group_options(framework)
        fields = {
            f"group-{code}": group_field(source, code, number, options) for code, number in lacking.items()
        }
        form = type("GroupsForm", (cls,), fields)(meta={"csrf": False})
        form.codes = dict(zip(fields, lacking, strict=True))
        return form

    @property
    def mapping(self) -> dict[str, str]:
        """The new group's code by the old one's, without those left to be chosen."""
        chosen = {code: self[name].data or "" for name, code in self.codes.items()}
        return {code: value[len(GROUP) :] for code, value in chosen.items() if value.startswith(GROUP)}


def group_options(framework: Framework) -> list[SelectChoice]:
    return [
        SelectChoice("", gettext("Choose …")),
        *(SelectChoice(GROUP + code, group_title(framework, code)) for code in group_codes(framework)),
        SelectChoice(LATER, gettext("left to be chosen on the page of the round's units")),
    ]


def group_field(source: Round, code: str, number: int, options: list[SelectChoice]) -> SelectField:
    title = group_title(source.framework_version.framework, code)
    units = ngettext("%(num)d unit", "%(num)d units", number)
    needed = DataRequired(gettext(CHOOSE_GROUP) % {"group": title})
    return SelectField(f"{title} ({units})", [needed], choices=options)
