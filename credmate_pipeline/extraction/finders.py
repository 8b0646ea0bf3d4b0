"""Fields by label, by phrase and by their place in a block, for types that print them as forms and cards do.

A finder is given pages and says where a value stands; how a value is recognized comes from `values`.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from credmate_pipeline.extraction.fields import Field, FieldValue, Item
from credmate_pipeline.extraction.form_labels import is_label_like
from credmate_pipeline.extraction.labels import LabelledValue, Way, captioned, goes_on_in, headed, labelled
from credmate_pipeline.extraction.layout import (
    Passage,
    columns,
    is_same_row,
    make_field,
    median_height,
    passage,
    text_of,
    word_part,
)
from credmate_pipeline.extraction.spelling import Vocabulary, restored, vocabulary
from credmate_pipeline.ocr.reading import Line, Page, Reading, Word

Span = tuple[int, int, FieldValue]
"""Where in a text a value is printed, and its normal form."""
Recognize = Callable[[str], Iterable[Span]]

GoesOn = Callable[[str, str], bool]
"""Whether a value (first) goes on in the text right below it in its cell (second)."""

_WAYS: dict[Way, float] = {"same-line": 1.0, "same-cell": 0.98, "below": 0.95}
_SPECKS = "'\"‘’‚‛“”„`´°"
_SIGN = re.compile(r"[A-Za-z0-9–—-]")
_SPECKS_BEFORE = _SPECKS + "_.,:;~*"
_ALIGNED = 0.008
"""Edges that differ by less, as a share of the page's width, are aligned."""
_TABLE = "rules:table"
_PHRASE_FACTOR = 0.95
_PHRASE_REACH = 90
"""Characters after a phrase within which its value stands."""
_PHRASE_START = 45
"""Characters after a phrase within which its value begins."""


@dataclass(frozen=True, slots=True)
class Found:
    """A field and how good its place is: the rank of its label (0 is best)."""

    field: Field
    rank: int


def spelled_passage(page: Page, patterns: Sequence[str], lines: Sequence[Line] | None = None) -> Passage:
    """The page (or some of its lines) as running text in which misread words of `patterns` are restored."""
    words = _phrase_words(tuple(patterns))
    return passage(page, lines, lambda text: restored(text, words))


@lru_cache(maxsize=256)
def _phrase_words(patterns: tuple[str, ...]) -> Vocabulary:
    return vocabulary(patterns)


@lru_cache(maxsize=1024)
def phrase_pattern(phrase: str) -> re.Pattern[str]:
    """A phrase's regex; a space matches any space, as phrases run over line ends."""
    return re.compile(phrase.replace(" ", r"\s+"), re.IGNORECASE)


def by_label(
    pages: Sequence[Page],
    name: str,
    labels: Sequence[str],
    recognize: Recognize,
    *,
    wraps: GoesOn | None = None,
    others: Sequence[str] = (),
) -> tuple[Found, ...]:
    """Every recognized value beside or below one of `labels`, best label first; the order of `labels` is the rank.

    `wraps` says whether a value goes on in the next line of its cell; without it no value does. A text that is one
    of `others` is no value but another field's label.
    """
    found = [
        Found(field, _rank(value.label, labels))
        for page in pages
        for value in labelled(page, labels)
        if not _is_one_of(value.text, others)
        if (field := _labelled_field(page, name, value, recognize, wraps=wraps, others=others)) is not None
    ]
    found += [
        Found(field, _rank(head, labels))
        for page in pages
        for head, words in headed(page, labels)
        if (field := field_of_words(page, name, words, recognize, factor=_WAYS["below"], method="rules:table"))
        is not None
    ]
    return tuple(sorted(found, key=lambda one: one.rank))


def by_caption(pages: Sequence[Page], name: str, labels: Sequence[str], recognize: Recognize) -> Iterator[Found]:
    """Every recognized value that stands right over its label."""
    for page in pages:
        for value in captioned(page, labels):
            field = field_of_words(page, name, value.words, recognize, factor=_WAYS["below"], method="rules:label")
            if field is not None:
                yield Found(field, _rank(value.label, labels))


def by_phrase(pages: Sequence[Page], name: str, phrases: Sequence[str], recognize: Recognize) -> tuple[Found, ...]:
    """The first recognized value soon after one of `phrases` in running text."""
    return tuple(
        Found(field, rank)
        for rank, phrase in enumerate(phrases)
        for page in pages
        for field in _after_phrase(spelled_passage(page, phrases), name, phrase, recognize)
    )


def by_scan(
    pages: Sequence[Page],
    name: str,
    recognize: Recognize,
    *,
    factor: float,
    method: str,
    spelled: Sequence[str] = (),
) -> tuple[Found, ...]:
    """Every recognized value anywhere in the running text, in which misread words of `spelled` are restored."""
    found = []
    for page in pages:
        running = spelled_passage(page, spelled) if spelled else passage(page)
        for start, end, value in recognize(running.text):
            words = running.words_between(start, end)
            if words:
                found.append(Found(make_field(name, value, page, words, method, confidence_factor=factor), 0))
    return tuple(found)


def by_lines(
    pages: Sequence[Page],
    name: str,
    recognize: Recognize,
    *,
    factor: float,
    method: str,
    chosen: Callable[[Line], bool],
) -> tuple[Found, ...]:
    """The first recognized value of every line that `chosen` accepts."""
    found = []
    for page in pages:
        for line in filter(chosen, page.lines):
            field = field_of_words(page, name, line.words, recognize, factor=factor, method=method)
            if field is not None:
                found.append(Found(field, 0))
    return tuple(found)


def field_of_words(
    page: Page, name: str, words: Sequence[Word], recognize: Recognize, *, factor: float, method: str
) -> Field | None:
    """The first recognized value in `words`, as a field; None where nothing is recognized."""
    running = passage(page, (Line(tuple(words)),))
    for start, end, value in recognize(running.text):
        inside = running.words_between(start, end)
        if inside:
            return make_field(name, value, page, inside, method, confidence_factor=factor)
    return None


def first(*finds: Iterable[Found]) -> Field | None:
    """The best field of the first way that found any."""
    for found in finds:
        for one in found:
            return one.field
    return None


def item_of(fields: Iterable[Field | None]) -> Item:
    """An item of the fields that were found."""
    return Item(tuple(field for field in fields if field is not None))


def items_of(reading: Reading, read_pages: Callable[[Sequence[Page]], Item], key: str) -> tuple[Item, ...]:
    """One item of the whole document, or one a page where pages hold different values of the field `key`."""
    pages = tuple(map(unspecked, reading.pages))
    if len(pages) == 1:
        return (read_pages(pages),)
    by_page = [(page, read_pages((page,)).text(key)) for page in pages]
    keys = list(dict.fromkeys(value for _, value in by_page if value))
    if len(keys) <= 1:
        return (read_pages(pages),)
    own = _with_own_key(by_page)
    return tuple(read_pages(tuple(page for page, value in own if value == wanted)) for wanted in keys)


def _with_own_key(by_page: Sequence[tuple[Page, str | None]]) -> list[tuple[Page, str]]:
    """Each page with its key; a page without one goes on with the page before it, at the beginning with the next."""
    current = next(value for _, value in by_page if value)
    found = []
    for page, value in by_page:
        current = value or current
        found.append((page, current))
    return found


def unspecked(page: Page) -> Page:
    """The page without specks: signs far lower than its print, quotes at the edges of words. They hide labels."""
    low = 0.3 * median_height(page)
    lines = [
        tuple(word for word in line.words if word.box.height >= low or _SIGN.search(word.text)) for line in page.lines
    ]
    bare = [tuple(part for word in line if (part := _unquoted(word)) is not None) for line in lines]
    return replace(page, lines=tuple(map(Line, filter(None, bare))))


def _unquoted(word: Word) -> Word | None:
    text = word.text
    is_specked = len(text) > 1 and text.lstrip(_SPECKS_BEFORE)[:1].isalpha()
    begin = len(text) - len(text.lstrip(_SPECKS_BEFORE if is_specked else _SPECKS))
    end = len(text.rstrip(_SPECKS))
    return word if (begin, end) == (0, len(text)) else word_part(word, begin, end)


def _labelled_field(
    page: Page, name: str, value: LabelledValue, recognize: Recognize, *, wraps: GoesOn | None, others: Sequence[str]
) -> Field | None:
    words = _with_stops(page, value.words if value.way == "same-line" else _in_column(page, value))
    if wraps is not None and not is_label_like(text_of(words)):
        words = _whole_cell(page, words, value, wraps, others)
    return field_of_words(page, name, words, recognize, factor=_WAYS[value.way], method="rules:label")


def text_goes_on(value: str, below: str) -> bool:
    """For texts: whatever stands in the next line of a cell belongs to it."""
    return True


def _whole_cell(
    page: Page, words: tuple[Word, ...], value: LabelledValue, goes_on: GoesOn, others: Sequence[str]
) -> tuple[Word, ...]:
    """The words and those of the next line of their cell; a line that looks like a label ends it."""
    line, label = Line(words), Line(value.label_words)
    parts = [part for printed in page.lines for part in columns(printed)]
    for other in parts:
        if value.way == "same-line" and any(
            is_same_row(part.box, other.box) and part.box.x0 < min(label.box.x1, other.box.x0) for part in parts
        ):
            continue
        is_next = goes_on_in(line, other) and abs(line.box.x0 - other.box.x0) <= 0.008
        if is_next and _may_go_on(text_of(words), other.text, goes_on, others):
            return (*words, *other.words)
    return words


def _with_stops(page: Page, words: tuple[Word, ...]) -> tuple[Word, ...]:
    """The words with the full stop that abbreviations of names end in: Jr., Sr., an initial."""
    last = words[-1]
    if re.fullmatch(r"(?:[A-Z]|[JS]r|JR|SR)", last.text) is None:
        return words
    whole = (word for word in page.words if word.text == f"{last.text}." and word.box.x0 == last.box.x0)
    return (*words[:-1], next((word for word in whole if word.box.y0 == last.box.y0), last))


def _in_column(page: Page, value: LabelledValue) -> tuple[Word, ...]:
    """The value's words from where its label's column begins to where the next label on its row does."""
    first, last = value.label_words[0], value.label_words[-1]
    row = sorted((word for word in page.words if is_same_row(word.box, last.box)), key=lambda word: word.box.x0)
    parted = [(one, other) for one, other in pairwise(row) if other.box.x0 - one.box.x1 > other.box.height]
    end = min((other.box.x0 for _, other in parted if other.box.x0 > last.box.x1), default=1.0) - 0.005
    before = max((one.box.x1 for one, _ in parted if one.box.x1 < first.box.x0), default=None)
    is_free = all(one.box.x1 < value.words[0].box.x0 for one, _ in parted if one.box.x1 < first.box.x0)
    if is_free and abs(value.words[-1].box.x1 - last.box.x1) <= _ALIGNED:
        return value.words
    begin = 0.0 if before is None else (before + first.box.x0) / 2
    if before is not None and any(abs(word.box.x0 - first.box.x0) <= 0.01 for word in value.words):
        begin = first.box.x0 - 0.01
    return tuple(word for word in value.words if begin <= word.box.x0 < end) or value.words


def _may_go_on(value: str, below: str, goes_on: GoesOn, others: Sequence[str]) -> bool:
    is_other = re.search(r":|\d", below) is not None or is_label_like(below) or _is_one_of(below, others)
    return not is_other and goes_on(value, below)


def _is_one_of(text: str, labels: Sequence[str]) -> bool:
    return _rank(text.rstrip(" :"), labels) < len(labels)


def _rank(label: str, patterns: Sequence[str]) -> int:
    return next(
        (rank for rank, pattern in enumerate(patterns) if re.fullmatch(pattern, label.strip(), re.IGNORECASE)),
        len(patterns),
    )


def _reads_on(running: Passage, phrase: tuple[int, int], value: Sequence[Word]) -> bool:
    """Whether the value follows its phrase in reading: on its row, or below where nothing else stands on that row.

    Below the head of a column only what stands under it is its value, whatever the order of the text.
    """
    said = running.words_between(*phrase)
    if not said or is_same_row(said[-1].box, value[0].box):
        return True
    row = sorted((word for word in running.page.words if is_same_row(word.box, said[-1].box)), key=lambda w: w.box.x0)
    if len(columns(Line(tuple(row)))) == 1:
        return True
    return min(said[-1].box.x1, value[-1].box.x1) > max(said[0].box.x0, value[0].box.x0)


def _after_phrase(running: Passage, name: str, phrase: str, recognize: Recognize) -> Iterator[Field]:
    for match in phrase_pattern(phrase).finditer(running.text):
        begin = match.end()
        for start, end, value in recognize(running.text[begin : begin + _PHRASE_REACH]):
            words = running.words_between(begin + start, begin + end)
            if words and start <= _PHRASE_START and _reads_on(running, match.span(), words):
                yield make_field(name, value, running.page, words, "rules:phrase", confidence_factor=_PHRASE_FACTOR)
            break
