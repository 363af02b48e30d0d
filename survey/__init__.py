"""The web application: `create_app()` puts the rooms together."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import Any

from flask import Flask
from flask_migrate import Migrate

from survey import (
    access,
    accounts,
    addresses,
    builder,
    cli,
    config,
    demo,
    entry,
    errors,
    fieldwork,
    home,
    jobs,
    language,
    logs,
    page,
    respond,
    results,
    scoring,
    security,
    static_files,
    transfer,
)
from survey.db import db

PARTS = (
    addresses,
    logs,
    accounts,
    access,
    security,
    static_files,
    transfer,
    errors,
    language,
    page,
    home,
    jobs,
    cli,
    demo,
)
ROOMS = (accounts, respond, entry, builder, fieldwork, scoring, results)
migrate = Migrate(directory=str(config.PROJECT / "migrations"), compare_type=True)


class Platform(Flask):
    """Its views are plain functions: Flask need not look at each one in each request, whether to await it."""

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        return func


def create_app(settings: Mapping[str, Any] | None = None) -> Flask:
    """The application, set up from the environment; `settings` override. Raises SettingsError."""
    app = Platform(__name__, instance_path=str(config.PROJECT / "instance"))
    app.config.update(config.checked({**config.from_environment(os.environ), **(settings or {})}))
    db.init_app(app)
    migrate.init_app(app, db)
    for part in PARTS:
        part.init_app(app)
    for room in ROOMS:
        app.register_blueprint(room.blueprint)
    return app
