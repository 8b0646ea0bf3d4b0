"""DEA registrations: the number, its check digit and letters, the schedules, the term.

A passing check digit is no proof of a correct reading: it cannot tell d from d+5 in positions 2, 4 and 6.
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import timedelta

from credmate_pipeline.extraction.dea_number import SHAPE, check_digit_holds, split_number
from credmate_pipeline.extraction.fields import Item
from credmate_pipeline.extraction.names import fold, last_name_initials
from credmate_pipeline.validation.catalog import finding
from credmate_pipeline.validation.days import begin_of, end_of
from credmate_pipeline.validation.finding import Finding, RuleContext
from credmate_pipeline.validation.look_alikes import look_alike

REGISTRANT_GROUPS = frozenset("ABFGMPR")
MID_LEVEL = "M"
TERM_DAYS = 3 * 366 + 60
SCHEDULES = frozenset({"1", "2", "2N", "3", "3N", "4", "5"})
STATE_SCHEDULES = SCHEDULES | {"6"}
_NUMBER = "registration_number"
USUAL_SCHEDULES = 3
SURELY_READ = 0.94
"""Confidence above which a value is read from a text layer or as well as from one."""


def dea_shape(item: Item, context: RuleContext) -> Iterator[Finding]:
    """Two letters, or a letter and 9, and seven digits (DEA registration record layout)."""
    number = item.text(_NUMBER)
    if number and SHAPE.fullmatch(split_number(number)[0]) is None:
        yield finding("dea-shape", "The DEA number is not two letters and seven digits.", _NUMBER)


def dea_check_digit(item: Item, context: RuleContext) -> Iterator[Finding]:
    """The last digit of d1+d3+d5 + 2×(d2+d4+d6) is d7 (21 CFR 1301; DEA number construction)."""
    base = _base(item)
    if base and not check_digit_holds(base):
        yield finding("dea-check-digit", "The DEA number's check digit does not hold; it is misread or wrong.", _NUMBER)


def dea_first_letter(item: Item, context: RuleContext) -> Iterator[Finding]:
    """A, B, F, G: practitioners and institutions; M: mid-level; P, R: industry (DEA registration record layout)."""
    base = _base(item)
    if base and base[0] not in REGISTRANT_GROUPS | {"X"}:
        yield finding("dea-first-letter", "The DEA number begins with a letter no registrant group has.", _NUMBER)


def dea_group(item: Item, context: RuleContext) -> Iterator[Finding]:
    """M stands for mid-level practitioners; physicians hold A, B, F or G (DEA registration record layout)."""
    base, activity = _base(item), item.text("business_activity")
    if not base or not activity:
        return
    is_mid_level = re.match(r"(?:MLP|MID)", activity.upper()) is not None
    is_physician = activity.upper().startswith("PRACTITIONER")
    if (is_mid_level and base[0] in "ABFG") or (is_physician and base[0] == MID_LEVEL):
        yield finding("dea-group", "The DEA number's first letter does not fit the business activity.", _NUMBER)


def dea_second_letter(item: Item, context: RuleContext) -> Iterator[Finding]:
    """The last name's first letter at registration, or 9 for a business; names change, so only a warning."""
    base, holder = _base(item), item.text("holder_name")
    if not base or not holder or base[1] == "9":
        return
    initials = {letter for name in (holder, *context.known_names) for letter in last_name_initials(name)}
    if fold(base[1]) not in initials:
        message = "The DEA number's second letter is not the initial of the holder's last name."
        yield finding("dea-second-letter", message, _NUMBER)
        if any(look_alike(base[1], initial) for initial in initials):
            message = "The DEA number's second letter looks like the initial of the holder's last name; one is misread."
            yield finding("dea-letter-doubtful", message, _NUMBER)


def dea_degenerate(item: Item, context: RuleContext) -> Iterator[Finding]:
    """Seven equal digits pass the arithmetic for 0 but are never issued."""
    base = _base(item)
    if base and len(set(base[2:])) == 1:
        yield finding("dea-degenerate", "The DEA number's digits are all the same.", _NUMBER)


def dea_institutional_suffix(item: Item, context: RuleContext) -> Iterator[Finding]:
    """An internal code after the number marks an institution's registration used by its staff (21 CFR 1301.22(c))."""
    number = item.text(_NUMBER)
    if number and split_number(number)[1]:
        message = "This is an institution's DEA number with an internal code, not the holder's own registration."
        yield finding("dea-institutional-suffix", message, _NUMBER)


def dea_x_waiver(item: Item, context: RuleContext) -> Iterator[Finding]:
    """X numbers were waivers for buprenorphine; the MAT Act ended them (Consolidated Appropriations Act 2023)."""
    base = _base(item)
    if base and base[0] == "X":
        yield finding("dea-x-waiver", "X numbers are no longer required and are no registration of their own.", _NUMBER)


def schedules(item: Item, context: RuleContext) -> Iterator[Finding]:
    """Drug schedules 1 to 5, N for non-narcotic (21 USC 812); practitioners hold none of schedule 1."""
    yield from _schedules(item, SCHEDULES)


def state_schedules(item: Item, context: RuleContext) -> Iterator[Finding]:
    """As the federal ones; Massachusetts and Virginia add a schedule 6 (105 CMR 700)."""
    yield from _schedules(item, STATE_SCHEDULES)


def _schedules(item: Item, known: frozenset[str]) -> Iterator[Finding]:
    field = item.field("schedules")
    values = field.value if field is not None and isinstance(field.value, tuple) else ()
    if any(value not in known for value in values):
        yield finding("schedules", "A schedule is printed that does not exist.", "schedules")
    elif "1" in values:
        yield finding("schedule-one", "Schedule 1 is not given to practitioners.", "schedules")


def schedules_doubtful(item: Item, context: RuleContext) -> Iterator[Finding]:
    """Practitioners rarely hold fewer than three schedules; of a torn list one or two are left."""
    field = item.field("schedules")
    if field is not None and len(field.value) < USUAL_SCHEDULES and field.confidence < SURELY_READ:
        yield finding("schedules-doubtful", "Only part of the schedules may have been read.", "schedules")


def dea_term(item: Item, context: RuleContext) -> Iterator[Finding]:
    """36 months, renewal filed up to 60 days before (21 CFR 1301.13)."""
    issued, expires = begin_of(item, "issue_date"), end_of(item, "expiration_date")
    if issued and expires and expires - issued > timedelta(days=TERM_DAYS):
        message = "The registration runs longer than three years; one of its dates is misread or wrong."
        yield finding("dea-term", message, "expiration_date")


def dea_expiry_day(item: Item, context: RuleContext) -> Iterator[Finding]:
    """Registrations are grouped by month and expire on its last day (21 CFR 1301.13)."""
    expires = end_of(item, "expiration_date")
    if expires is None:
        return
    last = monthrange(expires.year, expires.month)[1]
    if expires.day != last:
        field = item.field("expiration_date")
        if field is not None and (field.confidence < SURELY_READ or _is_a_digit_off(expires.day, last)):
            message = "The registration does not expire on the last day of a month; the date may be misread."
            yield finding("dea-expiry-doubtful", message, "expiration_date")
        yield finding(
            "dea-expiry-day", "The registration does not expire on the last day of a month.", "expiration_date"
        )


def _is_a_digit_off(day: int, other: int) -> bool:
    return sum(one != two for one, two in zip(f"{day:02}", f"{other:02}", strict=True)) == 1


def _base(item: Item) -> str | None:
    """The number without its suffix, None where it has not the shape of one."""
    number = item.text(_NUMBER)
    base = split_number(number)[0] if number else ""
    return base if SHAPE.fullmatch(base) else None


DEA_RULES = (
    dea_shape,
    dea_check_digit,
    dea_first_letter,
    dea_group,
    dea_second_letter,
    dea_degenerate,
    dea_institutional_suffix,
    dea_x_waiver,
    schedules,
    schedules_doubtful,
    dea_term,
    dea_expiry_day,
)
