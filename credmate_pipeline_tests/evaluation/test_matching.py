"""Which item read is judged as which item of the truth."""

from credmate_pipeline.evaluation.matching import TypedItem, matched
from credmate_pipeline.evaluation.score import Judged, field_scores


def row(title: str, credits_awarded: str, kind: str = "cme_certificate") -> TypedItem:
    return TypedItem(kind, {"activity_title": title, "credits_awarded": credits_awarded, "holder_name": "Ann Lee"})


def test_items_are_matched_by_what_they_say_and_not_by_their_order() -> None:
    truths = (row("Sepsis", "1"), row("Stroke", "2"), row("Thyroid", "3"))
    pairs = matched(truths, (row("THYROID", "3.00"), row("Sepsis", "1"), row("Stroke", "4")))
    assert [pair.read["activity_title"] for pair in pairs] == ["Sepsis", "Stroke", "THYROID"]


def test_an_item_that_was_not_read_has_no_values() -> None:
    pairs = matched((row("Sepsis", "1"), row("Stroke", "2")), (row("Stroke", "2"),))
    assert [dict(pair.read) for pair in pairs] == [{}, dict(row("Stroke", "2").fields)]


def test_an_item_read_in_excess_is_untrue_in_every_field() -> None:
    [_, excess] = matched((row("Sepsis", "1"),), (row("Sepsis", "1"), row("Sepsis", "1")))
    assert excess.truth == {"activity_title": None, "credits_awarded": None, "holder_name": None}


def test_items_of_another_type_do_not_match() -> None:
    pairs = matched((row("Sepsis", "1", "license"),), (row("Sepsis", "1"),))
    assert [(pair.document_type, bool(pair.read)) for pair in pairs] == [("license", False), ("cme_certificate", True)]


def test_every_item_counts_in_the_figures_and_one_wrong_item_makes_a_settled_document_wrong() -> None:
    truths = (row("Sepsis", "1"), row("Stroke", "2"))
    right = Judged(
        "a.pdf", "", "cme_certificate", "cme_certificate", "completed", {}, {}, pairs=matched(truths, truths)
    )
    half = Judged(
        "b.pdf", "", "cme_certificate", "cme_certificate", "completed", {}, {}, pairs=matched(truths, truths[:1])
    )
    scores = {row["field"]: row for row in field_scores([right, half]).to_dict(orient="records")}
    assert (scores["credits_awarded"]["printed"], scores["credits_awarded"]["right"]) == (4, 3)
    assert [right.is_wrongly_settled, half.is_wrongly_settled] == [False, True]
