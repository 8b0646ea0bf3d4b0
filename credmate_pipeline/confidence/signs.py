"""What speaks for or against a field, as numbers: how well its words were read, how it was found, what it looks like.

No sign holds anything of what the field says; what a sign weighs is the model's business.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log1p

from credmate_pipeline.classification.classification import Classification
from credmate_pipeline.confidence.printed import PrintedPage
from credmate_pipeline.confidence.shapes import (
    ends_in_a_fragment,
    has_expected_shape,
    has_look_alikes,
    is_cut_off,
    may_have_lost_a_stroke,
    may_lack_its_first,
    shape_signs,
)
from credmate_pipeline.extraction.document_type import FieldKind
from credmate_pipeline.extraction.fields import Field, Item
from credmate_pipeline.extraction.registry import document_type
from credmate_pipeline.ocr.reading import Source, Word

DOUBTS = (
    "doubt",
    "worst_doubt",
    "worst_below_well",
    "worst_below_fairly",
    "worst_below_poorly",
    "found_doubt",
    "words_not_found",
    "page_doubt",
    "page_rough",
    "type_doubt",
    "required_missing",
    "shape_unexpected",
    "changed",
    "odd_signs",
    "cut",
    "goes_on",
    "begins_small",
    "name_of_one_word",
    "name_of_many_words",
    "name_with_odd_signs",
    "name_with_fragments",
    "name_of_mixed_case",
    "rivals",
    "shares_its_words",
)
"""Signs that can only speak against a field, whatever a few samples suggest."""

_OPEN_ENDED = frozenset({FieldKind.NUMBER, FieldKind.TEXT})
"""Kinds whose values end where the print does; a name ends in the middle of a sentence, too."""
_SUSPECT = 0.4
_SPECKS = re.compile(
    r"(?<!\S)[/\\][a-z]|\||\s(?!(?:it|no|of|in|on|to|go|do|us|me|up|we|is|be|so|or|ii|iv)$)[a-z]{1,2}$"
)
"""An I as engines read one that leans (`Board of /nternal Medicine`), a bar between cells, a speck behind the end."""
_SURE_FROM: Mapping[FieldKind, float] = {
    FieldKind.NUMBER: 0.735,
    FieldKind.DATE: 0.735,
    FieldKind.NAME: 0.7,
    FieldKind.TEXT: 0.7,
    FieldKind.CREDITS: 0.7,
}
"""Confidence of its least sure word from which a field is believed. Required fields of other kinds are known words,
which a wrong sign makes unknown. What two looks agree on after a first that did not believe it has 0.74."""
_WELL, _FAIRLY, _POORLY = 0.9, 0.75, 0.5
"""Tesseract gives clean print 0.90–0.96 a word and wrong characters mostly below 0.75."""
_TEXTRACT_ABOVE, _MOST_FOR_TEXTRACT = 0.04, 0.95
"""Textract gives clean print 0.99 and more. Its scale was never fitted: a word of it is believed less than
Tesseract's best ones, and one it is itself unsure of less than it says."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a field is weighed against: its item and the item's type, the pages, and how sure the type is."""

    item: Item
    type_name: str
    pages: Mapping[int, PrintedPage]
    classification: Classification


def field_signs(field: Field, around: Surroundings) -> dict[str, float]:
    """The signs of one field as extraction gives it."""
    type_name = around.type_name
    page = around.pages[field.evidence[0].page]
    words = [word for place in field.evidence for word in around.pages[place.page].words_at(place)]
    kind = kind_of(type_name, field.name)
    return {
        f"kind:{kind}": 1.0,
        **{f"way:{way}": 1.0 for way in ways(field)},
        **_print_signs(field, words, kind, suspicion=_suspicion(field, words, kind, around)),
        **_page_signs(page),
        **dict(shape_signs(field, kind)),
        **_standing_signs(field, kind, around, page),
    }


def is_doubt(name: str) -> bool:
    """Whether the sign (or, with a kind after a colon, its family) can only speak against a field."""
    return name.partition(":")[0] in DOUBTS


def ways(field: Field) -> tuple[str, ...]:
    """How it was found: the parts of its method, such as `rules`, `label`, `repaired`."""
    return tuple(field.method.split(":"))


def kind_of(type_name: str, field_name: str) -> FieldKind:
    """The normal form of the field; plain text where the type does not know it."""
    specs = document_type(type_name).fields
    return next((spec.kind for spec in specs if spec.name == field_name), FieldKind.TEXT)


def _suspicion(field: Field, words: Sequence[Word], kind: FieldKind, around: Surroundings) -> float:
    """What is known to be misread, torn or no such thing, however surely its words were read."""
    is_seen = bool(words) and any(word.source is not Source.TEXT_LAYER for word in words)
    is_suspect = (
        (field.name == "holder_name" and may_lack_its_first(str(field.value)))
        or (is_seen and kind is FieldKind.NAME and _is_misread_name(str(field.value)))
        or (is_seen and min(word.confidence for word in words) < _SURE_FROM.get(kind, 0.0))
        or (is_seen and kind is FieldKind.NUMBER and _is_torn_number(field, around))
        or (is_seen and kind is FieldKind.NUMBER and " " in str(field.value))
        or (is_seen and kind is FieldKind.CREDITS and _is_amount_behind_doubt(field, words, around))
        or (is_seen and kind is FieldKind.TEXT and _SPECKS.search(str(field.value)) is not None)
        or (kind is FieldKind.TEXT and is_cut_off(str(field.value)))
        or (is_seen and field.name == "insurer" and not has_expected_shape(field, around.item, around.type_name))
        or (
            is_seen
            and "layout" in ways(field)
            and around.pages[field.evidence[0].page].begins_before(field.evidence[0])
        )
    )
    return _SUSPECT if is_suspect else 0.0


def _is_misread_name(name: str) -> bool:
    return has_look_alikes(name) or ends_in_a_fragment(name) or may_have_lost_a_stroke(name)


def _is_torn_number(field: Field, around: Surroundings) -> bool:
    return _goes_on(field, around, with_digits=True)


def _is_amount_behind_doubt(field: Field, words: Sequence[Word], around: Surroundings) -> bool:
    """Whether the amount stands right behind a word read unsurely, as where it is printed over its label."""
    page = around.pages[field.evidence[0].page]
    amounts = (word for word in words if word.text.strip(".,:;()") == field.value)
    return any(map(page.follows_unsure, amounts))


def _goes_on(field: Field, around: Surroundings, *, with_digits: bool = False) -> bool:
    """Whether the print goes on behind the field's last place."""
    last = field.evidence[-1]
    return around.pages[last.page].goes_on(last, with_digits=with_digits)


def _end_signs(field: Field, around: Surroundings) -> dict[str, float]:
    """Whether the value may end too early, by the way it was found."""
    goes_on = float(_goes_on(field, around))
    return {f"goes_on:{way}": goes_on for way in ways(field)}


def _print_signs(field: Field, words: Sequence[Word], kind: FieldKind, *, suspicion: float) -> dict[str, float]:
    """How well the words under the field were read, and how much its way of finding took off."""
    confidences = [_believed(word) for word in words] or [field.confidence]
    worst, mean = min(confidences), sum(confidences) / len(confidences)
    found = field.confidence / max(0.01, (worst + mean) / 2)
    is_text = bool(words) and all(word.source is Source.TEXT_LAYER for word in words)
    return {
        "text_layer": float(is_text),
        "doubt": 1 - mean,
        "worst_doubt": 1 - worst,
        f"worst_doubt:{kind}": 1 - worst,
        "worst_below_well": max(0.0, _WELL - worst),
        "worst_below_fairly": max(0.0, _FAIRLY - worst),
        "worst_below_poorly": max(0.0, _POORLY - worst),
        "found_doubt": max(0.0, 1 - found) + suspicion,
        "words_not_found": float(not words),
        "word_count": log1p(len(words)),
        "rows": float(len(field.evidence) - 1),
    }


def _believed(word: Word) -> float:
    """A word's confidence on the scale of the engines seen in fitting."""
    if word.source is not Source.TEXTRACT:
        return word.confidence
    return max(0.0, min(word.confidence - _TEXTRACT_ABOVE, _MOST_FOR_TEXTRACT))


def _page_signs(page: PrintedPage) -> dict[str, float]:
    notes = {f"note:{note.value}": 1.0 for note in page.page.notes}
    return {**notes, "page_doubt": 1 - (page.page.confidence or 0.0), "page_rough": page.rough_share}


def _standing_signs(field: Field, kind: FieldKind, around: Surroundings, page: PrintedPage) -> dict[str, float]:
    """How the field stands beside everything else: rivals on the page, copies of it, the rest of its item."""
    item, required = around.item, document_type(around.type_name).required_fields
    missing = sum(item.field(name) is None for name in required)
    rivals = page.rivals(field, kind)
    return {
        "type_doubt": 1 - around.classification.confidence,
        **(_end_signs(field, around) if kind in _OPEN_ENDED else {}),
        "rivals": log1p(rivals),
        f"rivals:{kind}": log1p(rivals),
        "printed_again": float(page.prints_again(field.content)),
        "required_missing": float(missing),
        "shape_unexpected": float(not has_expected_shape(field, item, around.type_name)),
        "shares_its_words": float(any(_overlaps(field, other) for other in item.fields)),
    }


def _overlaps(field: Field, other: Field) -> bool:
    """Whether two fields of different names are read from the very same words."""
    return other.name != field.name and other.evidence == field.evidence and other.value == field.value
