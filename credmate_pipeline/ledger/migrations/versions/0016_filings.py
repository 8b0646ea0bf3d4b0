"""Filings of a person's approvals that Dagster does not show yet."""

from alembic import op

revision = "0016"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "CREATE TABLE untold_filings (document_id uuid PRIMARY KEY REFERENCES documents, "
        "filed_at timestamptz NOT NULL, told_at timestamptz)"
    )
    op.execute("CREATE INDEX untold_filings_by_age ON untold_filings (filed_at, document_id)")
    # Nobody told Dagster of those approved before.
    op.execute(
        "INSERT INTO untold_filings (document_id, filed_at) SELECT document_id, settled_at FROM documents "
        "WHERE status = 'approved' AND NOT is_canary"
    )


def downgrade() -> None:
    op.execute("DROP TABLE untold_filings")
