"""What a layout is."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from random import Random

from credmate_pipeline.samples.facts import Drawn

Draw = Callable[[Random, date], Drawn]
"""Draws one page as of a day: nothing on it happened later than that day, unless it expires."""


@dataclass(frozen=True, slots=True)
class Layout:
    """A named way to draw a document of one type."""

    name: str
    draw: Draw
    is_common: bool = True
    """False where the page has a fault on purpose; such layouts are drawn only where asked for."""
