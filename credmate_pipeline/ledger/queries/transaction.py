"""Who acts in a transaction, what is noted of it, and what text the database can hold."""

from datetime import datetime

from sqlalchemy import Connection, insert, text

from credmate_pipeline.documents.document import DocumentId
from credmate_pipeline.errors import LedgerRefusal
from credmate_pipeline.ledger.records import EventKind
from credmate_pipeline.ledger.tables import document_notes

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


def note_event(connection: Connection, document_id: DocumentId, kind: EventKind, *, reason: str) -> None:
    """A line of the trail that tells of no move, by whoever acts; moves are written by the database itself.

    It too is written by the database, which refuses what has not happened.
    """
    connection.execute(insert(document_notes).values(document_id=document_id, kind=kind, reason=reason))


def storable(value: str) -> str:
    """Text PostgreSQL can hold: NUL and lone surrogates become U+FFFD."""
    return value.replace("\x00", "\ufffd").encode("utf-8", "surrogatepass").decode("utf-8", "replace")
