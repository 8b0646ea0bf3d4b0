"""The ledger's gateway to the labelled set and to what was measured on it."""

from collections.abc import Sequence
from datetime import datetime

from credmate_pipeline.evaluation.figures import Figure
from credmate_pipeline.evaluation.labelled_set import LabelledDocument, Measurement
from credmate_pipeline.ledger.gateway import Gateway
from credmate_pipeline.ledger.queries import quality
from credmate_pipeline.versions import Versions


class QualityGateway(Gateway):
    """The labelled set and its measurements, as methods of the ledger."""

    def store_truths(
        self, documents: Sequence[LabelledDocument], *, now: datetime, is_whole_set: bool = False
    ) -> tuple[str, ...]:
        """Stores each document's truth, once for the same bytes. With `is_whole_set` all others leave the set;
        returns their hashes."""
        with self._transaction() as connection:
            quality.store_truths(connection, documents, now=now)
            return quality.forget_others(connection, [one.sha256 for one in documents]) if is_whole_set else ()

    def forget_truths(self, hashes: Sequence[str]) -> int:
        """Takes the documents of these bytes out of the set; returns how many were in it."""
        with self._transaction() as connection:
            return quality.forget(connection, hashes)

    def truths(self) -> tuple[LabelledDocument, ...]:
        """The labelled set."""
        with self._transaction() as connection:
            return quality.load_truths(connection)

    def store_figures(self, figures: Sequence[Figure], *, versions: Versions, digest: str, now: datetime) -> None:
        """Stores a measurement of the set of that digest; it is never changed."""
        with self._transaction() as connection:
            quality.store_figures(connection, figures, versions=versions, digest=digest, now=now)

    def measurements(self, *, digest: str, at_most: int) -> tuple[Measurement, ...]:
        """The newest measurement of each version on the set of that digest, newest first."""
        with self._transaction() as connection:
            return quality.load_measurements(connection, digest=digest, at_most=at_most)
