"""A document settles by itself only when everything about it is certain."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credmate_pipeline.classification.classification import Classification
from credmate_pipeline.extraction.document_type import UNSUPPORTED
from credmate_pipeline.extraction.fields import Extraction, Item
from credmate_pipeline.extraction.registry import document_type, document_types
from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.ocr.reading import Page, PageNote, Reading, Source
from credmate_pipeline.validation.catalog import CATALOG, finding
from credmate_pipeline.validation.decide import THRESHOLDS, decide
from credmate_pipeline.validation.decision import Decision
from credmate_pipeline.validation.finding import Finding, Severity
from credmate_pipeline_tests.validation.items import item_of

PAGE = Page(1, (), Source.TEXT_LAYER, 612, 792)
READING = Reading((PAGE,), "test")
TYPES = [known.name for known in document_types()]


def complete(kind: str, confidence: float = 0.98) -> Item:
    return item_of(confidence, **dict.fromkeys(document_type(kind).required_fields, "1"))


def decided(kind: str, *items: Item, certainty: float = 0.99, findings=(), reading: Reading = READING) -> Decision:
    return decide(reading, Classification(kind, certainty, ()), Extraction(kind, items), findings)


@pytest.mark.parametrize("kind", TYPES)
def test_a_complete_certain_document_is_completed(kind):
    assert decided(kind, complete(kind)) == Decision(DocumentStatus.COMPLETED)


@pytest.mark.parametrize("kind", TYPES)
def test_every_missing_required_field_sends_it_to_a_person(kind):
    for missing in document_type(kind).required_fields:
        item = Item(tuple(field for field in complete(kind).fields if field.name != missing))
        decision = decided(kind, item)
        assert decision.status is DocumentStatus.REVIEW_PENDING
        assert decision.reasons == (f"The {missing.replace('_', ' ')} was not found.",)


@given(st.sampled_from(TYPES), st.floats(0.0, 1.0))
def test_poorly_read_required_fields_send_it_to_a_person(kind, confidence):
    needed = max(THRESHOLDS.of(name) for name in document_type(kind).required_fields)
    is_completed = decided(kind, complete(kind, confidence)).status is DocumentStatus.COMPLETED
    assert is_completed == (confidence >= needed)


@pytest.mark.parametrize("code", CATALOG)
def test_errors_and_nothing_else_keep_a_document_from_settling(code):
    decision = decided("license", complete("license"), findings=(finding(code, "What is wrong."),))
    is_error = CATALOG[code].severity is Severity.ERROR
    assert decision.status is (DocumentStatus.REVIEW_PENDING if is_error else DocumentStatus.COMPLETED)
    assert decision.reasons == (("What is wrong.",) if is_error else ())


def test_an_uncertain_type_sends_it_to_a_person():
    decision = decided("license", complete("license"), certainty=0.5)
    assert decision.reasons == ("It is not certain that this is a state license.",)


def test_an_unread_page_sends_it_to_a_person_and_comes_first():
    reading = Reading((PAGE, replace(PAGE, number=2, notes=(PageNote.UNREAD,))), "test")
    decision = decided("license", Item(()), reading=reading)
    assert decision.status is DocumentStatus.REVIEW_PENDING
    assert decision.reasons[0] == "Page 2 could not be read."


def test_one_poor_item_of_many_is_enough_for_a_review():
    assert decided("license", complete("license"), Item(())).status is DocumentStatus.REVIEW_PENDING


def test_no_items_never_settle():
    assert decided("license").status is DocumentStatus.REVIEW_PENDING


def test_other_papers_are_unsupported():
    decision = decide(READING, Classification(UNSUPPORTED, 0.9, ()), None, ())
    assert decision.status is DocumentStatus.UNSUPPORTED
    assert decision.reasons


def test_the_same_reason_is_said_once():
    found = (
        finding("expired", ""),
        finding("specimen-words", "It is a sample."),
        finding("specimen-words", "It is a sample."),
    )
    assert decided("license", complete("license"), findings=found).reasons == ("It is a sample.",)


def test_of_many_items_the_faulty_ones_are_named_by_number_and_page() -> None:
    rows = [complete("cme_certificate") for _ in range(30)]
    for position in (4, 16):
        rows[position] = Item(tuple(field for field in rows[position].fields if field.name != "credits_awarded"))
    decision = decided("cme_certificate", *rows)
    assert decision.status is DocumentStatus.REVIEW_PENDING
    assert decision.reasons == ("The credits awarded was not found (item 5 on page 1, item 17 on page 1).",)


def test_an_error_found_in_many_items_is_one_reason_of_bounded_length() -> None:
    rows = [complete("cme_certificate") for _ in range(30)]
    errors = [Finding("credits-zero", Severity.ERROR, "Zero credits.", "credits_awarded", n) for n in range(30)]
    [reason] = decided("cme_certificate", *rows, findings=errors).reasons
    assert reason.startswith("Zero credits (item 1 on page 1, ")
    assert reason.endswith("20 more).")


def test_every_item_needs_the_fields_of_its_own_type() -> None:
    card = replace(complete("life_support_card"), document_type="life_support_card")
    assert decided("license", complete("license"), card).status is DocumentStatus.COMPLETED
    reasons = decided("license", complete("license"), replace(complete("license"), document_type="board_certification"))
    assert "The board was not found (item 2 on page 1)." in reasons.reasons
