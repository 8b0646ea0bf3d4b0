"""`credmate reconcile`: do storage, ledger, Dagster and results agree? Works while the system is up."""

from typing import Annotated

import typer
from rich.table import Table

from credmate_pipeline.cli.output import console, print_json, safe
from credmate_pipeline.errors import ConfigurationError
from credmate_pipeline.gateways import Gateways, open_artifacts, open_uploads, running_ledger
from credmate_pipeline.reconciliation.differences import KINDS, Difference
from credmate_pipeline.reconciliation.reconcile import reconcile as compare_and_repair
from credmate_pipeline.reconciliation.report import Finding, Report
from credmate_pipeline.settings import Settings

EXIT_DIFFERS, EXIT_NOT_COMPARED = 1, 3


def reconcile(
    is_repairing: Annotated[
        bool, typer.Option("--repair/--dry-run", help="Repair what may be, as the hourly schedule does; or only look.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    accept: Annotated[
        tuple[str, str] | None,
        typer.Option(metavar="KIND SUBJECT", help="Pass over this difference from now on; needs --reason and --by."),
    ] = None,
    reason: Annotated[str, typer.Option(help="Why it is accepted.")] = "",
    by: Annotated[str, typer.Option(help="Who accepts it.", envvar="CREDMATE_REVIEWER")] = "",
) -> None:
    """Compare storage, ledger, Dagster and results. Exit code 0 agrees, 1 differs, 3 not all could be compared."""
    settings = Settings()
    gateways = Gateways(running_ledger(settings), open_uploads(settings), open_artifacts(settings))
    if accept is not None:
        _accept(gateways, *accept, reason=reason, by=by)
        return
    from credmate_pipeline.defs.orchestrator import open_orchestrator

    with open_orchestrator(settings) as orchestrator:
        report = compare_and_repair(
            gateways, orchestrator, settings, clock=gateways.ledger.now, is_repairing=is_repairing
        )
    if as_json:
        print_json(report.as_json())
    else:
        _tell(report)
    if not report.is_complete:
        raise typer.Exit(EXIT_NOT_COMPARED)
    if not report.agrees:
        raise typer.Exit(EXIT_DIFFERS)


def _accept(gateways: Gateways, kind: str, subject: str, *, reason: str, by: str) -> None:
    if kind not in {known.value for known in Difference if known is not Difference.NOT_COMPARED}:
        raise ConfigurationError(f"{kind} is no kind of difference; docs/operations.md lists them.")
    if not reason.strip() or not by.strip():
        raise ConfigurationError("Accepting a difference needs --reason and --by (or CREDMATE_REVIEWER).")
    is_new = gateways.reconciliations.accept(
        Difference(kind), subject, accepted_by=by, reason=reason, now=gateways.ledger.now()
    )
    console.print(f"{kind} of {safe(subject)} is {'now' if is_new else 'already'} accepted.")


def _tell(report: Report) -> None:
    if report.agrees:
        console.print(f"Everything agrees: {report.document_count} documents in {report.seconds:.1f} seconds.")
        return
    table = Table("difference", "count", "repaired", "who acts", "examples", show_lines=True)
    for finding in report.findings:
        shown = "\n".join(safe(sample) for sample in finding.samples[:5])
        who = KINDS[finding.difference].person.value if finding.open_count else ""
        table.add_row(finding.difference.value, str(finding.count), str(finding.repaired_count), who, shown)
    console.print(table)
    for finding in report.findings:
        console.print(_sentence(finding))
    if not report.is_repairing:
        console.print("Nothing was changed; --repair does what may be done without a person.")


def _sentence(finding: Finding) -> str:
    kind = KINDS[finding.difference]
    return f"[bold]{finding.difference.value}[/bold]: {kind.meaning} {kind.remedy}"
