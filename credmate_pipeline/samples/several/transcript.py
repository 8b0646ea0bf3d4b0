"""What a transcript lists, drawn before any of it is printed: activities, their credits, how they are grouped."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Literal

from credmate_pipeline.samples.organizations import EDUCATION_PROVIDERS, NURSING_PROVIDERS, Organization
from credmate_pipeline.samples.people import ALLOPATHIC, NURSES, Person, draw_person
from credmate_pipeline.samples.topics import NURSING_TOPICS, PHYSICIAN_TOPICS, Topic

Grouping = Literal["none", "year", "type"]
AddedUp = Literal["nothing", "sum", "sum and count", "count first"]
Credit = Literal["type in a column", "type in the head", "two systems", "claimed and available"]

_EDITIONS = ("", "", "", ": Part I", ": Part II", ", 2nd Edition", ": A Case Conference", ": Journal Club", ": Update")


@dataclass(frozen=True, slots=True)
class Activity:
    """One row: what, where, when, how much of which system."""

    topic: Topic
    title: str
    provider: Organization
    completed_on: date
    started_on: date | None
    amount: Decimal
    available: Decimal
    system: str
    other_amount: Decimal | None = None
    """Of a second system, in its own column."""


@dataclass(frozen=True, slots=True)
class Record:
    """A clinician's activities and how the transcript shows them."""

    person: Person
    keeper: Organization
    activities: tuple[Activity, ...]
    grouping: Grouping
    added_up: AddedUp
    credit: Credit
    has_providers: bool
    """Whether each row names its provider; else the keeper issued all."""


def draw_record(rng: Random, today: date, *, rows: int) -> Record:
    """`rows` activities of one clinician over the last years, newest or oldest first."""
    is_nurse = rng.random() < 0.2
    person = draw_person(rng, NURSES if is_nurse else ALLOPATHIC)
    keeper = rng.choice(NURSING_PROVIDERS if is_nurse else EDUCATION_PROVIDERS)
    credit = rng.choice(("type in a column", "type in the head", "two systems", "claimed and available"))
    grouping = rng.choice(("none", "none", "year", "type" if credit == "claimed and available" else "year"))
    systems = ("ancc",) if is_nurse else ("ama_pra_1",)
    if not is_nurse and (credit == "type in a column" or grouping == "type"):
        systems = ("ama_pra_1", "ama_pra_1", "aafp_prescribed", "aoa_2a")
    topics = NURSING_TOPICS if is_nurse else PHYSICIAN_TOPICS
    drawn = [_activity(rng, today, topics, systems, credit) for _ in range(rows)]
    drawn.sort(key=lambda one: one.completed_on, reverse=rng.random() < 0.5)
    if grouping == "type":
        drawn.sort(key=lambda one: one.system)
    added_up = rng.choice(("nothing", "sum", "sum and count", "count first"))
    return Record(person, keeper, tuple(drawn), grouping, added_up, credit, has_providers=rng.random() < 0.5)


def _activity(rng: Random, today: date, topics: Sequence[Topic], systems: Sequence[str], credit: Credit) -> Activity:
    topic = rng.choice(topics)
    completed_on = today - timedelta(days=rng.randint(10, 1400))
    is_long = rng.random() < 0.1
    available = Decimal(rng.choice((2, 3, 4, 4, 4, 5, 6, 8, 13, 30))) / 4
    amount = max(available - Decimal(rng.choice((0, 0, 0, 1, 2))) / 4, Decimal("0.25"))
    return Activity(
        topic=topic,
        title=topic.title + rng.choice(_EDITIONS),
        provider=rng.choice(EDUCATION_PROVIDERS),
        completed_on=completed_on,
        started_on=completed_on - timedelta(days=rng.randint(1, 3)) if is_long else None,
        amount=amount,
        available=available,
        system=rng.choice(systems),
        other_amount=Decimal(rng.choice((2, 4, 6))) / 4 if credit == "two systems" and rng.random() < 0.3 else None,
    )
