"""Certificates that are read as running text: walls of statements, capitals, diplomas, letters of thanks."""

from datetime import date, timedelta
from functools import partial
from random import Random

from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.samples import dates
from credmate_pipeline.samples.facts import Drawn, Facts
from credmate_pipeline.samples.layouts.cme_parts import (
    AMA_1,
    COMMENSURATE,
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
from credmate_pipeline.samples.numbers import draw_certificate_number
from credmate_pipeline.samples.organizations import JOURNALS
from credmate_pipeline.samples.places import digits
from credmate_pipeline.samples.sheet import HUMANIST, LANDSCAPE, SANS, SERIF, Sheet
from credmate_pipeline.samples.topics import JOURNAL_TOPICS, LONG_TOPICS

_DISCLOSURE = (
    "All individuals in control of content disclosed their financial relationships with ineligible companies. The "
    "planners and reviewers have nothing to disclose. Relevant relationships were mitigated before the activity."
)


def statement_wall(rng: Random, today: date) -> Drawn:
    """Small print from edge to edge; who, what, when and how much stand in one paragraph of it."""
    activity, facts = draw_activity(rng, today), Facts()
    sheet = Sheet(face=SERIF, margin=50)
    say = partial(sheet.say, align="left", size=9.5)
    sheet.say("CERTIFICATE OF CONTINUING MEDICAL EDUCATION", size=13, bold=True, gap=14)
    released = activity.completed_on - timedelta(days=rng.randint(20, 300))
    say(
        f"<b>Release date:</b> {dates.month_name(released)}&nbsp;&nbsp; <b>Valid through:</b> "
        f"{dates.month_name(dates.years_later(released, 2))}",
    )
    say(f"<b>Disclosure.</b> {_DISCLOSURE}")
    provider = facts.text("issuer", activity.provider.name)
    say(f"<b>Accreditation.</b> {accme_statement(facts, provider)}")
    say(
        f"<b>Credit designation.</b> {ama_designation(facts, provider, activity, 'internet enduring material')}",
        gap=18,
    )
    did = rng.choice(("has completed", "has successfully completed", "completed"))
    sheet.say(
        f"{provider} certifies that <b>{holder(facts, activity.person)}</b> {did} the internet activity titled "
        f"<b>{title(facts, activity.topic)}</b> on "
        f"{facts.day('completion_date', activity.completed_on, dates.month_name)} and "
        f"{rng.choice(('is awarded', 'has been awarded', 'has earned', 'claimed'))} "
        f"<b>{ama_awarded(facts, activity.awarded)}</b>.",
        size=11,
        align="left",
        gap=18,
    )
    say(
        "Supported by an independent educational grant from Example Therapeutics, grant number "
        f"{digits(rng, 7)}. Questions about this certificate: call 800-555-01{digits(rng, 2)}.",
    )
    sheet.signature(50, 560, rng, caption=f"{activity.signer}<br/>Vice President, Educational Affairs")
    sheet.put(activity.provider.address, 50, 700, size=8)
    return certificate(sheet, facts)


def capitals(rng: Random, today: date) -> Drawn:
    """Everything in capitals, the long title over three lines, in a landscape frame."""
    activity, facts = draw_activity(rng, today, topics=LONG_TOPICS), Facts()
    sheet = Sheet(LANDSCAPE, face=SANS, margin=90)
    sheet.frame(activity.ink)
    sheet.say(facts.text("issuer", activity.provider.name.upper()), size=17, bold=True, ink=activity.ink, gap=4)
    sheet.say("CONTINUING MEDICAL EDUCATION", size=11, gap=16)
    sheet.say("THIS CERTIFICATE IS PRESENTED TO", size=11)
    name = facts.text("holder_name", activity.person.capitals)
    sheet.say(f"{name}, {held(facts, activity.person)}", size=22, bold=True, gap=10)
    sheet.say(rng.choice(("FOR SUCCESSFUL COMPLETION OF", "FOR PARTICIPATION IN", "FOR COMPLETING")), size=11)
    if activity.topic.tags:
        facts.put("topics", activity.topic.tags, activity.topic.title.upper())
    sheet.say(facts.text("activity_title", activity.topic.title.upper()), size=14, bold=True, gap=10)
    sheet.say(facts.day("completion_date", activity.completed_on, dates.capitals), size=12, gap=12)
    facts.put("credit_type", "ama_pra_1", "AMA PRA CATEGORY 1 CREDITS")
    amount = facts.amount("credits_awarded", activity.awarded, two_decimals(activity.awarded))
    sheet.say(f"CREDITS AWARDED: {amount} AMA PRA CATEGORY 1 CREDITS™", size=13, bold=True, gap=14)
    sheet.signature(110, 480, rng, caption=f"{activity.signer.upper()}<br/>PRESIDENT")
    sheet.seal(sheet.width - 160, 500, 40, activity.ink)
    return certificate(sheet, facts)


def diploma(rng: Random, today: date) -> Drawn:
    """Solemnly worded, the date in words at the end, the holder with a title before the name."""
    activity, facts = draw_activity(rng, today), Facts()
    sheet = Sheet(LANDSCAPE, face=SERIF, margin=100)
    sheet.frame(activity.ink, inset=30)
    sheet.skip(20)
    sheet.say(facts.text("issuer", activity.provider.name), size=22, bold=True, ink=activity.ink, gap=16)
    sheet.say(rng.choice(("Be it known that", "hereby attests that", "certifies that")), size=13)
    sheet.say(f"Dr. {holder(facts, activity.person, with_credentials=False)}", size=22, bold=True, gap=10)
    sheet.say("has attended and satisfactorily completed the course", size=13)
    sheet.say(f"<i>{title(facts, activity.topic)}</i>", size=17, gap=10)
    sheet.say(f"and is hereby awarded {ama_awarded(facts, activity.awarded)}", size=13, gap=10)
    style = rng.choice((dates.solemn_year, dates.anno_domini, dates.in_words, dates.solemn))
    sheet.say(f"Given this {facts.day('completion_date', activity.completed_on, style)}", size=13, gap=10)
    sheet.signature(130, 470, rng, caption=f"{activity.signer}<br/>Course Director")
    sheet.signature(sheet.width - 320, 470, rng, caption="Theodora Quill, MD<br/>Dean")
    return certificate(sheet, facts)


def faculty(rng: Random, today: date) -> Drawn:
    """Credit for teaching: the holder is the speaker, twice the hours of the talk."""
    activity, facts = draw_activity(rng, today), Facts()
    sheet = Sheet(face=HUMANIST, margin=66)
    sheet.say(facts.text("issuer", activity.provider.name), size=14, bold=True, ink=activity.ink, gap=2)
    sheet.say("Faculty Credit Certificate", size=17, gap=22)
    sheet.say("This certifies that", size=11)
    sheet.say(holder(facts, activity.person), size=16, bold=True, gap=10)
    sheet.say("has participated as faculty in the live activity titled", size=11)
    sheet.say(title(facts, activity.topic), size=13, bold=True, gap=10)
    sheet.say(f"on {facts.day('completion_date', activity.completed_on, dates.weekday)}", size=11, gap=14)
    sheet.say(
        f"and is awarded {ama_awarded(facts, activity.designated)} for the preparation and presentation of original "
        "material.",
        size=11,
        gap=24,
    )
    sheet.say(accme_statement(facts, activity.provider.name), size=9, align="left")
    sheet.say(
        "Teaching credit is two <i>AMA PRA Category 1 Credits</i>™ for each hour presented, and once for the same "
        "material.",
        size=9,
        align="left",
    )
    sheet.signature(66, 560, rng, caption=f"{activity.signer}<br/>CME Manager")
    return certificate(sheet, facts)


def journal(rng: Random, today: date) -> Drawn:
    """Journal-based credit: the article is the activity; issue date and publication date beside the completion."""
    activity, facts = draw_activity(rng, today, topics=JOURNAL_TOPICS), Facts()
    paper = rng.choice(JOURNALS)
    sheet = Sheet(face=SERIF, margin=62)
    sheet.say(f"<i>{paper}</i>", size=20, ink=activity.ink, gap=4)
    sheet.say("Statement of Credit", size=14, bold=True, gap=18)
    sheet.say("This is to certify that", size=11)
    sheet.say(holder(facts, activity.person), size=16, bold=True, gap=10)
    sheet.say("has successfully completed the journal-based CME activity", size=11)
    sheet.say(f"“{title(facts, activity.topic)}”", size=13, bold=True, gap=6)
    published = activity.completed_on - timedelta(days=rng.randint(40, 300))
    sheet.say(f"{paper}. Published {dates.month_name(published)}; vol. {rng.randint(20, 90)}", size=9, gap=14)
    rows = [
        ("Date completed:", facts.day("completion_date", activity.completed_on, dates.month_name)),
        ("Credit awarded:", ama_awarded(facts, activity.awarded)),
        ("Certificate no.:", facts.text("certificate_number", draw_certificate_number(rng))),
    ]
    sheet.label_rows(rows, size=11, pitch=24)
    sheet.skip(18)
    provider = facts.text("issuer", activity.provider.name)
    sheet.say(accme_statement(facts, provider), size=9, align="left")
    sheet.say(ama_designation(facts, provider, activity, "journal-based CME activity"), size=9, align="left")
    return certificate(sheet, facts)


def message(rng: Random, today: date) -> Drawn:
    """A message that congratulates the holder and names the credit in a sentence."""
    activity, facts = draw_activity(rng, today), Facts()
    sheet = Sheet(face=SANS, margin=64)
    say = partial(sheet.say, align="left", size=11)
    provider = facts.text("issuer", activity.provider.name)
    sheet.say(provider, size=15, bold=True, align="left", ink=activity.ink, gap=20)
    sheet.say(f"Congratulations, {holder(facts, activity.person)}!", size=14, bold=True, align="left", gap=16)
    say(
        f"You have successfully completed <b>{title(facts, activity.topic)}</b> on "
        f"{facts.day('completion_date', activity.completed_on, dates.month_name)} and you have earned "
        f"{ama_awarded(facts, activity.awarded)}.",
        gap=16,
    )
    say("Please keep this page for your records; it serves as your certificate of credit.", gap=16)
    number = facts.text("certificate_number", draw_certificate_number(rng))
    say(f"Certificate ID: {number}", gap=16)
    sheet.say(accme_statement(facts, activity.provider.name), size=9, align="left")
    return certificate(sheet, facts)


def logo_only(rng: Random, today: date) -> Drawn:
    """Nobody's name but the holder's and the signer's is printed: the issuer is a mark."""
    activity, facts = draw_activity(rng, today), Facts()
    sheet = Sheet(face=SANS, margin=72)
    sheet.mark(activity.provider.initials, sheet.width / 2 - 35, 50, activity.ink, size=70)
    sheet.skip(80)
    sheet.say("Certificate of Attendance", size=24, ink=activity.ink, gap=22)
    sheet.say("This is to certify that", size=12)
    sheet.say(holder(facts, activity.person), size=18, bold=True, gap=12)
    sheet.say(rng.choice(("attended the live webinar titled", "has attended the live activity entitled")), size=12)
    sheet.say(title(facts, activity.topic), size=15, bold=True, gap=12)
    sheet.say(f"on {facts.day('completion_date', activity.completed_on, dates.short_slashes)}", size=12, gap=12)
    sheet.say(f"and is awarded {ama_awarded(facts, activity.awarded)}.", size=13, bold=True, gap=26)
    maximum = facts.amount("credits_designated", activity.designated)
    sheet.say(f"This live activity was designated for a maximum of {maximum} {AMA_1}.", size=10)
    sheet.say(COMMENSURATE, size=10)
    sheet.signature(90, 590, rng, caption=f"{activity.signer}<br/>Activity Director")
    return certificate(sheet, facts, DocumentStatus.REVIEW_PENDING)
