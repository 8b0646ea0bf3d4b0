"""`credmate adopt` and `credmate uploaders` as a person uses them, over CSV files and over a real PostgreSQL."""

import csv
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from credmate_pipeline.errors import ReasonCode
from credmate_pipeline.ledger.connection import ensure_database
from credmate_pipeline.ledger.ledger import Ledger
from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.outcome import Outcome
from credmate_pipeline.samples.incident import (
    DOCUMENTS_FILE,
    EXTRACTIONS_FILE,
    Extent,
    IncidentDocument,
    draw_incident,
    write_incident,
)
from credmate_pipeline_tests.adoption.test_kept_decisions import settled
from credmate_pipeline_tests.cli.conftest import Credmate

SMALL = Extent(cme_certificates=4, licenses=1, dea_registrations=1, missing=1)


@pytest.fixture(scope="module")
def drawn() -> list[IncidentDocument]:
    return list(draw_incident(1, today=date(2026, 5, 4), extent=SMALL))


@pytest.fixture
def incident(
    tmp_path: Path,
    drawn: list[IncidentDocument],
    database_url: str,
    credmate: Credmate,
    monkeypatch: pytest.MonkeyPatch,
) -> Path:
    """A small installation that read nothing; its storage is this environment's."""
    folder = tmp_path / "incident"
    write_incident(drawn, folder)
    assert credmate("--version").code == 0
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("CREDMATE_UPLOADS_DIR", str(folder / "uploads"))
    return folder


def from_csv(folder: Path) -> tuple[str, ...]:
    return ("adopt", "--documents", str(folder / DOCUMENTS_FILE), "--extractions", str(folder / EXTRACTIONS_FILE))


def test_a_dry_run_says_what_is_not_believed_and_changes_nothing(
    credmate: Credmate, incident: Path, ledger: Ledger
) -> None:
    said = credmate(*from_csv(incident))
    assert said.code == 0
    assert "status-not-believed" in said.out
    assert "6 would be adopted as `uploaded`, 0 adopted before, 0 cannot be mapped" in said.out
    assert "key = s3_key" in said.out
    assert ledger.documents() == ()


def test_applied_every_document_comes_in_as_uploaded_and_a_second_time_changes_nothing(
    credmate: Credmate, incident: Path, ledger: Ledger
) -> None:
    first = json.loads(credmate(*from_csv(incident), "--apply", "--json").out)
    assert first["is_applied"]
    assert first["fates"] == {"adopted": 6}
    # Five statuses in turn over six documents: `uploaded` twice, and nothing was ever read.
    assert first["remarks"] == {"status-not-believed": 4, "approval-kept": 2, "upload-missing": 1}
    assert {row["with_extraction"] for row in first["by_stated_status"].values()} == {0}
    assert ledger.counts_by_status() == {DocumentStatus.UPLOADED: 6}
    second = json.loads(credmate(*from_csv(incident), "--apply", "--json").out)
    assert (second["fates"], second["uploads_no_row_tells_of"]) == ({"known": 6}, 0)
    assert len(ledger.documents()) == 6


def test_a_kept_approval_is_shown_as_made_without_a_reading(credmate: Credmate, incident: Path) -> None:
    plan = json.loads(credmate(*from_csv(incident), "--apply", "--json").out)["plan"]
    approved = next(one for one in plan if one["stated_status"] == "approved")
    said = credmate("show", approved["document_id"])
    told = " ".join(said.out.split())
    assert "stated as approved, with no extraction" in told
    assert "without a reading; that decision is kept" in told
    assert json.loads(credmate("show", approved["document_id"], "--json").out)["adopted"][0]["decision"] == "approved"


def test_rows_that_cannot_be_mapped_are_told_and_end_in_exit_code_1(credmate: Credmate, incident: Path) -> None:
    with (incident / DOCUMENTS_FILE).open("a") as file:
        file.write("another,p,elsewhere/x.pdf,CME,completed,,,,,\n")
    said = credmate(*from_csv(incident))
    assert said.code == 1
    assert "key-outside-uploads" in said.out
    assert "1 cannot be mapped" in said.out


def test_storage_that_cannot_be_listed_is_not_read_as_missing_files(
    credmate: Credmate, incident: Path, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CREDMATE_UPLOADS_DIR", str(incident / "unmounted"))
    said = credmate(*from_csv(incident), "--apply")
    assert (said.code, ledger.documents()) == (2, ())
    assert "CREDMATE_UPLOADS_DIR" in said.err


@pytest.fixture
def old_database(incident: Path, server_url: str) -> Iterator[str]:
    """The same installation as tables of another database."""
    url = ensure_database(server_url, "old_installation")
    engine = create_engine(url)
    with (incident / DOCUMENTS_FILE).open() as file:
        rows = list(csv.DictReader(file))
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE IF EXISTS documents, extraction_results"))
        connection.execute(text("CREATE TABLE documents (id uuid, s3_key text, status text, document_type text)"))
        connection.execute(text("CREATE TABLE extraction_results (document_id uuid, extracted_data jsonb)"))
        connection.execute(text("INSERT INTO documents VALUES (:id, :s3_key, :status, :document_type)"), rows)
        connection.execute(
            text("INSERT INTO extraction_results VALUES (:id, :data)"), {"id": rows[2]["id"], "data": '{"issuer": "A"}'}
        )
    yield url
    engine.dispose()


def test_an_installation_is_read_from_its_postgresql_without_writing_to_it(
    credmate: Credmate, old_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CREDMATE_ADOPT_DATABASE_URL", old_database)
    report = json.loads(credmate("adopt", "--apply", "--json").out)
    assert report["fates"] == {"adopted": 6}
    assert report["columns"]["documents"]["key"] == "s3_key"
    assert report["remarks"]["extraction-without-places"] == 1
    assert report["remarks"]["status-not-believed"] == 3


def test_a_ledger_of_this_pipeline_is_nothing_to_adopt(credmate: Credmate, incident: Path, database_url: str) -> None:
    said = credmate("adopt", "--database", database_url)
    assert said.code == 2
    assert "is a ledger of this pipeline" in said.err
    assert incident.exists()


def test_a_database_without_documents_says_which_table_it_looked_for(
    credmate: Credmate, incident: Path, old_database: str
) -> None:
    said = credmate("adopt", "--database", old_database, "--documents-table", "papers")
    assert said.code == 2
    assert "--documents-table" in said.err
    assert incident.exists()


def test_uploaders_are_listed_with_what_to_ask_them_for(
    credmate: Credmate, incident: Path, ledger: Ledger, tmp_path: Path
) -> None:
    plan = json.loads(credmate(*from_csv(incident), "--apply", "--json").out)["plan"]
    gone = next(one["document_id"] for one in plan if "upload-missing" in one["remarks"])
    told = "The file is no longer in the uploads folder; ask for it to be uploaded again."
    settled(ledger, gone, Outcome(DocumentStatus.UNREADABLE, (told,), ReasonCode.FILE_MISSING))
    [row] = json.loads(credmate("uploaders", "--json").out)
    assert (row["document_id"], row["reason_code"], row["what_to_do"]) == (gone, "file-missing", told)
    said = credmate("uploaders", "--csv", tmp_path / "ask.csv")
    assert "1 files for 1 uploaders" in said.out
    with (tmp_path / "ask.csv").open() as file:
        assert [line["document_id"] for line in csv.DictReader(file)] == [gone]
