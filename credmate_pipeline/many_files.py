"""The journey of many files at once with no services: what `credmate read` and `credmate evaluate` share."""

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from credmate_pipeline.errors import CredmateError, reason_of
from credmate_pipeline.extraction.fields import Evidence, Item
from credmate_pipeline.gateways import check_engines, lane_engines, lane_limits, limits, running_ledger, second_readers
from credmate_pipeline.lane_work import prepare_lane, read_file
from credmate_pipeline.lanes import LaneJob, LaneResult, open_lanes
from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.outcome import Circumstances, Outcome
from credmate_pipeline.second_reading import SecondReaders, twice_read
from credmate_pipeline.settings import Settings

_BOX_DIGITS = 5


@dataclass(frozen=True, slots=True)
class FileRead:
    """What became of a file: an outcome, or the error that kept it from one."""

    path: Path
    outcome: Outcome | None
    error: CredmateError | None
    seconds: float
    """Wall time in its lane."""

    @property
    def status(self) -> DocumentStatus:
        return self.outcome.status if self.outcome is not None else DocumentStatus.FAILED


def read_files(paths: Sequence[Path], settings: Settings, *, today: date) -> Iterator[FileRead]:
    """Every file's journey, in the order given, as soon as the files before it are through.

    Raises ConfigurationError where the engine is missing, and where a second reader is asked and the ledger that counts
    what it costs is not running.
    """
    check_engines(settings)
    circumstances = Circumstances(today, limits(settings))
    jobs = [LaneJob(str(number), read_file, (path, circumstances)) for number, path in enumerate(paths)]
    ended: dict[int, FileRead] = {}
    told = 0
    with (
        _second_readers(settings) as readers,
        open_lanes(lane_limits(settings), prepare_lane, lane_engines(settings)) as lanes,
    ):
        for result in twice_read(lanes.run(jobs), lanes, readers, lambda key: circumstances, _digest):
            number = int(result.key)
            outcome = result.value[0] if result.error is None else None
            ended[number] = FileRead(paths[number], outcome, result.error, result.seconds)
            while told in ended:
                yield ended.pop(told)
                told += 1


@contextmanager
def _second_readers(settings: Settings) -> Iterator[SecondReaders | None]:
    """What asks a language model too, over the ledger that counts its cost; None where that is off."""
    if not settings.enable_bedrock:
        yield None
        return
    with closing(running_ledger(settings)) as ledger:
        yield second_readers(settings, ledger, lambda: datetime.now(UTC))


def _digest(result: LaneResult) -> str:
    """What a file's calls are counted under: its bytes, not its name."""
    outcome: Outcome = result.value[0]
    return f"sha256:{outcome.arrival.sha256}" if outcome.arrival is not None else "sha256:unknown"


def as_line(read: FileRead) -> dict[str, Any]:
    """A file's result as one JSON object; every key is there for every file."""
    outcome = read.outcome
    if outcome is None:
        return {
            **_nothing(read),
            "status": "failed",
            "reason": str(read.error),
            "reason_code": reason_of(read.error).value,
        }
    classification, extraction, reading = outcome.classification, outcome.extraction, outcome.reading
    return {
        **_nothing(read),
        "document_type": classification.document_type if classification else None,
        "classification_confidence": round(classification.confidence, 4) if classification else None,
        "status": outcome.status.value,
        "reason": outcome.reasons[0] if outcome.reasons else None,
        "reason_code": outcome.reason_code.value if outcome.reason_code else None,
        "items": [{"document_type": extraction.type_of(item), "fields": _fields(item)} for item in extraction.items]
        if extraction
        else [],
        "findings": [
            {"rule": f.rule, "severity": f.severity.value, "field": f.field, "item": f.item, "message": f.message}
            for f in outcome.findings
        ],
        "pages_set_aside": [
            {"page": page.page, "use": page.use.value} for page in (extraction.pages_set_aside if extraction else ())
        ],
        "pages": [
            {
                "page": page.number,
                "source": page.source.value,
                "words": len(page.words),
                "confidence": round(page.confidence, 4) if page.confidence is not None else None,
            }
            for page in (reading.pages if reading else ())
        ],
    }


def _nothing(read: FileRead) -> dict[str, Any]:
    return {
        "file": str(read.path),
        "document_type": None,
        "classification_confidence": None,
        "status": None,
        "reason": None,
        "reason_code": None,
        "items": [],
        "findings": [],
        "pages_set_aside": [],
        "pages": [],
        "seconds": round(read.seconds, 3),
    }


def _fields(item: Item) -> dict[str, Any]:
    return {
        field.name: {
            "value": field.value if isinstance(field.value, str) else list(field.value),
            "content": field.content,
            "confidence": round(field.confidence, 4),
            "evidence": [_place(evidence) for evidence in field.evidence],
        }
        for field in item.fields
    }


def _place(evidence: Evidence) -> dict[str, Any]:
    box = evidence.box
    edges = [round(edge, _BOX_DIGITS) for edge in (box.x0, box.y0, box.x1, box.y1)]
    return {"page": evidence.page, "box": edges, "text": evidence.text}
