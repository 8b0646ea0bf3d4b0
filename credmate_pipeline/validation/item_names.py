"""Names some of a document's items in a sentence, by number and page and never by what they say."""

from collections.abc import Sequence

from credmate_pipeline.extraction.fields import Extraction

NAMED_AT_MOST = 10
"""So many items are named one by one; of further ones only how many."""


def of_items(extraction: Extraction, positions: Sequence[int]) -> str:
    """` (item 3 on page 1, item 17 on page 2)`, counted from 1; empty where the document has one item only.

    `positions` count from 0.
    """
    if len(extraction.items) < 2:
        return ""
    told = [_name(extraction, position) for position in positions[:NAMED_AT_MOST]]
    further = len(positions) - len(told)
    if further:
        told.append(f"{further} more")
    return f" ({', '.join(told)})"


def _name(extraction: Extraction, position: int) -> str:
    pages = [place.page for field in extraction.items[position].fields for place in field.evidence]
    # A row shares the holder with the head of its document; the page most of its fields stand on is its own.
    return f"item {position + 1} on page {max(set(pages), key=pages.count)}" if pages else f"item {position + 1}"
