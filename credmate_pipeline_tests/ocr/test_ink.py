"""Shapes of ink and the paper around them."""

import cv2
import numpy as np
import pytest

from credmate_pipeline.ocr.ink import ink_shapes, paper_level


@pytest.mark.parametrize("spacing", [2, 3, 40], ids=["more shapes than two bytes count", "nearly so", "few"])
def test_every_shape_is_found_however_many_there_are(spacing: int) -> None:
    ink = np.zeros((700, 700), np.uint8)
    ink[::spacing, ::spacing] = 1
    found = ink_shapes(ink)
    assert len(found) == len(range(0, 700, spacing)) ** 2
    assert set(map(tuple, found[:, 2:].tolist())) == {(1, 1, 1)}
    assert {tuple(place) for place in found[:, :2].tolist()} == {
        (x, y) for x in range(0, 700, spacing) for y in range(0, 700, spacing)
    }


def test_a_shape_has_its_place_and_its_size() -> None:
    ink = np.zeros((60, 80), np.uint8)
    cv2.rectangle(ink, (10, 20), (29, 24), 255, -1)
    assert ink_shapes(ink).tolist() == [[10, 20, 20, 5, 100]]


def test_no_ink_has_no_shapes() -> None:
    assert ink_shapes(np.zeros((10, 10), np.uint8)).shape == (0, 5)


def test_the_paper_is_what_nine_of_ten_pixels_do_not_pass() -> None:
    pixels = np.full((100, 100), 240, np.uint8)
    pixels[:30] = 10
    assert paper_level(pixels) == 240
