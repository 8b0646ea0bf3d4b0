"""What tells one environment from another: versions, clocks, counts, how long documents take to settle."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, literal_column, not_, select, text

from credmate_pipeline.ledger.states import NEEDS_EXTRACTION, DocumentStatus
from credmate_pipeline.ledger.tables import document_events, documents, extracted_fields

_NEWEST = 1000
"""Documents that settle times are taken from."""
_IS_REAL = not_(documents.c.is_canary)


@dataclass(frozen=True, slots=True)
class DocumentVitals:
    """Real documents in counts."""

    by_status: Mapping[str, int]
    with_extraction: int
    """Those whose current extraction has a field with its place."""
    states_a_reading: int
    """Those whose status cannot be true without one."""
    settle_seconds_p50: float | None
    settle_seconds_p95: float | None
    """From registered to first settled, of the newest."""

    @property
    def total(self) -> int:
        return sum(self.by_status.values())


def server_version(connection: Connection) -> int:
    """Such as 150004."""
    return int(connection.execute(text("SHOW server_version_num")).scalar_one())


def server_now(connection: Connection) -> datetime:
    return connection.execute(select(func.clock_timestamp())).scalar_one()


def document_vitals(connection: Connection) -> DocumentVitals:
    rows = connection.execute(
        select(documents.c.status, func.count()).where(_IS_REAL).group_by(documents.c.status)
    ).all()
    counts = {str(status): count for status, count in rows}
    p50, p95 = _settle_seconds(connection)
    return DocumentVitals(
        by_status=counts,
        with_extraction=_count_with_extraction(connection),
        states_a_reading=sum(counts.get(status, 0) for status in NEEDS_EXTRACTION),
        settle_seconds_p50=p50,
        settle_seconds_p95=p95,
    )


def _count_with_extraction(connection: Connection) -> int:
    has_field = (
        select(literal_column("1")).where(extracted_fields.c.extraction_id == documents.c.extraction_id).exists()
    )
    return connection.execute(select(func.count()).select_from(documents).where(_IS_REAL, has_field)).scalar_one()


def _settle_seconds(connection: Connection) -> tuple[float | None, float | None]:
    newest = (
        select(documents.c.document_id, documents.c.registered_at)
        .where(_IS_REAL, documents.c.status != DocumentStatus.UPLOADED)
        .order_by(documents.c.registered_at.desc())
        .limit(_NEWEST)
        .subquery()
    )
    settled_at = func.min(document_events.c.occurred_at)
    seconds = (
        select(func.extract("epoch", settled_at - newest.c.registered_at).label("seconds"))
        .join(document_events, document_events.c.document_id == newest.c.document_id)
        .where(document_events.c.kind == "moved")
        .group_by(newest.c.document_id, newest.c.registered_at)
        .subquery()
    )
    at = [func.percentile_cont(share).within_group(seconds.c.seconds) for share in (0.5, 0.95)]
    row = connection.execute(select(*at)).one()
    return tuple(None if one is None else round(float(one), 1) for one in row)  # type: ignore[return-value]


def read_count(connection: Connection) -> int:
    """Documents, canaries too, that were read: with an extraction, or found to be of no known type."""
    is_read = documents.c.extraction_id.is_not(None) | documents.c.classification_id.is_not(None)
    return connection.execute(select(func.count()).select_from(documents).where(is_read)).scalar_one()


def known_count(connection: Connection) -> int:
    """All documents, canaries too."""
    return connection.execute(select(func.count()).select_from(documents)).scalar_one()


def dagster_beat(connection: Connection, schema: str) -> datetime | None:
    """The newest heartbeat of Dagster's daemon kept in `schema` of this database; None where there is none."""
    place = connection.execute(select(func.to_regclass(f"{schema}.daemon_heartbeats"))).scalar()
    if place is None:
        return None
    quoted = connection.dialect.identifier_preparer.quote_identifier(schema)
    # The column `timestamp` has no zone; the seconds in the body need none.
    newest = "to_timestamp(max((body::jsonb ->> 'timestamp')::float8))"
    return connection.execute(text(f"SELECT {newest} FROM {quoted}.daemon_heartbeats")).scalar()  # noqa: S608  # quoted
