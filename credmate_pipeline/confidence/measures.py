"""How well probabilities rank errors and keep their word, and the threshold that follows from them."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from credmate_pipeline.evaluation.interval import wilson

BUDGETS = (0.05, 0.1, 0.2, 0.3)
"""Shares of the fields a person might look at, least probable first."""
_EDGES = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 1.0)


@dataclass(frozen=True, slots=True)
class Verdict:
    """A probability, and whether what it speaks of was right."""

    probability: float
    is_right: bool


@dataclass(frozen=True, slots=True)
class Settling:
    """What a threshold does to documents that nothing else sends to a person."""

    threshold: float
    documents: int
    settled: int
    settled_right: int

    @property
    def right_share(self) -> float:
        """0–1, of the settled; 1 where none is."""
        return self.settled_right / self.settled if self.settled else 1.0


def auroc(verdicts: Sequence[Verdict]) -> float | None:
    """The chance that something right is given a higher probability than something wrong; ties count half.

    None where there is nothing right or nothing wrong.
    """
    right = sum(one.is_right for one in verdicts)
    wrong = len(verdicts) - right
    if not right or not wrong:
        return None
    return (_rank_sum(verdicts) - right * (right + 1) / 2) / (right * wrong)


def _rank_sum(verdicts: Sequence[Verdict]) -> float:
    """The ranks of those right, from 1; equal probabilities share their mean rank."""
    ordered = sorted(verdicts, key=lambda one: one.probability)
    total, at = 0.0, 0
    while at < len(ordered):
        end = at
        while end < len(ordered) and ordered[end].probability == ordered[at].probability:
            end += 1
        total += sum(one.is_right for one in ordered[at:end]) * (at + 1 + end) / 2
        at = end
    return total


def reliability(verdicts: Sequence[Verdict]) -> list[dict[str, float]]:
    """A row a band of probability: how many, what was promised, what was right, with its 95 % interval."""
    rows = []
    for low, high in pairwise(_EDGES):
        band = [one for one in verdicts if low <= one.probability < high or (high == 1.0 and one.probability == 1.0)]
        if band:
            right = sum(one.is_right for one in band)
            least, most = wilson(right, len(band))
            promised = sum(one.probability for one in band) / len(band)
            told = {"from": low, "to": high, "promised": promised, "right": right / len(band)}
            rows.append({**_rounded(told), "count": len(band), **_rounded({"right_low": least, "right_high": most})})
    return rows


def error_recall(verdicts: Sequence[Verdict]) -> dict[str, float]:
    """By review budget, the share of all errors that a person would see who looks at the least probable first."""
    ordered = sorted(verdicts, key=lambda one: one.probability)
    errors = sum(not one.is_right for one in ordered)
    if not errors:
        return {}
    seen = {budget: ordered[: round(budget * len(ordered))] for budget in BUDGETS}
    return {f"{budget:g}": round(sum(not one.is_right for one in few) / errors, 4) for budget, few in seen.items()}


def chosen_threshold(documents: Sequence[Verdict], *, target: float) -> Settling:
    """The lowest threshold from which on at least `target` of the documents settled are fully right.

    A document's probability is that of its least probable required field. What few documents cannot show is not
    claimed: the share right is taken as (right + 0.5) / (settled + 1). Where no threshold does, nothing settles.
    """
    ordered = sorted(documents, key=lambda one: -one.probability)
    best = Settling(1.0, len(ordered), 0, 0)
    right = 0
    for settled, one in enumerate(ordered, start=1):
        right += one.is_right
        is_last_of_its_kind = settled == len(ordered) or ordered[settled].probability < one.probability
        if is_last_of_its_kind and (right + 0.5) / (settled + 1) >= target:
            best = Settling(one.probability, len(ordered), settled, right)
    return best


def _rounded(figures: dict[str, float]) -> dict[str, float]:
    return {name: round(figure, 4) for name, figure in figures.items()}
