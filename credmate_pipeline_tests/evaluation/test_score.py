"""What the figures of an evaluation count."""

import math
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from credmate_pipeline.evaluation.interval import wilson
from credmate_pipeline.evaluation.score import NO_TYPE, Judged, field_scores, summary

RIGHT = Judged(
    file="a.pdf",
    kind="scan",
    true_type="cme_certificate",
    read_type="cme_certificate",
    status="completed",
    truth={"holder_name": "Ann Lee", "credits_awarded": "1.50", "start_date": None},
    read={"holder_name": "Ann Lee", "credits_awarded": "1.5"},
)
WRONG_NAME = replace(RIGHT, file="b.pdf", kind="photo", read={"holder_name": "Anne Lee", "credits_awarded": "1.5"})
MISSING = replace(RIGHT, file="c.pdf", status="review_pending", read={"credits_awarded": "1.5"})
INVENTED = replace(RIGHT, file="d.pdf", read={**RIGHT.read, "start_date": "2024-01-01"})
UNREADABLE = Judged("e.pdf", "empty", NO_TYPE, NO_TYPE, "unreadable", {}, {}, frozenset({"unreadable"}))


def row(scores: pd.DataFrame, field: str) -> dict[str, float]:
    [found] = scores[scores["field"] == field].to_dict(orient="records")
    return {str(name): value for name, value in found.items()}


def test_a_wrong_value_costs_precision_and_recall_and_a_missing_one_only_recall() -> None:
    name = row(field_scores([RIGHT, WRONG_NAME, MISSING]), "holder_name")
    assert (name["documents"], name["printed"], name["given"], name["right"]) == (3, 3, 2, 1)
    assert (name["precision"], name["recall"], name["exact"]) == pytest.approx((1 / 2, 1 / 3, 1 / 3))


def test_a_value_the_page_does_not_print_is_a_false_positive() -> None:
    start = row(field_scores([RIGHT, INVENTED]), "start_date")
    assert (start["printed"], start["given"], start["right"]) == (0, 1, 0)
    assert start["precision"] == 0
    assert math.isnan(start["recall"])
    assert start["exact"] == 1 / 2


def test_every_share_has_its_interval() -> None:
    name = row(field_scores([RIGHT, WRONG_NAME, MISSING]), "holder_name")
    assert (name["precision_low"], name["precision_high"]) == wilson(1, 2)
    assert (name["recall_low"], name["recall_high"]) == wilson(1, 3)
    assert (name["exact_low"], name["exact_high"]) == wilson(1, 3)


def test_figures_can_be_told_for_each_kind_of_page() -> None:
    scores = field_scores([RIGHT, WRONG_NAME], by_kind=True)
    names = scores[scores["field"] == "holder_name"].set_index("kind")["exact"].to_dict()
    assert names == {"photo": 0.0, "scan": 1.0}


def test_fields_the_type_does_not_have_are_told_apart_and_not_scored() -> None:
    one = replace(RIGHT, truth={**RIGHT.truth, "shoe_size": "44"})
    assert "shoe_size" not in set(field_scores([one])["field"])
    assert summary([one])["fields_no_type_has"] == ["shoe_size"]


def test_settling_with_a_wrong_required_field_or_type_is_wrong() -> None:
    as_license = replace(RIGHT, file="f.pdf", read_type="license")
    told = summary([RIGHT, WRONG_NAME, MISSING, INVENTED, as_license])
    assert told["wrongly_settled"] == ["b.pdf", "f.pdf"]


def test_a_document_nothing_can_be_read_of_has_no_type_and_that_is_right() -> None:
    told = summary([RIGHT, UNREADABLE])
    assert told["type_right"] == 2
    assert told["confusion"] == {"cme_certificate read as cme_certificate": 1, "none read as none": 1}
    assert told["statuses"] == {"completed": 1, "unreadable": 1}


def test_a_status_the_truth_does_not_allow_is_named() -> None:
    other = replace(UNREADABLE, status="failed")
    assert summary([UNREADABLE, RIGHT, other])["unexpected_statuses"] == {"e.pdf": "failed"}


def test_nothing_to_judge_is_no_error() -> None:
    assert field_scores([]).empty
    assert summary([])["type_accuracy"] is None


@pytest.mark.parametrize(
    ("right", "of", "low", "high"),
    # Newcombe 1998, Statistics in Medicine 17, table I, method 3.
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_intervals_are_the_published_ones(right: int, of: int, low: float, high: float) -> None:
    assert wilson(right, of) == pytest.approx((low, high), abs=0.0001)


@given(st.integers(1, 10_000).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_an_interval_holds_its_share(counts: tuple[int, int]) -> None:
    right, of = counts
    low, high = wilson(right, of)
    assert 0 <= low <= right / of + 1e-12
    assert right / of - 1e-12 <= high <= 1


def test_nothing_counted_says_nothing() -> None:
    assert wilson(0, 0) == (0.0, 1.0)
