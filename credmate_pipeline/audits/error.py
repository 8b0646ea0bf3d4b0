"""What audits say of the documents settled without a person: the share that was wrong, and how large it may be."""

from collections.abc import Callable
from dataclasses import dataclass
from math import exp, lgamma, log

_STEPS = 60


@dataclass(frozen=True, slots=True)
class AuditedError:
    """Counts of documents settled without a person, those drawn for audit, and the auditors' verdicts."""

    settled: int
    drawn: int
    judged: int
    wrong: int

    @property
    def rate(self) -> float | None:
        """0–1, of those judged; None where none is."""
        return self.wrong / self.judged if self.judged else None

    @property
    def upper_bound(self) -> float:
        """The error rate (0–1) is below this with 95 % confidence."""
        return clopper_pearson_upper(self.wrong, self.judged)


def clopper_pearson_upper(wrong: int, of: int, *, confidence: float = 0.95) -> float:
    """The one-sided upper bound of a share (Clopper and Pearson 1934), 0–1; 1 where there is nothing to go by.

    It is the share at which no more than `wrong` of `of` would be seen only with a chance of 1 - `confidence`.
    """
    if of == 0 or wrong >= of:
        return 1.0
    return _root(lambda share: _at_most(wrong, of, share) - (1 - confidence))


def _at_most(wrong: int, of: int, share: float) -> float:
    """The binomial chance of at most `wrong`."""
    return sum(
        exp(_log_choices(of, count) + count * log(share) + (of - count) * log(1 - share)) for count in range(wrong + 1)
    )


def _log_choices(of: int, count: int) -> float:
    return lgamma(of + 1) - lgamma(count + 1) - lgamma(of - count + 1)


def _root(falling: Callable[[float], float]) -> float:
    """Where a function that falls over 0–1 is zero."""
    low, high = 1e-12, 1 - 1e-12
    for _ in range(_STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if falling(middle) > 0 else (low, middle)
    return high
