"""Small installations for tests."""

from collections.abc import Mapping
from datetime import UTC, datetime

from credmate_pipeline.adoption.installation import SourceTable
from credmate_pipeline.adoption.plan import Place
from credmate_pipeline.documents.document import DocumentId
from credmate_pipeline.uploads.store import Upload

NOW = datetime(2026, 5, 4, 10, tzinfo=UTC)
NOBODY: Mapping[str, DocumentId] = {}


def table(name: str, *rows: Mapping[str, object]) -> SourceTable:
    return SourceTable(name, tuple(rows[0]) if rows else ("document_id", "extracted_data"), tuple(rows))


def stored(*keys: str) -> Place:
    """Storage that holds files at these keys."""
    uploads = {key: Upload(uri_of(key), key, f"version of {key}", 10, NOW) for key in keys}
    return Place(uploads, uri_of, NOW)


def uri_of(key: str) -> str:
    return f"s3://bucket/{key}"
