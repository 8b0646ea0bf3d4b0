"""`credmate canary`: send a document with known fields through the running system and see what comes out."""

from datetime import UTC, datetime, timedelta
from time import sleep
from typing import Annotated

import typer
from rich.table import Table

from credmate_pipeline.cli.output import console, print_json
from credmate_pipeline.gateways import Gateways, open_artifacts, open_uploads, running_ledger
from credmate_pipeline.ledger.canary_book import CanaryResult
from credmate_pipeline.send_canary import send_canary
from credmate_pipeline.settings import Settings

_POLL_SECONDS = 0.5


def canary(
    is_listing: Annotated[bool, typer.Option("--list", help="List the newest verdicts; send nothing.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Send one canary and wait for its verdict; exit code 1 where it did not come through right and in time."""
    settings = Settings()
    gateways = Gateways(running_ledger(settings), open_uploads(settings), open_artifacts(settings))
    if not is_listing:
        _send_and_wait(gateways, timedelta(minutes=settings.canary_deadline_minutes))
    newest = gateways.canaries.newest(at_most=20 if is_listing else 1)
    if as_json:
        print_json([_as_json(one) for one in newest])
    else:
        console.print(_table(newest))
    if not is_listing and not newest[0].is_passed:
        raise typer.Exit(1)


def _send_and_wait(gateways: Gateways, deadline: timedelta) -> None:
    """Returns when the canary sent here is judged, be it by the daemon or here."""
    sent_at = datetime.now(UTC)
    send_canary(gateways, now=sent_at, deadline=deadline)
    while not any(one.started_at == sent_at for one in gateways.canaries.newest(at_most=20)):
        sleep(_POLL_SECONDS)
        gateways.canaries.judge_all(now=datetime.now(UTC))


def _table(newest: tuple[CanaryResult, ...]) -> Table:
    table = Table("judged (UTC)", "verdict", "seconds", "what differed", "document")
    for one in newest:
        verdict = "[green]right[/green]" if one.is_passed else "[red]wrong[/red]"
        when = f"{one.finished_at.astimezone(UTC):%Y-%m-%d %H:%M:%S}"
        table.add_row(when, verdict, f"{one.seconds:.0f}", "; ".join(one.differences), one.document_id or "")
    return table


def _as_json(one: CanaryResult) -> dict[str, object]:
    return {
        "document_id": one.document_id,
        "is_passed": one.is_passed,
        "differences": list(one.differences),
        "started_at": one.started_at.isoformat(),
        "finished_at": one.finished_at.isoformat(),
        "seconds": one.seconds,
    }
