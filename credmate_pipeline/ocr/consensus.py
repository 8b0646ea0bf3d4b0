"""Two looks at one page check each other: words they agree on are surer, words they read differently are not believed.

The words and boxes of a page stay those of one look; only confidences come of both.
"""

from collections.abc import Sequence
from dataclasses import replace

from credmate_pipeline.ocr.reading import Box, Line, Page, Word

_CONTRADICTED = 0.4
"""The most a word is believed that the other look reads otherwise and at least as surely."""
_ROW = 0.5
"""Share of the lower word's height in which two words must lie level to be in one row."""


def checked(page: Page, other: Page) -> Page:
    """`page` with each word's confidence informed by what `other`, a look at the same page, has in its place."""
    others = [(other.uploaded_box(word.box), word) for word in other.words]
    lines = tuple(
        Line(tuple(_checked(word, page.uploaded_box(word.box), others) for word in line.words)) for line in page.lines
    )
    return replace(page, lines=lines)


def _checked(word: Word, box: Box, others: Sequence[tuple[Box, Word]]) -> Word:
    there = sorted(((place, seen) for place, seen in others if _meets(box, place)), key=lambda pair: pair[0].x0)
    if not there or not _essence(word.text):
        return word
    said = _essence("".join(seen.text for _, seen in there))
    surety = min(seen.confidence for _, seen in there)
    if _essence(word.text) in said:
        # Two looks by one engine err alike, so that agreement makes no word surer than its better look.
        return replace(word, confidence=max(word.confidence, surety))
    if surety >= word.confidence - 0.1:
        return replace(word, confidence=min(word.confidence, _CONTRADICTED))
    return word


def _essence(text: str) -> str:
    """Letters and digits, and the points and strokes between digits: what must be the same."""
    return text.strip(".,;:|_-—'\"()[]").casefold().replace(",", "")


def _meets(one: Box, other: Box) -> bool:
    across = min(one.x1, other.x1) - max(one.x0, other.x0)
    along = min(one.y1, other.y1) - max(one.y0, other.y0)
    return across > 0.3 * min(one.width, other.width) and along > _ROW * min(one.height, other.height)
