"""DEA registrations (form DEA-223 and its wallet card): fields, phrases, rules and how they are read."""

from collections.abc import Sequence
from dataclasses import replace

from credmate_pipeline.extraction import finders, schedules, values
from credmate_pipeline.extraction.dea_number import check_digit_holds, split_number
from credmate_pipeline.extraction.document_type import Cue, DocumentType, FieldKind, FieldSpec
from credmate_pipeline.extraction.fields import Field, Item
from credmate_pipeline.extraction.finders import Found
from credmate_pipeline.extraction.form_labels import EXPIRATION_LABELS, EXPIRATION_PHRASES, ISSUE_LABELS, NAME_LABELS
from credmate_pipeline.extraction.holder import labelled_people, people_above_address, people_with_degrees
from credmate_pipeline.ocr.reading import Page, Reading
from credmate_pipeline.validation.rules.common import COMMON_RULES
from credmate_pipeline.validation.rules.copies import COPIES_DIFFER
from credmate_pipeline.validation.rules.dea import DEA_RULES
from credmate_pipeline.validation.rules.registration import date_cut

_NUMBER_LABELS = (
    r"(?:dea )?registration (?:number|no\.?|#)",
    r"dea (?:registration|number|no\.?|#)(?: number| no\.?)?",
    r"number",
)
_EXPIRES_LABELS = (r"(?:this )?registration expires", *EXPIRATION_LABELS)
_ISSUED_LABELS = (r"(?:date )?[i{]ss?[8q5]?u[eb]d?(?: date)?", *ISSUE_LABELS)
_STATE_LABELS = (r"(?:registered |business |address )?state",)
_ACTIVITY_LABELS = (r"business activity", r"(?:registrant|activity|business) type", r"activity")
_ACTIVITY = (
    r"\b((?:MLP|MID[- ]?LEVEL PRACTITIONER)[- /:]?\s?[A-Z]+(?: [A-Z]+){0,2}|PRACTITIONER(?:[- ]?DW/?\d+)?"
    r"|HOSPITAL ?/ ?CLINIC|RETAIL PHARMACY|CHAIN PHARMACY|PHARMACY|TEACHING INSTITUTION|RESEARCHER(?:\s?\([^)]*\))?"
    r"|MANUFACTURER|DISTRIBUTOR|ANALYTICAL LAB|IMPORTER|EXPORTER|NARCOTIC TREATMENT PROGRAM)"
)


def read_registrations(reading: Reading) -> tuple[Item, ...]:
    """One item of certificate and wallet card together; one a page where pages hold different numbers."""
    return finders.items_of(reading, _registration, "registration_number")


def _registration(pages: Sequence[Page]) -> Item:
    expires = finders.by_label(pages, "expiration_date", _EXPIRES_LABELS, values.dates)
    return finders.item_of(
        (
            _number(pages),
            _agreed(expires)
            or finders.first(finders.by_phrase(pages, "expiration_date", EXPIRATION_PHRASES, values.dates)),
            _agreed(finders.by_label(pages, "issue_date", _ISSUED_LABELS, values.dates)),
            _agreed(finders.by_label(pages, "schedules", schedules.LABELS, schedules.find_schedules))
            or finders.first(
                finders.by_phrase(pages, "schedules", schedules.PHRASES, values.on_its_line(schedules.find_schedules))
            ),
            _activity(pages),
            finders.first(people_above_address(pages), labelled_people(pages, NAME_LABELS), people_with_degrees(pages)),
            finders.first(
                finders.by_label(pages, "address_state", _STATE_LABELS, values.states),
                finders.by_scan(pages, "address_state", values.address_states, factor=0.97, method="rules:address"),
            ),
        )
    )


def _number(pages: Sequence[Page]) -> Field | None:
    """The number: beside its label, or anywhere if its check digit holds. A repaired reading is marked as such."""
    anywhere = finders.by_scan(
        pages, "registration_number", values.well_formed_dea_numbers, factor=0.97, method="rules:pattern"
    )
    passing = [found for found in anywhere if check_digit_holds(split_number(_text(found))[0])]
    labelled = finders.by_label(pages, "registration_number", _NUMBER_LABELS, values.dea_numbers)
    field = _agreed(labelled) or _agreed(tuple(passing)) or finders.first(anywhere)
    if field is None:
        return None
    copies = {_text(found) for found in (*labelled, *passing)}
    differ = COPIES_DIFFER if len(copies) > 1 and not field.method.endswith(COPIES_DIFFER) else ""
    is_repaired = isinstance(field.value, str) and _bare(field.content) != _bare(field.value)
    return replace(field, method=f"{field.method}{':repaired' if is_repaired else ''}{differ}")


def _agreed(found: Sequence[Found]) -> Field | None:
    """The best of several prints of one field; its method tells if those by the same kind of label differ."""
    if not found:
        return None
    best = found[0]
    values_printed = {one.field.value for one in found if one.rank == best.rank}
    differ = COPIES_DIFFER if len(values_printed) > 1 else ""
    return replace(best.field, method=best.field.method + differ)


def _activity(pages: Sequence[Page]) -> Field | None:
    recognize = values.matching(_ACTIVITY)
    return finders.first(
        finders.by_label(pages, "business_activity", _ACTIVITY_LABELS, recognize),
        finders.by_phrase(pages, "business_activity", (r"\bbusiness activity\b",), recognize),
    )


def _text(found: Found) -> str:
    return found.field.value if isinstance(found.field.value, str) else ""


def _bare(text: str) -> str:
    return "".join(sign for sign in text.upper() if sign.isalnum())


DOCUMENT_TYPE = DocumentType(
    name="dea_registration",
    title="DEA registration",
    fields=(
        FieldSpec("registration_number", FieldKind.NUMBER, is_required=True, is_sensitive=True),
        FieldSpec("holder_name", FieldKind.NAME, is_required=True),
        FieldSpec("schedules", FieldKind.LIST, is_required=True),
        FieldSpec("business_activity", FieldKind.TEXT),
        FieldSpec("issue_date", FieldKind.DATE),
        FieldSpec("expiration_date", FieldKind.DATE, is_required=True),
        FieldSpec("address_state", FieldKind.STATE),
    ),
    cues=(
        Cue(
            r"\bapplication (?:for (?:dea )?registration|fee)\b|\brenewal application\b|\byour application\b"
            r"|\bschedules requested\b|\bsubmission date\b|\border forms?\b",
            -4.0,
        ),
        Cue(r"\bdrug enforcement administration\b", 2.5),
        Cue(r"\bcontrolled substances? registration certificate\b", 2.0),
        Cue(r"\bdea registration (?:number|no)|\bdea (?:number|no\b)|\bdea registration\b", 2.0),
        Cue(r"\bthis registration expires\b", 1.5),
        Cue(r"\bsections 304 and 1008\b|\b21 u\.?s\.?c\.? 82[34]\b|\bcontrolled substances act of 1970\b", 2.0),
        Cue(r"\bnot transferable on change of ownership\b", 1.5),
        Cue(r"\bform dea ?-? ?223\b|\bdea ?-? ?form ?-? ?223\b", 2.5),
        Cue(r"\bbusiness activity\b", 1.5),
        Cue(r"\bdepartment of justice\b", 1.0),
        Cue(r"\bschedules?\b", 0.5),
        Cue(r"\bcertificate of (?:completion|attendance|participation|credit)\b|\bcredits?\b|\bcontact hours?\b", -2.5),
        Cue(r"\bbureau of narcotics\b|\bstate controlled\b", -2.0),
        Cue(r"\bdear (?:dr|mr|ms|provider|colleague|registrant)\b", -2.0),
    ),
    extract=read_registrations,
    rules=(*DEA_RULES, date_cut, *COMMON_RULES),
    recognizers={"registration_number": values.dea_numbers, "schedules": schedules.find_schedules},
)
