"""Proof of malpractice insurance: a broker's certificate of liability insurance, and an insurer's letter."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from credmate_pipeline.samples import dates
from credmate_pipeline.samples.facts import Drawn, Facts
from credmate_pipeline.samples.organizations import BROKERS, HOSPITALS, INSURERS, Organization
from credmate_pipeline.samples.people import Person, draw_person
from credmate_pipeline.samples.places import digits, draw_street
from credmate_pipeline.samples.sheet import SANS, SERIF, Sheet

_TYPE = "malpractice_insurance"


@dataclass(frozen=True, slots=True)
class Policy:
    """A policy before any of it is printed; limits in dollars."""

    person: Person
    insurer: Organization
    number: str
    effective_on: date
    expires_on: date
    retroactive_on: date
    per_claim: Decimal
    aggregate: Decimal


def draw_policy(rng: Random, today: date) -> Policy:
    """A year's cover with some months left, claims made since a retroactive date years ago."""
    effective = (today - timedelta(days=rng.randint(30, 280))).replace(day=1)
    per_claim, aggregate = rng.choice(((1, 3), (1, 3), (2, 4), (2, 6)))
    return Policy(
        person=draw_person(rng),
        insurer=rng.choice(INSURERS),
        number=f"{rng.choice(('MPL', 'PLX', 'HPL'))}-{digits(rng, 7)}",
        effective_on=effective,
        expires_on=dates.years_later(effective, 1),
        retroactive_on=dates.years_later(effective, -rng.randint(2, 12)),
        per_claim=Decimal(per_claim * 1_000_000),
        aggregate=Decimal(aggregate * 1_000_000),
    )


def liability_certificate(rng: Random, today: date) -> Drawn:
    """A form of boxes: general liability of another policy first, the professional line below it."""
    policy, facts = draw_policy(rng, today), Facts()
    broker, holder = rng.choice(BROKERS), rng.choice(HOSPITALS)
    sheet = Sheet(face=SANS, margin=30)
    sheet.put("CERTIFICATE OF LIABILITY INSURANCE", 30, 34, width=420, size=15, bold=True)
    sheet.box(462, 28, 120, 30, weight=0.8)
    sheet.put("DATE (MM/DD/YYYY)", 466, 30, width=112, size=6)
    sheet.put(dates.slashes(policy.effective_on + timedelta(days=3)), 466, 40, width=112, size=10)
    sheet.put(
        "THIS CERTIFICATE IS ISSUED AS A MATTER OF INFORMATION ONLY AND CONFERS NO RIGHTS UPON THE CERTIFICATE HOLDER. "
        "THIS CERTIFICATE DOES NOT AMEND, EXTEND OR ALTER THE COVERAGE AFFORDED BY THE POLICIES BELOW.",
        *(30, 66),
        width=552,
        size=7,
    )
    _labelled_box(sheet, (30, 92, 276, 70), "PRODUCER", f"{broker.name}<br/>{broker.street}<br/>{_city(broker)}")
    insured = f"{facts.text('holder_name', policy.person.name)}, MD<br/>{draw_street(rng)}<br/>{_city(holder)}"
    _labelled_box(sheet, (30, 162, 276, 70), "INSURED", insured)
    insurer = facts.text("insurer", policy.insurer.name)
    _labelled_box(
        sheet,
        (306, 92, 276, 140),
        "INSURER(S) AFFORDING COVERAGE",
        f"INSURER A: {insurer}<br/>INSURER B: Old Mill Casualty Company",
    )
    sheet.put("COVERAGES", 34, 238, size=9, bold=True)
    widths = (30.0, 146.0, 106.0, 68.0, 68.0, 134.0)
    heads = ("INSR", "TYPE OF INSURANCE", "POLICY NUMBER", "POLICY EFF", "POLICY EXP", "LIMITS")
    other = ("B", "GENERAL LIABILITY<br/>COMMERCIAL GENERAL LIABILITY", f"GL-{digits(rng, 6)}")
    sheet.y = 254
    day = dates.slashes(dates.years_later(policy.effective_on, 0) - timedelta(days=61))
    until = dates.slashes(dates.years_later(policy.effective_on - timedelta(days=61), 1))
    limits = "EACH OCCURRENCE $500,000<br/>GENERAL AGGREGATE $1,000,000"
    professional = (
        *("A", _basis_cell(facts, policy)),
        facts.text("policy_number", policy.number),
        facts.day("effective_date", policy.effective_on, dates.slashes),
        facts.day("expiration_date", policy.expires_on, dates.slashes),
        f"EACH CLAIM {dollars(facts, 'limit_per_claim', policy.per_claim)}<br/>"
        f"AGGREGATE {dollars(facts, 'limit_aggregate', policy.aggregate)}",
    )
    sheet.table((heads, (*other, day, until, limits), professional), widths, size=7.5)
    _labelled_box(
        sheet,
        (30, sheet.y, 552, 70),
        "DESCRIPTION OF OPERATIONS / LOCATIONS",
        f"Retroactive date: {facts.day('retroactive_date', policy.retroactive_on, dates.slashes)}. "
        "Medical professional liability for the insured named above.",
    )
    below = sheet.y + 70
    _labelled_box(
        sheet, (30, below, 276, 90), "CERTIFICATE HOLDER", f"{holder.name}<br/>{holder.street}<br/>{_city(holder)}"
    )
    sheet.box(306, below, 276, 90, weight=0.8)
    sheet.put("AUTHORIZED REPRESENTATIVE", 310, below + 4, size=7)
    sheet.signature(320, below + 56, rng, caption="")
    return Drawn(sheet.finish(), _TYPE, facts.recorded)


def _basis_cell(facts: Facts, policy: Policy) -> str:
    return f"MEDICAL PROFESSIONAL LIABILITY<br/>{facts.put('coverage_basis', 'claims_made', 'CLAIMS-MADE')}"


def confirmation_letter(rng: Random, today: date) -> Drawn:
    """The insurer confirms the cover to a hospital, facts in a list."""
    policy, facts = draw_policy(rng, today), Facts()
    hospital = rng.choice(HOSPITALS)
    sheet = Sheet(face=SERIF, margin=72)
    insurer = facts.text("insurer", policy.insurer.name)
    sheet.say(insurer, size=16, bold=True, align="left", gap=1)
    sheet.say(policy.insurer.address, size=9, align="left", gap=26)
    sheet.say(f"{hospital.name}, {hospital.address}", size=10.5, align="left", gap=20)
    sheet.say("CERTIFICATE OF INSURANCE", size=14, bold=True, gap=4)
    sheet.say("Medical Professional Liability", size=12, gap=18)
    sheet.say(
        f"This certifies that {insurer} has issued the policy described below to the named insured. "
        "The certificate is for information only and does not change the policy.",
        size=11,
        align="left",
        gap=18,
    )
    facts.put("coverage_basis", "occurrence", "Occurrence")
    sheet.label_rows(
        (
            ("Named insured:", f"{facts.text('holder_name', policy.person.name)}, MD"),
            ("Policy number:", facts.text("policy_number", policy.number)),
            ("Coverage form:", "Occurrence"),
            ("Effective date:", facts.day("effective_date", policy.effective_on, dates.month_name)),
            ("Expiration date:", facts.day("expiration_date", policy.expires_on, dates.month_name)),
            ("Limit per claim:", dollars(facts, "limit_per_claim", policy.per_claim)),
            ("Annual aggregate:", dollars(facts, "limit_aggregate", policy.aggregate)),
        ),
        size=11.5,
        pitch=25,
    )
    sheet.skip(50)
    sheet.signature(72, sheet.y, rng, caption="Vice President, Underwriting")
    return Drawn(sheet.finish(), _TYPE, facts.recorded)


def dollars(facts: Facts, name: str, amount: Decimal) -> str:
    return facts.amount(name, amount, f"${amount:,.0f}")


def _city(place: Organization) -> str:
    return f"{place.city}, {place.state} {place.zip_code}"


def _labelled_box(sheet: Sheet, at: tuple[float, float, float, float], label: str, text: str) -> None:
    x, y, width, height = at
    sheet.box(x, y, width, height, weight=0.8)
    sheet.put(label, x + 4, y + 3, width=width - 8, size=6.5, bold=True)
    sheet.put(text, x + 8, y + 14, width=width - 16, size=9)
