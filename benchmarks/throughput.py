"""Reading speed against bare Tesseract on the same scanned pages: `make bench`.

(a) bare `tesseract`, two at a time; (b) the journey in lanes, as `credmate read`; (c) the whole Dagster step with the
ledger, in one batch. Also born-digital pages a second and the memory of a lane. Each is run in turn, and medians and
ratios are printed. `--long` adds one scan of a hundred pages.
"""

import argparse
import os
import resource
import subprocess
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter, process_time

import cv2
import dagster as dg
from PIL import Image

from credmate_pipeline.defs.assets.journey import journey
from credmate_pipeline.defs.partitions import DOCUMENTS
from credmate_pipeline.defs.resources import PipelineGateways
from credmate_pipeline.defs.run_tags import BATCH_END, BATCH_START, REQUESTED_BY
from credmate_pipeline.documents.document import Limits, new_document_id
from credmate_pipeline.gateways import lane_engines, lane_limits, open_gateways
from credmate_pipeline.journey import read_document
from credmate_pipeline.lane_work import prepare_lane, read_file
from credmate_pipeline.lanes import LaneJob, open_lanes
from credmate_pipeline.ledger.connection import ensure_database
from credmate_pipeline.ledger.embedded import start_embedded, stop_embedded
from credmate_pipeline.ledger.schema import migrate
from credmate_pipeline.ocr.reading import PageNote
from credmate_pipeline.ocr.tesseract import open_tesseract
from credmate_pipeline.outcome import Circumstances
from credmate_pipeline.samples.layouts.known import layout_named
from credmate_pipeline.samples.raster import rasterize
from credmate_pipeline.settings import Settings

TWO = 2
"""Pages at a time: the lanes' default."""
LONG = 100
"""Pages of the one long document whose memory is measured."""
NICENESS = "5"
"""Of the lanes; bare Tesseract gets the same share of a busy machine."""


def main() -> None:
    arguments = _arguments()
    with tempfile.TemporaryDirectory(prefix="credmate-bench-") as name:
        folder = Path(name)
        scans, digital = _pages(folder, arguments.pages)
        if arguments.cores:
            _tell_cores(scans, folder)
            return
        bare, journeys, batches = [], [], []
        for _ in range(arguments.rounds):
            bare.append(_bare(scans))
            journeys.append(_lanes(scans))
            batches.append(_dagster(scans, folder))
        _tell("a bare tesseract", bare, bare, len(scans))
        _tell("b credmate read", [one.seconds for one in journeys], bare, len(scans))
        _tell("c Dagster batch", batches, bare, len(scans))
        print(f"looked at again: {journeys[0].looked_again} of {len(scans)} pages")
        print(f"largest lane: {max(one.peak_bytes for one in journeys) / 1e6:.0f} MB")
        quick = median(_lanes(digital * 4).seconds for _ in range(arguments.rounds))
        print(f"born-digital: {4 * len(digital) / quick:.1f} pages a second with {TWO} lanes")
        if arguments.long:
            long = _lanes([_long_document(folder, scans[0])])
            print(f"one scan of {LONG} pages: {long.peak_bytes / 1e6:.0f} MB, {long.seconds / LONG:.2f} s a page")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Reading speed against bare Tesseract.")
    parser.add_argument("--pages", type=int, default=50, help="scanned pages, one a document")
    parser.add_argument("--rounds", type=int, default=3, help="times each way is measured; medians are printed")
    parser.add_argument("--long", action="store_true", help=f"also read one scan of {LONG} pages")
    parser.add_argument(
        "--cores", action="store_true", help="processor time instead of wall time: it holds on a busy machine too"
    )
    return parser.parse_args()


def _tell_cores(scans: list[Path], folder: Path) -> None:
    """Processor seconds a page. With every core busy, pages a minute are in inverse proportion."""
    engine, circumstances = open_tesseract("eng"), Circumstances(datetime.now(UTC).date(), Limits())
    cv2.setNumThreads(1)
    read_document(scans[0], engine=engine, circumstances=circumstances)
    before = _processor_seconds()
    for scan in scans:
        _tesseract(scan, {**os.environ, "OMP_THREAD_LIMIT": "1"})
    bare = _processor_seconds() - before
    looked_again = 0
    for scan in scans:
        outcome = read_document(scan, engine=engine, circumstances=circumstances)
        pages = outcome.reading.pages if outcome.reading is not None else ()
        looked_again += any(PageNote.SECOND_LOOK in page.notes for page in pages)
    journey_seconds = _processor_seconds() - before - bare
    _tell_share("a bare tesseract", bare, bare, len(scans))
    _tell_share("b the journey", journey_seconds, bare, len(scans))
    print(f"looked at again: {looked_again} of {len(scans)} pages", flush=True)
    started = process_time()
    _dagster(scans, folder)
    _tell_share("c Dagster batch", journey_seconds + process_time() - started, bare, len(scans))


def _tell_share(way: str, seconds: float, bare: float, pages: int) -> None:
    print(f"{way:18} {seconds / pages:5.2f} processor seconds a page   {bare / seconds:.2f} of bare Tesseract")


def _processor_seconds() -> float:
    """Of this process and the helpers it waited for."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def _tell(way: str, taken: list[float], bare: list[float], pages: int) -> None:
    ratio = median(one / other for one, other in zip(bare, taken, strict=True))
    print(f"{way:18} {60 * pages / median(taken):7.1f} pages a minute   {ratio:.2f} of bare Tesseract")


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
    command = ["nice", "-n", NICENESS, "tesseract", str(path), "stdout", "tsv"]
    subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)


@dataclass(frozen=True, slots=True)
class Taken:
    """What a way of reading took."""

    seconds: float
    peak_bytes: int
    """Of the largest lane."""
    looked_again: int
    """Pages that were looked at a second time."""


def _lanes(paths: list[Path]) -> Taken:
    """The journey of every file, its lanes' start included."""
    settings = Settings()
    circumstances = Circumstances(datetime.now(UTC).date(), Limits())
    jobs = [LaneJob(str(path), read_file, (path, circumstances)) for path in paths]
    peak = again = 0
    started = perf_counter()
    with open_lanes(lane_limits(settings), prepare_lane, lane_engines(settings)) as lanes:
        for result in lanes.run(jobs):
            if result.error is not None:
                raise result.error
            peak = max(peak, result.peak_bytes)
            outcome, _ = result.value
            again += sum(PageNote.SECOND_LOOK in page.notes for page in outcome.reading.pages)
    return Taken(perf_counter() - started, peak, again)


def _long_document(folder: Path, scan: Path) -> Path:
    """One page scanned a hundred times, as a scanner's PDF holds it."""
    path = folder / "long.pdf"
    page = Image.open(scan)
    page.save(path, "PDF", save_all=True, append_images=[page] * (LONG - 1), resolution=300.0)
    return path


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


if __name__ == "__main__":
    main()
