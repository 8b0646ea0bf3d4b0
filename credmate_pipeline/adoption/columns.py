"""Which column of an earlier installation's table holds what: found by its name, or said by a person."""

from collections.abc import Iterable, Mapping, Sequence

from credmate_pipeline.adoption.stated import as_word
from credmate_pipeline.errors import ConfigurationError

DOCUMENT_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "document_id", "uuid", "doc_id"),
    "key": (
        *("s3_key", "storage_key", "object_key", "file_key", "upload_key", "key"),
        *("s3_path", "storage_path", "file_path", "s3_url", "s3_uri", "upload_uri"),
    ),
    "status": ("status", "processing_status", "document_status", "state"),
    "type": ("document_type", "type", "doc_type", "category", "classification"),
    "confidence": ("confidence", "confidence_score", "classification_confidence", "ocr_confidence"),
    "error": ("processing_errors", "processing_error", "error_message", "errors", "error", "last_error"),
    "uploaded_at": ("uploaded_at", "created_at", "upload_date", "registered_at"),
    "decided_by": ("reviewed_by", "approved_by", "reviewer", "decided_by"),
    "decided_at": ("reviewed_at", "approved_at", "decided_at"),
}
"""What is looked for in the table of documents, each with the names it goes by; the first found is taken."""

EXTRACTION_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "document": ("document_id", "doc_id", "document"),
    "values": (
        *("extracted_data", "extracted_fields", "structured_data", "fields", "result", "results"),
        *("data", "extraction", "values", "content"),
    ),
    "made_at": ("extracted_at", "created_at", "processed_at", "updated_at"),
}
"""The same for the table of extractions."""

_NEEDED = {"id", "key", "status", "document"}


def find_columns(
    table: str, present: Sequence[str], wanted: Mapping[str, tuple[str, ...]], said: Mapping[str, str]
) -> dict[str, str]:
    """The column for each thing looked for; `said` names columns and wins. What is not there is left out.

    Raises ConfigurationError where a needed one is not found or a named one is not there.
    """
    by_word = {as_word(name): name for name in reversed(present)}
    found: dict[str, str] = {}
    for what, names in wanted.items():
        if what in said:
            found[what] = _named(table, present, what, said[what])
        elif (column := next((by_word[name] for name in names if name in by_word), None)) is not None:
            found[what] = column
        elif what in _NEEDED:
            raise ConfigurationError(
                f"The table {table} has no column for {what} (looked for {', '.join(names)}); "
                f"name it with --column {what}=NAME."
            )
    return found


def said_columns(pairs: Iterable[str]) -> dict[str, str]:
    """`key=file_path` and so on, as given on the command line."""
    known = {*DOCUMENT_COLUMNS, *EXTRACTION_COLUMNS}
    said: dict[str, str] = {}
    for pair in pairs:
        what, equals, name = pair.partition("=")
        if not equals or not name or what not in known:
            raise ConfigurationError(
                f"--column {pair} should read WHAT=NAME; WHAT is one of {', '.join(sorted(known))}."
            )
        said[what] = name
    return said


def _named(table: str, present: Sequence[str], what: str, name: str) -> str:
    if name not in present:
        raise ConfigurationError(
            f"--column {what}={name}: the table {table} has no such column; it has {', '.join(present)}."
        )
    return name
