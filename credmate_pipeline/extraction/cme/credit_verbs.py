"""Whether a number of credits was awarded or only designated, told by the verb or label nearest to it.

AMA PRA rules: a certificate awards the physician a number; what an activity was designated for is not awarded.
"""

import re

from credmate_pipeline.extraction.cme.phrases import phrase

_AWARDED = phrase(
    r"\b(?:(?:is|was|are|were|been|be)? ?(?:here ?by )?(?:credited with|awarded|granted|issued)(?! to\b)|earned|claimed"
    r"|claims?(?! only)|reported|received|has met the requirements? for|met the requirements? for|issued|achieved"
    r"|obtained|accrued"
    r"|credits? (?:for|of)|for a total of|completed|attended|participated in(?=\s*$)|successfully)\b"
)
_DESIGNATED = phrase(
    r"\b(?:designat\w+|maximum|max|up to|approv\w+|acceptable|accredited for|accredits|accredited|eligible"
    r"|may (?:be )?(?:earn\w*|receive|claim\w*)|can (?:be )?(?:earn\w*|receive|claim)|will (?:be )?(?:earn|receive"
    r"|award\w*)"
    r"|provides?|provided|offers?|offered|worth|valued|assigned|available|this (?:\w+[ -]){0,6}(?:activity|program"
    r"|course|material|session)(?: \w+){0,2} (?:is|was|has been) (?:awarded|granted|issued)"
    r"|this (?:\w+[ -]){0,6}(?:activity|program|course) for|has been (?:reviewed|granted|approved)"
    r"|number of credits approved|possible|accepts?|this \d[\d.]* contact)\b"
)
_WOULD_BE_AWARDED = phrase(
    r"\b(?:(?:may|can|will|could|to) (?:be )?(?:awarded|earned|claimed|granted|issued|received)"
    r"|max(?:imum)? (?:number |amount )?of (?:\w+ ){0,5}(?:awarded|granted|earned|claimed))\b[^.]{0,60}$"
)
"""What anyone may be given for the activity, although the verb is one of awarding."""
_PROGRAM_GRANTED = phrase(
    r"\b(?:program|activity|course|material|session|it) (?:is|was|has been|have been) (?:awarded|granted|issued"
    r"|assigned)\b"
)
_SUBSET = re.compile(
    r"pharmaco\w*|pharmacy hours|pharm\b|psychopharm\w*|\brx\b|ethics|opioid hours|CEUs?\b|included in|of which",
    re.IGNORECASE,
)
_SENTENCE = re.compile(
    r"(?<!\bInc)(?<!\bNo)(?<!\b[A-Z])[.;!?][\"')*]?\s+(?=[A-Z(*])|\n(?=\s*(?:[A-Z][\w ]{1,40}:|or\s+is\s))"
    r"|(?<=\.)\s*\n\s*(?=\d|$)"
)
_LABEL = phrase(
    r"(?:^|\n)[^\n.]{0,40}?\b(?P<label>(?:total |number of |cme |ce |contact |credit |ama pra category 1 "
    r"|cpeu'?s? |of )*(?:credits?|hours?|contact hours?|credit hours?|cpeus?|units?|amount|earned|awarded|claimed"
    r"|issued|ce issued|credit type)(?:\(s\)|'?s)?"
    r"(?: (?:awarded|earned|claimed|issued|reported|received|granted|credited|approved|available|of credits?"
    r"|hours?|credits?))*)[ ]*[:#=][ ]*$"
)
_LABEL_ABOVE = phrase(
    r"(?:^|\n)[ ]*(?:total |number of |amount of |cme |ce |contact |credit )*(?:credits?|hours?|credit hours?"
    r"|contact hours?)(?:\(s\))?(?: (?:awarded|earned|claimed|issued|received|granted))?[ ]*:?[ ]*\n[ ]*$"
)
"""A label that is all of the line above the number."""
_MAX_LABEL = re.compile(r"max|designated|approved|available|possible|offered", re.IGNORECASE)
_HOURS_TAKEN_PART = 0.6
"""Hours someone took part are hardly ever stated as credit: a person must look."""
BARE_HOURS = re.compile(r"^(?:hours?|hrs)(?:\(s\))?$", re.IGNORECASE)


def clause(text: str, start: int, end: int) -> tuple[str, str]:
    """What stands before and after in the same sentence."""
    lead = text[max(0, start - 260) : start]
    breaks = list(_SENTENCE.finditer(lead))
    tail = text[end : end + 160]
    stop = re.search(r"[.;](?:\s|$)|\n(?=[A-Z][^\n]{0,40}:)", tail)
    return lead[breaks[-1].end() :] if breaks else lead, tail[: stop.start()] if stop else tail


def verb(before: str, unit: str, after: str, *, is_number_after: bool) -> tuple[bool | None, float]:
    """Whether the holder was awarded the number, and how surely that is told; (None, …) where nothing tells.

    A label decides; else the last verb before the number; else the first after it.
    """
    label = _LABEL.search(before) or _LABEL_ABOVE.search(before)
    own_line = f"{before.rsplit(chr(10), 1)[-1]}{unit}" if is_number_after else (label.group() if label else "")
    if own_line and (label or is_number_after):
        return _by_label(own_line, unit)
    designated = _last(_DESIGNATED, before)
    awarded = _last(_AWARDED, before)
    if designated < 0 and awarded < 0:
        return _by_words_after(after)
    if _PROGRAM_GRANTED.search(before[max(0, awarded - 60) :]) and not re.search(
        r"\band\s+(?:is|was)\s+awarded", before[max(0, awarded - 8) :], re.IGNORECASE
    ):
        return False, 0.9
    if awarded <= designated or _WOULD_BE_AWARDED.search(before):
        return False, 0.95
    only_took_part = BARE_HOURS.match(unit) and re.match(
        r"(?:attended|completed|participated)", before[awarded:], re.IGNORECASE
    )
    return True, _HOURS_TAKEN_PART if only_took_part else 0.95


def _by_label(line: str, unit: str) -> tuple[bool | None, float]:
    if _MAX_LABEL.search(line):
        return False, 0.93
    if re.search(r"award|earn|claim|issued|report|receiv|granted|credited", line, re.IGNORECASE):
        return True, 0.95
    is_plain = (
        re.search(r"(?:credits?|hours?|units?|cpeu'?s?|amount)(?:\(s\))?\W*(?:™)?\W*$", line, re.IGNORECASE) or unit
    )
    return (True, 0.8) if is_plain else (None, 0.6)


def _by_words_after(after: str) -> tuple[bool | None, float]:
    designated, awarded = _DESIGNATED.search(after), re.search(r"\b(?:awarded|earned|claimed)\b", after, re.IGNORECASE)
    if designated and (not awarded or designated.start() <= awarded.start()):
        return False, 0.9
    return (True, 0.85) if awarded else (None, 0.6)


def _last(pattern: re.Pattern[str], text: str) -> int:
    """Where the last match begins; -1 without one."""
    return max((match.start() for match in pattern.finditer(text)), default=-1)


def is_subset(text: str, place: tuple[int, int], unit: re.Match[str]) -> bool:
    """Whether the number is part of another: pharmacology hours, CEUs in brackets, `which includes …`."""
    near = text[unit.end() : unit.end() + 30].split("\n\n", maxsplit=1)[0]
    lead = text[max(0, place[0] - 25) : place[0]]
    return bool(
        re.match(
            r"\s*(?:\(s\))?\s*(?:of|in|for|dedicated to)?\s*(?:the\s+)?\w{0,6}\s?(?:pharmaco|psychopharm|pharm\b)",
            near,
            re.IGNORECASE,
        )
        or _SUBSET.search(unit.group())
        or re.search(r"pharmaco\w*\W*$|includ\w+\s+$|pharmacology\s+contact\s+hours\W*$", lead, re.IGNORECASE)
        or re.search(
            r"pharmaco\w*\s+(?:contact\s+)?$|pharmacology[:\s]*$",
            text[max(0, unit.start() - 24) : unit.start()],
            re.IGNORECASE,
        )
    )
