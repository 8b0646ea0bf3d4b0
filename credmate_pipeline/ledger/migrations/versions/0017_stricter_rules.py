"""Copies name originals, the trail is the ledger's alone, places have an extent, unsupported was found to be so."""

from pathlib import Path

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Through the driver itself: SQLAlchemy would take colons and percent signs for parameters.
    cursor = op.get_bind().connection.cursor()
    cursor.execute((Path(__file__).parent / "0017_stricter_rules.sql").read_text(encoding="utf-8"))
    cursor.close()


def downgrade() -> None:
    raise RuntimeError("Revision 0017 is not undone: the code of before cannot write the trail.")
