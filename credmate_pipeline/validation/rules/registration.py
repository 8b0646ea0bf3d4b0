"""State controlled-substance registrations: numbers that are cut. Also: dates that are."""

import re
from collections.abc import Iterator

from credmate_pipeline.extraction.fields import Item
from credmate_pipeline.validation.catalog import finding
from credmate_pipeline.validation.finding import Finding, RuleContext

DIGITS = {"MA": 7, "IL": 9, "NJ": 8, "CT": 7, "MD": 5}
"""Digits of a registration number in states that print them in one shape: MA0000000, 336.000000, D00000000."""
_DAYS = ("issue_date", "expiration_date", "effective_date", "retroactive_date")
_DAY_LENGTH = len("2024-01-31")


def registration_number_cut(item: Item, context: RuleContext) -> Iterator[Finding]:
    """A number of fewer digits than its state's have is torn or misread (state offices' certificates)."""
    number, state = item.text("registration_number"), item.text("state")
    if number and state in DIGITS and len(re.sub(r"\D", "", number)) < DIGITS[state]:
        message = "The registration number has fewer digits than its state's numbers; part of it may be unread."
        yield finding("registration-number-cut", message, "registration_number")


def date_cut(item: Item, context: RuleContext) -> Iterator[Finding]:
    """Registrations and policies run from day to day; a month alone is a date of which the day was not read."""
    for name in _DAYS:
        value = item.text(name)
        if value and len(value) < _DAY_LENGTH:
            yield finding("date-cut", f"Of the {name.replace('_', ' ')} only the month was read.", name)
