"""When pages are looked at a second time, and which of the looks is kept. How pages are seen is not known here.

A second look costs about as much as the first. It is taken only where it can change the outcome: where OCR read a
page on which a required field is missing, doubtful or in error, or where so little could be read that nothing is
known of the document. Where a text layer tells the page, a small picture beside it is looked at in the same cases.
"""

from collections.abc import Callable, Iterable, Iterator

from credmate_pipeline.confidence.shapes import ends_in_strokes
from credmate_pipeline.errors import ReasonCode
from credmate_pipeline.extraction.fields import Extraction, Field, Item
from credmate_pipeline.extraction.registry import document_type
from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.ocr.reading import Page, PageNote, Reading, Source
from credmate_pipeline.outcome import Outcome
from credmate_pipeline.validation.decide import THRESHOLDS
from credmate_pipeline.validation.finding import Severity

MOST_PAGES = 3
"""Pages of a document that are looked at again."""
_CLEARLY_READ = 0.9
"""Mean confidence of a page from which its type is not in doubt because of the reading."""
_FINAL = frozenset({PageNote.BLANK, PageNote.UNREAD, PageNote.HANDWRITING})
_LIKELY_WRONG = 0.5
"""Confidence below which a field is rather wrong than right."""
_SURELY_READ = 0.93
"""Confidence of a field from which an error found in it is the document's own."""


def doubtful_pages(outcome: Outcome) -> tuple[int, ...]:
    """The pages on which another look could change the outcome, at most `MOST_PAGES`; none where it could not."""
    if outcome.reading is None or outcome.status is DocumentStatus.COMPLETED:
        return ()
    seen = [page for page in outcome.reading.pages if _is_seen(page)]
    if outcome.status is DocumentStatus.REVIEW_PENDING and outcome.extraction is not None:
        wanted = set(_pages_in_doubt(outcome, outcome.extraction, seen))
        return tuple(page.number for page in seen if page.number in wanted)[:MOST_PAGES]
    is_lost = outcome.reason_code is ReasonCode.NO_READABLE_FIELDS
    return tuple(page.number for page in seen if is_lost or _may_be_misread(page))[:MOST_PAGES]


def clearest(
    first: Outcome, readings: Iterable[tuple[Reading, ...]], understand: Callable[[Reading], Outcome]
) -> Outcome:
    """The best of what is understood of the first look and of `readings`, which are asked for one look at a time.

    A look that loses an item is not kept, however clear the others are in it.
    """
    best = first
    for candidates in readings:
        seen = [outcome for outcome in map(understand, candidates) if _item_count(outcome) >= _item_count(best)]
        best = max((best, *seen), key=clarity)
        if not doubtful_pages(best):
            break
    return best


def _item_count(outcome: Outcome) -> int:
    return len(outcome.extraction.items) if outcome.extraction is not None else 0


def clarity(outcome: Outcome) -> tuple[bool, bool, int, int, float]:
    """What two outcomes of one document are compared by: settled, known, required fields clear, errors, confidence."""
    extraction = outcome.extraction
    fields = list(_required(extraction)) if extraction is not None else []
    found = [item.field(name) for item, name in fields]
    doubtful = sum(_is_doubtful(item, name) for item, name in fields)
    errors = sum(finding.severity is Severity.ERROR for finding in outcome.findings)
    confidences = [field.confidence if field is not None else 0.0 for field in found]
    return (
        outcome.status is DocumentStatus.COMPLETED,
        outcome.status is DocumentStatus.REVIEW_PENDING,
        -doubtful,
        -errors,
        sum(confidences) / max(1, len(confidences)),
    )


def _is_seen(page: Page) -> bool:
    """Whether there is more to see: its words were seen by OCR rather than taken from a text layer, or a picture was
    left out; handwriting is a person's to read."""
    is_by_layer = page.source is Source.TEXT_LAYER and PageNote.PICTURE_UNREAD not in page.notes
    return not is_by_layer and not _FINAL & set(page.notes)


def _may_be_misread(page: Page) -> bool:
    return PageNote.PICTURE_UNREAD in page.notes or (page.confidence or 0.0) < _CLEARLY_READ


def _pages_in_doubt(outcome: Outcome, extraction: Extraction, seen: list[Page]) -> Iterator[int]:
    errors = {(f.item, f.field) for f in outcome.findings if f.severity is Severity.ERROR and f.field is not None}
    if outcome.classification is not None and outcome.classification.confidence < THRESHOLDS.document_type:
        yield from (page.number for page in seen)
    may_settle = not any(_stays_in_doubt(item.field(name)) for item, name in _required(extraction))
    for position, item in enumerate(extraction.items):
        for name in document_type(extraction.type_of(item)).required_fields:
            found = item.field(name)
            if found is None:
                yield from item.pages or (page.number for page in seen)
            elif _may_become_clear(found, may_settle=may_settle) or (
                (position, name) in errors and found.confidence < _SURELY_READ
            ):
                yield from (place.page for place in found.evidence)


def _required(extraction: Extraction) -> Iterator[tuple[Item, str]]:
    for item in extraction.items:
        for name in document_type(extraction.type_of(item)).required_fields:
            yield item, name


def _may_become_clear(field: Field, *, may_settle: bool) -> bool:
    """Whether a look at a field in doubt may change the outcome. A document that goes to a person in any case is the
    better for it only where the field is likely wrong."""
    limit = THRESHOLDS.of(field.name) if may_settle else _LIKELY_WRONG
    return field.confidence < limit and not _stays_in_doubt(field)


def _stays_in_doubt(field: Field | None) -> bool:
    """Whether a field is in doubt, and of a kind that stays so however clearly it is read."""
    if field is None or field.confidence >= THRESHOLDS.of(field.name):
        return False
    return field.name == "holder_name" and ends_in_strokes(str(field.value))


def _is_doubtful(item: Item, name: str) -> bool:
    found = item.field(name)
    return found is None or found.confidence < THRESHOLDS.of(name)
