"""Writes `docs/reference.md` from the code: `.venv/bin/python tools/reference.py`; with `--check` it only compares."""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from credmate_pipeline.extraction.document_type import DocumentType
from credmate_pipeline.extraction.registry import document_types
from credmate_pipeline.validation.catalog import ALL_TYPES, CATALOG

REFERENCE = Path(__file__).resolve().parent.parent / "docs" / "reference.md"
HEAD = """# Reference

Written by `tools/reference.py` from the code; a test holds that it fits. A document that is none of these types is
`unsupported`.
"""
RULES = """## Rules

An error sends the document to a person; a warning or a note stands beside its fields.

| rule | severity | looks at | about | source |
| --- | --- | --- | --- | --- |"""


def main() -> int:
    parser = argparse.ArgumentParser(description="Write the reference of document types and rules.")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 where the file does not fit")
    arguments = parser.parse_args()
    wanted = "\n".join(lines()) + "\n"
    if not arguments.check:
        REFERENCE.write_text(wanted, "utf-8")
    elif not REFERENCE.is_file() or REFERENCE.read_text("utf-8") != wanted:
        print("docs/reference.md is not what the code says; run .venv/bin/python tools/reference.py", file=sys.stderr)
        return 1
    return 0


def lines() -> Iterator[str]:
    yield HEAD
    for known in document_types():
        yield from _type_lines(known)
    yield RULES
    for entry in sorted(CATALOG.values(), key=lambda rule: rule.code):
        looks_at = ", ".join(name if (name,) == ALL_TYPES else f"`{name}`" for name in entry.types)
        cells = (f"`{entry.code}`", entry.severity.value, looks_at, entry.summary, entry.source)
        yield f"| {' | '.join(_cell(cell) for cell in cells)} |"


def _type_lines(known: DocumentType) -> Iterator[str]:
    yield f"## `{known.name}`: {known.title}\n"
    yield "| field | holds | must be read | masked |"
    yield "| --- | --- | --- | --- |"
    for field in known.fields:
        required, masked = ("yes" if answer else "" for answer in (field.is_required, field.is_sensitive))
        yield f"| `{field.name}` | {field.kind.value} | {required} | {masked} |"
    yield ""


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    sys.exit(main())
