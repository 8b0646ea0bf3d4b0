"""Board certifications (ABMS, AOA, NBPAS, NCCPA, ANCC and others): fields, phrases, rules and reading."""

import re
from collections.abc import Sequence

from credmate_pipeline.extraction import finders, terms, values
from credmate_pipeline.extraction.certifying_boards import BOARD_NAMES, OTHER_BOARDS, find_boards, find_unknown_boards
from credmate_pipeline.extraction.document_type import Cue, DocumentType, FieldKind, FieldSpec
from credmate_pipeline.extraction.fields import Field, Item
from credmate_pipeline.extraction.form_labels import NAME_LABELS
from credmate_pipeline.extraction.holder import (
    labelled_people,
    people_after,
    people_before,
    people_in_headings,
    people_in_sentences,
    people_with_degrees,
)
from credmate_pipeline.extraction.specialties import find_specialties
from credmate_pipeline.ocr.reading import Page, Reading
from credmate_pipeline.validation.rules.common import COMMON_RULES

_BOARD_LABELS = (
    r"(?:certifying |specialty |member )?board(?: name)?",
    r"certifying (?:body|organization|agency)",
    r"certified by",
)
_SPECIALTY_LABELS = (
    r"(?:primary |general )?(?:specialty|speciality)(?: certification| certificate)?(?: name)?",
    r"(?:area of )?(?:certification|certificate)(?: type| name| in| area| program)?",
    r"certified in|diplomate in",
    r"sub-?specialty",
)
_SPECIALTY_PHRASES = (
    r"\bcertified by (?:the )?american (?:osteopathic )?board of [\w\s,&-]{4,70}? in\b",
    r"\bspecialty of\b",
    r"\bdiplomate (?:of this board )?(?:in|of)(?: the (?:specialty|field) of)?\b(?! the)",
    r"\bcertifi(?:ed|cation) (?:as a specialist )?in(?: the (?:specialty|practice|field) of)?\b",
    r"\bcertified as an?\b",
    r"\bpractice of\b",
    r"\bfield of\b",
    r"\bqualified (?:as a )?(?:specialist )?in\b",
)
_NUMBER_LABELS = (
    r"(?:certificate|certification|certificant|diplomate|board|NCCPA|id)(?: id)? ?(?:number|no\.?|#|id)",
    r"(?:number|no\.?|#)",
)
_NUMBER_PHRASES = (
    r"\b(?:certificate|certification|diploma) (?:number|no\.?|#)[:\s]*(?=.{0,12}\d)",
    r"\bcertificate (?=\d{4,}\b)",
)
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
                people_in_sentences(pages),
                people_in_headings(pages),
                people_with_degrees(pages),
            ),
            finders.first(
                finders.by_label(pages, "certificate_number", _NUMBER_LABELS[:1], values.codes),
                finders.by_phrase(pages, "certificate_number", _NUMBER_PHRASES, values.codes),
                finders.by_caption(pages, "certificate_number", _NUMBER_LABELS[:1], values.codes),
                finders.by_label(pages, "certificate_number", _NUMBER_LABELS[1:], values.codes),
            ),
            terms.issue_date(pages),
            terms.expiration_date(pages),
        )
    )


def _board(pages: Sequence[Page]) -> Field | None:
    return finders.first(
        finders.by_label(pages, "board", _BOARD_LABELS, find_boards, wraps=finders.text_goes_on),
        finders.by_scan(pages, "board", _certifying, factor=0.98, method="rules:phrase", spelled=BOARD_NAMES),
        finders.by_label(pages, "board", _BOARD_LABELS, find_unknown_boards, wraps=finders.text_goes_on),
        finders.by_lines(
            pages, "board", find_unknown_boards, factor=0.8, method="rules:layout", chosen=lambda line: True
        ),
        finders.by_label(pages, "board", _BOARD_LABELS, values.text_up_to(80), wraps=finders.text_goes_on),
    )


def _certifying(text: str) -> list[finders.Span]:
    """Known boards, but for the umbrella bodies whose members they are, where a member is named."""
    found: list[finders.Span] = [
        span for span in find_boards(text) if not str(span[2]).lower().endswith("medical specialties")
    ]
    members = [span for span in found if not str(span[2]).lower().endswith("osteopathic specialists")]
    return members or found


def _specialty(pages: Sequence[Page]) -> Field | None:
    return finders.first(
        finders.by_label(pages, "specialty", _SPECIALTY_LABELS, find_specialties, wraps=finders.text_goes_on),
        finders.by_phrase(pages, "specialty", _SPECIALTY_PHRASES, values.on_its_line(find_specialties)),
        finders.by_phrase(pages, "specialty", _SPECIALTY_PHRASES, find_specialties),
        finders.by_lines(
            pages,
            "specialty",
            find_specialties,
            factor=0.95,
            method="rules:layout",
            chosen=lambda line: not _names_board(line.text),
        ),
        finders.by_label(pages, "specialty", _SPECIALTY_LABELS[:1], values.text_up_to(60), wraps=finders.text_goes_on),
        finders.by_scan(pages, "specialty", find_specialties, factor=0.5, method="rules:board-name"),
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
            r"\bamerican (?:osteopathic )?board of (?!medical specialties\b)\w+|" + OTHER_BOARDS,
            2.5,
        ),
        Cue(r"\bdiplomates?\b", 2.0),
        Cue(r"\bboard[- ]certif(?:ied|ication)\b", 1.5),
        Cue(r"\b(?:standards|requirements) (?:for (?:national )?certification|of this board)\b", 1.0),
        Cue(
            r"\bcertified (?:as a specialist )?in\b|\bspecialty of\b|\bis (?:hereby )?(?:certified|a diplomate)\b"
            r"|\bspecialty certificat\w+\b|\bcertification in\b|\bcertified as an?\b",
            1.5,
        ),
        Cue(
            r"\bmaintenance of certification\b|\b(?:continuing|maintaining|continuous) certification\b"
            r"|\bparticipating in (?:MOC|OCC|maintenance)\b|\b(?:MOC|OCC)\b",
            1.0,
        ),
        Cue(
            r"\bverification of (?:board )?certification\b|\b(?:board )?certification (?:verification|status|history)\b"
            r"|\bcertification matters\b",
            1.5,
        ),
        Cue(
            r"\bcertification (?:number|no\b|id|begins|expires|date)|\b(?:initial|date of|area of) certification\b"
            r"|\bdate certified\b|\bcertificant\b|\bcertifying board\b",
            1.2,
        ),
        Cue(
            r"\bcertificate (?:number|no\b|#)|\bspecialty\b|\bcertifies that\b|\bconferred\b|\brecertif\w+\b"
            r"|\bverifies that\b",
            0.7,
        ),
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
