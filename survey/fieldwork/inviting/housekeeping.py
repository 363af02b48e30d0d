"""A command: `flask fieldwork forget-addresses`, for the machine's daily tasks."""

from __future__ import annotations

import click

from survey import audit
from survey.db import db
from survey.fieldwork.blueprint import blueprint
from survey.fieldwork.mail_addresses import forget_closed


@blueprint.cli.command("forget-addresses")
def forget_addresses() -> None:
    """Delete the addresses left unsent in surveys that are closed or past their last day."""
    number = forget_closed()
    if number:
        audit.record("mailing.forget", "surveys that have ended", addresses=number)
    db.session.commit()
    click.echo(f"{number} addresses deleted")
