"""What Textract's answers say, in the neutral terms of `engine`. Nothing is asked of Textract here.

Its confidences go from 0 to 100; its polygons begin at a word's own top left, whichever way the word is turned.
"""

from collections.abc import Mapping, Sequence
from math import isfinite
from typing import Any

from credmate_pipeline.errors import EngineFailure
from credmate_pipeline.ocr.engine import SlantedWord

Answer = Mapping[str, Any]
"""A response as boto3 parses it."""

ODD_ANSWER = "Textract's answer is not what its service model says; try again later."
_CORNERS = 4


def words_by_page(answers: Sequence[Answer]) -> dict[int, tuple[SlantedWord, ...]]:
    """The words of every page the answers speak of; a page without words is there too.

    Raises EngineFailure for an answer that cannot be understood.
    """
    found: dict[int, list[SlantedWord]] = {}
    try:
        for block in (block for answer in answers for block in answer["Blocks"]):
            page = int(block.get("Page", 1))
            if block["BlockType"] == "PAGE":
                found.setdefault(page, [])
            elif block["BlockType"] == "WORD" and str(block["Text"]).strip():
                found.setdefault(page, []).append(_word(block))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise EngineFailure(ODD_ANSWER) from error
    return {page: tuple(words) for page, words in found.items()}


def unread_pages(answers: Sequence[Answer]) -> frozenset[int]:
    """The pages a job warns it could not read."""
    warnings = (warning for answer in answers for warning in answer.get("Warnings") or ())
    return frozenset(int(page) for warning in warnings for page in warning.get("Pages") or ())


def _word(block: Answer) -> SlantedWord:
    confidence = min(max(float(block["Confidence"]) / 100, 0.0), 1.0)
    return SlantedWord(
        str(block["Text"]).strip(), _corners(block["Geometry"]), confidence, block.get("TextType") == "HANDWRITING"
    )


def _corners(
    geometry: Answer,
) -> tuple[tuple[float, float], tuple[float, float], tuple[float, float], tuple[float, float]]:
    points = [(float(point["X"]), float(point["Y"])) for point in geometry.get("Polygon") or ()]
    if len(points) != _CORNERS:
        box = geometry["BoundingBox"]
        left, top = float(box["Left"]), float(box["Top"])
        right, bottom = left + float(box["Width"]), top + float(box["Height"])
        points = [(left, top), (right, top), (right, bottom), (left, bottom)]
    if not all(isfinite(x) and isfinite(y) for x, y in points):
        raise ValueError("a corner is no number")
    first, second, third, fourth = points
    return (first, second, third, fourth)
