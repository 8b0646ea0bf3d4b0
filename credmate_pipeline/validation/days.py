"""Field values as calendar days. A month alone begins on its first day and ends on its last."""

from calendar import monthrange
from datetime import date

from credmate_pipeline.extraction.fields import Item

_MONTH_LENGTH = len("2024-01")


def first_day(value: str | None) -> date | None:
    """The day of an ISO date, the first of `YYYY-MM`."""
    return None if value is None else date.fromisoformat(f"{value}-01" if len(value) == _MONTH_LENGTH else value)


def last_day(value: str | None) -> date | None:
    """The day of an ISO date, the last of `YYYY-MM`."""
    begin = first_day(value)
    if begin is None or value is None or len(value) != _MONTH_LENGTH:
        return begin
    return begin.replace(day=monthrange(begin.year, begin.month)[1])


def begin_of(item: Item, *names: str) -> date | None:
    """The first day of the first of these fields that the item has."""
    return next((first_day(item.text(name)) for name in names if item.text(name)), None)


def end_of(item: Item, *names: str) -> date | None:
    """The last day of the first of these fields that the item has."""
    return next((last_day(item.text(name)) for name in names if item.text(name)), None)
