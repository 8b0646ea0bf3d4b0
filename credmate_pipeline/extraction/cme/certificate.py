"""A page of a certificate prepared for reading: running text fit for matching, lines below lines, candidates."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from credmate_pipeline.extraction.cme import phrases
from credmate_pipeline.extraction.fields import Field, FieldValue
from credmate_pipeline.extraction.layout import (
    Passage,
    in_parts,
    is_continued_by,
    is_same_row,
    make_field,
    passage,
)
from credmate_pipeline.extraction.spelling import plain_quotes, restored, vocabulary
from credmate_pipeline.ocr.reading import Line, Page, Word

PHRASE_WORDS = vocabulary(
    (
        phrases.CERTIFIES_TEXT,
        phrases.PRESENTED_TEXT,
        phrases.DID_TEXT,
        phrases.REQUIREMENTS_TEXT,
        phrases.FOR_DOING_TEXT,
        phrases.TITLED_TEXT,
        phrases.DESIGNATES_TEXT,
        phrases.ACCREDITED_TEXT,
        "certified certificate certificates completes complete participates participate participant participants",
        "participation",
        "attendance attends attendee attendees attend completion accredits accredit accrediting accreditor",
        "designated designate designation designates category credits credit credited contact contract maximum",
        "educational",
        "education activity activities program programs entitled titled award awards awardee approval approves approve",
        "presents presenter present granting confirming verify verified continuing credential credentials claimed",
        "claims",
        "Accreditation Council counsel Continuing Medical medicinal American Nurses Nursing Credentialing Center",
        "Commission",
        "Pharmacy Physicians physician prescribed prescriber prescribers prescribing prescribe elective acceptable",
        "accepted",
        "accepts issued issuer issues received receive receives receiver successful satisfactory recognition recognize",
        "organization provider providers following material materials participating completing attending",
    )
)


_PARAGRAPH_LINES = 3
_BEGINNINGS = frozenset(
    ("at", "via", "by", "on", "held", "presented", "sponsored", "offered", "hosted", "provided", "jointly", "given")
)
"""Words with which what follows a title begins, and hardly ever a line of the title itself."""
_LABEL_FIRST = re.compile(r"[A-Z][\w()/ ]{1,30}:(?:\s|$)")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible value: where it is printed and how sure the way is by which it was found (0–1)."""

    value: FieldValue
    words: tuple[Word, ...]
    sureness: float
    way: str

    def field(self, name: str, page: Page) -> Field:
        """The candidate as a field; its confidence is the words' times the way's."""
        value = plain_quotes(self.value) if isinstance(self.value, str) else self.value
        return make_field(name, value, page, self.words, f"rules:{self.way}", confidence_factor=self.sureness)


def surest(candidates: Iterable[Candidate]) -> Candidate | None:
    """The candidate of the surest way, the first of equals; None where there is none."""
    return max(candidates, key=lambda candidate: candidate.sureness, default=None)


class CertificatePage:
    """A page with what the field finders share. Lines are known by their index in reading order."""

    def __init__(self, page: Page) -> None:
        self.page = with_prose_together(in_parts(page))
        self.running = matchable(self.page, self.page.lines)

    @property
    def text(self) -> str:
        return self.running.text

    @property
    def lines(self) -> tuple[Line, ...]:
        return self.page.lines

    @cached_property
    def line_texts(self) -> tuple[str, ...]:
        return tuple(self.running.text.split("\n"))

    @cached_property
    def line_starts(self) -> tuple[int, ...]:
        """Where each line begins in `text`."""
        starts, position = [], 0
        for text in self.line_texts:
            starts.append(position)
            position += len(text) + 1
        return tuple(starts)

    @cached_property
    def is_american(self) -> bool:
        """Whether the page shows an issuer in the United States."""
        return phrases.US_SIGN.search(self.text) is not None

    def line_at(self, position: int) -> int:
        """The index of the line on which the character at `position` stands."""
        return self.running.line_at(position)

    def following(self, index: int, reach: float = 3.0) -> Iterator[int]:
        """Lines below line `index` and over or under it in the same column, nearest first."""
        box = self.lines[index].box
        below = [
            other
            for other, line in enumerate(self.lines)
            if other != index
            and line.box.y0 > box.y0
            and not is_same_row(line.box, box)
            and line.box.y0 - box.y1 <= reach * box.height
            and min(line.box.x1, box.x1) > max(line.box.x0, box.x0)
        ]
        yield from sorted(below, key=lambda other: self.lines[other].box.y0)

    def preceding(self, index: int, reach: float = 3.0) -> Iterator[int]:
        """Lines above line `index` in the same column, nearest first."""
        box = self.lines[index].box
        above = [
            other
            for other, line in enumerate(self.lines)
            if other != index
            and line.box.y0 < box.y0
            and not is_same_row(line.box, box)
            and box.y0 - line.box.y1 <= reach * box.height
            and min(line.box.x1, box.x1) > max(line.box.x0, box.x0)
        ]
        yield from sorted(above, key=lambda other: -self.lines[other].box.y0)

    def reads_on(self, index: int) -> bool:
        """Whether line `index` continues the sentence of the line before it: it begins in lower case, or its first
        word had no room left there."""
        if index == 0 or not is_continued_by(self.lines[index - 1], self.lines[index], gap=1.3):
            return False
        first = self.lines[index].words[0]
        if self.line_texts[index - 1].isupper() and not self.line_texts[index].isupper():
            return False
        if first.text[:1].islower() or first.text[:1] in "(&":
            return True
        near = self.lines[max(0, index - 4) : index + 5]
        previous = self.lines[index - 1].box
        widest = max(line.box.width for line in near if _is_set_alike(line, self.lines[index]))
        return previous.width + first.box.width >= 0.97 * widest

    def continuations(self, index: int, limit: int = 6) -> list[int]:
        """Line `index` and those that read on from it, one below the other."""
        chain = [index]
        while len(chain) < limit:
            last = self.lines[chain[-1]]
            following = next(
                (i for i in self.following(chain[-1], reach=1.2) if is_continued_by(last, self.lines[i])), None
            )
            if following is None or _begins_anew(last, self.lines[following]):
                break
            chain.append(following)
        return chain


def _begins_anew(line: Line, following: Line) -> bool:
    """Whether `following` begins a phrase of its own (`at`, `held` …) that had room on `line`."""
    first = following.words[0]
    if first.text.lower() not in _BEGINNINGS:
        return False
    return line.box.width + 1.5 * first.box.width <= following.box.width


def _is_set_alike(line: Line, other: Line) -> bool:
    """Whether two lines are of one size and aligned left or centered on each other."""
    height = max(line.print_height, other.print_height)
    is_aligned = abs(line.box.x0 - other.box.x0) <= 0.02 or abs(line.box.center[0] - other.box.center[0]) <= 0.02
    return is_aligned and abs(line.print_height - other.print_height) <= 0.2 * height


def with_prose_together(page: Page) -> Page:
    """The page with the lines of each paragraph after each other, also where paragraphs stand side by side.

    Rows of labels and values keep their order.
    """
    lines = list(page.lines)
    for line in page.lines:
        paragraph = _paragraph(page, line)
        if len(paragraph) >= _PARAGRAPH_LINES and _is_prose(paragraph) and not _are_values(page, paragraph):
            rest = [other for other in lines if not any(other is part for part in paragraph[1:])]
            place = next(index for index, other in enumerate(rest) if other is line)
            lines = [*rest[: place + 1], *paragraph[1:], *rest[place + 1 :]]
    return replace(page, lines=tuple(lines))


def _paragraph(page: Page, line: Line) -> list[Line]:
    """`line` and what reads on from it below, left edges aligned."""
    chain = [line]
    for other in sorted(page.lines, key=lambda other: other.box.y0):
        is_aligned = abs(other.box.x0 - chain[-1].box.x0) <= 0.01
        if is_aligned and other is not line and is_continued_by(chain[-1], other, gap=0.7):
            chain.append(other)
    return chain


def _is_prose(paragraph: Sequence[Line]) -> bool:
    """Whether lines are a running text: several words each, some going on in lower case, no labels."""
    counts = [len(line.words) for line in paragraph]
    going_on = sum(line.words[0].text[:1].islower() and "://" not in line.text for line in paragraph[1:])
    labels = sum(_LABEL_FIRST.match(line.text) is not None for line in paragraph)
    return sum(counts) >= 3.5 * len(counts) and going_on > 0 and labels <= 1


def _are_values(page: Page, paragraph: Sequence[Line]) -> bool:
    """Whether labels stand left of the lines."""
    return any(
        other.text.rstrip().endswith(":") and other.box.x1 <= line.box.x0 and is_same_row(other.box, line.box)
        for line in paragraph
        for other in page.lines
    )


def matchable(page: Page, lines: Sequence[Line]) -> Passage:
    """`lines` as running text with plain signs and the phrase words' spelling restored."""
    return passage(page, lines, lambda text: restored(text, PHRASE_WORDS))


def joined(words: Sequence[Word], rows: Sequence[Sequence[Word]]) -> str:
    """Words of several rows as one text; a row that ends in a hyphen reads on without a space."""
    text = ""
    for row in rows:
        part = " ".join(word.text for word in row)
        text = text + part if text.endswith("-") and part[:1].isalpha() else f"{text} {part}"
    return text.strip() if words else ""
