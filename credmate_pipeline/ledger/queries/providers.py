"""Providers: importing a roster, listing, and tying documents to them by their folder."""

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from sqlalchemy import Connection, Row, delete, func, insert, literal_column, not_, select, text, update

from credmate_pipeline.documents.document import DocumentId
from credmate_pipeline.extraction.names import best_agreement, name_words
from credmate_pipeline.ledger.queries.transaction import act_as
from credmate_pipeline.ledger.records import ProviderId, ProviderRecord, RosterChange
from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.ledger.tables import (
    credentials,
    documents,
    extracted_fields,
    provider_names,
    providers,
)
from credmate_pipeline.providers.link import AGREEING
from credmate_pipeline.providers.provider import LinkedBy, Provider
from credmate_pipeline.providers.roster import Entry, Fault, FaultyRoster

LEGAL, OTHER = "legal", "other"
DOUBTED = "The holder's name does not agree with the provider's, who became known after the document was read."


def import_roster(connection: Connection, entries: Sequence[Entry], *, actor: str, now: datetime) -> RosterChange:
    # Two imports at once would each miss what the other adds.
    connection.execute(text("LOCK TABLE providers IN SHARE ROW EXCLUSIVE MODE"))
    before = {record.owner: record for record in list_providers(connection, counts_documents=False)}
    _check_npis(entries, before)
    _free_npis(connection, entries, before)
    added, changed = [], []
    for entry in entries:
        known = before.get(entry.provider.owner)
        if known is None:
            _add(connection, entry.provider, now)
            added.append(entry.provider.owner)
        elif _update(connection, entry, known, now):
            changed.append(entry.provider.owner)
    linked = _link_by_path(connection)
    doubted = _send_to_a_person(connection, linked, actor=actor, now=now)
    return RosterChange(
        added=tuple(added),
        changed=tuple(changed),
        unchanged_count=len(entries) - len(added) - len(changed),
        linked_document_count=len(linked),
        doubted_documents=doubted,
    )


def _check_npis(entries: Sequence[Entry], before: dict[str, ProviderRecord]) -> None:
    """An NPI has one provider: one outside of the roster, or one the roster leaves as is, keeps it."""
    holders = {record.npi: owner for owner, record in before.items() if record.npi is not None}
    moved = {entry.provider.owner for entry in entries if _frees_its_npi(entry, before)}
    faults = tuple(
        Fault(entry.line, "the NPI is already another provider's")
        for entry in entries
        if (holder := holders.get(entry.provider.npi or "")) not in (None, entry.provider.owner) and holder not in moved
    )
    if faults:
        raise FaultyRoster(faults)


def _frees_its_npi(entry: Entry, before: dict[str, ProviderRecord]) -> bool:
    known = before.get(entry.provider.owner)
    return known is not None and known.npi is not None and entry.provider.npi not in (None, known.npi)


def _free_npis(connection: Connection, entries: Sequence[Entry], before: dict[str, ProviderRecord]) -> None:
    """Takes NPIs from those who get another, so that two providers can swap theirs."""
    owners = [entry.provider.owner for entry in entries if _frees_its_npi(entry, before)]
    if owners:
        connection.execute(update(providers).where(providers.c.owner.in_(owners)).values(npi=None))


def _add(connection: Connection, provider: Provider, now: datetime) -> None:
    provider_id = str(uuid4())
    row = {name: getattr(provider, name) for name in ("owner", "npi", "organization", "degree")}
    connection.execute(insert(providers).values(provider_id=provider_id, created_at=now, **row))
    _write_names(connection, provider_id, provider.names)


def _update(connection: Connection, entry: Entry, known: ProviderRecord, now: datetime) -> bool:
    """Whether anything changed. An empty cell leaves what is known; a former legal name stays an other name."""
    provider = entry.provider
    kept = () if entry.has_other_names else known.names
    names = tuple(dict.fromkeys((*provider.names, *kept)))
    facts = {name: getattr(provider, name) or getattr(known, name) for name in ("npi", "organization", "degree")}
    has_new_names = names[0] != known.names[0] or set(names) != set(known.names)
    if not has_new_names and all(facts[name] == getattr(known, name) for name in facts):
        return False
    connection.execute(
        update(providers).where(providers.c.provider_id == known.provider_id).values(updated_at=now, **facts)
    )
    if has_new_names:
        connection.execute(delete(provider_names).where(provider_names.c.provider_id == known.provider_id))
        _write_names(connection, known.provider_id, names)
    return True


def _write_names(connection: Connection, provider_id: str, names: tuple[str, ...]) -> None:
    rows = [
        {
            "provider_id": provider_id,
            "name": name,
            "kind": OTHER if position else LEGAL,
            "words": sorted(set(name_words(name))),
        }
        for position, name in enumerate(names)
    ]
    connection.execute(insert(provider_names), rows)


def _link_by_path(connection: Connection) -> dict[DocumentId, str]:
    """Ties documents in a provider's own folder to that provider; a reviewer's word stands. By document, the owner."""
    unlinked = documents.c.provider_id.is_distinct_from(providers.c.provider_id)
    by_a_person = func.coalesce(documents.c.provider_link, "") == LinkedBy.PERSON
    rows = connection.execute(
        update(documents)
        .where(documents.c.owner == providers.c.owner, unlinked, not_(by_a_person), not_(documents.c.is_canary))
        .values(provider_id=providers.c.provider_id, provider_link=LinkedBy.PATH)
        .returning(documents.c.document_id, documents.c.owner)
    )
    linked = {DocumentId(row.document_id): row.owner for row in rows}
    if linked:
        connection.execute(
            update(credentials)
            .where(
                credentials.c.provider_id.is_(None),
                credentials.c.withdrawn_at.is_(None),
                documents.c.document_id == credentials.c.document_id,
                documents.c.provider_id.is_not(None),
            )
            .values(provider_id=documents.c.provider_id)
        )
    return linked


def _send_to_a_person(
    connection: Connection, linked: dict[DocumentId, str], *, actor: str, now: datetime
) -> tuple[DocumentId, ...]:
    """Moves those settled without a person whose holder is not the provider; returns them."""
    if not linked:
        return ()
    names = {owner: known_names(connection, owner) for owner in set(linked.values())}
    rows = connection.execute(
        select(documents.c.document_id, documents.c.owner, extracted_fields.c.value)
        .join(extracted_fields, extracted_fields.c.extraction_id == documents.c.extraction_id)
        .where(
            documents.c.status == DocumentStatus.COMPLETED,
            documents.c.owner.in_(names),
            extracted_fields.c.field_name == "holder_name",
        )
    ).all()
    doubted = tuple(
        dict.fromkeys(
            DocumentId(row.document_id) for row in rows if row.document_id in linked and _is_other(row, names)
        )
    )
    act_as(connection, actor, now=now, reason=DOUBTED)
    for document_id in doubted:
        connection.execute(
            update(documents)
            .where(documents.c.document_id == document_id)
            .values(status=DocumentStatus.REVIEW_PENDING, reasons=[DOUBTED], settled_at=now)
        )
    return doubted


def _is_other(row: Row[tuple[str, str, str]], names: dict[str, tuple[str, ...]]) -> bool:
    return best_agreement(str(row.value), names[row.owner]) not in AGREEING


def list_providers(
    connection: Connection, *, owner: str | None = None, at_most: int | None = None, counts_documents: bool = True
) -> tuple[ProviderRecord, ...]:
    its_documents = (
        select(func.count())
        .where(documents.c.provider_id == providers.c.provider_id, not_(documents.c.is_canary))
        .scalar_subquery()
    )
    names = (
        select(func.array_agg(literal_column("name ORDER BY kind, name")))
        .select_from(provider_names)
        .where(provider_names.c.provider_id == providers.c.provider_id)
        .scalar_subquery()
    )
    chosen = select(
        *(providers.c[name] for name in ("provider_id", "owner", "npi", "organization", "degree")),
        names.label("names"),
        (its_documents if counts_documents else literal_column("0")).label("document_count"),
    )
    if owner is not None:
        chosen = chosen.where(providers.c.owner == owner)
    rows = connection.execute(chosen.order_by(providers.c.owner).limit(at_most))
    return tuple(
        ProviderRecord(
            ProviderId(row.provider_id),
            row.owner,
            tuple(row.names or ()),
            row.npi,
            row.organization,
            row.degree,
            row.document_count,
        )
        for row in rows
    )


def known_names(connection: Connection, owner: str) -> tuple[str, ...]:
    rows = connection.execute(
        select(provider_names.c.name)
        .join(providers, providers.c.provider_id == provider_names.c.provider_id)
        .where(providers.c.owner == owner)
        .order_by(provider_names.c.name)
    ).scalars()
    return tuple(rows)
