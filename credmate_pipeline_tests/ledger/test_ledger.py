"""What the ledger's gateway promises."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import text

from credmate_pipeline.documents.document import DocumentId, new_document_id
from credmate_pipeline.errors import LedgerRefusal, LedgerUnavailable, ReasonCode
from credmate_pipeline.ledger.ledger import Ledger, open_ledger
from credmate_pipeline.ledger.records import EventKind
from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.outcome import Outcome
from credmate_pipeline_tests.outcomes import (
    NOW,
    arrival_of,
    completed,
    in_review,
    packet,
    registered,
    unreadable,
    unsupported,
    upload_of,
)

LEASE = timedelta(minutes=30)
PATIENCE = timedelta(minutes=15)


def settled(ledger: Ledger, outcome: Outcome, name: str = "a.pdf") -> DocumentId:
    document_id = registered(ledger, name)
    ledger.claim([document_id], run_id="run", lease=LEASE, now=NOW)
    ledger.settle(document_id, run_id="run", outcome=outcome, artifact="key", now=NOW)
    return document_id


def test_the_same_upload_is_registered_once(ledger: Ledger) -> None:
    first = ledger.register(upload_of("a.pdf"), document_id=new_document_id(), now=NOW)
    again = ledger.register(upload_of("a.pdf"), document_id=new_document_id(), now=NOW)
    assert first.is_new
    assert not again.is_new
    assert again.document_id == first.document_id


def test_the_same_name_with_other_bytes_is_a_new_document(ledger: Ledger) -> None:
    assert registered(ledger, version="1") != registered(ledger, version="2")


@pytest.mark.parametrize("outcome", [completed(), in_review(), unsupported(), unreadable()])
def test_a_claimed_document_settles_with_all_that_was_found(ledger: Ledger, outcome: Outcome) -> None:
    document_id = settled(ledger, outcome)
    record = ledger.document(document_id)
    assert record is not None
    assert record.status is outcome.status
    assert record.claim_run_id is None
    assert ledger.load_extraction(document_id) == outcome.extraction
    assert ledger.load_classification(document_id) == outcome.classification
    assert ledger.load_findings(document_id) == outcome.findings


def test_a_document_not_claimed_by_the_run_cannot_be_settled_by_it(ledger: Ledger) -> None:
    document_id = registered(ledger)
    ledger.claim([document_id], run_id="one", lease=LEASE, now=NOW)
    with pytest.raises(LedgerRefusal):
        ledger.settle(document_id, run_id="other", outcome=completed(), artifact=None, now=NOW)
    assert ledger.load_extraction(document_id) is None


def test_two_runs_never_hold_one_document(ledger: Ledger) -> None:
    ids = [registered(ledger, f"{number}.pdf") for number in range(20)]
    with ThreadPoolExecutor(4) as threads:
        claims = threads.map(lambda run: ledger.claim(ids, run_id=run, lease=LEASE, now=NOW), ["a", "b", "c", "d"])
    held = [record.document_id for claimed in claims for record in claimed]
    assert sorted(held) == sorted(ids)


def test_an_expired_claim_can_be_taken_over(ledger: Ledger) -> None:
    document_id = registered(ledger)
    ledger.claim([document_id], run_id="dead", lease=LEASE, now=NOW)
    assert not ledger.claim([document_id], run_id="next", lease=LEASE, now=NOW + LEASE / 2)
    assert ledger.claim([document_id], run_id="next", lease=LEASE, now=NOW + LEASE)


def test_the_same_bytes_again_are_a_duplicate_of_the_earlier_document(ledger: Ledger) -> None:
    first, second = registered(ledger, "a.pdf"), registered(ledger, "b.pdf")
    ledger.claim([first, second], run_id="run", lease=LEASE, now=NOW)
    assert ledger.record_arrival(first, run_id="run", arrival=arrival_of(b"x"), now=NOW) is None
    assert ledger.record_arrival(second, run_id="run", arrival=arrival_of(b"x"), now=NOW) == first
    record = ledger.document(second)
    assert record is not None
    assert (record.status, record.duplicate_of) == (DocumentStatus.DUPLICATE, first)


def test_copies_of_what_turns_out_to_be_a_copy_itself_are_its_originals(ledger: Ledger) -> None:
    lost, copy, found = (registered(ledger, name) for name in ("a.pdf", "b.pdf", "c.pdf"))
    gone = Outcome(DocumentStatus.UNREADABLE, ("The file is gone.",), ReasonCode.FILE_MISSING)

    def arrive(document_id: DocumentId, *, reopen: bool = False) -> DocumentId | None:
        ledger.claim([document_id], run_id="run", lease=LEASE, now=NOW, reopen=reopen)
        return ledger.record_arrival(document_id, run_id="run", arrival=arrival_of(b"x"), now=NOW)

    assert arrive(lost) is None
    ledger.settle(lost, run_id="run", outcome=completed(), artifact=None, now=NOW)
    assert arrive(copy) == lost
    ledger.claim([lost], run_id="run", lease=LEASE, now=NOW, reopen=True)
    ledger.settle(lost, run_id="run", outcome=gone, artifact=None, now=NOW)
    assert arrive(found) is None
    assert arrive(lost, reopen=True) == found
    records = {record.document_id: record for record in ledger.documents(status=DocumentStatus.DUPLICATE)}
    assert {key: record.duplicate_of for key, record in records.items()} == {lost: found, copy: found}
    assert records[copy].reasons == (f"The same bytes as document {found}.",)


def test_of_the_same_bytes_arriving_at_once_exactly_one_is_the_original(ledger: Ledger) -> None:
    ids = [registered(ledger, f"{number}.pdf") for number in range(6)]
    for document_id in ids:
        ledger.claim([document_id], run_id=document_id, lease=LEASE, now=NOW)

    def arrive(document_id: DocumentId) -> DocumentId | None:
        return ledger.record_arrival(document_id, run_id=document_id, arrival=arrival_of(b"x"), now=NOW)

    with ThreadPoolExecutor(4) as threads:
        originals = list(threads.map(arrive, ids))
    assert originals.count(None) == 1


def test_an_attempt_that_failed_is_due_again_until_attempts_are_spent(ledger: Ledger) -> None:
    document_id, now = registered(ledger), NOW
    seen = []
    for attempt in range(3):
        now += timedelta(hours=1)
        assert [due.document_id for due in ledger.due(now=now, patience=PATIENCE, at_most=9)] == [document_id]
        ledger.claim([document_id], run_id=f"run{attempt}", lease=LEASE, now=now)
        seen.append(
            ledger.record_failure(
                document_id,
                run_id=f"run{attempt}",
                reason=ReasonCode.READER_CRASHED,
                message="The reader crashed.",
                attempts_allowed=3,
                now=now,
            )
        )
    assert seen == [DocumentStatus.UPLOADED, DocumentStatus.UPLOADED, DocumentStatus.FAILED]
    assert ledger.due(now=now + timedelta(days=1), patience=PATIENCE, at_most=9) == ()
    kinds = [event.kind for event in ledger.history(document_id)]
    assert kinds.count(EventKind.ATTEMPT_FAILED) == 3


def test_a_requested_document_is_due_again_only_after_its_patience(ledger: Ledger) -> None:
    document_id = registered(ledger)
    ledger.mark_requested([document_id], now=NOW)
    assert ledger.due(now=NOW + PATIENCE / 2, patience=PATIENCE, at_most=9) == ()
    again = ledger.due(now=NOW + PATIENCE * 2, patience=PATIENCE, at_most=9)
    assert [(due.document_id, due.request_count) for due in again] == [(document_id, 1)]


def test_what_a_dead_run_held_is_given_back(ledger: Ledger) -> None:
    ids = {registered(ledger, f"{number}.pdf") for number in range(3)}
    ledger.claim(ids, run_id="dead", lease=LEASE, now=NOW)
    back = ledger.give_back("dead", reason=ReasonCode.INTERNAL_ERROR, message="It died.", attempts_allowed=3, now=NOW)
    assert set(back) == ids
    assert len(ledger.claim(ids, run_id="next", lease=LEASE, now=NOW)) == 3


def test_reprocessing_keeps_every_earlier_extraction(ledger: Ledger) -> None:
    document_id = settled(ledger, completed("1.5"))
    assert ledger.claim([document_id], run_id="again", lease=LEASE, now=NOW, reopen=True)
    ledger.settle(document_id, run_id="again", outcome=completed("2"), artifact="key", now=NOW)
    with ledger.engine.connect() as connection:
        count = connection.exec_driver_sql("SELECT count(*) FROM extraction_results").scalar()
    assert count == 2
    assert ledger.load_extraction(document_id) == completed("2").extraction


def test_a_persons_decision_is_not_overwritten_but_a_different_reading_opens_a_review(ledger: Ledger) -> None:
    document_id = settled(ledger, completed("1.5"))
    ledger.create_credentials(document_id, actor="reviewer", now=NOW)
    ledger.claim([document_id], run_id="same", lease=LEASE, now=NOW, reopen=True)
    same = ledger.settle(document_id, run_id="same", outcome=completed("1.5"), artifact=None, now=NOW)
    ledger.claim([document_id], run_id="other", lease=LEASE, now=NOW, reopen=True)
    other = ledger.settle(document_id, run_id="other", outcome=completed("9"), artifact=None, now=NOW)
    assert (same, other) == (DocumentStatus.APPROVED, DocumentStatus.REVIEW_PENDING)


def test_a_credential_needs_a_completed_document(ledger: Ledger) -> None:
    with pytest.raises(LedgerRefusal):
        ledger.create_credentials(settled(ledger, in_review()), actor="pipeline", now=NOW)


def test_every_move_is_in_the_trail_with_who_and_which_run(ledger: Ledger) -> None:
    document_id = settled(ledger, in_review())
    told = [(event.kind, event.to_status, event.actor, event.run_id) for event in ledger.history(document_id)]
    assert told == [
        (EventKind.REGISTERED, DocumentStatus.UPLOADED, "pipeline", None),
        (EventKind.MOVED, DocumentStatus.REVIEW_PENDING, "pipeline", "run"),
    ]


def test_canaries_are_in_no_listing_of_real_documents(ledger: Ledger) -> None:
    ledger.register(upload_of("canary.pdf"), document_id=new_document_id(), now=NOW, is_canary=True)
    assert ledger.counts_by_status() == {}
    assert ledger.documents() == ()


def test_an_unreachable_database_is_said_so_without_its_password() -> None:
    ledger = open_ledger("postgresql://someone:topsecret@127.0.0.1:1/none")
    with pytest.raises(LedgerUnavailable) as raised:
        ledger.counts_by_status()
    ledger.close()
    assert "DATABASE_URL" in str(raised.value)
    assert "topsecret" not in str(raised.value)


def test_a_packet_is_read_back_as_it_was_settled(ledger: Ledger) -> None:
    outcome = packet()
    document_id = settled(ledger, outcome)
    assert ledger.load_classification(document_id) == outcome.classification
    assert ledger.load_extraction(document_id) == outcome.extraction
    assert ledger.load_findings(document_id) == outcome.findings


def test_each_item_of_a_packet_becomes_a_credential_of_its_own_type(ledger: Ledger) -> None:
    document_id = settled(ledger, packet())
    assert ledger.create_credentials(document_id, actor="pipeline", now=NOW).count == 3
    with ledger.engine.connect() as connection:
        types = connection.execute(text("SELECT credential_type FROM credentials ORDER BY item_position")).scalars()
        assert list(types) == ["cme_certificate", "cme_certificate", "license"]
