"""Credit systems by the words they are printed with, and which system a page's plain `contact hours` belong to.

Systems and units after the credit systems of the AMA, AOA, AAFP, ANCC, ACPE, AAPA, AANP and CDR.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

GENERIC = "?"
"""A unit that does not name its system: hours, credits, contact hours."""

_CATEGORY_1 = r"Cat(?:egory|\.)?\s*[:.]?\s*(?:1|I|l|\||!|one)(?![\dI])"
_CREDITS = r"(?:\s*(?:CME\s+)?Credits?(?:\s*\(s\)|\s*\{s\)|\(s\}|s)?)?(?:\s*(?:™|TM|\(TM\)|®))?"
_CREDITS_AFTER = re.compile(_CREDITS + r"$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Unit:
    """A printed unit and its system's code."""

    system: str
    pattern: re.Pattern[str]


def _unit(system: str, pattern: str) -> Unit:
    return Unit(system, re.compile(pattern.replace(" ", r"\s+"), re.IGNORECASE))


UNITS = (
    _unit("ama_pra_2", r"\bAMA\s*PRA\s*Category\s*(?:2|II)\b" + _CREDITS),
    _unit(
        "ama_pra_1",
        rf"\bAMA\s*[-/.:]?\s*PRA\s*[:.]?\s*{_CATEGORY_1}{_CREDITS}|\bAMA {_CATEGORY_1}{_CREDITS}"
        rf"|\bPRA {_CATEGORY_1} Credits?{_CREDITS}"
        rf"|\b{_CATEGORY_1} credits?(?:\(s\))? (?:towards?|of|for|from) the (?:AMA|American Medical Association)"
        r"(?:'s)?(?: (?:PRA|Physician'?s?'? Recognition Award))?",
    ),
    _unit("aoa_1a", r"\b(?:AOA )?Category\s*(?:1|I)\s*-?\s*A\b" + _CREDITS + r"|\bAOA\s*1\s*-?\s*A\b"),
    _unit("aoa_1b", r"\b(?:AOA )?Category\s*(?:1|I)\s*-?\s*B\b" + _CREDITS + r"|\bAOA\s*1\s*-?\s*B\b"),
    _unit("aoa_2a", r"\b(?:AOA )?Category\s*(?:2|II)\s*-?\s*A\b" + _CREDITS + r"|\bAOA\s*2\s*-?\s*A\b"),
    _unit("aoa_2b", r"\b(?:AOA )?Category\s*(?:2|II)\s*-?\s*B\b" + _CREDITS + r"|\bAOA\s*2\s*-?\s*B\b"),
    _unit(
        "aafp_prescribed",
        r"\b(?:AAFP )?Prescribed (?:CME )?(?:credits?|hours?)(?:\(s\))?(?: hours?)?(?:\(s\))?|\bAAFP Prescribed\b",
    ),
    _unit("aafp_elective", r"\b(?:AAFP )?Elective (?:CME )?credits?(?:\(s\))?(?: hours?)?|\bAAFP Elective\b"),
    _unit("aapa_1", rf"\bAAPA {_CATEGORY_1}(?: CME)?{_CREDITS}"),
    _unit("ceptc", r"\b(?:category\s+1\s+)?CEPTCs?\b"),
    _unit("cdr", r"\bCPEU'?s?\b|\bcontinuing professional education units?\b(?: \(CPEUs?\))?|\bCPEs\b"),
    _unit("cope", r"\bCOPE (?:CE )?(?:credits?|hours?)\b|\bhours?(?:\(s\))? of Continuing Education credit by COPE\b"),
    _unit("cpme", r"\bCPME (?:credits?|contact hours?)\b|\bcontinuing education contact hours? .{0,40}podiatr"),
    _unit("moc", r"\b(?:Medical Knowledge )?(?:MOC|CC) points?\b"),
    _unit(
        "ancc",
        r"\b(?:ANCC|nursing|CNE|NCPD|continuing nursing education) (?:contact|cont[ae]nt|CE|credit)[\s-]*(?:hours?"
        r"|credits?)(?:\(s\))?|\b(?:contact )?hours?(?:\(s\))? of (?:ANCC|continuing nursing education)(?: credit)?"
        r"|\bCNE (?:hours?|credits?)\b|\bANCC contact hours?",
    ),
    _unit(
        "acpe",
        r"\b(?:ACPE|pharmacy|CPE|continuing pharmacy education|pharmacist) (?:contact|cont[ae]nt|CE"
        r"|credit)[\s-]*(?:hours?|credits?)(?:\(s\))?",
    ),
    _unit(
        "aanp", r"\bAANP (?:CE |contact |credit )?(?:hours?|credits?)(?:\(s\))?|\bcontact hours?(?:\(s\))? of AANP\b"
    ),
    _unit("agd_pace", r"\b(?:AGD(?: PACE)?|PACE) (?:CE )?(?:credits?|hours?|units?)(?:\(s\))?"),
    _unit("ada_cerp", r"\b(?:ADA )?CERP (?:CE )?(?:credits?|hours?|units?)(?:\(s\))?"),
    _unit("aswb", r"\b(?:ASWB(?: ACE)?|ACE|social work) (?:CE |continuing education )?(?:credits?|hours?)(?:\(s\))?"),
    _unit("nbcc", r"\bNBCC (?:CE |clock |contact )?(?:credits?|hours?)(?:\(s\))?"),
    _unit("crce", r"\bCRCE (?:contact )?(?:credits?|hours?)(?:\(s\))?"),
    _unit("apa", r"\bAPA (?:CE )?(?:credits?|hours?)\b"),
    _unit("ca_brn", r"\b(?:CA |California )?BRN contact hours?"),
    _unit(
        GENERIC,
        r"\b(?:continuing education |CE |CEU |CME |CNE |education(?:al)? )?(?:contact|contant"
        r"|cont[ae]ct)[\s-]*(?:hours?|hrs?)(?:\s*\(s\)|s)?",
    ),
    _unit(
        GENERIC,
        r"\b(?:CME|CE|CPD|CEU|continuing (?:medical |\w+ )?education)[\s-]*(?:credit[\s-]*hours?|hours?/credits?"
        r"|credits?|hours?)(?:\s*\(s\))?",
    ),
    _unit(
        GENERIC,
        r"\bcredit[\s-]*hours?(?:\s*\(s\))?|\bcredits?(?:\s*\(s\)|\{s\)|\(s\})?(?! (?:to|is|was|from|accepted"
        r"|must))|\bhours?(?:\(s\))? of (?:continuing (?:\w+ )?education|CE|CME)(?: credits?)?",
    ),
    _unit(GENERIC, r"\b(?:hours?|hrs)\b(?:\(s\))?"),
)
"""Tried in this order at every place: a unit that names its system before one that does not."""


def name_span(match: re.Match[str]) -> tuple[int, int]:
    """Where the match of a unit's pattern names its system: without the word for credits and its trademark sign, which
    print often makes illegible, where the rest is a name by itself."""
    name = _CREDITS_AFTER.sub("", match.group())
    named = match.re.fullmatch(name) is not None
    return (match.start(), match.start() + len(name)) if named else match.span()


def named_systems(text: str) -> Iterator[tuple[int, int, str]]:
    """Units that name their system, in the order of `UNITS`."""
    for unit in UNITS:
        if unit.system != GENERIC:
            yield from ((match.start(), match.end(), unit.system) for match in unit.pattern.finditer(text))


_HINTS = (
    (
        "ancc",
        r"American Nurses Credentialing|\bANCC\b|nurses association|continuing nursing education"
        r"|\bnursing\b.{0,30}contact hours",
    ),
    ("acpe", r"Council for Pharmacy Education|\bACPE\b|\d{4}-\d{3,4}-\d\d-\d{3}-[LHBJ]\d\d-[PT]|\bNABP\b|CPE Monitor"),
    ("aanp", r"American (?:Association|Academy) of Nurse Pract\w+|\bAANP\b"),
    ("ca_brn", r"California Board of Registered Nursing|\bCalifornia BRN\b|\bCA BRN\b|\bBRN Provider\b"),
    ("npwh", r"Nurse Practitioners? in Women'?s Health|\bNPWH\b"),
    ("cope", r"\bCOPE\b"),
    ("apa", r"American Psychological Association"),
    ("aswb", r"Association of Social Work Boards|\bASWB\b"),
    ("nbcc", r"National Board (?:for|of) Certified Counselors|\bNBCC\b"),
    ("crce", r"American Association for Respiratory Care|\bCRCE\b"),
    ("cdr", r"Commission (?:on|of) Dietetic Registration"),
    ("ceptc", r"\bCEPTC"),
    ("agd_pace", r"Academy of General Dentistry|\bAGD\b"),
    ("ada_cerp", r"\bADA\b|American Dental Association|\bCERP\b"),
    ("cpme", r"Council on Podiatric Medical Education|\bCPME\b"),
    ("aapa_1", r"\bAAPA\b|Physician Assistant Review Panel"),
    ("aafp_prescribed", r"American Academy of Family Physicians"),
)
_COMPILED_HINTS = tuple((system, re.compile(pattern.replace(" ", r"\s+"), re.IGNORECASE)) for system, pattern in _HINTS)
_NURSING_UNIT = re.compile(r"contact|nurs|CNE", re.IGNORECASE)
_JOINT = re.compile(r"healthcare\s+team|jointly\s+accredited", re.IGNORECASE)


def hinted_system(text: str, unit: str, before: str, after: str) -> str | None:
    """The system of a plain `unit` on a page with `text`; `before` and `after` stand in its sentence.

    An accreditor named in the unit's own sentence decides; else the only one named on the page, setting a joint
    accreditation statement aside. None where the page does not tell.
    """
    own = _named(after) or _named(before)
    if own:
        return own[0]
    named = [system for system in _named(text) if system != "aapa_1" or "contact" not in unit.lower()]
    if not _NURSING_UNIT.search(unit):
        named = [system for system in named if system not in {"ancc"}] or named
    if len(named) > 1 and _JOINT.search(text):
        named = _in_own_statement(text, named)
    if len(named) > 1 and "ancc" in named and "ca_brn" in named:
        named = ["ancc"]
    return named[0] if named else None


def _in_own_statement(text: str, named: list[str]) -> list[str]:
    """Of systems named on a page with a joint statement, those named outside of it too, first."""
    rest = re.sub(r"[^.]*?(?:healthcare\s+team|jointly\s+accredited)[^.]*\.?", " ", text, flags=re.IGNORECASE)
    outside = [system for system in _named(rest) if system in named]
    return outside + [system for system in named if system not in outside]


def _named(text: str) -> list[str]:
    """Systems whose accreditor is named in `text`, special ones before the general."""
    found = [system for system, pattern in _COMPILED_HINTS if pattern.search(text)]
    order = (
        "npwh",
        "cope",
        "apa",
        "aswb",
        "nbcc",
        "crce",
        "agd_pace",
        "ada_cerp",
        "cpme",
        "aanp",
        "acpe",
        "ancc",
        "ca_brn",
        "cdr",
        "ceptc",
        "aapa_1",
        "aafp_prescribed",
    )
    return sorted(found, key=order.index)
