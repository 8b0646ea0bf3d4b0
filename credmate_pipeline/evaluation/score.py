"""Scores what was read against the truth, with intervals that say how much a figure is worth.

When two values are the same is defined in `comparison`.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from credmate_pipeline.evaluation.comparison import Value, same
from credmate_pipeline.evaluation.interval import wilson
from credmate_pipeline.evaluation.matching import ItemPair
from credmate_pipeline.extraction.registry import document_types
from credmate_pipeline.ledger.states import DocumentStatus

if TYPE_CHECKING:
    import pandas as pd

NO_TYPE = "none"
"""The type of a document nothing can be read of, in the truth and as read."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One document: what it is and what it was taken for."""

    file: str
    kind: str
    """How the document was produced, as the truth has it; empty where it does not say."""
    true_type: str
    read_type: str
    status: str
    truth: Mapping[str, Value]
    """Fields of the true type; None where the page does not print one."""
    read: Mapping[str, Value]
    expected_statuses: frozenset[str] = frozenset()
    """Statuses the truth allows; empty where it does not say."""
    pairs: tuple[ItemPair, ...] = ()
    """Of a document of several items, each beside what was read of it; `truth` and `read` then say nothing."""

    @property
    def items(self) -> tuple[ItemPair, ...]:
        """Every item of the truth beside what was read of it."""
        return self.pairs or (ItemPair(self.true_type, self.truth, self.read),)

    @property
    def is_wrongly_settled(self) -> bool:
        """Settled without a person although its type or a required field is wrong."""
        if self.status != DocumentStatus.COMPLETED:
            return False
        return bool(self.wrong)

    @property
    def wrong(self) -> tuple[str, ...]:
        """`type`, or the names of the required fields that are wrong in any item; empty where all is right."""
        if self.read_type != self.true_type:
            return ("type",)
        return tuple(dict.fromkeys(name for item in self.items for name in wrong_fields(item)))

    @property
    def is_unexpected(self) -> bool:
        """Ended in a status the truth does not allow."""
        return bool(self.expected_statuses) and self.status not in self.expected_statuses


def wrong_fields(item: ItemPair) -> tuple[str, ...]:
    """The required fields of the item that do not say what the truth says; of an unhandled paper there are none."""
    return tuple(name for name in judged_fields(item) if not same(item.read.get(name), item.truth[name]))


def judged_fields(item: ItemPair) -> tuple[str, ...]:
    """The required fields of the item's type that the truth speaks of."""
    known = {one.name: one.required_fields for one in document_types()}
    return tuple(name for name in known.get(item.document_type, ()) if name in item.truth)


def field_scores(judged: Sequence[Judged], *, by_kind: bool = False) -> "pd.DataFrame":
    """A row a type and field (and kind): precision, recall and exact match with intervals, and their counts.

    A value given where the page prints none counts against precision; exact match counts agreement on absence too.
    """
    import pandas as pd

    rows = [
        _verdict(one.kind, item, name)
        for one in judged
        for item in one.items
        for name in item.truth
        if name in _fields_of(item.document_type)
    ]
    groups = ["type", "field", *(["kind"] if by_kind else [])]
    if not rows:
        return pd.DataFrame(columns=[*groups, "documents"])
    named: list[dict[str, Any]] = []
    for key, group in pd.DataFrame(rows).groupby(groups, sort=True):
        names = cast("tuple[str, ...]", key)
        named.append({**dict(zip(groups, names, strict=True)), **_score(group)})
    return pd.DataFrame(named)


def summary(judged: Sequence[Judged]) -> dict[str, Any]:
    """Counts over all documents: type accuracy, what settled, what settled wrongly, fields the types do not have."""
    confusion = Counter(f"{one.true_type} read as {one.read_type}" for one in judged)
    right = sum(one.true_type == one.read_type for one in judged)
    items = [item for one in judged for item in one.items]
    unknown = sorted({name for item in items for name in item.truth if name not in _fields_of(item.document_type)})
    return {
        "documents": len(judged),
        "type_right": right,
        "type_accuracy": right / len(judged) if judged else None,
        "type_accuracy_interval": list(wilson(right, len(judged))),
        "statuses": dict(Counter(one.status for one in judged).most_common()),
        "confusion": dict(confusion.most_common()),
        "confusion_matrix": _confusion_matrix(judged),
        "wrongly_settled": [one.file for one in judged if one.is_wrongly_settled],
        "wrongly_settled_fields": {one.file: list(one.wrong) for one in judged if one.is_wrongly_settled},
        "unexpected_statuses": {one.file: one.status for one in judged if one.is_unexpected},
        "fields_no_type_has": unknown,
    }


def _confusion_matrix(judged: Sequence[Judged]) -> dict[str, dict[str, int]]:
    """Documents by true type (rows) and by the type they were taken for."""
    matrix: dict[str, dict[str, int]] = {}
    for (true_type, read_type), count in sorted(Counter((one.true_type, one.read_type) for one in judged).items()):
        matrix.setdefault(true_type, {})[read_type] = count
    return matrix


def _fields_of(type_name: str) -> frozenset[str]:
    return frozenset(field.name for known in document_types() if known.name == type_name for field in known.fields)


def _verdict(kind: str, item: ItemPair, name: str) -> dict[str, Any]:
    truth, read = item.truth[name], item.read.get(name)
    return {
        "type": item.document_type,
        "field": name,
        "kind": kind,
        "is_printed": truth is not None,
        "is_given": read is not None,
        "is_right": truth is not None and same(read, truth),
        "is_exact": same(read, truth),
    }


def _score(group: "pd.DataFrame") -> dict[str, Any]:
    count, printed, given = len(group), int(group["is_printed"].sum()), int(group["is_given"].sum())
    right, exact = int(group["is_right"].sum()), int(group["is_exact"].sum())
    return {
        "documents": count,
        "printed": printed,
        "given": given,
        "right": right,
        "missing": int((group["is_printed"] & ~group["is_given"]).sum()),
        "exact_count": exact,
        **_share("precision", right, given),
        **_share("recall", right, printed),
        **_share("exact", exact, count),
    }


def _share(name: str, right: int, of: int) -> dict[str, float | None]:
    low, high = wilson(right, of)
    return {name: right / of if of else None, f"{name}_low": low, f"{name}_high": high}
