"""Settled documents edited behind the ledger's back are found; what comes through the ledger is not."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.reconciliation import reconcile as reconciliation
from credmate_pipeline_tests.outcomes import completed
from credmate_pipeline_tests.reconciliation.conftest import HOUR, Place


def edit(place: Place, statement: str, *, is_past_triggers: bool = True, **given: str) -> None:
    """Runs a statement as somebody with the database's password might."""
    with place.ledger.engine.begin() as connection:
        if is_past_triggers:
            connection.execute(text("SET LOCAL session_replication_role = replica"))
        connection.execute(text(statement), given)


def test_a_status_set_past_the_triggers_is_found_twice(folder_place: Place) -> None:
    edited = folder_place.settled("a.pdf")
    edit(folder_place, "UPDATE documents SET status = 'approved' WHERE document_id = :id", id=edited)
    assert folder_place.found() == {"facts-edited": 1, "status-not-in-trail": 1}


def test_a_fact_changed_without_an_actor_is_found_though_the_triggers_ran(folder_place: Place) -> None:
    edited = folder_place.settled("a.pdf")
    edit(
        folder_place,
        "UPDATE documents SET document_type = 'license' WHERE document_id = :id",
        is_past_triggers=False,
        id=edited,
    )
    assert folder_place.found() == {"facts-edited": 1}


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("UPDATE extracted_fields SET value = '\"9.9\"'", {"extraction-edited": 1}),
        ("DELETE FROM extracted_fields", {"extraction-edited": 1, "extraction-without-evidence": 1}),
        ("DELETE FROM extraction_seals", {"extraction-edited": 1}),
        ("DELETE FROM document_events WHERE kind = 'registered'", {"status-not-in-trail": 1}),
        ("DELETE FROM document_events", {"status-not-in-trail": 1}),
    ],
)
def test_results_and_trail_changed_past_the_triggers_are_found(
    folder_place: Place, statement: str, found: dict[str, int]
) -> None:
    folder_place.settled("a.pdf")
    edit(folder_place, statement)
    seen = folder_place.found()
    # A document without fields is also one that Dagster shows as validated without a result.
    seen.pop("materialized-without-extraction", None)
    assert seen == found


def test_what_comes_through_the_ledger_is_no_edit(folder_place: Place) -> None:
    ledger, now = folder_place.ledger, datetime.now(UTC)
    again, reviewed = folder_place.settled("a.pdf"), folder_place.settled("bb.pdf")
    record = ledger.document(again)
    assert record is not None
    ledger.reopen([again], actor="kim", reason="a look", now=now)
    ledger.claim([again], run_id="r2", lease=HOUR, now=now)
    artifact = record.reading_artifact
    ledger.settle(again, run_id="r2", outcome=completed("2.0"), artifact=artifact, now=now)
    ledger.create_credentials(reviewed, actor="kim", now=now)
    assert ledger.statuses([again, reviewed]) == {
        again: DocumentStatus.COMPLETED,
        reviewed: DocumentStatus.APPROVED,
    }
    assert folder_place.found() == {}


def test_slices_go_on_where_the_last_ended_until_all_were_looked_at(
    folder_place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reconciliation, "SLICE", 1)
    for name in ("a.pdf", "bb.pdf", "ccc.pdf"):
        folder_place.settled(name)
    edit(folder_place, "UPDATE extracted_fields SET content = '9.9'")
    assert [folder_place.found() for _ in range(4)] == [{"extraction-edited": 1}] * 3 + [{}]
    assert folder_place.found() == {"extraction-edited": 1}
