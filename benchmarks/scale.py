"""Reconciliation and the sensor's tick over a ledger of 1,000,000 documents: `python benchmarks/scale.py`.

PostgreSQL, ledger, Dagster's storage and the folder the sensor lists are real. The listing reconciliation compares with
is generated behind the real interface: listing a million real objects measures the store, at about a second a thousand
pages in a bucket of the same region and the disk's speed in a folder.
"""

import argparse
import os
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import wraps
from pathlib import Path
from statistics import median
from time import perf_counter, process_time, sleep
from typing import Any

import dagster as dg
import psutil
from large_ledger import GeneratedArtifacts, GeneratedUploads, fill_dagster, fill_ledger
from sqlalchemy import Engine, text

from credmate_pipeline.definitions import defs
from credmate_pipeline.defs.orchestrator import DagsterOrchestrator
from credmate_pipeline.defs.resources import PipelineGateways
from credmate_pipeline.defs.sensors.new_uploads import new_uploads
from credmate_pipeline.gateways import Gateways, open_gateways
from credmate_pipeline.ledger.connection import ensure_database
from credmate_pipeline.ledger.embedded import start_embedded, stop_embedded
from credmate_pipeline.ledger.reconciliation_book import ReconciliationBook
from credmate_pipeline.ledger.schema import migrate
from credmate_pipeline.reconciliation.reconcile import reconcile
from credmate_pipeline.settings import Settings
from credmate_pipeline.stages import Stage

PROJECT = Path(__file__).parents[1]
FOLDERS, FILES = 1000, 2
REST_SECONDS = 4
"""Files changed later than so long ago are listed twice, to be on the safe side of the clocks."""
TIMED = ("compare_uploads", "compare_orchestrator", "compare_ledger", "compare_artifacts", "compare_slice")


def main() -> None:
    arguments = _arguments()
    print("| what | seconds | processor seconds |\n| --- | ---: | ---: |")
    with _home(arguments.home) as home, _environment(home) as instance:
        gateways = open_gateways(Settings())
        built, cpu = perf_counter(), _cpu(gateways.ledger.engine)
        fill_ledger(gateways.ledger.engine, count=arguments.documents, live=arguments.live)
        fill_dagster(instance, gateways.ledger.engine, live=arguments.live, stages=[Stage.VALIDATION])
        made = f"{arguments.documents:,} documents, {arguments.live:,} of them live"
        _row(f"building a ledger of {made}", perf_counter() - built, _cpu(gateways.ledger.engine) - cpu)
        _reconciliation(gateways, instance, home, arguments.documents)
        _ticks(gateways, instance, home)
        gateways.ledger.close()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Reconciliation and the sensor's tick over a large ledger.")
    parser.add_argument("--documents", type=int, default=1_000_000)
    parser.add_argument("--live", type=int, default=50_000, help="documents in the live window")
    parser.add_argument("--home", type=Path, help="folder to work in; a temporary one otherwise")
    return parser.parse_args()


@contextmanager
def _home(given: Path | None) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="credmate-scale-", dir=given) as name:
        yield Path(name)


@contextmanager
def _environment(home: Path) -> Iterator[dg.DagsterInstance]:
    """An embedded server with an empty ledger, and a Dagster that keeps its storage there."""
    url = ensure_database(start_embedded(home), "scale")
    migrate(url)
    (home / "uploads" / "documents").mkdir(parents=True)
    os.environ.update({"DATABASE_URL": url, "CREDMATE_HOME": str(home), "CREDMATE_SETTLE_SECONDS": "0"})
    (home / "dagster").mkdir()
    shutil.copy(PROJECT / "dagster.yaml", home / "dagster")
    try:
        with dg.DagsterInstance.from_config(str(home / "dagster")) as instance:
            yield instance
    finally:
        stop_embedded(home)


def _row(what: str, seconds: float, cpu: float | None = None) -> None:
    """A line of the table: on a busy machine the processor's seconds are nearer to what an idle one would take."""
    print(f"| {what} | {seconds:.2f} | {'' if cpu is None else f'{cpu:.2f}'} |", flush=True)


def _cpu(engine: Engine) -> float:
    """Processor seconds of this process and of the whole PostgreSQL server so far."""
    with engine.connect() as connection:
        backend = connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
    postmaster = psutil.Process(backend).parent()
    if postmaster is None:
        raise RuntimeError("The server is not of this machine.")
    times = [one.cpu_times() for one in (postmaster, *postmaster.children())]
    return process_time() + sum(one.user + one.system for one in times) + _of_ended(postmaster)


def _of_ended(postmaster: psutil.Process) -> float:
    """What parallel workers used that have ended."""
    times = postmaster.cpu_times()
    return float(getattr(times, "children_user", 0.0) + getattr(times, "children_system", 0.0))


# Reconciliation


def _reconciliation(gateways: Gateways, instance: dg.DagsterInstance, home: Path, count: int) -> None:
    """The whole of it, and its longest parts."""
    engine = gateways.ledger.engine
    stores = GeneratedUploads(home / "uploads", count), GeneratedArtifacts(home / "artifacts", engine)
    (home / "artifacts").mkdir()
    generated = Gateways(gateways.ledger, *stores)
    with _timed(ReconciliationBook, TIMED) as seconds:
        started, cpu = perf_counter(), _cpu(engine)
        report = reconcile(
            generated, DagsterOrchestrator(instance), Settings(), clock=gateways.ledger.now, is_repairing=True
        )
        total, cpu = perf_counter() - started, _cpu(engine) - cpu
    found = {finding.difference.value: finding.count for finding in report.findings}
    _row(f"reconciliation; found {found or 'nothing'}", total, cpu)
    for name, taken in seconds.items():
        _row(f"of it {name}", taken)


@contextmanager
def _timed(of: type, names: tuple[str, ...]) -> Iterator[dict[str, float]]:
    """Adds up the seconds spent in these methods."""
    seconds: dict[str, float] = defaultdict(float)
    plain = {name: getattr(of, name) for name in names}
    for name, method in plain.items():
        setattr(of, name, _counting(method, name, seconds))
    try:
        yield seconds
    finally:
        for name, method in plain.items():
            setattr(of, name, method)


def _counting(method: Callable[..., Any], name: str, seconds: dict[str, float]) -> Callable[..., Any]:
    @wraps(method)
    def counted(*given: Any, **named: Any) -> Any:
        started = perf_counter()
        try:
            return method(*given, **named)
        finally:
            seconds[name] += perf_counter() - started

    return counted


# The sensor


def _ticks(gateways: Gateways, instance: dg.DagsterInstance, home: Path) -> None:
    """Ticks over a real folder: with nothing new, with a hundred new files, and with a thousand documents due."""
    _fill_folder(home, FOLDERS, FILES)
    cursor = _taken_in(gateways)
    cpu = _cpu(gateways.ledger.engine)
    quiet = [_tick(instance, cursor)[0] for _ in range(5)]
    cpu = (_cpu(gateways.ledger.engine) - cpu) / 5
    _row(f"tick, nothing new among {FOLDERS * FILES:,} files in {FOLDERS:,} folders", median(quiet), cpu)
    busy, cpu = [], _cpu(gateways.ledger.engine)
    for turn in range(5):
        for number in range(100):
            (home / f"uploads/documents/p{number}/new-{turn}-{number}.pdf").write_bytes(b"new")
        seconds, cursor = _tick(instance, cursor)
        busy.append(seconds)
    _row("tick, 100 new files", median(busy), (_cpu(gateways.ledger.engine) - cpu) / 5)
    with gateways.ledger.engine.begin() as connection:
        connection.execute(text("SELECT set_config('credmate.actor', 'benchmark', true)"))
        connection.execute(
            text(
                "UPDATE documents SET status = 'uploaded', settled_at = NULL, requested_at = NULL, attempt_count = 0 "
                "WHERE document_id IN (SELECT document_id FROM documents ORDER BY document_id LIMIT 1000)"
            )
        )
    cpu = _cpu(gateways.ledger.engine)
    _row("tick, 1,000 and more documents due", _tick(instance, cursor)[0], _cpu(gateways.ledger.engine) - cpu)
    later = gateways.ledger.now() + timedelta(minutes=1)
    started = perf_counter()
    gateways.ledger.due(now=later, patience=timedelta(minutes=15), at_most=1000)
    _row("  what is due, asked again", perf_counter() - started)


def _fill_folder(home: Path, folders: int, files: int) -> None:
    for folder in range(folders):
        place = home / f"uploads/documents/p{folder}"
        place.mkdir()
        for number in range(files):
            (place / f"{number}.pdf").touch()


def _taken_in(gateways: Gateways) -> str:
    """Registers every file, as asked for already; returns the cursor once a listing finds no more of them."""
    sleep(REST_SECONDS)
    listing = gateways.uploads.list_new(None, at_most=FOLDERS * FILES)
    gateways.ledger.register_all(listing.uploads, now=gateways.ledger.now())
    with gateways.ledger.engine.begin() as connection:
        connection.execute(text("UPDATE documents SET requested_at = now() WHERE status = 'uploaded'"))
    sleep(REST_SECONDS)
    return gateways.uploads.list_new(listing.cursor, at_most=FOLDERS * FILES).cursor


def _tick(instance: dg.DagsterInstance, cursor: str | None) -> tuple[float, str]:
    """Seconds of one evaluation, and the cursor after it."""
    context = dg.build_sensor_context(instance=instance, cursor=cursor, definitions=defs)
    started = perf_counter()
    result = new_uploads(context, pipeline=PipelineGateways())
    seconds = perf_counter() - started
    after = result.cursor if isinstance(result, dg.SensorResult) else context.cursor
    return seconds, after or ""


if __name__ == "__main__":
    main()
