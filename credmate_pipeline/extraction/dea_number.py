"""DEA registration numbers: shape, check digit, and the repair of letters OCR took for digits and the reverse."""

import re
from itertools import product

SHAPE = re.compile(r"[A-Z][A-Z9]\d{7}")
LETTERS_AND_DIGITS = 9

_AS_DIGIT = {
    "O": "0",
    "o": "0",
    "Q": "0",
    "I": "1",
    "l": "1",
    "|": "1",
    "i": "1",
    "S": "5",
    "s": "5",
    "B": "8",
    "Z": "2",
    "z": "2",
}
_AS_FIRST = {"8": "B", "6": "G"}
_AS_SECOND = {"8": "B", "6": "G", "5": "S", "0": "O", "1": "I"}


def check_digit_holds(number: str) -> bool:
    """Whether the last digit of d1+d3+d5 + 2×(d2+d4+d6) is d7; `number` has the shape of one."""
    digits = [int(digit) for digit in number[2:]]
    return (sum(digits[0:6:2]) + 2 * sum(digits[1:6:2])) % 10 == digits[6]


def split_number(number: str) -> tuple[str, str]:
    """The number itself and an institution's internal code after it, empty where there is none."""
    base, _, suffix = number.partition("-")
    return base, suffix


def repaired(printed: str) -> str | None:
    """The one number `printed` (nine characters) can be when letters and digits were taken for each other.

    None where it already has the shape of a number, where no variant passes the check digit, or where several do.
    """
    if len(printed) != LETTERS_AND_DIGITS or SHAPE.fullmatch(printed):
        return None
    first, second = printed[0].upper(), printed[1].upper()
    firsts = {_AS_FIRST.get(first, first)}
    seconds = {second, _AS_SECOND.get(second, second)}
    digits = ("".join(_AS_DIGIT.get(sign, sign) for sign in printed[2:]),)
    variants = {"".join(parts) for parts in product(firsts, seconds, digits)}
    passing = [variant for variant in variants if SHAPE.fullmatch(variant) and check_digit_holds(variant)]
    return passing[0] if len(passing) == 1 else None
