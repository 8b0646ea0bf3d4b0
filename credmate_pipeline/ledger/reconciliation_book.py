"""The gateway to what reconciliation needs of the ledger's database.

Every method raises `LedgerUnavailable` where PostgreSQL does not answer.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta

from sqlalchemy import Connection, Engine

from credmate_pipeline.ledger.connection import translated_errors
from credmate_pipeline.ledger.queries import reconciling
from credmate_pipeline.ledger.queries.reconciling import HashedDocument
from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.reconciliation.differences import Difference, Found
from credmate_pipeline.reconciliation.report import Report
from credmate_pipeline.run_plan import DueDocument
from credmate_pipeline.uploads.store import Upload

_RECALLS_KEPT = timedelta(days=1)

ListBetween = Callable[[str, str], Iterable[str]]
"""Lists artifacts' keys whose folder comes after the first and not after the second."""


class ReconciliationBook:
    """Comparisons, and what is remembered of them. Over a ledger's engine, which its owner closes."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        with translated_errors(self._engine), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def _comparison(self) -> Iterator[Connection]:
        """A transaction that may use memory: its joins are as long as the ledger."""
        with self._transaction() as connection:
            reconciling.allow_memory(connection)
            yield connection

    # Comparing

    def compare_uploads(
        self, uploads: Iterable[Upload], *, started_at: datetime, impatient_before: datetime
    ) -> tuple[int, tuple[Found, ...], int, tuple[Upload, ...]]:
        """How many uploads are stored, what differs, and how many (and which) of them the ledger does not know.

        Whatever listing them raises comes through, and nothing was compared.
        """
        with self._comparison() as connection:
            stored_count = reconciling.copy_uploads(connection, uploads)
            found = tuple(reconciling.compare_uploads(connection, started_at=started_at))
            count, unknown = reconciling.unregistered(connection, impatient_before=impatient_before)
            return stored_count, found, count, unknown

    def claim_holders(self) -> tuple[str, ...]:
        """Runs that hold documents."""
        with self._comparison() as connection:
            return reconciling.claim_holders(connection)

    def compare_orchestrator(
        self,
        partition_keys: Iterable[str],
        validated_keys: Iterable[str],
        *,
        dead_runs: Iterable[str],
        impatient_before: datetime,
        window_from: datetime,
    ) -> tuple[Found, ...]:
        """What differs between the ledger and Dagster. Documents settled before `window_from` need no key."""
        with self._comparison() as connection:
            reconciling.copy_orchestrator(connection, partition_keys, validated_keys)
            return tuple(
                reconciling.compare_orchestrator(
                    connection, dead_runs=dead_runs, impatient_before=impatient_before, window_from=window_from
                )
            )

    def compare_ledger(self) -> tuple[Found, ...]:
        """What differs within the ledger, in all documents."""
        with self._comparison() as connection:
            return tuple(reconciling.compare_ledger(connection))

    def compare_slice(self, after: str, *, at_most: int) -> tuple[tuple[Found, ...], str]:
        """What differs within the next `at_most` documents after `after`; and where the next slice goes on."""
        with self._comparison() as connection:
            _last, next_after = reconciling.cut_slice(connection, after, at_most)
            return tuple(reconciling.compare_slice(connection)), next_after

    def compare_artifacts(
        self, list_between: ListBetween, after: str, *, at_most: int, started_at: datetime
    ) -> tuple[Found, ...]:
        """Artifacts missing of the same slice. Whatever listing them raises comes through."""
        with self._comparison() as connection:
            last, _next = reconciling.cut_slice(connection, after, at_most)
            if not reconciling.expects_artifacts(connection):
                return ()
            reconciling.copy_artifacts(connection, list_between(after, last))
            return tuple(reconciling.compare_artifacts(connection, started_at=started_at))

    def documents_to_hash(self, after: str, *, at_most: int) -> tuple[HashedDocument, ...]:
        """The next documents whose bytes are to be hashed again."""
        with self._transaction() as connection:
            return reconciling.documents_to_hash(connection, after, at_most)

    def is_accepted(self, difference: Difference, subject: str) -> bool:
        with self._transaction() as connection:
            return reconciling.is_accepted(connection, difference, subject)

    def oldest(self, status: DocumentStatus) -> datetime | None:
        """Since when the longest has been in `status`."""
        with self._transaction() as connection:
            return reconciling.oldest(connection, status)

    # Telling Dagster again

    def recall(self, document_ids: Iterable[str], *, now: datetime) -> int:
        """Asks that Dagster be told again of those of the documents that are settled; returns how many."""
        with self._transaction() as connection:
            return reconciling.recall(connection, document_ids, now=now)

    def has_open_recalls(self) -> bool:
        with self._transaction() as connection:
            return reconciling.count_open_recalls(connection) > 0

    def open_recalls(self, known_keys: Iterable[str], *, at_most: int) -> tuple[DueDocument, ...]:
        """Documents of which Dagster is to be told again; those without a key among `known_keys` as never requested."""
        with self._transaction() as connection:
            return reconciling.open_recalls(connection, known_keys, at_most)

    def note_recalled(self, document_ids: Iterable[str], *, now: datetime) -> None:
        """Notes that runs were asked for."""
        with self._transaction() as connection:
            reconciling.note_recalled(connection, document_ids, now=now)

    # Remembering

    def accept(self, difference: Difference, subject: str, *, accepted_by: str, reason: str, now: datetime) -> bool:
        """Has reconciliation pass over a difference from now on; False where it did already."""
        with self._transaction() as connection:
            return reconciling.accept(connection, difference, subject, accepted_by=accepted_by, reason=reason, now=now)

    def positions(self) -> dict[str, str]:
        """Where the newest reconciliation ended its slices."""
        with self._transaction() as connection:
            return reconciling.newest_positions(connection)

    def store(self, report: Report, positions: Mapping[str, str]) -> None:
        """Stores a report, and where the next reconciliation goes on."""
        row = {
            "document_count": report.document_count,
            "finding_count": report.finding_count,
            "repair_count": report.repair_count,
            "findings": [finding.as_json() for finding in report.findings],
            "started_at": report.started_at,
            "finished_at": report.finished_at,
            "positions": dict(positions),
        }
        with self._transaction() as connection:
            reconciling.forget_recalls(connection, report.started_at - _RECALLS_KEPT)
            reconciling.store_report(connection, row)
