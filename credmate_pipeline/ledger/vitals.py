"""The gateway to what the doctor asks of the ledger's database.

Every method raises `LedgerUnavailable` where PostgreSQL does not answer.
"""

from datetime import datetime

from credmate_pipeline.ledger.gateway import Gateway
from credmate_pipeline.ledger.queries import vitals
from credmate_pipeline.ledger.queries.vitals import DocumentVitals


class Vitals(Gateway):
    """Versions, clocks and counts. Over a ledger's engine, which its owner closes."""

    def server_version(self) -> int:
        """Such as 150004."""
        with self._transaction() as connection:
            return vitals.server_version(connection)

    def server_now(self) -> datetime:
        """The database's clock."""
        with self._transaction() as connection:
            return vitals.server_now(connection)

    def documents(self) -> DocumentVitals:
        """Real documents in counts."""
        with self._transaction() as connection:
            return vitals.document_vitals(connection)

    def read_count(self) -> int:
        """Documents, canaries too, that were read."""
        with self._transaction() as connection:
            return vitals.read_count(connection)

    def known_count(self) -> int:
        """All documents, canaries too."""
        with self._transaction() as connection:
            return vitals.known_count(connection)

    def dagster_beat(self, schema: str) -> datetime | None:
        """The newest heartbeat of Dagster's daemon kept in `schema` of this database; None where there is none."""
        with self._transaction() as connection:
            return vitals.dagster_beat(connection, schema)
