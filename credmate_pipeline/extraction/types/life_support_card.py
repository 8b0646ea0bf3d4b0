"""Life support cards (AHA eCards, American Red Cross and alike): fields, phrases, rules and reading."""

import re
from collections.abc import Sequence

from credmate_pipeline.extraction import finders, values
from credmate_pipeline.extraction.document_type import Cue, DocumentType, FieldKind, FieldSpec
from credmate_pipeline.extraction.fields import Field, Item
from credmate_pipeline.extraction.finders import Span
from credmate_pipeline.extraction.form_labels import EXPIRATION_LABELS, EXPIRATION_PHRASES, ISSUE_PHRASES, NAME_LABELS
from credmate_pipeline.extraction.holder import labelled_people, people_after, people_before
from credmate_pipeline.extraction.layout import in_parts
from credmate_pipeline.ocr.reading import Page, Reading
from credmate_pipeline.validation.rules.common import COMMON_RULES
from credmate_pipeline.validation.rules.life_support import LIFE_SUPPORT_RULES

_COURSES = {
    "ACLS": r"advanced\s+cardi(?:ac|ovascular)\s+life\s+support|\bACLS\b",
    "ALS": r"(?<!c )(?<!r )(?<!a )(?<!neonatal )advanced\s+life\s+support|\bALS\b",
    "PALS": r"pa?ediatric\s+advanced\s+life\s+support|\bPALS\b",
    "NRP": r"neonatal\s+resuscitation(?:\s+program)?|\bNRP\b",
    "ATLS": r"advanced\s+trauma\s+life\s+support|\bATLS\b",
    "PEARS": r"pediatric\s+emergency\s+assessment|\bPEARS\b",
    "BLS": r"basic\s+life\s+support|\bBLS\b",
    "Heartsaver": r"\bheartsaver\b",
    "CPR/AED": r"\bCPR\b(?:\s*/?\s*(?:and\s+)?AED\b)?|cardiopulmonary\s+resuscitation",
}
_COURSE = re.compile(
    "|".join(f"(?P<c{number}>{pattern})" for number, pattern in enumerate(_COURSES.values())), re.IGNORECASE
)
_COURSE_LABELS = (r"course(?: name| title| completed)?", r"(?:program|certification|card)(?: name| type)?")
_GENERAL = ("ALS", "BLS", "Heartsaver", "CPR/AED")
"""Courses whose names stand inside others' names or beside them; the later ones more so."""
_HEAD_LINES = 14

_ISSUE_LABELS = (
    r"(?:card |ecard )?issue date|date (?:of )?issued?|issued(?: on)?",
    r"(?:course |class |training )?(?:completion )?date(?: completed| of completion)?|completed(?: on)?"
    r"|completion date",
)
_RENEW_LABELS = (
    r"(?:recommended )?renew(?:al)?(?: by)?(?: date)?|renew by(?: date)?",
    *EXPIRATION_LABELS,
)
_CODE_LABELS = (r"e-?card (?:code|id|number)", r"(?:certificate|card|verification) (?:id|code|number|no\.?)", r"code")
_CENTER_LABELS = (
    r"training (?:center|centre)(?: name)?",
    r"training (?:provider|network)(?: name)?",
    r"training site(?: name)?",
    r"(?:training )?(?:organization|agency)",
)
_INSTRUCTOR_LABELS = (r"(?:lead )?instructor(?:'s)?(?: name)?", r"instructor\(s\)", r"taught by")
_COMPLETED = (
    r"(?:has )?successfully complet",
    r"has (?:successfully |satisfactorily )?(?:completed|demonstrated|met|passed)",
    r"the above individual",
)


_LABELS = (*_ISSUE_LABELS, *_RENEW_LABELS, *_CODE_LABELS, *_INSTRUCTOR_LABELS, *_COURSE_LABELS, *NAME_LABELS)


def read_cards(reading: Reading) -> tuple[Item, ...]:
    """One item of the whole document; one a page where pages are cards of different courses."""
    return finders.items_of(reading, _card, "course")


def _card(pages: Sequence[Page]) -> Item:
    instructor = finders.first(finders.by_label(pages, "instructor_name", _INSTRUCTOR_LABELS, values.people))
    return finders.item_of(
        (
            _course(pages),
            _holder(pages, instructor),
            finders.first(
                finders.by_label(pages, "issue_date", _ISSUE_LABELS, values.dates),
                finders.by_phrase(
                    pages, "issue_date", (*ISSUE_PHRASES[:1], r"\bcomplet\w+ (?:on|date)\b"), values.dates
                ),
                finders.by_caption(pages, "issue_date", _ISSUE_LABELS, values.dates),
            ),
            finders.first(
                finders.by_label(pages, "renew_by", _RENEW_LABELS, values.months_or_dates),
                finders.by_phrase(
                    pages, "renew_by", (r"\brenew(?:al)?(?: by| date)?\b[:\s]*", *EXPIRATION_PHRASES[:2]), values.dates
                ),
                finders.by_caption(pages, "renew_by", _RENEW_LABELS, values.months_or_dates),
            ),
            finders.first(finders.by_label(pages, "ecard_code", _CODE_LABELS, _card_codes)),
            _training_center(pages),
            instructor,
        )
    )


def _training_center(pages: Sequence[Page]) -> Field | None:
    return finders.first(
        finders.by_label(pages, "training_center", _CENTER_LABELS, _center, wraps=finders.text_goes_on, others=_LABELS)
    )


def _holder(pages: Sequence[Page], instructor: Field | None) -> Field | None:
    """The holder: before "has successfully completed" or by a label; the instructor's name is another's."""
    places = (
        *labelled_people(pages, (*NAME_LABELS[:-1], r"student|participant|recipient|candidate")),
        *people_before(pages, _COMPLETED),
        *people_before(tuple(map(in_parts, pages)), _COMPLETED),
        *people_after(pages),
        *labelled_people(pages, NAME_LABELS[-1:]),
    )
    taken = {evidence.box for evidence in instructor.evidence} if instructor else set()
    return next((one.field for one in places if not taken & {place.box for place in one.field.evidence}), None)


def _course(pages: Sequence[Page]) -> Field | None:
    return finders.first(
        finders.by_label(pages, "course", _COURSE_LABELS, _courses),
        finders.by_scan(tuple(map(_head, pages)), "course", _courses, factor=0.97, method="rules:phrase"),
        finders.by_scan(pages, "course", _courses, factor=0.85, method="rules:phrase"),
    )


def _courses(text: str) -> list[Span]:
    """Courses by their short names; the most advanced one first, as ACLS cards speak of BLS too."""
    names = tuple(_COURSES)
    found = [
        (match.start(), match.end(), next(name for i, name in enumerate(names) if match[f"c{i}"]))
        for match in _COURSE.finditer(text)
    ]
    return sorted(found, key=lambda span: (_GENERAL.index(span[2]) if span[2] in _GENERAL else -1, span[0]))


def _head(page: Page) -> Page:
    """The page's first lines, where a card names its course."""
    return Page(page.number, page.lines[:_HEAD_LINES], page.source, page.width, page.height, page.frame, page.notes)


def _card_codes(text: str) -> list[Span]:
    """12 digits (perhaps in groups) or RQI's 24 letters and digits; other codes as printed."""
    match = re.search(r"(?<!\d)\d{4}[ -]?\d{4}[ -]?\d{4}(?!\d)|\b[a-z0-9]{24}\b", text)
    if match:
        return [(*match.span(), re.sub(r"[ -]", "", match.group()))]
    return list(values.codes(text))


def _center(text: str) -> list[Span]:
    return [
        span for span in values.text_up_to(80)(text) if not re.match(r"(?:id|name|phone|city)\b", str(span[2]), re.I)
    ]


DOCUMENT_TYPE = DocumentType(
    name="life_support_card",
    title="life support card",
    fields=(
        FieldSpec("course", FieldKind.CODE, is_required=True),
        FieldSpec("holder_name", FieldKind.NAME, is_required=True),
        FieldSpec("issue_date", FieldKind.DATE, is_required=True),
        FieldSpec("renew_by", FieldKind.DATE, is_required=True),
        FieldSpec("ecard_code", FieldKind.NUMBER),
        FieldSpec("training_center", FieldKind.TEXT),
        FieldSpec("instructor_name", FieldKind.NAME),
    ),
    cues=(
        Cue(
            r"\bbasic life support\b|\badvanced cardi(?:ac|ovascular) life support\b"
            r"|\bpediatric advanced life support\b"
            r"|\bneonatal resuscitation program\b|\b(?:BLS|ACLS|PALS|NRP|ATLS) provider\b|\bCPR ?/ ?AED\b"
            r"|\badvanced (?:trauma )?life support\b",
            2.5,
        ),
        Cue(r"\brenew by\b|\brecommended renewal\b", 1.5),
        Cue(r"\be-?card code\b|\becard\b|\bheartcode\b", 2.0),
        Cue(r"\bcognitive and skills? (?:evaluation|assessment)s?\b|\bskills (?:evaluation|testing|assessment)", 1.5),
        Cue(r"\bamerican heart association\b|\bheart\.org\b|\bRQI\b", 1.5),
        Cue(r"\bamerican red cross\b|\bred ?cross\.org\b", 2.0),
        Cue(r"\bcommittee on trauma\b|\bamerican academy of pediatrics\b", 1.0),
        Cue(r"\bsuccessfully completed the (?:\w+ )?(?:BLS|ACLS|PALS|ATLS|NRP|course)\b", 1.0),
        Cue(r"\btraining (?:center|centre|site|provider)\b", 1.2),
        Cue(r"\binstructor\b", 0.7),
        Cue(r"\bCPR\b|\bAED\b|\bcardiopulmonary resuscitation\b", 1.0),
        Cue(r"\b(?:AMA PRA|category 1|contact hours?|continuing medical education)\b", -2.0),
        Cue(r"\b(?:order|registration|booking) confirmation\b|\bplease bring\b|\bprice\b", -4.0),
        Cue(r"\bcheck ?list\b|\bremediation\b|\btest results?\b|\bstudent name\b.{0,60}\bdate of test\b", -4.0),
        Cue(r"\bcurriculum vitae\b|\binvoice\b|\bamount due\b|\bdear\b", -3.0),
    ),
    extract=read_cards,
    rules=(*LIFE_SUPPORT_RULES, *COMMON_RULES),
    recognizers={"course": _courses, "renew_by": values.months_or_dates, "issue_date": values.months_or_dates},
)
