"""`credmate providers`: the clinicians documents belong to."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from credmate_pipeline.cli.output import console, print_json, safe
from credmate_pipeline.errors import ConfigurationError
from credmate_pipeline.gateways import running_ledger
from credmate_pipeline.ledger.masking import mask
from credmate_pipeline.ledger.records import ProviderRecord
from credmate_pipeline.providers.roster import FaultyRoster, read_roster
from credmate_pipeline.settings import Settings

app = typer.Typer(no_args_is_help=True, help="The clinicians documents belong to.")
ACTOR = "roster import"
_FAULTS_SHOWN = 50


@app.command("import")
def import_providers(
    file: Annotated[Path, typer.Argument(help="CSV: owner,name[,other_names,npi,organization,degree].")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would change; store nothing.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Add and update providers from a roster; documents in their folders are tied to them. Nobody is removed."""
    try:
        content = file.read_bytes()
    except OSError as error:
        raise ConfigurationError(f"{file} cannot be read: {error.strerror}.") from error
    try:
        entries = read_roster(content)
        change = running_ledger(Settings()).import_roster(
            entries, actor=ACTOR, now=datetime.now(UTC), is_dry_run=dry_run
        )
    except FaultyRoster as error:
        _tell_faults(error)
        raise typer.Exit(1) from None
    if as_json:
        print_json(
            {
                "is_dry_run": dry_run,
                "added": list(change.added),
                "changed": list(change.changed),
                "unchanged": change.unchanged_count,
                "linked_documents": change.linked_document_count,
                "sent_to_review": list(change.doubted_documents),
            }
        )
        return
    console.print(
        f"{'Would be: ' if dry_run else ''}{len(change.added)} added, {len(change.changed)} changed, "
        f"{change.unchanged_count} unchanged; {change.linked_document_count} documents tied to their provider."
    )
    if change.doubted_documents:
        console.print(f"{len(change.doubted_documents)} of them go to a person: their holder is not the provider.")


@app.command("list")
def list_providers(
    at_most: Annotated[int, typer.Option(help="How many to list.", min=1)] = 1000,
    reveal: Annotated[bool, typer.Option(help="Show names and NPIs in full.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List providers by their folder; names and NPIs are masked unless revealed."""
    found = running_ledger(Settings()).providers(at_most=at_most)
    if as_json:
        print_json([_as_row(record, is_revealed=reveal) for record in found])
        return
    table = Table("owner", "name", "other names", "NPI", "organization", "degree", "documents")
    for record in found:
        names = [safe(_shown(name, is_revealed=reveal)) for name in record.names]
        npi = _shown(record.npi or "", is_revealed=reveal)
        cells = (names[0], "; ".join(names[1:]), npi, safe(record.organization or ""), safe(record.degree or ""))
        table.add_row(safe(record.owner), *cells, str(record.document_count))
    console.print(table if found else "No providers yet; import a roster with: credmate providers import FILE")


def _tell_faults(error: FaultyRoster) -> None:
    typer.echo("credmate: the roster is not imported:", err=True)
    for fault in error.faults[:_FAULTS_SHOWN]:
        typer.echo(f"  {fault}", err=True)
    if len(error.faults) > _FAULTS_SHOWN:
        typer.echo(f"  and {len(error.faults) - _FAULTS_SHOWN} more", err=True)


def _as_row(record: ProviderRecord, *, is_revealed: bool) -> dict[str, object]:
    return {
        "provider_id": record.provider_id,
        "owner": record.owner,
        "names": [_shown(name, is_revealed=is_revealed) for name in record.names],
        "npi": _shown(record.npi, is_revealed=is_revealed) if record.npi else None,
        "organization": record.organization,
        "degree": record.degree,
        "documents": record.document_count,
    }


def _shown(text: str, *, is_revealed: bool) -> str:
    return text if is_revealed else mask(text)
