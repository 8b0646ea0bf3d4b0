"""Malpractice cover as carriers print it: items of a declarations page, tables of coverage, trusts of hospitals."""

from datetime import date
from random import Random

from credmate_pipeline.samples import dates
from credmate_pipeline.samples.facts import Drawn, Facts
from credmate_pipeline.samples.layouts.malpractice import dollars, draw_policy
from credmate_pipeline.samples.organizations import HOSPITALS
from credmate_pipeline.samples.places import digits, draw_street
from credmate_pipeline.samples.sheet import HUMANIST, SANS, SERIF, Sheet

_TYPE = "malpractice_insurance"


def numbered_items(rng: Random, today: date) -> Drawn:
    """`Item 1. Named Insured …`: labels with numbers before them, the period in one sentence."""
    policy, facts = draw_policy(rng, today), Facts()
    sheet = Sheet(face=SERIF, margin=66)
    sheet.say(facts.text("insurer", policy.insurer.name), size=16, bold=True, gap=2)
    sheet.say(policy.insurer.address, size=9, gap=16)
    sheet.say("PHYSICIANS AND SURGEONS PROFESSIONAL LIABILITY POLICY", size=13, bold=True, gap=3)
    sheet.say("DECLARATIONS", size=13, bold=True, gap=6)
    facts.put("coverage_basis", "claims_made", "CLAIMS-MADE")
    sheet.say("THIS IS A CLAIMS-MADE POLICY. PLEASE READ IT CAREFULLY.", size=9, gap=18)
    style = rng.choice((dates.slashes, dates.month_name))
    begin = facts.day("effective_date", policy.effective_on, style)
    end = facts.day("expiration_date", policy.expires_on, style)
    lines = (
        f"Policy Number: {facts.text('policy_number', policy.number)}",
        f"Item 1. Named Insured: {facts.text('holder_name', policy.person.name)}, M.D.",
        f"Mailing Address: {draw_street(rng)}, Topeka, KS 66603",
        f"Item 2. Policy Period: From {begin} to {end} 12:01 A.M. Standard Time at the address shown above.",
        f"Item 3. Limits of Liability: {dollars(facts, 'limit_per_claim', policy.per_claim)} Each Medical Incident",
        f"{dollars(facts, 'limit_aggregate', policy.aggregate)} Annual Aggregate",
        f"Item 4. Retroactive Date: {facts.day('retroactive_date', policy.retroactive_on, style)}",
        f"Item 5. Specialty: {rng.choice(('Internal Medicine', 'Pediatrics', 'Dermatology'))}",
        f"Item 6. Total Annual Premium: ${rng.randint(6, 28)},{rng.randint(100, 999)}.00",
    )
    for line in lines:
        sheet.say(line, size=11, align="left", gap=9, x=150 if line.endswith("Annual Aggregate") else None)
    sheet.skip(10)
    sheet.say("Forms and endorsements attached: PL-100, PL-214, PL-330", size=9, align="left")
    sheet.signature(330, sheet.y + 50, rng, caption="Authorized Representative")
    return Drawn(sheet.finish(), _TYPE, facts.recorded)


def coverage_table(rng: Random, today: date) -> Drawn:
    """A carrier's certificate: the insured above, one row of a table with period, retroactive date and limits."""
    policy, facts = draw_policy(rng, today), Facts()
    holder, style = rng.choice(HOSPITALS), rng.choice((dates.slashes, dates.plain_slashes))
    sheet = Sheet(face=rng.choice((SANS, HUMANIST)), margin=50)
    sheet.say(facts.text("insurer", policy.insurer.name), size=15, bold=True, align="left", gap=12)
    sheet.say("CERTIFICATE OF INSURANCE", size=14, bold=True, gap=14)
    top = sheet.y
    sheet.put("Certificate Holder", 50, top, width=200, size=8, bold=True)
    sheet.put(f"{holder.name}<br/>{holder.street}<br/>{holder.city}, {holder.state}", 50, top + 12, width=220, size=10)
    sheet.put("Insured", 330, top, width=200, size=8, bold=True)
    name = facts.text("holder_name", policy.person.name)
    sheet.put(f"{name}, MD<br/>{draw_street(rng)}<br/>Tulsa, OK 74103", 330, top + 12, width=220, size=10)
    sheet.y = top + 80
    basis = facts.put("coverage_basis", "claims_made", "Claims Made")
    head = ("Type of Coverage", "Policy Number", "Effective Date", "Expiration Date", "Retroactive Date", "Limits")
    row = (
        f"Professional Liability<br/>{basis}",
        facts.text("policy_number", policy.number),
        facts.day("effective_date", policy.effective_on, style),
        facts.day("expiration_date", policy.expires_on, style),
        facts.day("retroactive_date", policy.retroactive_on, style),
        f"{dollars(facts, 'limit_per_claim', policy.per_claim)} Per Claim<br/>"
        f"{dollars(facts, 'limit_aggregate', policy.aggregate)} Aggregate",
    )
    sheet.table((head, row), (96, 84, 74, 74, 74, 110), size=8.5)
    sheet.skip(14)
    sheet.say(
        "This certificate is issued as a matter of information only. Should the policy be cancelled before its "
        "expiration the company will endeavor to notify the certificate holder.",
        size=9,
        align="left",
        gap=24,
    )
    sheet.signature(50, sheet.y + 20, rng, caption="Authorized Signature")
    return Drawn(sheet.finish(), _TYPE, facts.recorded)


def self_insured(rng: Random, today: date) -> Drawn:
    """A hospital's trust covers its staff: a letter of certification, limits in one line with a slash."""
    policy, facts = draw_policy(rng, today), Facts()
    hospital = rng.choice(HOSPITALS)
    sheet = Sheet(face=SERIF, margin=72)
    sheet.say(f"{hospital.name} Risk Management Department", size=14, bold=True, gap=2)
    sheet.say(hospital.address, size=9, gap=20)
    sheet.say("Verification of Professional Liability Insurance", size=14, bold=True, gap=18)
    insurer = facts.text("insurer", f"{hospital.name} Self-Insurance Trust")
    per_claim = facts.amount("limit_per_claim", policy.per_claim, f"${policy.per_claim:,.0f}")
    aggregate = facts.amount("limit_aggregate", policy.aggregate, f"${policy.aggregate:,.0f}")
    rows = (
        ("Insured Provider:", f"{facts.text('holder_name', policy.person.name)}, MD"),
        ("Insurer:", insurer),
        ("Policy No.:", facts.text("policy_number", f"SIT-{today.year}-{digits(rng, 3)}")),
        ("Coverage Type:", facts.put("coverage_basis", "occurrence", "Occurrence")),
        ("Coverage Effective:", facts.day("effective_date", policy.effective_on, dates.slashes)),
        ("Coverage Expires:", facts.day("expiration_date", policy.expires_on, dates.slashes)),
        ("Limits (per occurrence / aggregate):", f"{per_claim} / {aggregate}"),
    )
    sheet.label_rows(rows, label_width=220, size=11)
    sheet.skip(20)
    sheet.signature(72, sheet.y + 20, rng, caption="Director of Risk Management")
    return Drawn(sheet.finish(), _TYPE, facts.recorded)


def membership_certificate(rng: Random, today: date) -> Drawn:
    """An exchange to its member: group as first named insured, the physician below, dates at 12:01 AM."""
    policy, facts = draw_policy(rng, today), Facts()
    style = rng.choice((dates.slashes, dates.month_name))
    sheet = Sheet(face=SANS, margin=60)
    sheet.box(0, 0, sheet.width, 54, weight=0, fill="#1e4d3a")
    sheet.put(facts.text("insurer", policy.insurer.name), 60, 18, width=480, size=14, bold=True, ink="#ffffff")
    sheet.y = 76
    sheet.say("EVIDENCE OF INSURANCE", size=14, bold=True, gap=16)
    rows = (
        ("First Named Insured:", "Prairie Physicians Group, P.C."),
        ("Insured Physician:", f"{facts.text('holder_name', policy.person.name)}, MD"),
        ("Policy Number:", facts.text("policy_number", policy.number)),
        ("Policy Effective Date:", f"{facts.day('effective_date', policy.effective_on, style)} 12:01 AM"),
        ("Policy Expiration Date:", f"{facts.day('expiration_date', policy.expires_on, style)} 12:01 AM"),
        ("Retroactive Date:", facts.day("retroactive_date", policy.retroactive_on, style)),
        ("Policy Form:", facts.put("coverage_basis", "claims_made", "Claims-Made")),
        ("Limit of Liability Each Claim:", dollars(facts, "limit_per_claim", policy.per_claim)),
        ("Limit of Liability Aggregate:", dollars(facts, "limit_aggregate", policy.aggregate)),
    )
    sheet.label_rows(rows, label_width=200, size=10.5, ruled=True)
    sheet.skip(14)
    sheet.say("Medical professional liability. Deductible: none.", size=10, align="left")
    return Drawn(sheet.finish(), _TYPE, facts.recorded)
