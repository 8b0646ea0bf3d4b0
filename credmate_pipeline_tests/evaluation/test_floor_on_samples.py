"""The floor below which no change of the code may bring what is read of the project's own samples."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random

import pytest

from credmate_pipeline.evaluation.falls import falls
from credmate_pipeline.evaluation.floors import Floors
from credmate_pipeline.evaluation.judge import judge
from credmate_pipeline.evaluation.measure import figures
from credmate_pipeline.evaluation.report import fall_list
from credmate_pipeline.evaluation.score import Judged
from credmate_pipeline.evaluation.truth import TruthLine
from credmate_pipeline.journey import read_document
from credmate_pipeline.ocr.tesseract import open_tesseract
from credmate_pipeline.outcome import Circumstances
from credmate_pipeline.samples.catalog import draw_one
from credmate_pipeline.samples.layouts.known import LAYOUTS
from credmate_pipeline.samples.plan import Order
from credmate_pipeline.samples.sample import Kind
from credmate_pipeline.samples.write import truth_line

TODAY = date(2026, 5, 4)
A_TYPE = 3
"""Documents of each type, born-digital: OCR's own mistakes are measured elsewhere, on more of them."""
FLOORS = Floors(type_right=0.97, required_right=0.97, settled_right=0.97)


def judged_samples(folder: Path) -> Iterator[Judged]:
    engine = open_tesseract("eng")
    for name, layouts in LAYOUTS.items():
        for number in range(A_TYPE):
            rng = Random(f"floor/{name}/{number}")
            layout = rng.choice([layout for layout in layouts if layout.is_common])
            sample = draw_one(Order(Kind.BORN_DIGITAL, layout.name), rng, today=TODAY)
            path = folder / sample.file_name
            path.write_bytes(sample.content)
            outcome = read_document(path, engine=engine, circumstances=Circumstances(TODAY))
            yield judge(TruthLine.model_validate_json(truth_line(sample)), outcome)


@pytest.mark.timeout(180)
def test_what_is_read_of_the_samples_of_every_type_reaches_the_floor(tmp_path: Path) -> None:
    judged = list(judged_samples(tmp_path))
    assert {one.true_type for one in judged} == set(LAYOUTS)
    found = falls(figures(judged), (), FLOORS)
    assert not found, fall_list(found)
