"""Printed dates and their normal form. What a date means (issued, expired) is decided by its label, not here.

Every way of writing is one regex that names its parts; `find_dates` takes the longest match at a place.
"""

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from credmate_pipeline.extraction.number_words import (
    ORDINAL_WORDS,
    YEAR_WORDS,
    month_number,
    ordinal_day,
    year_in_words,
)

FIRST_YEAR, LAST_YEAR = 1900, 2099
CENTURY_PIVOT = 50
"""Two-digit years below it are 20xx, the others 19xx."""
MONTHS_A_YEAR = 12


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A printed date at `text[start:end]`; of a range `value` is the end and `range_start` the begin."""

    start: int
    end: int
    value: str
    """`YYYY-MM-DD`, or `YYYY-MM` where only the month is printed."""
    is_ambiguous: bool
    """Whether day and month could be swapped and nothing in the text decides; `value` is then month first."""
    range_start: str | None


@dataclass(frozen=True, slots=True)
class _Match:
    """A place that is written like a date; `value` is None where no such day exists."""

    start: int
    end: int
    value: str | None
    range_start: str | None = None
    order: str = ""
    """`mdy` or `dmy` where the numbers prove it, `either` where they do not."""


_D = r"[0-9OoQIl|]"
_DAY = rf"(?:{_D}{{1,2}}(?:\s?(?:st|nd|rd|th)(?![a-z]))?|{ORDINAL_WORDS})"
_MONTH = r"(?<![A-Za-z])[A-Za-z0][A-Za-z01|]{2,9}"
_YEAR4 = rf"[12Il|](?:9|[0OoQ]){_D}{{2}}(?![0-9])"
_YEAR = rf"(?:{_YEAR4}|{YEAR_WORDS})"
_TO = r"(?:-|–|—|\bto\b|\bthru\b|\bthrough\b|\buntil\b|&|\band\b)"
_YEAR_LEAD = r"[\s,.'’]*(?:\b(?:in\s+the\s+year(?:\s+of\s+our\s+lord)?|of\s+the\s+year|of|in|a\.?d\.?)\b[\s,.]*)?"
_GAP = r"[\s.,/-]{0,3}"


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


_MONTH_DAY_YEAR = _pattern(
    rf"(?P<month>{_MONTH}){_GAP}(?:the\s+)?(?<!\d)(?P<day>{_DAY})"
    rf"(?:\s*(?:{_TO}|,)\s*(?:(?P<month2>{_MONTH}){_GAP})?(?P<day2>{_DAY})){{0,4}}{_YEAR_LEAD}[/-]?\s?(?P<year>{_YEAR})"
)
_DAY_OF = r"(?:\s*\bday\b)?(?:\s*\b(?:of|in)\b)?(?:\s*\bthe\s+month\s+of\b)?"
_DAY_MONTH_YEAR = _pattern(
    rf"(?<![0-9$])(?<![0-9][.,/])(?P<day>{_DAY})(?:\s*(?:(?P<month>{_MONTH})\.?\s*)?(?:{_TO}"
    rf"|,)\s*(?P<day2>{_DAY})){{0,4}}"
    rf"{_DAY_OF}{_GAP}(?P<month2>{_MONTH}){_YEAR_LEAD}[/-]?\s?(?P<year>{_YEAR})"
)
_DAY_MONTH_SHORT_YEAR = _pattern(
    rf"(?<![0-9])(?P<day>{_D}{{1,2}})([-/])(?P<month2>[A-Za-z]{{3}})\2'?(?P<year>\d\d)(?!\d)"
)
_YEAR_MONTH_DAY_WORDS = _pattern(rf"(?<!\d)(?P<year>{_YEAR4}){_GAP}(?P<month>{_MONTH}){_GAP}(?P<day>\d{{1,2}})(?!\d)")
_MONTH_YEAR = _pattern(
    rf"(?:(?P<month>{_MONTH})\.?\s*{_TO}\s*)?(?P<month2>{_MONTH})(?:{_YEAR_LEAD}|\s?[-/]\s?)(?P<year>{_YEAR}"
    rf"|['’]\d\d(?!\d))"
)
_ISO = _pattern(
    rf"(?<!\d)(?<!\d[-/.])(?P<year>{_YEAR4}|(?:19"
    rf"|20)\d\d)\s?([-/.])\s?(?P<month>{_D}{{1,2}})\s?\2\s?(?P<day>{_D}{{1,2}})(?!\d)"
)
_ISO_MONTH = _pattern(r"(?<!\d)(?<!\d[-/.])(?P<year>(?:19|20)\d\d)-(?P<month>0[1-9]|1[0-2])(?![\d/-])")
_NUMERIC = _pattern(
    rf"(?<![0-9])(?<!\d[/.])(?P<first>{_D}{{1,2}})\s?([/.-])\s?(?P<second>{_D}(?: ?{_D})?)\s?\2\s?"
    rf"(?P<year>{_D}{{4}}|{_D}{{2}})(?![0-9/])"
)
_NUMERIC_DAYS = _pattern(
    r"(?<![0-9])(?<!\d[/.])(?P<month>\d{1,2})/(?P<day>\d{1,2})\s?(?:-|–|—|to|&)\s?"
    r"(?:(?P<month2>\d{1,2})/)?(?P<day2>\d{1,2})/(?P<year>(?:19|20)\d\d)(?![0-9/])"
)
_NUMERIC_MONTH = _pattern(
    rf"(?<![0-9])(?<!\d[/.])(?<!\d-)(?P<month>[0O]?[1-9]|1[0-2O]|1[1Il])\s?[/-]\s?(?P<year>{_YEAR4}|(?:19"
    rf"|20)\d\d)(?![0-9/-])"
)
# OCR loses a stroke between the parts, or takes a slash for a 7 or a 1.
_NUMERIC_TORN = _pattern(
    r"(?<![0-9])(?<![0-9][ /.-])(?P<first>\d\d)(?:(?P<slash>/)\s?|[ -])(?P<second>\d\d)(?(slash)[71Il| ]|-)"
    r"(?P<year>(?:19|20)\d\d)(?![0-9/])"
)
_YEARLY = _pattern(r"\d|thousand|nineteen|twenty")
"""Something of this is in every year, however it is written or misread."""
_RANGE_JOIN = _pattern(r"\s*(?:-|–|—|\bto\b|\bthru\b|\bthrough\b|\buntil\b)\s*")


@lru_cache(maxsize=2048)
def find_dates(text: str) -> tuple[FoundDate, ...]:
    """All dates printed in `text`, in the order they stand there. Impossible dates are not dates."""
    if _YEARLY.search(text) is None:
        return ()
    places = _longest([match for find in _FINDERS for match in find(text)])
    orders = {match.order for match in places if match.value}
    settled = [_settled(match, orders) for match in places]
    return tuple(_joined(text, [found for found in settled if found is not None]))


def _longest(matches: list[_Match]) -> list[_Match]:
    """From overlapping matches the one that begins first, of those the longest."""
    kept: list[_Match] = []
    for match in sorted(matches, key=lambda match: (match.start, -match.end)):
        if not kept or match.start >= kept[-1].end:
            kept.append(match)
    return kept


def _settled(match: _Match, orders: set[str]) -> FoundDate | None:
    """A match with its day and month told apart by the other dates of the text, if those prove an order."""
    if match.value is None:
        return None
    value, is_ambiguous = match.value, False
    if match.order == "either":
        is_day_first = "dmy" in orders and "mdy" not in orders
        is_ambiguous = ("dmy" not in orders and "mdy" not in orders) or {"dmy", "mdy"} <= orders
        value = f"{value[:4]}-{value[8:]}-{value[5:7]}" if is_day_first else value
    return FoundDate(match.start, match.end, value, is_ambiguous, match.range_start)


def _joined(text: str, dates: list[FoundDate]) -> Iterator[FoundDate]:
    """Full dates joined by "to" or a dash as one range."""
    pending: FoundDate | None = None
    for found in dates:
        if pending is None:
            pending = found
        elif _is_range(text, pending, found):
            is_ambiguous = pending.is_ambiguous or found.is_ambiguous
            pending = replace(found, start=pending.start, range_start=pending.value, is_ambiguous=is_ambiguous)
        else:
            yield pending
            pending = found
    if pending is not None:
        yield pending


def _is_range(text: str, begin: FoundDate, end: FoundDate) -> bool:
    is_plain = begin.range_start is None and end.range_start is None
    is_rising = len(begin.value) == len(end.value) and begin.value <= end.value
    return is_plain and is_rising and _RANGE_JOIN.fullmatch(text[begin.end : end.start]) is not None


def _scan(pattern: re.Pattern[str], text: str, reading: Callable[[re.Match[str]], _Match | None]) -> Iterator[_Match]:
    """The matches of `pattern` that `reading` accepts; a refused one is looked at again from its next letter."""
    position = 0
    while (match := pattern.search(text, position)) is not None:
        found = reading(match)
        if found is not None:
            yield found
        position = match.end() if found is not None else match.start() + 1


def _finder(
    pattern: re.Pattern[str], reading: Callable[[re.Match[str]], _Match | None]
) -> Callable[[str], Iterator[_Match]]:
    return lambda text: _scan(pattern, text, reading)


def _read_words(match: re.Match[str]) -> _Match | None:
    """A date whose month is a word, perhaps a range of days or months."""
    parts = match.groupdict()
    months = [month_number(word) for word in (parts.get("month"), parts.get("month2")) if word]
    days = [day for day in (parts.get("day"), parts.get("day2")) if day]
    # A bar between columns is no day.
    if None in months or _year(parts["year"]) is None or "|" in days:
        return None
    first, last = months[0], months[-1]
    year = parts["year"]
    value = _date(year, last, days[-1]) if days else _month(year, last)
    start = None
    if len(days) > 1:
        start = _date(year, first, days[0])
    elif not days and len(months) > 1:
        start = _month(year, first)
    is_falling = start is not None and value is not None and start > value
    return _Match(match.start(), match.end(), value, None if is_falling else start)


def _read_iso(match: re.Match[str]) -> _Match | None:
    month = _number(match["month"])
    return _Match(match.start(), match.end(), _date(match["year"], month, match["day"]))


def _read_iso_month(match: re.Match[str]) -> _Match | None:
    return _Match(match.start(), match.end(), _month(match["year"], _number(match["month"])))


def _read_numeric(match: re.Match[str]) -> _Match | None:
    """`mm/dd/yyyy`, or `dd/mm/yyyy` where only that can be."""
    first, second, year = match["first"], match["second"], match["year"]
    parts = (first, second, year)
    if any(not any(c.isdigit() for c in part) for part in (year, first + second)):
        return None
    if match[2] == "." and len(year) != 4 and any(len(part) != 2 for part in parts):
        return None
    month_first = _date(year, _number(first), second)
    day_first = _date(year, _number(second), first)
    order = "either" if month_first and day_first else "mdy" if month_first else "dmy"
    order = "" if month_first == day_first else order
    return _Match(match.start(), match.end(), month_first or day_first, order=order)


def _read_torn(match: re.Match[str]) -> _Match | None:
    """`01 31-2029`, `09/1072028`: only where the month comes first and nothing else fits."""
    value = _date(match["year"], _number(match["first"]), match["second"])
    return _Match(match.start(), match.end(), value, order="mdy") if value else None


def _read_numeric_days(match: re.Match[str]) -> _Match | None:
    """`03/03-05/2024` and `03/30-04/02/2024`, months first."""
    month, last_month = int(match["month"]), int(match["month2"] or match["month"])
    begin, value = _date(match["year"], month, match["day"]), _date(match["year"], last_month, match["day2"])
    if begin is None or value is None or begin > value:
        return None
    return _Match(match.start(), match.end(), value, begin)


_FINDERS = (
    *(_finder(pattern, _read_words) for pattern in (_MONTH_DAY_YEAR, _DAY_MONTH_YEAR, _MONTH_YEAR)),
    _finder(_DAY_MONTH_SHORT_YEAR, _read_words),
    _finder(_YEAR_MONTH_DAY_WORDS, _read_words),
    _finder(_ISO, _read_iso),
    _finder(_ISO_MONTH, _read_iso_month),
    _finder(_NUMERIC, _read_numeric),
    _finder(_NUMERIC_TORN, _read_torn),
    _finder(_NUMERIC_DAYS, _read_numeric_days),
    _finder(_NUMERIC_MONTH, _read_iso_month),
)


def _number(digits: str) -> int:
    """A number whose digits OCR may have taken for letters; -1 where it is none."""
    plain = re.sub(r"[OoQ]", "0", re.sub(r"[Il|]", "1", digits.replace(" ", "")))
    return int(plain) if plain.isdecimal() else -1


def _day(printed: str) -> int:
    digits = re.match(rf"({_D}(?: ?{_D})?)(?:\s?(?:st|nd|rd|th))?$", printed.strip(), re.IGNORECASE)
    return _number(digits[1]) if digits else ordinal_day(printed) or -1


def _year(printed: str) -> int | None:
    """A year 1900–2099 from two or four digits or words."""
    bare = printed.strip("'’ ")
    if re.fullmatch(r"[a-zA-Z\s-]{5,}", bare):
        return year_in_words(bare)
    number = _number(bare)
    if len(bare) == 2 and number >= 0:
        number += 2000 if number < CENTURY_PIVOT else 1900
    return number if FIRST_YEAR <= number <= LAST_YEAR else None


def _date(year: str, month: int | None, day: str) -> str | None:
    """The ISO form, None where there is no such day."""
    known_year, known_day = _year(year), _day(day)
    if known_year is None or month is None or not 1 <= month <= MONTHS_A_YEAR:
        return None
    if not 1 <= known_day <= monthrange(known_year, month)[1]:
        return None
    return f"{known_year:04d}-{month:02d}-{known_day:02d}"


def _month(year: str, month: int | None) -> str | None:
    known_year = _year(year)
    if known_year is None or month is None or not 1 <= month <= MONTHS_A_YEAR:
        return None
    return f"{known_year:04d}-{month:02d}"
