"""Seals of settled facts, recalls, accepted differences, and where reconciliation goes on."""

from pathlib import Path

from alembic import op

revision = "0011"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Through the driver itself: SQLAlchemy would take colons and percent signs for parameters.
    cursor = op.get_bind().connection.cursor()
    cursor.execute((Path(__file__).parent / "0011_reconciliation.sql").read_text(encoding="utf-8"))
    cursor.close()


def downgrade() -> None:
    op.execute("DROP TABLE extraction_seals, recalls, accepted_differences")
    op.execute("DROP TRIGGER extraction_sealed ON extraction_results")
    op.execute("DROP TRIGGER document_sealed ON documents")
    op.execute("DROP FUNCTION extraction_sealed, extraction_seal, document_sealed, document_seal")
    op.execute("ALTER TABLE documents DROP COLUMN seal")
    op.execute("ALTER TABLE reconciliation_reports DROP COLUMN positions")
    op.execute("DROP INDEX document_events_by_document")
    op.execute("CREATE INDEX document_events_by_document ON document_events (document_id, event_id)")
