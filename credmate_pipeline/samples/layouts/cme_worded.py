"""Certificates of labels and values, and of one sentence, in words, order and arrangement drawn anew each time."""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from credmate_pipeline.samples import dates
from credmate_pipeline.samples.facts import Drawn, Facts, plain
from credmate_pipeline.samples.layouts.cme_parts import (
    Activity,
    ama_designation,
    certificate,
    draw_activity,
    held,
    holder,
    two_decimals,
)
from credmate_pipeline.samples.layouts.cme_parts import title as printed_title
from credmate_pipeline.samples.numbers import draw_certificate_number
from credmate_pipeline.samples.places import digits
from credmate_pipeline.samples.sheet import HUMANIST, LANDSCAPE, PORTRAIT, SANS, SERIF, Sheet

_HEADINGS = (
    *("Certificate of Completion", "CME Certificate", "Record of CME Credit", "Certificate of Attendance"),
    *("Statement of Participation", "CONTINUING MEDICAL EDUCATION CERTIFICATE", "Proof of Completion"),
)
_NAME_LABELS = (
    *("Name", "Participant", "Participant Name", "Attendee", "Learner", "Learner Name", "Awarded to", "Physician"),
    *("Name of participant", "Issued to", "Participant's Name", "Full name", "Recipient", "Presented to"),
)
_TITLE_LABELS = (
    *("Activity", "Activity Title", "Course", "Course Title", "Title", "Program", "Program Title", "Title of activity"),
    *("Name of activity", "Course Name", "Event", "Session Title", "Educational Activity", "CME Activity"),
)
_DAY_LABELS = (
    *("Date", "Date Completed", "Completion Date", "Date of completion", "Completed", "Completed on", "Activity Date"),
    *("Date of participation", "Date of activity", "Date attended", "Date(s) of activity", "Event Date", "Course date"),
    *("Date of attendance", "Date credit awarded", "Date earned"),
)
_CREDIT_LABELS = (
    *("Credits", "Credits Earned", "Credits Claimed", "Credit Awarded", "Total Credits", "Credits awarded"),
    *("Number of credits", "CME credits", "Credit(s) claimed", "Credit earned", "Total credits claimed"),
)
_ISSUER_LABELS = (
    *("Provider", "Accredited Provider", "Sponsor", "Organization", "Provided by", "Issued by", "CME Provider"),
    *("Accredited provider name", "Provider Name", "Sponsored by", "Issuing organization"),
)
_AMA_UNITS = (
    *("AMA PRA Category 1 Credit(s)™", "AMA PRA Category 1 Credits™", "<i>AMA PRA Category 1 Credits</i>™"),
    *("AMA PRA Category 1 CME Credits", "AMA PRA Category 1"),
)
_DAY_STYLES = (
    *(dates.month_name, dates.slashes, dates.plain_slashes, dates.short_slashes, dates.short_month, dates.weekday),
    *(dates.day_month, dates.ordinal_date),
)


def labelled(rng: Random, today: date) -> Drawn:
    """Who, what, when and how much by labels in any words and order, among numbers and days that are others."""
    activity, facts = draw_activity(rng, today), Facts()
    is_wide = rng.random() < 0.3
    sheet = Sheet(LANDSCAPE if is_wide else PORTRAIT, face=rng.choice((SANS, SERIF, HUMANIST)), margin=64)
    is_headed = rng.random() < 0.5
    provider = facts.text("issuer", activity.provider.name)
    if is_headed:
        sheet.say(provider, size=15, bold=True, align="left", ink=activity.ink, gap=4)
    sheet.say(rng.choice(_HEADINGS), size=18, bold=True, align="left", gap=18)
    rows = _rows(rng, facts, activity)
    if not is_headed:
        rows.insert(rng.randint(1, len(rows)), (rng.choice(_ISSUER_LABELS), provider))
    mark = rng.choice((":", ":", ""))
    arrange: Callable[[Sheet, list[tuple[str, str]]], None] = rng.choice((_beside, _beside, _ruled, _above, _inline))
    arrange(sheet, [(f"{label}{mark}", value) for label, value in rows])
    sheet.skip(14)
    if is_headed or rng.random() < 0.5:
        sheet.say(_accme(facts, provider), size=9, align="left")
    if rng.random() < 0.4:
        sheet.say(ama_designation(facts, provider, activity, "activity"), size=9, align="left")
    return certificate(sheet, facts)


def _accme(facts: Facts, provider: str) -> str:
    """The accreditation statement without an article before the name, which is printed without it elsewhere."""
    return facts.text(
        "accreditation_statement",
        f"{provider} is accredited by the Accreditation Council for Continuing Medical Education (ACCME) to provide "
        "continuing medical education for physicians.",
    )


def _rows(rng: Random, facts: Facts, activity: Activity) -> list[tuple[str, str]]:
    person = activity.person
    name = rng.choice((holder(facts, person, with_credentials=False), None))
    unit = rng.choice(_AMA_UNITS)
    facts.put("credit_type", "ama_pra_1", "AMA PRA Category 1")
    content = rng.choice((plain(activity.awarded), two_decimals(activity.awarded)))
    amount = facts.amount("credits_awarded", activity.awarded, content)
    credit = rng.choice(((rng.choice(_CREDIT_LABELS), f"{amount} {unit}"), (f"{unit} {_verb(rng)}", amount)))
    rows = [
        (rng.choice(_NAME_LABELS), name or f"{facts.text('holder_name', person.name)}, {held(facts, person)}"),
        (rng.choice(_TITLE_LABELS), printed_title(facts, activity.topic)),
        (rng.choice(_DAY_LABELS), facts.day("completion_date", activity.completed_on, rng.choice(_DAY_STYLES))),
        credit,
    ]
    if rng.random() < 0.3:
        rng.shuffle(rows)
    for other in rng.sample(_others(rng, facts, activity), k=rng.randint(0, 4)):
        rows.insert(rng.randint(1, len(rows)), other)
    return rows


def _verb(rng: Random) -> str:
    return rng.choice(("earned", "claimed", "awarded"))


def _others(rng: Random, facts: Facts, activity: Activity) -> list[tuple[str, str]]:
    released = activity.completed_on - timedelta(days=rng.randint(10, 300))
    return [
        ("Release date", dates.slashes(released)),
        ("Expiration date", dates.slashes(dates.years_later(released, 2))),
        ("Activity ID", digits(rng, 7)),
        ("License number", f"ME{digits(rng, 6)}"),
        ("Format", rng.choice(("Enduring material", "Live webinar", "Internet live course"))),
        ("Instructor", activity.signer),
        ("Location", f"{activity.provider.city}, {activity.provider.state}"),
        ("Score", f"{rng.randint(80, 100)}%"),
    ]


def _beside(sheet: Sheet, rows: list[tuple[str, str]]) -> None:
    sheet.label_rows(rows, pitch=24, label_width=190, size=10.5)


def _ruled(sheet: Sheet, rows: list[tuple[str, str]]) -> None:
    sheet.label_rows(rows, pitch=27, label_width=210, size=10, ruled=True)


def _above(sheet: Sheet, rows: list[tuple[str, str]]) -> None:
    for label, value in rows:
        sheet.say(label, size=8.5, align="left", gap=1, ink="#555555")
        sheet.say(value, size=11.5, align="left", gap=10)


def _inline(sheet: Sheet, rows: list[tuple[str, str]]) -> None:
    for label, value in rows:
        sheet.say(f"<b>{label.rstrip(':')}:</b> {value}", size=11, align="left", gap=9)


_SENTENCES = (
    "{issuer} certifies that {who} {did} {what} on {when} and {awarded} {credit}.",
    "This is to certify that {who} {did} {what}, held on {when}, and {awarded} {credit}. Presented by {issuer}.",
    "This certificate verifies that {who} {did} {what} on {when}. The participant {awarded} {credit}.",
    "{issuer} hereby confirms that on {when}, {who} {did} {what} and {awarded} {credit}.",
    "We certify that {who} {did} {what} on {when}. {credit_capital} {was} awarded.",
    "On {when}, {who} {did} {what}, offered by {issuer}, and {awarded} {credit}.",
)
_DEEDS = (
    *("has participated in the {kind} titled", "attended the {kind} entitled", "successfully completed the {kind}"),
    *("has completed the {kind}", "took part in the {kind} titled", "participated in the {kind},"),
)
_KINDS = ("live activity", "enduring material", "course", "webinar", "online activity", "symposium", "workshop")
_AWARDS = ("is awarded", "was awarded", "has earned", "earned", "has claimed", "is credited with", "received")


def sentence(rng: Random, today: date) -> Drawn:
    """Everything in one or two sentences that run over lines as they come."""
    activity, facts = draw_activity(rng, today), Facts()
    sheet = Sheet(rng.choice((PORTRAIT, LANDSCAPE)), face=rng.choice((SANS, SERIF)), margin=rng.choice((72, 96, 120)))
    provider = facts.text("issuer", activity.provider.name)
    sheet.say(rng.choice(_HEADINGS), size=20, bold=True, gap=26)
    facts.put("credit_type", "ama_pra_1", "AMA PRA Category 1")
    amount = facts.amount("credits_awarded", activity.awarded, two_decimals(activity.awarded))
    credit = f"{amount} {rng.choice(_AMA_UNITS[:3])}"
    quoted = rng.choice(("“{}”", '"{}"', "<i>{}</i>", "<b>{}</b>"))
    text = rng.choice(_SENTENCES).format(
        issuer=provider,
        who=f"<b>{holder(facts, activity.person)}</b>",
        did=rng.choice(_DEEDS).format(kind=rng.choice(_KINDS)),
        what=quoted.format(printed_title(facts, activity.topic)),
        when=facts.day("completion_date", activity.completed_on, rng.choice(_DAY_STYLES[:6])),
        awarded=rng.choice(_AWARDS),
        credit=credit,
        credit_capital=credit,
        was="were" if activity.awarded != 1 else "was",
    )
    sheet.say(text, size=12.5, align=rng.choice(("left", "center")), gap=26)
    sheet.say(_accme(facts, provider), size=9, align="left")
    if rng.random() < 0.5:
        sheet.say(ama_designation(facts, provider, activity, "activity"), size=9, align="left")
    sheet.say(f"Certificate ID: {facts.text('certificate_number', draw_certificate_number(rng))}", size=9, align="left")
    sheet.signature(96, sheet.height - 120, rng, caption=f"{activity.signer}<br/>CME Director")
    return certificate(sheet, facts)
