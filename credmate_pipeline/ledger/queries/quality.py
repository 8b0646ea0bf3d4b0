"""The labelled set, and what was measured on it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Text, any_, cast, delete, func, literal, not_, select
from sqlalchemy.dialects.postgresql import ARRAY, insert

from credmate_pipeline.evaluation.figures import Figure, Measure
from credmate_pipeline.evaluation.labelled_set import LabelledDocument, Measurement
from credmate_pipeline.evaluation.truth import TruthLine
from credmate_pipeline.ledger.tables import accuracy_results, ground_truth_documents
from credmate_pipeline.versions import Versions

_VERSION_COLUMNS = {
    "reader": accuracy_results.c.reader_version,
    "classifier": accuracy_results.c.classifier_version,
    "extractor": accuracy_results.c.extractor_version,
    "validator": accuracy_results.c.validator_version,
    "confidence": accuracy_results.c.confidence_version,
}


def store_truths(connection: Connection, truths: Sequence[LabelledDocument], *, now: datetime) -> None:
    """Stores each; the same bytes again replace what was said of them."""
    for one in truths:
        said = {
            "document_type": one.truth.document_type or "",
            "items": one.truth.model_dump(mode="json", include={"fields", "items"}),
            "origin": one.origin,
            "kind": one.truth.kind,
            "expected_statuses": sorted(one.truth.expected_status),
        }
        row = insert(ground_truth_documents).values(sha256=one.sha256, added_at=now, **said)
        connection.execute(row.on_conflict_do_update(index_elements=["sha256"], set_=said))


def forget_others(connection: Connection, kept: Sequence[str]) -> tuple[str, ...]:
    """Takes every document out of the set but those with these hashes; returns the hashes of those taken out."""
    gone = delete(ground_truth_documents).where(not_(_is_any(kept))).returning(ground_truth_documents.c.sha256)
    return tuple(connection.execute(gone).scalars())


def forget(connection: Connection, hashes: Sequence[str]) -> int:
    """Takes documents out of the set; returns how many."""
    return connection.execute(delete(ground_truth_documents).where(_is_any(hashes))).rowcount


def _is_any(hashes: Sequence[str]) -> ColumnElement[bool]:
    return ground_truth_documents.c.sha256 == any_(cast(literal(list(hashes), ARRAY(Text)), ARRAY(Text)))


def load_truths(connection: Connection) -> tuple[LabelledDocument, ...]:
    rows = connection.execute(select(ground_truth_documents).order_by(ground_truth_documents.c.sha256))
    return tuple(
        LabelledDocument(
            row.sha256,
            row.origin,
            TruthLine.model_validate(
                {
                    **row.items,
                    "file": row.sha256,
                    "document_type": row.document_type or None,
                    "kind": row.kind,
                    "expected_status": row.expected_statuses,
                }
            ),
        )
        for row in rows
    )


def store_figures(
    connection: Connection, figures: Sequence[Figure], *, versions: Versions, digest: str, now: datetime
) -> None:
    rows = [
        {
            "document_type": figure.document_type,
            "field_name": figure.field_name,
            "measure": figure.measure,
            "document_count": figure.of,
            "right_count": figure.right,
            "missing_count": figure.missing,
            "wrong_count": figure.of - figure.right - figure.missing,
            **{column.name: getattr(versions, name) for name, column in _VERSION_COLUMNS.items()},
            "set_digest": digest,
            "measured_at": now,
        }
        for figure in figures
    ]
    if rows:
        connection.execute(insert(accuracy_results), rows)


def load_measurements(connection: Connection, *, digest: str, at_most: int) -> tuple[Measurement, ...]:
    """The newest measurement of each version on this set, newest first."""
    newest = (
        select(func.max(accuracy_results.c.measured_at).label("measured_at"))
        .where(accuracy_results.c.set_digest == digest)
        .group_by(*_VERSION_COLUMNS.values())
        .order_by(func.max(accuracy_results.c.measured_at).desc())
        .limit(at_most)
        .subquery()
    )
    rows = connection.execute(
        select(accuracy_results)
        .join(newest, newest.c.measured_at == accuracy_results.c.measured_at)
        .where(accuracy_results.c.set_digest == digest)
        .order_by(accuracy_results.c.measured_at.desc(), accuracy_results.c.accuracy_result_id)
    ).mappings()
    found: dict[tuple[datetime, Versions], list[Figure]] = {}
    for row in rows:
        versions = Versions(**{name: row[column.name] for name, column in _VERSION_COLUMNS.items()})
        figure = Figure(
            row["document_type"],
            row["field_name"],
            Measure(row["measure"]),
            row["right_count"],
            row["document_count"],
            row["missing_count"],
        )
        found.setdefault((row["measured_at"], versions), []).append(figure)
    return tuple(Measurement(when, versions, tuple(known)) for (when, versions), known in found.items())
