"""Canaries on their way."""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "CREATE TABLE canary_documents (upload_key text PRIMARY KEY, document_type text NOT NULL, "
        "fields jsonb NOT NULL CHECK (fields <> '{}'), sent_at timestamptz NOT NULL, "
        "due_at timestamptz NOT NULL CHECK (due_at > sent_at), judged_at timestamptz)"
    )
    op.execute("CREATE INDEX canary_documents_open ON canary_documents (due_at) WHERE judged_at IS NULL")


def downgrade() -> None:
    op.execute("DROP TABLE canary_documents")
