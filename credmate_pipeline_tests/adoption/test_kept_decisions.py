"""People's decisions from an earlier installation, and the readings made later: in a real ledger."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from credmate_pipeline.adoption.plan import plan_adoption
from credmate_pipeline.adoption.stated import StatedDocument, StatedExtraction
from credmate_pipeline.documents.document import DocumentId, new_document_id
from credmate_pipeline.errors import LedgerRefusal
from credmate_pipeline.ledger.adoption_book import AdoptionBook
from credmate_pipeline.ledger.ledger import Ledger
from credmate_pipeline.ledger.records import EventKind
from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.outcome import Outcome
from credmate_pipeline_tests.adoption.stating import NOBODY, NOW, stored
from credmate_pipeline_tests.outcomes import arrival_of, completed, in_review, unreadable, unsupported

KEY = "documents/p/a.pdf"
APPROVED = StatedDocument("7", KEY, "approved", "CME", decided_by="Jane Roe", decided_at=NOW)
REJECTED = replace(APPROVED, status="review_rejected")


@pytest.fixture
def book(ledger: Ledger) -> AdoptionBook:
    return AdoptionBook(ledger.engine)


def adopted(book: AdoptionBook, stated: StatedDocument) -> DocumentId:
    [one] = plan_adoption([stated], stored(KEY), NOBODY)
    return book.adopt(one, actor="adoption", now=NOW)


def settled(ledger: Ledger, document_id: DocumentId, outcome: Outcome) -> DocumentStatus:
    ledger.claim([document_id], run_id="run", lease=timedelta(hours=1), now=NOW)
    ledger.record_arrival(document_id, run_id="run", arrival=arrival_of(b"x"), now=NOW)
    return ledger.settle(document_id, run_id="run", outcome=outcome, artifact=None, now=NOW)


def reasons(ledger: Ledger, document_id: DocumentId) -> str:
    record = ledger.document(document_id)
    assert record is not None
    return " ".join(record.reasons)


def test_an_adopted_document_comes_in_as_uploaded_with_its_claim_beside_it_and_in_its_trail(
    ledger: Ledger, book: AdoptionBook
) -> None:
    document_id = adopted(book, APPROVED)
    record = ledger.document(document_id)
    assert record is not None
    assert record.status is DocumentStatus.UPLOADED
    [kept] = book.adopted(document_id)
    assert (kept.stated_status, kept.decision, kept.had_extraction) == ("approved", "approved", False)
    events = ledger.history(document_id)
    assert [event.kind for event in events] == [EventKind.REGISTERED, EventKind.ADOPTED]
    assert "not believed" in (events[1].reason or "")


def test_a_reading_that_agrees_with_an_approval_settles(ledger: Ledger, book: AdoptionBook) -> None:
    document_id = adopted(book, APPROVED)
    assert settled(ledger, document_id, completed()) is DocumentStatus.COMPLETED
    assert book.adopted(document_id)[0].decision == "approved"


def test_a_reading_of_another_type_than_was_approved_opens_a_review(ledger: Ledger, book: AdoptionBook) -> None:
    document_id = adopted(book, replace(APPROVED, document_type="DEA"))
    assert settled(ledger, document_id, completed()) is DocumentStatus.REVIEW_PENDING
    assert "approved this document without a reading" in reasons(ledger, document_id)
    assert "differs in document_type" in reasons(ledger, document_id)


def test_a_reading_that_differs_from_the_values_approved_opens_a_review(ledger: Ledger, book: AdoptionBook) -> None:
    on_values = replace(APPROVED, extractions=(StatedExtraction("7", {"credits_awarded": "9.0", "issuer": "X"}),))
    document_id = adopted(book, on_values)
    assert settled(ledger, document_id, completed("1.5")) is DocumentStatus.REVIEW_PENDING
    assert "differs in credits_awarded" in reasons(ledger, document_id)
    assert "9.0" not in reasons(ledger, document_id)


def test_a_reading_that_says_what_was_approved_settles(ledger: Ledger, book: AdoptionBook) -> None:
    on_values = replace(APPROVED, extractions=(StatedExtraction("7", {"credits_awarded": "1.5"}),))
    assert settled(ledger, adopted(book, on_values), completed("1.5")) is DocumentStatus.COMPLETED


def test_a_rejection_is_never_overwritten_by_a_reading(ledger: Ledger, book: AdoptionBook) -> None:
    document_id = adopted(book, REJECTED)
    assert settled(ledger, document_id, completed()) is DocumentStatus.REVIEW_PENDING
    assert "rejected this document" in reasons(ledger, document_id)


@pytest.mark.parametrize("outcome", [in_review(), unsupported(), unreadable()])
def test_whatever_a_reading_ends_in_says_that_a_person_had_approved(
    ledger: Ledger, book: AdoptionBook, outcome: Outcome
) -> None:
    document_id = adopted(book, APPROVED)
    assert settled(ledger, document_id, outcome) is outcome.status
    assert "approved this document without a reading" in reasons(ledger, document_id)


def test_once_a_person_has_reviewed_it_here_the_earlier_decision_is_history(ledger: Ledger, book: AdoptionBook) -> None:
    document_id = adopted(book, REJECTED)
    settled(ledger, document_id, completed())
    ledger.approve(document_id, reviewer="someone", now=NOW, may_be_incomplete=True)
    ledger.claim([document_id], run_id="again", lease=timedelta(hours=1), now=NOW, reopen=True)
    status = ledger.settle(document_id, run_id="again", outcome=completed(), artifact=None, now=NOW)
    assert status in {DocumentStatus.APPROVED, DocumentStatus.REVIEW_APPROVED}


def test_a_document_the_listing_had_settled_before_goes_to_a_person_where_it_differs(
    ledger: Ledger, book: AdoptionBook
) -> None:
    [one] = plan_adoption([replace(APPROVED, document_type="DEA")], stored(KEY), NOBODY)
    assert one.upload is not None
    listed = ledger.register(one.upload, document_id=new_document_id(), now=NOW).document_id
    settled(ledger, listed, completed())
    assert book.adopt(one, actor="adoption", now=NOW) == listed
    record = ledger.document(listed)
    assert record is not None
    assert record.status is DocumentStatus.REVIEW_PENDING


def test_nothing_is_adopted_twice(ledger: Ledger, book: AdoptionBook) -> None:
    document_id = adopted(book, APPROVED)
    assert book.adopted_ids() == {"7": document_id}
    with pytest.raises(LedgerRefusal):
        adopted(book, APPROVED)
    assert len(ledger.history(document_id)) == 2


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE adopted_documents SET stated_status = 'completed'",
        "UPDATE adopted_documents SET decision = NULL, decided_by = NULL, decided_at = NULL",
        "UPDATE adopted_documents SET decided_by = 'another'",
        "DELETE FROM adopted_documents",
        "TRUNCATE adopted_documents",
    ],
)
def test_the_database_keeps_what_was_adopted(ledger: Ledger, book: AdoptionBook, statement: str) -> None:
    adopted(book, APPROVED)
    with (
        pytest.raises(Exception, match="append-only"),
        ledger.engine.begin() as connection,
    ):
        connection.execute(text(statement))


def test_a_purge_takes_what_was_stated_of_a_person_and_leaves_that_there_was_a_decision(
    ledger: Ledger, book: AdoptionBook
) -> None:
    stated = replace(APPROVED, error="Jane Roe", extractions=(StatedExtraction("7", {"holder_name": "Jane Roe"}),))
    document_id = adopted(book, stated)
    ledger.begin_purge([document_id], actor="someone", reason="asked for", now=NOW)
    with ledger.engine.begin() as connection:
        [row] = connection.execute(text("SELECT * FROM adopted_documents")).mappings()
    assert "Roe" not in str(dict(row))
    assert book.adopted(document_id)[0].decision == "approved"
