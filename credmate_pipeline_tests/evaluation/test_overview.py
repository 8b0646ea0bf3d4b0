"""The few figures that sum up a measurement."""

from collections.abc import Mapping

from credmate_pipeline.evaluation.comparison import Value
from credmate_pipeline.evaluation.overview import overview, overviews
from credmate_pipeline.evaluation.score import Judged, summary

LICENSE = {"license_number": "A 1", "state": "CA", "holder_name": "Ann Roe", "license_status": "Active"}


def judged(
    name: str, read: Mapping[str, Value] = LICENSE, *, status: str = "completed", true: str = "license", taken: str = ""
) -> Judged:
    truth = LICENSE if true == "license" else {}
    return Judged(name, "scan" if name > "c" else "photo", true, taken or true, status, truth, read)


def test_of_what_is_settled_the_share_that_is_fully_right_is_told_with_what_was_wrong() -> None:
    wrong = judged("b", {**LICENSE, "state": "NV"})
    optional_wrong = judged("c", {**LICENSE, "license_status": "Expired"})
    all_of_them = [judged("a"), wrong, optional_wrong, judged("d", {}, status="review_pending")]
    told = overview(all_of_them)
    assert (told.documents, told.supported, told.supported_settled, told.settled_right) == (4, 4, 3, 2)
    assert (told.required, told.required_right) == (12, 8)
    assert told.settled_share == 3 / 4
    assert told.settled_right_share == 2 / 3
    low, high = told.settled_right_interval
    assert low < 2 / 3 < high
    assert summary(all_of_them)["wrongly_settled_fields"] == {"b": ["state"]}


def test_a_paper_settled_as_a_credential_counts_as_wrong_but_not_among_the_supported() -> None:
    told = overview([judged("a"), judged("b", true="unsupported", taken="license")])
    assert (told.supported, told.settled, told.settled_right) == (1, 2, 1)
    assert told.settled_share == 1


def test_shares_of_nothing_are_not_known() -> None:
    told = overview([])
    assert (told.type_share, told.required_share, told.settled_share, told.settled_right_share) == (None,) * 4


def test_groups_hold_their_own_documents_only() -> None:
    groups = overviews([judged("a"), judged("d"), judged("e", {})], lambda one: one.kind)
    assert [(one.group, one.documents, one.required_right) for one in groups] == [("photo", 1, 3), ("scan", 2, 3)]


def test_types_are_confused_in_the_row_of_the_true_type() -> None:
    matrix = summary([judged("a"), judged("b", taken="unsupported")])["confusion_matrix"]
    assert matrix == {"license": {"license": 1, "unsupported": 1}}
