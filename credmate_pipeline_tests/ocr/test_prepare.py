"""Pictures are made level before they are read, whichever way the page lies."""

from math import atan2, degrees

import numpy as np
import pytest

from credmate_pipeline.ocr.prepare import prepare
from credmate_pipeline_tests.papers import pdf_of, picture_of


@pytest.mark.parametrize("quarters", range(4))
@pytest.mark.parametrize("skew", [-1.6, 0.8])
def test_a_page_on_its_side_is_made_as_level_as_an_upright_one(quarters: int, skew: float) -> None:
    scan = np.asarray(picture_of(pdf_of()).rotate(skew, fillcolor=255))
    prepared = prepare(np.ascontiguousarray(np.rot90(scan, quarters)), 200.0, may_be_photo=False)
    turned_back = degrees(atan2(prepared.moved[1, 0], prepared.moved[0, 0]))
    assert turned_back == pytest.approx(skew, abs=0.25)
