"""The version of the model behind confidences, and the audits of documents settled without a person."""

from alembic import op

revision = "0003"
down_revision = "0008"
branch_labels = None
depends_on = None

UPGRADE = (
    "ALTER TABLE extraction_results ADD COLUMN confidence_version text NOT NULL DEFAULT ''",
    """
    CREATE TABLE audits (
        audit_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        document_id uuid NOT NULL,
        extraction_id bigint NOT NULL UNIQUE,
        drawn_at timestamp with time zone NOT NULL,
        is_right boolean,
        wrong_fields text[] NOT NULL DEFAULT '{}',
        auditor text CHECK (btrim(auditor) <> ''),
        audited_at timestamp with time zone,
        FOREIGN KEY (document_id, extraction_id) REFERENCES extraction_results (document_id, extraction_id),
        CONSTRAINT audits_verdict CHECK (
            (is_right IS NULL) = (auditor IS NULL) AND (is_right IS NULL) = (audited_at IS NULL)
        ),
        CONSTRAINT audits_wrong_fields CHECK ((is_right IS FALSE) OR cardinality(wrong_fields) = 0)
    )
    """,
    "CREATE INDEX audits_by_document ON audits (document_id)",
    "CREATE INDEX audits_open ON audits (drawn_at) WHERE is_right IS NULL",
    """
    CREATE FUNCTION audit_stands() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'DELETE' OR OLD.is_right IS NOT NULL OR NEW.extraction_id <> OLD.extraction_id THEN
            RAISE EXCEPTION 'an audit is neither deleted nor changed once judged' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END $$
    """,
    "CREATE TRIGGER audit_stands BEFORE UPDATE OR DELETE ON audits FOR EACH ROW EXECUTE FUNCTION audit_stands()",
    "CREATE TRIGGER audits_stay BEFORE TRUNCATE ON audits FOR EACH STATEMENT EXECUTE FUNCTION append_only()",
)


def upgrade() -> None:
    for statement in UPGRADE:
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    raise RuntimeError("Revision 0003 is not undone: the audits would be lost.")
