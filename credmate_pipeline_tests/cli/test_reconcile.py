"""`credmate reconcile` beside a running system: what it prints, and what its exit code means."""

import json
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from credmate_pipeline.documents.document import new_document_id
from credmate_pipeline.ledger.ledger import Ledger
from credmate_pipeline_tests.cli.conftest import Credmate
from credmate_pipeline_tests.outcomes import upload_of


@pytest.fixture
def beside(
    credmate: Credmate, ledger: Ledger, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Credmate:
    """The command beside a system whose Dagster keeps its storage in the same database."""
    project = Path(__file__).parents[2]
    dagster_home = tmp_path / "home/dagster"
    dagster_home.mkdir(parents=True)
    shutil.copy(project / "dagster.yaml", dagster_home)
    (tmp_path / "home/uploads/documents").mkdir(parents=True)
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.delenv("DAGSTER_HOME", raising=False)
    return credmate


def test_it_says_what_differs_repairs_when_asked_and_tells_by_its_exit_code(
    beside: Credmate, ledger: Ledger, tmp_path: Path
) -> None:
    assert "Everything agrees: 0 documents" in beside("reconcile").out
    then = datetime.now(UTC) - timedelta(hours=1)
    waiting = ledger.register(upload_of("a.pdf"), document_id=new_document_id(), now=then).document_id
    ledger.mark_requested([waiting], now=then)
    looked = beside("reconcile", "--json")
    assert looked.code == 1
    said = json.loads(looked.out)
    assert (said["differences"], said["repaired"], said["findings"][0]["samples"]) == (1, 0, [waiting])
    repaired = beside("reconcile", "--repair")
    assert repaired.code == 1
    assert "document-without-partition" in repaired.out
    record = ledger.document(waiting)
    assert record is not None
    assert record.requested_at is None
    (tmp_path / "home/uploads/documents").rmdir()
    assert beside("reconcile").code == 3


def test_a_difference_is_accepted_by_somebody_for_a_reason(beside: Credmate) -> None:
    accept = ("reconcile", "--accept", "upload-gone", "00000000-0000-4000-8000-000000000000")
    assert beside(*accept).code == 2
    assert "is now accepted" in beside(*accept, "--reason", "no copy is left", "--by", "kim").out
    wrong = beside("reconcile", "--accept", "no-such-kind", "x", "--reason", "r", "--by", "kim")
    assert (wrong.code, "docs/operations.md" in wrong.err) == (2, True)


def test_without_a_running_system_it_says_how_to_start_one(credmate: Credmate) -> None:
    said = credmate("reconcile")
    assert said.code == 2
    assert "credmate up" in said.err
