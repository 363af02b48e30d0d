"""The web application: `create_app()` puts the rooms together."""

from __future__ import annotations

import importlib
import importlib.util
import os
from collections.abc import Mapping
from typing import Any

from flask import Flask
from flask_migrate import Migrate

from survey import (
    access,
    accounts,
    addresses,
    cli,
    config,
    errors,
    home,
    jobs,
    language,
    logs,
    page,
    security,
)
from survey.db import db

ROOMS = ("accounts", "respond", "entry", "builder", "fieldwork", "scoring", "results")
migrate = Migrate(directory=str(config.PROJECT / "migrations"), compare_type=True)


def create_app(settings: Mapping[str, Any] | None = None) -> Flask:
    """The application, set up from the environment; `settings` override. Raises SettingsError."""
    app = Flask(__name__, instance_path=str(config.PROJECT / "instance"))
    app.config.update(config.checked({**config.from_environment(os.environ), **(settings or {})}))
    db.init_app(app)
    migrate.init_app(app, db)
    for part in (addresses, logs, accounts, access, security, errors, language, page, home, jobs, cli):
        part.init_app(app)
    for room in ROOMS:
        if importlib.util.find_spec(f"survey.{room}"):
            try:
                app.register_blueprint(importlib.import_module(f"survey.{room}").blueprint)
            except (ImportError, AttributeError) as error:
                app.logger.warning("survey.%s is not ready: %s", room, error)
    return app
