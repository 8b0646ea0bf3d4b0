"""The ledger's gateway to providers: the roster, and the names a document's holder is compared with."""

from collections.abc import Sequence
from datetime import datetime

from credmate_pipeline.ledger.gateway import Gateway
from credmate_pipeline.ledger.queries import providers
from credmate_pipeline.ledger.records import ProviderRecord, RosterChange
from credmate_pipeline.providers.roster import Entry


class ProviderGateway(Gateway):
    """Providers, as methods of the ledger."""

    def import_roster(
        self, entries: Sequence[Entry], *, actor: str, now: datetime, is_dry_run: bool = False
    ) -> RosterChange:
        """Adds and updates providers, and ties the documents in their folders to them; all or nothing.

        Nobody is removed. Settled documents whose holder is not the provider go to a person. With `is_dry_run`
        nothing is stored. Raises FaultyRoster where the ledger contradicts a line.
        """
        with self._transaction() as connection:
            change = providers.import_roster(connection, entries, actor=actor, now=now)
            if is_dry_run:
                connection.rollback()
            return change

    def providers(self, *, at_most: int | None = None) -> tuple[ProviderRecord, ...]:
        """Providers by their folder's name."""
        with self._transaction() as connection:
            return providers.list_providers(connection, at_most=at_most)

    def provider(self, owner: str) -> ProviderRecord | None:
        """The provider whose folder it is; None where the ledger knows none."""
        with self._transaction() as connection:
            found = providers.list_providers(connection, owner=owner)
            return found[0] if found else None

    def known_names(self, owner: str) -> tuple[str, ...]:
        """The names of the provider uploads at `owner` belong to; none where it is not known."""
        with self._transaction() as connection:
            return providers.known_names(connection, owner)
