"""Certificates of hospitals' own meetings: slips filled in by typing, memos, records of attendance, tumor boards."""

from datetime import date, timedelta
from functools import partial
from random import Random

from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.samples import dates
from credmate_pipeline.samples.facts import Drawn, Facts, plain
from credmate_pipeline.samples.layouts.cme_parts import (
    AMA_1,
    AMA_1_PLURAL,
    accme_statement,
    ama_awarded,
    ama_designation,
    certificate,
    draw_activity,
    held,
    holder,
    title,
    two_decimals,
)
from credmate_pipeline.samples.organizations import HOSPITALS
from credmate_pipeline.samples.places import digits
from credmate_pipeline.samples.sheet import LANDSCAPE, MONO, SANS, SERIF, Sheet


def typed_slip(rng: Random, today: date) -> Drawn:
    """Half a page with blanks over which the values are typed; the speaker is a person too."""
    activity, facts = draw_activity(rng, today, providers=HOSPITALS), Facts()
    sheet = Sheet((612, 420), face=SERIF, margin=50)
    sheet.say(facts.text("issuer", activity.provider.name), size=15, bold=True, gap=2)
    sheet.say("Grand Rounds Attendance Certificate", size=12, gap=20)
    facts.put("credit_type", "ama_pra_1", "AMA PRA Category 1 Credit(s)")
    rows = (
        ("Name:", holder(facts, activity.person)),
        ("Topic:", title(facts, activity.topic)),
        ("Speaker:", activity.signer),
        ("Date:", facts.day("completion_date", activity.completed_on, dates.short_slashes)),
        (f"{AMA_1} claimed:", facts.amount("credits_awarded", activity.awarded)),
    )
    for label, value in rows:
        left = 215 if label.startswith("<i>") else 100
        sheet.put(label, 50, sheet.y, width=230, size=11)
        used = sheet.put(value, left + 40, sheet.y, width=512 - left, size=11, face=MONO)
        sheet.rule(sheet.y + used, x0=left + 36, x1=552, weight=0.5)
        sheet.y += used + 12
    sheet.say(accme_statement(facts, activity.provider.name), size=8, align="left")
    return certificate(sheet, facts)


def verification_memo(rng: Random, today: date) -> Drawn:
    """A memo to whom it may concern; its own date is later than the activity's."""
    activity, facts = draw_activity(rng, today, providers=HOSPITALS), Facts()
    sheet = Sheet(face=SANS, margin=72)
    say = partial(sheet.say, align="left", size=11)
    provider = facts.text("issuer", activity.provider.name)
    sheet.say(provider, size=14, bold=True, align="left", gap=2)
    say("Medical Staff Services, Continuing Medical Education", gap=18)
    written = activity.completed_on + timedelta(days=rng.randint(3, 15))
    say("TO: Whom It May Concern", gap=4)
    say(f"FROM: {activity.signer}", gap=4)
    say(f"DATE: {dates.month_name(written)}", gap=4)
    say("RE: Verification of CME credit", gap=20)
    say(
        f"This is to verify that {holder(facts, activity.person)}, attended “{title(facts, activity.topic)}” on "
        f"{facts.day('completion_date', activity.completed_on, dates.month_name)}. Our records show that the physician "
        f"{rng.choice(('earned', 'was awarded', 'claimed'))} {ama_awarded(facts, activity.awarded)} for this activity.",
        gap=14,
    )
    say(accme_statement(facts, provider), gap=14)
    say(ama_designation(facts, provider, activity, "live activity"), gap=40)
    say(f"{activity.signer}<br/>CME Coordinator<br/>{activity.provider.address}")
    return certificate(sheet, facts)


def tumor_board(rng: Random, today: date) -> Drawn:
    """A wide page of a regular conference: the department, the session's title after the series', two signers."""
    activity, facts = draw_activity(rng, today), Facts()
    sheet = Sheet(LANDSCAPE, face=SANS, margin=76)
    sheet.frame(activity.ink, inset=26)
    provider = facts.text("issuer", activity.provider.name)
    sheet.skip(12)
    sheet.say(provider, size=20, bold=True, ink=activity.ink, gap=2)
    sheet.say("Department of Medicine", size=12, gap=18)
    sheet.say("hereby certifies that", size=12)
    sheet.say(holder(facts, activity.person), size=19, bold=True, gap=8)
    sheet.say(f"attended the conference entitled “{title(facts, activity.topic)}”", size=13)
    sheet.say(f"on {facts.day('completion_date', activity.completed_on, dates.weekday)}", size=13)
    amount = facts.amount("credits_awarded", activity.awarded, two_decimals(activity.awarded))
    facts.put("credit_type", "ama_pra_1", "AMA PRA Category 1 Credit(s)")
    sheet.say(f"and is hereby credited with {amount} {AMA_1}", size=13, gap=16)
    sheet.say(accme_statement(facts, provider), size=9)
    sheet.signature(100, 480, rng, caption=f"{activity.signer}<br/>Chief of Staff")
    sheet.signature(sheet.width - 300, 480, rng, caption="Theodora Quill, MD<br/>Chair, CME Committee")
    return certificate(sheet, facts)


def attendance_record(rng: Random, today: date) -> Drawn:
    """Hours attended and credits claimed are two numbers; only one is credit."""
    activity, facts = draw_activity(rng, today), Facts()
    sheet = Sheet(face=SANS, margin=60)
    sheet.say("Attendance and Credit Record", size=18, bold=True, align="left", ink=activity.ink, gap=16)
    facts.put("credit_type", "ama_pra_1", "AMA PRA Category 1 Credits")
    hours = activity.designated + 1
    sheet.label_rows(
        [
            ("Attendee", facts.text("holder_name", activity.person.last_first)),
            ("Degree", held(facts, activity.person)),
            ("Attendee ID", digits(rng, 6)),
            ("Course", title(facts, activity.topic)),
            ("Course director", activity.signer),
            ("Date attended", facts.day("completion_date", activity.completed_on, dates.month_name)),
            ("Hours attended", plain(hours)),
            ("Credits available", facts.amount("credits_designated", activity.designated)),
            ("Credits claimed", f"{facts.amount('credits_awarded', activity.awarded)} {AMA_1_PLURAL}"),
        ],
        pitch=25,
        ruled=True,
    )
    sheet.skip(20)
    provider = facts.text("issuer", activity.provider.name)
    sheet.say(accme_statement(facts, provider), size=9, align="left")
    sheet.say(f"{provider} | {activity.provider.address}", size=8, align="left")
    return certificate(sheet, facts)


def two_hosts(rng: Random, today: date) -> Drawn:
    """Jointly provided: two logos, two organizations in the statement, one of them accredited."""
    activity, facts = draw_activity(rng, today), Facts()
    partner = rng.choice(HOSPITALS)
    sheet = Sheet(face=SERIF, margin=70)
    sheet.emblem(tuple(partner.name.split(" ", 1)), 70, 40, "#5b1a2b", width=140)
    sheet.emblem((activity.provider.initials, "CME"), 430, 40, activity.ink, width=110)
    sheet.skip(70)
    sheet.say("Certificate of Credit", size=20, gap=16)
    provider = facts.text("issuer", activity.provider.name)
    sheet.say(f"{provider}<br/>certifies that", size=12)
    sheet.say(holder(facts, activity.person), size=17, bold=True)
    sheet.say("has participated in the live activity titled", size=12)
    sheet.say(title(facts, activity.topic), size=14, bold=True)
    day = facts.day("completion_date", activity.completed_on, dates.month_name)
    sheet.say(f"at {partner.name}, {partner.city}, {partner.state}<br/>on {day}", size=12)
    sheet.say(f"and is awarded {ama_awarded(facts, activity.awarded)}", size=13, bold=True, gap=22)
    statement = facts.text(
        "accreditation_statement",
        "This activity has been planned and implemented in accordance with the accreditation requirements and "
        "policies of the Accreditation Council for Continuing Medical Education (ACCME) through the joint "
        f"providership of {provider} and {partner.name}.",
    )
    sheet.say(statement, size=9, align="left")
    sheet.say(f"{provider} is accredited by the ACCME to provide continuing medical education for physicians.", size=9)
    sheet.signature(90, 620, rng, caption=f"{activity.signer}<br/>CME Director, {partner.name}")
    return certificate(sheet, facts)


def unsigned_claim(rng: Random, today: date) -> Drawn:
    """A form on which the physician would write the hours: nothing is filled in but name, title and day."""
    activity, facts = draw_activity(rng, today, providers=HOSPITALS), Facts()
    sheet = Sheet(face=SERIF, margin=70)
    provider = facts.text("issuer", activity.provider.name)
    sheet.say(provider, size=16, bold=True, gap=4)
    sheet.say("Physician's Statement of Participation", size=13, gap=24)
    sheet.say(f"I, {holder(facts, activity.person)}, attended", size=12)
    sheet.say(title(facts, activity.topic), size=14, bold=True)
    sheet.say(f"on {facts.day('completion_date', activity.completed_on, dates.month_name)}", size=12, gap=20)
    facts.put("credit_type", "ama_pra_1", "AMA PRA Category 1 Credit")
    maximum = facts.amount("credits_designated", activity.designated)
    sheet.say(f"{provider} designates this live activity for a maximum of {maximum} {AMA_1}.", size=11, gap=14)
    sheet.say(f"I claim ________ {AMA_1} for my participation.", size=11, gap=30)
    sheet.say("Signature ______________________   Date ______________", size=11)
    return certificate(sheet, facts, DocumentStatus.REVIEW_PENDING)
