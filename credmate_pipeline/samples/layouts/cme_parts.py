"""What certificates of different layouts have in common: an activity, its credits, the accreditors' wording."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from random import Random

from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.samples.dates import recently
from credmate_pipeline.samples.facts import Drawn, Facts, plain
from credmate_pipeline.samples.organizations import EDUCATION_PROVIDERS, SIGNERS, Organization
from credmate_pipeline.samples.people import ALLOPATHIC, Person, draw_person
from credmate_pipeline.samples.sheet import INKS, Sheet
from credmate_pipeline.samples.topics import PHYSICIAN_TOPICS, Topic

AMA_1 = "<i>AMA PRA Category 1 Credit(s)</i>™"
AMA_1_PLURAL = "<i>AMA PRA Category 1 Credits</i>™"
COMMENSURATE = (
    "Physicians should claim only the credit commensurate with the extent of their participation in the activity."
)


@dataclass(frozen=True, slots=True)
class Activity:
    """Who did what with whom and when, before any of it is printed."""

    person: Person
    provider: Organization
    topic: Topic
    completed_on: date
    awarded: Decimal
    designated: Decimal
    signer: str
    ink: str


def draw_activity(
    rng: Random,
    today: date,
    *,
    credentials: tuple[str, ...] = ALLOPATHIC,
    providers: tuple[Organization, ...] = EDUCATION_PROVIDERS,
    topics: tuple[Topic, ...] = PHYSICIAN_TOPICS,
) -> Activity:
    """An invented activity; awarded and designated are in quarter steps, awarded not above designated."""
    designated = Decimal(rng.choice((3, 4, 4, 5, 6, 8, 10, 13, 24, 30))) / 4
    awarded = designated - Decimal(rng.choice((0, 0, 0, 1, 2))) / 4
    return Activity(
        person=draw_person(rng, credentials),
        provider=rng.choice(providers),
        topic=rng.choice(topics),
        completed_on=recently(rng, today),
        awarded=max(awarded, Decimal("0.25")),
        designated=designated,
        signer=rng.choice(SIGNERS),
        ink=rng.choice(INKS),
    )


def certificate(sheet: Sheet, facts: Facts, expected: DocumentStatus = DocumentStatus.COMPLETED) -> Drawn:
    """The finished page of a certificate."""
    return Drawn(sheet.finish(), "cme_certificate", facts.recorded, expected)


def holder(facts: Facts, person: Person, *, with_credentials: bool = True) -> str:
    """The holder in reading order, with credentials after a comma where asked."""
    name = facts.text("holder_name", person.name)
    return f"{name}, {held(facts, person)}" if with_credentials else name


def held(facts: Facts, person: Person) -> str:
    """The credentials, recorded one by one."""
    return facts.put("holder_credentials", tuple(person.credentials.split(", ")), person.credentials)


def title(facts: Facts, topic: Topic) -> str:
    """The activity's title; its topics are recorded with it."""
    if topic.tags:
        facts.put("topics", topic.tags, topic.title)
    return facts.text("activity_title", topic.title)


def two_decimals(amount: Decimal) -> str:
    """`1.50`."""
    return f"{amount:.2f}"


def ama_awarded(facts: Facts, amount: Decimal, *, as_printed: str | None = None) -> str:
    """`1.5 AMA PRA Category 1 Credits™`, recorded as awarded."""
    facts.put("credit_type", "ama_pra_1", "AMA PRA Category 1 Credit")
    unit = AMA_1 if amount <= 1 else AMA_1_PLURAL
    return f"{facts.amount('credits_awarded', amount, as_printed)} {unit}"


def ama_designation(facts: Facts, provider: str, activity: Activity, learning_format: str) -> str:
    """The AMA's designation statement."""
    amount = facts.amount("credits_designated", activity.designated)
    return f"{provider} designates this {learning_format} for a maximum of {amount} {AMA_1}. {COMMENSURATE}"


def accme_statement(facts: Facts, provider: str) -> str:
    """The ACCME's statement for a provider accredited directly."""
    subject = provider if provider.startswith("The ") else f"The {provider}"
    return facts.text(
        "accreditation_statement",
        f"{subject} is accredited by the Accreditation Council for Continuing Medical Education (ACCME) "
        "to provide continuing medical education for physicians.",
    )


def contact_hours(facts: Facts, amount: Decimal) -> str:
    """`1.5 contact hours`, recorded as awarded nursing credit."""
    facts.put("credit_type", "ancc", "contact hour")
    return f"{facts.amount('credits_awarded', amount)} {'contact hour' if amount == 1 else 'contact hours'}"


def extra_credit(facts: Facts, code: str, amount: Decimal, content: str) -> str:
    """Credit of a further system, never added to the first."""
    return facts.put("other_credits", (f"{code} {plain(amount)}",), content)
