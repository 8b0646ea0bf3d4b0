"""The boards' table: whole, plausible, and honest about its doubts."""

from decimal import Decimal

import pytest

from credmate_pipeline.credentials.credit_count import PHYSICIAN_TYPES
from credmate_pipeline.credentials.requirements import Counting, boards_of, load_boards
from credmate_pipeline.errors import ConfigurationError
from credmate_pipeline.extraction.states import STATE_NAMES

BOARDS = {board.code: board for board in load_boards()}


def test_every_board_of_the_overview_is_there() -> None:
    assert len(BOARDS) == 67
    assert len({board.state for board in BOARDS.values()}) == 55
    assert {board.state for board in BOARDS.values()} <= set(STATE_NAMES)


def test_the_overviews_own_totals_come_out() -> None:
    short = {board.code for board in BOARDS.values() if board.hours / board.cycle_years < 15}
    assert short == {"IN", "MT", "NY", "SD"}
    assert sum(board.accepts_certification is True for board in BOARDS.values()) == 24


@pytest.mark.parametrize(
    ("code", "hours", "years", "category1"),
    [("CA-M", 50, 2, 50), ("TX", 48, 2, 24), ("PA-M", 100, 2, 20), ("IL", 150, 3, 60), ("WA-M", 200, 4, 0)],
)
def test_known_boards_ask_for_what_the_overview_prints(code: str, hours: int, years: int, category1: int) -> None:
    board = BOARDS[code]
    assert (board.hours, board.cycle_years, board.category1_hours) == (hours, years, category1)


def test_a_category_1_minimum_says_which_credit_meets_it() -> None:
    for board in BOARDS.values():
        assert bool(board.category1_hours) == bool(board.category1_types), board.code
        assert board.category1_types <= set(PHYSICIAN_TYPES)
        assert (board.category1_hours or 0) <= board.hours


@pytest.mark.parametrize("code", ["OH", "ND", "GA", "IA", "CA-O", "AZ-O", "FL-M"])
def test_what_sources_disagree_on_is_flagged(code: str) -> None:
    assert BOARDS[code].flag


def test_every_board_names_its_source() -> None:
    assert all(board.source for board in BOARDS.values())


def test_boards_with_topics_told_have_them_by_topic() -> None:
    without = {board.code for board in BOARDS.values() if board.topics_told and not board.mandates}
    assert without == {"RI", "VT-O"}
    assert not {board.code for board in BOARDS.values() if board.mandates and not board.topics_told}


def test_hours_in_addition_are_told_from_those_within_the_total() -> None:
    apart = {
        (board.code, one.topic, one.counting)
        for board in BOARDS.values()
        for one in board.mandates
        if one.counting is not Counting.WITHIN
    }
    assert apart == {
        ("FL-M", "medical_errors", Counting.APART),
        ("FL-O", "medical_errors", Counting.APART),
        ("NJ", "cultural_competency", Counting.ON_TOP),
    }
    assert sum(one.hours or Decimal(0) for one in BOARDS["FL-M"].mandates if one.counting is Counting.APART) == 2


def test_a_degree_chooses_the_board_where_there_are_two() -> None:
    assert [board.code for board in boards_of("ca", "DO")] == ["CA-O"]
    assert [board.code for board in boards_of("CA")] == ["CA-M", "CA-O"]
    assert [board.code for board in boards_of("TX", "DO")] == ["TX"]


def test_a_state_that_is_none_is_refused() -> None:
    with pytest.raises(ConfigurationError, match="--state"):
        boards_of("ZZ")
