"""Packets and transcripts: items of their own type, printed totals, pages that give no item."""

from alembic import op

revision = "0005"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE classifications ADD COLUMN pages jsonb NOT NULL DEFAULT '[]'")
    op.execute("ALTER TABLE extracted_items ADD COLUMN document_type text CHECK (document_type <> '')")
    op.execute(
        "ALTER TABLE extraction_results ADD COLUMN totals jsonb NOT NULL DEFAULT '[]', "
        "ADD COLUMN pages_set_aside jsonb NOT NULL DEFAULT '[]'"
    )
    op.execute("ALTER TABLE findings ALTER COLUMN item_position DROP NOT NULL")


def downgrade() -> None:
    op.execute("ALTER TABLE findings ALTER COLUMN item_position SET NOT NULL")
    op.execute("ALTER TABLE extraction_results DROP COLUMN totals, DROP COLUMN pages_set_aside")
    op.execute("ALTER TABLE extracted_items DROP COLUMN document_type")
    op.execute("ALTER TABLE classifications DROP COLUMN pages")
