"""What counts as a difference between ledger, partitions, runs and results, and what does not."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from credmate_pipeline.documents.document import DocumentId
from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.reconciliation.compare import (
    EXPLANATIONS,
    REPAIRS,
    Difference,
    Mismatch,
    OpenDocument,
    Repair,
    State,
    compare,
)

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
PATIENCE = timedelta(minutes=15)
LONG_AGO = NOW - timedelta(hours=1)
JUST_NOW = NOW - timedelta(minutes=1)
A = DocumentId("a")


def waiting(key: str = "a", **changes: Any) -> OpenDocument:
    """A document registered long ago that nobody asked for."""
    plain = OpenDocument(DocumentId(key), LONG_AGO, None, None, None)
    return replace(plain, **changes)


def state(
    *documents: OpenDocument,
    keys: Iterable[str] = ("a",),
    statuses: dict[DocumentId, DocumentStatus] | None = None,
    validated: Iterable[str] = (),
    extracted: Iterable[str] = (),
    live_runs: Iterable[str] = (),
) -> State:
    known = {document.document_id: DocumentStatus.UPLOADED for document in documents}
    return State(
        open_documents=documents,
        statuses=known if statuses is None else statuses,
        partition_keys=frozenset(keys),
        validated=frozenset(validated),
        extracted=frozenset(extracted),
        live_runs=frozenset(live_runs),
    )


def differences(state: State) -> list[tuple[Difference, str]]:
    return [(found.difference, found.key) for found in compare(state, now=NOW, patience=PATIENCE)]


def test_a_document_nobody_asked_for_within_its_patience_is_stuck() -> None:
    assert differences(state(waiting())) == [(Difference.STUCK, "a")]
    assert differences(state(waiting(requested_at=LONG_AGO))) == [(Difference.STUCK, "a")]


def test_a_document_is_not_stuck_before_its_patience_is_over() -> None:
    assert differences(state(waiting(registered_at=JUST_NOW))) == []
    assert differences(state(waiting(requested_at=JUST_NOW))) == []


def test_a_document_without_its_key_is_told_apart_from_a_stuck_one() -> None:
    assert differences(state(waiting(), keys=())) == [(Difference.DOCUMENT_WITHOUT_PARTITION, "a")]
    assert differences(state(waiting(registered_at=JUST_NOW), keys=())) == []


def test_a_claim_of_a_run_that_has_ended_is_a_difference_at_once() -> None:
    held = waiting(registered_at=JUST_NOW, claim_run_id="r1", claim_until_at=NOW + PATIENCE)
    (found,) = compare(state(held), now=NOW, patience=PATIENCE)
    assert (found.difference, found.key, found.run_id) == (Difference.CLAIMED_BY_DEAD_RUN, "a", "r1")


def test_a_claim_of_a_live_run_is_no_difference_however_long_it_takes() -> None:
    held = waiting(claim_run_id="r1", claim_until_at=NOW + PATIENCE)
    assert differences(state(held, live_runs=("r1",))) == []


def test_a_key_the_ledger_does_not_know_is_reported_and_not_repaired() -> None:
    (found,) = compare(state(statuses={}), now=NOW, patience=PATIENCE)
    assert (found.difference, found.repair) == (Difference.PARTITION_WITHOUT_DOCUMENT, Repair.REPORT)


def test_a_validation_without_an_extraction_is_a_difference() -> None:
    for status in (DocumentStatus.COMPLETED, DocumentStatus.REVIEW_PENDING, DocumentStatus.UPLOADED):
        found = differences(state(statuses={A: status}, validated=("a",)))
        assert found == [(Difference.MATERIALIZED_WITHOUT_EXTRACTION, "a")]
        assert differences(state(statuses={A: status}, validated=("a",), extracted=("a",))) == []


def test_a_file_read_before_it_became_unreadable_or_a_copy_needs_no_extraction() -> None:
    for status in (DocumentStatus.UNREADABLE, DocumentStatus.DUPLICATE, DocumentStatus.UNSUPPORTED):
        assert differences(state(statuses={A: status}, validated=("a",))) == []


def test_a_validation_is_not_missed_while_a_live_run_is_at_work() -> None:
    held = waiting(claim_run_id="r1", claim_until_at=NOW + PATIENCE)
    assert differences(state(held, validated=("a",), live_runs=("r1",))) == []


def test_settled_documents_whose_partitions_have_retired_are_no_difference() -> None:
    assert differences(state(keys=(), statuses={A: DocumentStatus.COMPLETED}, extracted=("a",), validated=("a",))) == []


def test_every_kind_has_its_explanation_and_its_repair() -> None:
    assert set(EXPLANATIONS) == set(REPAIRS) == set(Difference)


instants = st.integers(min_value=0, max_value=120).map(lambda minutes: NOW - timedelta(minutes=minutes))
open_documents = st.builds(
    OpenDocument,
    document_id=st.sampled_from("abcd").map(DocumentId),
    registered_at=instants,
    requested_at=st.none() | instants,
    claim_run_id=st.none() | st.sampled_from(("r1", "r2")),
    claim_until_at=st.none() | instants,
)
keys = st.frozensets(st.sampled_from("abcde"))


@given(st.lists(open_documents, unique_by=lambda one: one.document_id), keys, st.frozensets(st.sampled_from(("r1",))))
def test_each_open_document_is_in_one_state_of_waiting(
    documents: list[OpenDocument], present: frozenset[str], live: frozenset[str]
) -> None:
    found = compare(state(*documents, keys=present, live_runs=live), now=NOW, patience=PATIENCE)
    own = [one for one in found if one.difference is not Difference.PARTITION_WITHOUT_DOCUMENT]
    assert len({one.key for one in own}) == len(own)
    assert {one.key for one in found if one not in own} == present - {document.document_id for document in documents}
    quiet = {document.document_id for document in documents} - {one.key for one in own}
    assert all(is_in_hand(document, live) for document in documents if document.document_id in quiet)


def is_in_hand(document: OpenDocument, live: frozenset[str]) -> bool:
    if document.claim_run_id is not None:
        return document.claim_run_id in live
    return NOW - (document.requested_at or document.registered_at) <= PATIENCE


def test_the_most_urgent_kind_comes_first() -> None:
    held = waiting("b", claim_run_id="r1", claim_until_at=NOW)
    found: tuple[Mismatch, ...] = compare(state(waiting(), held, keys=("a", "b", "x")), now=NOW, patience=PATIENCE)
    assert [one.difference for one in found] == [
        Difference.CLAIMED_BY_DEAD_RUN,
        Difference.STUCK,
        Difference.PARTITION_WITHOUT_DOCUMENT,
    ]
