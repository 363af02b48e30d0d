"""The script that stands between a browser and this site while somebody answers."""

from __future__ import annotations

from pathlib import Path

from flask import Response, current_app

from survey.access import public
from survey.respond.blueprint import blueprint

PARTS = ("records.js", "store.js", "outbox.js", "handing_over.js", "service-worker.js")


@blueprint.get("/service-worker.js")
@public
def service_worker() -> Response:
    """The worker with what it shares with pages, as one file: a change of any part is a new worker."""
    folder = Path(current_app.static_folder or "")
    script = "\n".join((folder / part).read_text("utf-8") for part in PARTS)
    return Response(script, mimetype="text/javascript", headers={"Cache-Control": "no-cache"})
