"""`credmate canary`: send documents with known fields through the running system and see what comes out."""

from datetime import UTC, timedelta
from time import sleep
from typing import Annotated

import typer
from rich.table import Table

from credmate_pipeline.cli.output import console, print_json
from credmate_pipeline.gateways import Gateways, open_artifacts, open_uploads, running_ledger
from credmate_pipeline.ledger.canary_book import CanaryResult
from credmate_pipeline.send_canary import send_canaries
from credmate_pipeline.settings import Settings

_POLL_SECONDS = 0.5
_LISTED = 20


def canary(
    is_listing: Annotated[bool, typer.Option("--list", help="List the newest verdicts; send nothing.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Send canaries and wait for their verdicts; exit code 1 where one did not come through right and in time."""
    settings = Settings()
    gateways = Gateways(running_ledger(settings), open_uploads(settings), open_artifacts(settings))
    deadline = timedelta(minutes=settings.canary_deadline_minutes)
    newest = gateways.canaries.newest(at_most=_LISTED) if is_listing else _send_and_wait(gateways, deadline)
    if as_json:
        print_json([_as_json(one) for one in newest])
    else:
        console.print(_table(newest))
    if not is_listing and not all(one.is_passed for one in newest):
        raise typer.Exit(1)


def _send_and_wait(gateways: Gateways, deadline: timedelta) -> tuple[CanaryResult, ...]:
    """The verdicts on the canaries sent here, once all are judged, be it by the daemon or here."""
    sent_at = gateways.ledger.now()
    sent = send_canaries(gateways, now=sent_at, deadline=deadline)
    while True:
        judged = tuple(one for one in gateways.canaries.newest(at_most=_LISTED) if one.started_at == sent_at)
        if len(judged) == len(sent):
            return judged
        sleep(_POLL_SECONDS)
        gateways.canaries.judge_all(now=gateways.ledger.now())


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
