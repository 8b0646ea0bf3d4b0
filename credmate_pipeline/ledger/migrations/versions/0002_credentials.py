"""Providers' rosters, what documents have to do with each other, credentials with their proofs, and tighter rules."""

from pathlib import Path

from alembic import op

revision = "0002"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Through the driver itself: SQLAlchemy would take colons and percent signs for parameters.
    cursor = op.get_bind().connection.cursor()
    cursor.execute((Path(__file__).parent / "0002_credentials.sql").read_text(encoding="utf-8"))
    cursor.close()


def downgrade() -> None:
    raise RuntimeError("Revision 0002 is not undone: credentials would lose their proofs.")
