"""What a second reader is asked, and what its answer may and may not change."""

from dataclasses import replace
from datetime import date

import pytest

from credmate_pipeline.classification.classify import classify
from credmate_pipeline.confidence.model import UNSURE, package_model
from credmate_pipeline.extraction.fields import Evidence, Extraction, Field, FieldValue, Item
from credmate_pipeline.extraction.second_reader import (
    READERS_DIFFER,
    Asked,
    Question,
    Reply,
    Scope,
    combined,
    questions,
)
from credmate_pipeline.journey import understand, with_second_reading
from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.ocr.reading import Box
from credmate_pipeline.outcome import Circumstances, Outcome
from credmate_pipeline.validation.finding import Severity
from credmate_pipeline_tests.extraction.printed import reading_of
from credmate_pipeline_tests.extraction.test_instructions import PAGE

CIRCUMSTANCES = Circumstances(date(2025, 6, 1))


def by_rules(*lines: str) -> Outcome:
    return understand(reading_of("\n".join(lines)), CIRCUMSTANCES)


def asked_of(outcome: Outcome, scope: Scope) -> tuple[Question, ...]:
    assert outcome.reading is not None
    assert outcome.classification is not None
    return questions(outcome.reading, outcome.classification, outcome.extraction, scope)


def quoted(name: str, value: FieldValue, *, page: int = 1) -> Field:
    printed = value if isinstance(value, str) else " ".join(value)
    return Field(name, value, printed, 0.9, (Evidence(page, Box(0.1, 0.1, 0.2, 0.12), printed),), "bedrock:exact")


def replied(outcome: Outcome, *fields: Field) -> Outcome:
    [question] = asked_of(outcome, Scope.ALL)
    return with_second_reading(outcome, Asked.ANSWERED, (Reply(question, fields),), CIRCUMSTANCES)


def field_of(outcome: Outcome, name: str) -> Field | None:
    assert outcome.extraction is not None
    return outcome.extraction.items[0].field(name)


WHOLE = by_rules(*PAGE)
UNDATED = by_rules(*PAGE[:5], *PAGE[6:])


def test_a_document_the_rules_read_in_full_is_asked_about_only_where_all_are() -> None:
    assert WHOLE.status is DocumentStatus.COMPLETED
    assert asked_of(WHOLE, Scope.MISSING) == ()
    [question] = asked_of(WHOLE, Scope.ALL)
    assert {"holder_name", "completion_date", "credits_awarded"} <= set(question.names)


def test_of_what_is_missing_nothing_is_asked_that_was_found() -> None:
    [question] = asked_of(UNDATED, Scope.MISSING)
    assert "completion_date" in question.names
    assert "holder_name" not in question.names
    assert (question.position, question.pages) == (0, (1,))


def test_a_page_of_which_the_rules_read_nothing_is_asked_about_as_a_new_item() -> None:
    reading = reading_of("\n".join(PAGE))
    [question] = questions(reading, classify(reading), None, Scope.MISSING)
    assert question.position is None
    assert len(question.names) > 6


def test_items_that_share_a_page_are_not_asked_about() -> None:
    assert WHOLE.extraction is not None
    twice = replace(WHOLE.extraction, items=WHOLE.extraction.items * 2)
    assert asked_of(replace(WHOLE, extraction=twice), Scope.ALL) == ()


def test_what_the_model_alone_found_never_settles_a_document() -> None:
    outcome = replied(UNDATED, quoted("completion_date", "2025-03-14"))
    found = field_of(outcome, "completion_date")
    assert found is not None
    assert (found.value, found.method) == ("2025-03-14", "bedrock:exact")
    assert found.confidence <= UNSURE < package_model().threshold
    assert outcome.status is DocumentStatus.REVIEW_PENDING
    assert "The completion date was read with little confidence." in outcome.reasons
    assert "second-reader-alone" in {finding.rule for finding in outcome.findings}


@pytest.mark.parametrize("value", ["2.5", "2.50"])
def test_two_readers_that_agree_settle_what_the_rules_alone_would(value: str) -> None:
    outcome = replied(WHOLE, quoted("credits_awarded", value), quoted("holder_name", "WHITFIELD, AMELIA"))
    assert outcome.status is DocumentStatus.COMPLETED
    assert outcome.extraction is not None
    assert outcome.extraction.reader == "rules+bedrock"
    assert field_of(outcome, "credits_awarded") == field_of(WHOLE, "credits_awarded")


@pytest.mark.parametrize(
    ("name", "value"),
    [("credits_awarded", "999"), ("holder_name", "Jane Smith"), ("completion_date", "2025-03-15"), ("issuer", "Other")],
)
def test_where_two_readers_differ_the_rules_value_stays_and_a_person_looks(name: str, value: str) -> None:
    outcome = replied(WHOLE, quoted(name, value))
    own, before = field_of(outcome, name), field_of(WHOLE, name)
    assert own is not None
    assert before is not None
    assert (own.value, own.confidence) == (before.value, before.confidence)
    assert READERS_DIFFER in own.method
    assert outcome.status is DocumentStatus.REVIEW_PENDING
    assert f"Two readers read the {name.replace('_', ' ')} differently." in outcome.reasons


def test_the_mark_of_a_difference_hides_no_other_mark() -> None:
    item = Item((replace(quoted("issuer", "One"), method="rules:label+copies-differ"),))
    question = Question(0, "cme_certificate", (1,), ("issuer",))
    together = combined(
        "cme_certificate", Extraction("cme_certificate", (item,)), [Reply(question, (quoted("issuer", "Two"),))]
    )
    assert together.items[0].fields[0].method == f"rules:label{READERS_DIFFER}+copies-differ"


@pytest.mark.parametrize(
    ("asked", "rule"),
    [
        (Asked.SPEND_LIMIT, "second-reader-stopped"),
        (Asked.NO_ANSWER, "second-reader-unanswered"),
        (Asked.REFUSED, "second-reader-refused"),
    ],
)
def test_a_second_reader_that_was_not_heard_is_told_and_the_rules_reading_stands(asked: Asked, rule: str) -> None:
    outcome = with_second_reading(WHOLE, asked, (), CIRCUMSTANCES)
    assert (outcome.status, outcome.reading) == (DocumentStatus.COMPLETED, WHOLE.reading)
    [told] = [finding for finding in outcome.findings if finding.rule == rule]
    assert told.severity is Severity.WARNING
    assert outcome.extraction is not None
    assert outcome.extraction.reader == asked.value


def test_an_item_only_the_model_read_waits_for_a_person_instead_of_being_unreadable() -> None:
    assert WHOLE.reading is not None
    nothing = replace(WHOLE, status=DocumentStatus.UNREADABLE, extraction=None)
    [question] = asked_of(nothing, Scope.MISSING)
    outcome = with_second_reading(
        nothing, Asked.ANSWERED, (Reply(question, (quoted("holder_name", "Amelia Whitfield"),)),), CIRCUMSTANCES
    )
    assert outcome.status is DocumentStatus.REVIEW_PENDING
    assert field_of(outcome, "holder_name") is not None
    unheard = with_second_reading(nothing, Asked.SPEND_LIMIT, (), CIRCUMSTANCES)
    assert unheard.status is DocumentStatus.UNREADABLE
    assert "spend limit" in unheard.reasons[-1]
