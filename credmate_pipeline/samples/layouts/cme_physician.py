"""Certificates for physicians that read as sentences: framed, joint, landscape, letter, and without an award."""

from datetime import date
from decimal import Decimal
from random import Random

from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.samples import dates
from credmate_pipeline.samples.facts import Drawn, Facts
from credmate_pipeline.samples.layouts.cme_parts import (
    AMA_1,
    AMA_1_PLURAL,
    accme_statement,
    ama_awarded,
    ama_designation,
    certificate,
    draw_activity,
    holder,
    title,
    two_decimals,
)
from credmate_pipeline.samples.numbers import draw_certificate_number
from credmate_pipeline.samples.organizations import EDUCATION_PROVIDERS
from credmate_pipeline.samples.people import MID_LEVELS, NURSES
from credmate_pipeline.samples.places import draw_street
from credmate_pipeline.samples.sheet import HUMANIST, LANDSCAPE, SANS, SERIF, Sheet

_DID = ("has participated in", "has successfully completed", "has completed")
_DAYS = (dates.month_name, dates.slashes, dates.ordinal_date)


def awarded(rng: Random, today: date) -> Drawn:
    """A framed page, centered; the verb is `is awarded`."""
    return _awarded(rng, today, excess=Decimal(0))


def awarded_beyond_designation(rng: Random, today: date) -> Drawn:
    """The same page, with more credits awarded than the activity is designated for."""
    return _awarded(rng, today, excess=Decimal(rng.choice((2, 3, 5))))


def _awarded(rng: Random, today: date, *, excess: Decimal) -> Drawn:
    activity, facts = draw_activity(rng, today), Facts()
    sheet = Sheet(face=SERIF, margin=80)
    sheet.frame(activity.ink)
    sheet.mark(activity.provider.initials, sheet.width / 2 - 26, 60, activity.ink, size=52)
    sheet.skip(48)
    provider = facts.text("issuer", activity.provider.name)
    sheet.say("CERTIFICATE OF CREDIT", size=24, bold=True, ink=activity.ink, gap=22)
    sheet.say(provider, size=15, bold=True)
    sheet.say("certifies that", size=13)
    sheet.say(holder(facts, activity.person), size=20, bold=True, gap=12)
    sheet.say(f"{rng.choice(_DID)} the enduring material titled", size=13)
    sheet.say(f"<i>{title(facts, activity.topic)}</i>", size=16, gap=10)
    sheet.say(f"on {facts.day('completion_date', activity.completed_on, rng.choice(_DAYS))}", size=13)
    credit = activity.designated + excess if excess else activity.awarded
    sheet.say(f"and is awarded {ama_awarded(facts, credit)}.", size=14, gap=30)
    sheet.say(accme_statement(facts, activity.provider.name), size=9.5)
    sheet.say(ama_designation(facts, activity.provider.name, activity, "enduring material"), size=9.5, gap=34)
    sheet.signature(sheet.margin, 610, rng, caption=f"{activity.signer}<br/>Director of Education")
    sheet.seal(sheet.width - 150, 625, 38, activity.ink)
    sheet.put(activity.provider.address, 60, 722, width=sheet.width - 120, size=8, align="center")
    status = DocumentStatus.REVIEW_PENDING if excess else DocumentStatus.COMPLETED
    return certificate(sheet, facts, status)


def participation(rng: Random, today: date) -> Drawn:
    """For someone who is no physician: the activity was designated for credit, none is awarded."""
    activity, facts = draw_activity(rng, today, credentials=NURSES + MID_LEVELS), Facts()
    sheet = Sheet(face=SANS, margin=70)
    sheet.rule(52, weight=6, ink=activity.ink)
    sheet.skip(30)
    sheet.say("Certificate of Participation", size=26, ink=activity.ink, gap=26)
    sheet.say("This is to certify that", size=12)
    sheet.say(holder(facts, activity.person), size=18, bold=True, gap=14)
    sheet.say("participated in the live activity entitled", size=12)
    sheet.say(f"“{title(facts, activity.topic)}”", size=14, bold=True, gap=12)
    sheet.say(f"held {facts.day('completion_date', activity.completed_on, dates.ordinal_date)}", size=12)
    sheet.say(f"presented by {facts.text('issuer', activity.provider.name)}", size=12, gap=26)
    facts.put("credit_type", "ama_pra_1", "AMA PRA Category 1 Credit")
    amount = facts.amount("credits_designated", activity.designated)
    sheet.say(f"This activity was designated for {amount} {AMA_1}.", size=11.5, gap=30)
    sheet.say(accme_statement(facts, activity.provider.name), size=9, align="left")
    sheet.signature(sheet.margin, 560, rng, caption=activity.signer)
    sheet.put(activity.provider.address, sheet.margin, 700, size=8)
    return certificate(sheet, facts, DocumentStatus.REVIEW_PENDING)


def joint_providership(rng: Random, today: date) -> Drawn:
    """Two organizations, one of them accredited; a live activity on a day with an ordinal number."""
    activity, facts = draw_activity(rng, today), Facts()
    partner = rng.choice([other for other in EDUCATION_PROVIDERS if other != activity.provider])
    sheet = Sheet(face=HUMANIST, margin=72)
    sheet.mark(activity.provider.initials, 72, 56, activity.ink)
    sheet.mark(partner.initials, sheet.width - 116, 56, "#555555")
    sheet.skip(60)
    sheet.say("CONTINUING MEDICAL EDUCATION CERTIFICATE", size=15, bold=True, gap=26)
    sheet.say(facts.text("issuer", activity.provider.name), size=12, bold=True)
    sheet.say("hereby certifies that", size=10)
    sheet.say(holder(facts, activity.person), size=16, bold=True, gap=12)
    sheet.say(
        rng.choice(("has attended the live activity titled", "has participated in the live course titled")), size=10
    )
    sheet.say(title(facts, activity.topic), size=13, bold=True, gap=10)
    sheet.say(f"on {facts.day('completion_date', activity.completed_on, dates.ordinal_date)}", size=10)
    sheet.say(f"{activity.provider.city}, {activity.provider.state}", size=10, gap=14)
    printed = two_decimals(activity.awarded)
    sheet.say(f"and is awarded {ama_awarded(facts, activity.awarded, as_printed=printed)}", size=11, bold=True, gap=28)
    sheet.say(
        "This activity has been planned and implemented in accordance with the accreditation requirements and policies "
        "of the Accreditation Council for Continuing Medical Education (ACCME) through the joint providership of "
        f"{activity.provider.name} and {partner.name}. {accme_statement(facts, activity.provider.name)}",
        size=8.5,
        align="left",
    )
    sheet.say(ama_designation(facts, activity.provider.name, activity, "live activity"), size=8.5, align="left")
    sheet.signature(72, 590, rng, caption=activity.signer)
    sheet.signature(sheet.width - 250, 590, rng, caption=f"Program Chair<br/>{partner.name}")
    return certificate(sheet, facts)


def landscape(rng: Random, today: date) -> Drawn:
    """A wide page titled attendance that does award credit."""
    activity, facts = draw_activity(rng, today), Facts()
    sheet = Sheet(LANDSCAPE, face=SERIF, margin=90)
    sheet.frame(activity.ink, inset=30)
    sheet.skip(2)
    sheet.say(facts.text("issuer", activity.provider.name), size=18, bold=True, ink=activity.ink)
    sheet.say("Certificate of Attendance", size=30, gap=22)
    sheet.say(rng.choice(("awarded to", "presented to")), size=13)
    sheet.say(holder(facts, activity.person), size=24, bold=True, gap=14)
    sheet.say("for attending", size=13)
    sheet.say(f"<b>{title(facts, activity.topic)}</b>", size=16, gap=10)
    sheet.say(facts.day("completion_date", activity.completed_on, dates.month_name), size=13, gap=14)
    sheet.say(
        f"{rng.choice(('Credits claimed', 'Credits earned'))}: {ama_awarded(facts, activity.awarded)}",
        size=14,
        bold=True,
        gap=14,
    )
    sheet.say(accme_statement(facts, activity.provider.name), size=9)
    sheet.signature(130, 500, rng, caption=activity.signer)
    sheet.seal(sheet.width - 170, 505, 42, activity.ink)
    number = facts.text("certificate_number", draw_certificate_number(rng))
    sheet.put(f"Certificate No. {number}", 90, 558, width=sheet.width - 180, size=8.5, align="center")
    return certificate(sheet, facts)


def letter(rng: Random, today: date) -> Drawn:
    """A short letter: the holder's address on top, everything in one sentence."""
    activity, facts = draw_activity(rng, today), Facts()
    sheet = Sheet(face=SERIF, margin=78)
    provider = facts.text("issuer", activity.provider.name)
    sheet.say(provider, size=15, bold=True, align="left", ink=activity.ink, gap=1)
    sheet.say(activity.provider.address, size=9, align="left", gap=36)
    sheet.say(holder(facts, activity.person), align="left", size=12, gap=1)
    sheet.say(draw_street(rng), align="left", size=12, gap=1)
    sheet.say("Springfield, IL 62701", align="left", size=12, gap=36)
    sheet.say("Record of Continuing Medical Education", align="left", size=14, bold=True, gap=14)
    completed = facts.day("completion_date", activity.completed_on, dates.slashes)
    sheet.say(
        f"{provider} certifies that the above individual has participated in the educational activity titled "
        f"“{title(facts, activity.topic)}” on {completed} and is awarded {ama_awarded(facts, activity.awarded)}.",
        size=12.5,
        align="left",
        gap=24,
    )
    sheet.say(accme_statement(facts, activity.provider.name), size=10, align="left", gap=40)
    sheet.skip(20)
    sheet.signature(78, sheet.y, rng, caption=f"{activity.signer}<br/>Continuing Education")
    return certificate(sheet, facts)


def jointly_accredited(rng: Random, today: date) -> Drawn:
    """A web page printed by the holder, under the joint accreditation of the health care team."""
    activity, facts = draw_activity(rng, today), Facts()
    sheet = Sheet(face=HUMANIST, margin=54)
    printed_on = dates.slashes(activity.completed_on + (today - activity.completed_on) // 2)
    sheet.put(printed_on, 30, 22, size=7)
    sheet.put("My Certificates | Learning Portal", 30, 22, width=sheet.width - 60, size=7, align="center")
    sheet.box(0, 44, sheet.width, 56, weight=0, fill=activity.ink)
    provider = facts.text("issuer", activity.provider.name)
    sheet.put(provider, 54, 62, width=500, size=14, bold=True, ink="#ffffff")
    sheet.skip(76)
    sheet.say("Statement of Participation", size=18, align="left", gap=18)
    sheet.say(f"{provider} certifies that", size=10, align="left")
    sheet.say(holder(facts, activity.person), size=15, bold=True, align="left")
    sheet.say("has successfully completed the internet enduring activity", size=10, align="left")
    sheet.say(title(facts, activity.topic), size=13, bold=True, align="left")
    completed = facts.day("completion_date", activity.completed_on, dates.short_month)
    sheet.say(f"Completed on {completed}", size=10, align="left", gap=14)
    sheet.say(f"and was awarded <b>{ama_awarded(facts, activity.awarded)}</b>", size=11, align="left", gap=24)
    statement = facts.text(
        "accreditation_statement",
        f"In support of improving patient care, {provider} is jointly accredited by the Accreditation Council for "
        "Continuing Medical Education (ACCME), the Accreditation Council for Pharmacy Education (ACPE), and the "
        "American Nurses Credentialing Center (ANCC), to provide continuing education for the healthcare team.",
    )
    sheet.box(54, sheet.y, sheet.width - 108, 84, weight=0.6)
    sheet.put(statement, 64, sheet.y + 8, width=sheet.width - 128, size=9)
    sheet.skip(104)
    sheet.say(
        f"This enduring activity was designated for {facts.amount('credits_designated', activity.designated)} "
        f"{AMA_1_PLURAL}.",
        size=9,
        align="left",
    )
    sheet.put(f"{activity.provider.address}    Page 1 of 1", 30, 762, width=550, size=7)
    return certificate(sheet, facts)
