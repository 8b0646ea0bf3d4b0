"""How a document stands to all the ledger knows: whose it is, and which earlier documents it repeats or renews.

Asked and stored in the transaction that settles the document. Locks on what identifies its items make two copies
that settle at once see each other.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    any_,
    exists,
    insert,
    literal,
    not_,
    select,
    text,
    union,
)
from sqlalchemy.dialects.postgresql import ARRAY

from credmate_pipeline.credentials.identity import Identity, identity_of, text_digest
from credmate_pipeline.credentials.relation import RelationKind, relation
from credmate_pipeline.documents.document import DocumentId
from credmate_pipeline.extraction.names import name_words
from credmate_pipeline.extraction.npi import npi_holds, printed_npis
from credmate_pipeline.ledger.queries.transaction import storable
from credmate_pipeline.ledger.records import DocumentRecord
from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.ledger.tables import (
    document_relations,
    documents,
    extraction_results,
    item_identities,
    provider_names,
    providers,
)
from credmate_pipeline.outcome import Outcome
from credmate_pipeline.providers.link import Candidate, Link, choose_provider
from credmate_pipeline.validation.finding import Finding, Severity
from credmate_pipeline.validation.rules.known_documents import findings_of_link, findings_of_relations

COMPARED = frozenset(
    {
        DocumentStatus.REVIEW_PENDING,
        DocumentStatus.COMPLETED,
        DocumentStatus.REVIEW_APPROVED,
        DocumentStatus.APPROVED,
    }
)
"""Statuses whose items a new document is compared with; a rejected document shows nothing."""

_LOCKS = 7262
_BUCKETS = 64
_ORDER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}


@dataclass(frozen=True, slots=True)
class Related:
    """What an item of the document is to an item of another one, or of itself."""

    item: int
    kind: RelationKind
    document_id: DocumentId
    other_item: int


@dataclass(frozen=True, slots=True)
class Standing:
    """A document's provider, its items' identities and their relations."""

    link: Link = field(default_factory=Link)
    identities: tuple[Identity, ...] = ()
    text_digest: str | None = None
    related: tuple[Related, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        related = ((one.item if one.kind is not RelationKind.SAME_TEXT else None, one.kind) for one in self.related)
        return (*findings_of_link(self.link), *findings_of_relations(related))


def standing_of(connection: Connection, document: DocumentRecord, outcome: Outcome) -> Standing:
    """Whose the document is and what it repeats; of a canary nothing."""
    if document.is_canary:
        return Standing()
    extraction, reading = outcome.extraction, outcome.reading
    items = extraction.items if extraction is not None else ()
    holders = tuple(dict.fromkeys(name for item in items if (name := item.text("holder_name"))))
    npis = tuple(filter(npi_holds, printed_npis(reading.text))) if reading is not None else ()
    link = _link(connection, document.owner, holders, npis)
    if extraction is None or reading is None:
        return Standing(link)
    identities = tuple(identity_of(extraction.type_of(item), item) for item in items)
    digest = text_digest(reading.text)
    lock_identities(connection, identities, digest)
    related = (*_same_text(connection, document, digest), *_related(connection, document, link, identities))
    return Standing(link, identities, digest, related)


def judged(outcome: Outcome, standing: Standing) -> Outcome:
    """The outcome with what the ledger says; an error sends a completed document to a person."""
    found = standing.findings
    if not found:
        return outcome
    findings = tuple(sorted((*outcome.findings, *found), key=lambda one: _ORDER[one.severity]))
    errors = [finding.message for finding in found if finding.severity is Severity.ERROR]
    if not errors or outcome.status not in (DocumentStatus.COMPLETED, DocumentStatus.REVIEW_PENDING):
        return replace(outcome, findings=findings)
    reasons = tuple(dict.fromkeys((*outcome.reasons, *errors)))
    return replace(outcome, status=DocumentStatus.REVIEW_PENDING, reasons=reasons, findings=findings)


def store_standing(
    connection: Connection, document_id: DocumentId, extraction_id: int, standing: Standing, now: datetime
) -> None:
    rows = [
        {
            "extraction_id": extraction_id,
            "item_position": position,
            "document_id": document_id,
            "credential_type": identity.credential_type,
            "holder_name": storable(identity.holder_name) if identity.holder_name else None,
            "holder_words": list(identity.holder_words),
            "number_digest": identity.number_digest,
            "activity_digest": identity.activity_digest,
            "title_digest": identity.title_digest,
            "happened_on": identity.happened_on,
            "expires_on": identity.expires_on,
            "credits": identity.credits,
        }
        for position, identity in enumerate(standing.identities)
    ]
    if rows:
        connection.execute(insert(item_identities), rows)
    related = [
        {
            "document_id": document_id,
            "extraction_id": extraction_id,
            "item_position": one.item,
            "kind": one.kind,
            "other_document_id": one.document_id,
            "other_item_position": one.other_item,
            "found_at": now,
        }
        for one in standing.related
    ]
    if related:
        connection.execute(insert(document_relations), related)


# Whose it is


def _link(connection: Connection, owner: str, holders: Sequence[str], npis: Sequence[str]) -> Link:
    own = providers.c.owner == owner
    is_organization = connection.execute(select(exists().where(providers.c.organization == owner))).scalar_one()
    could_be = [select(providers.c.provider_id).where(own)]
    if npis:
        could_be.append(select(providers.c.provider_id).where(providers.c.npi.in_(npis)))
    words = sorted({word for holder in holders for word in name_words(holder) if len(word) > 1})
    has_own = connection.execute(select(exists().where(own))).scalar_one()
    if words and not has_own:
        could_be.append(_named(words, owner if is_organization else None))
    rows = connection.execute(
        select(providers.c.provider_id, providers.c.owner, providers.c.npi, provider_names.c.name)
        .join(provider_names, provider_names.c.provider_id == providers.c.provider_id)
        .where(providers.c.provider_id.in_(union(*could_be)))
    )
    return choose_provider(owner, holders, npis, _candidates(rows), is_organization=is_organization)


def _named(words: Sequence[str], organization: str | None) -> Select[tuple[str]]:
    """Providers with a name that holds any of the words, of the organization where one is given."""
    named = select(provider_names.c.provider_id).where(provider_names.c.words.overlap(words))
    if organization is None:
        return named
    of_it = select(providers.c.provider_id).where(providers.c.organization == organization)
    return named.where(provider_names.c.provider_id.in_(of_it))


def _candidates(rows: Iterable[Row[tuple[str, str, str, str]]]) -> tuple[Candidate, ...]:
    found: dict[str, Candidate] = {}
    for row in rows:
        known = found.get(row.provider_id, Candidate(row.provider_id, row.owner, row.npi, ()))
        found[row.provider_id] = replace(known, names=(*known.names, row.name))
    return tuple(found.values())


# What it repeats


def lock_identities(connection: Connection, identities: Iterable[Identity], digest: str | None = None) -> None:
    """Until the transaction ends, nobody else relates items with any of these digests."""
    digests = {
        one
        for identity in identities
        for one in (identity.number_digest, identity.activity_digest, identity.title_digest)
        if one is not None
    }
    if digest is not None:
        digests.add(digest)
    buckets = sorted({int(sha256(one.encode()).hexdigest()[:8], 16) % _BUCKETS for one in digests})
    for bucket in buckets:
        connection.execute(text("SELECT pg_advisory_xact_lock(:space, :bucket)"), {"space": _LOCKS, "bucket": bucket})


def _same_text(connection: Connection, document: DocumentRecord, digest: str | None) -> Iterator[Related]:
    if digest is None:
        return
    found = connection.execute(
        select(documents.c.document_id)
        .join(extraction_results, extraction_results.c.extraction_id == documents.c.extraction_id)
        .where(extraction_results.c.text_digest == digest, *_comparable(document))
        .order_by(documents.c.registered_at, documents.c.document_id)
        .limit(1)
    ).scalar()
    if found is not None:
        yield Related(0, RelationKind.SAME_TEXT, DocumentId(found), 0)


def _related(
    connection: Connection, document: DocumentRecord, link: Link, identities: tuple[Identity, ...]
) -> Iterator[Related]:
    """Of each item and kind of relation the one with the document registered first."""
    known = tuple(connection.execute(_known_items(document, identities)))
    seen: set[tuple[int, RelationKind]] = set()
    first: dict[str, int] = {}
    for position, identity in enumerate(identities):
        digest = identity.digest()
        if digest is not None and first.setdefault(digest, position) != position:
            yield Related(position, RelationKind.SAME_CREDENTIAL, document.document_id, first[digest])
            continue
        for row in known:
            kind = relation(identity, _identity(row), is_same_provider=_is_same(link.provider_id, row.provider_id))
            if kind is not None and (position, kind) not in seen:
                seen.add((position, kind))
                yield Related(position, kind, DocumentId(row.document_id), row.item_position)


def _is_same(one: str | None, other: str | None) -> bool | None:
    return None if one is None or other is None else one == other


def _known_items(document: DocumentRecord, identities: Sequence[Identity]) -> Select[tuple[object, ...]]:
    words = literal(
        sorted({word for one in identities for word in one.holder_words}), ARRAY(item_identities.c.holder_name.type)
    )
    columns = (item_identities, documents.c.provider_id, documents.c.registered_at)
    chosen = (
        select(*columns)
        .join(documents, documents.c.extraction_id == item_identities.c.extraction_id)
        .where(*_comparable(document))
    )
    is_of_name = item_identities.c.holder_words.op("&&")(words)
    days = [one.happened_on for one in identities if one.happened_on is not None]
    ways = [_is_any(item_identities.c.number_digest, [one.number_digest for one in identities])]
    ways.append(_is_any(item_identities.c.activity_digest, [one.activity_digest for one in identities]) & is_of_name)
    if days:
        a_day = timedelta(days=1)
        around = item_identities.c.happened_on.between(min(days) - a_day, max(days) + a_day)
        titles = _is_any(item_identities.c.title_digest, [one.title_digest for one in identities])
        ways.append(titles & around & is_of_name)
    found = union(*(chosen.where(way) for way in ways)).subquery()
    return select(found).order_by(found.c.registered_at, found.c.document_id, found.c.item_position)


def _is_any(column: ColumnElement[str], digests: Sequence[str | None]) -> ColumnElement[bool]:
    given = sorted({one for one in digests if one is not None})
    return column == any_(literal(given, ARRAY(column.type)))


def _comparable(document: DocumentRecord) -> tuple[ColumnElement[bool], ...]:
    """Other real documents that stand, but for those already related to this one."""
    is_related_back = exists().where(
        document_relations.c.extraction_id == documents.c.extraction_id,
        document_relations.c.other_document_id == document.document_id,
    )
    return (
        documents.c.document_id != document.document_id,
        documents.c.status.in_(COMPARED),
        not_(documents.c.is_canary),
        not_(is_related_back),
    )


def _identity(row: Row[tuple[object, ...]]) -> Identity:
    values = row._mapping
    names = ("credential_type", "holder_name", "number_digest", "activity_digest", "title_digest")
    days = ("happened_on", "expires_on", "credits")
    return Identity(**{name: values[name] for name in (*names, *days)})
