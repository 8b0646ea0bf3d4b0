"""Alerts: what was said to whom, signals that pass, and the sensors' heartbeats."""

from alembic import op

revision = "0007"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE TABLE heartbeats (name text PRIMARY KEY CHECK (name <> ''), beat_at timestamptz NOT NULL)")
    op.execute(
        "CREATE TABLE alert_signals (alert_signal_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, "
        "kind text NOT NULL CHECK (kind <> ''), subject text NOT NULL, signaled_at timestamptz NOT NULL)"
    )
    op.execute("CREATE INDEX alert_signals_newest ON alert_signals (kind, signaled_at)")
    op.execute(
        "CREATE TABLE alert_messages (alert_message_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, "
        "kind text NOT NULL CHECK (kind <> ''), "
        "occasion text NOT NULL CHECK (occasion IN ('raised', 'reminder', 'recovered', 'test')), "
        "trouble_count integer NOT NULL CHECK (trouble_count >= 0), samples text[] NOT NULL, since_at timestamptz, "
        "created_at timestamptz NOT NULL)"
    )
    op.execute("CREATE INDEX alert_messages_newest ON alert_messages (kind, alert_message_id)")
    op.execute(
        "CREATE TABLE alert_deliveries ("
        "alert_message_id bigint NOT NULL REFERENCES alert_messages, channel text NOT NULL, "
        "attempt_count integer NOT NULL DEFAULT 0, tried_at timestamptz, delivered_at timestamptz, error text, "
        "PRIMARY KEY (alert_message_id, channel))"
    )
    op.execute(
        "CREATE INDEX alert_deliveries_pending ON alert_deliveries (alert_message_id) WHERE delivered_at IS NULL"
    )
    op.execute("CREATE INDEX documents_settled ON documents (settled_at) WHERE settled_at IS NOT NULL")


def downgrade() -> None:
    op.execute("DROP INDEX documents_settled")
    op.execute("DROP TABLE alert_deliveries, alert_messages, alert_signals, heartbeats")
