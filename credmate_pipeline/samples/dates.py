"""Dates the way people print them."""

from datetime import date, timedelta
from random import Random

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_ORDINALS = (
    *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh"),
    *("twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth"),
    *("twentieth", "twenty-first", "twenty-second", "twenty-third", "twenty-fourth", "twenty-fifth", "twenty-sixth"),
    *("twenty-seventh", "twenty-eighth", "twenty-ninth", "thirtieth", "thirty-first"),
)
_NUMBERS = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen"),
    *("fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


def month_name(day: date) -> str:
    """`March 4, 2024`."""
    return f"{_MONTHS[day.month - 1]} {day.day}, {day.year}"


def short_month(day: date) -> str:
    """`Mar 04, 2024`."""
    return f"{_MONTHS[day.month - 1][:3]} {day.day:02d}, {day.year}"


def slashes(day: date) -> str:
    """`03/04/2024`, month first."""
    return f"{day.month:02d}/{day.day:02d}/{day.year}"


def plain_slashes(day: date) -> str:
    """`3/4/2024`, month first."""
    return f"{day.month}/{day.day}/{day.year}"


def iso(day: date) -> str:
    """`2024-03-04`."""
    return day.isoformat()


def capital_month(day: date) -> str:
    """`MARCH 4, 2024`."""
    return month_name(day).upper()


def day_month_year(day: date) -> str:
    """`04-MAR-2024`, as databases print it."""
    return f"{day.day:02d}-{_MONTHS[day.month - 1][:3].upper()}-{day.year}"


def dashes(day: date) -> str:
    """`03-04-2024`, month first."""
    return f"{day.month:02d}-{day.day:02d}-{day.year}"


def day_first(day: date) -> str:
    """`04 Mar 2024`."""
    return f"{day.day:02d} {_MONTHS[day.month - 1][:3]} {day.year}"


def short_slashes(day: date) -> str:
    """`3/4/2024`, month first."""
    return f"{day.month}/{day.day}/{day.year}"


def day_month(day: date) -> str:
    """`4 March 2024`."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def weekday(day: date) -> str:
    """`Monday, March 4, 2024`."""
    return f"{_WEEKDAYS[day.weekday()]}, {month_name(day)}"


def capitals(day: date) -> str:
    """`MARCH 4, 2024`."""
    return month_name(day).upper()


def month_and_year_name(day: date) -> str:
    """`March 2024`."""
    return f"{_MONTHS[day.month - 1]} {day.year}"


def month_and_year(day: date) -> str:
    """`03/2024`."""
    return f"{day.month:02d}/{day.year}"


def short_month_and_year(day: date) -> str:
    """`Mar 2024`."""
    return f"{_MONTHS[day.month - 1][:3]} {day.year}"


def long_month_and_year(day: date) -> str:
    """`March 2024`."""
    return f"{_MONTHS[day.month - 1]} {day.year}"


def ordinal(day: date) -> str:
    """`4th`."""
    ending = "th" if 11 <= day.day <= 13 else {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10, "th")
    return f"{day.day}{ending}"


def ordinal_date(day: date) -> str:
    """`March 4th, 2024`."""
    return f"{_MONTHS[day.month - 1]} {ordinal(day)}, {day.year}"


def solemn(day: date) -> str:
    """`4th day of March, 2024`."""
    return f"{ordinal(day)} day of {_MONTHS[day.month - 1]}, {day.year}"


def solemn_year(day: date) -> str:
    """`4th Day of March In the Year 2024`."""
    return f"{ordinal(day)} Day of {_MONTHS[day.month - 1]} In the Year {day.year}"


def anno_domini(day: date) -> str:
    """`Fourth day of March, 2024 A.D.`"""
    return f"{_ORDINALS[day.day - 1].capitalize()} day of {_MONTHS[day.month - 1]}, {day.year} A.D."


def in_words(day: date) -> str:
    """`fourth day of March, two thousand twenty-four`."""
    return f"{_ORDINALS[day.day - 1]} day of {_MONTHS[day.month - 1]}, {_year_in_words(day.year)}"


def date_range(start: date, end: date) -> str:
    """`March 4–6, 2024`, or with both months where they differ."""
    if (start.year, start.month) == (end.year, end.month):
        return f"{_MONTHS[start.month - 1]} {start.day}–{end.day}, {end.year}"
    if start.year == end.year:
        return f"{_MONTHS[start.month - 1]} {start.day} – {_MONTHS[end.month - 1]} {end.day}, {end.year}"
    return f"{month_name(start)} – {month_name(end)}"


def short_range(start: date, end: date) -> str:
    """`Mar 4-6, 2024`, or `Mar 30-Apr 2, 2024`; both days in one year."""
    month, last = _MONTHS[start.month - 1][:3], _MONTHS[end.month - 1][:3]
    days = f"{start.day}-{end.day}" if month == last else f"{start.day}-{last} {end.day}"
    return f"{month} {days}, {end.year}"


def months_range(start: date, end: date) -> str:
    """`January – March 2024`, or with both years where they differ."""
    if start.year == end.year:
        return f"{_MONTHS[start.month - 1]} – {month_and_year_name(end)}"
    return f"{month_and_year_name(start)} – {month_and_year_name(end)}"


def _year_in_words(year: int) -> str:
    rest = year % 100
    tens, ones = divmod(rest, 10)
    if rest < 20:
        tail = _NUMBERS[rest - 1] if rest else ""
    else:
        tail = _TENS[tens] + (f"-{_NUMBERS[ones - 1]}" if ones else "")
    return f"{'two thousand' if year >= 2000 else 'nineteen hundred'} {tail}".strip()


def recently(rng: Random, today: date, *, days: int = 700, at_least: int = 20) -> date:
    """A day in the past, `at_least` to `days` days ago."""
    return today - timedelta(days=rng.randint(at_least, days))


def month_end(day: date) -> date:
    """The last day of the month."""
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def years_later(day: date, years: int) -> date:
    """The same day, years later; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
