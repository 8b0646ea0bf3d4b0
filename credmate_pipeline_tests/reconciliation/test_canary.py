"""A canary tells a pipeline that works from one that only says so."""

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from credmate_pipeline.documents.document import DocumentId
from credmate_pipeline.extraction.fields import Extraction
from credmate_pipeline.journey import read_document
from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.ocr.reading import Source
from credmate_pipeline.ocr.tesseract import open_tesseract
from credmate_pipeline.outcome import Circumstances
from credmate_pipeline.reconciliation.canary import Canary, SentCanary, draw_canaries, judge

NOW = datetime(2026, 5, 4, 10, tzinfo=UTC)
DUE = NOW + timedelta(minutes=10)
ID = DocumentId("2b2b6f0e-0f5b-4c39-9a0e-7ad2d37a7d10")


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> tuple[Canary, Extraction]:
    """A canary and what the journey makes of it."""
    canary, _ = draw_canaries(Random(3), today=date(2026, 5, 4))
    path = tmp_path_factory.mktemp("canary") / "file"
    path.write_bytes(canary.content)
    outcome = read_document(path, engine=open_tesseract("eng"), circumstances=Circumstances(date(2026, 5, 4)))
    assert outcome.status is DocumentStatus.COMPLETED
    assert outcome.extraction is not None
    return canary, outcome.extraction


def sent(canary: Canary, status: DocumentStatus | None, *, found_type: str | None = None) -> SentCanary:
    document_id = None if status is None else ID
    kind = found_type or canary.document_type
    return SentCanary(canary.upload_key, canary.document_type, canary.fields, NOW, DUE, document_id, status, kind)


def test_a_canary_read_as_it_was_drawn_passes(read: tuple[Canary, Extraction]) -> None:
    canary, extraction = read
    verdict = judge(sent(canary, DocumentStatus.COMPLETED), extraction, now=NOW)
    assert verdict is not None
    assert verdict.is_passed


def test_a_canary_has_time_until_its_deadline(read: tuple[Canary, Extraction]) -> None:
    for status in (None, DocumentStatus.UPLOADED):
        assert judge(sent(read[0], status), None, now=DUE - timedelta(seconds=1)) is None


@pytest.mark.parametrize(
    ("status", "found_type", "difference"),
    [
        (None, None, "not picked up in time"),
        (DocumentStatus.UPLOADED, None, "not settled in time"),
        (DocumentStatus.FAILED, None, "status is failed"),
        (DocumentStatus.REVIEW_PENDING, None, "status is review_pending"),
        (DocumentStatus.COMPLETED, "malpractice_insurance", "type is not"),
        (DocumentStatus.COMPLETED, None, "completed without an extraction"),
    ],
)
def test_a_canary_that_did_not_come_through_fails(
    read: tuple[Canary, Extraction], status: DocumentStatus | None, found_type: str | None, difference: str
) -> None:
    verdict = judge(sent(read[0], status, found_type=found_type), None, now=DUE)
    assert verdict is not None
    assert not verdict.is_passed
    assert difference in verdict.differences[0]


def test_a_stub_that_answers_with_fields_of_its_own_fails(read: tuple[Canary, Extraction]) -> None:
    canary, extraction = read
    other, _ = draw_canaries(Random(4), today=date(2026, 5, 4))
    stubbed = SentCanary(
        canary.upload_key,
        canary.document_type,
        other.fields,
        NOW,
        DUE,
        ID,
        DocumentStatus.COMPLETED,
        canary.document_type,
    )
    verdict = judge(stubbed, extraction, now=NOW)
    assert verdict is not None
    assert any("holder_name" in difference for difference in verdict.differences)


def test_a_verdict_names_fields_and_never_values(read: tuple[Canary, Extraction]) -> None:
    canary, extraction = read
    wrong = dict.fromkeys(canary.fields, "something else entirely")
    stubbed = SentCanary(
        canary.upload_key, canary.document_type, wrong, NOW, DUE, ID, DocumentStatus.COMPLETED, canary.document_type
    )
    verdict = judge(stubbed, extraction, now=NOW)
    assert verdict is not None
    assert set(verdict.differences) == {f"{name} differs" for name in canary.fields}


@pytest.mark.parametrize("seed", range(3))
def test_every_canary_is_drawn_afresh_and_read_without_doubt(seed: int, tmp_path: Path) -> None:
    sources = []
    for number, canary in enumerate(draw_canaries(Random(f"canary {seed}"), today=date(2026, 5, 4))):
        path = tmp_path / str(number)
        path.write_bytes(canary.content)
        outcome = read_document(path, engine=open_tesseract("eng"), circumstances=Circumstances(date(2026, 5, 4)))
        verdict = judge(sent(canary, outcome.status), outcome.extraction, now=NOW)
        assert verdict is not None
        assert verdict.differences == ()
        assert re.fullmatch(r"[A-Za-z]+,? [A-Za-z]+", str(canary.fields["holder_name"]))
        assert outcome.reading is not None
        sources += [page.source for page in outcome.reading.pages]
    assert set(sources) == {Source.TEXT_LAYER, Source.TESSERACT}, "one way of reading has no canary"
