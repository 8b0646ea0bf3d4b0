"""The labelled set and its measurements in the ledger."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from credmate_pipeline.evaluation.figures import Figure, Measure
from credmate_pipeline.evaluation.labelled_set import LabelledDocument, set_digest
from credmate_pipeline.evaluation.truth import TruthItem, TruthLine
from credmate_pipeline.ledger.ledger import Ledger
from credmate_pipeline.versions import Versions, current_versions, is_older, is_older_model
from credmate_pipeline_tests.outcomes import NOW

TRUTH = TruthLine(
    file="x.pdf",
    document_type="dea_registration",
    fields={"schedules": ["2", "3"], "issue_date": None},
    kind="scan",
    expected_status=frozenset({"completed"}),
)
ONE = LabelledDocument("a" * 64, "clinic", TRUTH)
SEVERAL = LabelledDocument(
    "b" * 64,
    "clinic",
    TruthLine(file="y.pdf", document_type="cme_certificate", items=(TruthItem(fields={"credits_awarded": "1"}),)),
)
NOTHING = LabelledDocument("c" * 64, "clinic", TruthLine(file="z.pdf", document_type=None))
FIGURES = (
    Figure("all", None, Measure.TYPE_RIGHT, 9, 10),
    Figure("license", "state", Measure.EXACT, 7, 10, 2),
)


def test_the_truth_comes_back_as_it_was_loaded(ledger: Ledger) -> None:
    ledger.store_truths([ONE, SEVERAL, NOTHING], now=NOW)
    found = ledger.truths()
    assert [one.truth.file for one in found] == ["a" * 64, "b" * 64, "c" * 64]
    assert [replace(one, truth=one.truth.model_copy(update={"file": ""})) for one in found] == [
        replace(one, truth=one.truth.model_copy(update={"file": ""})) for one in (ONE, SEVERAL, NOTHING)
    ]


def test_the_same_bytes_loaded_again_replace_their_truth_and_the_set_is_another(ledger: Ledger) -> None:
    ledger.store_truths([ONE], now=NOW)
    before = set_digest(ledger.truths())
    better = replace(ONE, truth=TRUTH.model_copy(update={"fields": {"schedules": ["2"]}}))
    ledger.store_truths([better], now=NOW)
    (found,) = ledger.truths()
    assert found.truth.fields == {"schedules": ["2"]}
    assert set_digest(ledger.truths()) != before


def test_a_whole_set_takes_the_place_of_what_was_there(ledger: Ledger) -> None:
    ledger.store_truths([ONE, SEVERAL], now=NOW)
    gone = ledger.store_truths([NOTHING], now=NOW, is_whole_set=True)
    assert set(gone) == {ONE.sha256, SEVERAL.sha256}
    assert [one.sha256 for one in ledger.truths()] == [NOTHING.sha256]


def test_of_each_version_the_newest_measurement_of_this_set_is_kept_in_view(ledger: Ledger) -> None:
    old, new = Versions("1", "1", "1", "1", "m1"), current_versions()
    ledger.store_figures(FIGURES, versions=old, digest="set", now=NOW)
    ledger.store_figures(FIGURES[:1], versions=new, digest="set", now=NOW + timedelta(days=1))
    ledger.store_figures(FIGURES, versions=new, digest="set", now=NOW + timedelta(days=2))
    ledger.store_figures(FIGURES, versions=new, digest="other", now=NOW + timedelta(days=3))
    found = ledger.measurements(digest="set", at_most=10)
    assert [(one.versions, one.measured_at - NOW, one.figures) for one in found] == [
        (new, timedelta(days=2), FIGURES),
        (old, timedelta(0), FIGURES),
    ]


@pytest.mark.parametrize("statement", ["UPDATE accuracy_results SET right_count = 10", "DELETE FROM accuracy_results"])
def test_a_measurement_is_never_changed(ledger: Ledger, statement: str) -> None:
    ledger.store_figures(FIGURES, versions=current_versions(), digest="set", now=NOW)
    with ledger.engine.begin() as connection, pytest.raises(DatabaseError, match="append-only"):
        connection.execute(text(statement))


def test_versions_are_ordered_by_their_numbers_and_models_by_their_day() -> None:
    assert is_older("9", "10")
    assert is_older("", "1")
    assert not is_older("2", "2")
    assert not is_older("3", "2")
    assert is_older_model("2026-11-24-aa", "2026-11-25-bb")
    assert is_older_model("2026-11-24-aa", "2026-11-24-bb")
    assert not is_older_model("2026-11-24-aa", "2026-11-24-aa")
    assert not is_older_model("2026-11-26-aa", "2026-11-24-aa")
