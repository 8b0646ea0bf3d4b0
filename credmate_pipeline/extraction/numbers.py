"""Numbers as printed and their one normal form: equal numbers have equal text.

Credits and money are decimal strings without sign, thousands separators or trailing zeros: `1.50` is `1.5`,
`1,000,000.00` is `1000000`.
"""

import re
from decimal import Decimal

_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d*\.\d+|\d+"
_WHOLE_NUMBER = re.compile(_NUMBER)
_MONEY = re.compile(
    rf"(?<![\w.,-])(?P<sign>\$|USD|S(?=\d{{1,3}},\d{{3}}))?\s*(?P<number>(?>{_NUMBER}))\s*(?P<scale>[MmKk]"
    rf"|[Mm]illion)?(?!\w|[.,]\d)"
)
_SCALES = {"k": 1_000, "m": 1_000_000, "million": 1_000_000}
_MIN_BARE_MONEY = 10_000
"""A number without sign or scale counts as money only from here on."""


def normal_decimal(printed: str) -> str | None:
    """The canonical text of a printed number, None where `printed` is not one number."""
    bare = printed.strip().strip("$").strip()
    if _WHOLE_NUMBER.fullmatch(bare) is None:
        return None
    return canonical(Decimal(bare.replace(",", "")))


def canonical(number: Decimal) -> str:
    """The one text of a number: no exponent, no trailing zeros, no empty integer part."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") or "0" if "." in text else text


def find_money(text: str) -> tuple[tuple[int, int, str], ...]:
    """The amounts printed in `text` as (start, end, canonical dollars): `$1,000,000`, `$1M`, `1,000,000`."""
    found = []
    for match in _MONEY.finditer(text):
        amount = Decimal(match["number"].replace(",", "")) * _SCALES.get((match["scale"] or "").lower(), 1)
        if match["sign"] or match["scale"] or amount >= _MIN_BARE_MONEY:
            found.append((match.start(), match.end(), canonical(amount)))
    return tuple(found)


def normal_money(printed: str) -> str | None:
    """The canonical dollars of the first amount in `printed`, None where there is none."""
    return next((amount for _, _, amount in find_money(printed)), None)
