"""Where on the pages a quote is printed: exactly, but for signs and case, or over lines. Else it is dropped.

Looked for first from the line the model named; elsewhere only where the pages print it once.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from credmate_pipeline.extraction.bedrock.asked import METHOD, AskedField
from credmate_pipeline.extraction.bedrock.request import numbered_lines
from credmate_pipeline.extraction.fields import Field
from credmate_pipeline.extraction.finders import field_of_words
from credmate_pipeline.extraction.layout import in_parts, line_blocks
from credmate_pipeline.extraction.names import fold
from credmate_pipeline.ocr.reading import Page, Word

_EDGES = re.compile(r"^[^\w$]+|[^\w]+$")
_WAYS = {"exact": 1.0, "normalized": 0.95, "lines": 0.9}


@dataclass(frozen=True, slots=True)
class _Place:
    """A run of words that says the quote."""

    page: Page
    words: tuple[Word, ...]
    is_exact: bool

    @property
    def way(self) -> str:
        boxes = [word.box for word in self.words]
        if max(box.y0 for box in boxes) >= min(box.y1 for box in boxes):
            return "lines"
        return "exact" if self.is_exact else "normalized"


def grounded(pages: Sequence[Page], asked: AskedField, quote: str, line: int) -> Field | None:
    """The field, made from the words on the page; None where the pages do not print the quote, or its words are no
    value of the field's kind."""
    place = _place(pages, quote, line)
    if place is None:
        return None
    method = f"{METHOD}:{place.way}"
    return field_of_words(place.page, asked.name, place.words, asked.recognize, factor=_WAYS[place.way], method=method)


def _place(pages: Sequence[Page], quote: str, line: int) -> _Place | None:
    wanted = [token for token in map(_token, quote.split()) if token]
    if not wanted:
        return None
    found = [place for page in pages for place in _places(page, wanted, quote)]
    named = next(((page, printed) for number, page, printed in numbered_lines(pages) if number == line), None)
    if named is not None:
        page, printed = named
        own = {id(word) for word in printed.words}
        there = [place for place in found if place.page is page and id(place.words[0]) in own]
        if there:
            return there[0]
    places = {frozenset(map(id, place.words)): place for place in found}
    return next(iter(places.values())) if len(places) == 1 else None


def _places(page: Page, wanted: Sequence[str], quote: str) -> Iterator[_Place]:
    """Every place in the page that prints the tokens one after the other: along its lines, or down a column."""
    blocks = [[word for line in block for word in line.words] for block in line_blocks(in_parts(page))]
    for words in (list(page.words), *blocks):
        tokens = [(token, word) for word in words if (token := _token(word.text))]
        for start in range(len(tokens) - len(wanted) + 1):
            run = tokens[start : start + len(wanted)]
            if [token for token, _ in run] == list(wanted):
                printed = tuple(word for _, word in run)
                yield _Place(page, printed, _bare(word.text for word in printed) == _bare(quote.split()))


def _bare(words: Iterable[str]) -> list[str]:
    """The words without signs at their edges."""
    return [bare for word in words if (bare := _EDGES.sub("", word))]


@lru_cache(maxsize=8192)
def _token(text: str) -> str:
    """A word's letters and digits with what stands between them; signs at its edges and case do not count."""
    return _EDGES.sub("", fold(text.replace("’", "'").replace("–", "-").replace("—", "-")))
