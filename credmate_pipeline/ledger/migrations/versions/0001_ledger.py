"""The ledger: tables, states, allowed moves, and what the database itself refuses.

The lists are this revision's own: later code may know other states, an old database does not.
"""

from pathlib import Path

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

NEEDS_EXTRACTION = ("review_pending", "completed", "review_approved", "approved", "review_rejected")
DECIDED_BY_A_PERSON = ("review_approved", "approved", "review_rejected")
MOVES = {
    "uploaded": ("review_pending", "completed", "unsupported", "unreadable", "duplicate", "failed"),
    "review_pending": ("uploaded", "review_approved", "review_rejected"),
    "completed": ("uploaded", "approved", "review_pending", "review_approved", "review_rejected"),
    "review_approved": ("approved", "review_pending"),
    "approved": ("review_pending",),
    "unsupported": ("uploaded", "review_pending"),
    "review_rejected": ("review_pending",),
    "unreadable": ("uploaded",),
    "duplicate": ("uploaded",),
    "failed": ("uploaded",),
}


def upgrade() -> None:
    here = Path(__file__).parent
    _run(here / "0001_tables.sql")
    for status in MOVES:
        needs, decided = status in NEEDS_EXTRACTION, status in DECIDED_BY_A_PERSON
        op.execute(f"INSERT INTO document_statuses VALUES ('{status}', {needs}, {decided})")
    for before, afters in MOVES.items():
        for after in afters:
            op.execute(f"INSERT INTO allowed_moves VALUES ('{before}', '{after}')")
    _run(here / "0001_rules.sql")


def downgrade() -> None:
    raise RuntimeError("The ledger's first revision is not undone: drop the database instead.")


def _run(script: Path) -> None:
    # Through the driver itself: SQLAlchemy would take colons and percent signs for parameters.
    cursor = op.get_bind().connection.cursor()
    cursor.execute(script.read_text(encoding="utf-8"))
    cursor.close()
