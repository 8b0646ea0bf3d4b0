"""Audits in the ledger: a share of what settles without a person is drawn, listed and judged."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from credmate_pipeline.audits.error import AuditedError
from credmate_pipeline.documents.document import DocumentId
from credmate_pipeline.errors import LedgerRefusal
from credmate_pipeline.ledger.ledger import Ledger
from credmate_pipeline.outcome import Outcome
from credmate_pipeline_tests.outcomes import NOW, completed, in_review, registered

LEASE = timedelta(minutes=30)


def settled(ledger: Ledger, name: str, outcome: Outcome | None = None, *, share: float = 1.0) -> DocumentId:
    document_id = registered(ledger, name)
    return read(ledger, document_id, outcome or completed(), share=share)


def read(ledger: Ledger, document_id: DocumentId, outcome: Outcome, *, share: float = 1.0) -> DocumentId:
    ledger.claim([document_id], run_id="run", lease=LEASE, now=NOW, reopen=True)
    ledger.settle(document_id, run_id="run", outcome=outcome, artifact="key", audit_share=share, now=NOW)
    return document_id


def listed(ledger: Ledger) -> set[str]:
    return {record.document_id for record in ledger.open_audits()}


def test_what_settles_without_a_person_is_drawn_and_what_a_person_looks_at_is_not(ledger: Ledger) -> None:
    done = settled(ledger, "a.pdf")
    settled(ledger, "b.pdf", in_review())
    settled(ledger, "c.pdf", share=0.0)
    assert listed(ledger) == {done}
    assert ledger.audited_error() == AuditedError(settled=2, drawn=1, judged=0, wrong=0)


def test_verdicts_are_counted_once_and_stand(ledger: Ledger) -> None:
    right, wrong = settled(ledger, "a.pdf"), settled(ledger, "b.pdf")
    ledger.audit_right(right, auditor="eva", now=NOW)
    ledger.audit_wrong(wrong, fields=["credits_awarded"], auditor="eva", now=NOW)
    assert listed(ledger) == set()
    assert ledger.audited_error() == AuditedError(settled=2, drawn=2, judged=2, wrong=1)
    with pytest.raises(LedgerRefusal):
        ledger.audit_wrong(right, fields=["credits_awarded"], auditor="tom", now=NOW)
    with ledger.engine.begin() as connection, pytest.raises(IntegrityError):
        connection.exec_driver_sql("UPDATE audits SET is_right = true, wrong_fields = '{}'")
    with ledger.engine.begin() as connection, pytest.raises(IntegrityError):
        connection.exec_driver_sql("DELETE FROM audits")


def test_a_review_of_an_audited_document_is_its_verdict(ledger: Ledger) -> None:
    refused, kept = settled(ledger, "a.pdf"), settled(ledger, "b.pdf")
    ledger.reject(refused, reviewer="eva", reason="Not a certificate.", now=NOW)
    ledger.approve(kept, reviewer="eva", now=NOW, may_be_incomplete=True)
    assert listed(ledger) == set()
    assert ledger.audited_error() == AuditedError(settled=2, drawn=2, judged=2, wrong=1)


def test_a_credential_on_file_does_not_end_the_audit(ledger: Ledger) -> None:
    done = settled(ledger, "a.pdf")
    ledger.create_credentials(done, actor="pipeline", now=NOW)
    assert listed(ledger) == {done}


def test_a_document_read_again_is_audited_by_what_is_now_believed(ledger: Ledger) -> None:
    document_id = settled(ledger, "a.pdf")
    read(ledger, document_id, completed("2"))
    assert listed(ledger) == {document_id}
    assert ledger.audited_error() == AuditedError(settled=1, drawn=1, judged=0, wrong=0)
    read(ledger, document_id, in_review())
    assert listed(ledger) == set()
