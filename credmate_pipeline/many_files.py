"""The journey of many files at once with no services: what `credmate read` and `credmate evaluate` share."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from credmate_pipeline.errors import CredmateError, EngineFailure, LaneFailure, ReasonCode
from credmate_pipeline.extraction.fields import Evidence, Item
from credmate_pipeline.gateways import check_engines, lane_engines, lane_limits, limits
from credmate_pipeline.lane_work import prepare_lane, read_file
from credmate_pipeline.lanes import LaneJob, open_lanes
from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.outcome import Circumstances, Outcome
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

    Raises ConfigurationError where the engine is missing.
    """
    check_engines(settings)
    circumstances = Circumstances(today, limits(settings))
    jobs = [LaneJob(str(number), read_file, (path, circumstances)) for number, path in enumerate(paths)]
    ended: dict[int, FileRead] = {}
    told = 0
    with open_lanes(lane_limits(settings), prepare_lane, lane_engines(settings)) as lanes:
        for result in lanes.run(jobs):
            number = int(result.key)
            ended[number] = FileRead(paths[number], result.value, result.error, result.seconds)
            while told in ended:
                yield ended.pop(told)
                told += 1


def as_line(read: FileRead) -> dict[str, Any]:
    """A file's result as one JSON object; every key is there for every file."""
    outcome = read.outcome
    if outcome is None:
        return {**_nothing(read), "status": "failed", "reason": str(read.error), "reason_code": _code(read.error).value}
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


def _code(error: CredmateError | None) -> ReasonCode:
    if isinstance(error, LaneFailure):
        return error.reason
    return ReasonCode.ENGINE_FAILED if isinstance(error, EngineFailure) else ReasonCode.INTERNAL_ERROR


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
