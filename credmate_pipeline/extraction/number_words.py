"""English words for months, days of the month and years, forgiving of what OCR does to letters.

Words only; what makes a date out of them is in `dates`.
"""

import re

_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_SHORT_MONTHS = {name[:3]: number for number, name in enumerate(_MONTHS, 1)} | {"sept": 9, "janu": 1, "febr": 2}
_MIN_FUZZY_LENGTH = 5
"""Below this length one wrong letter makes another word."""

_UNITS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_TEENS = ("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_CARDINALS = {word: number for number, word in enumerate(_UNITS + _TEENS, 1)}
_CARDINALS |= {word: number for number, word in zip(range(20, 100, 10), _TENS, strict=True)}
_FIRST_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
_SMALL_ORDINALS = (*_FIRST_ORDINALS, "tenth", "eleventh", "twelfth", *(f"{teen}th" for teen in _TEENS[2:]), "twentieth")
_ORDINALS = {word: number for number, word in enumerate(_SMALL_ORDINALS, 1)} | {"thirtieth": 30}

ORDINAL_WORDS = (
    r"(?:(?:twenty|thirty)[\s-]{0,2}(?:" + "|".join(_FIRST_ORDINALS) + ")|" + "|".join([*_ORDINALS][::-1]) + ")"
)
"""A regex of the days first to thirty-first in words."""

_YEAR_PARTS = "|".join((*_TENS, *_TEENS[::-1], *_UNITS, "oh"))
_CENTURY = r"(?:two\s+thousand|nineteen\s+hundred|nineteen|twenty)"
YEAR_WORDS = rf"(?:{_CENTURY}(?:[\s-]+and)?(?:[\s-]+(?:{_YEAR_PARTS})(?![a-z])){{0,2}})"
"""A regex of the years nineteen hundred to twenty ninety-nine in words."""


def month_number(word: str) -> int | None:
    """The month 1–12 that `word` names, in full or shortened, with at most one letter misread."""
    folded = word.lower().strip(".").replace("0", "o").replace("1", "l").replace("|", "l")
    if folded in _SHORT_MONTHS:
        return _SHORT_MONTHS[folded]
    if folded in _MONTHS:
        return _MONTHS.index(folded) + 1
    if len(folded) < _MIN_FUZZY_LENGTH:
        return {"apr1": 4, "jui": 7}.get(folded)
    close = [number for number, name in enumerate(_MONTHS, 1) if _is_one_letter_off(folded, name)]
    return close[0] if len(close) == 1 else None


def ordinal_day(words: str) -> int | None:
    """The day 1–31 of "eleventh" or "twenty-first"."""
    parts = re.split(r"[\s-]+", words.lower().strip())
    joined = re.match(r"(twenty|thirty)(\w+)$", parts[0]) if len(parts) == 1 else None
    if joined and joined[2] in _ORDINALS:
        parts = [joined[1], joined[2]]
    total = sum(_CARDINALS.get(part, 0) for part in parts[:-1])
    last = _ORDINALS.get(parts[-1])
    return total + last if last is not None else None


def year_in_words(words: str) -> int | None:
    """The year of "two thousand and twenty-four", "twenty twenty-four" or "nineteen ninety-nine"."""
    parts = [part for part in re.split(r"[\s-]+", words.lower().strip()) if part not in ("and", "oh", "")]
    for opening, base in ((["two", "thousand"], 2000), (["nineteen", "hundred"], 1900), (["nineteen"], 1900)):
        if parts[: len(opening)] == opening:
            return base + sum(_CARDINALS[part] for part in parts[len(opening) :])
    return 2000 + sum(_CARDINALS[part] for part in parts[1:]) if parts[0] == "twenty" and parts[1:] else None


def _is_one_letter_off(word: str, name: str) -> bool:
    """Whether one letter of `word` changed, added or dropped makes `name`; `m` for `rn` counts as one."""
    if word.replace("rn", "m") == name:
        return True
    if abs(len(word) - len(name)) > 1 or len(name) < _MIN_FUZZY_LENGTH:
        return False
    same_start = next(
        (i for i, (a, b) in enumerate(zip(word, name, strict=False)) if a != b), min(len(word), len(name))
    )
    rest, name_rest = word[same_start:], name[same_start:]
    return rest[1:] == name_rest[1:] or rest[1:] == name_rest or rest == name_rest[1:]
