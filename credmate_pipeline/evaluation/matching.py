"""Which item read is which of the truth, where a document has several. When values are equal is in `comparison`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from credmate_pipeline.evaluation.comparison import Value, folded

Fields = Mapping[str, Value]
_Folded = dict[str, str | frozenset[str]]


@dataclass(frozen=True, slots=True)
class ItemPair:
    """An item of the truth beside what was read of it. Fields of an item that was not read are absent; fields of an
    item the truth does not have are all untrue."""

    document_type: str
    truth: Fields
    read: Fields


@dataclass(frozen=True, slots=True)
class TypedItem:
    """An item and its document type."""

    document_type: str
    fields: Fields


def matched(truths: Sequence[TypedItem], reads: Sequence[TypedItem]) -> tuple[ItemPair, ...]:
    """Every item of the truth with its best match among those read, each used once; then what was read in excess.

    The pair that agrees in most fields comes first, of equals the one nearest in order: a greedy choice, not the best
    of all possible ones. Items of different types, or without one equal field, do not match.
    """
    partner: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, truth, read in sorted(_likenesses(truths, reads)):
        if truth not in partner and read not in taken:
            partner[truth] = read
            taken.add(read)
    pairs = [
        ItemPair(truth.document_type, truth.fields, reads[partner[at]].fields if at in partner else {})
        for at, truth in enumerate(truths)
    ]
    excess = [read for at, read in enumerate(reads) if at not in taken]
    return (*pairs, *(ItemPair(read.document_type, dict.fromkeys(read.fields), read.fields) for read in excess))


def _likenesses(truths: Sequence[TypedItem], reads: Sequence[TypedItem]) -> list[tuple[int, int, int, int]]:
    """(minus the equal fields, distance in order, truth, read) of every pair with an equal field."""
    folded_reads = [(read.document_type, _folded(read.fields)) for read in reads]
    found = []
    for at, truth in enumerate(truths):
        wanted = _folded(truth.fields)
        for other, (kind, given) in enumerate(folded_reads):
            if kind == truth.document_type:
                equal = sum(given.get(name) == value for name, value in wanted.items())
                if equal:
                    found.append((-equal, abs(at - other), at, other))
    return found


def _folded(fields: Fields) -> _Folded:
    return {
        name: folded(value) if isinstance(value, str) else frozenset(map(folded, value))
        for name, value in fields.items()
        if value is not None
    }
