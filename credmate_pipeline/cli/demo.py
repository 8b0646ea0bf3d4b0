"""`credmate demo`: the whole system at work on freshly drawn documents, from upload to a settled record."""

import sys
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from time import monotonic, sleep
from typing import Annotated

import typer
from pydantic import SecretStr
from rich.live import Live
from rich.table import Table

from credmate_pipeline.cli.output import console, counted, main_fields, safe
from credmate_pipeline.cli.up import DEFAULT_PORT, stay, stop_on_terminate
from credmate_pipeline.gateways import database_url, open_uploads
from credmate_pipeline.ledger.connection import ensure_database
from credmate_pipeline.ledger.embedded import stop_embedded
from credmate_pipeline.ledger.ledger import Ledger, open_ledger
from credmate_pipeline.ledger.records import DocumentRecord
from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.samples.catalog import demo_set
from credmate_pipeline.samples.sample import Sample
from credmate_pipeline.settings import Settings
from credmate_pipeline.system.ports import choose_port
from credmate_pipeline.system.supervisor import System, running_system

_REFRESH_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class _Watched:
    """The demo's documents: what was dropped, and what the ledger says of it."""

    samples: dict[str, Sample]
    """By upload key."""
    records: dict[str, DocumentRecord]

    @property
    def is_settled(self) -> bool:
        return len(self.records) == len(self.samples) and all(
            record.status is not DocumentStatus.UPLOADED for record in self.records.values()
        )

    @property
    def unexpected(self) -> list[str]:
        """Keys of documents that are not where their sample expects them."""
        return [
            key
            for key, sample in self.samples.items()
            if key not in self.records or self.records[key].status not in sample.truth.expected_statuses
        ]


def demo(
    seed: Annotated[int | None, typer.Option(help="Draw the same documents again; else new ones each time.")] = None,
    port: Annotated[int | None, typer.Option(help="Port of the UI; 3000 or the next free one.")] = None,
    minutes: Annotated[float, typer.Option(help="How long to wait for all documents.", min=0.5)] = 12.0,
) -> None:
    """Draw sample documents, drop them in as an uploader would, and watch the pipeline settle them."""
    stop_on_terminate()
    now = datetime.now(UTC)
    chosen = choose_port(port or DEFAULT_PORT, is_insisted=port is not None)
    drawn = tuple(demo_set(seed=seed if seed is not None else int(now.timestamp()), today=now.date()))
    with ExitStack() as stack:
        settings = _own_settings(f"{now:%Y%m%d_%H%M%S}", stack)
        console.print(f"Starting PostgreSQL and Dagster over {settings.home.resolve()} …")
        system = stack.enter_context(running_system(settings, port=chosen, stop_database=False))
        console.print(f"The UI is at {system.url}")
        ledger = open_ledger(system.database_url)
        watched = _watch(ledger, _drop(settings, drawn), system, seconds=minutes * 60)
        _tell(ledger, watched, system)
        ledger.close()
        if console.is_terminal:
            stay(system)
    if watched.unexpected:
        sys.exit(1)


def _own_settings(stamp: str, stack: ExitStack) -> Settings:
    """Settings of a run of its own: its database and folders, so that every demo begins empty."""
    base = Settings()
    home = base.home / "demo"
    server = database_url(base.model_copy(update={"home": home}))
    if base.database_url is None:
        stack.callback(stop_embedded, home)
    folder = home / stamp
    return base.model_copy(
        update={
            "home": folder,
            "database_url": SecretStr(ensure_database(server, f"demo_{stamp}")),
            "uploads": "local",
            "uploads_dir": folder / "uploads",
            "artifacts_dir": folder / "artifacts",
        }
    )


def _drop(settings: Settings, drawn: tuple[Sample, ...]) -> dict[str, Sample]:
    store = open_uploads(settings)
    dropped = {store.put(f"documents/demo/{sample.file_name}", sample.content).key: sample for sample in drawn}
    console.print(f"{len(dropped)} documents dropped into {settings.uploads_folder}")
    return dropped


def _watch(ledger: Ledger, samples: dict[str, Sample], system: System, *, seconds: float) -> _Watched:
    """The documents as they move; returns when all are settled, or time is up."""
    end = monotonic() + seconds
    watched = _Watched(samples, {})
    told: dict[str, str] = {}
    with Live(_progress(watched), console=console, auto_refresh=False, transient=True) as live:
        while not watched.is_settled and monotonic() < end:
            system.check()
            watched = _Watched(samples, {record.upload_key: record for record in ledger.documents()})
            if console.is_terminal:
                live.update(_progress(watched), refresh=True)
            else:
                _tell_changes(watched, told)
            sleep(_REFRESH_SECONDS)
    return watched


def _where(record: DocumentRecord | None) -> str:
    """The stage a document is at, from what the ledger knows."""
    if record is None:
        return "uploaded"
    if record.status is not DocumentStatus.UPLOADED:
        return record.status.value
    if record.claim_run_id is None:
        return "queued" if record.requested_at else "registered"
    return "arriving" if record.sha256 is None else "reading"


def _progress(watched: _Watched) -> Table:
    table = Table("document", "kind", "now", title="From upload to a settled record")
    for key, sample in watched.samples.items():
        table.add_row(safe(sample.file_name), sample.truth.kind.value, _where(watched.records.get(key)))
    return table


def _tell_changes(watched: _Watched, told: dict[str, str]) -> None:
    for key, sample in watched.samples.items():
        where = _where(watched.records.get(key))
        if told.get(key) != where:
            told[key] = where
            console.print(f"  {safe(sample.file_name)}: {where}")


def _tell(ledger: Ledger, watched: _Watched, system: System) -> None:
    table = Table("document", "type", "status", "main fields", "findings", "seconds")
    for key, sample in watched.samples.items():
        record = watched.records.get(key)
        if record is None:
            table.add_row(safe(sample.file_name), "", "[red]never picked up[/red]", "", "", "")
            continue
        is_expected = record.status in sample.truth.expected_statuses
        status = record.status.value if is_expected else f"[red]{record.status.value}[/red]"
        findings = ", ".join(finding.rule for finding in ledger.load_findings(record.document_id))
        fields = safe(main_fields(ledger.load_extraction(record.document_id)))
        row = (safe(sample.file_name), record.document_type or "", status, fields, findings, _seconds(record))
        table.add_row(*row)
    console.print(table)
    console.print(counted([(status.value, count) for status, count in ledger.counts_by_status().items()]))
    for key in watched.unexpected:
        record, sample = watched.records.get(key), watched.samples[key]
        expected = " or ".join(sorted(status.value for status in sample.truth.expected_statuses))
        why = f" ({' '.join(record.reasons)})" if record and record.reasons else ""
        now = record.status.value if record else "never picked up"
        console.print(f"[red]{safe(sample.file_name)} is {now}, expected {expected}{safe(why)}[/red]")
    console.print(f"Look around in the UI at {system.url}/asset-groups: open an asset, then a partition.")


def _seconds(record: DocumentRecord) -> str:
    return f"{(record.settled_at - record.uploaded_at).total_seconds():.1f}" if record.settled_at else ""
