"""How each difference is found: one statement a kind, each giving `id` and `since` of what disagrees.

They compare the ledger with what was copied into temporary tables (`stored_uploads`, `stored_artifacts`,
`partition_keys`, `validated_keys`, `slice`). Nothing here repairs.
"""

from credmate_pipeline.reconciliation.differences import Difference

_SETTLED = "document.status NOT IN ('uploaded', 'purged')"
_NEEDS_EXTRACTION = (
    "document.status IN ('review_pending', 'completed', 'review_approved', 'approved', 'review_rejected')"
)
_IS_STORED = "stored.uri = document.upload_uri"
_IS_EXPECTED = (
    f"{_SETTLED} AND NOT document.is_canary AND document.registered_at < :started_at "
    "AND NOT (document.status = 'unreadable' AND document.reason_code = 'file-missing')"
)
_IS_WAITING_TOO_LONG = (
    "document.status = 'uploaded' AND document.claim_run_id IS NULL "
    "AND coalesce(document.requested_at, document.registered_at) < :impatient_before"
)
_IS_IN_WINDOW = (
    # A canary that came through leaves storage and partitions soon.
    f"{_SETTLED} AND NOT document.is_canary AND document.claim_run_id IS NULL "
    "AND document.settled_at BETWEEN :window_from AND :impatient_before"
)
_HAS_KEY = "EXISTS (SELECT FROM partition_keys AS known WHERE known.document_id = document.document_id)"
_IS_RECALLED = (
    "EXISTS (SELECT FROM recalls WHERE recalls.document_id = document.document_id "
    "AND coalesce(recalls.requested_at, recalls.asked_at) > :impatient_before)"
)

UNMATCHED = """
    CREATE TEMPORARY TABLE unmatched ON COMMIT DROP AS
    SELECT document.document_id, stored.uri, stored.key, stored.version, stored.byte_count, stored.stored_at
    FROM stored_uploads AS stored FULL JOIN documents AS document
    ON document.upload_uri = stored.uri AND document.upload_version = stored.version
        AND document.byte_count = stored.byte_count
    WHERE stored.uri IS NULL OR document.document_id IS NULL"""
"""Documents without their file as it was read, and files without their document: one pass over both."""

UPLOADS: dict[Difference, str] = {
    Difference.UPLOAD_GONE: f"""
        SELECT document.document_id::text AS id, document.settled_at AS since
        FROM unmatched JOIN documents AS document USING (document_id)
        WHERE {_IS_EXPECTED} AND NOT EXISTS (SELECT FROM stored_uploads AS stored WHERE {_IS_STORED})""",
    Difference.UPLOAD_REPLACED: f"""
        SELECT document.document_id::text AS id, document.settled_at AS since
        FROM unmatched JOIN documents AS document USING (document_id)
        WHERE {_IS_EXPECTED} AND EXISTS (SELECT FROM stored_uploads AS stored WHERE {_IS_STORED})""",
}

UNREGISTERED = """
    SELECT stored.uri, stored.key, stored.version, stored.byte_count, stored.stored_at, count(*) OVER () AS found_count
    FROM unmatched AS stored
    WHERE stored.document_id IS NULL AND stored.stored_at < :impatient_before AND NOT EXISTS (
        SELECT FROM documents AS document
        WHERE document.upload_uri = stored.uri AND document.upload_version = stored.version)
    ORDER BY stored.stored_at, stored.uri LIMIT :at_most"""

CLAIM_HOLDERS = "SELECT DISTINCT claim_run_id FROM documents WHERE claim_run_id IS NOT NULL"

ORCHESTRATOR: dict[Difference, str] = {
    Difference.CLAIMED_BY_DEAD_RUN: """
        SELECT document.document_id::text AS id, document.registered_at AS since FROM documents AS document
        WHERE document.claim_run_id = ANY(:dead_runs)""",
    Difference.STUCK: f"""
        SELECT document.document_id::text AS id, document.registered_at AS since FROM documents AS document
        WHERE {_IS_WAITING_TOO_LONG} AND {_HAS_KEY}""",
    Difference.DOCUMENT_WITHOUT_PARTITION: f"""
        SELECT document.document_id::text AS id, document.registered_at AS since FROM documents AS document
        WHERE {_IS_WAITING_TOO_LONG} AND NOT {_HAS_KEY}
        UNION ALL
        SELECT document.document_id::text AS id, document.settled_at AS since FROM documents AS document
        WHERE {_IS_IN_WINDOW} AND NOT {_HAS_KEY} AND NOT {_IS_RECALLED}""",
    Difference.MATERIALIZED_WITHOUT_EXTRACTION: f"""
        SELECT document.document_id::text AS id, NULL::timestamptz AS since
        FROM validated_keys JOIN documents AS document ON document.document_id = validated_keys.document_id
        WHERE ({_NEEDS_EXTRACTION} OR document.status = 'uploaded')
        AND (document.claim_run_id IS NULL OR document.claim_run_id = ANY(:dead_runs))
        AND NOT EXISTS (
            SELECT FROM extraction_results AS result JOIN extracted_fields AS field USING (extraction_id)
            WHERE result.document_id = document.document_id)""",
    Difference.EXTRACTION_WITHOUT_MATERIALIZATION: f"""
        SELECT document.document_id::text AS id, document.settled_at AS since FROM documents AS document
        WHERE {_IS_IN_WINDOW} AND {_NEEDS_EXTRACTION} AND {_HAS_KEY} AND NOT {_IS_RECALLED}
        AND NOT EXISTS (SELECT FROM validated_keys AS shown WHERE shown.document_id = document.document_id)""",
    Difference.PARTITION_WITHOUT_DOCUMENT: """
        SELECT known.key AS id, NULL::timestamptz AS since FROM partition_keys AS known
        WHERE NOT EXISTS (SELECT FROM documents AS document WHERE document.document_id = known.document_id)""",
}

LEDGER: dict[Difference, str] = {
    Difference.FACTS_EDITED: f"""
        SELECT document.document_id::text AS id, document.settled_at AS since FROM documents AS document
        WHERE {_SETTLED} AND document.claim_run_id IS NULL
        AND document.seal IS DISTINCT FROM document_seal(document)""",
    Difference.STATUS_NOT_IN_TRAIL: """
        SELECT document.document_id::text AS id, document.settled_at AS since FROM documents AS document
        LEFT JOIN (
            SELECT DISTINCT ON (document_id) document_id, to_status
            FROM document_events ORDER BY document_id DESC, event_id DESC
        ) AS last USING (document_id)
        WHERE last.to_status IS DISTINCT FROM document.status""",
}

SLICE: dict[Difference, str] = {
    Difference.EXTRACTION_EDITED: """
        SELECT slice.document_id::text AS id, slice.settled_at AS since
        FROM slice LEFT JOIN extraction_seals USING (extraction_id)
        WHERE slice.extraction_id IS NOT NULL
        AND extraction_seals.seal IS DISTINCT FROM extraction_seal(slice.extraction_id)""",
    Difference.EXTRACTION_WITHOUT_EVIDENCE: f"""
        SELECT document.document_id::text AS id, document.settled_at AS since FROM slice AS document
        WHERE {_NEEDS_EXTRACTION} AND (
            NOT EXISTS (SELECT FROM extracted_fields AS field WHERE field.extraction_id = document.extraction_id)
            OR EXISTS (SELECT FROM extracted_fields AS field WHERE field.extraction_id = document.extraction_id
                AND (field.page < 1 OR btrim(field.printed_text) = '')))""",
    Difference.STATUS_NOT_IN_TRAIL: """
        SELECT DISTINCT document_id::text AS id, settled_at AS since FROM (
            SELECT slice.document_id, slice.settled_at, event.from_status,
                lag(event.to_status) OVER (PARTITION BY event.document_id ORDER BY event.event_id) AS before
            FROM slice JOIN document_events AS event USING (document_id)
        ) AS trail WHERE from_status IS DISTINCT FROM before""",
}

ARTIFACTS: dict[Difference, str] = {
    Difference.ARTIFACT_MISSING: """
        SELECT document.document_id::text AS id, document.settled_at AS since FROM slice AS document
        WHERE document.reading_artifact IS NOT NULL AND document.settled_at < :started_at
        AND NOT EXISTS (SELECT FROM stored_artifacts AS stored WHERE stored.key = document.reading_artifact)""",
}
