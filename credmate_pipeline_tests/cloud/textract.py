"""Plays Textract: reads with Tesseract what it is sent, and tells it as Textract would."""

import base64
from collections.abc import Callable
from dataclasses import dataclass, field
from math import cos, radians, sin
from typing import Any

import cv2
import numpy as np
import pymupdf

from credmate_pipeline.documents.page import Gray
from credmate_pipeline.ocr.tesseract import open_tesseract
from credmate_pipeline_tests.cloud.server import Json

Block = dict[str, Any]
_DPI = 150


def word_block(
    text: str,
    box: tuple[float, float, float, float],
    *,
    confidence: float = 99.5,
    page: int = 1,
    kind: str = "PRINTED",
    turned: float = 0.0,
) -> Block:
    """A WORD block; `turned` degrees clockwise about its middle, on a square page."""
    left, top, right, bottom = box
    x, y, turn = (left + right) / 2, (top + bottom) / 2, radians(turned)
    corners = [(left - x, top - y), (right - x, top - y), (right - x, bottom - y), (left - x, bottom - y)]
    points = [(x + a * cos(turn) - b * sin(turn), y + a * sin(turn) + b * cos(turn)) for a, b in corners]
    xs, ys = [point[0] for point in points], [point[1] for point in points]
    bounds = {"Left": min(xs), "Top": min(ys), "Width": max(xs) - min(xs), "Height": max(ys) - min(ys)}
    polygon = [{"X": a, "Y": b} for a, b in points]
    return {
        "BlockType": "WORD",
        "Id": f"{page}-{text}-{left}",
        "Text": text,
        "TextType": kind,
        "Confidence": confidence,
        "Page": page,
        "Geometry": {"BoundingBox": bounds, "Polygon": polygon},
    }


def page_block(page: int = 1) -> Block:
    return {"BlockType": "PAGE", "Id": f"page-{page}", "Page": page}


def seen_blocks(picture: Gray, page: int = 1) -> list[Block]:
    """What Tesseract sees, surer by what Textract is."""
    height, width = picture.shape
    words = open_tesseract("eng").words(picture, dpi=_DPI)
    return [
        page_block(page),
        *(
            word_block(
                word.text,
                (word.left / width, word.top / height, word.right / width, word.bottom / height),
                confidence=min(99.9, 100 * word.confidence + 4),
                page=page,
            )
            for word in words
        ),
    ]


def detect(request: Json) -> Json:
    """DetectDocumentText."""
    content = np.frombuffer(base64.b64decode(request["Document"]["Bytes"]), np.uint8)
    picture = cv2.imdecode(content, cv2.IMREAD_GRAYSCALE)
    assert picture is not None
    return {"Blocks": seen_blocks(np.asarray(picture, np.uint8)), "DocumentMetadata": {"Pages": 1}}


@dataclass
class Jobs:
    """StartDocumentTextDetection and GetDocumentTextDetection over one stored PDF."""

    stored: Callable[[str, str], bytes]
    """The bytes of a bucket's object."""
    waits: int = 1
    """How often a job is looked at in vain."""
    blocks_an_answer: int = 40
    status: str = "SUCCEEDED"
    unread: tuple[int, ...] = ()
    _blocks: list[Block] = field(default_factory=list)

    def start(self, request: Json) -> Json:
        place = request["DocumentLocation"]["S3Object"]
        assert len(request["ClientRequestToken"]) >= 16
        with pymupdf.open(stream=self.stored(place["Bucket"], place["Name"]), filetype="pdf") as document:
            self._blocks = [
                block
                for number in range(1, document.page_count + 1)
                if number not in self.unread
                for block in seen_blocks(_picture(document[number - 1]), number)
            ]
        return {"JobId": "job-1"}

    def result(self, request: Json) -> Json:
        assert request["JobId"] == "job-1"
        if self.waits:
            self.waits -= 1
            return {"JobStatus": "IN_PROGRESS"}
        if self.status == "FAILED":
            return {"JobStatus": "FAILED", "StatusMessage": "INVALID_IMAGE_TYPE"}
        first = int(request.get("NextToken", 0))
        following = first + self.blocks_an_answer
        warnings = [{"ErrorCode": "UNSUPPORTED", "Pages": list(self.unread)}] if self.unread else []
        return {
            "JobStatus": self.status,
            "Blocks": self._blocks[first:following],
            "Warnings": warnings,
            **({"NextToken": str(following)} if following < len(self._blocks) else {}),
        }


def _picture(page: pymupdf.Page) -> Gray:
    pixmap = page.get_pixmap(dpi=_DPI, colorspace=pymupdf.csGRAY)
    return np.frombuffer(pixmap.samples, np.uint8).reshape(pixmap.height, pixmap.width)
