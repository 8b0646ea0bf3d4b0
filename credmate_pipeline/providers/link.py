"""Whose a document is: decided from the folder, the NPI on the page and the holder's name. Pure; the ledger asks.

A name alone ties a document to a provider only where it fits exactly one of those it could be.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from credmate_pipeline.extraction.names import compare_names, have_contradicting_middles, name_words
from credmate_pipeline.providers.provider import LinkedBy

AGREEING = frozenset({"same", "close"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A provider a document could belong to."""

    provider_id: str
    owner: str
    npi: str | None
    names: tuple[str, ...]

    def __repr__(self) -> str:
        return f"Candidate(provider_id={self.provider_id!r})"


@dataclass(frozen=True, slots=True)
class Link:
    """The provider found, or why there is none."""

    provider_id: str | None = None
    by: LinkedBy | None = None
    is_ambiguous: bool = False
    """The holder's name fits several providers."""
    is_unknown: bool = False
    """The folder is an organization's, and the holder's name fits nobody of its roster."""
    npi_is_anothers: bool = False
    """A printed NPI belongs to another provider of the roster, and the provider's own is not printed."""
    npi_differs: bool = False
    """The provider's NPI is known and only NPIs nobody knows are printed."""


def choose_provider(
    owner: str,
    holders: Sequence[str],
    npis: Sequence[str],
    candidates: Sequence[Candidate],
    *,
    is_organization: bool = False,
) -> Link:
    """The provider of a document uploaded below `owner` whose items name `holders` and whose pages print `npis`.

    `candidates` are the owner's provider, those with a printed NPI, and those whose name could be meant: of the
    organization where the folder is one's.
    """
    own = next((one for one in candidates if one.owner == owner), None)
    by_npi = [one for one in candidates if one.npi is not None and one.npi in npis]
    if own is not None:
        is_own_printed = own.npi is not None and own.npi in npis
        strangers = [one for one in by_npi if one is not own]
        differs = bool(npis) and own.npi is not None and not is_own_printed and not strangers
        is_anothers = bool(strangers) and not is_own_printed
        return Link(own.provider_id, LinkedBy.PATH, npi_is_anothers=is_anothers, npi_differs=differs)
    agreeing = [one for one in candidates if _agrees(one, holders)]
    certain = [one for one in by_npi if one in agreeing]
    if len(certain) == 1:
        return Link(certain[0].provider_id, LinkedBy.NPI)
    if len(agreeing) == 1 and not by_npi and _is_full(holders):
        return Link(agreeing[0].provider_id, LinkedBy.NAME)
    return Link(is_ambiguous=bool(agreeing), is_unknown=is_organization and bool(holders) and not agreeing)


def _agrees(candidate: Candidate, holders: Sequence[str]) -> bool:
    """Whether every holder the document names could be the candidate."""
    return bool(holders) and all(any(_could_be(holder, name) for name in candidate.names) for holder in holders)


def _could_be(holder: str, name: str) -> bool:
    return compare_names(holder, name) in AGREEING and not have_contradicting_middles(holder, name)


def _is_full(holders: Sequence[str]) -> bool:
    """Whether every name has two words that are more than initials: "J. Smith" names nobody."""
    return all(sum(len(word) > 1 for word in name_words(holder)) > 1 for holder in holders)
