"""Who acts in a transaction, and what text the database can hold. The triggers read the former."""

from datetime import datetime

from sqlalchemy import Connection, text

from credmate_pipeline.errors import LedgerRefusal

PIPELINE = "pipeline"
"""The actor of everything no person asked for."""

_SPEAK = text(
    "SELECT set_config('credmate.actor', :actor, true), set_config('credmate.run_id', :run_id, true),"
    " set_config('credmate.reason', :reason, true), set_config('credmate.at', :at, true)"
)


def act_as(
    connection: Connection, actor: str, *, now: datetime, run_id: str | None = None, reason: str | None = None
) -> None:
    """Names who moves documents until the transaction ends; the audit trail's entries say so."""
    if not actor.strip():
        raise LedgerRefusal("A move needs an actor: say who asks for it.")
    connection.execute(
        _SPEAK,
        {"actor": actor, "run_id": run_id or "", "reason": storable(reason or ""), "at": now.isoformat()},
    )


def storable(value: str) -> str:
    """Text PostgreSQL can hold: NUL and lone surrogates become U+FFFD."""
    return value.replace("\x00", "\ufffd").encode("utf-8", "surrogatepass").decode("utf-8", "replace")
