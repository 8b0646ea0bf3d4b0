"""`credmate adopt`: an earlier installation's documents brought into the ledger; first as a dry run."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from credmate_pipeline.adopt import AdoptionReport, apply, plan
from credmate_pipeline.adoption.columns import said_columns
from credmate_pipeline.adoption.csv_tables import read_csv
from credmate_pipeline.adoption.installation import Installation, SourceTable, read_installation
from credmate_pipeline.adoption.plan import MEANINGS, Adoption, Fate
from credmate_pipeline.adoption.stated import as_word
from credmate_pipeline.cli.output import console, print_json, safe
from credmate_pipeline.errors import ConfigurationError
from credmate_pipeline.gateways import lent_gateways
from credmate_pipeline.ledger.foreign import read_tables
from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.settings import Settings

_SAMPLES = 2


def adopt(
    *,
    documents: Annotated[Path | None, typer.Option(help="CSV of the installation's documents.")] = None,
    extractions: Annotated[Path | None, typer.Option(help="CSV of its extraction results.")] = None,
    database: Annotated[
        str | None,
        typer.Option(envvar="CREDMATE_ADOPT_DATABASE_URL", help="Its PostgreSQL instead of CSV; only read from."),
    ] = None,
    documents_table: Annotated[str, typer.Option(help="Its table of documents.")] = "documents",
    extractions_table: Annotated[str, typer.Option(help="Its table of extraction results.")] = "extraction_results",
    column: Annotated[list[str] | None, typer.Option(help="A column by hand: key=file_path; may be repeated.")] = None,
    status: Annotated[list[str] | None, typer.Option(help="A status by hand: done=completed; may be repeated.")] = None,
    is_applied: Annotated[bool, typer.Option("--apply", help="Do it; without, only say what would be done.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Bring an earlier installation's documents into the ledger. A status without an extraction is not believed.

    Without --apply nothing is changed. Exit code 1 where some rows cannot be mapped.
    """
    settings = Settings()
    source, made = _tables(documents, extractions, database, documents_table, extractions_table)
    installation = read_installation(
        source, made, said=said_columns(column or ()), statuses=_said_statuses(status or ())
    )
    with lent_gateways(settings) as gateways:
        now = datetime.now(UTC)
        report = plan(gateways, installation, now=now)
        if is_applied:
            apply(gateways, report, now=now)
    if as_json:
        print_json(as_report(report, is_applied=is_applied))
    else:
        _tell(report, is_applied=is_applied)
    if any(one.fate is Fate.REFUSED for one in report.plan):
        raise typer.Exit(1)


def _tables(
    documents: Path | None, extractions: Path | None, database: str | None, documents_table: str, extractions_table: str
) -> tuple[SourceTable, SourceTable | None]:
    if documents is not None:
        return read_csv(documents), read_csv(extractions) if extractions is not None else None
    if database is None:
        raise ConfigurationError(
            "Name the installation: --documents FILE.csv [--extractions FILE.csv] or --database URL."
        )
    return read_tables(database, documents_table, extractions_table)


def _said_statuses(pairs: Sequence[str]) -> dict[str, str]:
    said = {}
    for pair in pairs:
        theirs, equals, ours = pair.partition("=")
        if not equals or ours not in frozenset(DocumentStatus):
            words = ", ".join(DocumentStatus)
            raise ConfigurationError(f"--status {pair} should read THEIRS=OURS; OURS is one of {words}.")
        said[as_word(theirs)] = ours
    return said


def as_report(report: AdoptionReport, *, is_applied: bool) -> dict[str, Any]:
    """The whole report as JSON; ids and codes, no names and no values."""
    return {
        "is_applied": is_applied,
        "columns": {table: dict(named) for table, named in report.installation.columns.items()},
        "documents": len(report.plan),
        "extractions_of_unknown_documents": report.installation.unknown_extraction_count,
        "uploads_no_row_tells_of": report.unstated_count,
        "fates": dict(Counter(one.fate.value for one in report.plan)),
        "remarks": dict(Counter(remark.value for one in report.plan for remark in one.remarks)),
        "by_stated_status": _by_status(report.plan),
        "plan": [
            {
                "source_id": one.stated.source_id,
                "document_id": one.document_id,
                "stated_status": one.stated.status,
                "fate": one.fate.value,
                "remarks": [remark.value for remark in one.remarks],
            }
            for one in report.plan
        ],
    }


def _by_status(adoptions: Iterable[Adoption]) -> dict[str, dict[str, int]]:
    """Of each stated status how many documents, and how many of them have an extraction that holds anything."""
    counts: dict[str, dict[str, int]] = {}
    for one in adoptions:
        row = counts.setdefault(one.stated.status, {"documents": 0, "with_extraction": 0})
        row["documents"] += 1
        row["with_extraction"] += bool(one.stated.values)
    return counts


def _tell(report: AdoptionReport, *, is_applied: bool) -> None:
    _tell_columns(report.installation)
    statuses = Table("stated status", "documents", "with an extraction")
    for status, row in sorted(_by_status(report.plan).items()):
        statuses.add_row(safe(status), str(row["documents"]), str(row["with_extraction"]))
    console.print(statuses)
    remarks = Table("remark", "documents", "means", "such as")
    for remark, meaning in MEANINGS.items():
        of_it = [one.stated.source_id for one in report.plan if remark in one.remarks]
        if of_it:
            samples = ", ".join(safe(source_id) for source_id in of_it[:_SAMPLES])
            remarks.add_row(remark.value, str(len(of_it)), meaning, samples)
    console.print(remarks)
    fates = Counter(one.fate for one in report.plan)
    verb = "adopted as `uploaded`" if is_applied else "would be adopted as `uploaded`"
    console.print(
        f"{fates[Fate.ADOPTED]} {verb}, {fates[Fate.KNOWN]} adopted before, {fates[Fate.REFUSED]} cannot be mapped; "
        f"{report.unstated_count} stored uploads no row tells of."
    )
    if is_applied:
        console.print("The sensor takes them up in batches; `credmate status` shows how far it is.")
    elif fates[Fate.ADOPTED]:
        console.print("Nothing was changed; add --apply to do it.")


def _tell_columns(installation: Installation) -> None:
    for table, named in installation.columns.items():
        columns = ", ".join(f"{what} = {column}" for what, column in named.items())
        console.print(f"{safe(table)}: {safe(columns)}")
    if installation.unknown_extraction_count:
        count = installation.unknown_extraction_count
        console.print(f"[yellow]{count} extractions belong to no document of the table.[/yellow]")
