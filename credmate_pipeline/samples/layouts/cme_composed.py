"""Certificates put together at random from the wordings providers use, so that no rule can lean on one design."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from credmate_pipeline.samples import dates
from credmate_pipeline.samples.facts import Drawn, Facts, plain
from credmate_pipeline.samples.layouts.cme_parts import (
    Activity,
    accme_statement,
    ama_designation,
    certificate,
    draw_activity,
    held,
    two_decimals,
)
from credmate_pipeline.samples.layouts.cme_parts import title as printed_title
from credmate_pipeline.samples.numbers import draw_certificate_number
from credmate_pipeline.samples.people import ALLOPATHIC, NURSES
from credmate_pipeline.samples.places import digits
from credmate_pipeline.samples.sheet import HUMANIST, LANDSCAPE, PORTRAIT, SANS, SERIF, Sheet

_HEADINGS = (
    *("Certificate of Completion", "Certificate of Attendance", "CERTIFICATE OF PARTICIPATION", "CME Certificate"),
    *("Statement of Credit", "Certificate of Credit", "Record of Attendance", "Continuing Education Certificate"),
)
_CERTIFYING = (
    *("certifies that", "hereby certifies that", "verifies that", "confirms that", "acknowledges that", "attests that"),
)
_THAT = (
    *("This is to certify that", "This certifies that", "This document confirms that", "It is hereby certified that"),
    *("We hereby certify that", "This will certify that", "This is to confirm that"),
)
_TO = (
    *("is presented to", "This certificate is awarded to", "Presented to", "Awarded to", "is hereby granted to"),
    *("This certificate is proudly presented to", "Issued to"),
)
_HAS_DONE = (
    *("has participated in the {kind} titled", "has attended the {kind} entitled", "attended the {kind}"),
    *("has successfully completed the {kind} titled", "has completed the following {kind}:", "completed the {kind}"),
    *("has satisfactorily completed", "has met the requirements for the {kind}", "was in attendance at the {kind}"),
    *("participated in the following educational activity:", "has fulfilled the requirements of the {kind} titled"),
)
_FOR_DOING = (
    *("for attending", "for participating in", "for successful completion of", "for completing the {kind}"),
    *("in recognition of participation in the {kind}", "for having successfully completed", "for attendance at"),
    *("upon completion of the {kind} titled", "for the successful completion of the {kind} entitled"),
)
_KINDS = (
    *("live activity", "enduring material", "internet enduring material", "webinar", "live course", "online course"),
    *("symposium", "conference", "educational activity", "self-study program", "virtual meeting", "workshop"),
)
_DAY_STYLES = (
    *(dates.month_name, dates.month_name, dates.slashes, dates.short_slashes, dates.short_month, dates.ordinal_date),
    *(dates.weekday, dates.day_month, dates.day_first, dates.capitals),
)
_DATED = (
    *("on {day}", "on {day}", "{day}", "held on {day}", "Date: {day}", "Date of completion: {day}", "Completed: {day}"),
    *(
        "{place} | {day}",
        "{day} | {place}",
        "held {day} in {place}",
        "Date of participation: {day}",
        "Activity date: {day}",
    ),
    *("Date completed: {day}", "Date(s) of activity: {day}", "Completed on {day}", "which took place on {day}"),
)
_AMA_UNITS = (
    *("AMA PRA Category 1 Credit(s)™", "AMA PRA Category 1 Credits™", "<i>AMA PRA Category 1 Credits</i>™"),
    *("AMA PRA Category 1 Credit™", "AMA PRA Category 1 CME credits", "hours of AMA PRA Category 1 Credit™"),
    *("AMA PRA Category I Credits", "Category 1 credits toward the AMA Physician's Recognition Award"),
)
_NURSING_UNITS = (
    *("contact hours", "nursing contact hours", "ANCC contact hours", "contact hour(s)", "CNE contact hours"),
    *("continuing nursing education contact hours", "NCPD contact hours"),
)
_AWARDING = (
    *("and is awarded {n} {unit}", "and has been awarded {n} {unit}.", "and was awarded {n} {unit}"),
    *("and has earned {n} {unit}", "and earned a total of {n} {unit}.", "and has claimed {n} {unit}"),
    *("and is hereby granted {n} {unit}", "and received {n} {unit}.", "and is credited with {n} {unit}"),
    *("has been awarded {n} {unit} for this activity.", "is awarded {n} {unit}."),
)
_CREDIT_LABELS = (
    *("Credits earned: {n} {unit}", "Credits awarded: {n} {unit}", "Credits claimed: {n} {unit}"),
    *("Total credits claimed: {n} {unit}", "Number of credits awarded: {n} {unit}", "Credit awarded: {n} {unit}"),
    *("Total credit earned: {n} {unit}", "Amount of credit awarded: {n} {unit}", "{n} {unit} awarded"),
    *("{n} {unit} earned", "{n} {unit} claimed"),
)
_ROLES = ("Director, Continuing Education", "CME Coordinator", "Program Chair", "Medical Director", "Course Director")


@dataclass(frozen=True, slots=True)
class _Credit:
    """A credit system, a way to print its unit, and the issuer who gives it."""

    code: str
    unit: str
    issuer: str


def composed(rng: Random, today: date) -> Drawn:
    """A physician's or nurse's certificate in a random wording and order."""
    is_nurse = rng.random() < 0.25
    activity, facts = draw_activity(rng, today, credentials=NURSES if is_nurse else ALLOPATHIC), Facts()
    is_wide = rng.random() < 0.3
    sheet = Sheet(LANDSCAPE if is_wide else PORTRAIT, face=rng.choice((SANS, SERIF, HUMANIST)), margin=70)
    align = "center" if is_wide or rng.random() < 0.75 else "left"
    provider = facts.text("issuer", activity.provider.name)
    code, units = ("ancc", _NURSING_UNITS) if is_nurse else ("ama_pra_1", _AMA_UNITS)
    credit = _Credit(code, rng.choice(units), provider)
    is_headed = _opening(rng, sheet, align, provider)
    opening = _say_opening(rng, sheet, align, None if is_headed else provider)
    _say_holder(rng, sheet, align, facts, activity)
    deed = rng.choice(_FOR_DOING if opening in _TO else _HAS_DONE)
    sheet.say(deed.format(kind=rng.choice(_KINDS)), size=11, align=align)
    _say_title(rng, sheet, align, facts, activity)
    is_credit_first = rng.random() < 0.3
    if not is_credit_first:
        _say_day(rng, sheet, align, facts, activity)
    sheet.say(_credit_line(rng, facts, activity, credit), size=rng.choice((11, 13)), align=align, gap=14)
    if is_credit_first:
        _say_day(rng, sheet, align, facts, activity)
    _small_print(rng, sheet, facts, activity, credit)
    sheet.signature(80, sheet.height - 110, rng, caption=f"{activity.signer}<br/>{rng.choice(_ROLES)}")
    return certificate(sheet, facts)


def _opening(rng: Random, sheet: Sheet, align: str, provider: str) -> bool:
    """The heading, over or under the provider's name where that is printed on its own."""
    is_headed = rng.random() < 0.5
    lines = [(rng.choice(_HEADINGS), 20.0)]
    if is_headed:
        lines.insert(rng.choice((0, 1)), (provider, 15.0))
    for text, size in lines:
        sheet.say(text, size=size, bold=True, align=align, gap=12)
    sheet.skip(6)
    return is_headed


def _say_opening(rng: Random, sheet: Sheet, align: str, provider: str | None) -> str:
    if provider is None:
        opening = rng.choice((*_THAT, *_TO))
        text = "This certificate is presented to" if opening == "is presented to" else opening
        text = "This certificate is hereby granted to" if opening == "is hereby granted to" else text
        sheet.say(text, size=11, align=align)
        return opening
    opening = rng.choice(_CERTIFYING)
    if rng.random() < 0.5:
        sheet.say(f"{provider} {opening}", size=11, align=align)
    else:
        sheet.say(provider, size=14, bold=True, align=align, gap=4)
        sheet.say(opening, size=11, align=align)
    return opening


def _say_holder(rng: Random, sheet: Sheet, align: str, facts: Facts, activity: Activity) -> None:
    person = activity.person
    style = rng.choice(("plain", "plain", "degrees", "degrees", "doctor", "capitals", "last first"))
    if style == "doctor" and person.credentials not in NURSES:
        name = facts.text("holder_name", person.name)
        printed = f"{rng.choice(('Dr.', 'Dr', 'Doctor'))} {name}"
    elif style == "capitals":
        printed = f"{facts.text('holder_name', person.capitals)}, {held(facts, person)}"
    elif style == "last first":
        printed = facts.text("holder_name", person.last_first)
    else:
        name = facts.text("holder_name", person.name)
        printed = name if style == "plain" else f"{name}, {held(facts, person)}"
    sheet.say(printed, size=rng.choice((13, 17, 20)), bold=rng.random() < 0.7, align=align, gap=10)


def _say_title(rng: Random, sheet: Sheet, align: str, facts: Facts, activity: Activity) -> None:
    text = printed_title(facts, activity.topic)
    dressed = rng.choice((text, f"“{text}”", f'"{text}"', f"<i>{text}</i>"))
    sheet.say(dressed, size=rng.choice((12, 14, 16)), bold=rng.random() < 0.6, align=align, gap=9)


def _say_day(rng: Random, sheet: Sheet, align: str, facts: Facts, activity: Activity) -> None:
    place = f"{activity.provider.city}, {activity.provider.state}"
    if rng.random() < 0.2:
        start = max(activity.completed_on - timedelta(days=rng.randint(1, 4)), date(activity.completed_on.year, 1, 1))
        if start < activity.completed_on:
            printed = rng.choice((dates.date_range, dates.short_range))(start, activity.completed_on)
            facts.put("start_date", start.isoformat(), printed)
            facts.put("completion_date", activity.completed_on.isoformat(), printed)
            line = rng.choice(("{day}", "on {day}", "{day} | {place}", "held {day} in {place}", "Dates: {day}"))
            sheet.say(line.format(day=printed, place=place), size=11, align=align)
            return
    printed = facts.day("completion_date", activity.completed_on, rng.choice(_DAY_STYLES))
    sheet.say(rng.choice(_DATED).format(day=printed, place=place), size=11, align=align)


def _credit_line(rng: Random, facts: Facts, activity: Activity, credit: _Credit) -> str:
    content = rng.choice((plain(activity.awarded), two_decimals(activity.awarded)))
    number = facts.amount("credits_awarded", activity.awarded, content)
    facts.put("credit_type", credit.code, credit.unit.replace("<i>", "").replace("</i>", ""))
    return rng.choice((*_AWARDING, *_CREDIT_LABELS)).format(n=number, unit=credit.unit)


def _small_print(rng: Random, sheet: Sheet, facts: Facts, activity: Activity, credit: _Credit) -> None:
    """What stands below: statements and, in any order, numbers and dates that are something else."""
    provider = credit.issuer
    if credit.code == "ancc":
        statement = facts.text(
            "accreditation_statement",
            f"{provider} is accredited as a provider of nursing continuing professional development by the American "
            "Nurses Credentialing Center's Commission on Accreditation.",
        )
        sheet.say(statement, size=9, align="left")
    else:
        sheet.say(accme_statement(facts, provider), size=9, align="left")
        if rng.random() < 0.6:
            sheet.say(ama_designation(facts, provider, activity, rng.choice(_KINDS[:3])), size=9, align="left")
    released = activity.completed_on - timedelta(days=rng.randint(5, 200))
    number = rng.choice(
        ("Certificate number: {n}", "Certificate ID: {n}", "Certificate No. {n}", "Verification code: {n}")
    )
    notes = [
        f"Original release date: {dates.month_name(released)}. Expiration date: "
        f"{dates.month_name(dates.years_later(released, 2))}.",
        f"Activity code: {digits(rng, 5)}. Supported by a grant (no. {digits(rng, 6)}) from Example Biologics.",
        f"{activity.provider.address} - {digits(rng, 3)}-555-01{digits(rng, 2)}",
    ]
    chosen = rng.sample(notes, k=rng.randint(0, len(notes)))
    if rng.random() < 0.5:
        chosen.append(number.format(n=facts.text("certificate_number", draw_certificate_number(rng))))
    for note in chosen:
        sheet.say(note, size=8.5, align="left", gap=5)
