"""What earlier installations stated of documents that were adopted from them."""

from alembic import op

revision = "0013"
down_revision = "0010"
branch_labels = None
depends_on = None

UPGRADE = (
    """
    CREATE TABLE adopted_documents (
        source_id text PRIMARY KEY CHECK (btrim(source_id) <> ''),
        document_id uuid NOT NULL REFERENCES documents (document_id),
        stated_status text NOT NULL,
        stated_type text,
        stated_confidence double precision CHECK (stated_confidence BETWEEN 0 AND 1),
        stated_error text,
        stated_values jsonb CHECK (stated_values <> '{}'),
        had_extraction boolean NOT NULL,
        decision text CHECK (decision IN ('approved', 'rejected')),
        decided_by text,
        decided_at timestamp with time zone,
        adopted_by text NOT NULL CHECK (btrim(adopted_by) <> ''),
        adopted_at timestamp with time zone NOT NULL,
        CONSTRAINT adopted_values CHECK (had_extraction OR stated_values IS NULL),
        CONSTRAINT adopted_decision CHECK (decision IS NOT NULL OR (decided_by IS NULL AND decided_at IS NULL))
    )
    """,
    "CREATE INDEX ix_adopted_documents_document_id ON adopted_documents (document_id)",
    "CREATE TRIGGER rows_stay BEFORE UPDATE OR DELETE ON adopted_documents FOR EACH ROW "
    "EXECUTE FUNCTION stays_until_purged('{stated_error,stated_values,decided_by}')",
    "CREATE TRIGGER table_stays BEFORE TRUNCATE ON adopted_documents FOR EACH STATEMENT EXECUTE FUNCTION append_only()",
)


def upgrade() -> None:
    for statement in UPGRADE:
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    raise RuntimeError("Revision 0013 is not undone: people's kept decisions would be lost.")
