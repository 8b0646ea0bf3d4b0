"""Certificates of professional societies and of the professions beside physicians: meetings, psychology, optometry."""

from datetime import date, timedelta
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
from credmate_pipeline.samples.organizations import OSTEOPATHIC_PROVIDERS
from credmate_pipeline.samples.people import MID_LEVELS, OSTEOPATHIC
from credmate_pipeline.samples.places import digits
from credmate_pipeline.samples.sheet import HUMANIST, LANDSCAPE, SANS, SERIF, Sheet


def annual_meeting(rng: Random, today: date) -> Drawn:
    """A society's annual meeting over days in a city; board points beside the credit."""
    activity, facts = draw_activity(rng, today), Facts()
    sheet = Sheet(LANDSCAPE, face=SERIF, margin=84)
    sheet.frame(activity.ink)
    sheet.skip(16)
    provider = facts.text("issuer", activity.provider.name)
    sheet.say(provider, size=20, bold=True, ink=activity.ink, gap=14)
    sheet.say("CERTIFICATE OF ATTENDANCE", size=13, gap=16)
    sheet.say("This is to certify that", size=12)
    sheet.say(holder(facts, activity.person), size=19, bold=True)
    sheet.say("was in attendance at the", size=12)
    meeting = f"{rng.randint(12, 88)}th Annual Scientific Meeting"
    sheet.say(facts.text("activity_title", meeting), size=17, bold=True, gap=4)
    start = max(activity.completed_on - timedelta(days=rng.randint(1, 4)), activity.completed_on.replace(day=1))
    printed = dates.date_range(start, activity.completed_on) if start < activity.completed_on else None
    if printed is None:
        printed = facts.day("completion_date", activity.completed_on, dates.month_name)
    else:
        facts.put("start_date", start.isoformat(), printed)
        facts.put("completion_date", activity.completed_on.isoformat(), printed)
    sheet.say(f"{activity.provider.city}, {activity.provider.state} • {printed}", size=12, gap=12)
    sheet.say(f"and has been awarded {ama_awarded(facts, activity.awarded)}", size=13, bold=True)
    points = extra_credit(facts, "moc", activity.awarded, plain(activity.awarded))
    sheet.say(f"and {points} MOC points in the American Board of Internal Medicine's program.", size=11, gap=18)
    sheet.say(accme_statement(facts, provider), size=9)
    return certificate(sheet, facts)


def psychology(rng: Random, today: date) -> Drawn:
    """CE credit for psychologists, whose association approves sponsors and is no issuer."""
    activity, facts = draw_activity(rng, today, credentials=("PhD", "PsyD")), Facts()
    sheet = Sheet(face=HUMANIST, margin=66)
    provider = facts.text("issuer", activity.provider.name)
    sheet.say("Continuing Education Certificate", size=18, bold=True, ink=activity.ink, gap=22)
    sheet.say(f"{provider} certifies that", size=11)
    sheet.say(holder(facts, activity.person), size=15, bold=True)
    sheet.say("completed the continuing education program", size=11)
    sheet.say(f"“{title(facts, activity.topic)}”", size=13, bold=True)
    sheet.say(f"on {facts.day('completion_date', activity.completed_on, dates.month_name)}", size=11)
    facts.put("credit_type", "apa", "American Psychological Association")
    amount = facts.amount("credits_awarded", activity.awarded)
    sheet.say(f"and earned {amount} CE credits for psychologists.", size=12, gap=24)
    statement = facts.text(
        "accreditation_statement",
        f"{provider} is approved by the American Psychological Association to sponsor continuing education for "
        "psychologists.",
    )
    sheet.say(f"{statement} {provider} maintains responsibility for this program and its content.", size=9)
    sheet.signature(80, 560, rng, caption=f"{activity.signer}<br/>CE Program Administrator")
    return certificate(sheet, facts)


def social_work(rng: Random, today: date) -> Drawn:
    """Credit for social workers by a provider with a number and an approval period that is nobody's completion."""
    activity, facts = draw_activity(rng, today, credentials=("LCSW", "LMSW")), Facts()
    sheet = Sheet(face=SANS, margin=60)
    provider = facts.text("issuer", activity.provider.name)
    sheet.frame(activity.ink, double=False)
    sheet.say("CERTIFICATE OF COMPLETION", size=17, bold=True, gap=18)
    sheet.say(f"This certificate is awarded to {holder(facts, activity.person)}", size=12)
    sheet.say("for completion of the social work course", size=11)
    sheet.say(title(facts, activity.topic), size=14, bold=True, gap=10)
    day = facts.day("completion_date", activity.completed_on, dates.plain_slashes)
    facts.put("credit_type", "aswb", "ASWB")
    sheet.label_rows(
        [
            ("Date of completion:", day),
            ("Credits awarded:", f"{facts.amount('credits_awarded', activity.awarded)} general CE credits"),
            ("Course format:", "Recorded, asynchronous distance"),
            ("License number:", f"LC{digits(rng, 6)}"),
        ]
    )
    begin = activity.completed_on - timedelta(days=200)
    sheet.skip(20)
    statement = facts.text(
        "accreditation_statement",
        f"{provider}, provider #{digits(rng, 4)}, is approved as an ACE provider to offer social work continuing "
        "education by the Association of Social Work Boards (ASWB) Approved Continuing Education (ACE) program.",
    )
    period = f"{dates.plain_slashes(begin)} – {dates.plain_slashes(dates.years_later(begin, 3))}"
    sheet.say(f"{statement} ACE provider approval period: {period}.", size=9, align="left")
    return certificate(sheet, facts)


def optometry(rng: Random, today: date) -> Drawn:
    """COPE credit: course and event numbers, an instructor, hours of continuing education."""
    activity, facts = draw_activity(rng, today, credentials=("OD", "OD, FAAO")), Facts()
    sheet = Sheet(face=SANS, margin=64)
    provider = facts.text("issuer", activity.provider.name)
    sheet.say(provider, size=15, bold=True, ink=activity.ink, gap=6)
    sheet.say("Certificate of Attendance", size=17, gap=20)
    facts.put("credit_type", "cope", "COPE")
    sheet.label_rows(
        [
            ("Attendee:", holder(facts, activity.person)),
            ("License:", f"OPT{digits(rng, 5)} (IL)"),
            ("Course title:", title(facts, activity.topic)),
            ("COPE course ID:", f"{digits(rng, 5)}-GL"),
            ("COPE event ID:", digits(rng, 6)),
            ("Instructor:", activity.signer),
            ("Date of course:", facts.day("completion_date", activity.completed_on, dates.slashes)),
            ("COPE hours earned:", facts.amount("credits_awarded", activity.awarded)),
        ],
        pitch=26,
    )
    sheet.skip(24)
    sheet.say("COPE approved for the hours stated above. Keep this certificate for five years.", size=9, align="left")
    return certificate(sheet, facts)


def osteopathic_congress(rng: Random, today: date) -> Drawn:
    """AOA credit certified by a specialty society; the holder is credited in a sentence."""
    activity, facts = draw_activity(rng, today, credentials=OSTEOPATHIC, providers=OSTEOPATHIC_PROVIDERS), Facts()
    sheet = Sheet(face=SERIF, margin=76)
    provider = facts.text("issuer", activity.provider.name)
    sheet.say(provider.upper(), size=16, bold=True, ink=activity.ink, gap=20)
    sheet.say("Certificate of Attendance", size=15, gap=16)
    sheet.say(f"{provider} verifies that", size=12)
    sheet.say(holder(facts, activity.person), size=17, bold=True)
    sheet.say(f"attended the {title(facts, activity.topic)}", size=13)
    sheet.say(f"held on {facts.day('completion_date', activity.completed_on, dates.month_name)}", size=12, gap=16)
    code, printed = rng.choice((("aoa_1a", "AOA Category 1-A"), ("aoa_1b", "AOA Category 1-B"), ("aoa_2a", "AOA 2-A")))
    facts.put("credit_type", code, printed)
    maximum = facts.amount("credits_designated", activity.designated)
    sheet.say(f"This program is approved for a maximum of {maximum} {printed} credits.", size=11)
    amount = facts.amount("credits_awarded", activity.awarded)
    sheet.say(f"The physician named above earned {amount} {printed} credits.", size=12, bold=True, gap=30)
    sheet.signature(90, 560, rng, caption=f"{activity.signer}<br/>Executive Director")
    return certificate(sheet, facts)


def reviewed_by_assistants(rng: Random, today: date) -> Drawn:
    """AAPA credit for a physician assistant: the approval's period around the claimed amount."""
    activity, facts = draw_activity(rng, today, credentials=MID_LEVELS[:1]), Facts()
    sheet = Sheet(LANDSCAPE, face=SANS, margin=80)
    provider = facts.text("issuer", activity.provider.name)
    sheet.emblem(("AAPA", "CATEGORY 1"), 80, 40, "#0a3c6e", width=120)
    sheet.skip(50)
    sheet.say(f"{provider} awards this certificate to", size=13)
    sheet.say(holder(facts, activity.person), size=19, bold=True)
    sheet.say("for participating in", size=12)
    sheet.say(title(facts, activity.topic), size=15, bold=True)
    sheet.say(
        f"Date of participation: {facts.day('completion_date', activity.completed_on, dates.month_name)}", size=12
    )
    facts.put("credit_type", "aapa_1", "AAPA Category 1 CME credits")
    amount = facts.amount("credits_awarded", activity.awarded, two_decimals(activity.awarded))
    sheet.say(f"Credits claimed: {amount} AAPA Category 1 CME credits", size=13, bold=True, gap=20)
    begin = activity.completed_on - timedelta(days=100)
    maximum = facts.amount("credits_designated", activity.designated)
    sheet.say(
        f"{provider} has been authorized by the American Academy of PAs (AAPA) to award AAPA Category 1 CME credit for "
        f"activities planned in accordance with AAPA CME Criteria. This activity is designated for {maximum} AAPA "
        f"Category 1 CME credits. Approval is valid until {dates.slashes(dates.years_later(begin, 1))}. PAs should "
        "only claim credit commensurate with the extent of their participation.",
        size=9,
        align="left",
    )
    return certificate(sheet, facts)


def family_physicians(rng: Random, today: date) -> Drawn:
    """AAFP Prescribed credit with its term of approval; the holder's claim in the last sentence."""
    activity, facts = draw_activity(rng, today), Facts()
    sheet = Sheet(face=SERIF, margin=70)
    provider = facts.text("issuer", activity.provider.name)
    sheet.say("Certificate of Participation", size=19, gap=18)
    sheet.say(f"presented by {provider} to", size=11)
    sheet.say(holder(facts, activity.person), size=17, bold=True)
    sheet.say("for participation in the educational activity entitled", size=11)
    sheet.say(title(facts, activity.topic), size=14, bold=True)
    sheet.say(f"on {facts.day('completion_date', activity.completed_on, dates.slashes)}", size=11, gap=18)
    begin = activity.completed_on - timedelta(days=60)
    facts.put("credit_type", "aafp_prescribed", "AAFP Prescribed credit")
    maximum = facts.amount("credits_designated", activity.designated, two_decimals(activity.designated))
    sheet.say(
        f"The AAFP has reviewed {activity.topic.title} and deemed it acceptable for up to {maximum} Online Only, Live "
        f"AAFP Prescribed credits. Term of Approval is from {dates.slashes(begin)} to "
        f"{dates.slashes(dates.years_later(begin, 1))}. Physicians should claim only the credit commensurate with the "
        "extent of their participation in the activity.",
        size=10,
        align="left",
        gap=14,
    )
    amount = facts.amount("credits_awarded", activity.awarded, two_decimals(activity.awarded))
    sheet.say(f"Credit claimed by the participant: {amount} Prescribed credits", size=11, align="left", bold=True)
    return certificate(sheet, facts)


def lost_issuer(rng: Random, today: date) -> Drawn:
    """A specialty meeting's certificate whose issuer is a logo and a web address only."""
    activity, facts = draw_activity(rng, today), Facts()
    sheet = Sheet(LANDSCAPE, face=SANS, margin=90)
    sheet.emblem((f"{activity.provider.initials} 2025", "CONGRESS"), 90, 50, activity.ink, width=150)
    sheet.skip(70)
    sheet.say("CERTIFICATE OF ATTENDANCE", size=18, bold=True, gap=16)
    sheet.say("This certificate is presented to", size=12)
    sheet.say(holder(facts, activity.person), size=19, bold=True)
    sheet.say("for attending", size=12)
    sheet.say(title(facts, activity.topic), size=15, bold=True)
    sheet.say(facts.day("completion_date", activity.completed_on, dates.month_name), size=12, gap=14)
    facts.put("credit_type", "ama_pra_1", "AMA PRA Category 1 Credits")
    amount = facts.amount("credits_awarded", activity.awarded)
    sheet.say(f"{AMA_1_PLURAL} claimed: {amount}", size=13, bold=True, gap=24)
    sheet.say(f"Certificate ID: {facts.text('certificate_number', draw_certificate_number(rng))}", size=9)
    sheet.say("www.example.org/congress | congress@example.org", size=9)
    return certificate(sheet, facts, DocumentStatus.REVIEW_PENDING)
