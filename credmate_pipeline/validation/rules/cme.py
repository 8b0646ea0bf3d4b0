"""CME certificates: awarded against designated credits, plausible amounts, ACPE numbers."""

import re
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from functools import lru_cache

from credmate_pipeline.extraction.fields import Item
from credmate_pipeline.validation.catalog import finding
from credmate_pipeline.validation.days import begin_of
from credmate_pipeline.validation.finding import Finding, RuleContext

QUARTER = Decimal("0.25")
MOST_CREDITS = Decimal(50)
MOST_CREDITS_A_DAY = Decimal(12)
YEARS_AFTER_UAN = 3
AMA_TYPES = frozenset({"ama_pra_1", "ama_pra_2"})
UAN = re.compile(r"\d{4}-\d{4}-(?P<year>\d{2})-\d{3}-[LHB]\d{2}-[PT]")
ONE_OF_SEVERAL = "+one-of-several"
"""At the end of a credit type's method: it is one of several professions' and the holder's is not told."""
_PHYSICIAN = re.compile(r"\b(?:MD|DO|MBBS|MBBCH|MBCHB|BMBS)\b", re.IGNORECASE)
_OTHER_PROFESSION = re.compile(
    r"\b(?:RN|NP|PA|PA-C|APRN|FNP|DNP|LPN|PHARMD|RPH|BSN|MSN|RD|PHD|DDS|DMD|BS|CRNA|CNM|LCSW|PT|OT)\b", re.IGNORECASE
)
_ROWS_OF_A_LIST = 3
_ROW_DAY = re.compile(
    r"\b\d{1,2}[/-]\d{1,2}[/-]\d{2,4}\b|\b\d{4}-\d\d-\d\d\b"
    r"|\b[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4}\b|\b\d{1,2} [A-Z][a-z]{2,8} \d{4}\b"
)
_ROW_CREDIT = re.compile(
    r"\b\d{1,3}(?:\.\d{1,2})?\s+(?:AMA PRA|AOA|AAFP|ANCC|ACPE|AAPA|AANP|CME|CE|contact|credits?)\b"
)
_IN_SENTENCE = re.compile(
    r"\b(?:has|have|is|was|were|that|maximum|release\w*|expir\w+|print\w*|certif\w+|designat\w+)\b", re.IGNORECASE
)
_CEUS = re.compile(r"(?P<ceus>\d+\.\d+)[ \t]*(?:ACPE[ \t]+)?CEUs?\b")
_CONTACT_HOURS = re.compile(r"(?P<hours>\d+(?:\.\d+)?)[ \t]*(?:ACPE[ \t]+)?contact[ \t]+hours?", re.IGNORECASE)


def awarded_exceeds_designated(item: Item, context: RuleContext) -> Iterator[Finding]:
    """Credit is claimed up to the designated maximum (AMA PRA: "for a maximum of")."""
    awarded, designated = _amount(item, "credits_awarded"), _amount(item, "credits_designated")
    if awarded is not None and designated is not None and awarded > designated:
        message = "Credits awarded exceed the credits designated for the activity."
        yield finding("awarded-exceeds-designated", message, "credits_awarded")


def awarded_not_quarter_step(item: Item, context: RuleContext) -> Iterator[Finding]:
    """AMA PRA credit comes in quarters of an hour; other systems are finer."""
    awarded = _amount(item, "credits_awarded")
    if awarded is not None and item.text("credit_type") in AMA_TYPES and awarded % QUARTER:
        yield finding("awarded-not-quarter-step", "AMA PRA credits come in steps of 0.25.", "credits_awarded")


def credits_zero(item: Item, context: RuleContext) -> Iterator[Finding]:
    """Zero credits are a blank or a misreading."""
    if _amount(item, "credits_awarded") == 0:
        yield finding("credits-zero", "The certificate awards zero credits.", "credits_awarded")


def credits_implausible(item: Item, context: RuleContext) -> Iterator[Finding]:
    """More than 50 for one activity, or than 12 a day of one with begin and end, is misread or wrong."""
    awarded = _amount(item, "credits_awarded")
    begin, end = begin_of(item, "start_date"), begin_of(item, "completion_date")
    limit = MOST_CREDITS
    if begin and end and begin <= end:
        limit = min(limit, MOST_CREDITS_A_DAY * ((end - begin).days + 1))
    if awarded is not None and awarded > limit:
        yield finding("credits-implausible", "More credits than such an activity can give.", "credits_awarded")


def designated_only(item: Item, context: RuleContext) -> Iterator[Finding]:
    """What was designated for the activity is not what the holder was awarded (AMA PRA)."""
    if item.text("credits_awarded") is None and item.text("credits_designated") is not None:
        message = "The page says what the activity was designated for, not what the holder was awarded."
        yield finding("designated-only", message, "credits_designated")


def completion_in_future(item: Item, context: RuleContext) -> Iterator[Finding]:
    """Nothing is completed after tomorrow (a day for time zones)."""
    completed = begin_of(item, "completion_date")
    if completed and completed > context.today + timedelta(days=1):
        yield finding("completion-in-future", "The completion date lies in the future.", "completion_date")


def category_2_certified(item: Item, context: RuleContext) -> Iterator[Finding]:
    """Physicians claim Category 2 themselves; no provider certifies it (AMA)."""
    if item.text("credit_type") == "ama_pra_2":
        yield finding("category-2-certified", "AMA PRA Category 2 is never certified by a provider.", "credit_type")


def ama_credit_for_other_profession(item: Item, context: RuleContext) -> Iterator[Finding]:
    """Only physicians may be awarded AMA PRA Category 1; others attend an activity designated for it (AMA)."""
    field = item.field("holder_credentials")
    printed = field.value if field is not None else ()
    degrees = (printed if isinstance(printed, str) else " ".join(printed)).replace(".", "")
    is_other = _OTHER_PROFESSION.search(degrees) is not None and _PHYSICIAN.search(degrees) is None
    if is_other and item.text("credits_awarded") and item.text("credit_type") in AMA_TYPES:
        message = "AMA PRA credit is awarded to a holder whose degrees are not a physician's."
        yield finding("ama-credit-for-other-profession", message, "holder_credentials")


def profession_untold(item: Item, context: RuleContext) -> Iterator[Finding]:
    """Credit for several professions on one page: each holder is given their own profession's only."""
    field = item.field("credit_type")
    if field is not None and field.method.endswith(ONE_OF_SEVERAL):
        message = "Credit for several professions is awarded, and no degree tells which is the holder's."
        yield finding("profession-untold", message, "credit_type")


def rows_unread(item: Item, context: RuleContext) -> Iterator[Finding]:
    """A page that lists several activities with their days and credits is a transcript, whatever was made of it."""
    day = item.field("completion_date")
    is_certificate = day is not None and "transcript" not in day.method
    if is_certificate and _listed_activities(context.page_text) >= _ROWS_OF_A_LIST:
        yield finding("rows-unread", "The page lists several activities, of which not every one was read.")


@lru_cache(maxsize=4)
def _listed_activities(text: str) -> int:
    """As many as there are days of their own and numbers of named credits, in rows or cells and not in sentences."""
    cells = [line for line in text.splitlines() if not _IN_SENTENCE.search(line)]
    days = {match.group() for line in cells for match in _ROW_DAY.finditer(line)}
    return min(len(days), sum(_ROW_CREDIT.search(line) is not None for line in cells))


def ceu_contact_hours(item: Item, context: RuleContext) -> Iterator[Finding]:
    """One CEU is ten contact hours (ACPE); looked at where the page prints one of each."""
    if not _ceus_agree(context.page_text):
        yield finding("ceu-contact-hours", "The CEUs are not a tenth of the contact hours.")


@lru_cache(maxsize=4)
def _ceus_agree(text: str) -> bool:
    """Whether one number of CEUs is a tenth of one number of hours; also where not exactly one of each is printed.

    A document's text is the same for each of its items.
    """
    ceus = {Decimal(match["ceus"]) for match in _CEUS.finditer(text)}
    hours = {Decimal(match["hours"]) for match in _CONTACT_HOURS.finditer(text)}
    return len(ceus) != 1 or len(hours) != 1 or ceus.pop() * 10 == hours.pop()


def uan_shape(item: Item, context: RuleContext) -> Iterator[Finding]:
    """Provider, joint provider, year, sequence, format and topic, audience (ACPE universal activity numbers)."""
    uan = item.text("acpe_uan")
    if uan and UAN.fullmatch(uan) is None:
        yield finding("uan-shape", "The ACPE number has not the shape of one.", "acpe_uan")


def uan_year(item: Item, context: RuleContext) -> Iterator[Finding]:
    """An activity is offered in the year of its number or up to three years on (ACPE)."""
    match, completed = UAN.fullmatch(item.text("acpe_uan") or ""), begin_of(item, "completion_date")
    if match and completed and not 0 <= completed.year - (2000 + int(match["year"])) <= YEARS_AFTER_UAN:
        yield finding("uan-year", "The ACPE number's year does not fit the completion date.", "acpe_uan")


def _amount(item: Item, name: str) -> Decimal | None:
    value = item.text(name)
    return Decimal(value) if value is not None else None


CME_RULES = (
    awarded_exceeds_designated,
    completion_in_future,
    credits_zero,
    credits_implausible,
    designated_only,
    ceu_contact_hours,
    awarded_not_quarter_step,
    category_2_certified,
    ama_credit_for_other_profession,
    profession_untold,
    rows_unread,
    uan_shape,
    uan_year,
)
