"""A person's decision: recorded with who and why, once, with corrections beside what was read."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import text

from credmate_pipeline.credentials.correction import asked_correction
from credmate_pipeline.documents.document import DocumentId
from credmate_pipeline.errors import LedgerRefusal
from credmate_pipeline.extraction.fields import Item
from credmate_pipeline.ledger.ledger import Ledger
from credmate_pipeline.ledger.records import Filed
from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.providers.roster import read_roster
from credmate_pipeline_tests.outcomes import NOW, in_review, registered
from credmate_pipeline_tests.papers_of_record import HOLDER, cme, dea, license_of, outcome_of, status_of, taken_in

_S = DocumentStatus


def waiting(ledger: Ledger, item: Item, kind: str = "cme_certificate") -> DocumentId:
    return taken_in(ledger, outcome_of(kind, item, is_sure=False))


def approve(ledger: Ledger, document_id: DocumentId, *said: str, may_be_incomplete: bool = False) -> Filed:
    read = ledger.load_extraction(document_id)
    assert read is not None
    corrections = [asked_correction(one, read) for one in said]
    return ledger.approve(
        document_id, reviewer="dr-lee", now=NOW, corrections=corrections, may_be_incomplete=may_be_incomplete
    )


def known(ledger: Ledger) -> None:
    ledger.import_roster(read_roster(f"owner,name\np1,{HOLDER}\n".encode()), actor="test", now=NOW)


def on_file(ledger: Ledger) -> list[tuple[str, object, bool]]:
    provider = ledger.provider("p1")
    assert provider is not None
    return [(one.credential_type, one.expires_on, one.is_renewed) for one in ledger.credentials(provider.provider_id)]


def test_an_approval_files_the_credential_and_says_who(ledger: Ledger) -> None:
    document_id = waiting(ledger, cme())
    assert approve(ledger, document_id) == Filed(created=1)
    assert status_of(ledger, document_id) is _S.APPROVED
    moves = [(event.to_status, event.actor) for event in ledger.history(document_id)][-2:]
    assert moves == [(_S.REVIEW_APPROVED, "dr-lee"), (_S.APPROVED, "dr-lee")]
    (review,) = ledger.reviews(document_id)
    assert (review.decision, review.reviewer, review.corrected_fields) == ("approved", "dr-lee", ())


def test_a_correction_is_kept_beside_what_was_read(ledger: Ledger) -> None:
    document_id = waiting(ledger, cme())
    approve(ledger, document_id, "credits_awarded=3.50", "issuer=Southfield Institute")
    read = ledger.load_extraction(document_id)
    assert read is not None
    assert read.items[0].text("credits_awarded") == "2.5"
    said = {one.field: one.value for one in ledger.corrections(document_id)}
    assert said == {"credits_awarded": "3.5", "issuer": "Southfield Institute"}
    with ledger.engine.connect() as connection:
        kept = connection.execute(text("SELECT read_value, corrected_value FROM corrections ORDER BY 1")).all()
        held = connection.execute(text("SELECT field_values ->> 'credits_awarded' FROM credentials")).scalar()
    assert ("2.5", "3.5") in [tuple(row) for row in kept]
    assert held == "3.5"


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("credits_awarded=many", "no number"),
        ("completion_date=14/03/2025", "no date"),
        ("completion_date=2025-02-30", "no date"),
        ("shoe_size=9", "has no field shoe_size"),
        ("7.issuer=X", "no item 7"),
        ("issuer", "FIELD=VALUE"),
    ],
)
def test_a_correction_in_no_normal_form_is_refused(ledger: Ledger, said: str, why: str) -> None:
    document_id = waiting(ledger, cme())
    with pytest.raises(LedgerRefusal, match=why):
        approve(ledger, document_id, said)
    assert status_of(ledger, document_id) is _S.REVIEW_PENDING


def test_a_mistyped_number_is_caught_by_its_check_digit(ledger: Ledger) -> None:
    document_id = waiting(ledger, dea(), "dea_registration")
    with pytest.raises(LedgerRefusal, match="check digit"):
        approve(ledger, document_id, "registration_number=BW1234564")
    assert approve(ledger, document_id, "registration_number=BW2345672").created == 1


def test_a_document_lacking_a_required_field_is_approved_only_with_it_or_knowingly(ledger: Ledger) -> None:
    first = taken_in(ledger, in_review(), name="a")
    with pytest.raises(LedgerRefusal, match=r"1\.holder_name"):
        approve(ledger, first)
    assert approve(ledger, first, may_be_incomplete=True).created == 1
    second = waiting(ledger, Item(tuple(field for field in cme().fields if field.name != "issuer")))
    assert approve(ledger, second, "issuer=Northfield").created == 1


def test_of_two_approvals_at_once_one_is_refused(ledger: Ledger) -> None:
    document_id = waiting(ledger, cme())

    def attempt(_: int) -> str:
        try:
            approve(ledger, document_id)
        except LedgerRefusal as refusal:
            return str(refusal)
        return "approved"

    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(attempt, range(4)))
    assert answers.count("approved") == 1
    assert sum("already approved" in answer for answer in answers) == 3
    assert len(ledger.reviews(document_id)) == 1


def test_of_two_copies_approved_at_once_one_credential_comes_of_it(ledger: Ledger) -> None:
    known(ledger)
    ids = [waiting(ledger, cme()) for _ in range(6)]
    with ThreadPoolExecutor(4) as threads:
        filed = list(threads.map(lambda one: approve(ledger, one), ids))
    assert sorted(one.created for one in filed) == [0] * 5 + [1]
    assert len(on_file(ledger)) == 1
    assert {status_of(ledger, one) for one in ids} == {_S.APPROVED}


def test_what_was_read_again_meanwhile_must_be_looked_at_again(ledger: Ledger) -> None:
    document_id = waiting(ledger, cme())
    seen = ledger.extraction_id(document_id)
    ledger.reopen([document_id], actor="test", reason="again", now=NOW)
    ledger.claim([document_id], run_id="again", lease=timedelta(minutes=5), now=NOW)
    again = outcome_of("cme_certificate", cme(credits_awarded="9"), is_sure=False)
    ledger.settle(document_id, run_id="again", outcome=again, artifact=None, now=NOW)
    with pytest.raises(LedgerRefusal, match="read again"):
        ledger.approve(document_id, reviewer="r", now=NOW, extraction_id=seen)


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_rejection_needs_a_reason(ledger: Ledger, reason: str) -> None:
    document_id = waiting(ledger, cme())
    with pytest.raises(LedgerRefusal, match="reason"):
        ledger.reject(document_id, reviewer="r", reason=reason, now=NOW)


def test_a_review_needs_a_reviewer(ledger: Ledger) -> None:
    with pytest.raises(LedgerRefusal, match="reviewer"):
        ledger.approve(waiting(ledger, cme()), reviewer=" ", now=NOW)


def test_a_reviewers_words_stay_in_the_review(ledger: Ledger) -> None:
    document_id = waiting(ledger, cme())
    ledger.reject(document_id, reviewer="r", reason="This is Samuel Park's.", now=NOW)
    document = ledger.document(document_id)
    assert document is not None
    assert document.status is _S.REVIEW_REJECTED
    assert document.reasons == ("A person rejected it; its review says why.",)
    assert ledger.reviews(document_id)[0].reason == "This is Samuel Park's."


def test_an_unread_document_cannot_be_approved(ledger: Ledger) -> None:
    with pytest.raises(LedgerRefusal, match="nothing to review"):
        ledger.approve(registered(ledger), reviewer="r", now=NOW)


def test_a_renewal_is_filed_as_the_next_period_of_the_one_before(ledger: Ledger) -> None:
    known(ledger)
    approve(ledger, waiting(ledger, license_of(), "license"))
    renewed = approve(ledger, waiting(ledger, license_of(expiration_date="2029-01-31"), "license"))
    assert renewed == Filed(created=1, renewed=1)
    assert [is_renewed for _, _, is_renewed in on_file(ledger)] == [True, False]


def test_an_earlier_period_filed_late_is_renewed_by_the_later_one(ledger: Ledger) -> None:
    known(ledger)
    approve(ledger, waiting(ledger, license_of(expiration_date="2029-01-31"), "license"))
    approve(ledger, waiting(ledger, license_of(), "license"))
    assert [is_renewed for _, _, is_renewed in on_file(ledger)] == [True, False]


def test_a_second_print_proves_the_credential_on_file(ledger: Ledger) -> None:
    known(ledger)
    approve(ledger, waiting(ledger, license_of(), "license"))
    assert approve(ledger, waiting(ledger, license_of(), "license")) == Filed(confirmed=1)
    assert len(on_file(ledger)) == 1


def test_a_decision_is_made_anew_only_after_opening_it_again(ledger: Ledger) -> None:
    known(ledger)
    document_id = waiting(ledger, license_of(), "license")
    approve(ledger, document_id)
    with pytest.raises(LedgerRefusal, match="review reopen"):
        ledger.reject(document_id, reviewer="r", reason="no", now=NOW)
    ledger.reopen_review(document_id, reviewer="r", reason="Wrong number.", now=NOW)
    assert len(on_file(ledger)) == 1
    assert approve(ledger, document_id, "license_number=G54321") == Filed(created=1)
    with ledger.engine.connect() as connection:
        live = connection.execute(
            text("SELECT field_values ->> 'license_number' FROM credentials WHERE withdrawn_at IS NULL")
        ).scalars()
        assert list(live) == ["G54321"]


def test_a_rejection_withdraws_what_only_this_document_proved(ledger: Ledger) -> None:
    known(ledger)
    alone, first, second = (waiting(ledger, one, "license") for one in (license_of(state="NY"), *[license_of()] * 2))
    for document_id in (alone, first, second):
        approve(ledger, document_id)
    for document_id in (alone, first):
        ledger.reopen_review(document_id, reviewer="r", reason="again", now=NOW)
        ledger.reject(document_id, reviewer="r", reason="Forged.", now=NOW)
    assert len(on_file(ledger)) == 1
    assert status_of(ledger, second) is _S.APPROVED


def test_a_reviewer_says_whose_a_document_is_and_later_readings_keep_it(ledger: Ledger) -> None:
    known(ledger)
    document_id = taken_in(ledger, outcome_of("license", license_of(holder_name="A. W."), is_sure=False), owner="inbox")
    with pytest.raises(LedgerRefusal, match="providers list"):
        ledger.approve(document_id, reviewer="r", now=NOW, owner="nobody")
    ledger.approve(document_id, reviewer="r", now=NOW, owner="p1")
    assert len(on_file(ledger)) == 1
    ledger.claim([document_id], run_id="again", lease=timedelta(minutes=5), now=NOW, reopen=True)
    again = outcome_of("license", license_of(holder_name="A. W."))
    assert ledger.settle(document_id, run_id="again", outcome=again, artifact=None, now=NOW) is _S.APPROVED
    document, provider = ledger.document(document_id), ledger.provider("p1")
    assert document is not None
    assert provider is not None
    assert document.provider_id == provider.provider_id


def test_the_queue_holds_real_documents_that_wait_oldest_first(ledger: Ledger) -> None:
    first, second = waiting(ledger, cme()), waiting(ledger, license_of(), "license")
    taken_in(ledger, outcome_of("license", license_of(), is_sure=False), is_canary=True)
    taken_in(ledger, outcome_of("cme_certificate", cme()))
    assert {one.document_id for one in ledger.review_queue()} == {first, second}
    assert len(ledger.review_queue(at_most=1)) == 1
    assert ledger.review_queue(owner="somebody") == ()
