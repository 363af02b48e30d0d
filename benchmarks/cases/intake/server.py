"""What gunicorn serves while intake is measured: the whole application, and beside it, under /bare, a Flask
application whose one view inserts one JSON row through SQLAlchemy. Both use the same database.
"""

from __future__ import annotations

from typing import Any

from flask import Flask, request
from flask.typing import ResponseReturnValue
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import JSON
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from werkzeug.middleware.dispatcher import DispatcherMiddleware

from survey import create_app


class Base(DeclarativeBase):
    pass


db = SQLAlchemy(model_class=Base)


class Row(db.Model):
    __tablename__ = "bare_rows"

    id: Mapped[int] = mapped_column(primary_key=True)
    content: Mapped[dict[str, Any]] = mapped_column(JSON)


def bare_app(settings: dict[str, Any]) -> Flask:
    """An application with nothing but the view. Its engine is set up as the whole application's."""
    names = ("SQLALCHEMY_DATABASE_URI", "SQLALCHEMY_ENGINE_OPTIONS")
    app = Flask("bare")
    app.config.update({name: settings[name] for name in names})
    db.init_app(app)
    app.add_url_rule("/", view_func=insert, methods=["POST"])
    with app.app_context():
        db.create_all()
    return app


def insert() -> ResponseReturnValue:
    db.session.add(Row(content=request.get_json()))
    db.session.commit()
    return {"state": "stored"}


def served() -> DispatcherMiddleware:
    whole = create_app()
    return DispatcherMiddleware(whole, {"/bare": bare_app(whole.config)})
