"""Pages of learning portals and registers, printed from a browser or kept as receipts."""

from datetime import date, timedelta
from random import Random

from credmate_pipeline.samples import dates
from credmate_pipeline.samples.facts import Drawn, Facts, plain
from credmate_pipeline.samples.layouts.cme_parts import (
    AMA_1_PLURAL,
    accme_statement,
    certificate,
    draw_activity,
    extra_credit,
    held,
    holder,
    title,
    two_decimals,
)
from credmate_pipeline.samples.numbers import draw_certificate_number, draw_uan
from credmate_pipeline.samples.organizations import NURSING_PROVIDERS, PHARMACY_PROVIDERS
from credmate_pipeline.samples.people import NURSES, PHARMACISTS
from credmate_pipeline.samples.places import digits
from credmate_pipeline.samples.sheet import HUMANIST, SANS, Sheet
from credmate_pipeline.samples.topics import NURSING_TOPICS, PHARMACY_TOPICS


def portal(rng: Random, today: date) -> Drawn:
    """A completed course's page: the browser's header and footer, labels over their values, a learner number."""
    activity, facts = draw_activity(rng, today), Facts()
    sheet = Sheet(face=SANS, margin=48)
    printed_on = activity.completed_on + (today - activity.completed_on) // 2
    sheet.put(f"{dates.short_slashes(printed_on)}, {rng.randint(1, 12)}:{rng.randint(10, 59)} PM", 24, 16, size=7)
    sheet.put("Course completed - My Learning", 24, 16, width=sheet.width - 48, size=7, align="center")
    sheet.put(f"https://learn.example.org/transcript/{digits(rng, 6)}", 24, 770, size=7)
    sheet.put("1/1", 24, 770, width=sheet.width - 48, size=7, align="right")
    sheet.say(facts.text("issuer", activity.provider.name), size=13, bold=True, align="left", ink=activity.ink, gap=4)
    sheet.rule(sheet.y + 2, weight=0.5)
    sheet.skip(18)
    sheet.say("Certificate of Completion", size=18, align="left", gap=20)
    facts.put("credit_type", "ama_pra_1", "AMA PRA Category 1 Credits")
    blocks = (
        ("Participant", holder(facts, activity.person)),
        ("Activity title", title(facts, activity.topic)),
        ("Completed", facts.day("completion_date", activity.completed_on, dates.month_name)),
        ("Credits earned", f"{facts.amount('credits_awarded', activity.awarded)} {AMA_1_PLURAL}"),
        ("Certificate ID", facts.text("certificate_number", draw_certificate_number(rng))),
        ("Learner ID", digits(rng, 8)),
    )
    for label, value in blocks:
        sheet.say(label, size=8.5, align="left", gap=1, ink="#666666")
        sheet.say(value, size=12, align="left", gap=13, bold=label == "Participant")
    sheet.skip(10)
    sheet.say(accme_statement(facts, activity.provider.name), size=8.5, align="left")
    return certificate(sheet, facts)


def tracked_course(rng: Random, today: date) -> Drawn:
    """A nursing course reported to a state's register: provider, course, license and tracking numbers around."""
    activity = draw_activity(rng, today, credentials=NURSES, providers=NURSING_PROVIDERS, topics=NURSING_TOPICS)
    facts = Facts()
    sheet = Sheet(face=HUMANIST, margin=64)
    sheet.frame(activity.ink, double=False)
    sheet.say("CERTIFICATE OF COMPLETION", size=18, bold=True, ink=activity.ink, gap=6)
    sheet.say(facts.text("issuer", activity.provider.name), size=13, bold=True, gap=20)
    facts.put("credit_type", "ancc", "Contact hours")
    label = rng.choice(("Contact hours awarded:", "Contact hours:", "Contact hours earned:"))
    rows = [
        ("Name:", holder(facts, activity.person)),
        ("License:", f"FL RN{digits(rng, 7)}"),
        ("Course:", title(facts, activity.topic)),
        ("Course #:", f"20-{digits(rng, 6)}"),
        ("Date completed:", facts.day("completion_date", activity.completed_on, dates.slashes)),
        (label, facts.amount("credits_awarded", activity.awarded)),
        ("Instructor:", activity.signer),
        ("Delivery method:", rng.choice(("Anywhere, Anytime", "Home study", "Live webinar"))),
        ("Provider number:", f"50-{digits(rng, 5)}"),
    ]
    sheet.label_rows(rows, size=10.5, pitch=25, ruled=True)
    sheet.skip(20)
    statement = facts.text(
        "accreditation_statement",
        f"{activity.provider.name} is accredited as a provider of nursing continuing professional development by the "
        "American Nurses Credentialing Center's Commission on Accreditation.",
    )
    sheet.say(statement, size=9, align="left")
    sheet.say("Keep this certificate for four years.", size=9, align="left")
    return certificate(sheet, facts)


def pharmacy_table(rng: Random, today: date) -> Drawn:
    """One activity in a table with its universal number; the participation date among other columns."""
    activity = draw_activity(rng, today, credentials=PHARMACISTS, providers=PHARMACY_PROVIDERS, topics=PHARMACY_TOPICS)
    facts = Facts()
    sheet = Sheet(face=SANS, margin=54)
    provider = facts.text("issuer", activity.provider.name)
    sheet.say(provider, size=15, bold=True, ink=activity.ink, gap=4)
    sheet.say("Statement of Continuing Pharmacy Education Credit", size=13, gap=18)
    sheet.say(f"Pharmacist: {holder(facts, activity.person)}", size=11, align="left", gap=4)
    sheet.say(f"NABP e-Profile ID: {digits(rng, 6)}", size=10, align="left", gap=14)
    facts.put("credit_type", "acpe", "ACPE")
    hours = facts.amount("credits_awarded", activity.awarded, two_decimals(activity.awarded))
    row = (
        title(facts, activity.topic),
        facts.text("acpe_uan", draw_uan(rng, activity.completed_on)),
        facts.day("completion_date", activity.completed_on, dates.slashes),
        hours,
        f"{activity.awarded / 10:.3f}",
    )
    sheet.table(
        [("Activity title", "ACPE UAN", "Participation date", "Contact hours", "CEUs"), row], (176, 132, 80, 62, 54)
    )
    sheet.skip(22)
    statement = facts.text(
        "accreditation_statement",
        f"{provider} is accredited by the Accreditation Council for Pharmacy Education as a provider of continuing "
        "pharmacy education.",
    )
    sheet.say(statement, size=9.5, align="left", gap=30)
    sheet.signature(54, sheet.y + 10, rng, caption=f"{activity.signer}<br/>CPE Administrator")
    return certificate(sheet, facts)


def two_systems_receipt(rng: Random, today: date) -> Drawn:
    """Credit for a physician with the points of a specialty board's program beside it."""
    activity, facts = draw_activity(rng, today), Facts()
    sheet = Sheet(face=SANS, margin=60)
    sheet.box(0, 0, sheet.width, 34, weight=0, fill=activity.ink)
    sheet.put("CME & MOC Record", 60, 10, width=480, size=12, bold=True, ink="#ffffff")
    sheet.skip(10)
    name = facts.text("holder_name", activity.person.last_first)
    facts.put("credit_type", "ama_pra_1", "AMA PRA Category 1")
    released = activity.completed_on - timedelta(days=rng.randint(10, 300))
    points = extra_credit(facts, "moc", activity.awarded, plain(activity.awarded))
    rows = [
        ("Learner", name),
        ("Profession", held(facts, activity.person)),
        ("Provider", facts.text("issuer", activity.provider.name)),
        ("Activity name", title(facts, activity.topic)),
        ("Activity ID", digits(rng, 9)),
        ("Start date", dates.slashes(released)),
        ("End date", dates.slashes(dates.years_later(released, 1))),
        ("Completion date", facts.day("completion_date", activity.completed_on, dates.slashes)),
        ("AMA PRA Category 1 Credits™ claimed", facts.amount("credits_awarded", activity.awarded)),
        ("ABIM Medical Knowledge MOC points", points),
    ]
    sheet.label_rows(rows, size=10, pitch=25, label_width=210)
    sheet.skip(20)
    sheet.say(accme_statement(facts, activity.provider.name), size=8.5, align="left")
    return certificate(sheet, facts)
