"""`credmate review` and `credmate providers`: what they print, hide, record and refuse."""

import json
from pathlib import Path

import pytest

from credmate_pipeline.documents.document import DocumentId
from credmate_pipeline.ledger.ledger import Ledger
from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline_tests.cli.conftest import Credmate
from credmate_pipeline_tests.papers_of_record import cme, outcome_of, status_of, taken_in

REVIEWER = ("--reviewer", "lee")


@pytest.fixture
def waiting(ledger: Ledger, database_url: str, credmate: Credmate, monkeypatch: pytest.MonkeyPatch) -> DocumentId:
    monkeypatch.setenv("DATABASE_URL", database_url)
    return taken_in(ledger, outcome_of("cme_certificate", cme(), is_sure=False))


def test_what_waits_is_listed_shown_in_full_and_approved(
    credmate: Credmate, waiting: DocumentId, ledger: Ledger
) -> None:
    (listed,) = json.loads(credmate("review", "list", "--json").out)
    assert listed["document_id"] == waiting
    assert waiting[:8] in credmate("review", "list").out
    shown = credmate("review", "show", waiting[:8])
    assert "Amelia Whitfield" in shown.out
    approved = credmate("review", "approve", waiting, *REVIEWER)
    assert approved.code == 0
    assert "1 credentials put on file" in approved.out
    assert status_of(ledger, waiting) is DocumentStatus.APPROVED
    again = credmate("review", "approve", waiting, *REVIEWER)
    assert again.code == 1
    assert "already approved" in again.err


def test_a_correction_is_shown_beside_what_was_read(credmate: Credmate, waiting: DocumentId) -> None:
    said = credmate("review", "correct", waiting, "credits_awarded=3", "certificate_number=A-1", *REVIEWER)
    assert said.code == 0, said.err
    fields = {row["field"]: row for row in json.loads(credmate("review", "show", waiting, "--json").out)["fields"]}
    assert (fields["credits_awarded"]["value"], fields["credits_awarded"]["corrected_to"]) == ("2.5", "3")
    assert (fields["certificate_number"]["value"], fields["certificate_number"]["corrected_to"]) == (None, "A-1")
    assert "A-1" in credmate("review", "show", waiting).out


def test_a_decision_needs_a_reviewer_and_a_rejection_a_reason(credmate: Credmate, waiting: DocumentId) -> None:
    assert credmate("review", "approve", waiting).code == 2
    assert credmate("review", "reject", waiting, *REVIEWER).code == 2
    refused = credmate("review", "reject", waiting, *REVIEWER, "--reason", " ")
    assert refused.code == 1
    assert "reason" in refused.err


def test_a_rejected_document_can_be_opened_again(credmate: Credmate, waiting: DocumentId, ledger: Ledger) -> None:
    assert credmate("review", "reject", waiting, *REVIEWER, "--reason", "Blurred.").code == 0
    assert status_of(ledger, waiting) is DocumentStatus.REVIEW_REJECTED
    assert credmate("review", "reopen", waiting, *REVIEWER, "--reason", "A mistake.").code == 0
    assert status_of(ledger, waiting) is DocumentStatus.REVIEW_PENDING


@pytest.fixture
def roster(tmp_path: Path, database_url: str, credmate: Credmate, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DATABASE_URL", database_url)
    path = tmp_path / "roster.csv"
    path.write_text("owner,name,npi\np1,Amelia Whitfield MD,1234567893\n", "utf-8")
    return path


def test_a_roster_is_imported_once_and_listed_masked(credmate: Credmate, roster: Path) -> None:
    assert "1 added" in credmate("providers", "import", roster, "--dry-run").out
    assert json.loads(credmate("providers", "list", "--json").out) == []
    assert json.loads(credmate("providers", "import", roster, "--json").out)["added"] == ["p1"]
    assert "0 added, 0 changed, 1 unchanged" in credmate("providers", "import", roster).out
    (listed,) = json.loads(credmate("providers", "list", "--json").out)
    assert (listed["owner"], listed["npi"], listed["degree"]) == ("p1", "12******93", "MD")
    assert "Whitfield" not in credmate("providers", "list").out
    assert "Amelia Whitfield" in credmate("providers", "list", "--reveal").out


def test_every_faulty_line_of_a_roster_is_told_and_nothing_is_imported(credmate: Credmate, roster: Path) -> None:
    roster.write_text("owner,name,npi\np1,Amelia Whitfield,1234567893\np2,Park,\np3,Jo Doe,9\n", "utf-8")
    said = credmate("providers", "import", roster)
    assert said.code == 1
    assert "line 3: a name needs" in said.err
    assert "line 4: the NPI" in said.err
    assert json.loads(credmate("providers", "list", "--json").out) == []


def test_a_roster_that_is_not_there_is_told(credmate: Credmate, roster: Path) -> None:
    said = credmate("providers", "import", "missing.csv")
    assert said.code == 2
    assert "missing.csv" in said.err
