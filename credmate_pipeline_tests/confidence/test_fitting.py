"""Fitting: what is learned, how it is measured, and the threshold that follows."""

from itertools import pairwise
from pathlib import Path
from random import Random

import pytest

from credmate_pipeline.confidence.fit import fit_model
from credmate_pipeline.confidence.lessons import DocumentLesson, FieldLesson
from credmate_pipeline.confidence.logistic import fit_logistic
from credmate_pipeline.confidence.measures import Verdict, auroc, chosen_threshold, error_recall, reliability
from credmate_pipeline.confidence.model import load_model, save_model

READERS = frozenset({"rules"})


def lessons(count: int = 200, *, layouts: int = 10) -> list[DocumentLesson]:
    """Documents of one field whose doubt says how often it is wrong, and noise that says nothing."""
    rng, made = Random(4), []
    for number in range(count):
        doubt = rng.random()
        is_right = rng.random() > doubt**3
        field = FieldLesson({"doubt": doubt, "noise": rng.random()}, is_right, is_required=True)
        made.append(DocumentLesson(f"layout {number % layouts}", (field,), True, is_right, READERS))
    return made


def verdicts(*pairs: tuple[float, bool]) -> list[Verdict]:
    return [Verdict(*pair) for pair in pairs]


def test_what_makes_fields_wrong_lowers_their_probability_and_noise_does_not() -> None:
    model = fit_model(lessons(), fitted_on="2026-01-05", fitted_from={}, target=0.9)
    doubts = [model.probability({"doubt": doubt, "noise": 0.5}) for doubt in (0.0, 0.3, 0.6, 1.0)]
    assert all(one > other for one, other in pairwise(doubts))
    assert abs(model.weights["noise"]) < abs(model.weights["doubt"]) / 4


def test_a_model_says_what_it_was_fitted_from_and_how_it_did_on_layouts_it_had_not_seen(tmp_path: Path) -> None:
    model = fit_model(lessons(), fitted_on="2026-01-05", fitted_from={"seeds": [4]}, target=0.9)
    assert model.fitted_from == {"seeds": [4], "documents": 200, "fields": 200, "layouts": 10}
    assert 0.6 < model.measures["required_fields"]["auroc"] < 1
    settling = model.measures["settling"]
    assert settling["settled_right"] / settling["settled"] >= 0.9
    assert settling["right_share_low"] < settling["right_share"] < settling["right_share_high"]
    save_model(model, tmp_path / "model.json")
    assert load_model(tmp_path / "model.json") == model


def test_the_same_lessons_give_the_same_version_and_others_another() -> None:
    def version(count: int) -> str:
        return fit_model(lessons(count), fitted_on="2026-01-05", fitted_from={}, target=0.9).version

    assert version(200) == version(200)
    assert version(200) != version(190)
    assert version(200).startswith("2026-01-05-")


def test_a_sign_that_speaks_against_fields_never_speaks_for_them_by_chance() -> None:
    signs, is_right = [{"doubt": 1.0}, {"doubt": 0.0}] * 10, [True, False] * 10
    assert fit_logistic(signs, is_right, ridge=1.0).weights["doubt"] > 0
    assert fit_logistic(signs, is_right, ridge=1.0, never_for=lambda name: name == "doubt").weights == {}


def test_nothing_is_fitted_from_what_is_all_right_or_all_of_one_layout() -> None:
    with pytest.raises(ValueError, match="wrong"):
        fit_logistic([{"doubt": 0.1}], [True], ridge=1.0)
    with pytest.raises(ValueError, match="layouts"):
        fit_model(lessons(layouts=3), fitted_on="2026-01-05", fitted_from={}, target=0.9)


def test_a_target_no_threshold_reaches_is_said_so() -> None:
    with pytest.raises(ValueError, match="No threshold"):
        fit_model(lessons(60), fitted_on="2026-01-05", fitted_from={}, target=0.9999)


def test_ranking_errors_last_is_worth_one_and_at_random_a_half() -> None:
    assert auroc(verdicts((0.9, True), (0.8, True), (0.1, False))) == 1
    assert auroc(verdicts((0.1, True), (0.9, False))) == 0
    assert auroc(verdicts((0.5, True), (0.5, False), (0.5, True))) == 0.5
    assert auroc(verdicts((0.9, True))) is None


def test_a_band_tells_what_was_promised_and_what_was_right() -> None:
    [low, high] = reliability(verdicts((0.2, False), (0.4, True), (0.995, True), (1.0, True)))
    assert (low["promised"], low["right"], low["count"]) == (0.3, 0.5, 2)
    assert (high["right"], high["count"]) == (1, 2)
    assert low["right_low"] < 0.5 < low["right_high"]


def test_errors_are_found_by_looking_at_the_least_probable_first() -> None:
    many = verdicts(*((number / 100, number not in {1, 2, 15, 80}) for number in range(100)))
    assert error_recall(many) == {"0.05": 0.5, "0.1": 0.5, "0.2": 0.75, "0.3": 0.75}
    assert error_recall(verdicts((0.9, True))) == {}


def test_the_threshold_settles_as_many_documents_as_the_target_allows() -> None:
    documents = verdicts(*[(0.99, True)] * 99, (0.98, False), *[(0.97, True)] * 120, *[(0.5, False)] * 10)
    settling = chosen_threshold(documents, target=0.99)
    assert (settling.threshold, settling.settled, settling.settled_right) == (0.97, 220, 219)
    assert chosen_threshold(documents, target=0.995).settled == 99


def test_few_documents_do_not_show_that_a_threshold_is_safe() -> None:
    assert chosen_threshold(verdicts(*[(0.99, True)] * 20), target=0.99).settled == 0
