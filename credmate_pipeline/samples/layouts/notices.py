"""Notices and offers that name a license, a registration or a policy with its number and dates, and prove none."""

from datetime import date, timedelta
from random import Random

from credmate_pipeline.samples import dates
from credmate_pipeline.samples.facts import Drawn
from credmate_pipeline.samples.layouts.malpractice import draw_policy
from credmate_pipeline.samples.layouts.papers import unsupported
from credmate_pipeline.samples.numbers import draw_dea_number
from credmate_pipeline.samples.people import draw_person
from credmate_pipeline.samples.places import JURISDICTIONS, digits
from credmate_pipeline.samples.sheet import SANS, SERIF, Sheet


def license_renewal_notice(rng: Random, today: date) -> Drawn:
    """A board asks for a renewal before a license expires."""
    place, person = rng.choice(JURISDICTIONS), draw_person(rng)
    expires = dates.month_end(today + timedelta(days=60))
    sheet = Sheet(face=SERIF, margin=70)
    sheet.say(place.board, size=15, bold=True, gap=4)
    sheet.say("LICENSE RENEWAL NOTICE", size=14, bold=True, gap=18)
    rows = (
        ("Name:", person.name),
        ("License Number:", place.draw_number(rng)),
        ("Expiration Date:", dates.slashes(expires)),
        ("Renewal Fee:", "$450.00"),
    )
    sheet.label_rows(rows)
    sheet.skip(12)
    sheet.say(
        "Your license is due for renewal. To renew, log in to the online services portal and pay the renewal fee "
        f"before {dates.month_name(expires)}. A late fee is assessed after the expiration date.",
        align="left",
    )
    return unsupported(sheet)


def registration_reminder(rng: Random, today: date) -> Drawn:
    """The administration reminds a registrant to renew."""
    person = draw_person(rng)
    expires = dates.month_end(today + timedelta(days=50))
    sheet = Sheet(face=SANS, margin=70)
    sheet.say("DEA Diversion Control Division", size=13, bold=True, align="left", gap=12)
    sheet.say("Renewal notification for DEA registration", size=12, bold=True, align="left", gap=12)
    for text in (
        f"Dear {person.name},",
        f"Your DEA registration {draw_dea_number(rng, person)} expires on {dates.slashes(expires)}. Registrations may "
        "be renewed online up to 60 days before they expire.",
        "If you do not renew within one calendar month after the expiration date you must apply anew.",
        "Please do not reply to this message.",
    ):
        sheet.say(text, align="left", gap=10)
    return unsupported(sheet)


def policy_quote(rng: Random, today: date) -> Drawn:
    """An insurer's offer: limits, dates and a premium of a policy that is not in force."""
    policy = draw_policy(rng, today)
    sheet = Sheet(face=SANS, margin=64)
    sheet.say(policy.insurer.name, size=14, bold=True, align="left", gap=4)
    sheet.say("PROFESSIONAL LIABILITY PREMIUM QUOTATION", size=13, bold=True, align="left", gap=14)
    rows = (
        ("Prepared for:", f"{policy.person.name}, MD"),
        ("Quote Number:", f"Q-{digits(rng, 6)}"),
        ("Proposed Effective Date:", dates.slashes(policy.effective_on)),
        ("Proposed Limits:", f"${policy.per_claim:,.0f} / ${policy.aggregate:,.0f}"),
        ("Annual Premium:", f"${rng.randint(7, 30)},450"),
        ("Quote valid until:", dates.slashes(today + timedelta(days=30))),
    )
    sheet.label_rows(rows, label_width=180)
    sheet.skip(12)
    sheet.say("This quotation is not a binder of insurance. Coverage begins upon receipt of payment.", align="left")
    return unsupported(sheet)


def denial_letter(rng: Random, today: date) -> Drawn:
    """A board turns an application down."""
    place, person = rng.choice(JURISDICTIONS), draw_person(rng)
    sheet = Sheet(face=SERIF, margin=74)
    sheet.say(place.board, size=15, bold=True, gap=20)
    for text in (
        dates.month_name(dates.recently(rng, today, days=90)),
        f"Dear Dr. {person.last}:",
        f"At its last meeting the Board considered your request for a license to practice medicine and surgery in "
        f"{place.name}. The Board voted to deny licensure at this time.",
        "You may request a hearing within thirty days of this letter.",
        "Sincerely,",
    ):
        sheet.say(text, align="left", gap=11)
    return unsupported(sheet)


def membership_renewal(rng: Random, today: date) -> Drawn:
    """A medical association's card for the year: a member's number, valid through."""
    person = draw_person(rng)
    sheet = Sheet(face=SANS, margin=60)
    sheet.box(110, 100, 320, 170, weight=1)
    sheet.y = 112
    sheet.say("Northern Lakes Medical Association", size=13, bold=True, gap=6, x=110, width=320)
    sheet.say("MEMBERSHIP CARD", size=11, gap=10, x=110, width=320)
    sheet.say(f"{person.name}, MD", size=13, bold=True, gap=6, x=110, width=320)
    sheet.say(f"Member No. {digits(rng, 6)}", size=10, gap=4, x=110, width=320)
    sheet.say(f"Valid through December 31, {today.year + 1}", size=10, x=110, width=320)
    return unsupported(sheet)
