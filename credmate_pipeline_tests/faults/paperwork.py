"""Small documents drawn for a fault: every one another person's, most of them scans."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from random import Random

from credmate_pipeline.samples.catalog import draw_one
from credmate_pipeline.samples.plan import Order
from credmate_pipeline.samples.sample import Kind
from credmate_pipeline_tests.papers import picture_of, scan_pdf

_DPI = 200
"""Fine enough to be read at the first look."""


@dataclass
class Paperwork:
    """Draws without repeating itself."""

    rng: Random = field(default_factory=Random)

    def scan(self) -> bytes:
        """A page that only OCR can read."""
        return scan_pdf(picture_of(self.born_digital(), dpi=_DPI))

    def born_digital(self) -> bytes:
        """A page with text of its own."""
        today = datetime.now(UTC).date()
        return draw_one(Order(Kind.BORN_DIGITAL, "cme_awarded"), self.rng, today=today).content
