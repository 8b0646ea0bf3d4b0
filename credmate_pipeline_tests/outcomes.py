"""Small ready-made values for tests: uploads, arrivals and outcomes that mean nothing but themselves."""

from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256

from credmate_pipeline.classification.classification import Classification, PageType
from credmate_pipeline.documents.document import Arrival, DocumentId, MediaType, new_document_id
from credmate_pipeline.errors import ReasonCode
from credmate_pipeline.extraction.document_type import UNSUPPORTED
from credmate_pipeline.extraction.fields import (
    Evidence,
    Extraction,
    Field,
    Item,
    PageSetAside,
    PageUse,
    PrintedTotal,
    TotalKind,
)
from credmate_pipeline.ledger.ledger import Ledger
from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.ocr.reading import Box, Line, Page, Reading, Source, Word
from credmate_pipeline.outcome import Outcome
from credmate_pipeline.uploads.store import Upload
from credmate_pipeline.validation.finding import Finding, Severity

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
PLACE = Evidence(1, Box(0.1, 0.1, 0.4, 0.2), "1.5")


def upload_of(name: str, version: str = "1") -> Upload:
    return Upload(f"file:///uploads/documents/p1/{name}", f"documents/p1/{name}", version, 10, NOW)


def arrival_of(content: bytes) -> Arrival:
    return Arrival(sha256(content).hexdigest(), len(content), MediaType.PDF, 1)


def reading_of(text: str = "1.5") -> Reading:
    word = Word(text, Box(0.1, 0.1, 0.4, 0.2), 0.9, Source.TESSERACT)
    return Reading((Page(1, (Line((word,)),), Source.TESSERACT, 612, 792),), "tesseract 5")


def completed(value: str = "1.5", *, findings: tuple[Finding, ...] = ()) -> Outcome:
    """A CME certificate with one field; what the ledger stores, not what the decision would say."""
    field = Field("credits_awarded", value, value, 0.9, (PLACE,), "rules:phrase")
    return Outcome(
        status=DocumentStatus.COMPLETED,
        reasons=(),
        reading=reading_of(value),
        classification=Classification("cme_certificate", 0.9, (PLACE,)),
        extraction=Extraction("cme_certificate", (Item((field,)),)),
        findings=findings,
    )


def packet() -> Outcome:
    """A file of several pages: two certificates and a license, a total, a cover sheet set aside."""
    single = completed()
    assert single.extraction is not None
    [item] = single.extraction.items
    license_number = Field("license_number", "ME 1", "ME 1", 0.9, (Evidence(3, PLACE.box, "ME 1"),), "rules:label")
    total = PrintedTotal(TotalKind.CREDITS, "3", (0, 1), PLACE, "ama_pra_1")
    return replace(
        single,
        classification=Classification(
            "cme_certificate",
            0.9,
            (PLACE,),
            pages=(PageType(1, "cme_certificate", 0.9), PageType(2, UNSUPPORTED, 0.8, "letter")),
        ),
        extraction=Extraction(
            "cme_certificate",
            (item, item, Item((license_number,), "license")),
            totals=(total,),
            pages_set_aside=(PageSetAside(2, PageUse.COVER_SHEET),),
        ),
        findings=(Finding("credits-not-summed", Severity.WARNING, "No total is printed.", None, None),),
    )


def in_review() -> Outcome:
    settled = completed(findings=(Finding("awarded-exceeds-designated", Severity.ERROR, "More than allowed."),))
    return Outcome(
        status=DocumentStatus.REVIEW_PENDING,
        reasons=("Credits awarded exceed the credits designated.",),
        reading=settled.reading,
        classification=settled.classification,
        extraction=settled.extraction,
        findings=settled.findings,
    )


def unsupported() -> Outcome:
    return Outcome(
        status=DocumentStatus.UNSUPPORTED,
        reasons=("No known kind of document.",),
        reading=reading_of("invoice"),
        classification=Classification(UNSUPPORTED, 0.8, ()),
    )


def unreadable() -> Outcome:
    return Outcome(DocumentStatus.UNREADABLE, ("The file is locked.",), ReasonCode.ENCRYPTED)


def registered(ledger: Ledger, name: str = "a.pdf", version: str = "1") -> DocumentId:
    return ledger.register(upload_of(name, version), document_id=new_document_id(), now=NOW).document_id
