"""`status` and `show`: what they print, what they hide, and what they refuse."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest

from credmate_pipeline.documents.document import DocumentId
from credmate_pipeline.extraction.fields import Extraction, Field, Item
from credmate_pipeline.ledger.ledger import Ledger
from credmate_pipeline.outcome import Outcome
from credmate_pipeline_tests.cli.conftest import Credmate
from credmate_pipeline_tests.outcomes import NOW, PLACE, arrival_of, completed, in_review, registered, unsupported

Settle = Callable[[str, Outcome], DocumentId]


@pytest.fixture
def settled(ledger: Ledger, database_url: str, credmate: Credmate, monkeypatch: pytest.MonkeyPatch) -> Settle:
    """Settles a document of that file name so."""
    monkeypatch.setenv("DATABASE_URL", database_url)

    def settle(name: str, outcome: Outcome) -> DocumentId:
        document_id = registered(ledger, name)
        ledger.claim([document_id], run_id="r1", lease=timedelta(minutes=5), now=NOW)
        ledger.record_arrival(document_id, run_id="r1", arrival=arrival_of(name.encode()), now=NOW)
        ledger.settle(document_id, run_id="r1", outcome=outcome, artifact=None, now=NOW)
        return document_id

    return settle


def registration(number: str) -> Outcome:
    """A DEA registration, whose number is sensitive."""
    field = Field("registration_number", number, number, 0.9, (PLACE,), "rules:label")
    settled = completed()
    return Outcome(
        status=settled.status,
        reasons=(),
        reading=settled.reading,
        classification=settled.classification,
        extraction=Extraction("dea_registration", (Item((field,)),)),
        findings=(),
    )


def test_status_counts_documents_by_status(credmate: Credmate, settled: Settle) -> None:
    settled("a.pdf", completed())
    settled("b.pdf", completed())
    settled("c.pdf", unsupported())
    said = credmate("status", "--json")
    assert said.code == 0
    assert json.loads(said.out)["counts"] == {"completed": 2, "unsupported": 1}


def test_status_lists_only_the_documents_of_the_status_asked_for(credmate: Credmate, settled: Settle) -> None:
    settled("a.pdf", completed())
    waiting = settled("b.pdf", in_review())
    listed = json.loads(credmate("status", "--status", "review_pending", "--json").out)["documents"]
    assert [document["document_id"] for document in listed] == [waiting]
    assert listed[0]["reasons"] == ["Credits awarded exceed the credits designated."]


def test_status_names_documents_nobody_has_picked_up_for_long(
    credmate: Credmate, settled: Settle, ledger: Ledger
) -> None:
    forgotten = registered(ledger, "old.pdf")
    status = json.loads(credmate("status", "--json").out)
    assert status["stuck"] == [forgotten]
    assert status["oldest_waiting_seconds"] > 0
    said = credmate("status").out
    assert "1 waiting longer than 15 minutes" in said
    assert forgotten[:8] in said


def test_an_empty_ledger_says_how_to_begin(credmate: Credmate, settled: Settle) -> None:
    assert "credmate upload" in credmate("status").out


def test_show_tells_fields_with_their_places_and_the_trail(credmate: Credmate, settled: Settle) -> None:
    document_id = settled("a.pdf", completed("1.5"))
    shown = json.loads(credmate("show", document_id[:13], "--json").out)
    awarded = shown["items"][0]["fields"]["credits_awarded"]
    assert awarded["value"] == "1.5"
    assert awarded["evidence"][0]["page"] == 1
    assert [event["to"] for event in shown["events"]][-1] == "completed"


def test_show_masks_sensitive_values_unless_they_are_asked_for(credmate: Credmate, settled: Settle) -> None:
    document_id = settled("dea.pdf", registration("AB1234563"))
    assert "AB1234563" not in credmate("show", document_id).out
    assert "AB1234563" not in credmate("show", document_id, "--json").out
    assert "AB1234563" in credmate("show", document_id, "--reveal").out


def test_show_prints_no_control_characters_and_no_markup_of_a_document(credmate: Credmate, settled: Settle) -> None:
    document_id = settled("a\x1b[2J[red]b.pdf", completed("[bold]1.5\x1b]0;x\x07"))
    said = credmate("show", document_id)
    assert "\x1b" not in said.out
    assert "\x07" not in said.out
    assert "[red]b.pdf" in said.out
    assert "[bold]1.5" in said.out


def test_show_refuses_an_id_that_is_not_there(credmate: Credmate, settled: Settle) -> None:
    said = credmate("show", "ffffffff")
    assert said.code == 2
    assert "ffffffff" in said.err


def test_show_refuses_a_beginning_that_several_ids_share(credmate: Credmate, settled: Settle) -> None:
    for number in range(17):
        settled(f"{number}.pdf", completed())
    # Seventeen ids over sixteen digits: two at least begin alike.
    listed = json.loads(credmate("status", "--documents", "--json").out)["documents"]
    firsts = [document["document_id"][0] for document in listed]
    shared = next(first for first in firsts if firsts.count(first) > 1)
    said = credmate("show", shared)
    assert said.code == 2
    assert "give more of it" in said.err


def test_the_version_is_printed(credmate: Credmate) -> None:
    said = credmate("--version")
    assert said.code == 0
    assert said.out.strip()[0].isdigit()
