"""The ledger's gateway to what is looked at beside the journey."""

from datetime import date

from credmate_pipeline.ledger.gateway import Gateway
from credmate_pipeline.ledger.queries import oversight
from credmate_pipeline.oversight.activity import DayActivity
from credmate_pipeline.oversight.expiring import ExpiringCredential
from credmate_pipeline.oversight.review_queue import ReviewQueue


class OversightGateway(Gateway):
    """Queues, days and expiries, as methods of the ledger. Canaries count nowhere."""

    def waiting_for_a_person(self, *, at_most: int) -> ReviewQueue:
        """Everything in review in counts, and `at_most` of the longest waiting one by one."""
        with self._transaction() as connection:
            return oversight.review_queue(connection, at_most=at_most)

    def day_activity(self, day: date) -> DayActivity:
        """What that day, UTC, brought. The same at any later time: the audit trail is never changed."""
        with self._transaction() as connection:
            return oversight.day_activity(connection, day)

    def expiring_credentials(self, *, until: date) -> tuple[ExpiringCredential, ...]:
        """Credentials on file that have expired or do by `until`, and that no later one renews; the soonest first."""
        with self._transaction() as connection:
            return oversight.expiring_credentials(connection, until=until)
