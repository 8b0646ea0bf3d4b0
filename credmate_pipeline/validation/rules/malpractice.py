"""Malpractice insurance: limits, term and retroactive date."""

import re
from collections.abc import Iterator
from decimal import Decimal

from credmate_pipeline.extraction.fields import Item
from credmate_pipeline.validation.catalog import finding
from credmate_pipeline.validation.days import begin_of
from credmate_pipeline.validation.finding import Finding, RuleContext

YEAR_DAYS = range(364, 368)
_PROFESSIONAL = re.compile(r"professional\s+liab|malpractice|medical\s+(?:\w+\s+)?liab|claims[- ]made", re.IGNORECASE)
_OTHER_COVERAGE = re.compile(r"general\s+liability|automobile\s+liability|workers'?\s+comp", re.IGNORECASE)


def malpractice_limits(item: Item, context: RuleContext) -> Iterator[Finding]:
    """What is paid in a year is at least what is paid for one claim."""
    per_claim, aggregate = item.text("limit_per_claim"), item.text("limit_aggregate")
    if per_claim and aggregate and Decimal(aggregate) < Decimal(per_claim):
        message = "The aggregate limit is below the limit per claim; one of them is misread or wrong."
        yield finding("malpractice-limits", message, "limit_aggregate")


def malpractice_term(item: Item, context: RuleContext) -> Iterator[Finding]:
    """Policies run twelve months; 30-day ones exist and are no coverage for a credential."""
    begin, end = begin_of(item, "effective_date"), begin_of(item, "expiration_date")
    if begin and end and end > begin and (end - begin).days not in YEAR_DAYS:
        yield finding("malpractice-term", "The policy does not run twelve months.", "expiration_date")


def retroactive_date(item: Item, context: RuleContext) -> Iterator[Finding]:
    """Claims-made policies reach back to the retroactive date, which cannot follow the effective date."""
    retroactive, effective = begin_of(item, "retroactive_date"), begin_of(item, "effective_date")
    if retroactive and effective and retroactive > effective:
        yield finding("retroactive-date", "The retroactive date follows the effective date.", "retroactive_date")


def other_coverage_only(item: Item, context: RuleContext) -> Iterator[Finding]:
    """A certificate that lists general liability only does not cover malpractice."""
    if _OTHER_COVERAGE.search(context.page_text) and not _PROFESSIONAL.search(context.page_text):
        yield finding("other-coverage-only", "No professional liability is listed, only other coverage.")


MALPRACTICE_RULES = (other_coverage_only, malpractice_limits, malpractice_term, retroactive_date)
