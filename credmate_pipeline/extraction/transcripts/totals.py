"""Totals a transcript prints of itself: how many activities, how many credits, of which system."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from credmate_pipeline.extraction.fields import TotalKind
from credmate_pipeline.extraction.layout import text_of
from credmate_pipeline.extraction.transcripts.columns import Head, Role
from credmate_pipeline.extraction.transcripts.credit_systems import credit_system
from credmate_pipeline.extraction.transcripts.printed_rows import Row, parts
from credmate_pipeline.ocr.reading import Word

_NUMBER = r"(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,4}(?:\.\d{1,3})?)(?![\d/]|\.\d)"
_TOTAL = re.compile(r"\b(?:grand |overall |cumulative )?(?:sub)?-?\s?totals?\b|\bsum of\b", re.IGNORECASE)
_SURE_TOTAL = re.compile(
    r"^\W*(?:(?:19|20)\d\d\W+)?(?:(?:grand|overall|year(?:ly)?|annual|cumulative|section)\W+)?(?:sub)?-?\s?totals?\b"
    r"(?:\s+(?:for|from|credits?|hours?|points?|of|in|\d{4})\b|\s*[:=\d])",
    re.IGNORECASE,
)
_SUBTOTAL = re.compile(r"\bsub-?\s?totals?\b", re.IGNORECASE)
_GRAND = re.compile(r"\bgrand\b|\boverall\b|\bcumulative\b|\ball (?:credits|activities|years|types)\b", re.IGNORECASE)
_NOT_A_TOTAL = re.compile(
    r"\b(?:required|needed|remaining|minimum|maximum|goal|target|pages?|score|carried|balance|deficit|due|fee|paid)\b",
    re.IGNORECASE,
)
_COUNTED = r"(?:activit(?:y|ies)|courses?|records?|entries|programs?|events?|items|results|rows|certificates|sessions)"
_COUNTS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?:of|found|returned)\s+(?P<number>\d{{1,4}})\s+{_COUNTED}\b",
        rf"\b(?:total|number of|total number of|count of)\s+(?:\w+\s+){{0,2}}?{_COUNTED}(?:\s+\w+){{0,2}}?\s*[:=]?\s*"
        rf"(?P<number>\d{{1,4}})\b(?!\.\d)",
        rf"\b{_COUNTED}(?:\s+(?:completed|attended|listed|reported|found|on record))?\s*[:=]\s*"
        r"(?P<number>\d{1,4})\b(?!\.\d)",
        rf"(?<![\d.])(?P<number>\d{{1,4}})\s+(?:(?:completed|total|cme|ce|educational)\s+)?{_COUNTED}\b"
        rf"(?=\s*(?:$|[,;.|)]|completed|total|found|listed|attended|on record|in (?:total|all)))",
    )
)
_CREDITED = re.compile(
    r"\b(?:credits?|hours?|hrs|points?|units?|CEUs?|CPEUs?)\b(?:\(s\))?(?:\s*(?:™|®))?"
    r"(?:\s+(?:earned|claimed|awarded|completed))\s*[:=]\s*" + _NUMBER,
    re.IGNORECASE,
)
_TYPE_NUMBER = re.compile(
    r"\b(?:cat(?:egory|\.)?|aoa|ama)\s*[12]\b(?:\s*-?\s*[AB]\b)?|\b[12]\s*-\s*[AB]\b", re.IGNORECASE
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b(?!\.\d)")


@dataclass(frozen=True, slots=True)
class FoundTotal:
    """A total and the words that print it."""

    kind: TotalKind
    value: Decimal
    words: tuple[Word, ...]
    credit_type: str | None
    is_sub: bool
    is_grand: bool
    year: str | None


def is_total(text: str) -> bool:
    """Whether a row sums up others, whatever it counts. The title of an activity may speak of a total, too."""
    return bool(_TOTAL.search(text) and re.search(r"\d", text)) or _count(text) is not None


def is_surely_total(text: str) -> bool:
    """Whether a row that looks like an activity's is a total all the same."""
    return _SURE_TOTAL.match(text) is not None


def totals_of(row: Row, head: Head | None) -> Iterator[FoundTotal]:
    """The totals the row prints; with the table's `head` a number below a credit column is that column's."""
    text = row.text
    if _NOT_A_TOTAL.search(text):
        return
    is_sub, is_grand = bool(_SUBTOTAL.search(text)), bool(_GRAND.search(text))
    year = _YEAR.search(text) if _TOTAL.search(text) else None
    told = (is_sub, is_grand, year.group() if year else None)
    count = _count(text)
    if count is not None:
        yield FoundTotal(TotalKind.ITEMS, Decimal(count), row.words, None, *told)
    columned = list(_by_column(row, head, told)) if head is not None and _TOTAL.search(text) else []
    yield from columned or _in_text(row, told, has_count=count is not None)


def _count(text: str) -> str | None:
    return next((match["number"] for pattern in _COUNTS if (match := pattern.search(text))), None)


def _by_column(row: Row, head: Head, told: tuple[bool, bool, str | None]) -> Iterator[FoundTotal]:
    """Numbers that stand alone in their part of the row, in columns of credits."""
    named = credit_system(row.text)
    for part in parts(row, 1.0):
        bare = text_of(part.words).strip(" :*").replace(",", "")
        if not re.fullmatch(r"\d{1,4}(?:\.\d{1,3})?", bare):
            continue
        center = part.box.center[0]
        column = next((one for one in head.of(Role.AWARDED) if one.begin <= center < one.end), None)
        if column is not None:
            yield FoundTotal(TotalKind.CREDITS, Decimal(bare), row.words, column.system or named, *told)


def _in_text(row: Row, told: tuple[bool, bool, str | None], *, has_count: bool) -> Iterator[FoundTotal]:
    """`Total AMA PRA Category 1 Credits: 32.50`, `Credits earned: 12`; one for every part of the row that says so."""
    for part in parts(row, 2.5) if len(_TOTAL.findall(row.text)) > 1 else (row,):
        text = text_of(part.words)
        # The 1 of a category and a year are no amounts; signs of equal length keep the places.
        plain = _YEAR.sub("____", _TYPE_NUMBER.sub(lambda match: re.sub(r"\d", "_", match.group()), text))
        match = _CREDITED.search(plain)
        total = _TOTAL.search(plain)
        if (
            match is None
            and total is not None
            and not (has_count and not re.search(r"credit|hour|point|unit|CEU", text, re.I))
        ):
            match = _amount(plain, total.end()) or _amount_before(plain, total.start())
        if match is None or re.search(_COUNTED + r"\W*$", plain[: match.start("number")], re.IGNORECASE):
            continue
        value = Decimal(match["number"].replace(",", ""))
        yield FoundTotal(TotalKind.CREDITS, value, part.words, credit_system(text), *told)


def _amount(text: str, start: int) -> re.Match[str] | None:
    """The last number after the word, as the first may belong to a name."""
    found = list(re.compile(rf"(?<![\w.]){_NUMBER}").finditer(text, start))
    return found[-1] if found else None


def _amount_before(text: str, end: int) -> re.Match[str] | None:
    found = list(re.compile(rf"(?<![\w.]){_NUMBER}").finditer(text, 0, end))
    return found[-1] if found else None
