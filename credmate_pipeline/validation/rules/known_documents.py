"""What the rest of the ledger says of a document: copies, renewals, other holders, the provider's own numbers.

These need other documents and the roster, so they are asked when a document is settled, not with the page's rules.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from credmate_pipeline.credentials.relation import RelationKind
from credmate_pipeline.providers.link import Link
from credmate_pipeline.validation.catalog import finding
from credmate_pipeline.validation.finding import Finding


def findings_of_relations(related: Iterable[tuple[int | None, RelationKind]]) -> tuple[Finding, ...]:
    """One finding for each item and kind of relation (credentialing practice: a copy is marked, never dropped)."""
    return tuple(replace(_of_relation(kind), item=item) for item, kind in dict.fromkeys(related))


def _of_relation(kind: RelationKind) -> Finding:
    match kind:
        case RelationKind.SAME_TEXT:
            return finding("same-text", "Word for word the same as an earlier document.")
        case RelationKind.SAME_CREDENTIAL:
            return finding("same-credential", "The same credential was shown before; it is held once.")
        case RelationKind.RENEWAL:
            return finding("renewal", "It renews a credential that an earlier document shows.")
        case RelationKind.EARLIER_PERIOD:
            return finding("earlier-period", "A later period of this credential is already known.")
        case RelationKind.SAME_ACTIVITY:
            return finding("same-activity", "The same activity was claimed before; it counts once.")
        case RelationKind.OTHER_HOLDER:
            return finding("number-of-another-holder", "An earlier document shows this number under another name.")


def findings_of_link(link: Link) -> Iterator[Finding]:
    """Whose the document is, where that is not plain (NPPES: an NPI has one holder)."""
    if link.is_ambiguous:
        message = "The holder's name fits more than one provider, or not fully one; a person must say whose it is."
        yield document_finding("provider-ambiguous", message)
    if link.is_unknown:
        yield document_finding("provider-unknown", "Nobody of the organization's roster has the holder's name.")
    if link.npi_is_anothers:
        yield document_finding("npi-of-another-provider", "The page prints the NPI of another provider of the roster.")
    if link.npi_differs:
        yield document_finding("npi-differs", "The page prints an NPI, but not the provider's.")


def document_finding(code: str, message: str) -> Finding:
    return replace(finding(code, message), item=None)
