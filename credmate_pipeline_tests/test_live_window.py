"""Which keys runs are about."""

from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.live_window import RETIRABLE, keys_named

KEYS = ("a", "b", "c", "d")


def of_range(start: str, end: str) -> dict[str, str]:
    return {"dagster/asset_partition_range_start": start, "dagster/asset_partition_range_end": end}


def test_a_run_names_its_key_or_all_keys_of_its_range() -> None:
    assert keys_named(KEYS, [{"dagster/partition": "a"}, of_range("b", "c"), {}]) == {"a", "b", "c"}
    assert keys_named(KEYS, [{"dagster/partition": "retired"}]) == frozenset()


def test_a_range_with_an_unknown_end_names_all_it_may_mean() -> None:
    assert keys_named(KEYS, [of_range("c", "gone")]) == {"c", "d"}
    assert keys_named(KEYS, [of_range("gone", "b")]) == {"a", "b"}


def test_what_waits_for_somebody_does_not_retire() -> None:
    stays = {DocumentStatus.UPLOADED, DocumentStatus.REVIEW_PENDING, DocumentStatus.FAILED}
    assert RETIRABLE.isdisjoint(stays)
    assert DocumentStatus.COMPLETED in RETIRABLE
