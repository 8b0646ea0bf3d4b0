"""What a file of several pages is, when each page is also seen alone: a packet may hold documents of several types."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from credmate_pipeline.classification.classification import Classification, PageType
from credmate_pipeline.classification.unsupported import RUNS_OVER_PAGES
from credmate_pipeline.extraction.document_type import UNSUPPORTED
from credmate_pipeline.extraction.fields import Evidence


@dataclass(frozen=True, slots=True)
class PageVerdict:
    """What one page was taken for, and the printed phrases that say so."""

    type: PageType
    evidence: tuple[Evidence, ...]


def of_several_pages(whole: Classification, verdicts: Sequence[PageVerdict]) -> Classification:
    """`whole`, what all pages together look like, corrected by pages that are surely of a type by themselves.

    Of several types the most pages' is the document's. A paper that runs over pages, such as a curriculum vitae,
    names credentials on its later pages without being one.
    """
    pages = tuple(verdict.type for verdict in verdicts)
    sure = [verdict for verdict in verdicts if verdict.type.is_sure]
    types = Counter(verdict.type.document_type for verdict in sure)
    is_one_paper = whole.document_type == UNSUPPORTED and any(page.paper in RUNS_OVER_PAGES for page in pages)
    if not sure or is_one_paper:
        return replace(whole, pages=pages)
    main = max(types, key=lambda name: (types[name], -_first_page(pages, name)))
    confidence = min(verdict.type.confidence for verdict in sure)
    if set(types) == {whole.document_type}:
        return replace(whole, confidence=max(whole.confidence, confidence), pages=pages)
    evidence = next(verdict.evidence for verdict in sure if verdict.type.document_type == main)
    return replace(whole, document_type=main, confidence=confidence, evidence=evidence, pages=pages)


def _first_page(pages: Sequence[PageType], name: str) -> int:
    return next(page.page for page in pages if page.document_type == name)
