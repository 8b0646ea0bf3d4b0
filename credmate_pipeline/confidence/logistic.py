"""Ridge logistic regression by Newton's method; small, deterministic, needed for fitting only."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_STEPS = 60
_STILL = 1e-8
Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Logistic:
    """The weights of signs as given (not standardized); a sign without a weight counts for nothing."""

    intercept: float
    weights: Mapping[str, float]


def fit_logistic(
    signs: Sequence[Mapping[str, float]],
    is_right: Sequence[bool],
    *,
    ridge: float,
    never_for: Callable[[str], bool] = lambda name: False,
) -> Logistic:
    """The weights that make `is_right` likely; `ridge` pulls those of standardized signs towards 0.

    A sign that is `never_for` a field has no weight where the data would give it a positive one. Raises
    ValueError where all are right or all wrong: nothing can be learned from that.
    """
    if all(is_right) or not any(is_right):
        raise ValueError("Fields must be partly right and partly wrong to fit from.")
    names = sorted({name for one in signs for name in one})
    while True:
        fitted = _fit(names, signs, is_right, ridge)
        misled = {name for name, weight in fitted.weights.items() if weight > 0 and never_for(name)}
        if not misled:
            return fitted
        names = [name for name in names if name not in misled]


def _fit(
    names: Sequence[str], signs: Sequence[Mapping[str, float]], is_right: Sequence[bool], ridge: float
) -> Logistic:
    table = np.array([[one.get(name, 0.0) for name in names] for one in signs])
    mean, spread = table.mean(axis=0), table.std(axis=0)
    varies = spread > 1e-9
    standard = (table[:, varies] - mean[varies]) / spread[varies]
    solved = _solve(np.column_stack([np.ones(len(table)), standard]), np.array(is_right, dtype=float), ridge)
    weights = solved[1:] / spread[varies]
    intercept = float(solved[0] - (weights * mean[varies]).sum())
    chosen = [name for name, does in zip(names, varies, strict=True) if does]
    return Logistic(intercept, {name: float(weight) for name, weight in zip(chosen, weights, strict=True)})


def _solve(table: Numbers, right: Numbers, ridge: float) -> Numbers:
    penalty = np.full(table.shape[1], ridge)
    penalty[0] = 0.0
    weights = np.zeros(table.shape[1])
    for _ in range(_STEPS):
        probability = _sigmoid(table @ weights)
        slope = table.T @ (probability - right) + penalty * weights
        bend = (table * (probability * (1 - probability))[:, None]).T @ table + np.diag(penalty + 1e-9)
        step = np.linalg.solve(bend, slope)
        weights = weights - step * min(1.0, 5.0 / max(1e-12, float(np.abs(step).max())))
        if float(np.abs(step).max()) < _STILL:
            break
    return weights


def _sigmoid(value: Numbers) -> Numbers:
    return 1 / (1 + np.exp(-np.clip(value, -30, 30)))
