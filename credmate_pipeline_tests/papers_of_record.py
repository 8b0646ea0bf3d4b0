"""Outcomes of small documents that say something of a provider, and a ledger's way of taking them in."""

from datetime import timedelta
from hashlib import sha256

from credmate_pipeline.classification.classification import Classification
from credmate_pipeline.documents.document import Arrival, DocumentId, MediaType, new_document_id
from credmate_pipeline.extraction.fields import Extraction, FieldValue, Item
from credmate_pipeline.ledger.ledger import Ledger
from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.outcome import Outcome
from credmate_pipeline.uploads.store import Upload
from credmate_pipeline_tests.outcomes import NOW, PLACE, reading_of
from credmate_pipeline_tests.validation.items import item_of

HOLDER = "Amelia Whitfield"


def cme(**said: FieldValue) -> Item:
    """A certificate with every required field."""
    return item_of(
        **{
            "holder_name": HOLDER,
            "activity_title": "Modern Care of Heart Failure",
            "issuer": "Northfield Institute",
            "completion_date": "2025-03-14",
            "credits_awarded": "2.5",
            "credit_type": "ama_pra_1",
            **said,
        }
    )


def license_of(**said: FieldValue) -> Item:
    return item_of(
        **{"holder_name": HOLDER, "license_number": "G12345", "state": "CA", "expiration_date": "2027-01-31", **said}
    )


def dea(**said: FieldValue) -> Item:
    return item_of(
        **{
            "holder_name": HOLDER,
            "registration_number": "BW1234563",
            "schedules": ("2", "3"),
            "expiration_date": "2027-05-31",
            **said,
        }
    )


def outcome_of(document_type: str, *items: Item, text: str = "a page", is_sure: bool = True) -> Outcome:
    """A document of these items, settled without a person or waiting for one."""
    return Outcome(
        status=DocumentStatus.COMPLETED if is_sure else DocumentStatus.REVIEW_PENDING,
        reasons=() if is_sure else ("It was read with little confidence.",),
        reading=reading_of(text),
        classification=Classification(document_type, 0.95, (PLACE,)),
        extraction=Extraction(document_type, items),
    )


def taken_in(
    ledger: Ledger, outcome: Outcome, *, owner: str = "p1", name: str | None = None, is_canary: bool = False
) -> DocumentId:
    """The document of a new upload of that owner, settled so."""
    document_id = new_document_id()
    key = f"documents/{owner}/{name or document_id}.pdf"
    upload = Upload(f"file:///uploads/{key}", key, "1", 10, NOW)
    ledger.register(upload, document_id=document_id, now=NOW, is_canary=is_canary)
    ledger.claim([document_id], run_id=document_id, lease=timedelta(minutes=5), now=NOW)
    arrival = Arrival(sha256(key.encode()).hexdigest(), 10, MediaType.PDF, 1)
    ledger.record_arrival(document_id, run_id=document_id, arrival=arrival, now=NOW)
    ledger.settle(document_id, run_id=document_id, outcome=outcome, artifact=None, now=NOW)
    return document_id


def status_of(ledger: Ledger, document_id: DocumentId) -> DocumentStatus:
    return ledger.statuses([document_id])[document_id]


def rules_of(ledger: Ledger, document_id: DocumentId) -> set[str]:
    return {finding.rule for finding in ledger.load_findings(document_id)}
