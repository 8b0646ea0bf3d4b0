"""Certificates of online publishers, portals on which credit is claimed, registers of completed courses, and apps."""

from datetime import date, timedelta
from random import Random

from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.samples import dates
from credmate_pipeline.samples.facts import Drawn, Facts, plain
from credmate_pipeline.samples.layouts.cme_parts import (
    AMA_1,
    AMA_1_PLURAL,
    COMMENSURATE,
    ama_awarded,
    ama_designation,
    certificate,
    draw_activity,
    held,
    holder,
    title,
    two_decimals,
)
from credmate_pipeline.samples.numbers import draw_certificate_number, draw_uan
from credmate_pipeline.samples.organizations import PHARMACY_PROVIDERS
from credmate_pipeline.samples.people import PHARMACISTS
from credmate_pipeline.samples.places import digits, draw_street
from credmate_pipeline.samples.sheet import HUMANIST, LANDSCAPE, SANS, SERIF, Sheet
from credmate_pipeline.samples.topics import PHARMACY_TOPICS, Topic

_REMS_TOPICS = (
    Topic("Opioid Analgesic REMS: Pain Management and Safe Use of Opioids", ("opioid_sud", "pain")),
    Topic("SCOPE of Pain: Core Curriculum on Opioid Prescribing", ("opioid_sud", "pain")),
)


def medical_news(rng: Random, today: date) -> Drawn:
    """An online publisher's page: jointly accredited with commendation, title in quotes, address below the name."""
    activity, facts = draw_activity(rng, today), Facts()
    sheet = Sheet(LANDSCAPE, face=SANS, margin=80)
    provider = facts.text("issuer", activity.provider.name)
    sheet.emblem((activity.provider.initials + "scape",), 80, 40, "#00588c", width=120)
    sheet.skip(60)
    sheet.say(f"{provider} certifies that", size=12)
    sheet.say(f"<b>{holder(facts, activity.person)}</b><br/>{draw_street(rng)}, Springfield, IL 62701", size=12)
    sheet.say("has participated in the enduring material titled", size=12)
    sheet.say(f'"{title(facts, activity.topic)}"', size=13, bold=True)
    sheet.say(facts.day("completion_date", activity.completed_on, dates.short_month), size=12)
    content = two_decimals(activity.awarded)
    sheet.say(f"and is awarded {ama_awarded(facts, activity.awarded, as_printed=content)}.", size=12, gap=24)
    joint = facts.text(
        "accreditation_statement",
        f"In support of improving patient care, {provider} is jointly accredited with commendation by the "
        "Accreditation Council for Continuing Medical Education (ACCME), the Accreditation Council for Pharmacy "
        "Education (ACPE), and the American Nurses Credentialing Center (ANCC), to provide continuing education for "
        "the healthcare team.",
    )
    sheet.say(joint, size=8.5, align="left")
    sheet.put(f"{activity.signer}<br/>Vice President, Education", 80, 470, width=220, size=9)
    sheet.put(f"Certificate Number: {facts.text('certificate_number', digits(rng, 8))}", 480, 470, width=240, size=9)
    return certificate(sheet, facts)


def self_claim(rng: Random, today: date) -> Drawn:
    """A portal's certificate of attendance: all in one sentence, its amount from the holder's own claim."""
    activity, facts = draw_activity(rng, today), Facts()
    sheet = Sheet(LANDSCAPE, face=SERIF, margin=100)
    sheet.frame(activity.ink)
    sheet.skip(40)
    sheet.say("Certificate of Attendance", size=26, ink=activity.ink, gap=24)
    sheet.say(holder(facts, activity.person), size=20, bold=True, gap=14)
    place = f"{activity.provider.city}, {activity.provider.state}"
    sheet.say(
        f"has attended Live Activity: <b>{title(facts, activity.topic)}</b> held on "
        f"{facts.day('completion_date', activity.completed_on, dates.plain_slashes)} at {place}",
        size=13,
        gap=14,
    )
    sheet.say(
        f"and has claimed {ama_awarded(facts, activity.awarded)} of the "
        f"{facts.amount('credits_designated', activity.designated)} designated for it.",
        size=13,
        gap=30,
    )
    provider = facts.text("issuer", activity.provider.name)
    statement = facts.text(
        "accreditation_statement",
        f"{provider} is accredited by the Accreditation Council for Continuing Medical Education to provide "
        "continuing medical education for physicians.",
    )
    sheet.say(statement, size=9)
    sheet.say(COMMENSURATE, size=9)
    return certificate(sheet, facts)


def safe_prescribing(rng: Random, today: date) -> Drawn:
    """Training under a drug-safety program: which agency's blueprint it follows, then the award."""
    activity, facts = draw_activity(rng, today, topics=_REMS_TOPICS), Facts()
    sheet = Sheet(face=HUMANIST, margin=64)
    sheet.box(40, 40, sheet.width - 80, 700, weight=2, ink=activity.ink)
    sheet.say("REMS-Compliant Accredited CE", size=11, gap=10)
    sheet.say("CERTIFICATE OF COMPLETION", size=19, bold=True, gap=22)
    sheet.say("Awarded to", size=11)
    sheet.say(holder(facts, activity.person), size=17, bold=True, gap=12)
    sheet.say("for successfully completing", size=11)
    sheet.say(title(facts, activity.topic), size=14, bold=True, gap=12)
    sheet.say(f"Completion date: {facts.day('completion_date', activity.completed_on, dates.month_name)}", size=11)
    sheet.say(f"Credit earned: {ama_awarded(facts, activity.awarded)}", size=12, bold=True, gap=20)
    provider = facts.text("issuer", activity.provider.name)
    sheet.say(
        "This activity is intended to be fully compliant with the Opioid Analgesic Risk Evaluation and Mitigation "
        "Strategy (REMS) education requirements issued by the U.S. Food and Drug Administration (FDA).",
        size=9,
        align="left",
    )
    sheet.say(ama_designation(facts, provider, activity, "enduring material"), size=9, align="left")
    sheet.signature(80, 600, rng, caption=f"{activity.signer}<br/>Executive Director, {provider}")
    return certificate(sheet, facts)


def course_report(rng: Random, today: date) -> Drawn:
    """A register's page of a course reported for a license: hours without the system they belong to."""
    activity, facts = draw_activity(rng, today), Facts()
    sheet = Sheet(face=SANS, margin=48)
    sheet.put("Course History - CE Account", 24, 16, size=7)
    sheet.put(f"{dates.short_slashes(today)}, 9:{rng.randint(10, 59)} AM", 24, 16, width=564, size=7, align="right")
    sheet.say("CE Completion Certificate", size=18, bold=True, align="left", ink=activity.ink, gap=14)
    sheet.label_rows(
        [
            ("Licensee", holder(facts, activity.person)),
            ("License", f"Medical Doctor ME{digits(rng, 6)}"),
            ("Course Name", title(facts, activity.topic)),
            ("Educational Provider", facts.text("issuer", activity.provider.name)),
            ("Subject Area", "General Hours"),
            ("Delivery Method", "Anywhere, anytime"),
            ("Date Completed", facts.day("completion_date", activity.completed_on, dates.plain_slashes)),
            ("Hours Awarded", facts.amount("credits_awarded", activity.awarded)),
            ("Reported On", dates.plain_slashes(activity.completed_on + timedelta(days=3))),
            ("Course Tracking #", f"20-{digits(rng, 7)}"),
            ("Confirmation #", facts.text("certificate_number", draw_certificate_number(rng))),
        ],
        pitch=24,
        label_width=160,
        ruled=True,
    )
    sheet.skip(16)
    sheet.say("These hours count toward continuing medical education for renewal.", size=9, align="left")
    return certificate(sheet, facts, DocumentStatus.REVIEW_PENDING)


def app_card(rng: Random, today: date) -> Drawn:
    """A narrow page saved from a telephone's app: short lines, the number of credits by itself and large."""
    activity, facts = draw_activity(rng, today), Facts()
    sheet = Sheet((330, 620), face=SANS, margin=28)
    sheet.box(0, 0, 330, 46, weight=0, fill=activity.ink)
    sheet.put(facts.text("issuer", activity.provider.name), 28, 14, width=274, size=9, bold=True, ink="#ffffff")
    sheet.skip(40)
    sheet.say("CME Certificate", size=16, bold=True, align="left", gap=16)
    sheet.say(f"{holder(facts, activity.person)}", size=13, bold=True, align="left", gap=2)
    sheet.say("has completed", size=10, align="left")
    sheet.say(title(facts, activity.topic), size=12, bold=True, align="left", gap=14)
    facts.put("credit_type", "ama_pra_1", "AMA PRA Category 1 Credits")
    sheet.say("CREDITS EARNED", size=8, align="left", gap=2, ink="#666666")
    sheet.say(facts.amount("credits_awarded", activity.awarded, two_decimals(activity.awarded)), size=26, align="left")
    sheet.say(AMA_1_PLURAL, size=10, align="left", gap=14)
    sheet.say("COMPLETED ON", size=8, align="left", gap=2, ink="#666666")
    sheet.say(facts.day("completion_date", activity.completed_on, dates.day_month), size=12, align="left", gap=16)
    statement = facts.text(
        "accreditation_statement",
        f"{activity.provider.name} is accredited by the ACCME to provide continuing medical education for physicians.",
    )
    sheet.say(statement, size=8, align="left")
    return certificate(sheet, facts)


def pharmacy_monitor(rng: Random, today: date) -> Drawn:
    """A national register's statement of pharmacy credit: live and home hours, a birthday, a tracking number."""
    activity = draw_activity(rng, today, credentials=PHARMACISTS, providers=PHARMACY_PROVIDERS, topics=PHARMACY_TOPICS)
    facts = Facts()
    sheet = Sheet(face=SANS, margin=56)
    sheet.say("Statement of Credit", size=18, bold=True, align="left", gap=2)
    sheet.say("CPE activity record", size=10, align="left", gap=18)
    facts.put("credit_type", "acpe", "ACPE")
    sheet.label_rows(
        [
            ("Participant", facts.text("holder_name", activity.person.name)),
            ("Credential", held(facts, activity.person)),
            ("Date of birth (MM/DD)", f"{rng.randint(1, 12):02d}/{rng.randint(1, 28):02d}"),
            ("Activity title", title(facts, activity.topic)),
            ("ACPE UAN", facts.text("acpe_uan", draw_uan(rng, activity.completed_on))),
            ("Provider", facts.text("issuer", activity.provider.name)),
            ("Participation date", facts.day("completion_date", activity.completed_on, dates.slashes)),
            ("Date submitted", dates.slashes(activity.completed_on + timedelta(days=9))),
            ("Contact hours earned", facts.amount("credits_awarded", activity.awarded, two_decimals(activity.awarded))),
            ("CEUs", f"{plain(activity.awarded / 10)}"),
        ],
        pitch=26,
        label_width=170,
        ruled=True,
    )
    return certificate(sheet, facts)


def maximum_first(rng: Random, today: date) -> Drawn:
    """The designated maximum is printed large; what the participant claims, small and last."""
    activity, facts = draw_activity(rng, today), Facts()
    sheet = Sheet(face=SERIF, margin=72)
    provider = facts.text("issuer", activity.provider.name)
    sheet.say(provider, size=17, bold=True, ink=activity.ink, gap=4)
    sheet.say("Office of Continuing Professional Development", size=11, gap=20)
    sheet.say("CERTIFICATE OF ATTENDANCE", size=15, bold=True, gap=16)
    sheet.say(f"This certifies that {holder(facts, activity.person)} attended", size=12)
    sheet.say(title(facts, activity.topic), size=15, bold=True, gap=8)
    sheet.say(facts.day("completion_date", activity.completed_on, dates.month_name), size=12, gap=20)
    maximum = facts.amount("credits_designated", activity.designated)
    sheet.say(f"{provider} designates this live activity for a maximum of {maximum} {AMA_1}.", size=12, gap=14)
    sheet.say(COMMENSURATE, size=10, gap=20)
    sheet.say(f"This participant has claimed {ama_awarded(facts, activity.awarded)}.", size=11, gap=24)
    statement = facts.text(
        "accreditation_statement",
        f"{provider} is accredited by the Accreditation Council for Continuing Medical Education (ACCME) to provide "
        "continuing medical education for physicians.",
    )
    sheet.say(statement, size=9)
    return certificate(sheet, facts)
