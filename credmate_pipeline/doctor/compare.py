"""Two environments side by side, from their saved reports: what differs, how much it matters, and a verdict in words.

A report may say little: what one does not state is not compared. Even counts by status alone can be compared.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from math import sqrt
from typing import Any

from credmate_pipeline.ledger.states import NEEDS_EXTRACTION

Stated = Mapping[str, Any]
"""A report as JSON."""

OF_THE_PLACE = frozenset(
    {
        *("DATABASE_URL", "CREDMATE_HOME", "CREDMATE_UPLOADS", "CREDMATE_UPLOADS_DIR", "CREDMATE_ARTIFACTS_DIR"),
        *("CREDMATE_ARTIFACTS_PREFIX", "CREDMATE_S3_BUCKET", "CREDMATE_S3_ENDPOINT_URL", "CREDMATE_S3_REGION"),
        *("CREDMATE_SQS_QUEUE_URL", "CREDMATE_SQS_ENDPOINT_URL", "CREDMATE_WEBSERVER_URL"),
    }
)
"""Settings that say where an environment is, and so differ between any two."""

_UNLIKELY = 3.0
"""Standard errors between two shares that chance does not explain."""
_ENOUGH = 0.05
_SLOWER, _SECONDS_THAT_MATTER = 3.0, 60.0


class Weight(IntEnum):
    """How much a difference matters."""

    SAME = 0
    EXPECTED = 1
    """Environments may differ so."""
    DOUBTFUL = 2
    GRAVE = 3


@dataclass(frozen=True, slots=True)
class Line:
    """One thing in both environments; empty text where one does not state it."""

    what: str
    first: str
    second: str
    weight: Weight
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """All lines, the gravest first word of the verdict."""

    lines: tuple[Line, ...]

    @property
    def weight(self) -> Weight:
        return max((line.weight for line in self.lines), default=Weight.SAME)

    @property
    def verdict(self) -> str:
        told = [line.remark for line in self.lines if line.weight is self.weight and line.remark]
        match self.weight:
            case Weight.GRAVE:
                return f"Not the same: {' '.join(told)}"
            case Weight.DOUBTFUL:
                return f"Look at this: {' '.join(told)}"
            case _:
                return "The same, but for where they are."


def compare(first: Stated, second: Stated) -> Comparison:
    """Everything both state, and what only one does."""
    return Comparison(tuple(_lines(first, second)))


def _lines(first: Stated, second: Stated) -> Iterator[Line]:
    yield from _versions(first, second)
    yield from _documents(first.get("documents") or {}, second.get("documents") or {})
    yield _canary(first, second)
    yield from _settings(first, second)


# Versions


def _versions(first: Stated, second: Stated) -> Iterator[Line]:
    for what, of in (("code", "code"), ("engines", "engines")):
        theirs: tuple[Stated, Stated] = (first.get(of) or {}, second.get(of) or {})
        for name in dict.fromkeys((*theirs[0], *theirs[1])):
            yield _must_agree(f"{what}: {name}", str(theirs[0].get(name, "")), str(theirs[1].get(name, "")))
    yield _must_agree("migration", str(first.get("migration") or ""), str(second.get("migration") or ""))


def _must_agree(what: str, one: str, other: str) -> Line:
    if one == other or not one or not other:
        return Line(what, one, other, Weight.SAME)
    return Line(what, one, other, Weight.GRAVE, f"{what} is {one} in A and {other} in B.")


# Documents


def _documents(one: Stated, other: Stated) -> Iterator[Line]:
    if not one or not other:
        yield from _lie("A" if one else "B", one or other)
        return
    statuses = dict.fromkeys((*(one.get("by_status") or {}), *(other.get("by_status") or {})))
    for status in statuses:
        counts = [str((each.get("by_status") or {}).get(status, 0)) for each in (one, other)]
        yield Line(
            f"documents: {status}", counts[0], counts[1], Weight.EXPECTED if counts[0] != counts[1] else Weight.SAME
        )
    yield _extraction(one, other)
    for name, each in (("A", one), ("B", other)):
        yield from _lie(name, each)
    yield from _settle_times(one, other)


def _extraction(one: Stated, other: Stated) -> Line:
    shares = [_share(one), _share(other)]
    told = [_told_share(one), _told_share(other)]
    what = "documents with an extraction"
    if None in shares or not _is_unlikely(one, other):
        return Line(what, told[0], told[1], Weight.SAME)
    worse = "A" if (shares[0] or 0) < (shares[1] or 0) else "B"
    how = "reads nothing" if min(share or 0 for share in shares) == 0 else "reads far less"
    return Line(what, told[0], told[1], Weight.GRAVE, f"{worse} {how}: {what} are {told[0]} in A and {told[1]} in B.")


def _counts(each: Stated) -> tuple[int, int]:
    """How many documents have an extraction, and of how many."""
    total = each.get("total")
    if total is None:
        total = sum((each.get("by_status") or {}).values())
    return int(each.get("with_extraction") or 0), int(total)


def _share(each: Stated) -> float | None:
    read, total = _counts(each)
    return read / total if total and "with_extraction" in each else None


def _told_share(each: Stated) -> str:
    read, total = _counts(each)
    return f"{read} of {total}" if "with_extraction" in each else ""


def _is_unlikely(one: Stated, other: Stated) -> bool:
    """Whether the two shares are further apart than chance and a different mix of documents explain."""
    (read, total), (other_read, other_total) = _counts(one), _counts(other)
    pooled = (read + other_read) / (total + other_total)
    error = sqrt(pooled * (1 - pooled) * (1 / total + 1 / other_total))
    apart = abs(read / total - other_read / other_total)
    return apart > _ENOUGH and apart > _UNLIKELY * error


def _lie(name: str, each: Stated) -> Iterator[Line]:
    """Statuses that cannot be true without an extraction, more than there are extractions."""
    claimed = sum(count for status, count in (each.get("by_status") or {}).items() if status in NEEDS_EXTRACTION)
    read, _ = _counts(each)
    if "with_extraction" in each and claimed > read:
        told = f"In {name} the status of {claimed} documents says they were read; {read} have an extraction."
        cells = (str(claimed - read), "") if name == "A" else ("", str(claimed - read))
        yield Line("said to be read, and not", *cells, Weight.GRAVE, told)


def _settle_times(one: Stated, other: Stated) -> Iterator[Line]:
    for name in ("settle_seconds_p50", "settle_seconds_p95"):
        times = [each.get(name) for each in (one, other)]
        cells = ["" if time is None else f"{time:g}" for time in times]
        known = [float(time) for time in times if time is not None]
        is_slow = (
            len(known) == len(times) and max(known) > _SECONDS_THAT_MATTER and max(known) > _SLOWER * max(min(known), 1)
        )
        remark = f"{name} is {cells[0]} in A and {cells[1]} in B." if is_slow else ""
        yield Line(name, cells[0], cells[1], Weight.DOUBTFUL if is_slow else Weight.SAME, remark)


# Canary and settings


def _canary(first: Stated, second: Stated) -> Line:
    told = [_told_canary(each) for each in (first, second)]
    failed = [name for name, one in zip("AB", told, strict=True) if one == "failed"]
    if failed:
        return Line("canary", told[0], told[1], Weight.GRAVE, f"The last canary of {' and '.join(failed)} failed.")
    if told[0] != told[1] and "" not in told:
        return Line("canary", told[0], told[1], Weight.DOUBTFUL, "Only one of the two has a canary that came through.")
    return Line("canary", told[0], told[1], Weight.SAME)


def _told_canary(each: Stated) -> str:
    if "canary" not in each:
        return ""
    return "none" if each["canary"] is None else ("passed" if each["canary"]["passed"] else "failed")


def _settings(first: Stated, second: Stated) -> Iterator[Line]:
    theirs = [{one["name"]: str(one["value"]) for one in each.get("settings") or ()} for each in (first, second)]
    for name in sorted(theirs[0].keys() & theirs[1].keys()):
        one, other = theirs[0][name], theirs[1][name]
        if one != other:
            is_of_the_place = name in OF_THE_PLACE or name.startswith("CREDMATE_ALERT_")
            weight = Weight.EXPECTED if is_of_the_place else Weight.DOUBTFUL
            remark = "" if is_of_the_place else f"{name} is {one or 'empty'} in A and {other or 'empty'} in B."
            yield Line(name, one, other, weight, remark)
