"""What state boards ask of continuing education: the boards' table, loaded from package data, with its doubts.

Data: `data/state_cme.csv` (a row a board, after the Federation of State Medical Boards' overview named in the column
`source`; what sources disagree on stands in `flag`) and `data/state_cme_topics.csv` (a row a mandated topic).
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache
from importlib.resources import files

from credmate_pipeline.errors import ConfigurationError


class Counting(StrEnum):
    """How a topic's hours stand to the total."""

    WITHIN = "within"
    """They are among the total's hours: the usual case."""
    APART = "apart"
    """The total includes them, but they do not count as general hours."""
    ON_TOP = "on_top"
    """They come on top of the total."""


@dataclass(frozen=True, slots=True)
class Mandate:
    """Hours on a topic that a board asks for."""

    topic: str
    hours: Decimal | None
    """None where the board asks for the topic without a number of hours."""
    every_years: int | None
    """None for each cycle of the board."""
    is_once: bool
    counting: Counting
    applies_to: str
    """Whom it holds for, in words; empty for everybody."""


@dataclass(frozen=True, slots=True)
class Board:
    """A board's rules for renewing a license."""

    code: str
    """The state, with `-M` or `-O` where physicians of each degree have a board of their own."""
    state: str
    degrees: frozenset[str]
    """`MD`, `DO`, or both."""
    hours: Decimal
    cycle_years: int
    category1_hours: Decimal | None
    category1_basis: str
    category1_types: frozenset[str]
    """Credit types that count as Category 1 here."""
    accepts_certification: bool | None
    """Whether board certification can stand for the hours; None where that is not known."""
    topics_told: str
    """The mandates in the overview's words."""
    flag: str
    """What is in conflict or doubt; empty where nothing is."""
    source: str
    mandates: tuple[Mandate, ...]


def boards_of(state: str, degree: str | None = None) -> tuple[Board, ...]:
    """The boards of a state: of physicians with that degree (`MD` or `DO`), or all where it is not known.

    Raises ConfigurationError for a state without a board in the table.
    """
    found = tuple(board for board in load_boards() if board.state == state.upper())
    if not found:
        raise ConfigurationError(f"--state is {state!r}; it takes the two letters of a state or territory, such as CA.")
    fitting = tuple(board for board in found if degree in board.degrees)
    return fitting or found


@cache
def load_boards() -> tuple[Board, ...]:
    """Every board of the table, in its order."""
    mandates: dict[str, list[Mandate]] = {}
    for row in _rows("state_cme_topics.csv"):
        mandates.setdefault(row["board"], []).append(_mandate(row))
    return tuple(_board(row, tuple(mandates.get(row["board"], ()))) for row in _rows("state_cme.csv"))


def _rows(name: str) -> Iterator[dict[str, str]]:
    table = files("credmate_pipeline.credentials").joinpath("data", name).read_text("utf-8")
    yield from csv.DictReader(table.splitlines())


def _mandate(row: dict[str, str]) -> Mandate:
    return Mandate(
        topic=row["topic"],
        hours=_hours(row["hours"]),
        every_years=int(row["every_years"]) if row["every_years"] else None,
        is_once=row["is_once"] == "Y",
        counting=Counting(row["counting"]),
        applies_to=row["applies_to"],
    )


def _board(row: dict[str, str], mandates: tuple[Mandate, ...]) -> Board:
    return Board(
        code=row["board"],
        state=row["state"],
        degrees=frozenset(row["board_type"].split("+")),
        hours=Decimal(row["hours"]),
        cycle_years=int(row["cycle_years"]),
        category1_hours=_hours(row["category1_min_hours"]),
        category1_basis=row["category1_basis"],
        category1_types=frozenset(filter(None, row["category1_codes"].split(";"))),
        accepts_certification={"Y": True, "N": False}.get(row["accepts_certification"]),
        topics_told=row["topic_mandates"],
        flag=row["flag"],
        source=row["source"],
        mandates=mandates,
    )


def _hours(text: str) -> Decimal | None:
    return Decimal(text) if text else None
