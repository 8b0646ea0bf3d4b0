"""Sums a provider's CME credit in a window, each activity once, and names what cannot be counted surely.

An activity gives credit in one system: the one the board asks for, else another a physician can claim; systems are
never added up. A month alone counts only where the whole month lies in the window.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from credmate_pipeline.credentials.claim import Claim, Surety
from credmate_pipeline.credentials.relation import RelationKind, relation

PHYSICIAN_TYPES = (
    "ama_pra_1",
    "aoa_1a",
    "aoa_1b",
    "aoa_2a",
    "aoa_2b",
    "aafp_prescribed",
    "aafp_elective",
    "ama_pra_2",
)
"""Credit physicians can claim, the most asked for first."""

_AGAIN = frozenset({RelationKind.SAME_CREDENTIAL, RelationKind.SAME_ACTIVITY})


class Doubt(StrEnum):
    """Why a claim is not, or not surely, counted."""

    IN_REVIEW = "in-review"
    DESIGNATED_ONLY = "designated-only"
    NO_CREDITS = "no-credits"
    NO_DATE = "no-date"
    MONTH_AT_THE_EDGE = "month-at-the-edge"
    CLAIMED_AGAIN = "claimed-again"
    """An activity claimed before with other credits, or on another day."""
    OTHER_PROFESSION = "other-profession"


@dataclass(frozen=True, slots=True)
class Window:
    """Days that count, both included."""

    begin: date | None
    """None for ever since."""
    end: date

    def holds(self, day: date) -> bool:
        return (self.begin is None or self.begin <= day) and day <= self.end


@dataclass(frozen=True, slots=True)
class Doubted:
    """A claim that is not counted, with the credits it may be worth."""

    claim: Claim
    why: Doubt
    credits: Decimal | None


@dataclass(frozen=True, slots=True)
class Counted:
    """A claim that counts, in one system."""

    claim: Claim
    credit_type: str
    credits: Decimal


@dataclass(frozen=True, slots=True)
class Count:
    """What counts in a window, and what does not surely."""

    counted: tuple[Counted, ...]
    doubted: tuple[Doubted, ...]
    copies: tuple[Claim, ...]
    """Claims of the window that another document shows too; they were counted there."""

    @property
    def by_type(self) -> dict[str, Decimal]:
        """Credits by type, each activity under one."""
        sums: dict[str, Decimal] = defaultdict(Decimal)
        for one in self.counted:
            sums[one.credit_type] += one.credits
        return dict(sums)

    def total(self, types: Iterable[str] = PHYSICIAN_TYPES) -> Decimal:
        """Credits of those types."""
        wanted = frozenset(types)
        return sum((one.credits for one in self.counted if one.credit_type in wanted), Decimal(0))

    def of_topic(self, topic: str) -> Decimal:
        """Credits of the activities that bear the topic, each with all of its credit."""
        return sum((one.credits for one in self.counted if topic in one.claim.topics), Decimal(0))


def count_credits(claims: Sequence[Claim], window: Window, preferred: Iterable[str] = ()) -> Count:
    """The provider's credits in the window; `preferred` types are taken before others an activity gives."""
    wanted = (*sorted(preferred), *PHYSICIAN_TYPES)
    counted: list[Counted] = []
    doubted: list[Doubted] = []
    copies: list[Claim] = []
    for claim, again in _told_apart(claims):
        if not _may_lie_in(claim, window):
            continue
        offer = _offer(claim, wanted)
        why = _doubt(claim, window, offer, again)
        if again is RelationKind.SAME_CREDENTIAL:
            copies.append(claim)
        elif offer is not None and why is None:
            counted.append(Counted(claim, *offer))
        elif why is not None:
            doubted.append(Doubted(claim, why, offer[1] if offer is not None else claim.designated))
    return Count(tuple(counted), tuple(doubted), tuple(copies))


def _told_apart(claims: Iterable[Claim]) -> Iterator[tuple[Claim, RelationKind | None]]:
    """Each claim, the surest first, with what it is to a surer or earlier one."""
    kept: dict[str, list[Claim]] = defaultdict(list)
    for claim in sorted(claims, key=lambda one: one.surety):
        identity = claim.identity
        digests = [one for one in (identity.title_digest, identity.activity_digest, identity.number_digest) if one]
        before = (one for digest in digests for one in kept[digest])
        kinds = {relation(identity, one.identity, is_same_provider=True) for one in before} & _AGAIN
        for digest in () if kinds else digests:
            kept[digest].append(claim)
        is_copy = RelationKind.SAME_CREDENTIAL in kinds
        yield claim, RelationKind.SAME_CREDENTIAL if is_copy else next(iter(kinds), None)


def _may_lie_in(claim: Claim, window: Window) -> bool:
    if claim.first_day is None or claim.last_day is None:
        return True
    return claim.first_day <= window.end and (window.begin is None or window.begin <= claim.last_day)


def _offer(claim: Claim, wanted: Sequence[str]) -> tuple[str, Decimal] | None:
    """The type and amount to count: of the systems the activity gives credit in, the most wanted one."""
    offers = dict(claim.others)
    if claim.credit_type is not None and claim.awarded is not None:
        offers[claim.credit_type] = claim.awarded
    best = next((one for one in wanted if one in offers), claim.credit_type)
    return (best, offers[best]) if best in offers else None


def _doubt(claim: Claim, window: Window, offer: tuple[str, Decimal] | None, again: RelationKind | None) -> Doubt | None:
    if again is not None:
        return Doubt.CLAIMED_AGAIN
    if offer is None:
        return Doubt.DESIGNATED_ONLY if claim.designated is not None else Doubt.NO_CREDITS
    if claim.surety is Surety.IN_REVIEW:
        return Doubt.IN_REVIEW
    return _doubt_of_day(claim, window) or (None if offer[0] in PHYSICIAN_TYPES else Doubt.OTHER_PROFESSION)


def _doubt_of_day(claim: Claim, window: Window) -> Doubt | None:
    if claim.first_day is None or claim.last_day is None:
        return Doubt.NO_DATE
    is_inside = window.holds(claim.first_day) and window.holds(claim.last_day)
    return None if is_inside else Doubt.MONTH_AT_THE_EDGE
