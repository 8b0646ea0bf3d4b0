"""What becomes of each stated document, and what is not believed."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from credmate_pipeline.adoption.plan import MISSING_VERSION, Adoption, Fate, Remark, plan_adoption, trail_sentence
from credmate_pipeline.adoption.stated import StatedDocument, StatedExtraction
from credmate_pipeline.documents.document import DocumentId
from credmate_pipeline_tests.adoption.stating import NOBODY, stored

KEY = "documents/p/a.pdf"
STATED = StatedDocument("7", KEY, "completed", "CME")
READ = (StatedExtraction("7", {"issuer": "A"}),)


def planned(stated: StatedDocument) -> Adoption:
    [one] = plan_adoption([stated], stored(KEY), NOBODY)
    return one


@pytest.mark.parametrize("status", ["review_pending", "completed", "approved", "review_approved", "unsupported"])
def test_a_status_that_claims_a_reading_without_an_extraction_is_not_believed(status: str) -> None:
    one = planned(replace(STATED, status=status))
    assert one.fate is Fate.ADOPTED
    assert Remark.NOT_BELIEVED in one.remarks


def test_an_extraction_that_holds_nothing_is_no_reading() -> None:
    one = planned(replace(STATED, extractions=(StatedExtraction("7", {}),)))
    assert one.remarks == (Remark.NOT_BELIEVED, Remark.EMPTY_EXTRACTION)


def test_values_without_a_place_on_a_page_are_kept_for_comparison() -> None:
    assert planned(replace(STATED, extractions=READ)).remarks == (Remark.VALUES_KEPT,)


def test_uploaded_claims_nothing() -> None:
    assert planned(replace(STATED, status="uploaded")).remarks == ()


@pytest.mark.parametrize(
    ("status", "remark"),
    [
        ("approved", Remark.APPROVAL_KEPT),
        ("review_approved", Remark.APPROVAL_KEPT),
        ("review_rejected", Remark.REJECTION_KEPT),
    ],
)
def test_a_persons_decision_is_kept(status: str, remark: Remark) -> None:
    assert remark in planned(replace(STATED, status=status)).remarks


def test_a_file_that_storage_lost_is_adopted_to_end_as_missing() -> None:
    [one] = plan_adoption([STATED], stored(), NOBODY)
    assert one.fate is Fate.ADOPTED
    assert Remark.FILE_MISSING in one.remarks
    assert one.upload is not None
    assert one.upload.version == MISSING_VERSION


def test_unknown_words_are_told_and_not_believed() -> None:
    one = planned(replace(STATED, status="ocr done", document_type="blue form"))
    assert one.remarks == (Remark.STATUS_UNKNOWN, Remark.TYPE_UNKNOWN)


@pytest.mark.parametrize("key", [KEY, f"/{KEY}", f"s3://bucket/{KEY}"])
def test_a_key_is_understood_in_every_usual_form(key: str) -> None:
    one = planned(replace(STATED, key=key))
    assert one.upload is not None
    assert one.upload.key == KEY


@pytest.mark.parametrize(
    ("stated", "why"),
    [
        (replace(STATED, source_id=""), Remark.NO_ID),
        (replace(STATED, key=""), Remark.NO_KEY),
        (replace(STATED, key="uploads/a.pdf"), Remark.KEY_OUTSIDE),
        (replace(STATED, key="documents/../../etc/passwd"), Remark.KEY_OUTSIDE),
        (replace(STATED, key=f"s3://another/{KEY}"), Remark.KEY_OUTSIDE),
    ],
)
def test_what_cannot_be_mapped_is_refused_with_its_reason(stated: StatedDocument, why: Remark) -> None:
    one = planned(stated)
    assert (one.fate, one.remarks) == (Fate.REFUSED, (why,))


def test_of_two_rows_with_one_id_the_second_is_refused() -> None:
    first, second = plan_adoption([STATED, STATED], stored(KEY), NOBODY)
    assert (first.fate, second.fate, second.remarks) == (Fate.ADOPTED, Fate.REFUSED, (Remark.ID_TWICE,))


def test_a_document_adopted_before_is_left_alone() -> None:
    known = DocumentId("8f0c6dc3-31b6-4b3c-9a4f-3f1b7f2a1f00")
    [one] = plan_adoption([STATED], stored(KEY), {"7": known})
    assert (one.fate, one.document_id) == (Fate.KNOWN, known)


def test_a_uuid_stays_the_documents_id_and_another_id_gives_the_same_one_each_time() -> None:
    own = "8f0c6dc3-31b6-4b3c-9a4f-3f1b7f2a1f00"
    assert planned(replace(STATED, source_id=own.upper())).document_id == own
    assert planned(STATED).document_id == planned(STATED).document_id


def test_the_trail_says_what_was_not_believed_and_what_is_kept() -> None:
    approved = replace(STATED, status="approved", decided_by="Jane Roe", decided_at=datetime(2025, 2, 3, tzinfo=UTC))
    told = trail_sentence(approved)
    assert "not believed" in told
    assert "A person approved it on 2025-02-03 without a reading" in told
    assert "Roe" not in told
