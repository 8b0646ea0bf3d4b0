"""What a settled document says of earlier ones: findings with stable codes and relations, never a silent drop."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from credmate_pipeline.documents.document import DocumentId
from credmate_pipeline.ledger.ledger import Ledger
from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.outcome import Outcome
from credmate_pipeline_tests.outcomes import NOW
from credmate_pipeline_tests.papers_of_record import (
    cme,
    dea,
    license_of,
    outcome_of,
    rules_of,
    status_of,
    taken_in,
)

LONG_TEXT = " ".join(f"word{number}" for number in range(40))
CME = outcome_of("cme_certificate", cme())


def kinds(ledger: Ledger, document_id: DocumentId) -> list[tuple[str, str]]:
    return [(one.kind, one.other_document_id) for one in ledger.relations(document_id)]


def test_the_same_certificate_scanned_again_is_told_and_linked_to_the_first(ledger: Ledger) -> None:
    first, again = taken_in(ledger, CME), taken_in(ledger, CME)
    assert rules_of(ledger, first) == set()
    assert rules_of(ledger, again) == {"same-credential"}
    assert kinds(ledger, again) == kinds(ledger, first) == [("same-credential", first)]
    assert status_of(ledger, again) is DocumentStatus.COMPLETED


def test_a_text_that_is_word_for_word_the_same_is_told(ledger: Ledger) -> None:
    first = taken_in(ledger, outcome_of("license", license_of(), text=LONG_TEXT))
    again = taken_in(ledger, outcome_of("license", license_of(license_number="H99999"), text=LONG_TEXT.upper()))
    assert rules_of(ledger, again) == {"same-text"}
    assert kinds(ledger, again) == [("same-text", first)]


def test_a_later_expiry_is_a_renewal_and_an_earlier_one_history(ledger: Ledger) -> None:
    first = taken_in(ledger, outcome_of("license", license_of()))
    renewal = taken_in(ledger, outcome_of("license", license_of(expiration_date="2029-01-31")))
    older = taken_in(ledger, outcome_of("license", license_of(expiration_date="2025-01-31")))
    assert rules_of(ledger, renewal) == {"renewal"}
    assert rules_of(ledger, older) == {"earlier-period"}
    assert ("renewal", first) in kinds(ledger, renewal)


def test_an_activity_claimed_twice_is_told(ledger: Ledger) -> None:
    taken_in(ledger, CME)
    assert rules_of(ledger, taken_in(ledger, outcome_of("cme_certificate", cme(credits_awarded="1")))) == {
        "same-activity"
    }


def test_a_number_under_another_name_goes_to_a_person(ledger: Ledger) -> None:
    taken_in(ledger, outcome_of("dea_registration", dea()))
    other = taken_in(ledger, outcome_of("dea_registration", dea(holder_name="Samuel Park")))
    assert rules_of(ledger, other) == {"number-of-another-holder"}
    assert status_of(ledger, other) is DocumentStatus.REVIEW_PENDING


def test_a_transcript_row_repeated_in_the_same_transcript_is_told(ledger: Ledger) -> None:
    rows = outcome_of("cme_certificate", cme(), cme(activity_title="Stroke"), cme())
    document_id = taken_in(ledger, rows)
    found = [(finding.rule, finding.item) for finding in ledger.load_findings(document_id)]
    assert found == [("same-credential", 2)]


def test_a_row_of_a_transcript_and_its_certificate_are_one(ledger: Ledger) -> None:
    taken_in(ledger, CME)
    transcript = taken_in(ledger, outcome_of("cme_certificate", cme(activity_title="Stroke"), cme()))
    assert [(one.rule, one.item) for one in ledger.load_findings(transcript)] == [("same-credential", 1)]


def test_reading_the_first_of_two_again_does_not_turn_them_around(ledger: Ledger) -> None:
    first, again = taken_in(ledger, CME), taken_in(ledger, CME)
    ledger.reopen([first], actor="test", reason="again", now=NOW)
    assert settle_again(ledger, first, CME) is DocumentStatus.COMPLETED
    assert rules_of(ledger, first) == set()
    assert rules_of(ledger, again) == {"same-credential"}


def settle_again(ledger: Ledger, document_id: DocumentId, outcome: Outcome) -> DocumentStatus:
    ledger.claim([document_id], run_id="again", lease=timedelta(minutes=5), now=NOW)
    return ledger.settle(document_id, run_id="again", outcome=outcome, artifact=None, now=NOW)


def test_a_rejected_document_and_a_canary_show_nothing(ledger: Ledger) -> None:
    rejected = taken_in(ledger, outcome_of("cme_certificate", cme(), is_sure=False))
    ledger.reject(rejected, reviewer="r", reason="Not legible.", now=NOW)
    taken_in(ledger, CME, is_canary=True)
    assert rules_of(ledger, taken_in(ledger, CME)) == set()


def test_of_two_copies_settled_at_once_exactly_one_is_told_to_be_a_copy(ledger: Ledger) -> None:
    with ThreadPoolExecutor(4) as threads:
        ids = list(threads.map(lambda _: taken_in(ledger, CME), range(8)))
    assert sorted(len(rules_of(ledger, one)) for one in ids) == [0] + [1] * 7
