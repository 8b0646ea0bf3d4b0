"""Which pages of a file are certificates of their own, which go on with the one before, which repeat one."""

import re
from collections.abc import Mapping
from dataclasses import replace
from difflib import SequenceMatcher

from credmate_pipeline.extraction.fields import Field
from credmate_pipeline.extraction.names import AGREEMENTS, compare_names
from credmate_pipeline.ocr.reading import Page
from credmate_pipeline.validation.rules.copies import COPIES_DIFFER

Fields = dict[str, Field]

_SURE = 0.75
"""Two facts found so surely, or three in any way, make a page a certificate of its own."""
_FACTS = ("holder_name", "activity_title", "completion_date", "credits_awarded")
_NAMING = _FACTS[:3]
"""What tells certificates apart: who, what, when."""
_NUMBERS = ("certificate_number", "acpe_uan")
_SAME_TITLE = 0.92
"""From so much in common on, two titles are one that OCR read differently, unless they number parts."""
_PART = re.compile(r"\b(?:\d+|[ivx]+|[a-z])\b")
_LATER_PAGE = re.compile(r"\bpage\s+(?P<page>\d+)\s*(?:of|/)\s*\d+\b", re.IGNORECASE)


def gathered(pages: list[tuple[Page, Fields]]) -> list[Fields]:
    """The certificates of pages in order. A page that names too little completes the certificate before it."""
    certificates: list[Fields] = []
    for page, fields in pages:
        same = next((known for known in certificates if _is_same(known, fields)), None)
        if not certificates or (same is None and _is_own(page, fields) and is_certificate(certificates[-1])):
            certificates.append(dict(fields))
        else:
            _complete(same if same is not None else certificates[-1], fields, is_copy=same is not None)
    return certificates


def is_certificate(fields: Mapping[str, Field]) -> bool:
    """Whether a page says enough of holder, activity, day and credits to be a certificate."""
    sure = [fields.get(name) for name in _FACTS[:2]]
    is_sure = all(field is not None and field.confidence >= _SURE for field in sure)
    return is_sure or sum(name in fields for name in _FACTS) >= len(_NAMING)


def _is_own(page: Page, fields: Mapping[str, Field]) -> bool:
    later = _LATER_PAGE.search(page.text)
    return is_certificate(fields) and not (later and int(later["page"]) > 1)


def _is_same(known: Mapping[str, Field], fields: Mapping[str, Field]) -> bool:
    """Whether both name one certificate: two facts at least in common, and none that differs."""
    if any(name in known and name in fields and known[name].value != fields[name].value for name in _NUMBERS):
        return False
    both = [name for name in _NAMING if name in known and name in fields]
    return len(both) > 1 and all(_agree(name, known[name], fields[name]) for name in both)


def _agree(name: str, one: Field, other: Field) -> bool:
    first, second = str(one.value), str(other.value)
    if name == "holder_name":
        return compare_names(first, second) in AGREEMENTS[:2]
    if name == "activity_title":
        return _is_same_title(first.casefold(), second.casefold())
    return first.startswith(second) or second.startswith(first)


def _is_same_title(one: str, other: str) -> bool:
    if one == other:
        return True
    return _PART.findall(one) == _PART.findall(other) and SequenceMatcher(None, one, other).ratio() >= _SAME_TITLE


def _complete(current: Fields, fields: Mapping[str, Field], *, is_copy: bool) -> None:
    """Adds what `fields` say. A copy that speaks of other credits makes the certificate doubtful."""
    for name, field in fields.items():
        known = current.get(name)
        if known is None or (field.confidence > known.confidence + 0.2 and not is_copy):
            current[name] = field
        elif is_copy and name == "credits_awarded" and field.value != known.value:
            current[name] = replace(known, method=known.method.removesuffix(COPIES_DIFFER) + COPIES_DIFFER)
