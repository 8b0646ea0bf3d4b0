"""Certificates of what takes more than a day: rounds over months, conferences, courses known by their month only."""

from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from random import Random

from credmate_pipeline.samples import dates
from credmate_pipeline.samples.facts import Drawn, Facts, plain
from credmate_pipeline.samples.layouts.cme_parts import (
    AMA_1_PLURAL,
    COMMENSURATE,
    Activity,
    accme_statement,
    ama_awarded,
    certificate,
    draw_activity,
    holder,
    title,
    two_decimals,
)
from credmate_pipeline.samples.sheet import HUMANIST, LANDSCAPE, SANS, SERIF, Sheet


def conference_days(rng: Random, today: date) -> Drawn:
    """A conference whose days stand in a table with what was claimed on each, and the total."""
    activity, facts = draw_activity(rng, today), Facts()
    claimed = [Decimal(rng.randint(10, 28)) / 4 for _ in range(rng.choice((2, 3, 4)))]
    start = _start_in_same_year(activity, len(claimed))
    sheet = Sheet(face=SERIF, margin=60)
    sheet.say(facts.text("issuer", activity.provider.name), size=15, bold=True, ink=activity.ink, gap=6)
    sheet.say("Certificate of Credit", size=20, gap=16)
    sheet.say(f"{rng.choice(('Attendee', 'Participant'))}: {holder(facts, activity.person)}", size=13, gap=10)
    sheet.say(f"Conference: {title(facts, activity.topic)}", size=13, gap=8)
    period = dates.short_range(start, activity.completed_on)
    _put_period(facts, start.isoformat(), activity.completed_on.isoformat(), period)
    sheet.say(f"Dates: {period}", size=12, gap=16)
    rows = [("Date", "Credits available", "Credits claimed")]
    rows += [
        (dates.month_name(start + timedelta(days=n)), plain(day + Decimal(rng.randint(0, 4)) / 4), plain(day))
        for n, day in enumerate(claimed)
    ]
    sheet.table(rows, (200, 140, 152), size=10)
    sheet.skip(16)
    total = facts.amount("credits_awarded", sum(claimed, Decimal(0)))
    facts.put("credit_type", "ama_pra_1", AMA_1_PLURAL.replace("<i>", "").replace("</i>", ""))
    sheet.say(f"Total credits claimed: {total} {AMA_1_PLURAL}", size=12, bold=True, gap=22)
    sheet.say(f"{accme_statement(facts, activity.provider.name)} {COMMENSURATE}", size=9, align="left")
    sheet.signature(60, 620, rng, caption=f"{activity.signer}<br/>Executive Director")
    return certificate(sheet, facts)


def grand_rounds(rng: Random, today: date) -> Drawn:
    """A hospital's regularly scheduled series over some months of a year."""
    activity, facts = draw_activity(rng, today), Facts()
    department = rng.choice(("Surgery", "Pediatrics", "Internal Medicine", "Psychiatry", "Emergency Medicine"))
    last = activity.completed_on
    first = date(last.year, max(1, last.month - rng.randint(1, 5)), 1)
    sheet = Sheet(face=HUMANIST, margin=70)
    sheet.rule(58, weight=4, ink=activity.ink)
    sheet.skip(16)
    sheet.say(facts.text("issuer", activity.provider.name), size=14, bold=True, gap=4)
    sheet.say("Office of Continuing Medical Education", size=10, gap=22)
    sheet.say("certifies that", size=11)
    sheet.say(holder(facts, activity.person), size=17, bold=True, gap=12)
    sheet.say("has participated in the regularly scheduled series", size=11)
    sheet.say(facts.text("activity_title", f"Department of {department} Grand Rounds"), size=14, bold=True, gap=10)
    if last.month > first.month:
        _put_period(
            facts,
            f"{first:%Y-%m}",
            f"{last:%Y-%m}",
            period := dates.months_range(first, last),
        )
    else:
        period = facts.put("completion_date", f"{last:%Y-%m}", dates.month_and_year_name(last))
    sheet.say(period, size=12, gap=12)
    hours = Decimal(rng.randint(4, 20))
    printed = ama_awarded(facts, hours, as_printed=two_decimals(hours))
    sheet.say(f"and is awarded {printed}", size=12, bold=True, gap=28)
    sheet.say(accme_statement(facts, activity.provider.name), size=9, align="left")
    sheet.signature(70, 560, rng, caption=f"{activity.signer}<br/>Chair, CME Committee")
    return certificate(sheet, facts)


def month_only(rng: Random, today: date) -> Drawn:
    """A retreat dated by its month only, on landscape paper with the accreditor's words in a side column."""
    activity, facts = draw_activity(rng, today), Facts()
    sheet = Sheet(LANDSCAPE, face=SANS, margin=60)
    sheet.box(40, 40, 200, sheet.height - 80, weight=0.8, fill="#eef1f4")
    sheet.put(accme_statement(facts, activity.provider.name), 54, 70, width=172, size=9)
    sheet.put(COMMENSURATE, 54, 210, width=172, size=9)
    sheet.put(activity.provider.address, 54, 480, width=172, size=8)
    say = partial(sheet.say, x=270, width=470)
    sheet.skip(20)
    say(facts.text("issuer", activity.provider.name), size=17, bold=True, ink=activity.ink, gap=14)
    say(rng.choice(("awards this certificate to", "presents this certificate to")), size=12)
    say(holder(facts, activity.person), size=20, bold=True, gap=12)
    say(rng.choice(("for participating in", "for attendance at", "in recognition of completing")), size=12)
    say(title(facts, activity.topic), size=15, bold=True, gap=12)
    printed = facts.put(
        "completion_date", f"{activity.completed_on:%Y-%m}", dates.month_and_year_name(activity.completed_on)
    )
    say(f"{activity.provider.city}, {activity.provider.state} • {printed}", size=12, gap=14)
    say(ama_awarded(facts, activity.awarded), size=13, bold=True, gap=4)
    say("Credit awarded", size=9)
    sheet.signature(300, 470, rng, caption=f"{activity.signer}<br/>Medical Director")
    return certificate(sheet, facts)


def _start_in_same_year(activity: Activity, days: int) -> date:
    return max(activity.completed_on - timedelta(days=days - 1), date(activity.completed_on.year, 1, 1))


def _put_period(facts: Facts, begin: str, end: str, printed: str) -> None:
    facts.put("start_date", begin, printed)
    facts.put("completion_date", end, printed)
