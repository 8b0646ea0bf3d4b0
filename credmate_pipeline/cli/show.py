"""`credmate show`: one document with its fields, their places, what the rules say, and its trail."""

from typing import Annotated, Any

import typer
from rich.table import Table

from credmate_pipeline.cli.output import console, print_json, safe, shown_value
from credmate_pipeline.cli.status import as_row
from credmate_pipeline.errors import ConfigurationError
from credmate_pipeline.extraction.fields import Extraction, Item
from credmate_pipeline.gateways import running_ledger
from credmate_pipeline.ledger.adoption_book import AdoptionBook
from credmate_pipeline.ledger.ledger import Ledger
from credmate_pipeline.ledger.records import AdoptedRecord, DocumentRecord
from credmate_pipeline.settings import Settings


def show(
    document_id: Annotated[str, typer.Argument(help="The document's id, or as much of it as is unique.")],
    reveal: Annotated[bool, typer.Option(help="Show sensitive values in full.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Show one document."""
    ledger = running_ledger(Settings())
    document = found_document(ledger, document_id)
    extraction = ledger.load_extraction(document.document_id)
    if as_json:
        print_json(_as_json(ledger, document, extraction, reveal=reveal))
        return
    console.print(f"[bold]{document.document_id}[/bold]  {safe(document.upload_key)}")
    console.print(f"{document.document_type or 'type unknown'} · [bold]{document.status.value}[/bold]")
    for reason in document.reasons:
        console.print(f"  {safe(reason)}")
    for adopted in _adopted(ledger, document):
        console.print(safe(told_adoption(adopted)))
    if extraction is not None:
        console.print(_field_table(extraction, reveal=reveal))
        for page in extraction.pages_set_aside:
            console.print(f"page {page.page}: {page.use.value}, gives no item")
    for finding in ledger.load_findings(document.document_id):
        which = f" (item {finding.item + 1})" if finding.item else ""
        console.print(f"{finding.severity.value:8} {finding.rule}{which}: {safe(finding.message)}")
    for event in ledger.history(document.document_id):
        moved = f"{event.from_status.value} → " if event.from_status else ""
        when = event.occurred_at.astimezone().isoformat(" ", "seconds")
        console.print(f"{when}  {event.kind.value}: {moved}{event.to_status.value} by {safe(event.actor)}")


def told_adoption(adopted: AdoptedRecord) -> str:
    """What an earlier installation stated of the document, in a sentence."""
    had = "an extraction" if adopted.had_extraction else "no extraction"
    told = f"Adopted from {adopted.source_id}: stated as {adopted.stated_status}, with {had}."
    if adopted.decision is None:
        return told
    when = f" on {adopted.decided_at:%Y-%m-%d}" if adopted.decided_at else ""
    how = "on that reading" if adopted.had_extraction else "without a reading"
    return f"{told} A person {adopted.decision} it{when}, {how}; that decision is kept."


def _adopted(ledger: Ledger, document: DocumentRecord) -> tuple[AdoptedRecord, ...]:
    return AdoptionBook(ledger.engine).adopted(document.document_id)


def found_document(ledger: Ledger, prefix: str) -> DocumentRecord:
    """The one document whose id begins so. Raises ConfigurationError where there is none, or more than one."""
    found = list(ledger.documents_by_prefix(prefix))
    if not found:
        raise ConfigurationError(f"No document's id begins with {prefix!r}; `credmate status --documents` lists them.")
    if len(found) > 1:
        raise ConfigurationError(f"More than one document's id begins with {prefix!r}; give more of it.")
    return found[0]


def _field_table(extraction: Extraction, *, reveal: bool) -> Table:
    table = Table("item", "field", "value", "confidence", "page", "place")
    for number, item in enumerate(extraction.items, start=1):
        for field in item.fields:
            place = field.evidence[0]
            box = " ".join(f"{edge:.3f}" for edge in (place.box.x0, place.box.y0, place.box.x1, place.box.y1))
            value = safe(shown_value(extraction.type_of(item), field, is_revealed=reveal))
            table.add_row(str(number), field.name, value, f"{field.confidence:.2f}", str(place.page), box)
    return table


def _as_json(
    ledger: Ledger, document: DocumentRecord, extraction: Extraction | None, *, reveal: bool
) -> dict[str, Any]:
    return {
        **as_row(document),
        "items": [_item_json(extraction.type_of(item), item, reveal=reveal) for item in extraction.items]
        if extraction is not None
        else [],
        "pages_set_aside": [
            {"page": page.page, "use": page.use.value} for page in (extraction.pages_set_aside if extraction else ())
        ],
        "adopted": [
            {
                "source_id": adopted.source_id,
                "stated_status": adopted.stated_status,
                "stated_type": adopted.stated_type,
                "had_extraction": adopted.had_extraction,
                "decision": adopted.decision,
                "decided_at": adopted.decided_at.isoformat() if adopted.decided_at else None,
            }
            for adopted in _adopted(ledger, document)
        ],
        "findings": [
            {"rule": f.rule, "severity": f.severity.value, "field": f.field, "item": f.item, "message": f.message}
            for f in ledger.load_findings(document.document_id)
        ],
        "events": [
            {
                "kind": event.kind.value,
                "from": event.from_status.value if event.from_status else None,
                "to": event.to_status.value,
                "actor": event.actor,
                "run_id": event.run_id,
                "reason": event.reason,
                "occurred_at": event.occurred_at.isoformat(),
            }
            for event in ledger.history(document.document_id)
        ],
    }


def _item_json(type_name: str, item: Item, *, reveal: bool) -> dict[str, Any]:
    return {
        "document_type": type_name,
        "fields": {
            field.name: {
                "value": shown_value(type_name, field, is_revealed=reveal),
                "confidence": round(field.confidence, 4),
                "method": field.method,
                "evidence": [
                    {"page": e.page, "box": [round(v, 5) for v in (e.box.x0, e.box.y0, e.box.x1, e.box.y1)]}
                    for e in field.evidence
                ],
            }
            for field in item.fields
        },
    }
