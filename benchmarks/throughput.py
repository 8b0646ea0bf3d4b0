"""Reading speed against bare Tesseract on the same scanned pages: `make bench`.

(a) bare `tesseract`, two at a time; (b) the journey in lanes, as `credmate read`; (c) the whole Dagster step with the
ledger, in one batch. Also born-digital pages a second and the memory of a lane. Each is run in turn, and medians and
ratios are printed.
"""

import argparse
import os
import subprocess
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter

import dagster as dg
from PIL import Image

from credmate_pipeline.defs.assets.journey import journey
from credmate_pipeline.defs.partitions import DOCUMENTS
from credmate_pipeline.defs.resources import PipelineGateways
from credmate_pipeline.defs.run_tags import BATCH_END, BATCH_START, REQUESTED_BY
from credmate_pipeline.documents.document import Limits, new_document_id
from credmate_pipeline.gateways import lane_engines, lane_limits, open_gateways
from credmate_pipeline.lane_work import prepare_lane, read_file
from credmate_pipeline.lanes import LaneJob, open_lanes
from credmate_pipeline.ledger.connection import ensure_database
from credmate_pipeline.ledger.embedded import start_embedded, stop_embedded
from credmate_pipeline.ledger.schema import migrate
from credmate_pipeline.outcome import Circumstances
from credmate_pipeline.samples.layouts.known import layout_named
from credmate_pipeline.samples.raster import rasterize
from credmate_pipeline.settings import Settings

TWO = 2
"""Pages at a time: the lanes' default."""


def main() -> None:
    arguments = _arguments()
    with tempfile.TemporaryDirectory(prefix="credmate-bench-") as name:
        folder = Path(name)
        scans, digital = _pages(folder, arguments.pages)
        peak: list[int] = []
        ways: dict[str, Callable[[], float]] = {
            "a bare tesseract": lambda: _bare(scans),
            "b credmate read": lambda: _lanes(scans, peak),
            "c Dagster batch": lambda: _dagster(scans, folder),
        }
        seconds: dict[str, list[float]] = {way: [] for way in ways}
        for _ in range(arguments.rounds):
            for way, measure in ways.items():
                seconds[way].append(measure())
        _tell(seconds, len(scans), peak)
        took = median(_lanes(digital * 4, peak) for _ in range(arguments.rounds))
        print(f"born-digital: {4 * len(digital) / took:.1f} pages a second with {TWO} lanes")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Reading speed against bare Tesseract.")
    parser.add_argument("--pages", type=int, default=50, help="scanned pages, one a document")
    parser.add_argument("--rounds", type=int, default=3, help="times each way is measured; medians are printed")
    return parser.parse_args()


def _pages(folder: Path, count: int) -> tuple[list[Path], list[Path]]:
    """`count` pages of samples, scanned at 300 dpi as PNG and born-digital."""
    scans, digital = [], []
    for number in range(count):
        drawn = layout_named("cme_awarded").draw(Random(number), date(2026, 1, 15))
        digital.append(folder / f"{number:03}.pdf")
        digital[-1].write_bytes(drawn.pdf)
        scans.append(folder / f"{number:03}.png")
        Image.fromarray(rasterize(drawn.pdf, 300)).save(scans[-1], dpi=(300, 300))
    return scans, digital


def _bare(scans: list[Path]) -> float:
    """Two processes at a time, each with Tesseract's own defaults but for one thread, as the lanes use it."""
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    started = perf_counter()
    with ThreadPoolExecutor(TWO) as threads:
        list(threads.map(lambda path: _tesseract(path, environment), scans))
    return perf_counter() - started


def _tesseract(path: Path, environment: dict[str, str]) -> None:
    command = ["tesseract", str(path), "stdout", "tsv"]
    subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)


def _lanes(paths: list[Path], peak: list[int]) -> float:
    """The journey of every file, its lanes' start included."""
    settings = Settings()
    circumstances = Circumstances(datetime.now(UTC).date(), Limits())
    jobs = [LaneJob(str(path), read_file, (path, circumstances)) for path in paths]
    started = perf_counter()
    with open_lanes(lane_limits(settings), prepare_lane, lane_engines(settings)) as lanes:
        for result in lanes.run(jobs):
            if result.error is not None:
                raise result.error
            peak.append(result.peak_bytes)
    return perf_counter() - started


def _dagster(paths: list[Path], folder: Path) -> float:
    """The Dagster step over a ledger of its own: one range of documents, from arrival to settled."""
    home = folder / f"home-{perf_counter():.0f}"
    (home / "uploads" / "documents").mkdir(parents=True)
    url = ensure_database(start_embedded(home), "bench")
    os.environ.update({"DATABASE_URL": url, "CREDMATE_HOME": str(home)})
    migrate(url)
    gateways = open_gateways(Settings())
    now = datetime.now(UTC)
    keys = [
        gateways.ledger.register(
            gateways.uploads.put(f"documents/bench/{path.name}", path.read_bytes()),
            document_id=new_document_id(),
            now=now,
        ).document_id
        for path in paths
    ]
    with dg.DagsterInstance.ephemeral() as instance:
        instance.add_dynamic_partitions(str(DOCUMENTS.name), [str(key) for key in keys])
        started = perf_counter()
        dg.materialize(
            [journey],
            instance=instance,
            resources={"pipeline": PipelineGateways()},
            tags={BATCH_START: keys[0], BATCH_END: keys[-1], REQUESTED_BY: "benchmark"},
        )
        seconds = perf_counter() - started
    gateways.ledger.close()
    stop_embedded(home)
    return seconds


def _tell(seconds: dict[str, list[float]], pages: int, peak: list[int]) -> None:
    bare = seconds["a bare tesseract"]
    for way, taken in seconds.items():
        ratios = [one / other for one, other in zip(bare, taken, strict=True)]
        print(f"{way:18} {60 * pages / median(taken):7.1f} pages a minute   {median(ratios):.2f} of bare Tesseract")
    print(f"largest lane: {max(peak) / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
