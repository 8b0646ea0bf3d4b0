"""How many credits of which system are printed, and which of them are the holder's."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from credmate_pipeline.extraction.cme.certificate import Candidate, CertificatePage
from credmate_pipeline.extraction.cme.credit_units import GENERIC, UNITS, hinted_system, name_span
from credmate_pipeline.extraction.cme.credit_verbs import BARE_HOURS, clause, is_subset, verb
from credmate_pipeline.extraction.layout import is_same_row
from credmate_pipeline.extraction.numbers import canonical
from credmate_pipeline.ocr.reading import Word
from credmate_pipeline.validation.rules.cme import ONE_OF_SEVERAL

_NUMBER = (
    r"(?<!Category )(?<!Cat )(?<!Cat\. )(?<![\w.,/#-])(?<!\d:)"
    r"(?P<number>\d{1,3}[.,]\s?\d{1,3}|[.]\d{1,3}|[Oo][.,]\d{1,3}|\d{1,3})(?![\w/-]|[.,:]\d)"
)
_BEFORE_UNIT = re.compile(
    _NUMBER + r"\)?\s*(?:\(\w+(?:\.\d+)?\)\s*)?"
    r"(?:total\s+|(?:online\s+only,?\s+|enduring\s+materials?,?\s+|and\s+)*live\s+|enduring\s+|full\s+"
    r"|online\s+only\s+|general\s+|"
    r"(?:hours?|credits?)(?:\(s\))?\s+of\s+(?:the\s+)?|category\s+1\s+(?=CEPTC)|\.\s*)?$",
    re.IGNORECASE,
)
_AFTER_UNIT = re.compile(
    r"^\s*(?:claimed|earned|awarded|issued|reported|received|approved|available|granted|credited|completed"
    r"|for\s+this\s+activity)?\s*(?:is|are|was)?\s*[:=\-–]?\s*(?P<how>up\s+to\s+|max\w*\s+(?:of\s+)?)?" + _NUMBER,
    re.IGNORECASE,
)
_HEAD_WORDS = 12
_SPAN_OF_A_PHRASE = 60
_CELL_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,3})?")
_MAX_CREDITS = Decimal(200)
_UNTOLD = 0.5
"""How sure a system is that was taken from several professions' without the holder's degrees."""
_PHYSICIANS: tuple[str, ...] = ("ama_pra_1", "aoa_1a", "aoa_1b", "aoa_2a", "aoa_2b", "aafp_prescribed", "aafp_elective")
_NURSES: tuple[str, ...] = ("aanp", "ancc", "npwh", "ca_brn")
_PROFESSION_OF = (("physician", frozenset(_PHYSICIANS)), ("nurse", frozenset(_NURSES)))
_OF_A_PROFESSION = frozenset((*_PHYSICIANS, *_NURSES))
_BY_DEGREE = (
    ({"DO"}, (*_PHYSICIANS[1:5], "ama_pra_1", *_PHYSICIANS[5:])),
    ({"MD", "MBBS", "MBCHB", "MBBCH", "BMBS"}, _PHYSICIANS),
    ({"PHARMD", "RPH", "BCPS"}, ("acpe",)),
    ({"PA", "PAC"}, ("aapa_1", "ama_pra_1")),
    (
        {"NP", "NPC", "FNP", "FNPC", "FNPBC", "CNP", "PMHNP", "AGNP", "APRN", "ARNP", "DNP", "CRNP"},
        (*_NURSES, "ama_pra_1"),
    ),
    ({"RN", "RNBC", "BSN", "LPN", "LVN", "MSN", "CRNA", "CNM", "CNS"}, _NURSES[1:]),
    ({"DDS", "DMD"}, ("agd_pace", "ada_cerp")),
    ({"RD", "RDN", "DTR", "LD"}, ("cdr",)),
)
"""The systems each profession's degrees call for; a holder of several counts as the first."""
_BESIDE_CREDIT = ("moc",)
"""Points of a board's program: never the credit itself."""


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
    if main in _BESIDE_CREDIT and _named_systems(certificate):
        return Credits(kind=_named_kind(certificate), others=_others(mentions, None))
    awarded = _chosen(mentions, main, is_awarded=True)
    designated = _chosen(mentions, main, is_awarded=False)
    return Credits(
        awarded=awarded.number_candidate() if awarded else None,
        designated=designated.number_candidate() if designated else None,
        kind=_kind(certificate, mentions, main, is_told=_is_main_told(certificate, mentions, main, credentials)),
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


def _is_main_told(
    certificate: CertificatePage, mentions: Sequence[Mention], main: str | None, credentials: Sequence[str]
) -> bool:
    """Whether the holder's system is certain: where several professions' credit is awarded on one page (`is awarded
    … or is awarded …`), only the holder's degrees tell which is meant. Where the page names a system of the holder's
    profession and awards another's, what it awards of the first was not read."""
    awarded = {m.system for m in mentions if m.is_awarded and m.system not in (None, *_BESIDE_CREDIT)}
    professions = {next((name for name, own in _PROFESSION_OF if system in own), system) for system in awarded}
    held = _profession_systems(credentials)
    if main in held:
        return True
    return len(professions) <= 1 and not (main in _OF_A_PROFESSION and set(held) & set(_named_systems(certificate)))


def _profession_systems(credentials: Sequence[str]) -> tuple[str, ...]:
    """The systems of the holder's profession, the likeliest first; empty where no degree tells."""
    held = {re.sub(r"\W", "", credential).upper() for credential in credentials}
    return next((systems for degrees, systems in _BY_DEGREE if held & degrees), ())


def _chosen(mentions: Sequence[Mention], main: str | None, *, is_awarded: bool) -> Mention | None:
    """The surest mention of that verb and system; one without a system stands in."""
    pool = [m for m in mentions if m.is_awarded is is_awarded]
    own = [m for m in pool if m.system == main] or [m for m in pool if m.system is None or main is None]
    return max(own, key=lambda mention: mention.sureness, default=None)


def _kind(
    certificate: CertificatePage, mentions: Sequence[Mention], main: str | None, *, is_told: bool
) -> Candidate | None:
    if main is None:
        return _named_kind(certificate)
    pool = sorted(
        (m for m in mentions if m.system == main), key=lambda mention: (not mention.is_awarded, -mention.sureness)
    )
    sureness = pool[0].sureness if is_told else min(pool[0].sureness, _UNTOLD)
    return Candidate(main, pool[0].unit_words, sureness, "unit" if is_told else f"unit{ONE_OF_SEVERAL}")


def _named_kind(certificate: CertificatePage) -> Candidate | None:
    """A system named without a number, where only one is."""
    found = _named_systems(certificate)
    if len(found) != 1:
        return None
    system, words = next(iter(found.items()))
    return Candidate(system, words, 0.75, "named")


def _named_systems(certificate: CertificatePage) -> dict[str, tuple[Word, ...]]:
    """The credit systems the page names, each with the words that do so first."""
    found: dict[str, tuple[Word, ...]] = {}
    for unit in UNITS:
        match = unit.pattern.search(certificate.text) if unit.system not in (GENERIC, *_BESIDE_CREDIT) else None
        if match:
            found.setdefault(unit.system, certificate.running.words_between(*name_span(match)))
    return found


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
    if match is None or (
        "\n" in text[end : end + match.start("number")].strip(" ")
        and ":" not in text[end : end + match.start("number")]
    ):
        return None
    return (end + match.start("number"), end + match.end("number"))


def _number_in_table(certificate: CertificatePage, start: int, end: int) -> tuple[int, int] | None:
    """Where the number of a column's head or a row's label at `start:end` is printed: right of it on its row, or in
    the first row below it."""
    words = certificate.running.words_between(start, end)
    line = certificate.line_at(start)
    if (
        not words
        or len(certificate.line_texts[line].split()) > _HEAD_WORDS
        or certificate.text[end : end + 1] not in ("", "\n", " ")
    ):
        return None
    head = words[-1].box
    left = min(word.box.x0 for word in words if is_same_row(word.box, head))
    below, beside = [], []
    for index, other in enumerate(certificate.lines):
        offset, start = certificate.line_starts[index], 0
        for word in other.words:
            start = other.text.find(word.text, start)
            place = (offset + start, offset + start + len(word.text))
            start += len(word.text)
            if _CELL_NUMBER.fullmatch(word.text) and index != line:
                if is_same_row(word.box, head) and word is other.words[0] and word.box.x0 > head.x1:
                    beside.append((word.box.x0, place))
                drop = word.box.y0 - head.y1
                if (
                    word.box.y0 - head.y0 > 0
                    and drop <= 3 * head.height
                    and word.box.x0 < head.x1
                    and min(left, head.x0 - 0.06) - 0.005 < word.box.x0
                    and not _names_a_system(other.text)
                ):
                    below.append((word.box.y0, place))
    found = min(beside, default=None) or min(below, default=None)
    return found[1] if found else None


def _names_a_system(text: str) -> bool:
    """Whether a credit system is named, so that the number beside it is its own."""
    return any(unit.pattern.search(text) for unit in UNITS if unit.system != GENERIC)


def _mention(certificate: CertificatePage, system: str, unit: re.Match[str], place: tuple[int, int]) -> Mention | None:
    number = _decimal(certificate.text[slice(*place)])
    if number is None or not 0 < number <= _MAX_CREDITS:
        return None
    start, end = min(unit.start(), place[0]), max(unit.end(), place[1])
    before, after = clause(certificate.text, start, end)
    is_awarded, sureness = verb(before, unit.group(), after, is_number_after=place[0] > unit.start())
    known = (
        system
        if system != GENERIC
        else hinted_system(certificate.text, unit.group(), before, f"{unit.group()} {after}")
    )
    is_apart = certificate.line_at(place[0]) != certificate.line_at(unit.start()) and end - start > _SPAN_OF_A_PHRASE
    name = name_span(unit)
    whole = min(name[0], place[0]), max(name[1], place[1])
    words = certificate.running.words_between(*(place if is_apart else whole))
    return Mention(
        system=known,
        number=canonical(number),
        is_awarded=is_awarded,
        words=words,
        unit_words=certificate.running.words_between(*name) or words,
        sureness=sureness - (0.0 if system != GENERIC else 0.03),
        is_subset=is_subset(certificate.text, place, unit),
        is_hours=BARE_HOURS.match(unit.group()) is not None,
    )


def _decimal(printed: str) -> Decimal | None:
    """The number; a comma is a decimal sign here and a leading O a zero, as no certificate has a thousand credits.

    After a zero that begins it a point was lost: `075`.
    """
    plain = re.sub(r"\s", "", printed).replace(",", ".").replace("O", "0").replace("o", "0")
    plain = re.sub(r"^0(?=\d{1,2}$)", "0.", plain)
    return Decimal(plain) if re.fullmatch(r"\d*\.?\d+", plain) else None
