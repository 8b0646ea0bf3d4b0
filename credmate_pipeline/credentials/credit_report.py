"""A provider's credits against a board's rules: one line a requirement, and everything that is uncertain about it.

Topic hours are among the total's unless the board says otherwise; every number shown comes from here, so that no two
places can show different ones.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from credmate_pipeline.credentials.claim import Claim
from credmate_pipeline.credentials.credit_count import Count, Window, count_credits
from credmate_pipeline.credentials.requirements import Board, Counting, Mandate
from credmate_pipeline.extraction.cme.identifiers import TOPICS

TOLD_TOPICS = frozenset(code for code, _ in TOPICS)
"""Topics the reader recognizes on certificates."""


class Uncertainty(StrEnum):
    """What may make a report's numbers or requirements differ from the board's own."""

    BOARD_DATA = "board-data"
    WINDOW_ASSUMED = "window-assumed"
    DEGREE_UNKNOWN = "degree-unknown"
    CERTIFICATION = "certification"
    TOPIC_HOURS = "topic-hours"
    TOPIC_NOT_RECOGNIZED = "topic-not-recognized"
    PRESCRIBED_CREDIT = "prescribed-credit"


@dataclass(frozen=True, slots=True)
class Line:
    """One requirement and what counts for it."""

    name: str
    """`total`, `general`, `category 1`, or a topic."""
    required: Decimal | None
    """None where the board asks for the topic without a number of hours."""
    counted: Decimal
    window: Window
    applies_to: str = ""
    """Whom it holds for, in words; empty for everybody."""
    is_recognized: bool = True
    """False for a topic that certificates are not searched for: a person must look."""

    @property
    def missing(self) -> Decimal | None:
        """Hours still to be earned; None where that cannot be said."""
        if self.required is None or not self.is_recognized:
            return None
        return max(Decimal(0), self.required - self.counted)


@dataclass(frozen=True, slots=True)
class CreditReport:
    """A provider's standing with one board."""

    board: Board
    window: Window
    lines: tuple[Line, ...]
    count: Count
    uncertain: tuple[tuple[Uncertainty, str], ...]


def cycle_window(board: Board, end: date) -> Window:
    """The last cycle's length of days that ends on `end`."""
    return Window(years_before(end, board.cycle_years) + timedelta(days=1), end)


def years_before(day: date, years: int) -> date:
    """The same day years ago; of February 29 the 28th where there is none."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def report_credits(
    board: Board, claims: Sequence[Claim], window: Window, *, is_window_given: bool, is_degree_known: bool
) -> CreditReport:
    """What counts in the window for every requirement of the board."""
    count = count_credits(claims, window, board.category1_types)
    lines = (*_hour_lines(board, count, window), *(_topic_line(board, one, claims, window) for one in board.mandates))
    uncertain = tuple(_uncertain(board, count, is_window_given=is_window_given, is_degree_known=is_degree_known))
    return CreditReport(board, window, lines, count, uncertain)


def _hour_lines(board: Board, count: Count, window: Window) -> Iterator[Line]:
    yield Line("total", board.hours, count.total(), window)
    apart = [one for one in board.mandates if one.counting is Counting.APART and one.hours is not None]
    if apart:
        taken = sum((min(one.hours or Decimal(0), count.of_topic(one.topic)) for one in apart), Decimal(0))
        asked = sum((one.hours or Decimal(0) for one in apart), Decimal(0))
        yield Line("general", board.hours - asked, count.total() - taken, window)
    for one in board.mandates:
        if one.counting is Counting.ON_TOP and one.hours is not None:
            yield Line("total", board.hours + one.hours, count.total(), window, one.applies_to)
    if board.category1_hours:
        yield Line("category 1", board.category1_hours, count.total(board.category1_types), window)


def _topic_line(board: Board, mandate: Mandate, claims: Sequence[Claim], window: Window) -> Line:
    own = _window_of(mandate, window)
    counted = count_credits(claims, own, board.category1_types).of_topic(mandate.topic)
    return Line(
        mandate.topic, mandate.hours, counted, own, mandate.applies_to, is_recognized=mandate.topic in TOLD_TOPICS
    )


def _window_of(mandate: Mandate, window: Window) -> Window:
    """A topic asked for once counts ever since; one with years of its own counts in those."""
    if mandate.is_once:
        return Window(None, window.end)
    if mandate.every_years is None:
        return window
    return Window(years_before(window.end, mandate.every_years) + timedelta(days=1), window.end)


def _uncertain(
    board: Board, count: Count, *, is_window_given: bool, is_degree_known: bool
) -> Iterator[tuple[Uncertainty, str]]:
    if board.flag:
        yield Uncertainty.BOARD_DATA, f"The board's rules are in doubt: {board.flag}."
    if not is_window_given:
        yield (
            Uncertainty.WINDOW_ASSUMED,
            f"The board's own cycle is not known; the last {board.cycle_years} years are taken. Give --from and --to.",
        )
    if not is_degree_known:
        yield Uncertainty.DEGREE_UNKNOWN, "The provider's degree is not known; MDs and DOs have different rules here."
    if board.accepts_certification:
        yield Uncertainty.CERTIFICATION, "Board certification can stand for the hours here; it is not looked at."
    if board.mandates:
        yield Uncertainty.TOPIC_HOURS, "An activity counts for its topic with all of its credit."
    unknown = sorted({one.topic.replace("_", " ") for one in board.mandates if one.topic not in TOLD_TOPICS})
    if unknown:
        message = f"Certificates are not searched for these topics: {', '.join(unknown)}."
        yield Uncertainty.TOPIC_NOT_RECOGNIZED, message
    if "aafp_prescribed" in count.by_type and "aafp_prescribed" not in board.category1_types and board.category1_hours:
        yield (
            Uncertainty.PRESCRIBED_CREDIT,
            "AAFP Prescribed credit is not counted as Category 1; some boards take it as equivalent.",
        )
