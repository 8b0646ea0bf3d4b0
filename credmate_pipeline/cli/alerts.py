"""`credmate alerts`: what was said and delivered; a test message. `credmate health`: is the pipeline working?"""

from datetime import UTC, datetime
from typing import Annotated, Any

import typer
from rich.table import Table

from credmate_pipeline.alerts.alarm import see
from credmate_pipeline.alerts.channels import open_channels
from credmate_pipeline.alerts.condition import MEANINGS, AlertKind, Condition
from credmate_pipeline.alerts.digest import Message, Occasion
from credmate_pipeline.alerts.watchman import Watchman
from credmate_pipeline.alerts.webhooks import as_json as message_as_json
from credmate_pipeline.cli.output import console, print_json, safe
from credmate_pipeline.errors import ConfigurationError, TransientError
from credmate_pipeline.gateways import running_ledger
from credmate_pipeline.ledger.alert_book import AlertBook
from credmate_pipeline.settings import Settings

STANDSTILL = frozenset(
    {
        AlertKind.DAEMON_SILENT,
        AlertKind.NOTHING_SETTLES,
        AlertKind.NOTHING_READ,
        AlertKind.WAITING_TOO_LONG,
        AlertKind.CANARY,
    }
)
"""Kinds that mean the pipeline does not work, rather than that something in it needs a person."""

alerts_app = typer.Typer(no_args_is_help=True, help="What was said of trouble, and whether it was delivered.")


@alerts_app.command("list")
def list_alerts(
    at_most: Annotated[int, typer.Option(help="How many messages to list.", min=1)] = 20,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List the newest messages and which channels took them."""
    newest = AlertBook(running_ledger(Settings()).engine).newest(at_most=at_most)
    if as_json:
        print_json(
            [
                {**message_as_json(one.message), "delivered": list(one.delivered), "undelivered": one.undelivered}
                for one in newest
            ]
        )
        return
    table = Table("when (UTC)", "kind", "occasion", "count", "delivered", "undelivered")
    for one in newest:
        message = one.message
        undelivered = "; ".join(f"{name}: {safe(why)}" for name, why in one.undelivered.items())
        when, count = f"{message.created_at.astimezone(UTC):%Y-%m-%d %H:%M}", str(message.count)
        table.add_row(when, message.kind, message.occasion, count, ", ".join(one.delivered), undelivered)
    console.print(table if newest else "Nothing was ever wrong.")


@alerts_app.command("test")
def send_test() -> None:
    """Send a test message on every channel of the settings; fail where one does not take it."""
    settings, now = Settings(), datetime.now(UTC)
    channels = open_channels(settings)
    book = AlertBook(running_ledger(settings).engine)
    book.say(Message(AlertKind.TEST, Occasion.TEST, 0, (), None, now), [channel.name for channel in channels])
    failures = book.deliver(channels, now=now)
    for channel in channels:
        why = failures.get(channel.name)
        console.print(f"{channel.name}: [red]{safe(why)}[/red]" if why else f"{channel.name}: taken")
    if failures:
        raise typer.Exit(1)
    if len(channels) == 1:
        console.print("Only the log is told of trouble; set a channel to reach somebody (docs/settings.md, Alerts).")


def health(
    is_alerting: Annotated[bool, typer.Option("--alert", help="Send what is wrong, as the daemon would.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Say whether the pipeline works, from outside of it: for a supervisor, a container or cron. Exit code 0 or 1."""
    settings, now = Settings(), datetime.now(UTC)
    found, unreachable = _look(settings, now, is_alerting=is_alerting)
    stopped = unreachable is not None or any(condition.kind in STANDSTILL for condition in found)
    if as_json:
        print_json(
            {
                "is_working": not stopped,
                "unreachable": unreachable,
                "conditions": [_as_json(condition) for condition in found],
                "checked_at": now.isoformat(),
            }
        )
    else:
        _tell(found, unreachable, is_stopped=stopped)
    if stopped:
        raise typer.Exit(1)


def _look(settings: Settings, now: datetime, *, is_alerting: bool) -> tuple[tuple[Condition, ...], str | None]:
    """What is wrong, and why nothing could be seen where that is so."""
    book, unreachable = None, None
    try:
        book = AlertBook(running_ledger(settings).engine)
        found = see(book, settings, now=now)
    except (TransientError, ConfigurationError) as error:
        found, unreachable = (), str(error)
    if is_alerting:
        Watchman(book, open_channels(settings), settings).look(now=now)
    return found, unreachable


def _tell(found: tuple[Condition, ...], unreachable: str | None, *, is_stopped: bool) -> None:
    if unreachable:
        console.print(f"[red]The pipeline does not work: {safe(unreachable)}[/red]")
        return
    console.print("[red]The pipeline does not work.[/red]" if is_stopped else "The pipeline works.")
    for condition in found:
        meaning = MEANINGS[condition.kind]
        console.print(f"{condition.kind} ({condition.count}): {meaning.sentence} {meaning.remedy}")


def _as_json(condition: Condition) -> dict[str, Any]:
    return {
        "kind": condition.kind.value,
        "count": condition.count,
        "samples": list(condition.samples),
        "since": condition.since.isoformat() if condition.since else None,
        "sentence": MEANINGS[condition.kind].sentence,
        "remedy": MEANINGS[condition.kind].remedy,
    }
