"""What surrounds every page on a tablet: its return to the start, and no way out by accident."""

from __future__ import annotations

from dataclasses import dataclass

from flask import has_request_context, redirect, request, url_for
from flask.typing import ResponseReturnValue

from survey.respond.blueprint import blueprint, find_survey
from survey.respond.kiosk.device import device_key
from survey.respond.visit import current_visit

WAITS = 30  # seconds without a touch, a key or a scroll
WARNS = 20  # the last of them, with a question on the screen: WCAG 2.2.1 gives no less to ask for more time
OF_A_SURVEY = {"respond.start", "respond.show_section", "respond.check", "respond.thanks"}
OUTSIDE = {"respond.enter_code", "respond.open_code"}


@dataclass(frozen=True)
class Frame:
    """`leave` is where a page leads after `wait` seconds; the last `warn` of them ask whether somebody is
    still there. `begun`: answers may be on the way, so the page offers to delete them.
    """

    leave: str
    wait: int = WAITS
    warn: int = 0
    begun: bool = False

    def unseen(self, questions: int) -> int:
        """The seconds where no script sees a touch: the wait for each question of the page."""
        return self.wait * max(questions, 1)


@blueprint.app_context_processor
def frame_of_this_page() -> dict[str, Frame | None]:
    """Citizens' pages and those that say what went wrong get the frame; staff's pages have none."""
    is_framed = has_request_context() and request.blueprint in (None, "respond") and device_key()
    return {"kiosk_frame": this_frame() if is_framed else None}


def this_frame() -> Frame:
    slug = (request.view_args or {}).get("slug")
    if slug is None:
        return Frame(url_for("respond.kiosk_home"))
    return Frame(url_for("respond.leave", slug=slug), WAITS, WARNS, begun=True)


@blueprint.before_request
def stay_on_the_way() -> ResponseReturnValue | None:
    """On a tablet, the pages of a survey open within a person's turn alone; all else leads to the start."""
    if request.method != "GET" or request.endpoint not in OF_A_SURVEY | OUTSIDE or not device_key():
        return None
    if request.endpoint in OUTSIDE:
        return redirect(url_for("respond.kiosk_home"))
    slug = request.view_args["slug"]
    visit = current_visit(find_survey(slug))
    if visit is None or not visit.kiosk or request.endpoint == "respond.start":
        return redirect(url_for("respond.leave", slug=slug))
    return redirect(url_for("respond.kiosk_thanks", slug=slug)) if visit.sent else None
