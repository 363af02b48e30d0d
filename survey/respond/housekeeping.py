"""A command: `flask respond discard-drafts`."""

from __future__ import annotations

import click

from survey.collection import discard_drafts
from survey.respond.blueprint import blueprint


@blueprint.cli.command("discard-drafts")
def discard() -> None:
    """Delete the answers that people left unsent in surveys that are closed."""
    click.echo(f"{discard_drafts()} drafts discarded")
