"""Fits the model on lessons and measures it on layouts it was not fitted on."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from json import dumps
from typing import Any

from credmate_pipeline.confidence.lessons import DocumentLesson, FieldLesson
from credmate_pipeline.confidence.logistic import fit_logistic
from credmate_pipeline.confidence.measures import (
    Settling,
    Verdict,
    auroc,
    chosen_threshold,
    error_recall,
    reliability,
)
from credmate_pipeline.confidence.model import ConfidenceModel
from credmate_pipeline.confidence.signs import is_doubt
from credmate_pipeline.evaluation.interval import wilson

FOLDS = 5
RIDGE = 10.0
_DIGITS = 6


def fit_model(
    lessons: Sequence[DocumentLesson], *, fitted_on: str, fitted_from: Mapping[str, Any], target: float
) -> ConfidenceModel:
    """The model of all lessons, with measures and threshold of models that each left out a fifth of the layouts.

    `target` is the share (0–1) of the documents settled without a person that must be fully right. Raises ValueError
    where there is nothing to learn (too few layouts, no wrong field) or no threshold reaches the target.
    """
    unseen = _judged_unseen(lessons)
    fields = [verdict for document in unseen for _, verdict in document]
    required = [verdict for document in unseen for field, verdict in document if field.is_required]
    settling = chosen_threshold(_documents(lessons, unseen), target=target)
    if not settling.settled:
        raise ValueError(f"No threshold settles documents of which {target:.1%} are fully right.")
    counts = {"documents": len(lessons), "fields": len(fields), "layouts": len(_layouts(lessons))}
    model = replace(
        _fitted(lessons),
        fitted_on=fitted_on,
        threshold=round(settling.threshold, _DIGITS),
        fitted_from={**fitted_from, **counts},
        measures=_measures(fields, required, settling),
    )
    return replace(model, version=_version(model))


def _layouts(lessons: Sequence[DocumentLesson]) -> list[str]:
    return sorted({lesson.layout for lesson in lessons})


def _judged_unseen(lessons: Sequence[DocumentLesson]) -> list[list[tuple[FieldLesson, Verdict]]]:
    """For each document its fields, judged by a model that saw no document of its layout."""
    fold = {layout: number % FOLDS for number, layout in enumerate(_layouts(lessons))}
    if len(fold) < FOLDS:
        raise ValueError(f"Fitting needs documents of at least {FOLDS} layouts.")
    models = [_fitted([one for one in lessons if fold[one.layout] != left_out]) for left_out in range(FOLDS)]
    return [
        [(field, Verdict(models[fold[one.layout]].probability(field.signs), field.is_right)) for field in one.fields]
        for one in lessons
    ]


def _documents(
    lessons: Sequence[DocumentLesson], judged: Sequence[Sequence[tuple[FieldLesson, Verdict]]]
) -> list[Verdict]:
    """The documents nothing but a poorly read field would send to a person, each by its least probable field."""
    return [
        Verdict(min((verdict.probability for field, verdict in fields if field.is_required), default=1.0), one.is_right)
        for one, fields in zip(lessons, judged, strict=True)
        if one.would_settle
    ]


def _fitted(lessons: Sequence[DocumentLesson]) -> ConfidenceModel:
    fields = [field for lesson in lessons for field in lesson.fields]
    signs, is_right = [field.signs for field in fields], [field.is_right for field in fields]
    fitted = fit_logistic(signs, is_right, ridge=RIDGE, never_for=is_doubt)
    return ConfidenceModel(
        version="",
        fitted_on="",
        intercept=round(fitted.intercept, _DIGITS),
        weights={name: round(weight, _DIGITS) for name, weight in fitted.weights.items()},
        readers=frozenset(reader for lesson in lessons for reader in lesson.readers),
        threshold=1.0,
        fitted_from={},
        measures={},
    )


def _measures(fields: Sequence[Verdict], required: Sequence[Verdict], settling: Settling) -> dict[str, Any]:
    low, high = wilson(settling.settled_right, settling.settled)
    return {
        "all_fields": _ranking(fields),
        "required_fields": _ranking(required),
        "settling": {
            "documents": settling.documents,
            "settled": settling.settled,
            "settled_right": settling.settled_right,
            "right_share": round(settling.right_share, 4),
            "right_share_low": round(low, 4),
            "right_share_high": round(high, 4),
        },
    }


def _ranking(verdicts: Sequence[Verdict]) -> dict[str, Any]:
    ranked = auroc(verdicts)
    counts = Counter(one.is_right for one in verdicts)
    return {
        "right": counts[True],
        "wrong": counts[False],
        "auroc": None if ranked is None else round(ranked, 4),
        "error_recall": error_recall(verdicts),
        "reliability": reliability(verdicts),
    }


def _version(model: ConfidenceModel) -> str:
    """The day and a mark of the weights, so that two models never share a version."""
    content = dumps([model.intercept, sorted(model.weights.items()), model.threshold, sorted(model.readers)])
    return f"{model.fitted_on}-{sha256(content.encode()).hexdigest()[:8]}"
