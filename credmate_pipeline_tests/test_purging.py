"""Purging on request: what goes, what stays, what the database refuses, and what a crash half-way leaves."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError

from credmate_pipeline.credentials.correction import Correction
from credmate_pipeline.documents.document import DocumentId, new_document_id
from credmate_pipeline.errors import ConfigurationError, LedgerRefusal
from credmate_pipeline.gateways import Gateways
from credmate_pipeline.ledger.ledger import Ledger
from credmate_pipeline.ledger.queries.purging import TOUCHED, WITHHELD
from credmate_pipeline.ledger.records import EventKind
from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.ledger.tables import metadata
from credmate_pipeline.purging import finish_purges, purge
from credmate_pipeline.uploads.local_artifacts import LocalArtifacts
from credmate_pipeline.uploads.local_folder import LocalUploads
from credmate_pipeline.uploads.store import Upload
from credmate_pipeline_tests.ledger_dump import dumped
from credmate_pipeline_tests.outcomes import arrival_of, completed

LEASE = timedelta(minutes=5)
PLANTED = "Quillfeather"
"""A name in the file's name, in a field, in a correction, and in what a reviewer wrote."""


def clock() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Office:
    """A ledger, a folder of uploads and one of artifacts."""

    gateways: Gateways
    root: Path

    @property
    def ledger(self) -> Ledger:
        return self.gateways.ledger

    @property
    def engine(self) -> Engine:
        return self.ledger.engine

    def register(self, upload: Upload) -> DocumentId:
        return self.ledger.register(upload, document_id=new_document_id(), now=clock()).document_id

    def settled(self, name: str = f"{PLANTED}.pdf", content: bytes = b"bytes") -> DocumentId:
        """A document on file, read, corrected and approved by a person."""
        document_id = self.register(self.gateways.uploads.put(f"documents/dr-{PLANTED}/{name}", content))
        self.ledger.claim([document_id], run_id="run", lease=LEASE, now=clock())
        original = self.ledger.record_arrival(document_id, run_id="run", arrival=arrival_of(content), now=clock())
        if original is not None:
            return document_id
        artifact = f"{document_id}/hash/reading.json.gz"
        self.gateways.artifacts.put(artifact, PLANTED.encode())
        self.ledger.settle(document_id, run_id="run", outcome=completed("1.5"), artifact=artifact, now=clock())
        said = (Correction(0, "activity_title", f"A talk by {PLANTED}"),)
        self.ledger.approve(
            document_id,
            reviewer="ana",
            reason=f"{PLANTED} called",
            corrections=said,
            now=clock(),
            may_be_incomplete=True,
        )
        return document_id

    def purge(self, *document_ids: DocumentId) -> tuple[DocumentId, ...]:
        return purge(self.gateways, document_ids, actor="ana", reason="The holder asked for it.", clock=clock)

    def status(self, document_id: DocumentId) -> DocumentStatus:
        found = self.ledger.document(document_id)
        assert found is not None
        return found.status


@pytest.fixture
def office(ledger: Ledger, tmp_path: Path) -> Office:
    uploads = LocalUploads(tmp_path / "uploads", settle_seconds=0)
    uploads.prepare()
    return Office(Gateways(ledger, uploads, LocalArtifacts(tmp_path / "artifacts")), tmp_path)


def files(root: Path) -> list[str]:
    return [str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()]


def test_a_purged_document_leaves_no_byte_no_artifact_and_no_value(office: Office) -> None:
    document_id = office.settled()
    assert PLANTED in dumped(office.engine)
    assert office.purge(document_id) == (document_id,)
    assert files(office.root) == []
    assert PLANTED not in dumped(office.engine)


def test_the_trail_still_says_who_did_what_when_and_why_it_was_purged(office: Office) -> None:
    document_id = office.settled()
    before = office.ledger.history(document_id)
    office.purge(document_id)
    after = office.ledger.history(document_id)
    assert [replace(event, reason=None) for event in after[: len(before)]] == [
        replace(event, reason=None) for event in before
    ]
    marked, done = after[len(before) :]
    assert (marked.to_status, marked.actor, marked.reason) == (
        DocumentStatus.PURGED,
        "ana",
        "The holder asked for it.",
    )
    assert done.kind is EventKind.PURGED
    assert WITHHELD in {event.reason for event in after}


def test_a_purge_takes_its_credentials_off_file(office: Office) -> None:
    document_id = office.settled()
    office.purge(document_id)
    with office.engine.connect() as connection:
        held = connection.execute(text("SELECT field_values, withdrawn_at IS NULL AS is_live FROM credentials")).all()
    assert held == [({}, False)]


def test_every_sensitive_column_is_known_to_the_purge_or_to_hold_nothing_of_documents(office: Office) -> None:
    sensitive = {
        table.name for table in metadata.tables.values() if any(c.info.get("is_sensitive") for c in table.columns)
    }
    assert sensitive - TOUCHED == {"providers", "provider_names"}


def test_documents_of_the_same_bytes_are_named_with_it(office: Office) -> None:
    original, copy = office.settled(), office.settled("copy.pdf")
    other = office.settled("other.pdf", b"other bytes")
    assert office.status(copy) is DocumentStatus.DUPLICATE
    found = [record.document_id for record in office.ledger.same_bytes([copy])]
    assert found == [original, copy]
    office.purge(*found)
    assert office.status(other) is DocumentStatus.APPROVED
    assert [name for name in files(office.root) if "other" not in name and other not in name] == []


def test_purging_twice_changes_nothing(office: Office) -> None:
    document_id = office.settled()
    office.purge(document_id)
    before = office.ledger.history(document_id)
    assert office.purge(document_id) == (document_id,)
    assert office.ledger.history(document_id) == before


def test_a_purge_that_broke_off_before_the_bytes_were_gone_is_finished_later(office: Office) -> None:
    document_id = office.settled()
    mounted, away = office.root / "uploads", office.root / "away"
    mounted.rename(away)
    with pytest.raises(ConfigurationError, match="does not exist"):
        office.purge(document_id)
    assert office.status(document_id) is DocumentStatus.PURGED
    assert [record.document_id for record in office.ledger.purges_under_way()] == [document_id]
    away.rename(mounted)
    assert finish_purges(office.gateways, actor="ben", clock=clock) == (document_id,)
    assert files(office.root) == []
    assert office.ledger.purges_under_way() == ()
    assert PLANTED not in dumped(office.engine)


def test_an_object_that_survives_the_purge_is_not_registered_again(office: Office) -> None:
    document_id = office.settled()
    found = office.ledger.document(document_id)
    assert found is not None
    survivor = office.gateways.uploads.stat(found.upload_uri)
    office.purge(document_id)
    assert office.ledger.register(survivor, document_id=new_document_id(), now=clock()).document_id == document_id
    assert len(office.ledger.documents()) == 1


def test_the_same_bytes_uploaded_after_the_purge_are_a_new_document(office: Office) -> None:
    document_id = office.settled()
    office.purge(document_id)
    again = office.settled()
    assert again != document_id
    assert office.status(again) is DocumentStatus.APPROVED
    office.purge(again)
    assert office.status(again) is DocumentStatus.PURGED


def test_another_file_that_took_the_place_of_the_purged_one_stays(office: Office) -> None:
    document_id = office.settled()
    [path] = (office.root / "uploads").rglob("*.pdf")
    path.unlink()
    path.write_bytes(b"another document")
    office.purge(document_id)
    assert path.read_bytes() == b"another document"


def test_a_document_a_run_is_reading_is_not_purged(office: Office) -> None:
    reading = office.register(office.gateways.uploads.put("documents/p/a.pdf", b"a"))
    other = office.settled()
    office.ledger.claim([reading], run_id="run", lease=LEASE, now=clock())
    with pytest.raises(LedgerRefusal, match="is being read by run run"):
        office.purge(reading, other)
    assert office.status(other) is DocumentStatus.APPROVED


def test_a_purged_document_can_be_neither_claimed_nor_reopened(office: Office) -> None:
    document_id = office.settled()
    office.purge(document_id)
    ledger = office.ledger
    assert ledger.claim([document_id], run_id="run", lease=LEASE, now=clock(), reopen=True) == ()
    assert ledger.reopen([document_id], actor="ana", reason="Again.", now=clock()) == ()


def test_a_purge_needs_a_reason(office: Office) -> None:
    document_id = office.settled()
    with pytest.raises(LedgerRefusal, match="needs a reason"):
        purge(office.gateways, [document_id], actor="ana", reason=" ", clock=clock)
    with pytest.raises(LedgerRefusal, match="does not know"):
        office.purge(document_id, new_document_id())
    assert office.status(document_id) is DocumentStatus.APPROVED


ACT = text("SELECT set_config('credmate.actor', 'x', true), set_config('credmate.reason', 'x', true)")


def run(engine: Engine, statement: str, document_id: DocumentId) -> None:
    with engine.begin() as connection:
        connection.execute(ACT)
        connection.execute(text(statement), {"id": document_id})


def refused(engine: Engine, statement: str, document_id: DocumentId) -> str:
    with pytest.raises(IntegrityError) as raised:
        run(engine, statement, document_id)
    return str(raised.value.orig)


MARK = (
    "UPDATE documents SET status = 'purged', settled_at = now(), sha256 = NULL, reasons = '{}', reason_code = NULL,"
    " provider_id = NULL, provider_link = NULL WHERE document_id = :id"
)


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        (MARK, "purged needs every value gone"),
        ("UPDATE documents SET purged_at = now() WHERE document_id = :id", "documents_purged"),
        ("DELETE FROM extracted_fields WHERE :id <> ''", "append-only"),
        ("UPDATE document_events SET reason = '(purged)' WHERE document_id = :id", "append-only"),
        ("UPDATE reviews SET reason = NULL WHERE document_id = :id", "append-only"),
        ("UPDATE credentials SET field_values = '{}' WHERE document_id = :id", "keeps what it was filed with"),
    ],
)
def test_values_leave_only_by_a_whole_purge(office: Office, statement: str, why: str) -> None:
    assert why in refused(office.engine, statement, office.settled())


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE documents SET status = 'uploaded', settled_at = NULL WHERE document_id = :id",
        "UPDATE documents SET file_name = 'x' WHERE document_id = :id",
        "DELETE FROM document_events WHERE document_id = :id",
        "UPDATE document_events SET actor = 'nobody' WHERE document_id = :id",
        "UPDATE document_events SET reason = '(purged)' WHERE document_id = :id AND to_status = 'purged'",
    ],
)
def test_a_tombstone_and_its_trail_stay_as_they_are(office: Office, statement: str) -> None:
    document_id = office.settled()
    office.purge(document_id)
    assert refused(office.engine, statement, document_id)
