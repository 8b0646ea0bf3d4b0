"""When a value read and a value of the truth say the same: the one definition every figure rests on."""

import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal

Value = str | Sequence[str] | None
"""A field's value in normal form; None where there is none."""

# Numbers such as 1, 0.50 and 1000000; a leading zero makes an identifier, which is compared as text.
_AMOUNT = re.compile(r"(?:0|[1-9]\d*)(?:\.\d+)?")
_TRADE_MARKS = re.compile("[™®©℠]")
# Within a word these say nothing (M.D., O'Dwyer); the point of 2.5 does.
_SILENT = re.compile(r"['’‘`´\"“”]|(?<!\d)\.|\.(?!\d)")
_POINT = re.compile(r"(?<=\d)\.(?=\d)")
_BETWEEN_WORDS = re.compile(r"[\W_]+")


def same(one: Value, other: Value) -> bool:
    """Whether two values say the same.

    Amounts are equal by value (`1.50` and `1.5`); dates and identifiers by their letters and digits; other text without
    regard to case, accents, white space, quotes, trade marks and punctuation; lists as sets. Absence equals absence.
    """
    if one is None or other is None:
        return one is None and other is None
    if isinstance(one, str) and isinstance(other, str):
        return folded(one) == folded(other)
    if isinstance(one, str) or isinstance(other, str):
        return False
    return set(map(folded, one)) == set(map(folded, other))


def folded(text: str) -> str:
    """What of `text` is compared. Text of punctuation alone is compared as it is."""
    if _AMOUNT.fullmatch(text.strip()):
        return f"{Decimal(text.strip()).normalize():f}"
    decomposed = unicodedata.normalize("NFKD", _TRADE_MARKS.sub("", text).casefold())
    plain = "".join(character for character in decomposed if not unicodedata.combining(character))
    words = _BETWEEN_WORDS.sub(" ", _POINT.sub("\0", _SILENT.sub("", plain)).replace("\0", "point")).strip()
    return words or text.strip()
