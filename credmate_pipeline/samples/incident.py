"""Draws an installation that believed it worked: statuses move on, and nothing was ever read.

Its tables are CSV files as an export gives them; a few files are gone from storage and one is cut off.
"""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random
from uuid import UUID

from credmate_pipeline.samples.catalog import draw_one
from credmate_pipeline.samples.layouts.known import LAYOUTS
from credmate_pipeline.samples.plan import Order
from credmate_pipeline.samples.sample import Kind
from credmate_pipeline.uploads.keys import UPLOADS_PREFIX

DOCUMENTS_FILE, EXTRACTIONS_FILE, UPLOADS_FOLDER = "documents.csv", "extraction_results.csv", "uploads"

_STATUSES = ("uploaded", "review_pending", "completed", "approved", "review_approved")
_DECIDED = ("approved", "review_approved")
_WORDS = {"cme_certificate": "CME", "license": "license", "dea_registration": "DEA"}
_KINDS = (Kind.BORN_DIGITAL, Kind.BORN_DIGITAL, Kind.BORN_DIGITAL, Kind.CLEAN_SCAN)
_PROVIDERS = 25
_EXTRACTION_COLUMNS = ("id", "document_id", "extracted_data", "created_at")


@dataclass(frozen=True, slots=True)
class Extent:
    """How many documents of which kind. Missing and cut ones are among the CME certificates."""

    cme_certificates: int = 172
    licenses: int = 7
    dea_registrations: int = 1
    missing: int = 4
    corrupt: int = 1

    @property
    def count(self) -> int:
        return self.cme_certificates + self.licenses + self.dea_registrations

    @property
    def types(self) -> tuple[str, ...]:
        return (
            *("cme_certificate",) * self.cme_certificates,
            *("license",) * self.licenses,
            *("dea_registration",) * self.dea_registrations,
        )


@dataclass(frozen=True, slots=True)
class IncidentDocument:
    """A row of the installation's table, and its file: None where storage lost it."""

    row: dict[str, str]
    content: bytes | None
    is_corrupt: bool

    @property
    def key(self) -> str:
        return self.row["s3_key"]


WHOLE = Extent()


def draw_incident(seed: int, *, today: date, extent: Extent = WHOLE) -> Iterator[IncidentDocument]:
    """The documents, in the order they were uploaded; the same for the same seed, extent and day."""
    for number, document_type in enumerate(extent.types):
        rng = Random(f"{seed}/incident/{number}")
        is_missing = number < extent.missing
        is_corrupt = not is_missing and number < extent.missing + extent.corrupt
        yield _document(number, document_type, rng, today, is_missing=is_missing, is_corrupt=is_corrupt)


def _document(
    number: int, document_type: str, rng: Random, today: date, *, is_missing: bool, is_corrupt: bool
) -> IncidentDocument:
    layout = rng.choice([one for one in LAYOUTS[document_type] if one.is_common])
    kind = Kind.TRUNCATED if is_corrupt else rng.choice(_KINDS)
    sample = draw_one(Order(kind, layout.name), rng, today=today)
    provider = f"provider-{rng.randrange(_PROVIDERS):03d}"
    extension = sample.file_name.rpartition(".")[2]
    uploaded_at = datetime.combine(today, time(9), UTC) - timedelta(hours=6 * (number + 1))
    status = _STATUSES[number % len(_STATUSES)]
    row = {
        "id": str(UUID(int=rng.getrandbits(128), version=4)),
        "provider_id": provider,
        "s3_key": f"{UPLOADS_PREFIX}{provider}/{number + 1:04d}.{extension}",
        "document_type": _WORDS[document_type],
        "status": status,
        "confidence": f"{rng.uniform(0.7, 0.99):.2f}" if status != "uploaded" else "",
        "processing_errors": "",
        "created_at": uploaded_at.isoformat(),
        "reviewed_by": f"reviewer-{rng.randrange(3) + 1}" if status in _DECIDED else "",
        "reviewed_at": (uploaded_at + timedelta(days=1)).isoformat() if status in _DECIDED else "",
    }
    return IncidentDocument(row, None if is_missing else sample.content, is_corrupt)


def write_incident(documents: Iterator[IncidentDocument] | Sequence[IncidentDocument], folder: Path) -> int:
    """Writes both tables and every file that storage still has; returns how many documents are stated."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = []
    for document in documents:
        rows.append(document.row)
        if document.content is not None:
            path = folder / UPLOADS_FOLDER / document.key
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(document.content)
    _write_table(folder / DOCUMENTS_FILE, tuple(rows[0]), rows)
    _write_table(folder / EXTRACTIONS_FILE, _EXTRACTION_COLUMNS, ())
    return len(rows)


def _write_table(path: Path, columns: Sequence[str], rows: Sequence[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(rows)
