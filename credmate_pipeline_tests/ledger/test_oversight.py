"""What waits, what a day brought and what expires, counted from the ledger."""

from datetime import date, timedelta

import pytest

from credmate_pipeline.ledger.ledger import Ledger
from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.oversight.expiring import by_type, expired_count, window_counts
from credmate_pipeline.oversight.review_queue import ReasonCount, kind_of
from credmate_pipeline_tests.outcomes import NOW, completed, in_review, registered, unreadable
from credmate_pipeline_tests.papers_of_record import cme, license_of, outcome_of, taken_in

TODAY = NOW.date()


def test_the_queue_counts_reasons_by_type_and_names_the_longest_waiting_first(ledger: Ledger) -> None:
    first, earlier = registered(ledger), NOW - timedelta(hours=1)
    ledger.claim([first], run_id="r", lease=timedelta(minutes=5), now=earlier)
    outcome = outcome_of("cme_certificate", cme(), is_sure=False)
    ledger.settle(first, run_id="r", outcome=outcome, artifact=None, now=earlier)
    taken_in(ledger, outcome_of("cme_certificate", cme(activity_title="Another"), is_sure=False))
    taken_in(ledger, outcome_of("license", license_of(), is_sure=False))
    taken_in(ledger, outcome_of("license", license_of(license_number="X1")))
    taken_in(ledger, outcome_of("cme_certificate", cme(), is_sure=False), is_canary=True)
    queue = ledger.waiting_for_a_person(at_most=2)
    assert (queue.count, queue.by_type) == (3, {"cme_certificate": 2, "license": 1})
    assert queue.by_reason == {
        ("cme_certificate", "It was read with little confidence."): 2,
        ("license", "It was read with little confidence."): 1,
    }
    assert len(queue.oldest) == 2
    assert queue.oldest[0].document_id == first
    assert queue.waited(NOW) == timedelta(hours=1)


@pytest.mark.parametrize(
    ("reason", "kind"),
    [
        ("Page 3 could not be read.", "Page … could not be read."),
        ("Pages 1, 12 could not be read.", "Pages … could not be read."),
        ("The issuer was not found (item 2 on page 1, 7 more).", "The issuer was not found."),
        ("The holder is somebody else.", "The holder is somebody else."),
    ],
)
def test_reasons_that_differ_by_page_or_item_count_together(reason: str, kind: str) -> None:
    assert kind_of(reason) == kind


def test_a_day_is_summed_up_by_its_trail_and_stays_the_same_when_documents_move_on(ledger: Ledger) -> None:
    lease = timedelta(minutes=5)
    outcomes = [completed("1.5"), in_review(), unreadable(), completed("2.5")]
    ids = [registered(ledger, f"{number}.pdf") for number in range(5)]
    for number, (document_id, outcome) in enumerate(zip(ids, outcomes, strict=False)):
        ledger.claim([document_id], run_id="r", lease=lease, now=NOW)
        then = NOW + timedelta(seconds=10 * (number + 1))
        ledger.settle(document_id, run_id="r", outcome=outcome, artifact=None, now=then)
    day = ledger.day_activity(TODAY)
    assert (day.uploaded, day.settled_count, day.read_again) == (5, 4, 0)
    assert day.settled == {
        DocumentStatus.COMPLETED: 2,
        DocumentStatus.REVIEW_PENDING: 1,
        DocumentStatus.UNREADABLE: 1,
    }
    assert (day.seconds_p50, day.seconds_p95) == (25.0, 38.5)
    assert day.share_without_a_person == 2 / 3
    tomorrow = NOW + timedelta(days=1)
    ledger.reopen(ids[:1], actor="lee", reason="again", now=tomorrow)
    ledger.claim(ids[:1], run_id="s", lease=lease, now=tomorrow)
    ledger.settle(ids[0], run_id="s", outcome=in_review(), artifact=None, now=tomorrow)
    ledger.reject(ids[1], reviewer="lee", reason="Blurred.", now=tomorrow)
    assert ledger.day_activity(TODAY) == day
    next_day = ledger.day_activity(TODAY + timedelta(days=1))
    assert (next_day.uploaded, next_day.settled, next_day.read_again) == (0, {}, 1)
    assert next_day.reviewed == {DocumentStatus.REVIEW_REJECTED: 1}
    assert (next_day.seconds_p50, next_day.share_without_a_person) == (None, None)


def test_credentials_are_told_before_they_expire_once_and_not_once_renewed(ledger: Ledger) -> None:
    def on_file(number: str, expires: date) -> None:
        item = license_of(license_number=number, issue_date="2020-01-01", expiration_date=expires.isoformat())
        document_id = taken_in(ledger, outcome_of("license", item))
        ledger.create_credentials(document_id, actor="lee", now=NOW)

    on_file("G10001", TODAY + timedelta(days=20))
    on_file("G10002", TODAY + timedelta(days=75))
    on_file("G10003", TODAY - timedelta(days=5))
    on_file("G10004", TODAY + timedelta(days=400))
    on_file("G10005", TODAY + timedelta(days=10))
    on_file("G10005", TODAY + timedelta(days=740))
    found = ledger.expiring_credentials(until=TODAY + timedelta(days=90))
    assert window_counts(found, TODAY) == {30: 1, 60: 1, 90: 2}
    assert expired_count(found, TODAY) == 1
    assert by_type(found, TODAY) == {"license": (1, 1, 2, 1)}


def test_a_reason_count_holds_no_more_than_words_of_the_pipeline(ledger: Ledger) -> None:
    taken_in(ledger, outcome_of("cme_certificate", cme(), is_sure=False))
    queue = ledger.waiting_for_a_person(at_most=1)
    assert queue.reasons == (ReasonCount("cme_certificate", "It was read with little confidence.", 1),)
