"""Certificates for physicians that are read by their labels: tables, columns, and dates that mislead."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random

from credmate_pipeline.samples import dates
from credmate_pipeline.samples.facts import Drawn, Facts
from credmate_pipeline.samples.layouts.cme_parts import (
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
from credmate_pipeline.samples.numbers import draw_certificate_number
from credmate_pipeline.samples.sheet import HUMANIST, SANS, SERIF, Sheet


def label_table(rng: Random, today: date) -> Drawn:
    """Every fact in a row of its own beside its label."""
    activity, facts = draw_activity(rng, today), Facts()
    sheet = Sheet(face=SANS, margin=62)
    sheet.mark(activity.provider.initials, 62, 50, activity.ink)
    provider = facts.text("issuer", activity.provider.name)
    sheet.put(provider, 120, 56, size=14, bold=True)
    sheet.put(activity.provider.address, 120, 76, size=9)
    sheet.skip(64)
    sheet.say("CME CERTIFICATE OF COMPLETION", size=18, bold=True, ink=activity.ink, gap=20)
    facts.put("credit_type", "ama_pra_1", "AMA PRA Category 1 Credits")
    printed = two_decimals(activity.awarded)
    rows = [
        (rng.choice(("Participant:", "Name:", "Learner:")), holder(facts, activity.person, with_credentials=False)),
        ("Degree:", held(facts, activity.person)),
        (rng.choice(("Activity title:", "Course title:", "Activity:")), title(facts, activity.topic)),
        ("Activity format:", rng.choice(("Enduring material", "Internet live activity", "Live activity"))),
        (
            rng.choice(("Date completed:", "Completion date:", "Date of completion:")),
            facts.day("completion_date", activity.completed_on, dates.slashes),
        ),
        (
            rng.choice(("Credits earned:", "Credits awarded:", "Credits claimed:")),
            facts.amount("credits_awarded", activity.awarded, printed),
        ),
        ("Credit type:", AMA_1_PLURAL),
        (
            rng.choice(("Certificate ID:", "Certificate number:")),
            facts.text("certificate_number", draw_certificate_number(rng)),
        ),
    ]
    sheet.label_rows(rows, size=11, pitch=27, ruled=True)
    sheet.skip(24)
    sheet.say(accme_statement(facts, activity.provider.name), size=9.5, align="left")
    sheet.say(ama_designation(facts, activity.provider.name, activity, "activity"), size=9.5, align="left")
    sheet.signature(62, 640, rng, caption=activity.signer)
    return certificate(sheet, facts)


def two_columns(rng: Random, today: date) -> Drawn:
    """The statement on the left, a narrow column of details on the right."""
    activity, facts = draw_activity(rng, today), Facts()
    sheet = Sheet(face=SERIF, margin=56)
    sheet.box(0, 0, 612, 92, weight=0, fill=activity.ink)
    provider = facts.text("issuer", activity.provider.name)
    sheet.put(provider, 56, 30, width=500, size=18, bold=True, ink="#ffffff")
    sheet.y = 128
    left = {"x": 56.0, "width": 300.0, "align": "left"}
    sheet.say("Certificate of Completion", size=19, gap=16, **left)
    sheet.say("This certifies that", size=11, **left)
    sheet.say(holder(facts, activity.person), size=16, bold=True, **left)
    sheet.say("has successfully completed the activity", size=11, **left)
    sheet.say(f"<i>{title(facts, activity.topic)}</i>", size=13, gap=12, **left)
    sheet.say(f"and is awarded {ama_awarded(facts, activity.awarded)}.", size=12, gap=20, **left)
    sheet.say(accme_statement(facts, activity.provider.name), size=8.5, **left)
    sheet.say(ama_designation(facts, activity.provider.name, activity, "enduring material"), size=8.5, **left)
    sheet.box(380, 128, 180, 250, weight=0.8, fill="#f2f2ee")
    released = activity.completed_on - timedelta(days=rng.randint(40, 300))
    details = (
        ("Date of participation", facts.day("completion_date", activity.completed_on, dates.month_name)),
        ("Certificate number", facts.text("certificate_number", draw_certificate_number(rng))),
        ("Release date", dates.month_name(released)),
        ("Expiration date", dates.month_name(dates.years_later(released, 2))),
        ("Questions", f"{activity.provider.city}, {activity.provider.state}"),
    )
    top = 142.0
    for label, value in details:
        sheet.put(label, 392, top, width=160, size=9, bold=True)
        sheet.put(value, 392, top + 13, width=160, size=10)
        top += 46
    sheet.signature(56, 600, rng, caption=activity.signer)
    return certificate(sheet, facts)


def release_dates(rng: Random, today: date) -> Drawn:
    """An enduring material with release, expiration and print dates around the one that counts; `LAST, FIRST`."""
    activity, facts = draw_activity(rng, today), Facts()
    sheet = Sheet(face=HUMANIST, margin=60)
    released = activity.completed_on - timedelta(days=rng.randint(30, 200))
    sheet.say(facts.text("issuer", activity.provider.name), size=14, bold=True, ink=activity.ink, gap=2)
    sheet.say(activity.provider.address, size=8, gap=20)
    sheet.say("Continuing Medical Education Credit Certificate", size=15, gap=18)
    sheet.rule(sheet.y)
    sheet.skip(12)
    name = facts.text("holder_name", activity.person.last_first)
    rows = [
        ("Name", f"{name}, {held(facts, activity.person)}"),
        ("Title", title(facts, activity.topic)),
        ("Original release date", dates.slashes(released)),
        ("Expiration date", dates.slashes(dates.years_later(released, 3))),
        ("Completed on", facts.day("completion_date", activity.completed_on, dates.slashes)),
        ("Estimated time", f"{int(activity.designated * 60)} minutes"),
        ("Certificate #", facts.text("certificate_number", draw_certificate_number(rng))),
    ]
    sheet.label_rows(rows, size=10, pitch=24, label_width=170)
    sheet.rule(sheet.y + 4)
    sheet.skip(24)
    sheet.say(f"Credit claimed: {ama_awarded(facts, activity.awarded)}", size=12, bold=True, gap=20)
    sheet.say(accme_statement(facts, activity.provider.name), size=8.5, align="left")
    sheet.say(ama_designation(facts, activity.provider.name, activity, "enduring material"), size=8.5, align="left")
    sheet.put(f"Printed {dates.slashes(today - timedelta(days=rng.randint(0, 15)))}", 60, 745, size=7)
    return certificate(sheet, facts)


def conference(rng: Random, today: date) -> Drawn:
    """Sessions of a meeting over several days in a table, and the total claimed; the dates are a range."""
    activity, facts = draw_activity(rng, today), Facts()
    days = rng.choice((2, 3, 4))
    start = activity.completed_on - timedelta(days=days - 1)
    offered = [rng.randint(4, 8) for _ in range(days)]
    claimed = Decimal(sum(offered)) - Decimal(rng.randint(0, 7)) / 4
    sheet = Sheet(face=SANS, margin=62)
    sheet.say(facts.text("issuer", activity.provider.name), size=16, bold=True, ink=activity.ink, gap=4)
    sheet.say("CERTIFICATE OF ATTENDANCE", size=13, gap=24)
    sheet.say("This certifies that", size=11)
    sheet.say(holder(facts, activity.person), size=18, bold=True, gap=10)
    sheet.say("attended the conference titled", size=11)
    sheet.say(title(facts, activity.topic), size=14, bold=True, gap=8)
    period = dates.date_range(start, activity.completed_on)
    facts.put("start_date", start.isoformat(), period)
    facts.put("completion_date", activity.completed_on.isoformat(), period)
    sheet.say(f"{period} • {activity.provider.city}, {activity.provider.state}", size=11, gap=22)
    rows = [("Day", "Sessions", "Hours offered")]
    rows += [(f"Day {n + 1}", f"{rng.randint(2, 6)} sessions", f"{hours}.0") for n, hours in enumerate(offered)]
    sheet.table(rows, (90, 260, 138), size=9.5)
    sheet.skip(22)
    sheet.say(f"and is awarded {ama_awarded(facts, claimed)}", size=13, bold=True, gap=24)
    sheet.say(accme_statement(facts, activity.provider.name), size=9, align="left")
    sheet.signature(62, 640, rng, caption=activity.signer)
    return certificate(sheet, facts)
