"""One site for all that is shown here: how pages look does not depend on the database behind them."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from werkzeug.serving import make_server

from survey import create_app
from survey.db import db
from survey.security import limiter
from tests.browser.screens.scenery import Scenery, make_scenery, pages_that_fail
from tests.survey.conftest import SETTINGS


@pytest.fixture(scope="package")
def scenery(tmp_path_factory: pytest.TempPathFactory, compiled_translations: None) -> Iterator[Scenery]:
    folder: Path = tmp_path_factory.mktemp("scenery")
    files = {"SQLALCHEMY_DATABASE_URI": f"sqlite:///{folder}/all.db", "JOBS_FILE": str(folder / "jobs.db")}
    shown = {"PROPAGATE_EXCEPTIONS": False, "PUBLIC_URL": "https://khaosat.example"}
    app = create_app({**SETTINGS, **files, **shown})
    app.register_blueprint(pages_that_fail())
    limiter.enabled = False  # everybody here comes from one address
    with app.app_context():
        db.create_all()
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield make_scenery(app, f"http://127.0.0.1:{server.server_port}")
    server.shutdown()
    thread.join()
    with app.app_context():
        db.engine.dispose()
