"""State licenses: wall certificates, pocket cards and printed web verifications; fields, phrases, rules, reading."""

import re
from collections.abc import Iterator, Sequence

from credmate_pipeline.extraction import finders, terms, values
from credmate_pipeline.extraction.document_type import Cue, DocumentType, FieldKind, FieldSpec
from credmate_pipeline.extraction.fields import Field, Item
from credmate_pipeline.extraction.form_labels import (
    EXPIRATION_LABELS,
    ISSUE_LABELS,
    NAME_LABELS,
    STATUS,
)
from credmate_pipeline.extraction.holder import (
    labelled_people,
    people_above_address,
    people_after,
    people_before,
    people_in_headings,
    people_in_sentences,
    people_with_degrees,
)
from credmate_pipeline.extraction.issuing_state import issuing_state
from credmate_pipeline.extraction.states import STATE_NAMES
from credmate_pipeline.ocr.reading import Page, Reading
from credmate_pipeline.validation.rules.common import COMMON_RULES
from credmate_pipeline.validation.rules.license import LICENSE_RULES

_KIND = r"(?:license|licence|registration|certificate|certification|permit|credential)"
_NUMBER_LABELS = (
    r"(?:permanent |medical |physician |professional |full |rn |aprn |nursing )*(?:license|licence) (?:number"
    r"|no\.?|#|id)",
    rf"{_KIND}(?: ?/ ?{_KIND})+ (?:number|no\.?|#)",
    r"lic(?:ense|\.)? ?(?:no\.?|#|nbr\.?)",
    r"(?:certificate|registration|credential|permit|id) (?:number|no\.?|#)",
    r"(?:license|licence) ?(?:#|id)?",
    r"licens(?:ing|e) details for",
    r"(?:permanent|state|board) ?i\.?d\.?(?: no\.?| number)?",
    r"number|no\.?|#",
)
_NUMBER_PHRASES = (
    r"\b(?:license|licence|certificate|registration|permit|credential)(?: ?/ ?\w+)? (?:number|no\.?|#"
    r"|nbr\.?)[:\s]*(?=.{0,12}\d)",
    r"\blicen[sc]e\b[^.\n]{0,60}?\bnumber\b[:\s]*(?=.{0,12}\d)",
    r"\blic(?:ense)?\.? ?#?[:\s]*(?=[A-Z]{0,3}\d)",
    r"\breference number\(s\),? classification\(s\)[^\n]{0,20}",
)
_TYPE_LABELS = (
    r"(?:license|licence|credential|certificate|registration)(?: ?/ ?\w+)? type",
    r"type of (?:license|licence)",
    r"profession(?:al title)?|occupation|discipline|licensed as(?: an?)?",
    r"(?:license|licence) (?:class(?:ification)?|category|description)",
    r"type",
)
_TYPES = (
    r"\b((?:osteopathic )?physicians? (?:and|&) surgeons?(?: [A-G]\b)?|osteopathic physicians?"
    r"|doctors? of (?:osteopathic )?medicine"
    r"|medical doctors?|medical physicians? (?:and|&) surgeons?|(?:advanced practice )?registered nurse"
    r"|(?:certified |family )?nurse practitioner|licensed (?:practical|vocational) nurse|physician(?:'s)? assistant"
    r"|(?:practice )?medicine (?:and|&) surgery|osteopathic medicine(?: (?:and|&) surgery)?|physician"
    r"|pharmacist|dentist)\b"
)
_TYPE_PHRASES = (
    r"\b(?:licensed|registered|practi[cs]e|qualified)(?: (?:and|to|in|this|state|new york|practi[cs]e|through|[\d/]+))*"
    r" as an?(?:\(n\))?\b",
    r"\bto practi[cs]e(?: as an?)?\b",
    r"\bpractice of\b",
)
_NO_TYPE = re.compile(r"\d{3}|^(?:no(?:ne)?|n/a|not)\b", re.IGNORECASE)
_STATUS_LABELS = (
    r"(?:license |licence |registration |credential |primary |current )?status(?: description)?",
    r"standing",
)
_LICENSED = (
    r"(?:is|has been|was|having) (?:\w+ ){0,4}(?:licensed|granted|registered|authorized|found qualified|issued)",
    r"having (?:satisf|complied|met|passed|given|furnished|fulfilled|submitted|presented)",
    r"has (?:satisf|complied|met|passed|fulfilled|qualified)",
    r"to practice",
)


_STATES = "|".join(name.replace(" ", r"\s") for name in STATE_NAMES.values())
_LABELS = (*_NUMBER_LABELS, *_STATUS_LABELS, *NAME_LABELS, *ISSUE_LABELS, *EXPIRATION_LABELS, *_TYPE_LABELS)


def read_licenses(reading: Reading) -> tuple[Item, ...]:
    """One item of the whole document; one a page where pages hold different numbers."""
    return finders.items_of(reading, _license, "license_number")


def _license(pages: Sequence[Page]) -> Item:
    other_numbers = finders.by_label(pages, "license_number", _NUMBER_LABELS[3:], values.codes)
    return finders.item_of(
        (
            finders.first(
                finders.by_label(pages, "license_number", _NUMBER_LABELS[:3], _numbers),
                finders.by_phrase(pages, "license_number", _NUMBER_PHRASES, values.codes),
                finders.by_caption(pages, "license_number", _NUMBER_LABELS[:4], values.codes),
                () if _has_number_label(pages) else other_numbers,
            ),
            issuing_state(pages),
            _license_type(pages),
            finders.first(
                labelled_people(pages, NAME_LABELS),
                people_after(pages),
                people_before(pages, _LICENSED),
                people_above_address(pages),
                people_in_sentences(pages),
                people_in_headings(pages),
                people_with_degrees(pages),
            ),
            terms.issue_date(pages),
            terms.expiration_date(pages),
            finders.first(
                finders.by_label(pages, "license_status", _STATUS_LABELS, _status),
                finders.by_phrase(
                    pages,
                    "license_status",
                    (r"\bstatus\b[:\s]*(?:is )?(?:an? )?(?=" + STATUS + ")",),
                    values.matching(STATUS),
                ),
            ),
        )
    )


def _numbers(text: str) -> Iterator[finders.Span]:
    """License numbers; where nothing but digits after a dollar sign is there, it was an S: `$9419`."""
    return values.codes(re.sub(r"^\$(?=\d{4,6}$)", "S", text))


def _has_number_label(pages: Sequence[Page]) -> bool:
    """Whether the license number is labelled as such: then no other number on the page is it."""
    return any(re.search(r"\blicen[sc]e\s*(?:no\b|number|#)", page.text, re.IGNORECASE) for page in pages)


def _license_type(pages: Sequence[Page]) -> Field | None:
    return finders.first(
        finders.by_label(pages, "license_type", _TYPE_LABELS, _type_text, wraps=finders.text_goes_on, others=_LABELS),
        finders.by_phrase(pages, "license_type", _TYPE_PHRASES, values.matching(_TYPES)),
        finders.by_scan(pages, "license_type", values.matching(_TYPES), factor=0.9, method="rules:phrase"),
    )


def _type_text(text: str) -> list[finders.Span]:
    """What is printed as a type, unless it is a date or a number."""
    return [span for span in values.text_up_to(60)(text) if not _NO_TYPE.search(str(span[2]))]


def _status(text: str) -> list[finders.Span]:
    """What is printed as the status, if it has a word of one: "Renewed & Current"; specks before it left out."""
    first = re.search(STATUS, text, re.IGNORECASE)
    lead = first.start() if first and first.start() <= 3 else 0
    found = values.text_up_to(40)(text[lead:]) if first else ()
    return [(start + lead, end + lead, value) for start, end, value in found]


DOCUMENT_TYPE = DocumentType(
    name="license",
    title="state license",
    fields=(
        FieldSpec("license_number", FieldKind.NUMBER, is_required=True),
        FieldSpec("state", FieldKind.STATE, is_required=True),
        FieldSpec("license_type", FieldKind.TEXT),
        FieldSpec("holder_name", FieldKind.NAME, is_required=True),
        FieldSpec("issue_date", FieldKind.DATE),
        FieldSpec("expiration_date", FieldKind.DATE),
        FieldSpec("license_status", FieldKind.TEXT),
    ),
    cues=(
        Cue(
            r"\b(?:license|licence|lic\.|credential)(?: ?/ ?(?:registration|permit|certificat\w+))*"
            r" ?(?:number|no\b|#|nbr|id\b)",
            2.0,
        ),
        Cue(
            r"\b(?:licensee|license (?:name|general information|type|status|details|verification|look-?up"
            r"|search|expiration|information"
            r"|description)"
            r"|licensing details)\b"
            r"|\bverification of (?:\w+ )?licensure\b|\bnurse license verification\b|\bcertificate of licensure\b",
            2.0,
        ),
        Cue(
            r"\bboard (?:of|for) (?:\w+ ){0,3}?(?:registration in medicine|medical practice|medicine"
            r"|medical examiners|nursing"
            r"|registered nursing|osteopathic \w+"
            r"|pharmacy"
            r"|physicians|licensure|healing arts|examiners|registration)\b|\bmedical (?:board|commission|licensing)\b"
            r"|\bstate medical\b|\bmedical examiners\b|\bmedical quality assurance\b"
            r"|\b(?:health|professional|occupational|vocational|medical) licens(?:ure|ing)\b"
            r"|\boffice of the professions\b",
            1.5,
        ),
        Cue(
            r"\blicensed? (?:\w+ ){0,2}to (?:engage in the )?practi[cs]e\b"
            r"|\bto practi[cs]e (?:as an? )?(?:\w+ )?(?:medicine|nursing|physician)"
            r"|\b(?:authorized|permitted|entitled|registered|qualified) to (?:engage in the )?practi[cs]e\b"
            r"|\bpractice of (?:osteopathic )?(?:medicine|nursing)\b",
            2.5,
        ),
        Cue(
            r"\bis (?:hereby |duly )?(?:licensed|authorized to practice|granted (?:a|this) license)\b"
            r"|\bas an? (?:duly )?(?:qualified |licensed |registered ){1,2}(?:osteopathic )?(?:physician|nurse)"
            r"|\b(?:licensed|registered) as an? (?:osteopathic )?(?:physician|nurse)",
            1.5,
        ),
        Cue(
            rf"\b(?:medical|nursing) board of (?:{_STATES})\b|\b(?:{_STATES}) (?:state )?(?:\w+ )?"
            r"(?:medical|nursing|health) (?:board|commission|professions)\b"
            rf"|\b(?:{_STATES}) (?:state )?board of (?:medicine|physicians|nursing|osteopathic|registered)",
            1.0,
        ),
        Cue(r"\bholds an? (?:\w+ ){0,3}licen[sc]e\b", 2.0),
        Cue(r"\bphysician (?:full )?licen[sc]e\b|\b(?:full|medical|physician) licen[sc]e\b", 1.0),
        Cue(
            r"\bphysicians? (?:and|&) surgeons?\b|\bregistered nurse\b|\bmedicine (?:and|&) surgery\b"
            r"|\bmedical doctor\b|\bosteopathic physician\b|\bphysician assistant\b|\bnurse practitioner\b",
            1.0,
        ),
        Cue(r"\bdisciplin(?:e|ary)\b|\b(?:public record|board) actions?\b|\baddress of record\b", 0.8),
        Cue(r"\bcompact (?:status|state)\b|\bmulti-?state\b|\bquickconfirm\b|\bnursys\b", 1.5),
        Cue(r"\b(?:state|commonwealth) of (?!the union)\w+", 0.7),
        Cue(r"\blicense\b|\blicensure\b", 0.7),
        Cue(r"\bexpiration date\b|\bexpires\b", 0.4),
        Cue(r"\bdepartment of (?:health|consumer affairs|professional|state|licensing|commerce|regulatory)\b", 0.8),
        Cue(
            r"\bcontrolled (?:dangerous )?substances?\b|\bdrug (?:enforcement|control)\b|\bbureau of narcotics\b"
            r"|\b(?:CDS|BNDD|OBNDD|MCSR|CSR)\b",
            -3.5,
        ),
        Cue(r"\bcertificate of (?:liability )?insurance\b|\bpolicy number\b|\bnamed insured\b", -3.0),
        Cue(
            r"\bcredits?\b|\bcontact hours?\b|\bcontinuing (?:medical )?education\b|\bhas (?:completed|participated)\b",
            -2.5,
        ),
        Cue(
            r"\bdiplomate\b|\bboard certified\b|\bamerican (?:osteopathic )?board of\b"
            r"|\bcertification (?:number|board)\b",
            -2.5,
        ),
        Cue(r"\bvoted to deny\b|\bdeny licensure\b|\brequest a hearing\b|\byour (?:request|application)\b", -3.0),
        Cue(r"\bdear (?:dr|mr|ms|provider|colleague)\b|\bcurriculum vitae\b", -2.5),
        Cue(r"\bdriver'?s? licen[sc]e\b", -3.0),
        Cue(r"\bpayment (?:receipt|method)\b|\btransaction (?:id|date|number)\b|\btotal paid\b", -3.0),
    ),
    extract=read_licenses,
    rules=(*LICENSE_RULES, *COMMON_RULES),
)
