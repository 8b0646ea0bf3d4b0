"""How many credits of which system: awarded to the holder or only designated for the activity, by the verb.

AMA PRA rules: a certificate awards the physician a number; what an activity was designated for is not awarded.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from credmate_pipeline.extraction.cme.certificate import Candidate, CertificatePage
from credmate_pipeline.extraction.cme.credit_units import GENERIC, UNITS, hinted_system
from credmate_pipeline.extraction.cme.phrases import phrase
from credmate_pipeline.extraction.layout import is_same_row
from credmate_pipeline.extraction.numbers import canonical
from credmate_pipeline.ocr.reading import Word

_NUMBER = r"(?<![\w.,/#-])(?P<number>\d{1,3}[.,]\s?\d{1,3}|[.]\d{1,3}|[Oo][.,]\d{1,3}|\d{1,3})(?![\w/-]|\.\d|,\d)"
_BEFORE_UNIT = re.compile(
    _NUMBER
    + r"\)?\s*(?:\(\w+(?:\.\d+)?\)\s*)?(?:total\s+|live\s+|enduring\s+|full\s+|(?:hours?|credits?)(?:\(s\))?\s+of\s+(?:the\s+)?|category\s+1\s+(?=CEPTC)|\.\s*)?$",
    re.IGNORECASE,
)
_AFTER_UNIT = re.compile(
    r"^\s*(?:claimed|earned|awarded|issued|reported|received|approved|available|granted|credited|completed|for\s+this\s+activity)?\s*(?:is|are|was)?\s*[:=\-–]?\s*(?P<how>up\s+to\s+|max\w*\s+(?:of\s+)?)?"
    + _NUMBER,
    re.IGNORECASE,
)
_AWARDED = phrase(
    r"\b(?:(?:is|was|are|were|been|be)? ?(?:here ?by )?(?:awarded|granted|issued)(?! to\b)|earned|claimed|claims?(?! only)|reported|received|has met the requirements? for|met the requirements? for|issued|achieved|obtained|accrued"
    r"|credits? (?:for|of)|for a total of|completed|attended|participated in(?=\s*$)|successfully)\b"
)
_DESIGNATED = phrase(
    r"\b(?:designat\w+|maximum|max|up to|approv\w+|acceptable|accredited for|accredits|accredited|eligible|may (?:be )?(?:earn\w*|receive|claim\w*)|can (?:be )?(?:earn\w*|receive|claim)|will (?:be )?(?:earn|receive|award\w*)"
    r"|provides?|provided|offers?|offered|worth|valued|assigned|available|this (?:\w+[ -]){0,6}(?:activity|program|course|material|session)(?: \w+){0,2} (?:is|was|has been) (?:awarded|granted|issued)"
    r"|this (?:\w+[ -]){0,6}(?:activity|program|course) for|has been (?:reviewed|granted|approved)|number of credits approved|possible|accepts?|this \d[\d.]* contact)\b"
)
_PROGRAM_GRANTED = phrase(
    r"\b(?:program|activity|course|material|session|it) (?:is|was|has been|have been) (?:awarded|granted|issued|assigned)\b"
)
_HOLDER_DID = phrase(
    r"\b(?:has|have|successfully|and) (?:\w+ly )?(?:attended|participated|completed|been awarded|earned|met)\b|\band is (?:here ?by )?awarded\b|\bparticipated in\b"
)
_SUBSET = re.compile(
    r"pharmaco\w*|pharmacy hours|pharm\b|psychopharm\w*|\brx\b|ethics|opioid hours|CEUs?\b|included in|of which",
    re.IGNORECASE,
)
_SENTENCE = re.compile(
    r"(?<!\bInc)(?<!\bNo)(?<!\b[A-Z])[.;!?][\"')*]?\s+(?=[A-Z(*])|\n(?=\s*(?:[A-Z][\w ]{1,40}:|or\s+is\s))|(?<=\.)\s*\n\s*(?=\d)"
)
_LABEL = phrase(
    r"(?:^|\n)[^\n.]{0,40}?\b(?P<label>(?:total |number of |cme |ce |contact |credit |ama pra category 1 |cpeu'?s? |of )*(?:credits?|hours?|contact hours?|credit hours?|cpeus?|units?|amount|earned|awarded|claimed|issued|ce issued|credit type)(?:\(s\)|'?s)?"
    r"(?: (?:awarded|earned|claimed|issued|reported|received|granted|credited|approved|available|of credits?|hours?|credits?))*)[ ]*[:#=][ ]*$"
)
_MAX_LABEL = re.compile(r"max|designated|approved|available|possible|offered", re.IGNORECASE)
_HEAD_WORDS = 12
_SPAN_OF_A_PHRASE = 60
_CELL_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,3})?")
_MAX_CREDITS = Decimal(200)
_HOURS_TAKEN_PART = 0.6
"""Hours someone took part are hardly ever stated as credit: a person must look."""
_BARE_HOURS = re.compile(r"^(?:hours?|hrs)(?:\(s\))?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mention:
    """A printed number of credits."""

    system: str | None
    """None where the page does not tell."""
    number: str
    is_awarded: bool | None
    """None where no verb tells."""
    words: tuple[Word, ...]
    unit_words: tuple[Word, ...]
    sureness: float
    is_subset: bool
    is_hours: bool
    """Whether only hours are said, not credits."""

    def number_candidate(self) -> Candidate:
        return Candidate(self.number, self.words, self.sureness, "verb" if self.is_awarded is not None else "unit")


@dataclass(frozen=True, slots=True)
class Credits:
    """What is said of credits on a page; absent where not said."""

    awarded: Candidate | None = None
    designated: Candidate | None = None
    kind: Candidate | None = None
    others: Candidate | None = None


def find_credits(certificate: CertificatePage, credentials: Sequence[str] = ()) -> Credits:
    """The credits of the system that fits the statement about the holder; further systems apart, never added."""
    mentions = [mention for mention in _mentions(certificate) if _is_counted(mention)]
    mentions = _without_subsets(mentions)
    if not mentions:
        return Credits(kind=_named_kind(certificate))
    main = _main_system(mentions, credentials)
    awarded = _chosen(mentions, main, is_awarded=True)
    designated = _chosen(mentions, main, is_awarded=False)
    return Credits(
        awarded=awarded.number_candidate() if awarded else None,
        designated=designated.number_candidate() if designated else None,
        kind=_kind(certificate, mentions, main),
        others=_others(mentions, main),
    )


def _is_counted(mention: Mention) -> bool:
    return not mention.is_hours or mention.is_awarded is not None


def _without_subsets(mentions: list[Mention]) -> list[Mention]:
    """Hours that are part of the others (pharmacology) count only where nothing else does."""
    whole = [mention for mention in mentions if not mention.is_subset]
    return whole or mentions


def _main_system(mentions: Sequence[Mention], credentials: Sequence[str]) -> str | None:
    """The system of what was awarded; of several the one for the holder's profession, else the first."""
    pool = [m for m in mentions if m.is_awarded and m.system] or [m for m in mentions if m.system]
    systems = list(dict.fromkeys(m.system for m in pool))
    for system in _profession_systems(credentials):
        if system in systems:
            return system
    return systems[0] if systems else None


def _profession_systems(credentials: Sequence[str]) -> tuple[str, ...]:
    held = {re.sub(r"\W", "", credential).upper() for credential in credentials}
    if held & {"MD", "DO", "MBBS"}:
        return ("ama_pra_1", "aoa_1a", "aoa_1b", "aoa_2a", "aoa_2b", "aafp_prescribed")
    if held & {"PHARMD", "RPH", "BCPS"}:
        return ("acpe",)
    if held & {"PA", "PAC"}:
        return ("aapa_1", "ama_pra_1")
    if held & {"NP", "FNP", "APRN", "DNP", "CRNP", "FNPC", "FNPBC"}:
        return ("aanp", "ancc", "npwh", "ca_brn", "ama_pra_1")
    if held & {"RN", "BSN", "LPN", "LVN", "MSN", "RNBC"}:
        return ("ancc", "ca_brn")
    return ("cdr",) if held & {"RD", "RDN", "DTR", "LD"} else ()


def _chosen(mentions: Sequence[Mention], main: str | None, *, is_awarded: bool) -> Mention | None:
    """The surest mention of that verb and system; one without a system stands in."""
    pool = [m for m in mentions if m.is_awarded is is_awarded]
    own = [m for m in pool if m.system == main] or [m for m in pool if m.system is None or main is None]
    return max(own, key=lambda mention: mention.sureness, default=None)


def _kind(certificate: CertificatePage, mentions: Sequence[Mention], main: str | None) -> Candidate | None:
    if main is None:
        return _named_kind(certificate)
    pool = sorted(
        (m for m in mentions if m.system == main), key=lambda mention: (not mention.is_awarded, -mention.sureness)
    )
    return Candidate(main, pool[0].unit_words, pool[0].sureness, "unit")


def _named_kind(certificate: CertificatePage) -> Candidate | None:
    """A system named without a number, where only one is."""
    found: dict[str, tuple[Word, ...]] = {}
    for unit in UNITS:
        match = unit.pattern.search(certificate.text) if unit.system != GENERIC else None
        if match:
            found.setdefault(unit.system, certificate.running.words_between(*match.span()))
    if len(found) != 1:
        return None
    system, words = next(iter(found.items()))
    return Candidate(system, words, 0.75, "named")


def _others(mentions: Sequence[Mention], main: str | None) -> Candidate | None:
    """The other systems' numbers, awarded ones before designated, as `ancc 1.25`."""
    best: dict[str, Mention] = {}
    for mention in sorted(mentions, key=lambda m: (not m.is_awarded, -m.sureness)):
        if mention.system not in (None, main):
            best.setdefault(str(mention.system), mention)
    if not best:
        return None
    values = tuple(f"{system} {mention.number}" for system, mention in best.items())
    words = tuple(word for mention in best.values() for word in mention.words)
    return Candidate(values, words, min(mention.sureness for mention in best.values()), "unit")


def _mentions(certificate: CertificatePage) -> Iterator[Mention]:
    """Every number that stands by a unit; each number and each unit once."""
    text = certificate.text
    taken: list[tuple[int, int]] = []
    for unit in UNITS:
        for match in unit.pattern.finditer(text):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            place = _number_by(text, *match.span()) or _number_in_table(certificate, *match.span())
            if place is None or any(place[0] < end and start < place[1] for start, end in taken):
                if unit.system != GENERIC:
                    taken.append(match.span())
                continue
            taken.extend((match.span(), place))
            mention = _mention(certificate, unit.system, match, place)
            if mention is not None:
                yield mention


def _number_by(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Where the number of the unit at `start:end` is printed: before it, else after it."""
    lead = text[max(0, start - 60) : start]
    match = _BEFORE_UNIT.search(lead)
    if match:
        offset = start - len(lead)
        return (offset + match.start("number"), offset + match.end("number"))
    match = _AFTER_UNIT.search(text[end : end + 60])
    if (
        match is None
        or ("\n" in text[end : end + match.start("number")].strip(" ")
        and ":" not in text[end : end + match.start("number")])
    ):
        return None
    return (end + match.start("number"), end + match.end("number"))


def _number_in_table(certificate: CertificatePage, start: int, end: int) -> tuple[int, int] | None:
    """Where the number of a column's head or a row's label at `start:end` is printed: right of it on its row, or in
    the first row below it."""
    words = certificate.running.words_between(start, end)
    line = certificate.line_at(start)
    if not words or len(certificate.line_texts[line].split()) > _HEAD_WORDS or certificate.text[end : end + 1] not in ("", "\n", " "):
        return None
    head = words[-1].box
    below, beside = [], []
    for index, other in enumerate(certificate.lines):
        offset = certificate.line_starts[index]
        for word in other.words:
            if _CELL_NUMBER.fullmatch(word.text) and index != line:
                place = (offset + other.text.find(word.text), offset + other.text.find(word.text) + len(word.text))
                if is_same_row(word.box, head) and word is other.words[0] and word.box.x0 > head.x1:
                    beside.append((word.box.x0, place))
                drop = word.box.y0 - head.y1
                if 0 < word.box.y0 - head.y0 and drop <= 3 * head.height and word.box.x0 < head.x1 and head.x0 - 0.06 < word.box.x0:
                    below.append((word.box.y0, place))
    found = min(beside, default=None) or min(below, default=None)
    return found[1] if found else None


def _mention(certificate: CertificatePage, system: str, unit: re.Match[str], place: tuple[int, int]) -> Mention | None:
    number = _decimal(certificate.text[slice(*place)])
    if number is None or not 0 < number <= _MAX_CREDITS:
        return None
    start, end = min(unit.start(), place[0]), max(unit.end(), place[1])
    before, after = _clause(certificate.text, start, end)
    is_awarded, sureness = _verb(before, unit.group(), after, is_number_after=place[0] > unit.start())
    known = system if system != GENERIC else hinted_system(certificate.text, unit.group(), f"{unit.group()} {after}")
    is_apart = certificate.line_at(place[0]) != certificate.line_at(unit.start()) and end - start > _SPAN_OF_A_PHRASE
    words = certificate.running.words_between(*(place if is_apart else (start, end)))
    return Mention(
        system=known,
        number=canonical(number),
        is_awarded=is_awarded,
        words=words,
        unit_words=certificate.running.words_between(*unit.span()) or words,
        sureness=sureness - (0.0 if system != GENERIC else 0.03),
        is_subset=_is_subset(certificate.text, place, unit),
        is_hours=_BARE_HOURS.match(unit.group()) is not None,
    )


def _decimal(printed: str) -> Decimal | None:
    """The number; a comma is a decimal sign here and a leading O a zero, as no certificate has a thousand credits."""
    plain = re.sub(r"\s", "", printed).replace(",", ".").replace("O", "0").replace("o", "0")
    return Decimal(plain) if re.fullmatch(r"\d*\.?\d+", plain) else None


def _clause(text: str, start: int, end: int) -> tuple[str, str]:
    """What stands before and after in the same sentence."""
    lead = text[max(0, start - 260) : start]
    breaks = list(_SENTENCE.finditer(lead))
    tail = text[end : end + 160]
    stop = re.search(r"[.;](?:\s|$)|\n(?=[A-Z][^\n]{0,40}:)", tail)
    return lead[breaks[-1].end() :] if breaks else lead, tail[: stop.start()] if stop else tail


def _verb(before: str, unit: str, after: str, *, is_number_after: bool) -> tuple[bool | None, float]:
    """Whether the holder was awarded the number, and how surely that is told; (None, …) where nothing tells.

    A label decides; else the last verb before the number; else the first after it.
    """
    label = _LABEL.search(before)
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
    if awarded <= designated:
        return False, 0.95
    only_took_part = _BARE_HOURS.match(unit) and re.match(r"(?:attended|completed|participated)", before[awarded:], re.IGNORECASE)
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


def _is_subset(text: str, place: tuple[int, int], unit: re.Match[str]) -> bool:
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
