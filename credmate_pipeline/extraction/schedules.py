"""Lists of drug schedules as printed, and their normal form: 2, 2N, 3, 3N, 4, 5.

A list that OCR has torn is not believed: what is read must rise, and nothing that could belong to it may follow.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, product

ORDER = ("1", "2", "2N", "3", "3N", "4", "5", "6")

MOST_STROKES = 5
"""Signs of a misread Roman number at most."""
_ROMAN = {"I": "1", "II": "2", "IIN": "2N", "III": "3", "IIIN": "3N", "IV": "4", "V": "5", "VI": "6"}
_LIST = re.compile(
    r"(?<![\w$.])(?:[1-6SNn]{1,12}|[IVHTNl1|]{1,5})(?:[\s,.;:/&-]{1,4}(?:and\s+)?(?:[1-6SNn]{1,12}|[IVHTNl1"
    r"|]{1,5})(?!\w)){0,8}"
    r"(?![\w])"
)
LABELS = (r"(?:drug |authorized |controlled substance )?schedule(?:s|\(s\))?(?: authorized)?", r"authorized schedules")
PHRASES = (r"\bschedule(?:s|\(s\))?[:\s]+",)
_RANGE = re.compile(r"(?<![\w$.])(?P<first>[2I]{1,2})\s?(?:-|–|to|through)\s?(?P<last>[5V])(?!\w)")


def find_schedules(text: str) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """The lists in `text` as (start, end, schedules in order)."""
    for match in _RANGE.finditer(text):
        if match["first"] in ("2", "II"):
            yield match.start(), match.end(), ("2", "3", "4", "5")
            return
    for match in _LIST.finditer(text):
        values = _arabic(match.group()) or _roman(match.group())
        if (
            values
            and not _is_stroke(match.group())
            and _is_rising(values)
            and not _is_torn(text[: match.start()], text[match.end() :])
        ):
            yield match.start(), match.end(), values


def _is_stroke(printed: str) -> bool:
    """Whether it is a single stroke or bar: for schedule I alone clinicians hold no registration."""
    return printed in {"|", "I", "l"}


def _arabic(printed: str) -> tuple[str, ...]:
    """Digits with or without separators; an S in last place is a 5."""
    crowded = re.sub(r"[\s,.;:/&-]|and", "", printed).upper().replace("S", "5")
    is_list = re.search(r"\d", printed) and re.fullmatch(r"(?:[1-6]N?)+", crowded)
    return tuple(re.findall(r"[1-6]N?", crowded)) if is_list else ()


def _roman(printed: str) -> tuple[str, ...]:
    """Roman numbers; OCR takes II for H and I for T, l, 1 or a bar.

    Where strokes were miscounted the list decides: only one number may fit between its neighbors.
    """
    words = [word for word in re.split(r"[\s,.;:/&-]+|\band\b", printed) if word]
    plain = [re.sub(r"[Tl1|]", "I", word.replace("H", "II")) for word in words]
    rising = [list_ for list_ in product(*map(_romans, plain)) if _is_rising(list_)]
    return rising[0] if len(rising) == 1 else ()


def _romans(word: str) -> tuple[str, ...]:
    """What a Roman number can be: itself, or where it is none, those with as many V and N."""
    if word in _ROMAN:
        return (_ROMAN[word],)
    if len(word) > MOST_STROKES or not re.fullmatch(r"I*V?I*N?", word):
        return ()
    return tuple(value for roman, value in _ROMAN.items() if ("V" in roman, "N" in roman) == ("V" in word, "N" in word))


def _is_rising(values: Sequence[str]) -> bool:
    places = [ORDER.index(value) if value in ORDER else -1 for value in values]
    return -1 not in places and all(a < b for a, b in pairwise(places))


def _is_torn(before: str, after: str) -> bool:
    """Whether the list may go on in signs that could not be read: a short word or a digit next to it on its line."""
    if re.match(r"\s*[,;/&]\s*(?:\n|$)", after):
        return True
    left = re.search(r"(\S+)[ ,.;:/&-]*$", before.rpartition("\n")[2])
    right = re.match(r"[ ,.;:/&-]*(\S+)", after.partition("\n")[0])
    return any(match is not None and _could_belong(match[1].strip(",.;:")) for match in (left, right))


def _could_belong(word: str) -> bool:
    is_date = re.match(r"\d{1,4}[-/]\d", word) is not None
    return re.search(r"\w", word) is not None and not is_date and (len(word) < 4 or word[0].isdigit())
