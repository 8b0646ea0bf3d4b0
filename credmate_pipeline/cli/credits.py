"""`credmate credits`: a provider's CME credits against what a state's board asks for."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Annotated, Any

import typer
from rich.table import Table

from credmate_pipeline.cli.days import given_day
from credmate_pipeline.cli.output import console, print_json, safe
from credmate_pipeline.credentials.credit_count import Window
from credmate_pipeline.credentials.credit_report import CreditReport, Line, cycle_window, report_credits
from credmate_pipeline.credentials.requirements import Board, boards_of
from credmate_pipeline.errors import ConfigurationError
from credmate_pipeline.extraction.numbers import canonical
from credmate_pipeline.gateways import running_ledger
from credmate_pipeline.settings import Settings

DEGREES = ("MD", "DO")


def credits_of(
    provider: Annotated[str, typer.Argument(help="The provider's folder, as `credmate providers list` shows it.")],
    state: Annotated[str, typer.Option(help="Two letters of the state whose board asks.")],
    begin: Annotated[str | None, typer.Option("--from", help="First day that counts, as 2024-01-31.")] = None,
    end: Annotated[str | None, typer.Option("--to", help="Last day that counts; default today.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Show awarded CME credits in a window against the board's requirement, and what is uncertain."""
    first, last = given_day("--from", begin), given_day("--to", end) or datetime.now(UTC).date()
    if first is not None and first > last:
        raise ConfigurationError(f"--from is {first}, which is after --to ({last}).")
    ledger = running_ledger(Settings())
    known = ledger.provider(provider)
    if known is None:
        raise ConfigurationError(f"No provider has the folder {provider!r}; `credmate providers list` shows them.")
    degree = _degree(known.degree)
    boards = boards_of(state, degree)
    claims = ledger.claims_to_credit(known.provider_id)
    reports = [
        report_credits(
            board,
            claims,
            _window(board, first, last),
            is_window_given=first is not None,
            is_degree_known=degree is not None or len(boards) == 1,
        )
        for board in boards
    ]
    if as_json:
        print_json([_as_json(report) for report in reports])
        return
    for report in reports:
        _print(report)


def _window(board: Board, first: date | None, last: date) -> Window:
    return Window(first, last) if first is not None else cycle_window(board, last)


def _degree(degrees: str | None) -> str | None:
    printed = {part.strip() for part in (degrees or "").split(",")}
    return next((degree for degree in DEGREES if degree in printed), None)


def _print(report: CreditReport) -> None:
    board, window = report.board, report.window
    console.print(f"[bold]{board.code}[/bold] ({', '.join(sorted(board.degrees))}), {window.begin} to {window.end}")
    table = Table("requirement", "asked", "counted", "missing", "since", "for")
    for line in report.lines:
        since = str(line.window.begin or "ever") if line.window != window else ""
        row = (_told(line.required), canonical(line.counted), _told(line.missing), since, safe(line.applies_to))
        table.add_row(line.name.replace("_", " "), *row)
    console.print(table)
    by_type = sorted(report.count.by_type.items())
    console.print("Counted: " + (", ".join(f"{canonical(amount)} {name}" for name, amount in by_type) or "nothing"))
    if report.count.copies:
        console.print(f"{len(report.count.copies)} claims are shown by another document too and count once.")
    for doubted in report.count.doubted:
        worth = f"{canonical(doubted.credits)} credits" if doubted.credits is not None else "no credits read"
        console.print(f"[yellow]not counted[/yellow] {doubted.claim.document_id[:8]}: {doubted.why.value}, {worth}")
    for _, message in report.uncertain:
        console.print(f"[yellow]uncertain[/yellow] {safe(message)}")
    if board.topics_told:
        console.print(f"In the overview's words: {safe(board.topics_told)}")
    console.print(f"Source: {safe(board.source)}")


def _told(hours: Decimal | None) -> str:
    return "?" if hours is None else canonical(hours)


def _as_json(report: CreditReport) -> dict[str, Any]:
    return {
        "board": report.board.code,
        "from": _iso(report.window.begin),
        "to": _iso(report.window.end),
        "requirements": [_line_as_json(line) for line in report.lines],
        "credits_by_type": {name: canonical(amount) for name, amount in sorted(report.count.by_type.items())},
        "copies": [claim.document_id for claim in report.count.copies],
        "not_counted": [
            {
                "document_id": one.claim.document_id,
                "item": one.claim.item,
                "why": one.why.value,
                "credits": None if one.credits is None else canonical(one.credits),
            }
            for one in report.count.doubted
        ],
        "uncertain": [{"about": about.value, "message": message} for about, message in report.uncertain],
        "topics_told": report.board.topics_told,
        "source": report.board.source,
    }


def _line_as_json(line: Line) -> dict[str, Any]:
    return {
        "requirement": line.name,
        "asked": None if line.required is None else canonical(line.required),
        "counted": canonical(line.counted),
        "missing": None if line.missing is None else canonical(line.missing),
        "from": _iso(line.window.begin),
        "to": _iso(line.window.end),
        "applies_to": line.applies_to,
    }


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
