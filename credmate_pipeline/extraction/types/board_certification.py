"""Board certifications (ABMS, AOA, NBPAS, NCCPA, ANCC and others): fields, phrases, rules and reading."""

import re
from collections.abc import Sequence

from credmate_pipeline.extraction import finders, values
from credmate_pipeline.extraction.document_type import Cue, DocumentType, FieldKind, FieldSpec
from credmate_pipeline.extraction.fields import Field, Item
from credmate_pipeline.extraction.finders import Span
from credmate_pipeline.extraction.form_labels import (
    EXPIRATION_LABELS,
    EXPIRATION_PHRASES,
    ISSUE_LABELS,
    ISSUE_PHRASES,
    NAME_LABELS,
)
from credmate_pipeline.extraction.holder import labelled_people, people_after, people_before, people_with_degrees
from credmate_pipeline.ocr.reading import Page, Reading
from credmate_pipeline.validation.rules.common import COMMON_RULES

_WORDS = r"[A-Z][\w&-]*(?:,? (?:(?:and|&|of|the) )?[A-Z][\w-]*){0,6}"
_BOARD = (
    r"\b((?:The )?American (?:Osteopathic )?Board of (?:(?:Osteopathic )?" + _WORDS + r")"
    r"|National Board of Physicians and Surgeons|National Commission on Certification of Physician Assistants"
    r"|American Nurses Credentialing Center|American Academy of Nurse Practitioners Certification Board"
    r"|National Board (?:of|for) Certification (?:and|&) Recertification (?:of|for) Nurse Anesthetists"
    r"|Bureau of Osteopathic Specialists"
    r"|(?:THE )?AMERICAN (?:OSTEOPATHIC )?BOARD OF [A-Z]+(?:,? (?:AND |& )?[A-Z]+){0,5}"
    r"|Royal College of " + _WORDS + r")"
)
_BOARD_LABELS = (
    r"(?:certifying |specialty |member )?board(?: name)?",
    r"certifying (?:body|organization|agency)",
    r"certified by",
)
_SPECIALTY_LABELS = (
    r"(?:primary |general )?(?:specialty|speciality)(?: certification| certificate)?(?: name)?",
    r"(?:area of )?(?:certification|certificate)(?: type| name| in| area)?",
    r"certified in|diplomate in",
    r"sub-?specialty",
)
_SPECIALTY_PHRASES = (
    r"\bspecialty of\b",
    r"\bdiplomate (?:of this board )?(?:in|of)(?: the (?:specialty|field) of)?\b(?! the)",
    r"\bcertifi(?:ed|cation) (?:as a specialist )?in(?: the (?:specialty|practice|field) of)?\b",
    r"\bpractice of\b",
    r"\bfield of\b",
    r"\bqualified (?:as a )?(?:specialist )?in\b",
)
SPECIALTIES = (
    "Allergy and Immunology",
    "Anesthesiology",
    "Colon and Rectal Surgery",
    "Dermatology",
    "Emergency Medicine",
    "Family Medicine",
    "Family Practice",
    "Family Nurse Practitioner",
    "Internal Medicine",
    "Medical Genetics and Genomics",
    "Neurological Surgery",
    "Neurosurgery",
    "Nuclear Medicine",
    "Obstetrics and Gynecology",
    "Ophthalmology",
    "Orthopaedic Surgery",
    "Orthopedic Surgery",
    "Otolaryngology",
    "Otolaryngology - Head and Neck Surgery",
    "Pathology",
    "Anatomic Pathology and Clinical Pathology",
    "Pediatrics",
    "Physical Medicine and Rehabilitation",
    "Plastic Surgery",
    "Preventive Medicine",
    "Psychiatry",
    "Neurology",
    "Psychiatry and Neurology",
    "Diagnostic Radiology",
    "Radiology",
    "Radiation Oncology",
    "General Surgery",
    "Surgery",
    "Vascular Surgery",
    "Thoracic Surgery",
    "Thoracic and Cardiac Surgery",
    "Urology",
    "Addiction Medicine",
    "Cardiovascular Disease",
    "Critical Care Medicine",
    "Endocrinology, Diabetes and Metabolism",
    "Gastroenterology",
    "Geriatric Medicine",
    "Hematology",
    "Hospice and Palliative Medicine",
    "Infectious Disease",
    "Interventional Cardiology",
    "Medical Oncology",
    "Nephrology",
    "Pain Medicine",
    "Physician Assistant",
    "Adult-Gerontology Primary Care Nurse Practitioner",
    "Psychiatric-Mental Health Nurse Practitioner",
    "Nurse Anesthesia",
    "Pulmonary Disease",
    "Rheumatology",
    "Sleep Medicine",
    "Sports Medicine",
    "Child and Adolescent Psychiatry",
    "Neonatal-Perinatal Medicine",
    "Maternal-Fetal Medicine",
)
_SPECIALTY = (
    r"(?<![\w-])("
    + "|".join(
        re.escape(name).replace(r"\ ", r"\s+").replace("and", "(?:and|&)").replace(r"\-", r"\s?[-–]\s?")
        for name in sorted(SPECIALTIES, key=len, reverse=True)
    )
    + r")(?![\w-])"
)
_NUMBER_LABELS = (
    r"(?:certificate|certification|diplomate|board|id)(?: id)? ?(?:number|no\.?|#|id)",
    r"(?:number|no\.?|#)",
)
_NUMBER_PHRASES = (r"\b(?:certificate|certification|diploma) (?:number|no\.?|#)[:\s]*(?=.{0,12}\d)",)
_CERTIFIED = (
    r"(?:is|has been|was) (?:\w+ ){0,4}(?:certified|awarded|granted|recognized|a diplomate|declared)",
    r"having (?:satisf|complied|met|passed|fulfilled|successfully|demonstrated|pursued)",
    r"has (?:satisf|met|passed|fulfilled|successfully|demonstrated|completed|complied)",
    r"(?:is|as) an? (?:\w+ )?diplomate",
)


def read_certifications(reading: Reading) -> tuple[Item, ...]:
    """One item of the whole document; one a page where pages hold different specialties."""
    return finders.items_of(reading, _certification, "specialty")


def _certification(pages: Sequence[Page]) -> Item:
    return finders.item_of(
        (
            _board(pages),
            _specialty(pages),
            finders.first(
                labelled_people(pages, NAME_LABELS),
                people_after(pages),
                people_before(pages, _CERTIFIED),
                people_with_degrees(pages),
            ),
            finders.first(
                finders.by_label(pages, "certificate_number", _NUMBER_LABELS[:1], values.codes),
                finders.by_phrase(pages, "certificate_number", _NUMBER_PHRASES, values.codes),
                finders.by_label(pages, "certificate_number", _NUMBER_LABELS[1:], values.codes),
            ),
            finders.first(
                finders.by_label(pages, "issue_date", ISSUE_LABELS, values.range_begins),
                finders.by_phrase(pages, "issue_date", ISSUE_PHRASES, values.range_begins),
            ),
            finders.first(
                finders.by_label(pages, "expiration_date", EXPIRATION_LABELS, values.dates),
                finders.by_phrase(pages, "expiration_date", EXPIRATION_PHRASES, values.dates),
            ),
        )
    )


def _board(pages: Sequence[Page]) -> Field | None:
    pattern = re.compile(_BOARD)

    def boards(text: str) -> list[Span]:
        return [
            (*match.span(1), re.sub(r"^the\s+", "", " ".join(match[1].split()), flags=re.IGNORECASE))
            for match in pattern.finditer(text)
        ]

    return finders.first(
        finders.by_label(pages, "board", _BOARD_LABELS, boards),
        finders.by_lines(pages, "board", boards, factor=0.98, method="rules:phrase", chosen=lambda line: True),
        finders.by_label(pages, "board", _BOARD_LABELS, values.text_up_to(80)),
    )


def _specialty(pages: Sequence[Page]) -> Field | None:
    known = values.matching(_SPECIALTY, lambda match: " ".join(match[1].split()))
    return finders.first(
        finders.by_label(pages, "specialty", _SPECIALTY_LABELS, known),
        finders.by_phrase(pages, "specialty", _SPECIALTY_PHRASES, known),
        finders.by_lines(
            pages,
            "specialty",
            known,
            factor=0.95,
            method="rules:layout",
            chosen=lambda line: not _names_board(line.text),
        ),
        finders.by_label(pages, "specialty", _SPECIALTY_LABELS[:1], values.text_up_to(60)),
        finders.by_scan(pages, "specialty", known, factor=0.85, method="rules:board-name"),
    )


def _names_board(text: str) -> bool:
    return (
        re.search(r"\bboard of\b|\bdirector\b|\bsecretary\b|\bchair\b|\bpresident\b", text, re.IGNORECASE) is not None
    )


DOCUMENT_TYPE = DocumentType(
    name="board_certification",
    title="board certification",
    fields=(
        FieldSpec("board", FieldKind.TEXT, is_required=True),
        FieldSpec("specialty", FieldKind.TEXT, is_required=True),
        FieldSpec("holder_name", FieldKind.NAME, is_required=True),
        FieldSpec("certificate_number", FieldKind.NUMBER),
        FieldSpec("issue_date", FieldKind.DATE),
        FieldSpec("expiration_date", FieldKind.DATE),
    ),
    cues=(
        Cue(
            r"\bamerican (?:osteopathic )?board of (?!medical specialties\b)\w+|\bbureau of osteopathic specialists\b"
            r"|\bnational board of physicians and surgeons\b"
            r"|\bnational commission on certification of physician assistants\b",
            2.5,
        ),
        Cue(r"\bdiplomate\b", 2.0),
        Cue(r"\bboard[- ]certif(?:ied|ication)\b", 1.5),
        Cue(r"\b(?:standards|requirements) (?:for certification|of this board)\b", 1.0),
        Cue(
            r"\bcertified (?:as a specialist )?in\b|\bspecialty of\b|\bis (?:hereby )?(?:certified|a diplomate)\b"
            r"|\bspecialty certificat\w+\b|\bcertification in\b",
            1.5,
        ),
        Cue(r"\bmaintenance of certification\b|\bcontinuing certification\b|\bmaintaining certification\b", 1.0),
        Cue(r"\bcertificate (?:number|no\b|#)|\bspecialty\b|\bcertifies that\b|\bconferred\b|\brecertif\w+\b", 0.7),
        Cue(r"\bmember (?:board )?of the american board of medical specialties\b|\bABMS\b", 1.0),
        Cue(
            r"\bcredits?\b|\bcontact hours?\b|\bcontinuing (?:medical )?education\b|\b(?:has|have) participated\b"
            r"|\baccreditation\b|\bMOC points\b",
            -3.0,
        ),
        Cue(r"\blicen[sc]e (?:number|no\b|#)|\bpolicy number\b|\bdrug enforcement\b", -2.0),
        Cue(r"\bdear (?:dr|mr|ms|colleague|sir)\b|\bcurriculum vitae\b|\b(?:residency|fellowship)\b", -2.5),
    ),
    extract=read_certifications,
    rules=COMMON_RULES,
)
