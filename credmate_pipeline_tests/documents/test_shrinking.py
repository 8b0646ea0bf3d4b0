"""Pictures made smaller keep their size, their gray levels and their places."""

import numpy as np
import pytest

from credmate_pipeline.documents.shrinking import shrunk


@pytest.mark.parametrize("scale", [1.0, 0.9, 0.5, 0.37, 0.1, 0.0001])
def test_a_picture_has_the_size_asked_for(scale: float) -> None:
    pixels = np.full((331, 254), 200, np.uint8)
    small = shrunk(pixels, scale)
    assert small.shape == (max(1, round(331 * scale)), max(1, round(254 * scale)))
    assert set(small.ravel().tolist()) == {200}


@pytest.mark.parametrize("scale", [0.9, 0.45, 0.23])
def test_what_is_in_it_stays_in_its_place(scale: float) -> None:
    pixels = np.full((1001, 801), 255, np.uint8)
    pixels[600:640, 200:240] = 0
    rows, columns = np.nonzero(shrunk(pixels, scale) < 128)
    assert rows.mean() / scale == pytest.approx(619.5, abs=2 / scale)
    assert columns.mean() / scale == pytest.approx(219.5, abs=2 / scale)


def test_thin_lines_are_not_lost() -> None:
    pixels = np.full((800, 800), 255, np.uint8)
    pixels[:, 401] = 0
    assert shrunk(pixels, 0.3).min() < 200
