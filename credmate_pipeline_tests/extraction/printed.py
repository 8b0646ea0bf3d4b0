"""Pages laid out from plain text, as an engine would give them: words with boxes, lines with columns apart."""

import re

from credmate_pipeline.ocr.reading import Box, Line, Page, Reading, Source, Word

PAGE_WIDTH, PAGE_HEIGHT = 612.0, 792.0
_COLUMNS = 100
"""Characters a page is wide."""


def reading_of(*pages: str, centered: bool = False, confidence: float = 0.98) -> Reading:
    """Each text as a page. Three spaces or more part columns; an empty line leaves room; `# ` prints large."""
    return Reading(
        tuple(page_of(text, number, centered=centered, confidence=confidence) for number, text in enumerate(pages, 1)),
        engine="test",
    )


def page_of(text: str, number: int = 1, *, centered: bool = False, confidence: float = 0.98) -> Page:
    lines: list[Line] = []
    top = 0.05
    for printed in text.strip("\n").split("\n"):
        size = 1.6 if printed.startswith("# ") else 1.0
        height = 0.014 * size
        content = printed.removeprefix("# ").rstrip()
        lines.extend(_row(content, top, height, centered=centered, confidence=confidence))
        top += height * 1.35
    return Page(number, tuple(lines), Source.TEXT_LAYER, PAGE_WIDTH, PAGE_HEIGHT)


def _row(content: str, top: float, height: float, *, centered: bool, confidence: float) -> list[Line]:
    step = 0.86 / _COLUMNS * height / 0.014
    left = 0.5 - len(content.strip()) * step / 2 if centered else 0.07
    shift = len(content) - len(content.lstrip()) if centered else 0
    lines = []
    for part in re.finditer(r"\S+(?: {1,2}\S+)*", content):
        words = []
        for word in re.finditer(r"\S+", part.group()):
            start = left + (part.start() + word.start() - shift) * step
            box = Box(max(0.0, start), top, min(1.0, start + len(word.group()) * step), top + height)
            words.append(Word(word.group(), box, confidence, Source.TEXT_LAYER))
        lines.append(Line(tuple(words)))
    return lines
