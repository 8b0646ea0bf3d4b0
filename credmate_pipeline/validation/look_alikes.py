"""Letters and digits that engines take for one another, however sure they are."""

import re

_GROUPS = ("0OQD", "1ILT", "2Z", "5S", "6G", "8B", "CG", "EF", "KX", "MN", "PR", "UV")


def look_alike(one: str, other: str) -> bool:
    """Whether two signs, letters in any case, are easily taken for one another."""
    return one.upper() != other.upper() and any({one.upper(), other.upper()} <= set(group) for group in _GROUPS)


def would_fit(text: str, shape: re.Pattern[str]) -> bool:
    """Whether `text`, which has not the shape, has it with one sign taken for another."""
    swapped = (
        text[:place] + other + text[place + 1 :]
        for place, sign in enumerate(text)
        for group in _GROUPS
        if sign in group
        for other in group
    )
    return shape.fullmatch(text) is None and any(map(shape.fullmatch, swapped))
