"""The sheet in a photograph is found on any desk, and a scan is left as it is."""

from datetime import date
from random import Random

import cv2
import numpy as np
import pytest

from credmate_pipeline.documents.page import Gray
from credmate_pipeline.ocr.page_finding import page_corners
from credmate_pipeline.samples.camera import CAREFUL, CARELESS, Color, Shot, photographed
from credmate_pipeline.samples.layouts.known import layout_named
from credmate_pipeline.samples.raster import rasterize

SHOTS = 12


def page_of(layout: str) -> Gray:
    return rasterize(layout_named(layout).draw(Random(5), date(2026, 3, 9)).pdf, 90)


def gray(photo: Color) -> Gray:
    return np.asarray(cv2.cvtColor(photo, cv2.COLOR_RGB2GRAY), np.uint8)


@pytest.fixture(scope="module")
def pages() -> tuple[Gray, ...]:
    return tuple(page_of(name) for name in ("cme_awarded", "license_wall_certificate", "csr_massachusetts"))


@pytest.mark.parametrize("shot", [CAREFUL, CARELESS])
def test_the_sheet_is_found_on_any_desk(pages: tuple[Gray, ...], shot: Shot) -> None:
    near = 0
    for number in range(SHOTS):
        page = pages[number % 3]
        # White paper on which nothing is printed shows where the sheet lies.
        photo, place = (
            gray(photographed(sheet, np.random.default_rng(number), shot, size=(900, 1200)))
            for sheet in (page, np.full_like(page, 255))
        )
        found = page_corners(photo)
        if found is not None:
            inside = np.zeros(place.shape, np.uint8)
            cv2.fillConvexPoly(inside, found.round().astype(np.int32), 255)
            near += _is_sheet(inside > 0, place)
    assert near >= SHOTS - 1


@pytest.mark.parametrize("layout", ["malpractice_membership_certificate", "cme_two_columns"])
def test_a_dark_band_with_print_is_a_part_of_the_sheet(layout: str) -> None:
    page = page_of(layout)
    for number in range(SHOTS):
        photo, place = (
            gray(photographed(sheet, np.random.default_rng(number), CAREFUL, size=(900, 1200)))
            for sheet in (page, np.full_like(page, 255))
        )
        found = page_corners(photo)
        assert found is not None
        inside = np.zeros(place.shape, np.uint8)
        cv2.fillConvexPoly(inside, found.round().astype(np.int32), 255)
        # A band of color is a tenth of the sheet.
        assert (place[inside == 0] > 95).sum() < 0.06 * (inside > 0).sum()


@pytest.mark.parametrize("lines", [("HARBOR MUTUAL INSURANCE",), ("HARBOR MUTUAL", "Certificate of Insurance")])
def test_a_band_of_two_lines_is_found_whole(lines: tuple[str, ...]) -> None:
    picture = np.full((1200, 900), 40, np.uint8)
    picture[150:1150, 50:850] = 240
    picture[150:300, 50:850] = 35
    for number, line in enumerate(lines):
        cv2.putText(picture, line, (100, 210 + 50 * number), cv2.FONT_HERSHEY_SIMPLEX, 1.2, (230,), 3)
    found = page_corners(picture)
    assert found is not None
    assert found[0][1] == pytest.approx(150, abs=45)
    assert found[2][1] == pytest.approx(1150, abs=10)


def _is_sheet(inside: np.ndarray, place: Gray) -> bool:
    """Whether the place found is nearly all paper, and as large as a sheet on the picture is."""
    edge = cv2.erode(inside.astype(np.uint8), np.ones((15, 15), np.uint8)) > 0
    return bool(inside.mean() > 0.35 and (place[edge] > 95).mean() > 0.99)


def test_a_scan_has_no_desk_around_it(pages: tuple[Gray, ...]) -> None:
    for page in pages:
        skewed = cv2.warpAffine(
            page,
            cv2.getRotationMatrix2D((page.shape[1] / 2, page.shape[0] / 2), 2.0, 1.0),
            page.shape[::-1],
            borderValue=(255,),
        )
        assert page_corners(page) is None
        assert page_corners((page * 0.85).astype(np.uint8)) is None
        assert page_corners(skewed.astype(np.uint8)) is None


def test_a_frame_printed_on_the_page_is_not_its_edge() -> None:
    page = np.full((1100, 850), 245, np.uint8)
    cv2.rectangle(page, (60, 60), (790, 1040), (40,), 6)
    assert page_corners(page) is None
