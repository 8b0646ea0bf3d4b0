"""How a field's value is recognized in a text: every function yields (start, end, normal form).

Where to look for it is in `finders` and in the types.
"""

import re
from collections.abc import Callable, Iterator

from credmate_pipeline.extraction.dates import find_dates
from credmate_pipeline.extraction.dea_number import SHAPE, repaired
from credmate_pipeline.extraction.finders import Recognize, Span
from credmate_pipeline.extraction.form_labels import is_label_like
from credmate_pipeline.extraction.names import looks_like_person, split_credentials, with_capitals
from credmate_pipeline.extraction.numbers import find_money
from credmate_pipeline.extraction.states import find_address_states, find_states, normal_state

MONTH_LENGTH = len("2024-01")
_CODE = re.compile(
    r"(?<![\w-])(?!(?:19|20)\d\d\b(?!-\d{4,6}\b))(?:(?:[A-Z]{1,6}|\d{1,2}[A-Z]{1,2})[-. ]{1,2}(?=[A-Z.-]*\d))?"
    r"(?=[A-Z.-]*\d)[A-Z\d]+(?:[-.][A-Z\d]+)*(?!\w)"
)
_NO_CODE = re.compile(r"\(?\d{3}\)?[ .-]{1,2}\d{3}[.-]\d{4}|\$\s?[\d,.]+|(?<=[a-z], [A-Z]{2} )\d{5}(?:-\d{4})?(?!\d)")
_DEA_LIKE = re.compile(
    r"(?<![A-Za-z0-9])(?P<base>[A-Za-z0-9]{2}[ -]?[0-9OoQIl|iSsBZz]{7})"
    r"(?:\s?-\s?(?P<suffix>[A-Z0-9]{1,10}))?(?![A-Za-z0-9])"
)
_DEGREE_IN_PARENTHESES = re.compile(r"(.*\([A-Za-z][A-Za-z. ,-]{0,14}\))\s+\S{1,2}\s*$")
_TEXT_END = re.compile(r"\s{3,}|\s*[|│]\s*")


def dates(text: str) -> Iterator[Span]:
    """The dates; of a range its end. A month in numbers must stand alone: the rest of a day may be misread."""
    for found in find_dates(text):
        printed = text[found.start : found.end]
        if len(found.value) > MONTH_LENGTH or re.search(r"[A-Za-z]{3}", printed) or printed == text.strip():
            yield found.start, found.end, found.value


def range_begins(text: str) -> Iterator[Span]:
    """The begins of date ranges, and single dates."""
    for found in find_dates(text):
        yield found.start, found.end, found.range_start or found.value


def terms_begin(text: str) -> Iterator[Span]:
    """The begins of date ranges; single dates are none."""
    yield from ((one.start, one.end, one.range_start) for one in find_dates(text) if one.range_start)


def terms_end(text: str) -> Iterator[Span]:
    """The ends of date ranges; single dates are none."""
    yield from ((one.start, one.end, one.value) for one in find_dates(text) if one.range_start)


def months_or_dates(text: str) -> Iterator[Span]:
    """Dates, and months of two-digit years as cards print them: 10/23."""
    found = [(one.start, one.end, one.value) for one in find_dates(text)]
    yield from found
    match = None if found else re.fullmatch(r"\s*(0?[1-9]|1[0-2])\s?[/-]\s?(\d\d)\s*", text)
    if match:
        yield match.start(1), match.end(2), f"20{match[2]}-{int(match[1]):02d}"


def money(text: str) -> Iterator[Span]:
    """Amounts in dollars."""
    yield from find_money(text)


def states(text: str) -> Iterator[Span]:
    """States by name, or a code that stands alone."""
    named = find_states(text)
    yield from named
    code = normal_state(text)
    if not named and code:
        yield 0, len(text), code


def address_states(text: str) -> Iterator[Span]:
    """States of postal addresses but for the agency's own in Washington (ZIP 20537)."""
    for start, end, code in find_address_states(text):
        if not re.match(r"[\s,.]*20537", text[end:]):
            yield start, end, code


def _as_roman(match: re.Match[str]) -> str:
    return "I" * len(match.group())


def people(text: str) -> Iterator[Span]:
    """A person's name, without title and degrees, if nothing else is there but specks before it.

    A single letter after a second comma, as in `LEE, ANN, M`, is what is left of a degree.
    """
    speckled = _DEGREE_IN_PARENTHESES.match(text)
    text = speckled[1] if speckled else text
    lead = re.match(r"(?:[^A-Z\d]{1,4}\s+)?", text)
    start = lead.end() if lead and not looks_like_person(with_capitals(text)) else 0
    printed = re.sub(r"(?<=[A-Z])[!|](?=[A-Z\s,]|$)", "I", with_capitals(text[start:]))
    printed = re.sub(r"(?<=[A-Za-z.,] )[Il1|]{2,3}(?=\s*(?:,|$|\sM\.?D|\sD\.?O))", _as_roman, printed)
    name, _ = split_credentials(printed)
    name = re.sub(r"(,[^,]*[^\W\d_]{2}[^,]*),\s*[A-Z]$", r"\1", name)
    if name and looks_like_person(printed):
        place = printed.find(name)
        begin, end = (place, place + len(name)) if place >= 0 else (0, len(printed))
        yield start + begin, start + end, name


def codes(text: str) -> Iterator[Span]:
    """License, policy and certificate numbers: capitals and digits; no dates, amounts and phone numbers."""
    text = re.sub(r"(?<!\S)[a-z](?=\d{3,}(?!\w))", lambda match: match.group().upper(), text)
    taken = [(found.start, found.end) for found in find_dates(text)]
    taken += [match.span() for match in _NO_CODE.finditer(text)]
    plain = text
    for start, end in taken:
        plain = plain[:start] + "/" * (end - start) + plain[end:]
    for match in _CODE.finditer(plain):
        if len(re.sub(r"\W", "", match.group())) >= 3:
            yield match.start(), match.end(), match.group()


def dea_numbers(text: str) -> Iterator[Span]:
    """DEA numbers, with an institution's code after a hyphen; letters and digits taken for each other are repaired."""
    for match in _DEA_LIKE.finditer(text):
        printed = re.sub(r"[ -]", "", match["base"])
        number = repaired(printed) or printed.upper()
        if sum(sign.isdigit() for sign in printed) >= 5:
            suffix = f"-{match['suffix']}" if match["suffix"] else ""
            yield match.start(), match.end(), number + suffix


def well_formed_dea_numbers(text: str) -> Iterator[Span]:
    """DEA numbers that have the shape of one, for looking anywhere on a page."""
    return (span for span in dea_numbers(text) if isinstance(span[2], str) and SHAPE.match(span[2]))


def text_up_to(limit: int) -> Recognize:
    """Any text of at most `limit` characters, up to a wide gap or a bar, unless it is a label itself."""

    def recognize(text: str) -> Iterator[Span]:
        end = _TEXT_END.search(text, 1)
        value = text[: end.start() if end else len(text)].strip(" :;,-–—_*")
        if 1 < len(value) <= limit and re.search(r"[A-Za-z]", value) and not is_label_like(value):
            start = text.index(value)
            yield start, start + len(value), value

    return recognize


def on_its_line(recognize: Recognize) -> Recognize:
    """What `recognize` finds before the line ends."""
    return lambda text: recognize(text.partition("\n")[0])


def matching(pattern: str, normal: Callable[[re.Match[str]], str] | None = None) -> Recognize:
    """What matches a regex (its first group where it has one), normalized by `normal`."""
    compiled = re.compile(pattern, re.IGNORECASE)

    def recognize(text: str) -> Iterator[Span]:
        for match in compiled.finditer(text):
            group = 1 if compiled.groups else 0
            yield match.start(group), match.end(group), normal(match) if normal else match[group]

    return recognize
