"""Every hostile file, and writing them into a folder."""

import json
from pathlib import Path

from credmate_pipeline.samples.hostile.active import active_files
from credmate_pipeline.samples.hostile.bombs import bombs
from credmate_pipeline.samples.hostile.broken import broken_files
from credmate_pipeline.samples.hostile.hostile_file import HostileFile
from credmate_pipeline.samples.hostile.no_documents import no_documents

EXPECTED_FILE = "expected.jsonl"
NOBODY_LISTENS = "http://127.0.0.1:9/"

CERTIFICATE = (
    "Certificate of Participation",
    "Northfield Institute certifies that",
    "Amelia Whitfield, MD",
    "has participated in the live activity titled",
    "Modern Care of Chronic Heart Failure",
    "on March 14, 2025",
    "and is awarded 2.50 AMA PRA Category 1 Credits",
)
"""What the certificates among them print."""


def hostile_files(listener: str = NOBODY_LISTENS) -> tuple[HostileFile, ...]:
    """All of them, the same each time; those that call somewhere call `listener`, a URL."""
    return (
        *broken_files(CERTIFICATE),
        *bombs(CERTIFICATE),
        *active_files(CERTIFICATE, listener),
        *no_documents(listener),
    )


def write_hostile_files(folder: Path, listener: str = NOBODY_LISTENS) -> int:
    """Writes them and `expected.jsonl`, which says what may become of each; returns how many."""
    folder.mkdir(parents=True, exist_ok=True)
    files = hostile_files(listener)
    for file in files:
        (folder / file.name).write_bytes(file.content)
    lines = "".join(f"{json.dumps(_expected(file))}\n" for file in files)
    (folder / EXPECTED_FILE).write_text(lines, "utf-8")
    return len(files)


def _expected(file: HostileFile) -> dict[str, object]:
    return {
        "file": file.name,
        "status": sorted(file.honest),
        "reason_code": sorted(file.reasons),
        "attempt": file.attempt,
    }
