"""`credmate up`: the system up until Ctrl-C. `credmate migrate`: the ledger brought to the code's revision."""

import signal
from time import sleep
from types import FrameType
from typing import Annotated

import typer

from credmate_pipeline.cli.output import console
from credmate_pipeline.gateways import database_url
from credmate_pipeline.ledger.schema import code_revision
from credmate_pipeline.ledger.schema import migrate as migrate_ledger
from credmate_pipeline.settings import Settings
from credmate_pipeline.system.ports import choose_port
from credmate_pipeline.system.supervisor import System, running_system

DEFAULT_PORT = 3000


def up(port: Annotated[int | None, typer.Option(help="Port of the UI; 3000 or the next free one.")] = None) -> None:
    """Start PostgreSQL (where none is named), Dagster's webserver and daemon; stop them on Ctrl-C."""
    settings = Settings()
    stop_on_terminate()
    chosen = choose_port(port or DEFAULT_PORT, is_insisted=port is not None)
    console.print("Starting …")
    with running_system(settings, port=chosen) as system:
        console.print(f"The UI is at {system.url}")
        console.print(f"Drop files into {settings.uploads_folder}/documents/<owner>/ or use: credmate upload FILE")
        stay(system)


def migrate() -> None:
    """Bring the ledger's database to this version."""
    migrate_ledger(database_url(Settings()))
    console.print(f"The ledger is at revision {code_revision()}.")


def stay(system: System) -> None:
    """Returns on Ctrl-C or SIGTERM; raises where a process of the system ends."""
    console.print("Ctrl-C stops it.")
    try:
        while True:
            system.check()
            sleep(1)
    except KeyboardInterrupt:
        console.print("Stopping …")


def stop_on_terminate() -> None:
    """Makes SIGTERM stop the system the way Ctrl-C does."""

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, interrupt)
