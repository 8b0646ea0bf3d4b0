"""Values found by their printed label: right of it, or below it in its column. Works on any engine's words.

What a value must look like is the caller's knowledge.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from credmate_pipeline.extraction.layout import (
    between_bars,
    is_bar,
    is_same_row,
    once,
    passage,
    text_of,
    trimmed,
)
from credmate_pipeline.extraction.spelling import Vocabulary, restored, vocabulary
from credmate_pipeline.extraction.tables import table_cells
from credmate_pipeline.ocr.reading import Box, Line, Page, Source, Word, union

Way = Literal["same-line", "below", "same-cell"]

WIDE_GAP = 2.0
"""A gap of so many text heights ends a value: what follows is another column."""
COLUMN_REACH = 3.5
"""A value stands at most so many text heights below its label."""
CELL_REACH = 1.2
"""A value so near below its label, with the same left edge, shares its cell."""

CELL_LEADING = 0.7
"""Lines of one cell stand at most so many text heights apart."""
HEAD_LINES = 3
"""The head of a column is broken over at most so many lines."""
HEAD_WORDS = 4
"""A line of such a head has at most so many words."""

LABELS_BESIDE = 2
"""Of the line before and the two behind it so many are alike where a line without a colon begins with a label."""
ALIKE = 1.1
"""Heights of print that is the same differ by less."""

_PHRASE = re.compile(r"\s+(?:of|and|on|the|is|for|to|in|under|by|or|with)\b", re.IGNORECASE)
_MARKED = re.compile(r"[A-Z][A-Za-z]*(?: [A-Za-z]+){0,3} ?:")
_LABEL_END = re.compile(r"\s*[:;]\s*|\s*[#]\s*:?\s*|\s*[-–—=]\s+|\s*\.{2,}\s*|\s*_{2,}\s*")
_NEXT_LABEL = re.compile(r"(?:\S+\s){0,3}?[^\s:]*[A-Za-z)#][:](?:\s|$)")
_NUMBER_LABEL = re.compile(r"(?:\bno\.?|\bnumber|\bid|#)$", re.IGNORECASE)
_ENDED_VALUE = re.compile(r"\d.{3,}|.\d.{2,}|.{2,}\d.|.{3,}\d")
"""Four characters or more with a digit: a number or date, after which another label may follow."""
_FILLING = " _.:;|-–—=*•"


@dataclass(frozen=True, slots=True)
class LabelledValue:
    """A value, the label that names it, and how they stand to each other."""

    label: str
    """As printed, without its colon."""
    words: tuple[Word, ...]
    way: Way
    label_words: tuple[Word, ...] = ()
    has_mark: bool = False
    """Whether a colon or the like follows the label."""

    @property
    def text(self) -> str:
        return text_of(self.words)


@dataclass(frozen=True, slots=True)
class _PrintedLabel:
    line: Line
    label: str
    words: tuple[Word, ...]
    rest: tuple[Word, ...]
    has_mark: bool
    """Whether a colon or the like follows it."""
    is_before_bar: bool = False
    """Whether a bar follows it, so that what stands right of it is another column."""

    @property
    def box(self) -> Box:
        return union([word.box for word in self.words])


def labelled(page: Page, labels: Sequence[str]) -> tuple[LabelledValue, ...]:
    """Every value standing by a label that matches one of `labels` (regexes, case does not matter).

    A label begins its line or follows a wide gap, a bar or an earlier value; it is followed by a colon, a gap or
    nothing. A label with a colon and words right of it gives that one value; any other label may be the head of
    a column, so that the words right of it and those below it are both given, in this order.
    """
    found: list[LabelledValue] = []
    for line in page.lines:
        for printed in _printed_labels(page, line, labels):
            found.extend(_values_of(page, printed))
    for printed in _wrapped_labels(page, labels):
        found.extend(_values_of(page, printed))
    return tuple(found)


def captioned(page: Page, labels: Sequence[str]) -> Iterator[LabelledValue]:
    """Values that stand right over their label, as above a line to write on: nearer to it than what is below it."""
    for line in page.lines:
        for printed in _printed_labels(page, line, labels):
            over, under = _nearest(page, printed, is_above=True), _nearest(page, printed, is_above=False)
            if printed.has_mark or _has_neighbor(printed) or over is None:
                continue
            if over.box.y1 < printed.box.y0 - _caption_reach(printed, over):
                continue
            if under is None or under.box.y0 - printed.box.y1 > printed.box.y0 - over.box.y1:
                words = trimmed(over.words, _FILLING)
                if words:
                    yield LabelledValue(printed.label, words, "below", printed.words)


def _has_neighbor(label: _PrintedLabel) -> bool:
    return bool(label.rest) and not label.is_before_bar and _gap(label.words[-1], label.rest[0]) <= WIDE_GAP


def _caption_reach(label: _PrintedLabel, over: Line) -> float:
    """How far below a value its caption stands at most; captions are often in smaller print."""
    return CELL_REACH * max(word.box.height for word in (*label.words, *over.words))


def _nearest(page: Page, label: _PrintedLabel, *, is_above: bool) -> Line | None:
    """The nearest part of a line above or below the label, in its column."""
    parts = [part for line in page.lines for part in _columns(line) if _shares_column(label.box, part.box)]
    middle = label.box.center[1]
    if is_above:
        return max((part for part in parts if part.box.y1 <= middle), key=lambda part: part.box.y1, default=None)
    return min((part for part in parts if part.box.y0 >= middle), key=lambda part: part.box.y0, default=None)


def headed(page: Page, labels: Sequence[str]) -> Iterator[tuple[str, tuple[Word, ...]]]:
    """The cells of tables whose column's head matches one of `labels`, with that head."""
    known = _label_words(tuple(labels))
    for cell in table_cells(page):
        head = restored(cell.head_text, known).strip(" :.")
        if any(_compiled(label).fullmatch(head) for label in labels):
            yield head, cell.words


@lru_cache(maxsize=512)
def _compiled(label: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w]){'(?:' + label + ')'}(?!\w)", re.IGNORECASE)


@lru_cache(maxsize=128)
def _label_words(labels: tuple[str, ...]) -> Vocabulary:
    return vocabulary(labels)


def _printed_labels(page: Page, line: Line, labels: Sequence[str]) -> Iterator[_PrintedLabel]:
    known = _label_words(tuple(labels))
    running = passage(page, (line,), lambda text: restored(text, known))
    matches = [match for label in labels for match in _compiled(label).finditer(running.text)]
    taken_until = -1
    for match in sorted(matches, key=lambda match: (match.start(), -match.end())):
        if match.start() < taken_until or match.start() == match.end():
            continue
        mark = _LABEL_END.match(running.text, match.end())
        end = mark.end() if mark else match.end()
        words = running.words_between(*match.span())
        rest = running.words_between(end, len(running.text))
        is_before_bar = mark is None and bool(rest) and is_bar(rest[0])
        is_label = (
            mark is not None
            or not rest
            or is_before_bar
            or _gap(words[-1], rest[0]) > 1.0
            or _is_numbered(match.group(), rest[0])
            or (_may_lack_its_colon(running.text, match) and _stands_among_labels(page, line))
        )
        if is_label and _may_begin_label(running.text, match.start(), running.words_between(0, match.start()), words):
            taken_until = end
            yield _PrintedLabel(line, match.group(), words, rest, mark is not None, is_before_bar)


def _may_lack_its_colon(text: str, label: re.Match[str]) -> bool:
    """Whether the label begins a line that has no colon at all and is no phrase (`Name of the director`)."""
    return label.start() == 0 and ":" not in text and _PHRASE.match(text, label.end()) is None


def _stands_among_labels(page: Page, line: Line) -> bool:
    """Whether lines next to it are of the same print and left edge and one begins with a label: an entry covers its
    colon. Only a text layer tells the print apart so well."""
    at, height = page.lines.index(line), line.box.height
    beside = (*page.lines[max(0, at - 1) : at], *page.lines[at + 1 : at + 3])
    alike = [
        other
        for other in beside
        if all(word.source is Source.TEXT_LAYER for word in (*line.words, *other.words))
        and abs(other.box.x0 - line.box.x0) < height / 2
        and max(height, other.box.height) < ALIKE * min(height, other.box.height)
    ]
    return len(alike) >= LABELS_BESIDE and any(_MARKED.match(other.text) for other in alike)


def _wrapped_labels(page: Page, labels: Sequence[str]) -> Iterator[_PrintedLabel]:
    """Labels broken over two or three lines, as in narrow columns: their values stand below, or beside the first."""
    known = _label_words(tuple(labels))
    for stack, beside in _head_stacks(page):
        for count in range(2, len(stack) + 1):
            text = " ".join(restored(line.text, known) for line in stack[:count]).rstrip(" :")
            if any(_compiled(label).fullmatch(text) for label in labels):
                yield _PrintedLabel(stack[count - 1], text, stack[count - 1].words, (), has_mark=False)
                yield _PrintedLabel(stack[0], text, stack[0].words, beside, has_mark=True)
                break


@once
def _head_stacks(page: Page) -> list[tuple[tuple[Line, ...], tuple[Word, ...]]]:
    """The lines of one cell that may be a head, at most `HEAD_LINES`, and the words right of the first."""
    after = {part: line.words for line in page.lines for part in _columns(line) if _may_be_head(part)}
    parts, stacks = tuple(after), []
    for part in parts:
        stack = [part]
        while len(stack) < HEAD_LINES and (below := _head_below(stack[-1], parts)) is not None:
            stack.append(below)
        beside = tuple(word for word in after[part] if word.box.x0 > part.box.x1)
        stacks.append((tuple(stack), beside))
    return stacks


def _may_be_head(part: Line) -> bool:
    return len(part.words) <= HEAD_WORDS and not any(sign.isdigit() for sign in part.text)


def _head_below(part: Line, parts: Sequence[Line]) -> Line | None:
    """The part that goes on where `part` ends: right below it, as high as it, aligned with it."""
    return next((other for other in parts if goes_on_in(part, other)), None)


def goes_on_in(line: Line, other: Line) -> bool:
    """Whether `other` is the next line of the same cell: right below, as high, left edges or centers alike."""
    one, two = line.box, other.box
    if two.y0 <= one.y0:
        return False
    height = max(one.height, two.height)
    is_near = -0.3 * height <= two.y0 - one.y1 <= CELL_LEADING * height and two.y0 > one.y0 + 0.5 * height
    is_alike = min(one.height, two.height) >= 0.6 * height
    return is_near and is_alike and min(abs(one.x0 - two.x0), abs(one.center[0] - two.center[0])) <= 0.008


def _is_numbered(label: str, value: Word) -> bool:
    """Whether a label such as `License No.` is followed by what may be its number."""
    return _NUMBER_LABEL.search(label) is not None and any(character.isdigit() for character in value.text)


def _may_begin_label(text: str, start: int, before: Sequence[Word], words: Sequence[Word]) -> bool:
    """Whether a label may begin here: not in the middle of a phrase."""
    if not before or text[:start].rstrip().endswith(("|", "│", "•", ";", ",", ".", "(", "*", "-", "–")):
        return True
    return _gap(before[-1], words[0]) > 1.0 or re.search(r"\d\S*\s*$|:\s*\S+(\s\S+)?\s*$", text[:start]) is not None


def _gap(left: Word, right: Word) -> float:
    """The space between two words of a row, in text heights; page fractions are treated as square."""
    height = max(left.box.height, right.box.height)
    return (right.box.x0 - left.box.x1) / height if height else 0.0


def _values_of(page: Page, label: _PrintedLabel) -> Iterator[LabelledValue]:
    beside = trimmed(_right_of(page, label), _FILLING)
    if beside:
        yield LabelledValue(label.label, beside, "same-line", label.words, label.has_mark)
        if label.has_mark:
            return
    below = _below(page, label)
    if below is not None:
        words = trimmed(_until_next(below.words), _FILLING)
        if words:
            yield LabelledValue(label.label, words, _way_below(label.box, below.box), label.words, label.has_mark)


def _right_of(page: Page, label: _PrintedLabel) -> tuple[Word, ...]:
    if label.is_before_bar:
        return ()
    return _until_next(label.rest) if label.rest else _beside(page, label)


def _until_next(words: Sequence[Word]) -> tuple[Word, ...]:
    """The words up to a wide gap or the next label with a colon."""
    kept: list[Word] = []
    for position, word in enumerate(words):
        if kept and (_gap(kept[-1], word) > WIDE_GAP or is_bar(word)):
            break
        if kept and _begins_label(words[position:], kept[-1]):
            break
        kept.append(word)
    return tuple(kept)


def _begins_label(words: Sequence[Word], before: Word) -> bool:
    """Whether `words` begin with a label and its colon: `Status: Active`. A colon inside a title is told apart by
    the gap before the label or by a number before it."""
    if not _NEXT_LABEL.match(text_of(words) + " "):
        return False
    return _gap(before, words[0]) > 1.0 or _ENDED_VALUE.search(before.text) is not None


def _beside(page: Page, label: _PrintedLabel) -> tuple[Word, ...]:
    """The words of the nearest other line right of the label on its row."""
    candidates = [
        line
        for line in page.lines
        if line is not label.line and line.box.x0 >= label.box.x1 - 0.005 and is_same_row(label.box, line.box)
    ]
    nearest = min(candidates, key=lambda line: line.box.x0, default=None)
    if nearest is None or (_is_label(nearest) and not (label.has_mark and not nearest.text.rstrip().endswith(":"))):
        return ()
    return _until_next(nearest.words)


def _is_label(line: Line) -> bool:
    return line.text.rstrip().endswith(":") or re.match(r"[A-Z][\w /.'()]{1,40}:\s", line.text) is not None


def _below(page: Page, label: _PrintedLabel) -> Line | None:
    """The nearest part of a line below the label and in its column, unless that is a label itself."""
    parts = [part for line in page.lines if line is not label.line for part in _columns(line)]
    height = max(word.box.height for word in label.words)
    reach = label.box.y1 + COLUMN_REACH * height
    below = [
        part
        for part in parts
        if label.box.y0 + 0.6 * height < part.box.y0 <= reach and _shares_column(label.box, part.box)
    ]
    nearest = min(below, key=lambda part: part.box.y0, default=None)
    return None if nearest is None or _is_label(nearest) else nearest


def _columns(line: Line) -> Iterator[Line]:
    """The line cut at its bars and wide gaps."""
    for between in between_bars(line):
        part = [between.words[0]]
        for word in between.words[1:]:
            if _gap(part[-1], word) > WIDE_GAP:
                yield Line(tuple(part))
                part = []
            part.append(word)
        yield Line(tuple(part))


def _shares_column(label: Box, value: Box) -> bool:
    """Whether left edges, centers or right edges agree, or the label stands over the value or the reverse."""
    if abs(label.x0 - value.x0) <= 0.02 or abs(label.center[0] - value.center[0]) <= 0.03:
        return True
    overlap = min(label.x1, value.x1) - max(label.x0, value.x0)
    return overlap >= 0.6 * min(label.width, value.width)


def _way_below(label: Box, value: Box) -> Way:
    is_near = value.y0 - label.y1 <= CELL_REACH * label.height
    return "same-cell" if is_near and abs(label.x0 - value.x0) <= 0.01 else "below"
