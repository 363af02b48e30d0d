"""What every page needs besides its content: the rooms this person may enter, and where the page stands."""

from __future__ import annotations

from typing import NamedTuple

from flask import Flask, request, url_for
from flask_login import current_user

from questionnaires.faults import N_
from survey.access import may_open
from survey.models.user import ROLES

PRODUCT = "Hài Lòng"


class Room(NamedTuple):
    path: str
    name: str
    purpose: str
    also: tuple[str, ...] = ()  # other paths whose pages belong to this room


ROOMS = (
    Room(
        "/rounds",
        N_("Rounds"),
        N_("Each year's assessment: its units, framework, surveys and results."),
        also=("/surveys", "/runs"),
    ),
    Room("/units", N_("Units"), N_("The agencies that are assessed.")),
    Room("/frameworks", N_("Frameworks"), N_("The sets of criteria, version by version.")),
    Room("/questionnaires", N_("Questionnaires"), N_("What people are asked, and which criterion it feeds.")),
    Room("/entry", N_("Keying"), N_("Batches of paper forms, to key and to check.")),
    Room("/users", N_("Users"), N_("Who may sign in, and with which role.")),
)
ROLE_NAMES = dict(
    zip(
        ROLES,
        (
            N_("Administrator"),
            N_("Planner"),
            N_("Enumerator"),
            N_("Supervisor"),
            N_("Unit officer"),
            N_("Appraiser"),
            N_("Analyst"),
            N_("Viewer"),
        ),
        strict=True,
    )
)


def rooms() -> list[Room]:
    """The rooms whose first page this person may open."""
    return [room for room in ROOMS if current_user.is_authenticated and may_open(room.path)]


def is_here(room: Room) -> bool:
    return any(
        request.path == path or request.path.startswith(path + "/") for path in (room.path, *room.also)
    )


def this_page() -> str:
    """The address to come back to after choosing a language."""
    return request.full_path.rstrip("?") if request.method in {"GET", "HEAD"} else url_for("home.show")


def init_app(app: Flask) -> None:
    app.jinja_env.globals.update(
        PRODUCT=PRODUCT,
        ROLE_NAMES=ROLE_NAMES,
        rooms=rooms,
        is_here=is_here,
        this_page=this_page,
        may_open=may_open,
    )
