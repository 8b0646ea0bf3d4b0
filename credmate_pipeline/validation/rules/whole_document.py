"""What must hold of a document's items together: its printed totals, its one holder, rows that could be told apart."""

from collections.abc import Callable, Iterator
from decimal import Decimal

from credmate_pipeline.extraction.fields import Extraction, Item, PrintedTotal, TotalKind
from credmate_pipeline.extraction.names import AGREEMENTS, compare_names
from credmate_pipeline.extraction.transcripts.entry_fields import CROWDED, METHOD
from credmate_pipeline.validation.catalog import finding
from credmate_pipeline.validation.finding import Finding

DocumentRule = Callable[[Extraction], Iterator[Finding]]
"""A small pure function over all items; its docstring names the source."""

_ROUNDING = Decimal("0.01")
_SAME_PERSON = AGREEMENTS[:2]


def rows_missing(extraction: Extraction) -> Iterator[Finding]:
    """A transcript's own count of activities is that of the rows read (NCQA: every claimed activity is accounted)."""
    for total in extraction.totals:
        if total.kind is TotalKind.ITEMS and Decimal(total.value) != len(total.items):
            message = f"The document speaks of {total.value} activities; {len(total.items)} were read."
            yield finding("row-count-differs", message, item=None)


def credits_missing(extraction: Extraction) -> Iterator[Finding]:
    """The credits read add up to each printed total, by credit type where it names one."""
    for total in extraction.totals:
        if total.kind is TotalKind.CREDITS:
            sums = _sums(extraction, total)
            if all(abs(one - Decimal(total.value)) > _ROUNDING for one in sums):
                message = f"The document sums up {total.value} credits; those read add up to {max(sums):f}."
                yield finding("credit-total-differs", message, "credits_awarded", item=None)


def _sums(extraction: Extraction, total: PrintedTotal) -> tuple[Decimal, ...]:
    """What the total may be: of one type, or of all with and without further systems' credits."""
    items = [extraction.items[position] for position in total.items]
    if total.credit_type is not None:
        return (sum((_of_type(item, total.credit_type) for item in items), Decimal(0)),)
    first = sum((Decimal(item.text("credits_awarded") or 0) for item in items), Decimal(0))
    return (first, first + sum((_others(item) for item in items), Decimal(0)))


def _of_type(item: Item, credit_type: str) -> Decimal:
    own = Decimal(item.text("credits_awarded") or 0) if item.text("credit_type") == credit_type else Decimal(0)
    return own + sum((amount for system, amount in _other_credits(item) if system == credit_type), Decimal(0))


def _others(item: Item) -> Decimal:
    return sum((amount for _, amount in _other_credits(item)), Decimal(0))


def _other_credits(item: Item) -> Iterator[tuple[str, Decimal]]:
    field = item.field("other_credits")
    for printed in field.value if field is not None and not isinstance(field.value, str) else ():
        system, _, amount = printed.rpartition(" ")
        yield system, Decimal(amount)


def rows_crowded(extraction: Extraction) -> Iterator[Finding]:
    """A row's cell holds one value; two dates or amounts are two rows taken for one."""
    for position, item in enumerate(extraction.items):
        for field in item.fields:
            if field.method.endswith(CROWDED):
                title = field.name.replace("_", " ")
                message = f"More than one {title} stands in one row; rows may not have been told apart."
                yield finding("row-crowded", message, field.name, item=position)


def several_holders(extraction: Extraction) -> Iterator[Finding]:
    """Documents of another person in one file go to a specialist (credentialing practice)."""
    names = [(position, name) for position, item in enumerate(extraction.items) if (name := item.text("holder_name"))]
    others = [position for position, name in names[1:] if _is_another(names[0][1], name)]
    for position in others[:1]:
        message = "The file holds documents of more than one person."
        yield finding("several-holders", message, "holder_name", item=position)


def _is_another(one: str, other: str) -> bool:
    if one == other:
        return False
    return compare_names(one, other) not in _SAME_PERSON


def no_printed_total(extraction: Extraction) -> Iterator[Finding]:
    """Without a total of its own nothing shows whether all rows of a transcript were read."""
    is_transcript = any(field.method.startswith(METHOD) for item in extraction.items for field in item.fields)
    if is_transcript and not extraction.totals:
        message = "The transcript prints no total by which the rows read could be checked."
        yield finding("no-printed-total", message, item=None)


DOCUMENT_RULES: tuple[DocumentRule, ...] = (
    rows_missing,
    credits_missing,
    rows_crowded,
    several_holders,
    no_printed_total,
)
