"""The professional liability line of an insurance form that lists several coverages."""

import re
from collections.abc import Sequence

from credmate_pipeline.ocr.reading import Line, Page

_PROFESSIONAL = re.compile(
    r"(?:medical|professional|healthcare|physicians?)\b.{0,30}\b(?:liability"
    r"|malpractice)",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"\b(?:(?:commercial )?general liability|automobile(?: liability)?|umbrella|excess liab|workers'? comp\w*|cyber"
    r"|property|garage)\b",
    re.IGNORECASE,
)
_END = re.compile(
    r"\b(?:description of operations|certificate holder|cancellation|additional (?:insured"
    r"|remarks))\b",
    re.IGNORECASE,
)
_LETTER = re.compile(r"([A-F])\b")


def professional_lines(pages: Sequence[Page]) -> tuple[Page, ...]:
    """Pages cut down to their professional liability line; empty where no other coverage is listed beside it."""
    return tuple(cut for page in pages if (cut := _cut(page)) is not None)


def lists_other_coverages(pages: Sequence[Page]) -> bool:
    """Whether rows of other coverages stand on the pages, whose insurers and policies are not the professional's."""
    return any(_is_coverage(line) and _OTHER.search(line.text) for page in pages for line in page.lines)


def insurer_letter(band: Page) -> str | None:
    """The letter before the coverage that names its insurer: A in "A MEDICAL PROFESSIONAL LIABILITY"."""
    match = _LETTER.match(band.lines[0].text)
    return match[1] if match else None


def _cut(page: Page) -> Page | None:
    others = [line for line in page.lines if _is_coverage(line) and _OTHER.search(line.text)]
    if not others:
        return None
    first = min(line.box.y0 for line in others)
    own = [line for line in page.lines if _PROFESSIONAL.search(line.text) and _is_coverage(line)]
    anchor = next((line for line in own if line.box.y0 > first - 0.2), None)
    if anchor is None:
        return None
    top = anchor.box.y0 - anchor.box.height / 2
    stops = [line for line in page.lines if line.box.y0 > anchor.box.y1 and (line in others or _END.search(line.text))]
    bottom = min((line.box.y0 for line in stops), default=1.0)
    lines = tuple(line for line in page.lines if top <= line.box.center[1] < bottom)
    return Page(page.number, lines, page.source, page.width, page.height, page.frame, page.notes)


def _is_coverage(line: Line) -> bool:
    """Whether the line is a row of the coverages rather than a title or a sentence."""
    return re.search(r"certificate of|evidence of|insured named|\.\s", line.text, re.IGNORECASE) is None
