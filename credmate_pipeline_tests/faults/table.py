"""The table of faults: what was broken, how soon somebody was told, and what became of the documents."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "faults.md"

_COLUMNS = 4
_HEAD = """# Faults, injected

What `make faults` measured. It runs the real system (PostgreSQL, webserver, daemon, code server, lanes), breaks one
thing in the middle of a batch, and waits until somebody is told on a real channel and every document is settled. Waits
that last minutes in production are set shorter there: {settings}.
`make faults ARGS=--write-table` writes this page; faults that were not injected that time keep their line.

"""


@dataclass(frozen=True, slots=True)
class Row:
    """One fault and its outcome."""

    fault: str
    seconds: float | None
    """From the fault until the alert arrived; None where none is promised."""
    states: str
    alert: str


def lines(rows: Sequence[Row]) -> list[str]:
    """The table in Markdown."""
    head = ["| fault | seconds until told | alert | documents in the end |", "| --- | --- | --- | --- |"]
    return [*head, *(f"| {row.fault} | {_seconds(row)} | {row.alert} | {row.states} |" for row in rows)]


def page(rows: Sequence[Row], settings: Mapping[str, str]) -> str:
    """The documentation page."""
    waits = {name: value for name, value in settings.items() if name.endswith(("MINUTES", "SECONDS"))}
    told = ",\n".join(f"`{name}={value}`" for name, value in waits.items())
    return _HEAD.format(settings=told) + "\n".join(lines(rows)) + "\n"


def written_page(rows: Sequence[Row], settings: Mapping[str, str]) -> str:
    """The page with these rows, and with those it had of faults that are not among them."""
    before = PAGE.read_text().splitlines() if PAGE.exists() else []
    kept = [Row(*_cells(line)) for line in before if line.startswith("| ") and line.count("|") == _COLUMNS + 1]
    measured = {row.fault: row for row in rows}
    others = [row for row in kept if row.fault not in {*measured, "fault", "---"}]
    return page(sorted([*measured.values(), *others], key=lambda row: row.fault), settings)


def _cells(line: str) -> tuple[str, float | None, str, str]:
    fault, seconds, alert, states = (cell.strip() for cell in line.strip("|").split("|"))
    return fault, float(seconds) if seconds.isdigit() else None, states, alert


def _seconds(row: Row) -> str:
    return "" if row.seconds is None else f"{row.seconds:.0f}"
