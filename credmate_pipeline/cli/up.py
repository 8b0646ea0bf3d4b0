"""`credmate up`: the system up until Ctrl-C. `credmate migrate`: the ledger brought to the code's revision."""

import signal
from datetime import UTC, datetime
from time import monotonic, sleep
from types import FrameType
from typing import Annotated

import typer

from credmate_pipeline.alerts.alarm import Alarm
from credmate_pipeline.alerts.channels import open_channels
from credmate_pipeline.alerts.watchman import Watchman
from credmate_pipeline.cli.output import console, safe
from credmate_pipeline.gateways import database_url
from credmate_pipeline.ledger.alert_book import AlertBook
from credmate_pipeline.ledger.embedded import is_embedded_running, stop_unused
from credmate_pipeline.ledger.ledger import open_ledger
from credmate_pipeline.ledger.roles import roles_named
from credmate_pipeline.ledger.schema import CODE_REVISION
from credmate_pipeline.ledger.schema import migrate as migrate_ledger
from credmate_pipeline.settings import Settings
from credmate_pipeline.system.ports import choose_port
from credmate_pipeline.system.supervisor import System, running_system

DEFAULT_PORT = 3000
_LOOKS_A_SILENCE = 4
_LONGEST_LOOK_SECONDS = 30.0
STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def up(port: Annotated[int | None, typer.Option(help="Port of the UI; 3000 or the next free one.")] = None) -> None:
    """Start PostgreSQL (where none is named) and Dagster; stop them on Ctrl-C."""
    settings = Settings()
    stop_on_signals()
    chosen = ui_port(port)
    console.print("Starting …")
    with running_system(settings, port=chosen) as system:
        console.print(f"The UI is at {system.url}; logs are in {system.logs}")
        if settings.uploads == "local":
            console.print(f"Drop files into {settings.uploads_folder}/documents/<owner>/ or use: credmate upload FILE")
        stay(system, settings)


def migrate() -> None:
    """Bring the ledger's database to this version."""
    settings = Settings()
    is_to_be_stopped = settings.database_url is None and not is_embedded_running(settings.home)
    migrate_ledger(database_url(settings), roles_named(settings.role_prefix))
    console.print(f"The ledger is at revision {CODE_REVISION}.")
    if is_to_be_stopped:
        stop_unused(settings.home)


def ui_port(wanted: int | None) -> int:
    """The port asked for, or the usual one or the next free one after it, which is then said."""
    chosen = choose_port(wanted or DEFAULT_PORT, is_insisted=wanted is not None)
    if wanted is None and chosen != DEFAULT_PORT:
        console.print(f"Port {DEFAULT_PORT} is in use; taking {chosen}.")
    return chosen


def stay(system: System, settings: Settings) -> None:
    """Returns on Ctrl-C or SIGTERM; raises where a process of the system cannot be kept up.

    Meanwhile it watches the system from outside: a daemon that stopped cannot tell of itself.
    """
    console.print("Ctrl-C stops it.")
    ledger = open_ledger(system.database_url)
    watchman = Watchman(AlertBook(ledger.engine), open_channels(settings), settings)
    pause = min(settings.daemon_silence_seconds / _LOOKS_A_SILENCE, _LONGEST_LOOK_SECONDS)
    next_look = monotonic() + settings.daemon_silence_seconds
    try:
        while True:
            for name in tell_restarts(system):
                watchman.note_ended(name)
            if monotonic() >= next_look:
                tell_alarm(watchman.look(now=datetime.now(UTC)))
                next_look = monotonic() + pause
            sleep(1)
    except KeyboardInterrupt:
        console.print("Stopping …")
    finally:
        ledger.close()


def tell_alarm(alarm: Alarm) -> None:
    """Prints what was said just now, and channels that did not take it."""
    for message in alarm.said:
        console.print(f"[{'red' if message.is_open else 'green'}]{safe(message.title)}[/]")
    for channel, why in alarm.failures.items():
        console.print(f"[red]{channel}: {safe(why)}[/red]")


def tell_restarts(system: System) -> list[str]:
    """Keeps the system up, says what had to be started again, and returns its names."""
    restarts = system.keep_up()
    for restart in restarts:
        console.print(f"[yellow]{safe(restart.told)}[/yellow]")
    return [restart.service for restart in restarts]


def stop_on_signals() -> None:
    """Makes the first Ctrl-C, SIGTERM or closed terminal stop the system, and those after it wait for that."""

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        for one in STOPPING:
            signal.signal(one, signal.SIG_IGN)
        raise KeyboardInterrupt

    for one in STOPPING:
        signal.signal(one, interrupt)
