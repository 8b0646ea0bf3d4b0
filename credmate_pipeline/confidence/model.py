"""The model that gives a field its probability of being right: a sum of weighted signs, kept as a small file.

Signs are named and measured in `signs`; fitting is in `fit`, choosing the threshold in `measures`.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from math import exp
from pathlib import Path
from typing import Any

MODEL_FILE = "model.json"
UNSURE = 0.5
"""What a field of a reader the model has never seen is worth at the most."""

Signs = Mapping[str, float]
"""What speaks for or against a field, by name; a sign that is not there is 0."""


@dataclass(frozen=True, slots=True)
class ConfidenceModel:
    """A logistic model with the threshold chosen from it and what it was fitted and measured on."""

    version: str
    """Stored with every extraction it judged."""
    fitted_on: str
    """The day, ISO 8601; samples were drawn as of it."""
    intercept: float
    weights: Mapping[str, float]
    readers: frozenset[str]
    """The field readers whose fields were seen in fitting."""
    threshold: float
    """0–1: a document settles without a person where none of its required fields is less probable."""
    fitted_from: Mapping[str, Any]
    """Seeds and counts of the samples, and the versions of the code that read them."""
    measures: Mapping[str, Any]
    """Over layouts left out of the fitting: see `measures.Measures`."""

    def probability(self, signs: Signs) -> float:
        """Of a field with these signs being right, 0–1."""
        score = self.intercept + sum(self.weights.get(name, 0.0) * value for name, value in signs.items())
        return 1 / (1 + exp(-max(-30.0, min(30.0, score))))


@cache
def package_model() -> ConfidenceModel:
    """The model that belongs to this code."""
    return _parsed(files("credmate_pipeline.confidence").joinpath(MODEL_FILE).read_text("utf-8"))


def save_model(model: ConfidenceModel, path: Path) -> None:
    """Writes the model so that two fits can be compared line by line."""
    content = {**asdict(model), "readers": sorted(model.readers), "weights": dict(sorted(model.weights.items()))}
    path.write_text(json.dumps(content, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def load_model(path: Path) -> ConfidenceModel:
    """The model `save_model` wrote."""
    return _parsed(path.read_text(encoding="utf-8"))


def _parsed(text: str) -> ConfidenceModel:
    content = json.loads(text)
    return ConfidenceModel(**{**content, "readers": frozenset(content["readers"])})
