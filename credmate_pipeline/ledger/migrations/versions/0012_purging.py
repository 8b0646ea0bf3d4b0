"""Purging a document on request: the state `purged`, and what may leave the ledger with it."""

from pathlib import Path

from alembic import op

revision = "0012"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Through the driver itself: SQLAlchemy would take colons and percent signs for parameters.
    cursor = op.get_bind().connection.cursor()
    cursor.execute((Path(__file__).parent / "0012_purging.sql").read_text(encoding="utf-8"))
    cursor.close()


def downgrade() -> None:
    raise RuntimeError("Revision 0012 is not undone: what was purged would lose its state.")
