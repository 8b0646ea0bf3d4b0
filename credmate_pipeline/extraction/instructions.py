"""Text on a page that speaks to software rather than to people: no part of a credential, and never evidence.

Nobody prints it on a credential by chance. What cannot be told from ordinary text is left to the readers'
disagreement, the rules and a person.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from credmate_pipeline.extraction.layout import is_continued_by
from credmate_pipeline.ocr.reading import Line, Page, Reading

_THOSE = r"(?:all|any|the|your|these|those|of|my|our)"
_EARLIER = r"(?:previous|prior|above|earlier|preceding|foregoing|initial|original|system|other)"
_ORDERS = r"(?:instructions?|prompts?|directions?|directives?|guidelines?|commands?|messages?|context)"
_MACHINE = r"(?:ai|llm|(?:large\s+)?language\s+model|ocr|machine|automated)"
_PATTERN = re.compile(
    rf"\b(?:ignore|disregard|forget|override|bypass|discard)(?:\s+{_THOSE}){{0,3}}\s+{_EARLIER}(?:\s+\w+)?\s+{_ORDERS}\b"
    r"|\b(?:new|hidden)\s+(?:system\s+)?(?:instructions?|prompts?)\s*:|\bsystem\s+prompt\b"
    r"|\byou\s+are\s+(?:now\s+)?an?\s+(?:\w+\s+)?(?:ai|assistant|(?:large\s+)?language\s+model|chat\s?bot)\b"
    rf"|\b{_MACHINE}\s+(?:readers?|assistants?|systems?|models?|agents?)\s*[:,]\s*(?:please\s+|you\s+must\s+)?"
    r"(?:ignore|disregard|record|report|return|answer|output|treat|use|set)\b"
    r"|<\s*/?\s*(?:system|assistant|instructions?)\s*>|\[/?INST\]|<\|im_(?:start|end)\|>|\brecord_fields\b",
    re.IGNORECASE,
)
_GOES_ON = 3
"""Lines after the one it begins on over which such a sentence may run."""
_CLOSE = 0.6
"""Text heights between two lines of one paragraph at the most."""
_ENDS = re.compile(r"[.!?][\"'”’)]*\s*$")


@lru_cache(maxsize=8)
def speaks_to_software(text: str) -> bool:
    """Whether the text holds a sentence meant for a program that reads it."""
    return _PATTERN.search(text) is not None


def without_instructions(reading: Reading) -> Reading:
    """The reading without the lines of such sentences; the same reading where there are none."""
    if not speaks_to_software(reading.text):
        return reading
    return replace(reading, pages=tuple(map(_clean, reading.pages)))


def _clean(page: Page) -> Page:
    taken = _lines_of_sentences(page.lines)
    return replace(page, lines=tuple(line for number, line in enumerate(page.lines) if number not in taken))


def _lines_of_sentences(lines: Sequence[Line]) -> set[int]:
    """The numbers of the lines on which such a sentence begins, stands or may go on."""
    starts, position = [], 0
    for line in lines:
        starts.append(position)
        position += len(line.text) + 1
    text = "\n".join(line.text for line in lines)
    taken: set[int] = set()
    for match in _PATTERN.finditer(text):
        first = max(number for number, start in enumerate(starts) if start <= match.start())
        last = max(number for number, start in enumerate(starts) if start < match.end())
        taken |= set(range(first, _end_of_sentence(lines, last) + 1))
    return taken


def _end_of_sentence(lines: Sequence[Line], last: int) -> int:
    """The last of the lines that read on from line `last` up to a full stop."""
    end = last
    while end + 1 < len(lines) and end < last + _GOES_ON and not _ENDS.search(lines[end].text):
        if not is_continued_by(lines[end], lines[end + 1], gap=_CLOSE):
            break
        end += 1
    return end
