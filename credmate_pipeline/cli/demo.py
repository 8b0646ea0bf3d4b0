"""`credmate demo`: the whole system at work on freshly drawn documents, from upload to a settled record."""

from collections.abc import Mapping, Sequence
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from time import monotonic, sleep
from typing import Annotated

import typer
from pydantic import SecretStr
from rich.live import Live

from credmate_pipeline.cli.demo_progress import (
    STAGES,
    Watched,
    changes,
    complaints,
    lateness,
    misread,
    misreadings,
    progress_table,
    result_table,
)
from credmate_pipeline.cli.output import console, counted
from credmate_pipeline.cli.up import stay, stop_on_signals, tell_restarts, ui_port
from credmate_pipeline.gateways import database_url, open_uploads
from credmate_pipeline.ledger.connection import ensure_database, masked_url
from credmate_pipeline.ledger.ledger import Ledger, open_ledger
from credmate_pipeline.samples.plan import COMPLETE_SET, DEMO_PLAN
from credmate_pipeline.samples.sample import Sample
from credmate_pipeline.settings import Settings
from credmate_pipeline.system.dagster_api import DagsterUnavailable, materialized_partitions
from credmate_pipeline.system.supervisor import System, running_system

_REFRESH_SECONDS = 1.0
_STAGES_SECONDS = 3.0
"""How often Dagster is asked for passed stages: often enough to see, seldom enough not to slow the reading."""
_OTHER_LINES = 8
"""Lines of a terminal that the live table leaves for its frame and for what was said before."""


def demo(
    count: Annotated[
        int, typer.Option(min=COMPLETE_SET, help=f"How many documents; {len(DEMO_PLAN)} show every fault.")
    ] = len(DEMO_PLAN),
    seed: Annotated[int, typer.Option(help="Another seed draws other documents.")] = 1,
    port: Annotated[int | None, typer.Option(help="Port of the UI; 3000 or the next free one.")] = None,
    minutes: Annotated[float, typer.Option(help="How long to wait for all documents.", min=0.1)] = 12.0,
) -> None:
    """Draw sample documents, drop them in as an uploader would, and watch the pipeline settle them."""
    from credmate_pipeline.samples.catalog import draw_samples

    stop_on_signals()
    now = datetime.now(UTC)
    chosen = ui_port(port)
    settings = _own_settings(f"{now:%Y%m%d_%H%M%S}")
    console.print(f"Starting PostgreSQL and Dagster over {settings.home.resolve()} …")
    with running_system(settings, port=chosen) as system, closing(open_ledger(system.database_url)) as ledger:
        console.print(f"The UI is at {system.url}")
        console.print(f"Drawing {count} documents …")
        dropped = _drop(settings, tuple(draw_samples(count, seed, today=now.date())))
        patience = timedelta(minutes=minutes)
        watched = _watch(ledger, dropped, system, patience=patience)
        wrong = (*complaints(watched), *misreadings(watched, misread(ledger, watched)))
        _tell(ledger, watched, system, settings, patience=patience, wrong=wrong)
        if console.is_terminal:
            stay(system, settings)
    if wrong:
        raise typer.Exit(1)


def _own_settings(stamp: str) -> Settings:
    """Settings of a home and a database of this run's own, so that every demo begins empty."""
    base = Settings()
    server = ensure_database(database_url(base), f"demo_{stamp}") if base.database_url else None
    return base.model_copy(
        update={
            "home": base.home / "demo" / stamp,
            "database_url": SecretStr(server) if server else None,
            "uploads": "local",
            "uploads_dir": None,
            "artifacts_dir": None,
        }
    )


def _drop(settings: Settings, drawn: tuple[Sample, ...]) -> Mapping[str, Sample]:
    store = open_uploads(settings)
    dropped = {store.put(f"documents/demo/{sample.file_name}", sample.content).key: sample for sample in drawn}
    console.print(f"{len(dropped)} documents dropped into {settings.uploads_folder}; the sensor picks them up.")
    return dropped


def _watch(ledger: Ledger, samples: Mapping[str, Sample], system: System, *, patience: timedelta) -> Watched:
    """The documents as they move; returns when all are settled, or time is up."""
    end, ask_at = monotonic() + patience.total_seconds(), monotonic()
    watched, told = Watched(samples, {}, {}), dict[str, str]()
    with Live(console=console, auto_refresh=False, transient=True) as live:
        while not watched.is_settled and monotonic() < end:
            tell_restarts(system)
            passed = watched.passed
            if monotonic() >= ask_at:
                ask_at = monotonic() + _STAGES_SECONDS
                passed = _passed(system, passed)
            watched = Watched(samples, {record.upload_key: record for record in ledger.documents()}, passed)
            if console.is_terminal:
                live.update(progress_table(watched, height=console.height - _OTHER_LINES), refresh=True)
            for line in () if console.is_terminal else changes(watched, told):
                console.print(line)
            sleep(_REFRESH_SECONDS)
    return watched


def _passed(system: System, before: Mapping[str, frozenset[str]]) -> Mapping[str, frozenset[str]]:
    # A webserver that is being started again does not answer; the table then shows what it showed before.
    with suppress(DagsterUnavailable):
        return materialized_partitions(system.url, [stage.value for stage in STAGES])
    return before


def _tell(
    ledger: Ledger, watched: Watched, system: System, settings: Settings, *, patience: timedelta, wrong: Sequence[str]
) -> None:
    console.print(result_table(ledger, watched))
    console.print(counted([(status.value, count) for status, count in ledger.counts_by_status().items()]))
    if not watched.is_settled:
        console.print(f"[red]{lateness(watched, patience)} Logs are in {system.logs}.[/red]")
    for complaint in wrong:
        console.print(f"[red]{complaint}[/red]")
    console.print(f"Look around in the UI at {system.url}/asset-groups: open an asset, then a partition.")
    where = f"CREDMATE_HOME={settings.home}"
    if settings.database_url is not None:
        where = f"{where} DATABASE_URL={masked_url(settings.database_url.get_secret_value())}"
    console.print(f"On the command line: {where} credmate status --documents, then credmate show ID.")
    if not console.is_terminal:
        console.print(f"The system stops now; {where} make dev brings it up again.")
