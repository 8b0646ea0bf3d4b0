"""From when to when a license, registration or certification holds: by labels, phrases, a printed term, a caption."""

from collections.abc import Sequence

from credmate_pipeline.extraction import finders, values
from credmate_pipeline.extraction.fields import Field
from credmate_pipeline.extraction.form_labels import (
    EXPIRATION_LABELS,
    EXPIRATION_PHRASES,
    ISSUE_LABELS,
    ISSUE_PHRASES,
)
from credmate_pipeline.ocr.reading import Page

_LAST_DAY_LABELS = (r"(?:registered|licensed|valid) through (?:the )?last day of",)
_TERM_LABELS = (r"valid|(?:license |registration |certification )?(?:term|period|validity)(?: of validity)?",)
_TERM_PHRASES = (r"\b(?:valid|effective|certified|registered|licensed|term|period)\b(?: from| for the period)?[:\s]*",)


def issue_date(pages: Sequence[Page]) -> Field | None:
    """The day it was issued, or its term begins."""
    name = "issue_date"
    return finders.first(
        finders.by_label(pages, name, ISSUE_LABELS, values.range_begins),
        finders.by_phrase(pages, name, ISSUE_PHRASES, values.range_begins),
        finders.by_label(pages, name, _TERM_LABELS, values.terms_begin),
        finders.by_phrase(pages, name, _TERM_PHRASES, values.terms_begin),
        finders.by_caption(pages, name, _TERM_LABELS, values.terms_begin),
        finders.by_caption(pages, name, ISSUE_LABELS, values.dates),
    )


def expiration_date(pages: Sequence[Page]) -> Field | None:
    """The day it expires, or its term ends; a month where only that is printed."""
    name = "expiration_date"
    return finders.first(
        finders.by_label(pages, name, _LAST_DAY_LABELS, values.months_or_dates),
        finders.by_label(pages, name, EXPIRATION_LABELS, values.dates),
        finders.by_phrase(pages, name, EXPIRATION_PHRASES, values.dates),
        finders.by_label(pages, name, _TERM_LABELS, values.terms_end),
        finders.by_phrase(pages, name, _TERM_PHRASES, values.terms_end),
        finders.by_caption(pages, name, _TERM_LABELS, values.terms_end),
        finders.by_caption(pages, name, EXPIRATION_LABELS, values.dates),
    )
