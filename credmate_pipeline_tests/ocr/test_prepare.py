"""Pictures are made level and evenly lit before they are read, whichever way the page lies."""

from math import atan2, degrees

import cv2
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


@pytest.mark.parametrize("ink", [230, 5])
def test_print_on_a_dark_bar_becomes_dark_on_light(ink: int) -> None:
    page = np.full((1100, 850), 250, np.uint8)
    page[40:140] = 60
    cv2.putText(page, "HARBOR MUTUAL", (60, 110), cv2.FONT_HERSHEY_SIMPLEX, 1.6, (ink,), 4)
    cv2.putText(page, "Certificate of Insurance", (60, 300), cv2.FONT_HERSHEY_SIMPLEX, 1.2, (20,), 3)
    shadow = (page * np.linspace(1.0, 0.7, 850)).astype(np.uint8)
    printed = (
        cv2.putText(np.zeros_like(page), "HARBOR MUTUAL", (60, 110), cv2.FONT_HERSHEY_SIMPLEX, 1.6, (255,), 4)
    ) > 0
    prepared = prepare(shadow, 100.0, may_be_photo=False).pixels
    assert prepared.shape == page.shape
    around = np.zeros_like(printed)
    around[60:125, 50:500] = True
    assert np.median(prepared[printed]) < 100
    assert np.median(prepared[around & ~printed]) > 200


def test_print_in_a_deep_shadow_stays_dark_on_light() -> None:
    page = np.full((1100, 850), 245, np.uint8)
    for row in range(100, 1050, 50):
        cv2.putText(page, "Harbor Mutual Insurance", (60, row), cv2.FONT_HERSHEY_SIMPLEX, 1.2, (70,), 3)
    printed = page < 100
    light = np.interp(np.arange(1100), (700, 760), (1.0, 0.2))
    prepared = prepare((page * light[:, None]).astype(np.uint8), 100.0, may_be_photo=False).pixels
    assert prepared.shape == page.shape
    low = np.zeros_like(printed)
    low[780:] = True
    assert np.median(prepared[printed & low]) < 130
    assert np.median(prepared[~printed & low]) > 200
