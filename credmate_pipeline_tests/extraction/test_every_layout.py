"""Every layout of the samples but CME certificates: told what it is, required fields right, look-alikes left alone."""

from datetime import date
from pathlib import Path
from random import Random

import pytest

from credmate_pipeline.evaluation.comparison import same
from credmate_pipeline.extraction.document_type import UNSUPPORTED
from credmate_pipeline.extraction.registry import document_type
from credmate_pipeline.journey import read_document
from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.ocr.tesseract import TesseractEngine, open_tesseract
from credmate_pipeline.outcome import Circumstances, Outcome
from credmate_pipeline.samples.facts import Drawn
from credmate_pipeline.samples.layouts.known import LAYOUTS
from credmate_pipeline.samples.layouts.layout import Layout

TODAY = date(2026, 3, 9)
CREDENTIALS = [
    pytest.param(layout, id=layout.name)
    for name, layouts in LAYOUTS.items()
    for layout in layouts
    if name not in ("cme_certificate", UNSUPPORTED)
]
OTHER_PAPERS = [pytest.param(layout, id=layout.name) for layout in LAYOUTS[UNSUPPORTED]]


@pytest.fixture(scope="module")
def engine() -> TesseractEngine:
    return open_tesseract("eng")


def drawn_and_read(layout: Layout, engine: TesseractEngine, folder: Path) -> tuple[Drawn, Outcome]:
    drawn = layout.draw(Random(f"read {layout.name}"), TODAY)
    path = folder / "page.pdf"
    path.write_bytes(drawn.pdf)
    return drawn, read_document(path, engine=engine, circumstances=Circumstances(TODAY))


@pytest.mark.parametrize("layout", CREDENTIALS)
def test_a_credential_is_recognized_and_its_required_fields_are_read(
    layout: Layout, engine: TesseractEngine, tmp_path: Path
) -> None:
    drawn, outcome = drawn_and_read(layout, engine, tmp_path)
    assert outcome.classification is not None
    assert outcome.classification.document_type == drawn.document_type
    assert outcome.extraction is not None
    (item,) = outcome.extraction.items
    for name in document_type(drawn.document_type).required_fields:
        fact, field = drawn.facts.get(name), item.field(name)
        assert same(field.value if field else None, fact.value if fact else None), name
    assert outcome.status is drawn.expected_status


@pytest.mark.parametrize("layout", OTHER_PAPERS)
def test_no_other_paper_is_taken_for_a_credential(layout: Layout, engine: TesseractEngine, tmp_path: Path) -> None:
    _, outcome = drawn_and_read(layout, engine, tmp_path)
    assert outcome.status is DocumentStatus.UNSUPPORTED
