"""What one reconciliation found and did, and how it reads."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from credmate_pipeline.reconciliation.differences import KINDS, Difference, Found, Repair

SHOWN = 20
"""Subjects a kind that a report names."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One kind of difference in a report."""

    difference: Difference
    count: int
    samples: tuple[str, ...]
    since: datetime | None
    repaired_count: int

    @property
    def open_count(self) -> int:
        """How many need a person, or the next reconciliation."""
        return self.count - self.repaired_count

    def as_json(self) -> dict[str, Any]:
        kind = KINDS[self.difference]
        return {
            "difference": self.difference.value,
            "count": self.count,
            "repaired": self.repaired_count,
            "samples": list(self.samples),
            "since": self.since.isoformat() if self.since else None,
            "meaning": kind.meaning,
            "remedy": kind.remedy,
            "repair": kind.repair.value,
            "who": kind.person.value if self.open_count else None,
        }


@dataclass(frozen=True, slots=True)
class Report:
    """One reconciliation. Counts and ages leave canaries out."""

    document_count: int
    counts: Mapping[str, int]
    """Documents by status."""
    oldest_waiting_at: datetime | None
    oldest_in_review_at: datetime | None
    findings: tuple[Finding, ...]
    started_at: datetime
    finished_at: datetime
    is_repairing: bool

    @property
    def agrees(self) -> bool:
        """Whether everything was compared and nothing differs."""
        return not self.findings

    @property
    def is_complete(self) -> bool:
        """Whether everything could be compared."""
        return all(finding.difference is not Difference.NOT_COMPARED for finding in self.findings)

    @property
    def finding_count(self) -> int:
        return sum(finding.count for finding in self.findings)

    @property
    def repair_count(self) -> int:
        return sum(finding.repaired_count for finding in self.findings)

    @property
    def open_count(self) -> int:
        """How many differences need a person, or the next reconciliation."""
        return self.finding_count - self.repair_count

    @property
    def seconds(self) -> float:
        return (self.finished_at - self.started_at).total_seconds()

    def as_json(self) -> dict[str, Any]:
        return {
            "agrees": self.agrees,
            "is_complete": self.is_complete,
            "is_repairing": self.is_repairing,
            "documents": self.document_count,
            "by_status": dict(self.counts),
            "oldest_waiting_at": self.oldest_waiting_at.isoformat() if self.oldest_waiting_at else None,
            "oldest_in_review_at": self.oldest_in_review_at.isoformat() if self.oldest_in_review_at else None,
            "differences": self.finding_count,
            "repaired": self.repair_count,
            "open": self.open_count,
            "findings": [finding.as_json() for finding in self.findings],
            "started_at": self.started_at.isoformat(),
            "seconds": self.seconds,
        }


def finding_of(found: Found, repaired_count: int) -> Finding:
    samples = found.subjects[:SHOWN]
    return Finding(found.difference, found.count, samples, found.since, min(repaired_count, found.count))


def merged(found: list[Found]) -> tuple[Found, ...]:
    """At most one a kind, the most urgent first."""
    by_kind: dict[Difference, Found] = {}
    for one in found:
        earlier = by_kind.get(one.difference)
        by_kind[one.difference] = one if earlier is None else _together(earlier, one)
    return tuple(by_kind[kind] for kind in Difference if kind in by_kind)


def _together(one: Found, other: Found) -> Found:
    instants = [instant for instant in (one.since, other.since) if instant is not None]
    new = tuple(subject for subject in other.subjects if subject not in set(one.subjects))
    count = one.count + other.count - (len(other.subjects) - len(new))
    return Found(one.difference, count, (*one.subjects, *new), min(instants, default=None))


def as_markdown(report: Report) -> str:
    """The report for the asset's page: of bounded length, ids only."""
    ages = _ages(report)
    counts = "\n".join(f"| {status} | {count} |" for status, count in report.counts.items())
    table = f"| status | documents |\n| --- | ---: |\n{counts}" if counts else "No documents yet."
    told = "\n\n".join(_told(finding, report.finished_at) for finding in report.findings) or "Everything agrees."
    return "\n\n".join([told, table, *([ages] if ages else [])])


def _ages(report: Report) -> str:
    told = {"waits": report.oldest_waiting_at, "waits for a person": report.oldest_in_review_at}
    return " ".join(
        f"The oldest that {what} has done so for {age_of(since, report.finished_at)}."
        for what, since in told.items()
        if since is not None
    )


def _told(finding: Finding, now: datetime) -> str:
    kind = KINDS[finding.difference]
    since = f", the oldest for {age_of(finding.since, now)}" if finding.since else ""
    repaired = f", {finding.repaired_count} repaired" if kind.repair is not Repair.NONE else ""
    who = f" **{kind.person.value}:**" if finding.open_count and kind.repair is Repair.NONE else ""
    listed = "\n".join(f"- `{sample}`" for sample in finding.samples)
    more = f"\n- and {finding.count - len(finding.samples)} more" if finding.count > len(finding.samples) else ""
    head = f"**{finding.difference.value}** ({finding.count}{repaired}{since}): {kind.meaning}{who} {kind.remedy}"
    return f"{head}\n\n{listed}{more}"


def age_of(since: datetime, now: datetime) -> str:
    """`3 days`, `5 hours`, `12 minutes`."""
    minutes = max(0, int((now - since).total_seconds() // 60))
    for unit, size in (("day", 1440), ("hour", 60)):
        if minutes >= size:
            count = minutes // size
            return f"{count} {unit}{'s' if count > 1 else ''}"
    return f"{minutes} minute{'s' if minutes != 1 else ''}"
