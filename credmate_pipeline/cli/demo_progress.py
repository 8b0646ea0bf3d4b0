"""The demo's documents on their way, and what the demo says at its end. Starting the system is elsewhere."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from itertools import permutations

from rich.table import Table

from credmate_pipeline.cli.output import main_fields, safe
from credmate_pipeline.evaluation.judge import judge_read
from credmate_pipeline.evaluation.truth import TruthLine
from credmate_pipeline.ledger.ledger import Ledger
from credmate_pipeline.ledger.records import DocumentRecord
from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.samples.sample import Sample
from credmate_pipeline.samples.write import truth_line
from credmate_pipeline.stages import Stage

STAGES = (Stage.DOCUMENT, Stage.OCR, Stage.CLASSIFICATION, Stage.EXTRACTION, Stage.VALIDATION)
_NEVER = "never picked up"


@dataclass(frozen=True, slots=True)
class Watched:
    """What was dropped, what the ledger says of it, and the stages Dagster shows as passed."""

    samples: Mapping[str, Sample]
    """By upload key."""
    records: Mapping[str, DocumentRecord]
    """By upload key; what has not been picked up is missing."""
    passed: Mapping[str, frozenset[str]]
    """Document ids by stage."""

    @property
    def is_settled(self) -> bool:
        return self.settled_count == len(self.samples)

    @property
    def settled_count(self) -> int:
        return sum(not self.is_moving(key) for key in self.samples)

    def is_moving(self, key: str) -> bool:
        """Whether the document is not settled yet."""
        record = self.records.get(key)
        return record is None or record.status is DocumentStatus.UPLOADED

    def state(self, key: str) -> str:
        """Where the document is, in a word or two."""
        record = self.records.get(key)
        if record is None:
            return "uploaded"
        if record.status is not DocumentStatus.UPLOADED:
            return record.status.value
        if record.claim_run_id is None:
            return "waiting for a run"
        reached = [stage for stage in STAGES if record.document_id in self.passed.get(stage, ())]
        return f"after {reached[-1].value}" if reached else "in a run"


def unexpected(watched: Watched) -> list[str]:
    """Keys of the documents that are not where their samples expect them.

    Of files with the same bytes that were dropped together, any may be the one that counts as the first.
    """
    groups: dict[bytes, list[str]] = defaultdict(list)
    for key, sample in watched.samples.items():
        groups[sample.content].append(key)
    return [key for keys in groups.values() if not _fits(keys, watched) for key in keys]


def misread(ledger: Ledger, watched: Watched) -> Mapping[str, tuple[str, ...]]:
    """By key of the documents that were settled without a person, what of them is not as printed."""
    found = {}
    for key, sample in watched.samples.items():
        record = watched.records.get(key)
        if record is not None and record.status is DocumentStatus.COMPLETED:
            truth = TruthLine.model_validate_json(truth_line(sample))
            extraction = ledger.load_extraction(record.document_id)
            if wrong := judge_read(truth, record.status, record.document_type, extraction).wrong:
                found[key] = wrong
    return found


def _fits(keys: list[str], watched: Watched) -> bool:
    expected = [watched.samples[key].truth.expected_statuses for key in keys]
    found = [record.status if (record := watched.records.get(key)) else None for key in keys]
    return any(
        all(status in statuses for status, statuses in zip(order, expected, strict=True))
        for order in permutations(found)
    )


def progress_table(watched: Watched, *, height: int) -> Table:
    """A row a document, at most `height` of them, those on their way before those that are settled."""
    table = Table(
        "document",
        *[stage.value for stage in STAGES],
        "now",
        title=f"{watched.settled_count} of {len(watched.samples)} settled",
    )
    in_order = sorted(watched.samples, key=lambda key: not watched.is_moving(key))
    shown = set(in_order[: max(height, 1)])
    for key, sample in watched.samples.items():
        if key in shown:
            record = watched.records.get(key)
            marks = ["✓" if record and record.document_id in watched.passed.get(stage, ()) else "" for stage in STAGES]
            table.add_row(safe(sample.file_name), *marks, watched.state(key))
    return table


def changes(watched: Watched, told: dict[str, str]) -> Iterator[str]:
    """A line for each document that moved since it was last told of."""
    for key, sample in watched.samples.items():
        state = watched.state(key)
        if told.get(key) != state:
            told[key] = state
            yield f"  {safe(sample.file_name)}: {state}"


def result_table(ledger: Ledger, watched: Watched) -> Table:
    """A row a document: what it is, where it ended, what it says."""
    wrong = set(unexpected(watched))
    table = Table("document", "type", "status", "main fields", "findings", "seconds")
    for key, sample in watched.samples.items():
        record = watched.records.get(key)
        if record is None:
            table.add_row(safe(sample.file_name), "", f"[red]{_NEVER}[/red]", "", "", "")
            continue
        status = f"[red]{record.status.value}[/red]" if key in wrong else record.status.value
        findings = ", ".join(finding.rule for finding in ledger.load_findings(record.document_id))
        fields = safe(main_fields(ledger.load_extraction(record.document_id)))
        table.add_row(
            safe(sample.file_name), record.document_type or "", status, fields, findings, _until_settled(record)
        )
    return table


def complaints(watched: Watched) -> Iterator[str]:
    """A line for each document that is not where its sample expects it."""
    for key in unexpected(watched):
        record, sample = watched.records.get(key), watched.samples[key]
        expected = " or ".join(sorted(status.value for status in sample.truth.expected_statuses))
        why = " ".join(record.reasons) if record else ""
        now = record.status.value if record else _NEVER
        yield f"{safe(sample.file_name)} is {now}, expected {expected}. {safe(why)}".rstrip()


def misreadings(watched: Watched, found: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """A line for each document of `misread`."""
    for key, wrong in found.items():
        yield f"{safe(watched.samples[key].file_name)} is settled, but not as printed: {', '.join(wrong)}."


def lateness(watched: Watched, waited: timedelta) -> str:
    """Says what has not been settled in time, where it stands and who holds it."""
    late = [
        f"{safe(sample.file_name)} ({watched.state(key)}{_held(watched.records.get(key))})"
        for key, sample in watched.samples.items()
        if watched.is_moving(key)
    ]
    return f"After {waited.total_seconds() / 60:g} minutes {len(late)} documents are not settled: {', '.join(late)}."


def _held(record: DocumentRecord | None) -> str:
    return f", held by run {record.claim_run_id}" if record is not None and record.claim_run_id else ""


def _until_settled(record: DocumentRecord) -> str:
    return f"{(record.settled_at - record.uploaded_at).total_seconds():.1f}" if record.settled_at else ""
