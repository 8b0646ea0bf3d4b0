"""Scores what was read against the truth, with intervals that say how much a figure is worth."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from math import sqrt
from typing import Any, cast

import pandas as pd

from credmate_pipeline.extraction.registry import document_type, document_types

Z95 = 1.959964
"""Normal quantile of a two-sided 95 % interval."""

Value = str | Sequence[str] | None


@dataclass(frozen=True, slots=True)
class Judged:
    """One document: what it is and what it was taken for."""

    file: str
    kind: str
    true_type: str
    read_type: str
    status: str
    truth: Mapping[str, Value]
    """Fields of the true type; None where the page does not print one."""
    read: Mapping[str, Value]

    @property
    def is_wrongly_settled(self) -> bool:
        """Settled without a person although its type or a required field is wrong."""
        if self.status != "completed":
            return False
        if self.read_type != self.true_type:
            return True
        required = document_type(self.true_type).required_fields
        return any(not same(self.read.get(name), self.truth[name]) for name in required if name in self.truth)


def same(one: Value, other: Value) -> bool:
    """Whether two values say the same: numbers by value, lists as sets, text without regard to case, white space,
    quotes and punctuation."""
    if one is None or other is None:
        return one is None and other is None
    if not isinstance(one, str) or not isinstance(other, str):
        return isinstance(one, str) == isinstance(other, str) and set(map(_folded, one)) == set(map(_folded, other))
    return _folded(one) == _folded(other)


def _folded(text: str) -> str:
    try:
        return str(Decimal(text).normalize())
    except InvalidOperation:
        plain = unicodedata.normalize("NFKD", text.casefold())
        return re.sub(r"[\W_]+", " ", "".join(c for c in plain if not unicodedata.combining(c))).strip()


def wilson(right: int, of: int) -> tuple[float, float]:
    """The 95 % Wilson score interval of a share; (0, 1) where there is nothing to go by."""
    if of == 0:
        return (0.0, 1.0)
    share, square = right / of, Z95 * Z95
    middle = (share + square / (2 * of)) / (1 + square / of)
    spread = Z95 / (1 + square / of) * sqrt(share * (1 - share) / of + square / (4 * of * of))
    return (max(0.0, middle - spread), min(1.0, middle + spread))


def field_scores(judged: Sequence[Judged], *, by_kind: bool = False) -> pd.DataFrame:
    """A row a type and field (and kind): precision, recall and exact match with intervals, and their counts.

    A value given where the page prints none counts against precision; exact match counts agreement on absence too.
    """
    rows = [_verdict(one, name) for one in judged for name in one.truth if name in _fields_of(one.true_type)]
    groups = ["type", "field", *(["kind"] if by_kind else [])]
    if not rows:
        return pd.DataFrame(columns=[*groups, "documents"])
    table = pd.DataFrame(rows).groupby(groups, sort=True)
    named = [(dict(zip(groups, cast("tuple[str, ...]", key), strict=True)), group) for key, group in table]
    return pd.DataFrame([{**name, **_score(group)} for name, group in named])


def _fields_of(type_name: str) -> frozenset[str]:
    return frozenset(field.name for known in document_types() if known.name == type_name for field in known.fields)


def _verdict(one: Judged, name: str) -> dict[str, Any]:
    truth, read = one.truth[name], one.read.get(name)
    return {
        "type": one.true_type,
        "field": name,
        "kind": one.kind,
        "is_printed": truth is not None,
        "is_given": read is not None,
        "is_right": truth is not None and same(read, truth),
        "is_exact": same(read, truth),
    }


def _score(group: pd.DataFrame) -> dict[str, Any]:
    count, printed, given = len(group), int(group["is_printed"].sum()), int(group["is_given"].sum())
    right, exact = int(group["is_right"].sum()), int(group["is_exact"].sum())
    low, high = wilson(exact, count)
    return {
        "documents": count,
        "printed": printed,
        "given": given,
        "right": right,
        "precision": right / given if given else None,
        "recall": right / printed if printed else None,
        "exact": exact / count,
        "exact_low": low,
        "exact_high": high,
    }


def summary(judged: Sequence[Judged]) -> dict[str, Any]:
    """Counts over all documents: type accuracy, what settled, what settled wrongly, fields the types do not have."""
    table = pd.DataFrame([{"true": one.true_type, "read": one.read_type, "status": one.status} for one in judged])
    right = sum(one.true_type == one.read_type for one in judged)
    low, high = wilson(right, len(judged))
    unknown = sorted({name for one in judged for name in one.truth if name not in _fields_of(one.true_type)})
    return {
        "documents": len(judged),
        "type_right": right,
        "type_accuracy": right / len(judged) if judged else None,
        "type_accuracy_interval": [low, high],
        "statuses": {str(k): int(v) for k, v in table["status"].value_counts().items()} if judged else {},
        "confusion": (
            {f"{t} read as {r}": int(n) for (t, r), n in table.value_counts(["true", "read"]).items()} if judged else {}
        ),
        "wrongly_settled": [one.file for one in judged if one.is_wrongly_settled],
        "fields_no_type_has": unknown,
    }
