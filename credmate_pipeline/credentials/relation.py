"""What one item has to do with another: the same credential again, a renewal, an activity claimed twice.

Copies by content, after credentialing practice: the same holder, type and number; of CME the same holder, title,
day (give or take one) and credits; an activity with the same universal number counts once (AMA PRA booklet: credit
for a repeated enduring activity is claimed once).
"""

from datetime import timedelta
from enum import StrEnum

from credmate_pipeline.credentials.identity import CME, ONE_HOLDER_TYPES, Identity
from credmate_pipeline.extraction.names import compare_names
from credmate_pipeline.providers.link import AGREEING

A_DAY = timedelta(days=1)


class RelationKind(StrEnum):
    """What an item is to an item of another document."""

    SAME_TEXT = "same-text"
    """The whole document says the same, word for word."""
    SAME_CREDENTIAL = "same-credential"
    RENEWAL = "renewal"
    """The same credential with a later expiry."""
    EARLIER_PERIOD = "earlier-period"
    """The same credential with an earlier expiry than one already known."""
    SAME_ACTIVITY = "same-activity"
    """The same CME activity, claimed again; it counts once."""
    OTHER_HOLDER = "other-holder"
    """The same number under another person's name."""


def relation(new: Identity, known: Identity, *, is_same_provider: bool | None) -> RelationKind | None:
    """What `new` is to `known`; None where they have nothing to do with each other.

    `is_same_provider` is None where the provider of either is not known: then the printed names decide.
    """
    if new.credential_type != known.credential_type:
        return None
    is_same_person = is_same_provider if is_same_provider is not None else _is_same_name(new, known)
    if new.credential_type == CME:
        return _relation_of_cme(new, known) if is_same_person else None
    if new.number_digest is None or new.number_digest != known.number_digest:
        return None
    if not is_same_person:
        return RelationKind.OTHER_HOLDER if new.credential_type in ONE_HOLDER_TYPES else None
    if new.expires_on is None or known.expires_on is None or new.expires_on == known.expires_on:
        return RelationKind.SAME_CREDENTIAL
    return RelationKind.RENEWAL if new.expires_on > known.expires_on else RelationKind.EARLIER_PERIOD


def _relation_of_cme(new: Identity, known: Identity) -> RelationKind | None:
    is_same_title = new.title_digest is not None and new.title_digest == known.title_digest
    if is_same_title and _is_about_the_same_day(new, known):
        is_same = new.credits == known.credits
        return RelationKind.SAME_CREDENTIAL if is_same else RelationKind.SAME_ACTIVITY
    if new.activity_digest is not None and new.activity_digest == known.activity_digest:
        return RelationKind.SAME_ACTIVITY
    is_same_number = new.number_digest is not None and new.number_digest == known.number_digest
    if is_same_number and _is_about_the_same_day(new, known):
        return RelationKind.SAME_CREDENTIAL if new.credits == known.credits else RelationKind.SAME_ACTIVITY
    return None


def _is_about_the_same_day(new: Identity, known: Identity) -> bool:
    """The same day, or the next where no two certificate numbers tell the days of a meeting apart."""
    if new.happened_on is None or known.happened_on is None:
        return False
    are_told_apart = None not in (new.number_digest, known.number_digest) and new.number_digest != known.number_digest
    return abs(new.happened_on - known.happened_on) <= (timedelta(0) if are_told_apart else A_DAY)


def _is_same_name(new: Identity, known: Identity) -> bool:
    if new.holder_name is None or known.holder_name is None:
        return False
    return compare_names(new.holder_name, known.holder_name) in AGREEING
