"""An earlier installation's rows as stated documents: each cell read, nothing believed."""

import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from credmate_pipeline.adoption.columns import DOCUMENT_COLUMNS, EXTRACTION_COLUMNS, find_columns
from credmate_pipeline.adoption.stated import StatedDocument, StatedExtraction, as_word
from credmate_pipeline.errors import ConfigurationError

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SourceTable:
    """A table as it is there: `name` says where, for messages."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Installation:
    """What an earlier installation states, and which columns say it."""

    documents: tuple[StatedDocument, ...]
    columns: Mapping[str, Mapping[str, str]]
    """By table, what was looked for and the column taken for it."""
    unknown_extraction_count: int
    """Extractions of documents that are not in the table of documents."""


def read_installation(
    documents: SourceTable,
    extractions: SourceTable | None,
    *,
    said: Mapping[str, str],
    statuses: Mapping[str, str],
) -> Installation:
    """`said` names columns, `statuses` translates words of the installation into ours."""
    columns = {documents.name: find_columns(documents.name, documents.columns, DOCUMENT_COLUMNS, said)}
    made: dict[str, list[StatedExtraction]] = {}
    if extractions is not None:
        named = find_columns(extractions.name, extractions.columns, EXTRACTION_COLUMNS, said)
        columns[extractions.name] = named
        made = _extractions(extractions, named)
    stated = tuple(_documents(documents.rows, columns[documents.name], made, statuses))
    known = {document.source_id for document in stated}
    unknown = sum(len(found) for source_id, found in made.items() if source_id not in known)
    return Installation(stated, columns, unknown)


def _extractions(table: SourceTable, named: Mapping[str, str]) -> dict[str, list[StatedExtraction]]:
    if table.rows and "values" not in named:
        raise ConfigurationError(
            f"The table {table.name} has rows but no column that holds what was read; "
            "name it with --column values=NAME."
        )
    rows: Sequence[Row] = table.rows
    if "made_at" in named:
        rows = sorted(rows, key=lambda row: str(row[named["made_at"]] or ""))
    made: dict[str, list[StatedExtraction]] = {}
    for row in rows:
        source_id = _text(row[named["document"]]) or ""
        made.setdefault(source_id, []).append(StatedExtraction(source_id, stated_values(row[named["values"]])))
    return made


def _documents(
    rows: Iterable[Row],
    named: Mapping[str, str],
    made: Mapping[str, Sequence[StatedExtraction]],
    statuses: Mapping[str, str],
) -> Iterator[StatedDocument]:
    for row in rows:
        cell = {what: row[column] for what, column in named.items()}
        source_id, status = _text(cell["id"]) or "", _text(cell["status"]) or ""
        yield StatedDocument(
            source_id=source_id,
            key=_text(cell["key"]) or "",
            status=statuses.get(as_word(status), status),
            document_type=_text(cell.get("type")),
            confidence=_fraction(cell.get("confidence")),
            error=_error(cell.get("error")),
            uploaded_at=_instant(cell.get("uploaded_at")),
            decided_by=_text(cell.get("decided_by")),
            decided_at=_instant(cell.get("decided_at")),
            extractions=tuple(made.get(source_id, ())),
        )


def stated_values(content: Any) -> dict[str, str]:
    """Values by field name out of what an extraction holds: an object, a list of named fields, or JSON of either."""
    if isinstance(content, str):
        try:
            content = json.loads(content)
        except ValueError:
            return {}
    if isinstance(content, Mapping) and isinstance(content.get("fields"), Mapping | list):
        content = content["fields"]
    if isinstance(content, list):
        content = {_text(one.get("name")) or "": one for one in content if isinstance(one, Mapping)}
    if not isinstance(content, Mapping):
        return {}
    named = ((str(name), _value(value)) for name, value in content.items())
    return {name: value for name, value in named if name and value}


def _value(value: Any) -> str | None:
    if isinstance(value, Mapping):
        value = value.get("value")
    if isinstance(value, list):
        return ", ".join(text for one in value if (text := _text(one))) or None
    return None if isinstance(value, Mapping | bool) else _text(value)


def _text(value: Any) -> str | None:
    return None if value is None else str(value).strip() or None


def _error(value: Any) -> str | None:
    """Empty lists and objects are no errors."""
    text = json.dumps(value) if isinstance(value, list | Mapping) else _text(value)
    return None if text in (None, "[]", "{}", "null") else text


def _fraction(value: Any) -> float | None:
    """A confidence in percent or as a fraction; None where it is neither."""
    try:
        number = float(value)
    except (TypeError, ValueError):
        return None
    number = number / 100 if number > 1 else number
    return number if math.isfinite(number) and 0 <= number <= 1 else None


def _instant(value: Any) -> datetime | None:
    """An instant, taken for UTC where it names no zone."""
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value.strip())
        except ValueError:
            return None
    if isinstance(value, date) and not isinstance(value, datetime):
        value = datetime.combine(value, time.min)
    if not isinstance(value, datetime):
        return None
    return value if value.tzinfo else value.replace(tzinfo=UTC)
