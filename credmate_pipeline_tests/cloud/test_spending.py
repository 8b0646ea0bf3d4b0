"""No call is made beyond a limit, however many ask at once and however they end."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from credmate_pipeline.errors import SpendLimitReached
from credmate_pipeline.ledger.ledger import Ledger
from credmate_pipeline.ledger.spend_book import SpendBook, SpendLimits

NOW = datetime(2026, 5, 4, 23, 59, tzinfo=UTC)


def book(ledger: Ledger, daily: str = "1", document: str = "0.5") -> SpendBook:
    return SpendBook(ledger.engine, SpendLimits(Decimal(daily), Decimal(document)))


def reserve(spending: SpendBook, subject: str, usd: str, now: datetime = NOW) -> int:
    return spending.reserve(subject, "model", Decimal(usd), now=now)


def test_a_call_counts_before_it_is_made_and_by_its_cost_when_it_has_ended(ledger: Ledger) -> None:
    spending = book(ledger)
    call = reserve(spending, "a", "0.3")
    assert spending.spent_on_day(now=NOW) == Decimal("0.3")
    spending.end(call, Decimal("0.01"), input_tokens=10, output_tokens=2, now=NOW)
    assert spending.spent_on_day(now=NOW) == Decimal("0.01")


def test_a_call_whose_end_nobody_noted_stays_counted(ledger: Ledger) -> None:
    reserve(book(ledger), "a", "0.4")
    with pytest.raises(SpendLimitReached, match="CREDMATE_BEDROCK_DOCUMENT_USD"):
        reserve(book(ledger), "a", "0.2")


def test_the_days_limit_stops_calls_for_any_document_until_midnight_utc(ledger: Ledger) -> None:
    spending = book(ledger)
    reserve(spending, "a", "0.5")
    reserve(spending, "b", "0.5")
    with pytest.raises(SpendLimitReached, match="CREDMATE_BEDROCK_DAILY_USD"):
        reserve(spending, "c", "0.01")
    reserve(spending, "c", "0.01", NOW + timedelta(minutes=1))


def test_the_documents_limit_holds_over_days(ledger: Ledger) -> None:
    spending = book(ledger)
    reserve(spending, "a", "0.5")
    with pytest.raises(SpendLimitReached, match="CREDMATE_BEDROCK_DOCUMENT_USD"):
        reserve(spending, "a", "0.01", NOW + timedelta(days=3))


def test_many_that_reserve_at_once_do_not_pass_the_limit_together(ledger: Ledger) -> None:
    spending = book(ledger, daily="1", document="1")

    def is_allowed(number: int) -> bool:
        try:
            reserve(spending, f"document-{number}", "0.2")
        except SpendLimitReached:
            return False
        return True

    with ThreadPoolExecutor(12) as pool:
        allowed = list(pool.map(is_allowed, range(24)))
    assert sum(allowed) == 5
    assert spending.spent_on_day(now=NOW) == Decimal(1)
