"""Where words stand on a page: running text mapped back to words, sizes, alignment, fields from words.

No document type and no phrase is known here.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import wraps
from itertools import groupby, pairwise
from statistics import median
from typing import TypeVar, cast

from credmate_pipeline.extraction.fields import Evidence, Field, FieldValue, evidence_of
from credmate_pipeline.ocr.reading import Box, Line, Page, Word, union

Asked = TypeVar("Asked", Page, Line)
Kept = TypeVar("Kept")

COLUMN_GAP = 1.5
"""Words so many text heights apart stand in different columns; page fractions are treated as square."""
_BARS = frozenset("|│¦{}[]")
_STOPPED = re.compile(r"[A-Za-z]{5,}\.")


@dataclass(frozen=True, slots=True)
class Passage:
    """Lines of one page as running text (`\\n` between lines), every character traceable to its word."""

    page: Page
    text: str
    words: tuple[Word, ...]
    starts: tuple[int, ...]
    """Where each word begins in `text`."""
    line_numbers: tuple[int, ...]
    """Which of the passage's lines each word stands on, counted from 0."""

    def words_between(self, start: int, end: int) -> tuple[Word, ...]:
        """The words printed in `text[start:end]`; a word that is cut is given as the part inside."""
        first = max(0, bisect_right(self.starts, start) - 1)
        parts = (
            word_part(word, start - begin, end - begin)
            for word, begin in zip(self.words[first:], self.starts[first:], strict=True)
            if begin < end
        )
        return tuple(part for part in parts if part is not None)

    def line_at(self, position: int) -> int:
        """The number of the line, counted from 0, on which the character at `position` stands."""
        return self.line_numbers[max(0, bisect_right(self.starts, position) - 1)]


def once(function: Callable[[Asked], Kept]) -> Callable[[Asked], Kept]:
    """The function, whose answer is kept with the page or line it was asked about: every field asks the same of them,
    and they do not change."""
    name = f"{function.__module__}.{function.__qualname__}"

    @wraps(function)
    def kept(asked: Asked) -> Kept:
        answers = vars(asked)
        if name not in answers:
            answers[name] = function(asked)
        return cast(Kept, answers[name])

    return kept


def passage(page: Page, lines: Sequence[Line] | None = None, spelled: Callable[[str], str] | None = None) -> Passage:
    """`lines` (all of the page's by default) as running text; `spelled` gives the form in which a word is matched."""
    chosen = page.lines if lines is None else lines
    words, starts, numbers, pieces, position = [], [], [], [], 0
    for number, line in enumerate(chosen):
        texts = list(map(spelled, _without_stray_stops(line))) if spelled else [word.text for word in line.words]
        words.extend(line.words)
        numbers.extend([number] * len(texts))
        for text in texts:
            starts.append(position)
            position += len(text) + 1
        pieces.append(" ".join(texts))
    return Passage(page, "\n".join(pieces), tuple(words), tuple(starts), tuple(numbers))


@once
def _without_stray_stops(line: Line) -> list[str]:
    """The line's words, long ones without a full stop that a small letter follows: a speck ends no sentence."""
    texts = [word.text for word in line.words]
    followers = [*texts[1:], ""]
    return [
        text[:-1] if text.endswith(".") and after[:1].islower() and _STOPPED.fullmatch(text) else text
        for text, after in zip(texts, followers, strict=True)
    ]


def word_part(word: Word, start: int, end: int) -> Word | None:
    """Characters `start` to `end` of `word`, the box cut in proportion; None where nothing visible is inside."""
    start, end = max(0, start), min(len(word.text), end)
    text = word.text[start:end]
    if not text.strip():
        return None
    if len(text) == len(word.text):
        return word
    box, step = word.box, word.box.width / len(word.text)
    return Word(text, Box(box.x0 + step * start, box.y0, box.x0 + step * end, box.y1), word.confidence, word.source)


@once
def in_parts(page: Page) -> Page:
    """The page with letter-spaced words (`D e c  1 2`) put together and lines cut where columns part."""
    parts = (part for line in page.lines for part in columns(unspaced(line)))
    return replace(page, lines=tuple(parts))


def columns(line: Line, gap: float = COLUMN_GAP) -> tuple[Line, ...]:
    """The line cut where two words stand more than `gap` text heights apart."""
    parts: list[list[Word]] = [[line.words[0]]]
    for left, right in pairwise(line.words):
        space = right.box.x0 - left.box.x1
        if space > 0 and space > gap * max(left.print_height, right.print_height):
            parts.append([])
        parts[-1].append(right)
    return tuple(Line(tuple(part)) for part in parts)


def is_bar(word: Word) -> bool:
    """Whether the word is the rule between two columns, or what an engine made of it."""
    return word.text in _BARS


def between_bars(line: Line) -> Iterator[Line]:
    """The parts of a table's line that its bars part; bars themselves left out."""
    for are_bars, words in groupby(line.words, is_bar):
        if not are_bars:
            yield Line(tuple(words))


def unspaced(line: Line) -> Line:
    """A letter-spaced line's letters joined to words at its wider gaps; any other line as it is."""
    words = line.words
    letters = sum(len(word.text) == 1 for word in words)
    if len(words) < 6 or letters < 0.6 * len(words):
        return line
    gaps = [right.box.x0 - left.box.x1 for left, right in pairwise(words)]
    widest_inside = 1.6 * max(median(gaps), 0.0)
    groups: list[list[Word]] = [[words[0]]]
    for word, gap in zip(words[1:], gaps, strict=True):
        if gap <= widest_inside:
            groups[-1].append(word)
        else:
            groups.append([word])
    return Line(tuple(_one_word(group) for group in groups))


def _one_word(parts: Sequence[Word]) -> Word:
    text = "".join(part.text for part in parts)
    confidence = sum(part.confidence for part in parts) / len(parts)
    return Word(text, union([part.box for part in parts]), confidence, parts[0].source)


def trimmed(words: Sequence[Word], characters: str) -> tuple[Word, ...]:
    """`words` without leading and trailing `characters`; empty where nothing else was there."""
    text = " ".join(word.text for word in words)
    lead = len(text) - len(text.lstrip(characters + " "))
    tail = len(text.rstrip(characters + " "))
    parts, position = [], 0
    for word in words:
        part = word_part(word, lead - position, tail - position)
        if part is not None:
            parts.append(part)
        position += len(word.text) + 1
    return tuple(parts)


def text_of(words: Iterable[Word]) -> str:
    """The words' text with single spaces."""
    return " ".join(word.text for word in words)


def is_same_row(one: Box, other: Box) -> bool:
    """Whether two boxes stand on one printed row: the lower one's half lies beside the higher one."""
    overlap = min(one.y1, other.y1) - max(one.y0, other.y0)
    return overlap >= 0.5 * min(one.height, other.height)


def median_height(page: Page) -> float:
    """The usual text height of the page's words as a fraction of its height; 0 on a page without words."""
    heights = [word.print_height for line in page.lines for word in line.words]
    return median(heights) if heights else 0.0


def relative_height(page: Page, line: Line) -> float:
    """The line's text height against the page's usual one: 1.0 is ordinary print."""
    usual = median_height(page)
    return line.print_height / usual if usual else 1.0


def text_center(page: Page) -> float:
    """The horizontal middle of the printed area, 0–1: not the paper's where margins or side columns differ."""
    if not page.lines:
        return 0.5
    area = union([line.box for line in page.lines])
    return (area.x0 + area.x1) / 2


def is_centered(page: Page, line: Line, tolerance: float = 0.03) -> bool:
    """Whether the line stands around the middle of the paper or of the printed area."""
    center = line.box.center[0]
    return min(abs(center - 0.5), abs(center - text_center(page))) <= tolerance


def is_continued_by(line: Line, following: Line, *, gap: float = 1.0, size_tolerance: float = 0.2) -> bool:
    """Whether `following` reads on from `line`: just below, in the same size, aligned left, right or centered."""
    height = max(line.print_height, following.print_height)
    distance = following.box.y0 - line.box.y1
    if not -0.5 * height <= distance <= gap * height or following.box.y0 <= line.box.y0:
        return False
    if abs(line.print_height - following.print_height) > size_tolerance * height:
        return False
    first, second = line.box, following.box
    aligned = (first.x0 - second.x0, first.x1 - second.x1, first.center[0] - second.center[0])
    return min(abs(offset) for offset in aligned) <= 0.03


def line_blocks(page: Page) -> tuple[tuple[Line, ...], ...]:
    """Lines that read on from each other, gathered: addresses, multi-line titles, paragraphs."""
    blocks: list[list[Line]] = []
    for line in page.lines:
        if blocks and is_continued_by(blocks[-1][-1], line):
            blocks[-1].append(line)
        else:
            blocks.append([line])
    return tuple(tuple(block) for block in blocks)


def words_by_row(words: Sequence[Word]) -> tuple[tuple[Word, ...], ...]:
    """Consecutive words gathered by the printed row they stand on."""
    rows: list[list[Word]] = []
    for word in words:
        if rows and is_same_row(rows[-1][-1].box, word.box) and word.box.x0 >= rows[-1][-1].box.x0:
            rows[-1].append(word)
        else:
            rows.append([word])
    return tuple(tuple(row) for row in rows)


def evidence_by_row(page: Page, words: Sequence[Word]) -> tuple[Evidence, ...]:
    """One evidence for every row on which `words` (at least one) are printed."""
    return tuple(evidence_of(page, row) for row in words_by_row(words))


def words_confidence(words: Sequence[Word]) -> float:
    """How surely `words` (at least one) were read, 0–1: between their mean and the worst, which may be the one
    that matters."""
    confidences = [word.confidence for word in words]
    return (sum(confidences) / len(confidences) + min(confidences)) / 2


def make_field(
    name: str,
    value: FieldValue,
    page: Page,
    words: Sequence[Word],
    method: str,
    *,
    confidence_factor: float = 1.0,
) -> Field:
    """A field printed in `words` (at least one, in reading order) of `page`.

    `confidence_factor` (0–1) is how sure the way of finding is; the words' own confidences multiply it.
    """
    return Field(
        name=name,
        value=value,
        content=text_of(words),
        confidence=min(1.0, max(0.0, words_confidence(words) * confidence_factor)),
        evidence=evidence_by_row(page, words),
        method=method,
    )
