"""Many uploads recorded at once are recorded as if one by one."""

from dataclasses import replace

from credmate_pipeline.ledger.ledger import Ledger
from credmate_pipeline.ledger.records import EventKind
from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.providers.roster import read_roster
from credmate_pipeline_tests.outcomes import NOW, registered, upload_of


def test_each_is_a_document_once_with_its_trail_and_its_provider(ledger: Ledger) -> None:
    ledger.import_roster(read_roster(b"owner,name\np1,Amelia Whitfield\n"), actor="test", now=NOW)
    known = registered(ledger, "a.pdf")
    elsewhere = replace(upload_of("c.pdf"), uri="file:///uploads/documents/p2/c.pdf", key="documents/p2/c.pdf")
    listed = [upload_of("a.pdf"), upload_of("a.pdf", "2"), upload_of("b.pdf"), upload_of("b.pdf"), elsewhere]
    for _ in range(2):
        ledger.register_all(listed, now=NOW)
    assert ledger.counts_by_status() == {DocumentStatus.UPLOADED: 4}
    documents = ledger.documents()
    assert known in {one.document_id for one in documents}
    for document in documents:
        assert [event.kind for event in ledger.history(document.document_id)] == [EventKind.REGISTERED]
        assert (document.provider_id is not None) == (document.owner == "p1")


def test_nothing_is_nothing(ledger: Ledger) -> None:
    ledger.register_all([], now=NOW)
    assert ledger.counts_by_status() == {}
