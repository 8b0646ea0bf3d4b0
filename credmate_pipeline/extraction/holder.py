"""The holder's name on forms, cards and wall certificates: by its label, around a phrase, above an address.

CME certificates have their own ways.
"""

import re
from collections.abc import Iterator, Sequence

from credmate_pipeline.extraction.finders import Found, by_label, field_of_words, phrase_pattern, spelled_passage
from credmate_pipeline.extraction.layout import in_parts, is_same_row, relative_height, trimmed
from credmate_pipeline.extraction.name_words import SUFFIXES
from credmate_pipeline.extraction.names import fold, looks_like_person, name_key, split_credentials
from credmate_pipeline.extraction.states import find_address_states
from credmate_pipeline.extraction.values import people
from credmate_pipeline.ocr.reading import Line, Page, Word

NAME = "holder_name"
PRESENTED = (
    r"(?:hereby )?certif(?:y|ies)(?: that)?",
    r"be it known that",
    r"know all (?:men|persons|by these presents) .{0,30}that",
    r"(?:is |are )?(?:hereby )?(?:awarded|issued|granted|presented|conferred) (?:to|upon)",
    r"this (?:is to|will) certify that",
    r"(?:hereby )?(?:licenses|grants(?: to)?|confers upon|declares(?: that)?|attests that|authorizes)",
)
"""Phrases after which a name stands."""
REGISTERS = (r"(?:information|details|profile|results|report|summary|record|verification) (?:for|of):?",)
"""Headings of registers that end in a name."""

_Place = tuple[Page, Line, tuple[Word, ...], tuple[Word, ...]]
_ROWS_AROUND = 3
_ADDRESS_LINES = 4
_HEADING = 1.3
"""Text so many times as high as the page's usual text is a heading."""
_IN_SENTENCE = re.compile(
    r"\bthat\s+([A-Z][^\n:;]{3,60}?(?:\n[^\n:;]{2,40}?)?),?\s+(?:is|was|has|had|having|holds|currently)\b"
)
_ONE_NAME = re.compile(r"[^\W\d_]{2,}(?:['’-][^\W\d_]+)*")
_INITIAL = re.compile(r"[A-Z]\.?(?=\s|$)")
_OFFICE = re.compile(
    r"\b(?:president|secretary|chair\w*|director|registrar|commissioner|executive|officer)\b", re.IGNORECASE
)


def labelled_people(pages: Sequence[Page], labels: Sequence[str]) -> tuple[Found, ...]:
    """Names beside or below a label."""
    return by_label(pages, NAME, labels, people, wraps=_name_goes_on)


def _name_goes_on(name: str, below: str) -> bool:
    """Whether a name in a narrow cell goes on below: after a comma, after one word, with a suffix, or, where its last
    name comes first, with an initial or a second given name."""
    first = fold(below.split(maxsplit=1)[0]).strip(".,")
    is_given = "," in name and (_INITIAL.match(below) is not None or _is_second_given(name, below))
    return is_given or name.rstrip().endswith(",") or len(name.split()) == 1 or first in SUFFIXES


def _is_second_given(name: str, below: str) -> bool:
    """Whether what stands below `LAST, FIRST` is one word written as that is, and a name."""
    is_written_alike = below.isupper() == name.isupper()
    return is_written_alike and _ONE_NAME.fullmatch(below) is not None and looks_like_person(f"{name} {below}")


def people_after(pages: Sequence[Page], phrases: Sequence[str] = PRESENTED) -> Iterator[Found]:
    """Names at the end of a phrase's line or on one of the lines below it."""
    for page, line, _, rest in _phrase_places(pages, phrases):
        candidates = [rest, *(below.words for below in _lines_below(page, line))]
        yield from _first_person(page, candidates, "rules:phrase", 0.95)


def people_before(pages: Sequence[Page], phrases: Sequence[str]) -> Iterator[Found]:
    """Names at the begin of a phrase's line or on one of the lines above it."""
    for page, line, lead, _ in _phrase_places(pages, phrases):
        candidates = [lead, *(above.words for above in _lines_above(page, line))]
        yield from _first_person(page, candidates, "rules:phrase", 0.93)


def people_above_address(pages: Sequence[Page]) -> Iterator[Found]:
    """Names that begin a postal address: at most four lines above its state and ZIP code, in the same column."""
    for page in (*pages, *map(in_parts, pages)):
        for line in page.lines:
            places = [place for place in find_address_states(line.text) if "20537" not in line.text[place[1] :]]
            if places:
                column = [above for above in _lines_above(page, line, _ADDRESS_LINES) if _is_column(above, line)]
                yield from _first_person(page, [above.words for above in reversed(column)], "rules:address", 0.95)


def people_in_sentences(pages: Sequence[Page]) -> Iterator[Found]:
    """Names between "that" and what the sentence says of them: "to verify that Ann Lee, MD, is certified by …"."""
    for page in pages:
        running = spelled_passage(page, ("that is was has having holds",))
        for match in _IN_SENTENCE.finditer(running.text):
            yield from _first_person(page, [running.words_between(*match.span(1))], "rules:phrase", 0.95)


def people_in_headings(pages: Sequence[Page]) -> Iterator[Found]:
    """Names that end a register's heading, or the one printed larger than the page's text; none of several."""
    for page, _, _, rest in _phrase_places(pages, REGISTERS):
        yield from _first_person(page, [rest], "rules:phrase", 0.95)
    for page in map(in_parts, pages):
        large = [line for line in page.lines if relative_height(page, line) >= _HEADING]
        found = [one for line in large if not _is_signature(page, line) for one in _named(page, line)]
        if len({name_key(str(one.field.value)) for one in found}) == 1:
            yield found[0]


def _named(page: Page, line: Line) -> Iterator[Found]:
    return _first_person(page, [trimmed(line.words, " ,:;_")], "rules:layout", 0.92)


def people_with_degrees(pages: Sequence[Page]) -> Iterator[Found]:
    """Lines that are nothing but a name with a degree: too weak to be believed alone, as signatures look the same."""
    for page in pages:
        for line in page.lines:
            if split_credentials(line.text)[1] and not _is_signature(page, line):
                yield from _first_person(page, [line.words], "rules:layout", 0.58)


def _is_signature(page: Page, line: Line) -> bool:
    """Whether the next line names an office, as below signatures."""
    return any(_OFFICE.search(other.text) for other in _lines_below(page, line)[:1])


def _first_person(page: Page, candidates: Sequence[Sequence[Word]], method: str, factor: float) -> Iterator[Found]:
    for words in candidates:
        field = field_of_words(page, NAME, words, people, factor=factor, method=method) if words else None
        if field is not None:
            yield Found(field, 0)
            return


def _phrase_places(pages: Sequence[Page], phrases: Sequence[str]) -> Iterator[_Place]:
    """Lines with one of the phrases, and their words before and after it."""
    pattern = phrase_pattern("|".join(f"(?:{phrase})" for phrase in phrases))
    for page in pages:
        for line in page.lines:
            running = spelled_passage(page, phrases, (line,))
            matches = list(pattern.finditer(running.text))
            if matches:
                before = running.words_between(0, matches[0].start())
                after = running.words_between(matches[-1].end(), len(running.text))
                yield page, line, trimmed(before, " ,:;_"), trimmed(after, " ,:;_")


def _lines_below(page: Page, line: Line) -> list[Line]:
    below = [
        other for other in page.lines if other.box.y0 > line.box.center[1] and not is_same_row(other.box, line.box)
    ]
    return sorted(below, key=lambda other: other.box.y0)[:_ROWS_AROUND]


def _lines_above(page: Page, line: Line, count: int = _ROWS_AROUND) -> list[Line]:
    """The nearest lines above, nearest first."""
    above = [
        other for other in page.lines if other.box.y1 < line.box.center[1] and not is_same_row(other.box, line.box)
    ]
    return sorted(above, key=lambda other: -other.box.y1)[: count * 2]


def _is_column(above: Line, line: Line) -> bool:
    near = line.box.y0 - above.box.y1 <= 7 * line.box.height
    aligned = min(abs(above.box.x0 - line.box.x0), abs(above.box.center[0] - line.box.center[0])) <= 0.03
    return near and aligned
