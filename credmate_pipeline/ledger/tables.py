"""The ledger's tables as the queries see them. What the database enforces is in the migrations.

`info={"is_sensitive": True}` marks what people-facing listings show only masked (see `masking`).
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Double,
    ForeignKey,
    ForeignKeyConstraint,
    Identity,
    Index,
    Integer,
    MetaData,
    Numeric,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, TIMESTAMP

metadata = MetaData()

SENSITIVE = {"is_sensitive": True}
INSTANT = TIMESTAMP(timezone=True)
UUID = Uuid(as_uuid=False)

providers = Table(
    "providers",
    metadata,
    Column("provider_id", UUID, primary_key=True),
    Column("owner", Text, nullable=False, unique=True),
    Column("npi", Text, info=SENSITIVE),
    Column("organization", Text),
    Column("degree", Text),
    Column("created_at", INSTANT, nullable=False),
    Column("updated_at", INSTANT),
)

provider_names = Table(
    "provider_names",
    metadata,
    Column("provider_id", UUID, ForeignKey("providers.provider_id"), primary_key=True),
    Column("name", Text, primary_key=True, info=SENSITIVE),
    Column("kind", Text, nullable=False, server_default=text("'other'")),
    Column("words", ARRAY(Text), nullable=False, server_default=text("'{}'::text[]"), info=SENSITIVE),
)

document_statuses = Table(
    "document_statuses",
    metadata,
    Column("status", Text, primary_key=True),
    Column("needs_extraction", Boolean, nullable=False),
    Column("is_decided_by_a_person", Boolean, nullable=False),
)

allowed_moves = Table(
    "allowed_moves",
    metadata,
    Column("from_status", Text, ForeignKey("document_statuses.status"), primary_key=True),
    Column("to_status", Text, ForeignKey("document_statuses.status"), primary_key=True),
)

documents = Table(
    "documents",
    metadata,
    Column("document_id", UUID, primary_key=True),
    Column("upload_uri", Text, nullable=False, info=SENSITIVE),
    Column("upload_key", Text, nullable=False, info=SENSITIVE),
    Column("upload_version", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("file_name", Text, nullable=False, info=SENSITIVE),
    Column("provider_id", UUID, ForeignKey("providers.provider_id")),
    Column("byte_count", BigInteger, nullable=False),
    Column("sha256", Text),
    Column("media_type", Text),
    Column("page_count", Integer),
    Column("document_type", Text),
    Column("status", Text, ForeignKey("document_statuses.status"), nullable=False, server_default=text("'uploaded'")),
    Column("reason_code", Text),
    Column("reasons", ARRAY(Text), nullable=False, server_default=text("'{}'::text[]")),
    Column("duplicate_of", UUID, ForeignKey("documents.document_id")),
    Column("attempt_count", Integer, nullable=False, server_default=text("0")),
    Column("claim_run_id", Text),
    Column("claim_until_at", INSTANT),
    Column("uploaded_at", INSTANT, nullable=False),
    Column("registered_at", INSTANT, nullable=False),
    Column("waiting_since_at", INSTANT, nullable=False),
    Column("requested_at", INSTANT),
    Column("request_count", Integer, nullable=False, server_default=text("0")),
    Column("settled_at", INSTANT),
    Column("reading_artifact", Text),
    Column("classification_id", BigInteger),
    Column("extraction_id", BigInteger, unique=True),
    Column("is_canary", Boolean, nullable=False, server_default=text("false")),
    Column("provider_link", Text),
    Column("purged_at", INSTANT),
    Column("seal", Text),
    UniqueConstraint("upload_uri", "upload_version"),
    ForeignKeyConstraint(
        ["document_id", "classification_id"],
        ["classifications.document_id", "classifications.classification_id"],
        use_alter=True,
        name="documents_classification_fkey",
    ),
    ForeignKeyConstraint(
        ["document_id", "extraction_id"],
        ["extraction_results.document_id", "extraction_results.extraction_id"],
        use_alter=True,
        name="documents_extraction_fkey",
    ),
)
Index("documents_by_status", documents.c.status, postgresql_where=text("NOT is_canary"))
Index("documents_newest", documents.c.registered_at, documents.c.document_id, postgresql_where=text("NOT is_canary"))
Index(
    "documents_newest_by_status",
    documents.c.status,
    documents.c.registered_at,
    documents.c.document_id,
    postgresql_where=text("NOT is_canary"),
)
Index(
    "documents_waiting",
    documents.c.registered_at,
    documents.c.document_id,
    postgresql_where=text("status = 'uploaded'"),
)
Index("documents_claims", documents.c.claim_until_at, postgresql_where=text("claim_run_id IS NOT NULL"))
Index("documents_by_run", documents.c.claim_run_id, postgresql_where=text("claim_run_id IS NOT NULL"))
Index("documents_by_bytes", documents.c.sha256, postgresql_where=text("sha256 IS NOT NULL"))
Index("documents_settled", documents.c.settled_at, postgresql_where=text("settled_at IS NOT NULL"))
Index(
    "documents_being_purged",
    documents.c.document_id,
    postgresql_where=text("status = 'purged' AND purged_at IS NULL"),
)
Index(
    "documents_in_review",
    documents.c.settled_at,
    documents.c.document_id,
    postgresql_where=text("status = 'review_pending' AND NOT is_canary"),
)
Index("documents_by_owner", documents.c.owner)
Index("documents_copies", documents.c.duplicate_of, postgresql_where=text("duplicate_of IS NOT NULL"))

document_events = Table(
    "document_events",
    metadata,
    Column("event_id", BigInteger, Identity(always=True), primary_key=True),
    Column("document_id", UUID, ForeignKey("documents.document_id"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("from_status", Text),
    Column("to_status", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("run_id", Text),
    Column("reason", Text, info=SENSITIVE),
    Column("occurred_at", INSTANT, nullable=False),
    Index("document_events_by_document", "document_id", "event_id", postgresql_include=["from_status", "to_status"]),
    Index("document_events_by_day", "occurred_at", postgresql_using="brin"),
)

# Keeps no row: what is inserted becomes a line of the trail, if the ledger shows that it has happened.
document_notes = Table(
    "document_notes",
    metadata,
    Column("document_id", UUID, nullable=False),
    Column("kind", Text, nullable=False),
    Column("reason", Text),
)

classifications = Table(
    "classifications",
    metadata,
    Column("classification_id", BigInteger, Identity(always=True), primary_key=True),
    Column("document_id", UUID, ForeignKey("documents.document_id"), nullable=False),
    Column("document_type", Text, nullable=False),
    Column("confidence", Double, nullable=False),
    Column("evidence", JSONB, nullable=False, info=SENSITIVE),
    Column("pages", JSONB, nullable=False, server_default="[]"),
    Column("classifier_version", Text, nullable=False),
    Column("run_id", Text),
    Column("classified_at", INSTANT, nullable=False),
    Column("reader_version", Text, nullable=False, server_default=text("''")),
    UniqueConstraint("document_id", "classification_id"),
)

extraction_results = Table(
    "extraction_results",
    metadata,
    Column("extraction_id", BigInteger, Identity(always=True), primary_key=True),
    Column("document_id", UUID, ForeignKey("documents.document_id"), nullable=False),
    Column("document_type", Text, nullable=False),
    Column("engine", Text, nullable=False),
    Column("field_reader", Text, nullable=False),
    Column("reader_version", Text, nullable=False),
    Column("classifier_version", Text, nullable=False),
    Column("extractor_version", Text, nullable=False),
    Column("validator_version", Text, nullable=False),
    Column("stage_seconds", JSONB, nullable=False),
    Column("validation_passed", Boolean, nullable=False),
    Column("run_id", Text),
    Column("extracted_at", INSTANT, nullable=False),
    Column("transaction_number", BigInteger, nullable=False),
    Column("totals", JSONB, nullable=False, server_default="[]", info=SENSITIVE),
    Column("pages_set_aside", JSONB, nullable=False, server_default="[]"),
    Column("confidence_version", Text, nullable=False, server_default=""),
    Column("text_digest", Text, info=SENSITIVE),
    UniqueConstraint("document_id", "extraction_id"),
)

extracted_items = Table(
    "extracted_items",
    metadata,
    Column("extraction_id", BigInteger, ForeignKey("extraction_results.extraction_id"), primary_key=True),
    Column("item_position", Integer, primary_key=True),
    Column("document_type", Text),
)

extracted_fields = Table(
    "extracted_fields",
    metadata,
    Column("extraction_id", BigInteger, primary_key=True),
    Column("item_position", Integer, primary_key=True),
    Column("field_name", Text, primary_key=True),
    Column("field_position", Integer, nullable=False),
    Column("value", JSONB, nullable=False, info=SENSITIVE),
    Column("content", Text, nullable=False, info=SENSITIVE),
    Column("confidence", Double, nullable=False),
    Column("method", Text, nullable=False),
    Column("page", Integer, nullable=False),
    Column("x0", Double, nullable=False),
    Column("y0", Double, nullable=False),
    Column("x1", Double, nullable=False),
    Column("y1", Double, nullable=False),
    Column("printed_text", Text, nullable=False, info=SENSITIVE),
    Column("further_evidence", JSONB, nullable=False, info=SENSITIVE),
    ForeignKeyConstraint(
        ["extraction_id", "item_position"], ["extracted_items.extraction_id", "extracted_items.item_position"]
    ),
)

item_identities = Table(
    "item_identities",
    metadata,
    Column("extraction_id", BigInteger, primary_key=True),
    Column("item_position", Integer, primary_key=True),
    Column("document_id", UUID, nullable=False),
    Column("credential_type", Text, nullable=False),
    Column("holder_name", Text, info=SENSITIVE),
    Column("holder_words", ARRAY(Text), nullable=False, info=SENSITIVE),
    Column("number_digest", Text, info=SENSITIVE),
    Column("activity_digest", Text, info=SENSITIVE),
    Column("title_digest", Text, info=SENSITIVE),
    Column("happened_on", Date),
    Column("expires_on", Date),
    Column("credits", Numeric),
    ForeignKeyConstraint(
        ["extraction_id", "item_position"], ["extracted_items.extraction_id", "extracted_items.item_position"]
    ),
    ForeignKeyConstraint(
        ["document_id", "extraction_id"], ["extraction_results.document_id", "extraction_results.extraction_id"]
    ),
)

document_relations = Table(
    "document_relations",
    metadata,
    Column("document_id", UUID, nullable=False, index=True),
    Column("extraction_id", BigInteger, primary_key=True),
    Column("item_position", Integer, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("other_document_id", UUID, ForeignKey("documents.document_id"), primary_key=True),
    Column("other_item_position", Integer, primary_key=True),
    Column("found_at", INSTANT, nullable=False),
    ForeignKeyConstraint(
        ["document_id", "extraction_id"], ["extraction_results.document_id", "extraction_results.extraction_id"]
    ),
)

findings = Table(
    "findings",
    metadata,
    Column("extraction_id", BigInteger, ForeignKey("extraction_results.extraction_id"), primary_key=True),
    Column("finding_position", Integer, primary_key=True),
    Column("item_position", Integer),
    Column("rule", Text, nullable=False),
    Column("severity", Text, nullable=False),
    Column("field_name", Text),
    Column("message", Text, nullable=False),
)

reviews = Table(
    "reviews",
    metadata,
    Column("review_id", BigInteger, Identity(always=True), primary_key=True),
    Column("document_id", UUID, ForeignKey("documents.document_id"), nullable=False),
    Column("extraction_id", BigInteger, nullable=False),
    Column("decision", Text, nullable=False),
    Column("reviewer", Text, nullable=False),
    Column("reason", Text, info=SENSITIVE),
    Column("reviewed_at", INSTANT, nullable=False),
    Column("transaction_number", BigInteger, nullable=False, server_default=text("txid_current()")),
    ForeignKeyConstraint(
        ["document_id", "extraction_id"], ["extraction_results.document_id", "extraction_results.extraction_id"]
    ),
    Index("reviews_by_document", "document_id", "review_id"),
)

corrections = Table(
    "corrections",
    metadata,
    Column("correction_id", BigInteger, Identity(always=True), primary_key=True),
    Column("review_id", BigInteger, ForeignKey("reviews.review_id"), nullable=False, index=True),
    Column("item_position", Integer, nullable=False),
    Column("field_name", Text, nullable=False),
    Column("read_value", JSONB, info=SENSITIVE),
    Column("corrected_value", JSONB, info=SENSITIVE),
    UniqueConstraint("review_id", "item_position", "field_name"),
)

credentials = Table(
    "credentials",
    metadata,
    Column("credential_id", BigInteger, Identity(always=True), primary_key=True),
    Column("document_id", UUID, ForeignKey("documents.document_id"), nullable=False, index=True),
    Column("extraction_id", BigInteger, nullable=False),
    Column("item_position", Integer, nullable=False),
    Column("provider_id", UUID, ForeignKey("providers.provider_id")),
    Column("credential_type", Text, nullable=False),
    Column("expires_on", Date),
    Column("created_by", Text, nullable=False),
    Column("created_at", INSTANT, nullable=False),
    Column("withdrawn_at", INSTANT),
    Column("identity_digest", Text, info=SENSITIVE),
    Column("holder_name", Text, info=SENSITIVE),
    Column("number_digest", Text, info=SENSITIVE),
    Column("activity_digest", Text, info=SENSITIVE),
    Column("title_digest", Text, info=SENSITIVE),
    Column("happened_on", Date),
    Column("credits", Numeric),
    Column("field_values", JSONB, nullable=False, server_default=text("'{}'"), info=SENSITIVE),
    Column("renews", BigInteger, ForeignKey("credentials.credential_id")),
    ForeignKeyConstraint(
        ["document_id", "extraction_id"], ["extraction_results.document_id", "extraction_results.extraction_id"]
    ),
    ForeignKeyConstraint(
        ["extraction_id", "item_position"], ["extracted_items.extraction_id", "extracted_items.item_position"]
    ),
    Index("credentials_expiring", "expires_on"),
)

credential_proofs = Table(
    "credential_proofs",
    metadata,
    Column("credential_id", BigInteger, ForeignKey("credentials.credential_id"), primary_key=True),
    Column("document_id", UUID, nullable=False, index=True),
    Column("extraction_id", BigInteger, primary_key=True),
    Column("item_position", Integer, primary_key=True),
    Column("proven_at", INSTANT, nullable=False),
    ForeignKeyConstraint(
        ["document_id", "extraction_id"], ["extraction_results.document_id", "extraction_results.extraction_id"]
    ),
    ForeignKeyConstraint(
        ["extraction_id", "item_position"], ["extracted_items.extraction_id", "extracted_items.item_position"]
    ),
)

audits = Table(
    "audits",
    metadata,
    Column("audit_id", BigInteger, Identity(always=True), primary_key=True),
    Column("document_id", UUID, nullable=False, index=True),
    Column("extraction_id", BigInteger, nullable=False, unique=True),
    Column("drawn_at", INSTANT, nullable=False),
    Column("is_right", Boolean),
    Column("wrong_fields", ARRAY(Text), nullable=False, server_default=text("'{}'::text[]")),
    Column("auditor", Text),
    Column("audited_at", INSTANT),
    ForeignKeyConstraint(
        ["document_id", "extraction_id"], ["extraction_results.document_id", "extraction_results.extraction_id"]
    ),
)

canary_results = Table(
    "canary_results",
    metadata,
    Column("canary_result_id", BigInteger, Identity(always=True), primary_key=True),
    Column("document_id", UUID, ForeignKey("documents.document_id"), index=True),
    Column("is_passed", Boolean, nullable=False),
    Column("differences", JSONB, nullable=False),
    Column("started_at", INSTANT, nullable=False),
    Column("finished_at", INSTANT, nullable=False, index=True),
)

canary_documents = Table(
    "canary_documents",
    metadata,
    Column("upload_key", Text, primary_key=True),
    Column("document_type", Text, nullable=False),
    Column("fields", JSONB, nullable=False),
    Column("sent_at", INSTANT, nullable=False),
    Column("due_at", INSTANT, nullable=False),
    Column("judged_at", INSTANT),
    Column("retired_at", INSTANT),
    Index("canary_documents_open", "due_at", postgresql_where=text("judged_at IS NULL")),
    Index("canary_documents_through", "judged_at", postgresql_where=text("retired_at IS NULL")),
)

adopted_documents = Table(
    "adopted_documents",
    metadata,
    Column("source_id", Text, primary_key=True),
    Column("document_id", UUID, ForeignKey("documents.document_id"), nullable=False, index=True),
    Column("stated_status", Text, nullable=False),
    Column("stated_type", Text),
    Column("stated_confidence", Double),
    Column("stated_error", Text, info=SENSITIVE),
    Column("stated_values", JSONB, info=SENSITIVE),
    Column("had_extraction", Boolean, nullable=False),
    Column("decision", Text),
    Column("decided_by", Text, info=SENSITIVE),
    Column("decided_at", INSTANT),
    Column("adopted_by", Text, nullable=False),
    Column("adopted_at", INSTANT, nullable=False),
)

reconciliation_reports = Table(
    "reconciliation_reports",
    metadata,
    Column("reconciliation_report_id", BigInteger, Identity(always=True), primary_key=True),
    Column("document_count", BigInteger, nullable=False),
    Column("finding_count", Integer, nullable=False),
    Column("repair_count", Integer, nullable=False),
    Column("findings", JSONB, nullable=False),
    Column("started_at", INSTANT, nullable=False),
    Column("finished_at", INSTANT, nullable=False, index=True),
    Column("positions", JSONB, nullable=False, server_default=text("'{}'")),
)

extraction_seals = Table(
    "extraction_seals",
    metadata,
    Column("extraction_id", BigInteger, ForeignKey("extraction_results.extraction_id"), primary_key=True),
    Column("seal", Text, nullable=False),
)

recalls = Table(
    "recalls",
    metadata,
    Column("document_id", UUID, ForeignKey("documents.document_id"), primary_key=True),
    Column("asked_at", INSTANT, nullable=False),
    Column("requested_at", INSTANT),
    Index("recalls_open", "asked_at", postgresql_where=text("requested_at IS NULL")),
)

untold_filings = Table(
    "untold_filings",
    metadata,
    Column("document_id", UUID, ForeignKey("documents.document_id"), primary_key=True),
    Column("filed_at", INSTANT, nullable=False),
    Column("told_at", INSTANT),
    Index("untold_filings_by_age", "filed_at", "document_id"),
)

accepted_differences = Table(
    "accepted_differences",
    metadata,
    Column("difference", Text, primary_key=True),
    Column("subject", Text, primary_key=True),
    Column("accepted_by", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("accepted_at", INSTANT, nullable=False),
)

ground_truth_documents = Table(
    "ground_truth_documents",
    metadata,
    Column("ground_truth_id", BigInteger, Identity(always=True), primary_key=True),
    Column("sha256", Text, nullable=False, unique=True),
    Column("document_type", Text, nullable=False),
    Column("items", JSONB, nullable=False, info=SENSITIVE),
    Column("origin", Text, nullable=False),
    Column("added_at", INSTANT, nullable=False),
    Column("kind", Text, nullable=False, server_default=text("''")),
    Column("expected_statuses", ARRAY(Text), nullable=False, server_default=text("'{}'::text[]")),
)

accuracy_results = Table(
    "accuracy_results",
    metadata,
    Column("accuracy_result_id", BigInteger, Identity(always=True), primary_key=True),
    Column("document_type", Text, nullable=False),
    Column("field_name", Text),
    Column("document_count", Integer, nullable=False),
    Column("right_count", Integer, nullable=False),
    Column("wrong_count", Integer, nullable=False),
    Column("missing_count", Integer, nullable=False),
    Column("reader_version", Text, nullable=False),
    Column("classifier_version", Text, nullable=False),
    Column("extractor_version", Text, nullable=False),
    Column("validator_version", Text, nullable=False),
    Column("measured_at", INSTANT, nullable=False, index=True),
    Column("measure", Text, nullable=False, server_default=text("'exact'")),
    Column("confidence_version", Text, nullable=False, server_default=text("''")),
    Column("set_digest", Text, nullable=False, server_default=text("''")),
)

replay_requests = Table(
    "replay_requests",
    metadata,
    Column("document_id", UUID, ForeignKey("documents.document_id"), primary_key=True),
    Column("first_stage", Text, nullable=False),
    Column("requested_by", Text, nullable=False),
    Column("requested_at", INSTANT, nullable=False),
    Column("run_asked_at", INSTANT),
    Column("ask_count", Integer, nullable=False, server_default=text("0")),
    Index("replay_requests_waiting", "requested_at", "document_id"),
)


def is_sensitive(table: str, column: str) -> bool:
    """Whether people see the column only masked."""
    return bool(metadata.tables[table].c[column].info.get("is_sensitive"))


heartbeats = Table(
    "heartbeats",
    metadata,
    Column("name", Text, primary_key=True),
    Column("beat_at", INSTANT, nullable=False),
)

alert_signals = Table(
    "alert_signals",
    metadata,
    Column("alert_signal_id", BigInteger, Identity(always=True), primary_key=True),
    Column("kind", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("signaled_at", INSTANT, nullable=False),
    Index("alert_signals_newest", "kind", "signaled_at"),
)

alert_messages = Table(
    "alert_messages",
    metadata,
    Column("alert_message_id", BigInteger, Identity(always=True), primary_key=True),
    Column("kind", Text, nullable=False),
    Column("occasion", Text, nullable=False),
    Column("trouble_count", Integer, nullable=False),
    Column("samples", ARRAY(Text), nullable=False),
    Column("since_at", INSTANT),
    Column("created_at", INSTANT, nullable=False),
    Index("alert_messages_newest", "kind", "alert_message_id"),
)

alert_deliveries = Table(
    "alert_deliveries",
    metadata,
    Column("alert_message_id", BigInteger, ForeignKey("alert_messages.alert_message_id"), primary_key=True),
    Column("channel", Text, primary_key=True),
    Column("attempt_count", Integer, nullable=False, server_default=text("0")),
    Column("tried_at", INSTANT),
    Column("delivered_at", INSTANT),
    Column("error", Text),
    Index("alert_deliveries_pending", "alert_message_id", postgresql_where=text("delivered_at IS NULL")),
)

model_calls = Table(
    "model_calls",
    metadata,
    Column("model_call_id", BigInteger, Identity(always=True), primary_key=True),
    Column("subject", Text, nullable=False),
    Column("model_id", Text, nullable=False),
    Column("reserved_usd", Numeric, nullable=False),
    Column("reserved_at", INSTANT, nullable=False),
    Column("spent_usd", Numeric),
    Column("input_tokens", Integer),
    Column("output_tokens", Integer),
    Column("ended_at", INSTANT),
    Index("model_calls_by_day", "reserved_at"),
    Index("model_calls_by_subject", "subject"),
)
