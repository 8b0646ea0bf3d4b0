"""The gateway to what canaries need of the ledger.

Every method raises `LedgerUnavailable` where PostgreSQL does not answer.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Engine, select

from credmate_pipeline.documents.document import DocumentId
from credmate_pipeline.ledger.connection import translated_errors
from credmate_pipeline.ledger.queries import canaries, reading_back
from credmate_pipeline.ledger.records import DocumentRecord
from credmate_pipeline.ledger.tables import canary_results
from credmate_pipeline.reconciliation.canary import Canary, Verdict, judge

_ROUND_AT_MOST = 20


@dataclass(frozen=True, slots=True)
class CanaryResult:
    """A canary that was judged."""

    document_id: str | None
    is_passed: bool
    differences: tuple[str, ...]
    started_at: datetime
    finished_at: datetime

    @property
    def seconds(self) -> float:
        """From its upload to its verdict."""
        return (self.finished_at - self.started_at).total_seconds()


class CanaryBook:
    """Canaries sent, on their way, and judged. Over a ledger's engine, which its owner closes."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        with translated_errors(self._engine), self._engine.begin() as connection:
            yield connection

    def note_sent(self, canary: Canary, *, sent_at: datetime, due_at: datetime) -> None:
        """Notes a canary before it is uploaded, so that it is never taken for a real document."""
        with self._transaction() as connection:
            canaries.note_sent(connection, canary, sent_at=sent_at, due_at=due_at)

    def last_sent_at(self) -> datetime | None:
        """When the newest canary was sent; None where none ever was."""
        with self._transaction() as connection:
            return canaries.last_sent_at(connection)

    def judge_all(self, *, now: datetime) -> tuple[Verdict, ...]:
        """Judges every canary that is settled or late, once, and stores the verdicts."""
        with self._transaction() as connection:
            verdicts = []
            for sent in canaries.on_their_way(connection):
                extraction = reading_back.load_extraction(connection, sent.document_id) if sent.document_id else None
                verdict = judge(sent, extraction, now=now)
                if verdict is not None:
                    verdicts.append(verdict)
            canaries.store_verdicts(connection, verdicts, now)
            return tuple(verdicts)

    def to_retire(self, *, judged_before: datetime) -> tuple[DocumentRecord, ...]:
        """Canaries that came through before that and are still among uploads and partitions; some of them."""
        with self._transaction() as connection:
            return canaries.to_retire(connection, judged_before)

    def note_retired(self, document_ids: Iterable[DocumentId], *, now: datetime) -> None:
        """Notes that they are gone from uploads and partitions."""
        with self._transaction() as connection:
            canaries.note_retired(connection, document_ids, now)

    def newest_round(self) -> tuple[CanaryResult, ...]:
        """The verdicts on the canaries sent together with the one judged last; those that failed first."""
        newest = self.newest(at_most=_ROUND_AT_MOST)
        together = [one for one in newest if one.started_at == newest[0].started_at]
        return tuple(sorted(together, key=lambda one: one.is_passed))

    def newest(self, *, at_most: int) -> tuple[CanaryResult, ...]:
        """The newest verdicts, newest first."""
        with self._transaction() as connection:
            rows = connection.execute(
                select(
                    canary_results.c.document_id,
                    canary_results.c.is_passed,
                    canary_results.c.differences,
                    canary_results.c.started_at,
                    canary_results.c.finished_at,
                )
                .order_by(canary_results.c.canary_result_id.desc())
                .limit(at_most)
            )
            return tuple(
                CanaryResult(row.document_id, row.is_passed, tuple(row.differences), row.started_at, row.finished_at)
                for row in rows
            )
