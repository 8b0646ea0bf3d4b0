"""What lanes do: the steps of the journey that open files or run long, called by name in the child process.

The journey is imported in the lane alone; the parent stays small.
"""

import importlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from credmate_pipeline.classification.classification import Classification
from credmate_pipeline.documents.document import Arrival, Limits
from credmate_pipeline.extraction.fields import Extraction
from credmate_pipeline.outcome import Circumstances, Outcome
from credmate_pipeline.stages import Stage

if TYPE_CHECKING:
    from credmate_pipeline.engines import EngineChoice
    from credmate_pipeline.extraction.second_reader import Asked, Reply
    from credmate_pipeline.ocr.engine import OcrEngine

_engines: list["OcrEngine"] = []
"""The lane's engines, opened once by `prepare_lane`: the one that reads, then those that help in a second look."""


@dataclass(frozen=True, slots=True)
class Stored:
    """What an earlier run found of a document, to go on from."""

    packed_reading: bytes
    classification: Classification | None
    extraction: Extraction | None


def prepare_lane(choice: "EngineChoice") -> None:
    """Opens the engines and imports the journey, so that the first document does not wait for them."""
    import cv2

    from credmate_pipeline.engines import open_engines

    importlib.import_module("credmate_pipeline.journey")
    cv2.setNumThreads(1)
    _engines[:] = open_engines(choice)


def arrive(path: Path, limits: Limits) -> Arrival:
    """The `document` stage: what the bytes are. Raises `UnreadableDocument`."""
    from credmate_pipeline.documents.intake import inspect_file

    return inspect_file(path, limits)


def read(
    path: Path, arrival: Arrival, circumstances: Circumstances, stored_at: str | None = None
) -> tuple[Outcome, bytes | None]:
    """From `ocr` to `validation`, and the reading packed for storage (None where there is none). `stored_at` is where
    an engine that reads stored files finds it."""
    from credmate_pipeline.journey import read_arrived
    from credmate_pipeline.ocr.storage import pack

    engine, *more = _engines
    outcome = read_arrived(
        path, arrival, engine=engine, circumstances=circumstances, more_engines=tuple(more), stored_at=stored_at
    )
    return outcome, pack(outcome.reading) if outcome.reading is not None else None


def read_file(path: Path, circumstances: Circumstances) -> tuple[Outcome, None]:
    """The whole journey of a file, for the command line; nothing is packed."""
    from credmate_pipeline.journey import read_document

    engine, *more = _engines
    return read_document(path, engine=engine, circumstances=circumstances, more_engines=tuple(more)), None


def complete(outcome: Outcome, asked: "Asked", replies: "tuple[Reply, ...]", circumstances: Circumstances) -> Outcome:
    """The journey's end again, with what a second reader found or why it found nothing."""
    from credmate_pipeline.journey import with_second_reading

    return with_second_reading(outcome, asked, replies, circumstances)


def go_on(stored: Stored, first: Stage, circumstances: Circumstances) -> tuple[Outcome, None]:
    """The journey again from `first` on, over what is stored: no page is read anew, and nothing is packed."""
    from credmate_pipeline.journey import interpret, judge, understand
    from credmate_pipeline.ocr.storage import unpack

    reading = unpack(stored.packed_reading)
    if first is Stage.CLASSIFICATION or stored.classification is None:
        return understand(reading, circumstances), None
    if first is Stage.EXTRACTION or stored.extraction is None:
        return interpret(reading, stored.classification, circumstances), None
    return judge(reading, stored.classification, stored.extraction, circumstances), None
