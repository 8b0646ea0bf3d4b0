"""The labelled set, what was measured on it, and requests to read stale results again."""

from alembic import op

revision = "0010"
down_revision = "0015"
branch_labels = None
depends_on = None

UPGRADE = (
    "ALTER TABLE ground_truth_documents "
    "ADD COLUMN kind text NOT NULL DEFAULT '', "
    "ADD COLUMN expected_statuses text[] NOT NULL DEFAULT '{}', "
    "ADD CONSTRAINT ground_truth_sha256 CHECK (sha256 ~ '^[0-9a-f]{64}$'), "
    "ADD CONSTRAINT ground_truth_origin CHECK (btrim(origin) <> '')",
    "ALTER TABLE accuracy_results "
    "ADD COLUMN measure text NOT NULL DEFAULT 'exact', "
    "ADD COLUMN confidence_version text NOT NULL DEFAULT '', "
    "ADD COLUMN set_digest text NOT NULL DEFAULT '', "
    "ADD CONSTRAINT accuracy_measure CHECK "
    "(measure IN ('exact', 'type_right', 'required_right', 'settled', 'settled_right')), "
    "ADD CONSTRAINT accuracy_field CHECK ((measure = 'exact') = (field_name IS NOT NULL)), "
    "ADD CONSTRAINT accuracy_counts CHECK "
    "(least(right_count, wrong_count, missing_count) >= 0 "
    "AND right_count + wrong_count + missing_count = document_count)",
    "CREATE TRIGGER rows_stay BEFORE UPDATE OR DELETE ON accuracy_results "
    "FOR EACH ROW EXECUTE FUNCTION append_only()",
    "CREATE TRIGGER table_stays BEFORE TRUNCATE ON accuracy_results "
    "FOR EACH STATEMENT EXECUTE FUNCTION append_only()",
    "ALTER TABLE classifications ADD COLUMN reader_version text NOT NULL DEFAULT ''",
    """
    CREATE TABLE replay_requests (
        document_id uuid PRIMARY KEY REFERENCES documents,
        first_stage text NOT NULL CHECK (first_stage IN ('ocr', 'classification', 'extraction', 'validation')),
        requested_by text NOT NULL CHECK (btrim(requested_by) <> ''),
        requested_at timestamptz NOT NULL,
        run_asked_at timestamptz,
        ask_count integer NOT NULL DEFAULT 0 CHECK (ask_count >= 0),
        CONSTRAINT replay_requests_asked CHECK ((run_asked_at IS NULL) = (ask_count = 0))
    )
    """,
    # Events are written in the order of their time, so a day is a few blocks of the table.
    "CREATE INDEX document_events_by_day ON document_events USING brin (occurred_at)",
    "CREATE INDEX documents_in_review ON documents (settled_at, document_id) "
    "WHERE status = 'review_pending' AND NOT is_canary",
    "CREATE INDEX replay_requests_waiting ON replay_requests (requested_at, document_id)",
)


def upgrade() -> None:
    for statement in UPGRADE:
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    raise RuntimeError("Revision 0010 is not undone: measured accuracy would be lost.")
