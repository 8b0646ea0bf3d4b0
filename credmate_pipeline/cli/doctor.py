"""`credmate doctor`: is this environment what it should be? `credmate compare`: are two of them the same?"""

import json
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any

import typer
from dotenv import dotenv_values
from rich.table import Table

from credmate_pipeline.cli.output import console, print_json, safe
from credmate_pipeline.doctor.check import Verdict
from credmate_pipeline.doctor.compare import Weight
from credmate_pipeline.doctor.compare import compare as compare_reports
from credmate_pipeline.doctor.gateway_checks import Patient
from credmate_pipeline.doctor.report import Report, examine
from credmate_pipeline.errors import ConfigurationError
from credmate_pipeline.gateways import running_ledger
from credmate_pipeline.settings import Settings

_COLORS = {Verdict.WELL: "green", Verdict.DOUBTFUL: "yellow", Verdict.WRONG: "red", Verdict.NOT_ASKED: "dim"}
_WEIGHTS = {Weight.SAME: "", Weight.EXPECTED: "may differ", Weight.DOUBTFUL: "doubtful", Weight.GRAVE: "grave"}
_EXAMINATION_SECONDS = 180
# What a command needs of this machine whatever environment it looks at.
_OF_THE_MACHINE = ("PATH", "HOME", "LANG", "TMPDIR", "SSL_CERT_FILE")


def doctor(as_json: Annotated[bool, typer.Option("--json", help="Print JSON, to keep or compare.")] = False) -> None:
    """Look at every setting and reach every gateway; a line each. Exit code 1 where something is wrong."""
    settings = Settings()
    report = examine(Patient(settings, lambda: running_ledger(settings)))
    if as_json:
        print_json(report.as_json())
    else:
        _tell(report)
    if not report.is_well:
        raise typer.Exit(1)


def compare(
    first: Annotated[str, typer.Argument(help="A: a report (JSON), an .env file, or a PostgreSQL URL.")],
    second: Annotated[str, typer.Argument(help="B, likewise.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Lay two environments side by side, and say whether they are the same. Exit code 1 where it matters.

    An .env file or a URL is examined now; nothing of this shell's settings is used for it.
    """
    found = compare_reports(_report(first), _report(second))
    if as_json:
        lines = [
            {"what": line.what, "a": line.first, "b": line.second, "weight": line.weight.name.lower()}
            for line in found.lines
        ]
        print_json({"verdict": found.verdict, "weight": found.weight.name.lower(), "lines": lines})
    else:
        table = Table("", "A", "B", "")
        for line in found.lines:
            table.add_row(safe(line.what), safe(line.first), safe(line.second), _WEIGHTS[line.weight])
        console.print(table)
        console.print(safe(found.verdict))
    if found.weight >= Weight.DOUBTFUL:
        raise typer.Exit(1)


def _tell(report: Report) -> None:
    settings = Table("setting", "value", "from")
    for one in report.settings:
        settings.add_row(one.name, safe(one.value), one.source)
    console.print(settings)
    for check in report.checks:
        console.print(f"[{_COLORS[check.verdict]}]{check.verdict.value:9}[/] {check.name}: {safe(check.message)}")
    wrong = sum(check.verdict is Verdict.WRONG for check in report.checks)
    console.print(f"[red]{wrong} of {len(report.checks)} checks are wrong.[/red]" if wrong else "All is well.")


def _report(named: str) -> dict[str, Any]:
    """The report a file holds, or the one of the environment a file or URL names."""
    if named.startswith(("postgres://", "postgresql://", "postgresql+")):
        # Of a database alone only what the ledger holds is known.
        examined = _examined({"DATABASE_URL": named})
        return {name: examined[name] for name in ("migration", "documents", "canary") if name in examined}
    try:
        text = Path(named).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{named} cannot be read; name a saved report, an .env file or a URL.") from error
    if text.lstrip().startswith("{"):
        return _parsed(text, named)
    given = {name: value for name, value in dotenv_values(named).items() if value}
    home = Path(named).parent.resolve() / given.get("CREDMATE_HOME", "var")
    return _examined({**given, "CREDMATE_HOME": str(home)})


def _parsed(text: str, named: str) -> dict[str, Any]:
    try:
        report = json.loads(text)
    except ValueError as error:
        raise ConfigurationError(f"{named} is no report: make one with `credmate doctor --json`.") from error
    return dict(report)


def _examined(environment: dict[str, str]) -> dict[str, Any]:
    """The doctor's report of another environment, by a process that knows only that one's settings."""
    given = {name: os.environ[name] for name in _OF_THE_MACHINE if name in os.environ}
    given |= {name: value for name, value in os.environ.items() if name.startswith("AWS_")}
    command = [sys.executable, "-m", "credmate_pipeline.cli.main", "doctor", "--json"]
    # In an empty folder, so that no other .env is read.
    with TemporaryDirectory(prefix="credmate-doctor-") as folder:
        said = subprocess.run(
            command,
            env={**given, **environment},
            cwd=folder,
            capture_output=True,
            text=True,
            timeout=_EXAMINATION_SECONDS,
            check=False,
        )
    if not said.stdout.lstrip().startswith("{"):
        raise ConfigurationError(f"The other environment could not be examined: {said.stderr.strip()}")
    return _parsed(said.stdout, "the other environment")
