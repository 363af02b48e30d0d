"""Commands to run every night: `flask respond discard-drafts` and `flask respond delete-expired`."""

from __future__ import annotations

import click

from survey.collection import delete_scans, discard_drafts, expire_answers
from survey.collection.paper_keeping import delete_orphans
from survey.db import now, today
from survey.jobs import forget_passed
from survey.respond.blueprint import blueprint
from survey.scan_store import scan_store


@blueprint.cli.command("discard-drafts")
def discard() -> None:
    """Delete the answers that people left unsent in surveys that are closed or past their last day."""
    click.echo(f"{discard_drafts()} drafts discarded")


@blueprint.cli.command("delete-expired")
def delete_expired() -> None:
    """Delete answers and scans whose last day of keeping has passed, pictures that belong to no scan, and the
    faults of files imported more than a day ago.
    """
    click.echo(f"{expire_answers(today())} forms emptied")
    click.echo(f"{delete_scans(today(), scan_store())} scans deleted")
    click.echo(f"{delete_orphans(now(), scan_store())} pictures without a scan deleted")
    click.echo(f"{forget_passed()} outcomes of imports deleted")
