"""`credmate purge`: removes documents for good, on request; a tombstone and the trail stay."""

import sys
from datetime import UTC, datetime
from typing import Annotated

import typer

from credmate_pipeline.cli.output import console, print_json, safe
from credmate_pipeline.cli.show import found_document
from credmate_pipeline.errors import ConfigurationError
from credmate_pipeline.gateways import Gateways, open_artifacts, open_uploads, running_ledger
from credmate_pipeline.ledger.records import DocumentRecord
from credmate_pipeline.purging import finish_purges
from credmate_pipeline.purging import purge as purge_documents
from credmate_pipeline.settings import Settings


def purge(
    document_ids: Annotated[list[str] | None, typer.Argument(help="The documents' ids, or unique beginnings.")] = None,
    actor: Annotated[str, typer.Option("--by", envvar="CREDMATE_REVIEWER", help="Who purges; recorded.")] = "",
    reason: Annotated[str, typer.Option(help="Why; recorded for good, so name nobody in it.")] = "",
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    unfinished: Annotated[bool, typer.Option("--unfinished", help="Finish purges that were interrupted.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Remove documents' bytes, artifacts and values for good, with every document of the same bytes."""
    _check(document_ids or [], actor, reason, unfinished=unfinished)
    settings = Settings()
    gateways = Gateways(running_ledger(settings), open_uploads(settings), open_artifacts(settings))
    if unfinished:
        gone = finish_purges(gateways, actor=actor, clock=_now)
    else:
        chosen = _chosen(gateways, document_ids or [])
        _confirm(chosen, is_agreed=yes)
        ids = [record.document_id for record in chosen]
        gone = purge_documents(gateways, ids, actor=actor, reason=reason, clock=_now)
    if as_json:
        print_json([{"document_id": document_id, "status": "purged"} for document_id in gone])
        return
    for document_id in gone:
        console.print(f"{document_id}  purged")
    console.print(f"{len(gone)} purged.")


def _check(document_ids: list[str], actor: str, reason: str, *, unfinished: bool) -> None:
    if unfinished == bool(document_ids):
        raise ConfigurationError("Name the documents to purge, or give --unfinished.")
    if not actor.strip():
        raise ConfigurationError("Say who purges with --by (or CREDMATE_REVIEWER); the trail keeps it.")
    if not unfinished and not reason.strip():
        raise ConfigurationError("Say why with --reason; it is all that will be left to tell of the documents.")


def _chosen(gateways: Gateways, prefixes: list[str]) -> tuple[DocumentRecord, ...]:
    named = [found_document(gateways.ledger, prefix).document_id for prefix in prefixes]
    return gateways.ledger.same_bytes(named)


def _confirm(chosen: tuple[DocumentRecord, ...], *, is_agreed: bool) -> None:
    if is_agreed:
        return
    if not sys.stdin.isatty():
        raise ConfigurationError("Nobody can be asked here whether to go on; give --yes.")
    for record in chosen:
        console.print(f"{record.document_id}  {record.status.value}  {safe(record.upload_key)}")
    if not typer.confirm(f"Remove {len(chosen)} for good? Their bytes cannot be brought back."):
        raise typer.Exit(1)


def _now() -> datetime:
    return datetime.now(UTC)
