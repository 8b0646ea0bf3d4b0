"""What the demo expects of its documents, and how it says what did not come out so."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from inspect import signature

import pytest

from credmate_pipeline.cli.demo import demo
from credmate_pipeline.cli.demo_progress import (
    Watched,
    changes,
    complaints,
    lateness,
    misread,
    misreadings,
    progress_table,
    unexpected,
)
from credmate_pipeline.cli.samples import samples
from credmate_pipeline.documents.document import DocumentId, new_document_id
from credmate_pipeline.ledger.ledger import Ledger
from credmate_pipeline.ledger.records import DocumentRecord
from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.samples.plan import DEMO_PLAN
from credmate_pipeline.samples.sample import Kind, Sample, Truth
from credmate_pipeline_tests.outcomes import NOW
from credmate_pipeline_tests.papers_of_record import cme, outcome_of, taken_in


def sample(name: str, expected: DocumentStatus, *, content: bytes | None = None) -> Sample:
    truth = Truth("cme_certificate", {}, frozenset({expected}), Kind.CLEAN_SCAN, "any", {})
    return Sample(name, content if content is not None else name.encode(), truth)


def record(key: str, status: DocumentStatus, *, run_id: str | None = None) -> DocumentRecord:
    return DocumentRecord(
        document_id=DocumentId(new_document_id()),
        upload_uri=f"file:///{key}",
        upload_key=key,
        upload_version="1",
        owner="demo",
        file_name=key,
        provider_id=None,
        byte_count=1,
        sha256=None,
        media_type=None,
        page_count=None,
        document_type=None,
        status=status,
        reason_code=None,
        reasons=(),
        duplicate_of=None,
        attempt_count=0,
        claim_run_id=run_id,
        claim_until_at=None,
        uploaded_at=NOW,
        registered_at=NOW,
        waiting_since_at=NOW,
        requested_at=None,
        request_count=0,
        settled_at=None,
        reading_artifact=None,
        is_canary=False,
    )


def watched(*pairs: tuple[Sample, DocumentStatus | None]) -> Watched:
    records = {one.file_name: record(one.file_name, status) for one, status in pairs if status is not None}
    return Watched({one.file_name: one for one, _ in pairs}, records, {})


def test_a_document_where_its_sample_expects_it_is_no_surprise() -> None:
    assert unexpected(watched((sample("a", DocumentStatus.COMPLETED), DocumentStatus.COMPLETED))) == []


def test_a_document_elsewhere_is_named_with_what_was_expected() -> None:
    seen = watched((sample("a", DocumentStatus.COMPLETED), DocumentStatus.FAILED))
    assert unexpected(seen) == ["a"]
    assert list(complaints(seen)) == ["a is failed, expected completed."]


def test_a_document_never_picked_up_is_a_failure_of_the_demo() -> None:
    assert unexpected(watched((sample("a", DocumentStatus.COMPLETED), None))) == ["a"]


def test_of_two_equal_files_either_may_be_the_duplicate() -> None:
    first = sample("a", DocumentStatus.COMPLETED, content=b"same")
    second = sample("b", DocumentStatus.DUPLICATE, content=b"same")
    assert unexpected(watched((first, DocumentStatus.DUPLICATE), (second, DocumentStatus.COMPLETED))) == []
    assert unexpected(watched((first, DocumentStatus.DUPLICATE), (second, DocumentStatus.DUPLICATE))) == ["a", "b"]


def test_the_demo_is_over_once_nothing_is_uploaded_any_more() -> None:
    one, two = sample("a", DocumentStatus.COMPLETED), sample("b", DocumentStatus.COMPLETED)
    assert not watched((one, DocumentStatus.COMPLETED), (two, None)).is_settled
    assert not watched((one, DocumentStatus.COMPLETED), (two, DocumentStatus.UPLOADED)).is_settled
    assert watched((one, DocumentStatus.COMPLETED), (two, DocumentStatus.FAILED)).is_settled


def test_a_moving_document_is_at_the_last_stage_it_passed() -> None:
    moving = record("a", DocumentStatus.UPLOADED, run_id="r1")
    stages = {"document": frozenset({moving.document_id}), "ocr": frozenset({moving.document_id})}
    seen = Watched({"a": sample("a", DocumentStatus.COMPLETED)}, {"a": moving}, stages)
    assert seen.state("a") == "after ocr"
    assert replace(seen, passed={}).state("a") == "in a run"


def test_a_change_is_told_once() -> None:
    seen, told = watched((sample("a", DocumentStatus.COMPLETED), None)), dict[str, str]()
    assert list(changes(seen, told)) == ["  a: uploaded"]
    assert list(changes(seen, told)) == []


def test_a_small_terminal_shows_the_documents_that_move() -> None:
    done, moving = sample("a", DocumentStatus.COMPLETED), sample("b", DocumentStatus.COMPLETED)
    table = progress_table(watched((done, DocumentStatus.COMPLETED), (moving, None)), height=1)
    assert list(table.columns[0].cells) == ["b"]


def test_what_hangs_is_named_with_the_run_that_holds_it() -> None:
    moving = record("a", DocumentStatus.UPLOADED, run_id="run-7")
    seen = Watched({"a": sample("a", DocumentStatus.COMPLETED)}, {"a": moving}, {})
    said = lateness(seen, timedelta(minutes=10))
    assert said == "After 10 minutes 1 documents are not settled: a (in a run, held by run run-7)."


@pytest.mark.parametrize("command", [demo, samples])
def test_the_whole_plan_is_shown_unless_told_otherwise(command: Callable[..., None]) -> None:
    assert signature(command).parameters["count"].default == len(DEMO_PLAN)


def test_a_document_settled_with_another_value_than_is_printed_is_told_of(ledger: Ledger) -> None:
    printed = {"holder_name": "Amelia Whitfield", "credits_awarded": "2.5"}
    truth = Truth("cme_certificate", printed, frozenset({DocumentStatus.COMPLETED}), Kind.CLEAN_SCAN, "any", {})
    right, wrong = (
        taken_in(ledger, outcome_of("cme_certificate", cme(credits_awarded=credit)), name=name)
        for name, credit in (("a", "2.5"), ("b", "25"))
    )
    records = {"a": ledger.document(right), "b": ledger.document(wrong)}
    seen = Watched(
        {name: Sample(name, name.encode(), truth) for name in records},
        {name: found for name, found in records.items() if found is not None},
        {},
    )
    assert unexpected(seen) == []
    assert list(misreadings(seen, misread(ledger, seen))) == ["b is settled, but not as printed: credits_awarded."]
