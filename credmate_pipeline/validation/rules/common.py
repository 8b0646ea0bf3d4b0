"""What holds for every type: the dates, the holder's name, printed NPIs, stand-in documents."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

from credmate_pipeline.extraction.dates import FoundDate, find_dates
from credmate_pipeline.extraction.fields import Item
from credmate_pipeline.extraction.instructions import speaks_to_software
from credmate_pipeline.extraction.names import best_agreement, fold
from credmate_pipeline.extraction.npi import npi_holds, printed_npis
from credmate_pipeline.extraction.states import find_address_states, find_states
from credmate_pipeline.validation.catalog import finding
from credmate_pipeline.validation.days import begin_of, end_of, first_day
from credmate_pipeline.validation.finding import Finding, RuleContext
from credmate_pipeline.validation.rules.copies import copies_differ

ISSUE_FIELDS = ("issue_date", "effective_date")
EXPIRY_FIELDS = ("expiration_date", "renew_by")
DATE_FIELDS = (*ISSUE_FIELDS, *EXPIRY_FIELDS, "completion_date", "start_date", "retroactive_date")
AMERICAN_CREDITS = (
    "ama_",
    "aoa_",
    "aafp_",
    "ancc",
    "acpe",
    "aapa_",
    "aanp",
    "ca_brn",
    "cdr",
    "cope",
    "npwh",
    "ceptc",
    "apa",
)
EARLIEST = date(1950, 1, 1)
YEARS_AHEAD = 15
SOON_DAYS = 90

_US_SIGNS = re.compile(
    r"\b(?:AMA PRA|ACCME|ANCC|ACPE|AAFP|AOA|AAPA|DEA|USA|U\.S\.A?\.?|United States|American|NAIC|ACORD|NCCPA|NBCRNA"
    r"|National (?:Commission|Board|Council))\b"
    r"|\$\d{1,3},\d{3}"
)
_STAND_IN_LINE = re.compile(
    r"\W*(?:sample|specimen|void|fictional|not valid|sample only|for demonstration only)\W*", re.I
)
_STAND_IN_WORD = re.compile(r"\b(?:SPECIMEN|SAMPLE|FICTIONAL|VOID)\b")
_NO_STAND_IN = re.compile(r"\bVOID\s+(?:IF|WHERE|WHEN|UNLESS|AFTER)\b|\bSPECIMENS?\s+(?:COLLECTION|HANDLING)\b")
_STAND_IN_NAMES = re.compile(r"(?:john|jane)\s+(?:\w\s+)?doe|(?:john|jane)\s+q\s+public|your name|first last|test test")


def expiry_before_issue(item: Item, context: RuleContext) -> Iterator[Finding]:
    """A credential expires after it is issued; the reverse is a misreading or a forgery."""
    issued, expires = begin_of(item, *ISSUE_FIELDS), end_of(item, *EXPIRY_FIELDS)
    if issued and expires and expires <= issued:
        yield finding(
            "expiry-before-issue", "It expires before it was issued; one of the dates is wrong.", _expiry_name(item)
        )


def expired(item: Item, context: RuleContext) -> Iterator[Finding]:
    """An expired credential that reads well is history, not an error."""
    expires = end_of(item, *EXPIRY_FIELDS)
    if expires and expires < context.today:
        yield finding("expired", "The credential has expired.", _expiry_name(item))


def expiring_soon(item: Item, context: RuleContext) -> Iterator[Finding]:
    """NCQA asks for monthly checks of expirations; 90 days is the longest usual notice."""
    expires = end_of(item, *EXPIRY_FIELDS)
    if expires and context.today <= expires <= context.today + timedelta(days=SOON_DAYS):
        yield finding("expiring-soon", f"The credential expires within {SOON_DAYS} days.", _expiry_name(item))


def issued_in_future(item: Item, context: RuleContext) -> Iterator[Finding]:
    """Nothing is issued after tomorrow (a day for time zones); a policy may begin later than today."""
    issued = begin_of(item, "issue_date")
    if issued and issued > context.today + timedelta(days=1):
        yield finding("issued-in-future", "The issue date lies in the future.", "issue_date")


def date_implausible(item: Item, context: RuleContext) -> Iterator[Finding]:
    """Before 1950 or more than 15 years ahead a date is misread."""
    latest = context.today + timedelta(days=YEARS_AHEAD * 366)
    for name in DATE_FIELDS:
        day = first_day(item.text(name))
        if day and not EARLIEST <= day <= latest:
            yield finding("date-implausible", f"The {name.replace('_', ' ')} is not plausible.", name)


def ambiguous_date(item: Item, context: RuleContext) -> Iterator[Finding]:
    """US issuers print the month first; of others 11/09/2023 can be either, and only a person can tell."""
    is_us = (item.text("credit_type") or "").startswith(AMERICAN_CREDITS) or is_from_the_us(context.page_text)
    page_dates = _dates_of(context.page_text)
    for name in DATE_FIELDS:
        field = item.field(name)
        if field is None or not any(found.is_ambiguous for found in find_dates(field.content)):
            continue
        if not any(found.is_ambiguous for found in page_dates) and page_dates:
            continue
        title = name.replace("_", " ").capitalize()
        if is_us:
            yield finding("date-read-month-first", f"{title} was read month first, as is usual in the US.", name)
        else:
            yield finding("ambiguous-date", f"{title}: day and month could be swapped.", name)


@lru_cache(maxsize=4)
def _dates_of(text: str) -> tuple[FoundDate, ...]:
    """The dates of a document's text, which is the same for each of its items."""
    return find_dates(text)


@lru_cache(maxsize=4)
def is_from_the_us(text: str) -> bool:
    """Whether `text` names a state, a US address or an American credit system."""
    return bool(_US_SIGNS.search(text) or find_states(text) or find_address_states(text))


def name_mismatch(item: Item, context: RuleContext) -> Iterator[Finding]:
    """Exact passes; middle name, initial, suffix or nickname is noted; only first or last equal, or neither, is not
    the provider until a person says so."""
    holder = item.text("holder_name")
    if not holder or not context.known_names:
        return
    match best_agreement(holder, context.known_names):
        case "same":
            return
        case "close":
            yield finding("name-variant", "The holder's name is a variant of the provider's.", "holder_name")
        case "doubtful":
            message = "The holder's name agrees only in part with the provider's."
            yield finding("name-mismatch", message, "holder_name")
        case "other":
            yield finding("name-mismatch", "The document is of another person than the provider.", "holder_name")


def npi_check_digit(item: Item, context: RuleContext) -> Iterator[Finding]:
    """Luhn over 80840 and the ten digits (CMS, NPI check digit)."""
    if not _npis_hold(context.page_text):
        yield finding("npi-check-digit", "A printed NPI fails its check digit; it is misread or wrong.")


@lru_cache(maxsize=4)
def _npis_hold(text: str) -> bool:
    return all(map(npi_holds, printed_npis(text)))


def specimen_words(item: Item, context: RuleContext) -> Iterator[Finding]:
    """Templates and samples are no credentials; "void if altered" is no sign of one."""
    holder = fold(item.text("holder_name") or "").replace(".", "")
    if _STAND_IN_NAMES.fullmatch(holder) or _has_stand_in(context.page_text):
        yield finding("specimen-words", "The document looks like a sample, not a real credential.")


@lru_cache(maxsize=4)
def _has_stand_in(text: str) -> bool:
    return any(map(_is_stand_in, text.splitlines()))


def _is_stand_in(line: str) -> bool:
    if _STAND_IN_LINE.fullmatch(line):
        return True
    return bool(_STAND_IN_WORD.search(_NO_STAND_IN.sub("", line))) and not line.isupper()


def _expiry_name(item: Item) -> str:
    return next(name for name in EXPIRY_FIELDS if item.text(name))


def speaks_to_the_reader(item: Item, context: RuleContext) -> Iterator[Finding]:
    """A sentence that tells a program what to read is printed by nobody who issues credentials."""
    if speaks_to_software(context.page_text):
        yield finding("speaks-to-software", "The page holds a sentence that tells software what to read.")


COMMON_RULES = (
    copies_differ,
    speaks_to_the_reader,
    name_mismatch,
    specimen_words,
    expiry_before_issue,
    issued_in_future,
    date_implausible,
    ambiguous_date,
    npi_check_digit,
    expired,
    expiring_soon,
)
