"""Writes samples into a folder, beside the `truth.jsonl` that tells what each file is."""

import json
from collections.abc import Iterable
from pathlib import Path

from credmate_pipeline.samples.sample import Sample, TruthValue

TRUTH_FILE = "truth.jsonl"


def truth_line(sample: Sample) -> str:
    """One line of `truth.jsonl`; `expected_status` is a list where more than one status is honest."""
    truth = sample.truth
    expected = sorted(status.value for status in truth.expected_statuses)
    return json.dumps(
        {
            "file": sample.file_name,
            "document_type": truth.document_type,
            "fields": {name: _jsonable(value) for name, value in truth.fields.items()},
            "kind": truth.kind.value,
            "layout": truth.layout,
            "expected_status": expected[0] if len(expected) == 1 else expected,
        },
        ensure_ascii=False,
    )


def write_samples(samples: Iterable[Sample], folder: Path) -> int:
    """Write every sample as it is drawn and the truth at the end; returns how many. The folder is made."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = []
    for sample in samples:
        (folder / sample.file_name).write_bytes(sample.content)
        lines.append(truth_line(sample))
    (folder / TRUTH_FILE).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return len(lines)


def _jsonable(value: TruthValue | None) -> str | list[str] | None:
    return list(value) if isinstance(value, tuple) else value
