"""What the second look costs and wins, without and with RapidOCR: part of `make bench`.

Samples of every type and kind of page are read once; where the journey would look again, it is done with Tesseract
alone and with RapidOCR helping (where its extra is installed), and each outcome is judged by the truth.
"""

import argparse
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random
from time import perf_counter

from credmate_pipeline.documents.document import Limits
from credmate_pipeline.documents.intake import inspect_file
from credmate_pipeline.errors import ConfigurationError, UnreadableDocument
from credmate_pipeline.evaluation.comparison import same
from credmate_pipeline.evaluation.judge import judge
from credmate_pipeline.evaluation.score import Judged
from credmate_pipeline.evaluation.truth import TruthLine
from credmate_pipeline.journey import understand, unreadable
from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.ocr.engine import OcrEngine
from credmate_pipeline.ocr.rapid import open_rapid, require_rapid
from credmate_pipeline.ocr.read import read_again, read_pages
from credmate_pipeline.ocr.reading import Reading
from credmate_pipeline.ocr.tesseract import open_tesseract
from credmate_pipeline.outcome import Circumstances, Outcome
from credmate_pipeline.samples.catalog import draw_one, draw_order
from credmate_pipeline.samples.write import truth_line
from credmate_pipeline.second_look import clearest, doubtful_pages

TODAY = date(2026, 6, 15)
SEED = 90417
CIRCUMSTANCES = Circumstances(TODAY)


@dataclass(frozen=True, slots=True)
class Read:
    """A document read once, and again where it was doubtful."""

    truth: TruthLine
    page_count: int
    seconds: float
    """Of the first look and what was understood of it."""
    doubtful: tuple[int, ...]
    first: Outcome
    again: dict[str, tuple[Outcome, float]]
    """By the engines that looked: the outcome kept, and the seconds added."""


@dataclass(frozen=True, slots=True)
class Gain:
    """What a way of looking again changed, over all documents."""

    name: str
    seconds: float
    won: int
    """Fields that are right now and were not."""
    lost: int
    settled_more: int
    settled_wrongly_more: int


def main() -> None:
    arguments = _arguments()
    own = open_tesseract("eng")
    ways: dict[str, tuple[OcrEngine, ...]] = {"Tesseract alone": (own,), **_with_rapid(own)}
    reads = list(_reads(arguments.documents, own, ways))
    pages, first = sum(one.page_count for one in reads), sum(one.seconds for one in reads)
    looked = sum(len(one.doubtful) for one in reads)
    print(f"{len(reads)} documents, {pages} pages: the first look takes {first / pages:.2f} s a page on one core")
    documents = sum(bool(one.doubtful) for one in reads)
    print(f"looked at again: {looked} pages ({looked / pages:.0%}) of {documents} documents")
    settled = sum(one.first.status is DocumentStatus.COMPLETED for one in reads)
    print(f"settled without a second look: {settled}")
    for gain in (_gain(name, reads) for name in ways):
        print(
            f"{gain.name:22} +{gain.seconds / pages:.2f} s a page over all pages ({gain.seconds / first:+.0%}), "
            f"{gain.seconds / max(1, looked):.1f} s a page looked at; fields won {gain.won}, lost {gain.lost}; "
            f"settled {gain.settled_more:+d} documents, {gain.settled_wrongly_more:+d} of them wrongly"
        )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="What the second look costs and wins.")
    parser.add_argument("--documents", type=int, default=100, help="samples that are read")
    return parser.parse_args()


def _with_rapid(own: OcrEngine) -> dict[str, tuple[OcrEngine, ...]]:
    try:
        require_rapid()
    except ConfigurationError as error:
        print(f"Without RapidOCR: {error}")
        return {}
    return {"Tesseract and RapidOCR": (own, open_rapid())}


def _reads(count: int, own: OcrEngine, ways: dict[str, tuple[OcrEngine, ...]]) -> Iterator[Read]:
    """The same documents at every run: of all types in equal parts, of all kinds of page by chance."""
    with tempfile.TemporaryDirectory(prefix="credmate-bench-") as name:
        for number in range(count):
            rng = Random(f"{SEED}/{number}")
            sample = draw_one(draw_order(rng, "even"), rng, today=TODAY)
            path = Path(name) / sample.file_name
            path.write_bytes(sample.content)
            yield _read(path, TruthLine.model_validate_json(truth_line(sample)), own, ways)
            path.unlink()


def _read(path: Path, truth: TruthLine, own: OcrEngine, ways: dict[str, tuple[OcrEngine, ...]]) -> Read:
    started = perf_counter()
    arrival = inspect_file(path, Limits())
    try:
        reading = read_pages(path, arrival, engine=own, limits=Limits())
    except UnreadableDocument as error:
        return Read(truth, arrival.page_count, perf_counter() - started, (), unreadable(error), {})
    first = understand(reading, CIRCUMSTANCES)
    seconds = perf_counter() - started
    doubtful = doubtful_pages(first)
    again = {}
    for name, engines in ways.items() if doubtful else ():
        looks = read_again(path, arrival, reading, doubtful, engines=engines, limits=Limits())
        again[name] = _again(first, looks)
    return Read(truth, arrival.page_count, seconds, doubtful, first, again)


def _again(first: Outcome, looks: Iterator[tuple[Reading, ...]]) -> tuple[Outcome, float]:
    """The clearest outcome and what it took: each look is only taken when it is asked for."""
    started = perf_counter()
    best = clearest(first, looks, lambda seen: understand(seen, CIRCUMSTANCES))
    return best, perf_counter() - started


def _gain(name: str, reads: list[Read]) -> Gain:
    seconds = won = lost = settled = wrongly = 0.0
    for one in reads:
        if name not in one.again:
            continue
        outcome, added = one.again[name]
        before, after = judge(one.truth, one.first), judge(one.truth, outcome)
        right_before, right_after = _right(before), _right(after)
        seconds += added
        won += len(right_after - right_before)
        lost += len(right_before - right_after)
        settled += _is_settled(after) - _is_settled(before)
        wrongly += after.is_wrongly_settled - before.is_wrongly_settled
    return Gain(name, seconds, int(won), int(lost), int(settled), int(wrongly))


def _right(judged: Judged) -> set[tuple[int, str]]:
    """Fields that say what the truth says, where the page prints one."""
    return {
        (position, name)
        for position, item in enumerate(judged.items)
        for name, value in item.truth.items()
        if value is not None and same(item.read.get(name), value)
    }


def _is_settled(judged: Judged) -> bool:
    return judged.status == DocumentStatus.COMPLETED


if __name__ == "__main__":
    main()
