"""A ledger of many settled documents, and a Dagster that shows some of them, made with set-based SQL.

Triggers are off while the rows are made; what they would write (trail, seals) is made too. Dagster's events are
inserted into its table as the storage has them: materializing each document for real would take days.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from hashlib import md5
from pathlib import Path

import dagster as dg
from sqlalchemy import Engine, text

from credmate_pipeline.defs.partitions import DOCUMENTS
from credmate_pipeline.reconciliation.reconcile import SLICE
from credmate_pipeline.stages import Stage
from credmate_pipeline.uploads.local_artifacts import LocalArtifacts
from credmate_pipeline.uploads.local_folder import LocalUploads
from credmate_pipeline.uploads.store import Upload

OWNERS = 2000
FIELDS = 3
STORED_AT = datetime(2026, 1, 1, tzinfo=UTC)

_DOCUMENTS = f"""
INSERT INTO made (document_id, upload_uri, upload_key, upload_version, owner, file_name, byte_count, sha256,
    media_type, page_count, document_type, status, attempt_count, uploaded_at, registered_at, waiting_since_at,
    requested_at, request_count, settled_at, reading_artifact, classification_id, extraction_id)
SELECT id, 's3://bench/' || key, key, md5(n::text), 'p' || n % {OWNERS}, n || '.pdf', 1000 + n % 1000,
    encode(sha256(convert_to('s3://bench/' || key, 'UTF8')), 'hex'), 'application/pdf', 1, 'cme_certificate',
    'completed', 1, at, at, at, at, 1, at + interval '20 seconds', id || '/0123456789abcdef/reading-r.json.gz', n, n
FROM (
    SELECT n, gen_random_uuid() AS id, 'documents/p' || n % {OWNERS} || '/' || n || '.pdf' AS key,
        CASE WHEN n > :count - :live THEN now() - interval '1 day' ELSE now() - interval '200 days' END AS at
    FROM generate_series(1, :count) AS n
) AS drawn"""

_SECONDARY_INDEXES = """
SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' AND NOT EXISTS (
    SELECT FROM pg_constraint WHERE conindid = format('%I', indexname)::regclass)"""

_RESULTS = (
    "UPDATE made SET seal = document_seal(ROW(made.*)::documents)",
    "INSERT INTO documents SELECT * FROM made",
    """
INSERT INTO document_events (document_id, kind, from_status, to_status, actor, occurred_at)
SELECT document_id, kind, from_status, to_status, 'pipeline', at FROM documents, LATERAL (VALUES
    ('registered', NULL, 'uploaded', registered_at), ('moved', 'uploaded', 'completed', settled_at)
) AS event (kind, from_status, to_status, at)""",
    """
INSERT INTO classifications (classification_id, document_id, document_type, confidence, evidence, classifier_version,
    run_id, classified_at) OVERRIDING SYSTEM VALUE
SELECT classification_id, document_id, document_type, 0.99, '[]', '1', 'r', settled_at FROM documents""",
    """
INSERT INTO extraction_results (extraction_id, document_id, document_type, engine, field_reader, reader_version,
    classifier_version, extractor_version, validator_version, stage_seconds, validation_passed, run_id, extracted_at,
    transaction_number) OVERRIDING SYSTEM VALUE
SELECT extraction_id, document_id, document_type, 'tesseract 5', 'rules', '1', '1', '1', '1', '{}', true, 'r',
    settled_at, 1 FROM documents""",
    "INSERT INTO extracted_items (extraction_id, item_position) SELECT extraction_id, 0 FROM documents",
    f"""
INSERT INTO extracted_fields (extraction_id, item_position, field_name, field_position, value, content, confidence,
    method, page, x0, y0, x1, y1, printed_text, further_evidence)
SELECT extraction_id, 0, 'field_' || place, place, '"a value"', 'a value', 0.99, 'rules:label', 1, 0.1, 0.1, 0.4, 0.2,
    'a value', '[]' FROM documents, generate_series(1, {FIELDS}) AS place""",
    # Only the slice that is looked at needs real ones.
    f"""
INSERT INTO extraction_seals (extraction_id, seal)
SELECT extraction_id, extraction_seal(extraction_id) FROM (
    SELECT extraction_id FROM documents ORDER BY document_id LIMIT {SLICE}) AS first""",
)


def fill_ledger(engine: Engine, *, count: int, live: int) -> None:
    """Fills an empty, migrated ledger with `count` completed documents, `live` of them settled yesterday."""
    with engine.begin() as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        connection.execute(text("SET LOCAL work_mem = '256MB'; SET LOCAL maintenance_work_mem = '256MB'"))
        indexes = connection.execute(text(_SECONDARY_INDEXES)).all()
        for index in indexes:
            connection.execute(text(f'DROP INDEX "{index.indexname}"'))
        connection.execute(text("CREATE TEMPORARY TABLE made (LIKE documents INCLUDING DEFAULTS) ON COMMIT DROP"))
        connection.execute(text(_DOCUMENTS), {"count": count, "live": live})
        for statement in _RESULTS:
            connection.execute(text(statement))
        for index in indexes:
            connection.execute(text(index.indexdef.replace(":", "\\:")))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))


def fill_dagster(instance: dg.DagsterInstance, engine: Engine, *, live: int, stages: Iterable[Stage]) -> list[str]:
    """Shows the newest `live` documents as partitions with these stages materialized; returns their keys."""
    with engine.begin() as connection:
        chosen = text("SELECT document_id::text FROM documents ORDER BY extraction_id DESC LIMIT :live")
        keys = list(connection.execute(chosen, {"live": live}).scalars())
    for start in range(0, len(keys), 5000):
        instance.add_dynamic_partitions(str(DOCUMENTS.name), keys[start : start + 5000])
    for stage in stages:
        # One event through the front door, so that Dagster knows the asset.
        instance.report_runless_asset_event(dg.AssetMaterialization(stage.value, partition=keys[0]))
        with engine.begin() as connection:
            connection.execute(
                text(
                    "INSERT INTO dagster.event_logs "
                    "(run_id, event, dagster_event_type, timestamp, asset_key, partition) "
                    "SELECT '', '{}', 'ASSET_MATERIALIZATION', now(), :asset, partition "
                    "FROM dagster.dynamic_partitions AS live WHERE NOT EXISTS (SELECT FROM dagster.event_logs AS known "
                    "WHERE known.asset_key = :asset AND known.partition = live.partition)"
                ),
                {"asset": dg.AssetKey(stage.value).to_string()},
            )
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE dagster.event_logs"))
    return keys


class GeneratedUploads(LocalUploads):
    """The local folder, but for a listing of what `fill_ledger` registered, and its bytes: a million files would
    measure the disk."""

    def __init__(self, root: Path, count: int) -> None:
        super().__init__(root, settle_seconds=0)
        self._count = count

    def list_all(self) -> Iterator[Upload]:
        for number in range(1, self._count + 1):
            key = f"documents/p{number % OWNERS}/{number}.pdf"
            version = md5(str(number).encode(), usedforsecurity=False).hexdigest()
            yield Upload(f"s3://bench/{key}", key, version, 1000 + number % 1000, STORED_AT)

    def read(self, uri: str, *, version: str | None = None) -> bytes:
        return uri.encode()


class GeneratedArtifacts(LocalArtifacts):
    """The local folder, but for a listing of what `fill_ledger` names."""

    def __init__(self, root: Path, engine: Engine) -> None:
        super().__init__(root)
        self._engine = engine

    def keys_between(self, after: str, last: str) -> Iterator[str]:
        lowest = after or "00000000-0000-0000-0000-000000000000"
        with self._engine.connect() as connection:
            yield from connection.execute(
                text(
                    "SELECT reading_artifact FROM documents "
                    "WHERE document_id > cast(:lowest AS uuid) AND document_id <= cast(:last AS uuid)"
                ),
                {"lowest": lowest, "last": last},
            ).scalars()
