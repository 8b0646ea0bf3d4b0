"""Certificates of more professions: dentists, nurse practitioners, osteopaths by letter, family physicians."""

from datetime import date
from decimal import Decimal
from functools import partial
from random import Random

from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.samples import dates
from credmate_pipeline.samples.facts import Drawn, Facts, plain
from credmate_pipeline.samples.layouts.cme_parts import (
    AMA_1_PLURAL,
    accme_statement,
    ama_awarded,
    certificate,
    draw_activity,
    extra_credit,
    holder,
    title,
    two_decimals,
)
from credmate_pipeline.samples.numbers import draw_certificate_number
from credmate_pipeline.samples.organizations import DENTAL_PROVIDERS, NURSING_PROVIDERS, OSTEOPATHIC_PROVIDERS
from credmate_pipeline.samples.people import DENTISTS, MID_LEVELS, NURSE_PRACTITIONERS, OSTEOPATHIC
from credmate_pipeline.samples.places import digits
from credmate_pipeline.samples.sheet import HUMANIST, SANS, SERIF, Sheet
from credmate_pipeline.samples.topics import DENTAL_TOPICS


def dental(rng: Random, today: date) -> Drawn:
    """Dental credit under a national program approval, with a subject code and an approval period."""
    activity = draw_activity(rng, today, credentials=DENTISTS, providers=DENTAL_PROVIDERS, topics=DENTAL_TOPICS)
    facts = Facts()
    sheet = Sheet(face=SANS, margin=66)
    sheet.say("Verification of Participation", size=19, bold=True, ink=activity.ink, gap=18)
    facts.put("credit_type", "agd_pace", "AGD")
    credit = f"{facts.amount('credits_awarded', activity.awarded)} credit hours"
    rows = [
        ("Participant:", holder(facts, activity.person)),
        ("Course title:", title(facts, activity.topic)),
        ("Presenter:", activity.signer),
        ("AGD subject code:", f"{rng.randint(10, 79)}0"),
        ("Course date:", facts.day("completion_date", activity.completed_on, dates.month_name)),
        ("Location:", f"{activity.provider.city}, {activity.provider.state}"),
        (rng.choice(("Credits awarded:", "CE credits earned:")), credit),
    ]
    sheet.label_rows(rows, size=11, pitch=25)
    sheet.skip(16)
    provider = facts.text("issuer", activity.provider.name)
    approved = date(activity.completed_on.year - 1, 6, 1)
    sheet.say(provider, size=12, bold=True, align="left")
    statement = facts.text(
        "accreditation_statement",
        f"{provider} is approved by the Academy of General Dentistry as a Program Approval for Continuing Education "
        "(PACE) provider.",
    )
    sheet.say(statement, size=9.5, align="left")
    sheet.say(
        f"The current term of approval extends from {dates.slashes(approved)} to "
        f"{dates.slashes(dates.years_later(approved, 4))}. Provider ID# {digits(rng, 6)}",
        size=9.5,
        align="left",
    )
    return certificate(sheet, facts)


def nurse_practitioner(rng: Random, today: date) -> Drawn:
    """Contact hours accredited by the AANP, with a share of pharmacology that is not added."""
    activity = draw_activity(rng, today, credentials=NURSE_PRACTITIONERS)
    facts = Facts()
    sheet = Sheet(face=HUMANIST, margin=68)
    sheet.say("Certificate of Completion", size=22, ink=activity.ink, gap=20)
    provider = facts.text("issuer", activity.provider.name)
    sheet.say(f"{provider} verifies that", size=11)
    sheet.say(holder(facts, activity.person), size=17, bold=True, gap=10)
    sheet.say("successfully completed the online program", size=11)
    sheet.say(title(facts, activity.topic), size=14, bold=True, gap=10)
    sheet.say(f"on {facts.day('completion_date', activity.completed_on, rng.choice((dates.iso, dates.day_month)))}")
    facts.put("credit_type", "aanp", "contact hours")
    pharmacology = plain(max(Decimal("0.25"), activity.awarded / 2))
    amount = facts.amount("credits_awarded", activity.awarded)
    sheet.say(
        f"and earned {amount} contact hours, which includes {pharmacology} pharmacology hours.",
        size=12,
        bold=True,
        gap=24,
    )
    maximum = facts.amount("credits_designated", activity.designated)
    sheet.say(
        f"This activity is approved for {maximum} contact hours of continuing education by the American Association of "
        f"Nurse Practitioners. Activity ID {digits(rng, 8)}.",
        size=9.5,
    )
    sheet.signature(90, 560, rng, caption=f"{activity.signer}<br/>Education Coordinator")
    return certificate(sheet, facts)


def osteopathic_letter(rng: Random, today: date) -> Drawn:
    """A letter confirming attendance and AOA credit; its own date is not the activity's."""
    activity, facts = draw_activity(rng, today, credentials=OSTEOPATHIC, providers=OSTEOPATHIC_PROVIDERS), Facts()
    code, printed = rng.choice((("aoa_1b", "1-B"), ("aoa_2a", "2-A"), ("aoa_2b", "2-B"), ("aoa_1a", "1-A")))
    written = min(activity.completed_on.replace(day=28), today)
    written = written if written > activity.completed_on else today
    sheet = Sheet(face=SERIF, margin=72)
    say = partial(sheet.say, align="left", size=11.5)
    sheet.say(facts.text("issuer", activity.provider.name), size=15, bold=True, align="left", ink=activity.ink, gap=2)
    sheet.say(activity.provider.address, size=9, align="left", gap=24)
    say(dates.month_name(written), gap=18)
    say(f"RE: Verification of continuing medical education for {activity.person.name}", gap=14)
    say(f"Dear Dr. {activity.person.last}:", gap=14)
    facts.put("credit_type", code, f"AOA Category {printed}")
    amount = facts.amount("credits_awarded", activity.awarded)
    say(
        f"This letter confirms that {holder(facts, activity.person)} attended the program "
        f"“{title(facts, activity.topic)}” on "
        f"{facts.day('completion_date', activity.completed_on, dates.month_name)} and was granted {amount} hours of "
        f"AOA Category {printed} credit.",
        gap=16,
    )
    say("Credit has been reported to the American Osteopathic Association on your behalf.", gap=18)
    say("Sincerely,", gap=30)
    sheet.signature(72, sheet.y, rng, caption=f"{activity.signer}<br/>Executive Director")
    return certificate(sheet, facts)


def elective(rng: Random, today: date) -> Drawn:
    """AAFP Elective credit with AMA credit of the same activity below it for others."""
    activity, facts = draw_activity(rng, today), Facts()
    sheet = Sheet(face=SANS, margin=64)
    sheet.frame(activity.ink, double=False)
    sheet.say(facts.text("issuer", activity.provider.name), size=16, bold=True, gap=8)
    sheet.say("presents this Certificate of Attendance to", size=11, gap=10)
    sheet.say(holder(facts, activity.person), size=18, bold=True, gap=10)
    sheet.say("for attending", size=11)
    sheet.say(title(facts, activity.topic), size=14, bold=True, gap=8)
    sheet.say(facts.day("completion_date", activity.completed_on, dates.weekday), size=11, gap=14)
    facts.put("credit_type", "aafp_elective", "AAFP Elective credit")
    amount = facts.amount("credits_awarded", activity.awarded, two_decimals(activity.awarded))
    sheet.say(f"Credits claimed: {amount} AAFP Elective credits", size=12, bold=True, gap=26)
    year = activity.completed_on.year
    term = f"{dates.slashes(date(year, 1, 1))} to {dates.slashes(date(year, 12, 31))}"
    sheet.say(
        "The AAFP has reviewed this live activity and deemed it acceptable for AAFP credit. Term of approval is "
        f"{term}.",
        size=9,
        align="left",
    )
    sheet.signature(80, 540, rng, caption=f"{activity.signer}<br/>CME Coordinator")
    return certificate(sheet, facts)


def participation_code(rng: Random, today: date) -> Drawn:
    """For someone who is no physician, under a code to verify: designated, not awarded."""
    activity, facts = draw_activity(rng, today, credentials=MID_LEVELS, providers=NURSING_PROVIDERS), Facts()
    sheet = Sheet(face=SERIF, margin=64)
    sheet.say(facts.text("issuer", activity.provider.name), size=16, bold=True, ink=activity.ink, gap=6)
    sheet.say("Certificate of Participation", size=18, gap=18)
    sheet.say("This is to certify that", size=11)
    sheet.say(holder(facts, activity.person), size=16, bold=True, gap=10)
    sheet.say("participated in the live webinar", size=11)
    sheet.say(title(facts, activity.topic), size=14, bold=True, gap=10)
    sheet.say(f"on {facts.day('completion_date', activity.completed_on, dates.ordinal_date)}.", size=11, gap=16)
    facts.put("credit_type", "ama_pra_1", "AMA PRA Category 1")
    amount = facts.amount("credits_designated", activity.designated)
    sheet.say(f"This activity was designated for {amount} {AMA_1_PLURAL}.", size=11, gap=24)
    number = facts.text("certificate_number", draw_certificate_number(rng))
    sheet.say(f"Verification code: {number}", size=9)
    sheet.say(accme_statement(facts, activity.provider.name), size=9, align="left")
    return certificate(sheet, facts, DocumentStatus.REVIEW_PENDING)


def quality_improvement(rng: Random, today: date) -> Drawn:
    """A project in three stages with their dates; credit for all of it on the last."""
    activity, facts = draw_activity(rng, today), Facts()
    sheet = Sheet(face=HUMANIST, margin=62)
    sheet.say(facts.text("issuer", activity.provider.name), size=14, bold=True, ink=activity.ink, gap=4)
    sheet.say("PERFORMANCE IMPROVEMENT CME", size=11, gap=18)
    sheet.say(holder(facts, activity.person), size=17, bold=True, gap=8)
    sheet.say("has completed all three stages of the performance improvement activity", size=11)
    sheet.say(title(facts, activity.topic), size=14, bold=True, gap=10)
    sheet.say(f"on {facts.day('completion_date', activity.completed_on, dates.month_name)}", size=11)
    sheet.say(f"and is awarded {ama_awarded(facts, Decimal(20))}", size=13, bold=True, gap=22)
    extra_credit_points = extra_credit(facts, "moc", Decimal(20), "20 MOC points")
    sheet.say(f"and {extra_credit_points} in the American Board of Internal Medicine's program.", size=11, gap=22)
    sheet.say(accme_statement(facts, activity.provider.name), size=9, align="left")
    sheet.signature(62, 560, rng, caption=f"{activity.signer}<br/>Quality Officer")
    return certificate(sheet, facts)
