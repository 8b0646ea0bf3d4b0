"""Which partitions may leave the live window, decided from keys and runs. Acting on it is `defs`'."""

from collections.abc import Iterable, Mapping, Sequence

from credmate_pipeline.ledger.states import SETTLED, DocumentStatus

RETIRABLE = SETTLED - {DocumentStatus.REVIEW_PENDING, DocumentStatus.FAILED}
"""Statuses in which nobody has to act: a document that waits for somebody stays in sight."""

_PARTITION = "dagster/partition"
_RANGE_START = "dagster/asset_partition_range_start"
_RANGE_END = "dagster/asset_partition_range_end"


def keys_named(keys: Sequence[str], tags: Iterable[Mapping[str, str]]) -> frozenset[str]:
    """Those of `keys` (in Dagster's order) that runs with these tags are about.

    A range whose end is unknown names everything from its start on: a run of it would fail without its keys.
    """
    places = {key: place for place, key in enumerate(keys)}
    named: set[str] = set()
    for of_run in tags:
        if _PARTITION in of_run:
            named.add(of_run[_PARTITION])
        if _RANGE_START in of_run:
            start = places.get(of_run[_RANGE_START], 0)
            end = places.get(of_run.get(_RANGE_END, ""), len(keys) - 1)
            named.update(keys[start : end + 1])
    return frozenset(named & places.keys())
