"""Canaries that came through are taken away."""

from alembic import op

revision = "0015"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE canary_documents ADD COLUMN retired_at timestamptz")
    op.execute("CREATE INDEX canary_documents_through ON canary_documents (judged_at) WHERE retired_at IS NULL")


def downgrade() -> None:
    op.execute("DROP INDEX canary_documents_through")
    op.execute("ALTER TABLE canary_documents DROP COLUMN retired_at")
