"""The ledger's gateway to stale results and to requests to make them anew."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from credmate_pipeline.documents.document import DocumentId
from credmate_pipeline.ledger.gateway import Gateway
from credmate_pipeline.ledger.queries import listing, replays, standing
from credmate_pipeline.outcome import Outcome
from credmate_pipeline.reconciliation.stale import Making, ReplayCounts, StaleDocument, StaleGroup
from credmate_pipeline.run_plan import DueReplay


class ReplayGateway(Gateway):
    """Stale results and replays, as methods of the ledger."""

    def makings(self) -> tuple[Making, ...]:
        """How the current results of all settled documents were made, counted."""
        with self._transaction() as connection:
            return replays.makings(connection)

    def stale_documents(self, groups: Sequence[StaleGroup], *, at_most: int | None = None) -> tuple[StaleDocument, ...]:
        """The documents of the groups, the first registered first within each."""
        with self._transaction() as connection:
            return replays.stale_documents(connection, groups, at_most=at_most)

    def foresee(self, document_id: DocumentId, outcome: Outcome) -> Outcome:
        """The outcome with what the ledger would add to it in settling: nothing is stored."""
        with self._transaction() as connection:
            (document,) = listing.documents_by_id(connection, [document_id])
            return standing.judged(outcome, standing.standing_of(connection, document, outcome))

    def request_replays(
        self, groups: Sequence[StaleGroup], *, requested_by: str, attempts_allowed: int, now: datetime
    ) -> int:
        """Asks for the documents of the groups to be read again; returns how many were not asked for already."""
        with self._transaction() as connection:
            return replays.request_replays(
                connection, groups, requested_by=requested_by, attempts_allowed=attempts_allowed, now=now
            )

    def due_replays(
        self, *, now: datetime, patience: timedelta, attempts_allowed: int, at_most: int
    ) -> tuple[DueReplay, ...]:
        """Documents to read again for which no run was asked within the patience, the first requested first."""
        with self._transaction() as connection:
            return replays.due_replays(
                connection, now=now, patience=patience, attempts_allowed=attempts_allowed, at_most=at_most
            )

    def mark_replays_asked(self, document_ids: Iterable[str], *, now: datetime) -> None:
        """Notes that runs were asked for."""
        with self._transaction() as connection:
            replays.mark_replays_asked(connection, document_ids, now=now)

    def replay_counts(self, *, attempts_allowed: int) -> ReplayCounts:
        """Requests that are not done."""
        with self._transaction() as connection:
            return replays.replay_counts(connection, attempts_allowed=attempts_allowed)
