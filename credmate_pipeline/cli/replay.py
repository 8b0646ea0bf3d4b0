"""`credmate replay`: makes anew what older code made, and says before what would change."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated, Any

import typer
from rich.table import Table

from credmate_pipeline.cli.output import console, print_json, safe, shown_text
from credmate_pipeline.errors import ConfigurationError
from credmate_pipeline.extraction.fields import FieldValue
from credmate_pipeline.extraction.registry import document_types
from credmate_pipeline.gateways import Gateways, open_artifacts, open_uploads, running_ledger
from credmate_pipeline.ledger.ledger import Ledger
from credmate_pipeline.reconciliation.changes import DocumentChange, FieldChange
from credmate_pipeline.reconciliation.stale import StaleDocument, StaleGroup, stale_groups
from credmate_pipeline.rehearsal import Rehearsal
from credmate_pipeline.settings import Settings
from credmate_pipeline.versions import current_versions


def replay(
    *,
    stale: Annotated[bool, typer.Option("--stale", help="What older code made.")] = False,
    only_type: Annotated[str | None, typer.Option("--type", help="Only documents of this type.")] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Read with the current code, store nothing, show what would change.")
    ] = False,
    apply: Annotated[bool, typer.Option("--apply", help="Ask for runs that make it anew.")] = False,
    at_most: Annotated[int, typer.Option(help="Documents to list, or to read in a dry run.", min=1)] = 100,
    requested_by: Annotated[str, typer.Option(envvar="CREDMATE_REVIEWER", help="Recorded with --apply.")] = "operator",
    reveal: Annotated[bool, typer.Option(help="Show sensitive values in full.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List what an older reader, classifier, extractor or validator made; --dry-run shows changes, --apply runs it."""
    _check(stale=stale, dry_run=dry_run, apply=apply, only_type=only_type)
    settings = Settings()
    ledger = running_ledger(settings)
    groups = stale_groups(ledger.makings(), current_versions(), document_type=only_type)
    if apply:
        _apply(ledger, groups, settings, requested_by, as_json=as_json)
    elif dry_run:
        gateways = Gateways(ledger, open_uploads(settings), open_artifacts(settings))
        documents = ledger.stale_documents(groups, at_most=at_most)
        changes = list(Rehearsal(documents, gateways, settings, datetime.now(UTC).date()).changes())
        _tell_changes(groups, changes, reveal=reveal, as_json=as_json)
    else:
        _list(ledger, groups, ledger.stale_documents(groups, at_most=at_most), settings, as_json=as_json)


def _check(*, stale: bool, dry_run: bool, apply: bool, only_type: str | None) -> None:
    if not stale:
        raise ConfigurationError("Say what to replay: credmate replay --stale")
    if dry_run and apply:
        raise ConfigurationError("--dry-run changes nothing and --apply does; give one of them.")
    known = [one.name for one in document_types()]
    if only_type is not None and only_type not in (*known, "unsupported"):
        raise ConfigurationError(f"--type is {only_type!r}; the types are {', '.join(known)} and unsupported.")


def _apply(
    ledger: Ledger, groups: Sequence[StaleGroup], settings: Settings, requested_by: str, *, as_json: bool
) -> None:
    asked = ledger.request_replays(
        groups, requested_by=requested_by, attempts_allowed=settings.attempts, now=datetime.now(UTC)
    )
    if as_json:
        print_json({"requested": asked, "groups": _groups_json(groups)})
        return
    console.print(_group_table(groups))
    known = sum(group.count for group in groups) - asked
    console.print(f"{asked} requested ({known} were already). The sensor runs them in batches, after new uploads.")


def _list(
    ledger: Ledger,
    groups: Sequence[StaleGroup],
    documents: Sequence[StaleDocument],
    settings: Settings,
    *,
    as_json: bool,
) -> None:
    open_requests = ledger.replay_counts(attempts_allowed=settings.attempts)
    if as_json:
        listed = [{**_document_json(one), "status": one.status.value} for one in documents]
        requests = {"waiting": open_requests.waiting, "given_up": open_requests.given_up}
        print_json({"groups": _groups_json(groups), "requests": requests, "documents": listed})
        return
    console.print(_group_table(groups) if groups else "Nothing is stale: the current code made every result.")
    if documents:
        table = Table("document", "type", "status", "again from")
        for one in documents:
            table.add_row(one.document_id, one.document_type, one.status.value, one.first.value)
        console.print(table)
    if open_requests.waiting:
        console.print(f"{open_requests.waiting} are requested and not read again yet.")
    if open_requests.given_up:
        console.print(f"[red]{open_requests.given_up} were asked for {settings.attempts} times in vain.[/red]")


def _tell_changes(
    groups: Sequence[StaleGroup], changes: Sequence[DocumentChange], *, reveal: bool, as_json: bool
) -> None:
    if as_json:
        told = [_change_json(change, reveal=reveal) for change in changes]
        print_json({"groups": _groups_json(groups), "documents": told})
        return
    table = Table("document", "again from", "status", "item", "field", "before", "after")
    for change in changes:
        for row in _rows(change, reveal=reveal):
            table.add_row(change.document_id, change.first.value, *row)
    changed, failed = sum(one.is_any for one in changes), sum(one.error is not None for one in changes)
    if changed or failed:
        console.print(table)
    console.print(
        f"{len(changes)} of {sum(group.count for group in groups)} stale documents read: {changed} would change, "
        f"{sum(one.opens_a_review for one in changes)} of them decided by a person and looked at again, "
        f"{failed} could not be read. Nothing was stored."
    )


def _rows(change: DocumentChange, *, reveal: bool) -> list[tuple[str, ...]]:
    before, after = change.status_before.value, change.status_after.value
    status = before if before == after else f"{before} → {after}"
    rows = [
        (
            status,
            str(one.item + 1),
            one.field_name,
            *(safe(_text(one, value, reveal)) for value in (one.before, one.after)),
        )
        for one in change.fields
    ]
    if change.type_before != change.type_after:
        rows.insert(0, (status, "", "type", change.type_before or "", change.type_after or ""))
    if change.error is not None:
        return [(status, "", "", "could not be read", safe(change.error))]
    return rows or ([(status, "", "", "", "")] if change.is_any else [])


def _text(change: FieldChange, value: FieldValue | None, reveal: bool) -> str:
    return "–" if value is None else shown_text(change.document_type, change.field_name, value, is_revealed=reveal)


def _group_table(groups: Sequence[StaleGroup]) -> Table:
    table = Table("type", "again from", "documents")
    for group in groups:
        table.add_row(group.document_type, group.first.value, str(group.count))
    return table


def _groups_json(groups: Sequence[StaleGroup]) -> list[dict[str, Any]]:
    return [{"document_type": one.document_type, "first_stage": one.first.value, "count": one.count} for one in groups]


def _document_json(one: StaleDocument) -> dict[str, Any]:
    return {"document_id": one.document_id, "document_type": one.document_type, "first_stage": one.first.value}


def _change_json(change: DocumentChange, *, reveal: bool) -> dict[str, Any]:
    def value(one: FieldChange, given: FieldValue | None) -> str | None:
        return None if given is None else _text(one, given, reveal)

    return {
        "document_id": change.document_id,
        "first_stage": change.first.value,
        "type_before": change.type_before,
        "type_after": change.type_after,
        "status_before": change.status_before.value,
        "status_after": change.status_after.value,
        "opens_a_review": change.opens_a_review,
        "error": change.error,
        "fields": [
            {
                "item": one.item,
                "field": one.field_name,
                "before": value(one, one.before),
                "after": value(one, one.after),
            }
            for one in change.fields
        ],
    }
