"""Two environments side by side: what differs, how much it matters, and the words for it."""

from typing import Any

import pytest

from credmate_pipeline.doctor.compare import Weight, compare

LOCAL = {"by_status": {"completed": 292, "uploaded": 4}, "with_extraction": 292}
PRODUCTION = {
    "by_status": {"uploaded": 36, "review_pending": 36, "completed": 36, "approved": 36, "review_approved": 36},
    "with_extraction": 0,
}


def report(**changed: Any) -> dict[str, Any]:
    """A report of this code, changed."""
    return {
        "code": {"version": "0.1.0+a", "reader": "1"},
        "engines": {"tesseract": "Tesseract 5.3 with eng."},
        "migration": "0013",
        "documents": {
            "total": 100,
            "by_status": {"completed": 90, "unreadable": 10},
            "with_extraction": 90,
            "settle_seconds_p50": 10.0,
            "settle_seconds_p95": 20.0,
        },
        "canary": {"passed": True, "at": "2026-05-04T10:00:00+00:00"},
        "settings": [{"name": "CREDMATE_LANES", "value": "2", "source": "default"}],
        **changed,
    }


def test_292_of_296_against_0_of_180_is_told_in_the_first_words() -> None:
    found = compare({"documents": LOCAL}, {"documents": PRODUCTION})
    assert found.weight is Weight.GRAVE
    assert found.verdict == (
        "Not the same: B reads nothing: documents with an extraction are 292 of 296 in A and 0 of 180 in B. "
        "In B the status of 144 documents says they were read; 0 have an extraction."
    )


def test_an_environment_is_the_same_as_itself() -> None:
    found = compare(report(), report())
    assert (found.weight, found.verdict) == (Weight.SAME, "The same, but for where they are.")


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"code": {"version": "0.1.0+b", "reader": "1"}}, "code: version is 0.1.0+a in A and 0.1.0+b in B"),
        ({"code": {"version": "0.1.0+a", "reader": "2"}}, "code: reader is 1 in A and 2 in B"),
        ({"migration": "0012"}, "migration is 0013 in A and 0012 in B"),
        ({"engines": {"tesseract": "Tesseract 4.1 with eng."}}, "engines: tesseract"),
        ({"canary": {"passed": False, "at": ""}}, "The last canary of B failed"),
        (
            {"documents": {"by_status": {"completed": 100}, "with_extraction": 99}},
            "of 100 documents says they were read",
        ),
    ],
)
def test_what_must_agree_and_does_not_is_grave(changed: dict[str, Any], told: str) -> None:
    found = compare(report(), report(**changed))
    assert found.weight is Weight.GRAVE
    assert told in found.verdict


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"settings": [{"name": "CREDMATE_LANES", "value": "8", "source": ".env"}]}, "CREDMATE_LANES is 2 in A and 8"),
        ({"canary": None}, "Only one of the two has a canary"),
        (
            {"documents": {**report()["documents"], "settle_seconds_p95": 900.0}},
            "settle_seconds_p95 is 20 in A and 900 in B",
        ),
    ],
)
def test_what_may_be_meant_is_doubtful(changed: dict[str, Any], told: str) -> None:
    found = compare(report(), report(**changed))
    assert found.weight is Weight.DOUBTFUL
    assert told in found.verdict


def test_places_may_differ_and_are_shown() -> None:
    buckets = [
        report(settings=[{"name": "CREDMATE_S3_BUCKET", "value": name, "source": ".env"}]) for name in ("one", "two")
    ]
    found = compare(*buckets)
    assert found.weight is Weight.EXPECTED
    assert [(line.first, line.second) for line in found.lines if line.what == "CREDMATE_S3_BUCKET"] == [("one", "two")]


@pytest.mark.parametrize(("read", "total"), [(88, 100), (9, 10), (2, 3)])
def test_shares_that_chance_explains_are_no_difference(read: int, total: int) -> None:
    few = {"by_status": {"unreadable": total - read, "completed": read}, "with_extraction": read}
    assert compare({"documents": report()["documents"]}, {"documents": few}).weight < Weight.DOUBTFUL


def test_what_one_report_does_not_state_is_not_held_against_it() -> None:
    assert compare(report(), {}).weight is Weight.SAME
