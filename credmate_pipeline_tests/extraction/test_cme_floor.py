"""The floor below which the reading of CME certificates may not fall: every common layout of the samples, drawn once.

Figures are of born-digital pages, so that they measure understanding and not OCR.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random

import pytest

from credmate_pipeline.evaluation.judge import judge
from credmate_pipeline.evaluation.score import Judged, judged_fields, wrong_fields
from credmate_pipeline.evaluation.truth import TruthLine
from credmate_pipeline.journey import read_document
from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.ocr.tesseract import open_tesseract
from credmate_pipeline.outcome import Circumstances
from credmate_pipeline.samples.catalog import draw_one
from credmate_pipeline.samples.layouts.known import LAYOUTS
from credmate_pipeline.samples.plan import Order
from credmate_pipeline.samples.sample import Kind

pytestmark = pytest.mark.timeout(900)

TODAY = date(2026, 3, 9)
FLOORS = {
    "holder_name": 0.97,
    "activity_title": 0.97,
    "issuer": 0.95,
    "completion_date": 0.97,
    "credits_awarded": 0.97,
    "credit_type": 0.97,
}
"""Share of certificates on which the field says what the page prints, or is absent where the page prints none."""
SETTLED_FLOOR = 0.70


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> list[Judged]:
    return list(_read_every_layout(tmp_path_factory.mktemp("floor")))


def _read_every_layout(folder: Path) -> Iterator[Judged]:
    engine = open_tesseract("eng")
    for layout in LAYOUTS["cme_certificate"]:
        if not layout.is_common:
            continue
        sample = draw_one(Order(Kind.BORN_DIGITAL, layout.name), Random(f"floor {layout.name}"), today=TODAY)
        path = folder / sample.file_name
        path.write_bytes(sample.content)
        fields = {
            name: list(value) if isinstance(value, tuple) else value for name, value in sample.truth.fields.items()
        }
        truth = TruthLine(file=layout.name, document_type="cme_certificate", fields=fields, kind="born_digital")
        yield judge(truth, read_document(path, engine=engine, circumstances=Circumstances(TODAY)))


def test_every_certificate_is_taken_for_one(judged: list[Judged]) -> None:
    assert [one.file for one in judged if one.read_type != "cme_certificate"] == []


@pytest.mark.parametrize("name", FLOORS)
def test_a_required_field_is_read_right_on_its_share_of_layouts(judged: list[Judged], name: str) -> None:
    items = [item for one in judged for item in one.items if name in judged_fields(item)]
    wrong = Counter(field for item in items for field in wrong_fields(item))
    assert 1 - wrong[name] / len(items) >= FLOORS[name], [one.file for one in judged if name in one.wrong]


def test_most_certificates_settle_and_none_of_them_wrongly(judged: list[Judged]) -> None:
    settled = [one for one in judged if one.status == DocumentStatus.COMPLETED]
    assert {one.file: one.wrong for one in settled if one.is_wrongly_settled} == {}
    assert len(settled) >= SETTLED_FLOOR * len(judged)
