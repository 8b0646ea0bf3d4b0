"""State controlled substance registrations (CSR, CDS, MCSR, BNDD, OBNDD): fields, phrases, rules and reading."""

from collections.abc import Sequence

from credmate_pipeline.extraction import finders, schedules, terms, values
from credmate_pipeline.extraction.document_type import Cue, DocumentType, FieldKind, FieldSpec
from credmate_pipeline.extraction.fields import Item
from credmate_pipeline.extraction.form_labels import NAME_LABELS
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
from credmate_pipeline.ocr.reading import Page, Reading
from credmate_pipeline.validation.rules.common import COMMON_RULES
from credmate_pipeline.validation.rules.dea import schedules_doubtful, state_schedules
from credmate_pipeline.validation.rules.registration import date_cut, registration_number_cut

_KIND = r"(?:controlled (?:dangerous )?substances?|csr?|cds|mcsr|bndd|obn(?:dd)?|acsc|cs|state)"
_PAPER = r"(?:license|licence|registration|certificate|certification|permit)"
_NUMBER_LABELS = (
    rf"{_KIND} (?:registration |license |permit |certificate )?(?:number|no\.?|#)",
    r"registration (?:number|no\.?|#|id)",
    r"(?:certificate|permit|license|licence) (?:number|no\.?|#)",
    rf"{_PAPER}(?: ?/ ?{_PAPER})+ (?:number|no\.?|#)",
    r"(?:registration|number|no\.?)",
)
_NUMBER_PHRASES = (
    r"\b(?:registration|certificate|permit|license)(?: ?/ ?\w+)? (?:number|no\.?|#)[:\s]*(?=.{0,12}\d)",
    r"\breference number\(s\),? classification\(s\)[^\n]{0,20}",
)
_REGISTERED = (
    r"(?:is|has been) (?:\w+ ){0,3}(?:registered|authorized|licensed)",
    r"to (?:manufacture|distribute|dispense|prescribe|possess|administer)",
)


def read_registrations(reading: Reading) -> tuple[Item, ...]:
    """One item of the whole document; one a page where pages hold different numbers."""
    return finders.items_of(reading, _registration, "registration_number")


def _registration(pages: Sequence[Page]) -> Item:
    return finders.item_of(
        (
            finders.first(
                finders.by_label(pages, "registration_number", _NUMBER_LABELS, values.codes),
                finders.by_phrase(pages, "registration_number", _NUMBER_PHRASES, values.codes),
                finders.by_caption(pages, "registration_number", _NUMBER_LABELS[:4], values.codes),
            ),
            issuing_state(pages),
            finders.first(
                labelled_people(pages, NAME_LABELS),
                people_after(pages),
                people_before(pages, _REGISTERED),
                people_above_address(pages),
                people_in_sentences(pages),
                people_in_headings(pages),
                people_with_degrees(pages),
            ),
            finders.first(
                finders.by_label(pages, "schedules", schedules.LABELS, schedules.find_schedules),
                finders.by_phrase(pages, "schedules", schedules.PHRASES, values.on_its_line(schedules.find_schedules)),
                finders.by_caption(pages, "schedules", schedules.LABELS, schedules.find_schedules),
            ),
            terms.issue_date(pages),
            terms.expiration_date(pages),
        )
    )


DOCUMENT_TYPE = DocumentType(
    name="controlled_substance_registration",
    title="state controlled substance registration",
    fields=(
        FieldSpec("registration_number", FieldKind.NUMBER, is_required=True, is_sensitive=True),
        FieldSpec("state", FieldKind.STATE, is_required=True),
        FieldSpec("holder_name", FieldKind.NAME, is_required=True),
        FieldSpec("schedules", FieldKind.LIST),
        FieldSpec("issue_date", FieldKind.DATE),
        FieldSpec("expiration_date", FieldKind.DATE, is_required=True),
    ),
    cues=(
        Cue(
            r"\bcontrolled (?:dangerous )?substances? (?:registration|license|certificate|permit|practitioner|act)\b"
            r"|\b(?:registration|license|certificate|permit) (?:for|to \w+) controlled (?:dangerous )?substances?\b",
            2.5,
        ),
        Cue(r"\bcontrolled (?:dangerous )?substances?\b", 1.0),
        Cue(r"\b(?:licensed|registered) (?:\w+ )?(?:for )?controlled (?:dangerous )?substances?\b", 1.0),
        Cue(
            r"\bbureau of narcotics\b|\bnarcotics (?:and|&) dangerous drugs\b|\b(?:BNDD|OBNDD|MCSR|CDS|CSR)\b"
            r"|\bdrug control (?:unit|program|division)\b",
            2.0,
        ),
        Cue(r"\bcds\W+practitioner\b", 1.0),
        Cue(r"\b(?:state|commonwealth) of \w+|\bstate (?:board|department)\b", 1.0),
        Cue(
            r"\bboard of pharmacy\b"
            r"|\bdepartment of (?:health|public health|consumer protection|(?:\w+ and )?professional)\b",
            1.0,
        ),
        Cue(r"\bschedules?\b", 0.7),
        Cue(r"\bregistration (?:number|no\b|#)|\bregistrant\b", 0.8),
        Cue(r"\bdrug enforcement administration\b|\bdepartment of justice\b|\bform dea\b", -3.0),
        Cue(r"\bpayment (?:receipt|method)\b|\btransaction (?:id|date|number)\b|\btotal paid\b", -3.0),
        Cue(
            r"\bcredits?\b|\bcontact hours?\b|\bcontinuing (?:medical )?education\b|\bhas (?:completed|participated)\b",
            -3.0,
        ),
    ),
    extract=read_registrations,
    rules=(state_schedules, schedules_doubtful, registration_number_cut, date_cut, *COMMON_RULES),
    recognizers={"schedules": schedules.find_schedules},
)
