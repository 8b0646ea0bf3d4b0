"""Calls to a paid model: reserved before they are made, so that a limit holds however many run at once."""

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "CREATE TABLE model_calls (model_call_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, "
        "subject text NOT NULL CHECK (subject <> ''), model_id text NOT NULL CHECK (model_id <> ''), "
        "reserved_usd numeric NOT NULL CHECK (reserved_usd >= 0), reserved_at timestamptz NOT NULL, "
        "spent_usd numeric CHECK (spent_usd >= 0), input_tokens integer CHECK (input_tokens >= 0), "
        "output_tokens integer CHECK (output_tokens >= 0), ended_at timestamptz, "
        "CHECK ((ended_at IS NULL) = (spent_usd IS NULL)))"
    )
    op.execute("CREATE INDEX model_calls_by_day ON model_calls (reserved_at)")
    op.execute("CREATE INDEX model_calls_by_subject ON model_calls (subject)")


def downgrade() -> None:
    op.execute("DROP TABLE model_calls")
