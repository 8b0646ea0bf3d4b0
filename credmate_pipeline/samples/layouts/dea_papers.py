"""More DEA registrations: the form of a laser printer, a wallet card alone, a hospital's own, a validation result."""

from datetime import date
from random import Random

from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.samples import dates
from credmate_pipeline.samples.facts import Drawn, Facts
from credmate_pipeline.samples.layouts.dea import NOT_TRANSFERABLE, SECTIONS, Registration, draw_registration
from credmate_pipeline.samples.layouts.forms import draw_face, print_entries, shuffled
from credmate_pipeline.samples.places import digits
from credmate_pipeline.samples.sheet import MONO, SANS, Sheet

_TYPE = "dea_registration"


def printed_form(rng: Random, today: date) -> Drawn:
    """The address on the left, cells in a column on the right, values in a typewriter's font."""
    registration, facts = draw_registration(rng, today, is_mid_level=rng.random() < 0.4), Facts()
    printed = registration.print(facts)
    schedules = _schedules(rng, facts, registration)
    sheet = Sheet(face=SANS, margin=54)
    sheet.box(50, 60, 512, 330, weight=1)
    sheet.put("CONTROLLED SUBSTANCE REGISTRATION CERTIFICATE", 60, 70, width=490, size=12, bold=True, align="center")
    sheet.put("UNITED STATES DEPARTMENT OF JUSTICE", 60, 88, width=490, size=9, align="center")
    sheet.put("DRUG ENFORCEMENT ADMINISTRATION", 60, 100, width=490, size=9, align="center")
    sheet.put("WASHINGTON D.C. 20537", 60, 112, width=490, size=8, align="center")
    cells = (
        ("DEA REGISTRATION<br/>NUMBER", printed["number"], 60),
        ("THIS REGISTRATION<br/>EXPIRES", printed["expires"], 190),
        ("FEE<br/>PAID", rng.choice(("$888", "$731", "FEE PAID")), 320),
    )
    for label, value, x in cells:
        sheet.put(label, x, 136, width=120, size=7, bold=True)
        sheet.put(value, x, 156, width=120, size=11, face=MONO)
    lower = (
        ("SCHEDULES", schedules, 60),
        ("BUSINESS ACTIVITY", printed["activity"], 190),
        ("ISSUE DATE", printed["issued"], 400),
    )
    for label, value, x in lower:
        sheet.put(label, x, 184, width=150, size=7, bold=True)
        sheet.put(value, x, 195, width=190, size=11, face=MONO)
    _address(sheet, registration, printed, rng, (60, 228))
    sheet.put(SECTIONS, 60, 310, width=490, size=6.5)
    sheet.put(NOT_TRANSFERABLE, 60, 344, width=490, size=6.5, bold=True)
    sheet.put(rng.choice(("Form DEA-223 (9/2016)", "Form DEA-223/511 (4/07)")), 60, 374, size=6.5)
    return Drawn(sheet.finish(), _TYPE, facts.recorded)


def wallet_card(rng: Random, today: date) -> Drawn:
    """The card cut out and copied alone."""
    registration, facts = draw_registration(rng, today, is_mid_level=rng.random() < 0.3), Facts()
    printed = registration.print(facts)
    schedules = _schedules(rng, facts, registration)
    sheet = Sheet(face=SANS, margin=54)
    x, y = 120.0, 110.0
    sheet.box(x, y, 360, 220, weight=1)
    sheet.put("CONTROLLED SUBSTANCE REGISTRATION CERTIFICATE", x, y + 8, width=360, size=9.5, bold=True, align="center")
    sheet.put("UNITED STATES DEPARTMENT OF JUSTICE", x, y + 22, width=360, size=8, align="center")
    sheet.put("DRUG ENFORCEMENT ADMINISTRATION", x, y + 33, width=360, size=8, align="center")
    rows = [
        ("DEA REGISTRATION NUMBER", printed["number"], "THIS REGISTRATION EXPIRES", printed["expires"]),
        ("SCHEDULES", schedules, "ISSUE DATE", printed["issued"]),
    ]
    for number, (left, left_value, right, right_value) in enumerate(rows):
        top = y + 54 + 34 * number
        for dx, label, value in ((10, left, left_value), (200, right, right_value)):
            sheet.put(label, x + dx, top, width=160, size=7)
            sheet.put(value, x + dx, top + 10, width=160, size=10.5, bold=True)
    sheet.put(f"BUSINESS ACTIVITY: {printed['activity']}", x + 10, y + 124, width=340, size=9)
    _address(sheet, registration, printed, rng, (x + 10, y + 144))
    return Drawn(sheet.finish(), _TYPE, facts.recorded)


def institutional(rng: Random, today: date) -> Drawn:
    """A hospital's registration with a resident's code after the number: for a person to judge."""
    registration, facts = draw_registration(rng, today), Facts()
    printed = registration.print(facts)
    number = facts.text("registration_number", f"{registration.number}-{rng.choice(('', 'R', 'AB'))}{digits(rng, 3)}")
    activity = facts.text("business_activity", "HOSPITAL/CLINIC")
    sheet = Sheet(face=draw_face(rng), margin=64)
    sheet.say("UNITED STATES DEPARTMENT OF JUSTICE", size=12, gap=2)
    sheet.say("DRUG ENFORCEMENT ADMINISTRATION", size=12, gap=8)
    sheet.say("CONTROLLED SUBSTANCE REGISTRATION CERTIFICATE", size=14, bold=True, gap=24)
    entries = (
        ("DEA Registration Number", number),
        ("Registrant Name", printed["name"]),
        ("Schedules", printed["schedules"]),
        ("Business Activity", activity),
        ("Issue Date", printed["issued"]),
        ("This Registration Expires", printed["expires"]),
        ("Address", f"{registration.street}, {registration.city}, {printed['state']} {registration.zip_code}"),
    )
    print_entries(sheet, shuffled(rng, entries), rng)
    return Drawn(sheet.finish(), _TYPE, facts.recorded, DocumentStatus.REVIEW_PENDING)


def validation_result(rng: Random, today: date) -> Drawn:
    """The agency's registration validation, printed: labels in any order and style."""
    registration, facts = draw_registration(rng, today, is_mid_level=rng.random() < 0.4), Facts()
    printed = registration.print(facts)
    sheet = Sheet(face=draw_face(rng), margin=56)
    sheet.put(f"{dates.plain_slashes(today)}, 2:{rng.randint(10, 59)} PM", 28, 18, size=7)
    sheet.say("U.S. DEPARTMENT OF JUSTICE • DRUG ENFORCEMENT ADMINISTRATION", size=12, bold=True, align="left", gap=2)
    sheet.say("Diversion Control Division — Registration Validation", size=11, align="left", gap=18)
    entries = (
        (rng.choice(("DEA Number", "DEA Registration Number", "Registration Number", "DEA No.")), printed["number"]),
        (rng.choice(("Name", "Registrant", "Registrant Name")), printed["name"]),
        (rng.choice(("Business Activity", "Registrant Type")), printed["activity"]),
        (rng.choice(("Schedules", "Drug Schedules", "Schedule(s)")), _schedules(rng, facts, registration)),
        (rng.choice(("Expiration Date", "Expires", "Registration Expires")), printed["expires"]),
        (rng.choice(("Issue Date", "Date Issued")), printed["issued"]),
        ("State", facts.text("address_state", registration.state)),
        ("Status", "Active"),
    )
    print_entries(sheet, shuffled(rng, entries), rng)
    return Drawn(sheet.finish(), _TYPE, facts.recorded)


def _schedules(rng: Random, facts: Facts, registration: Registration) -> str:
    """The same schedules in one of the ways they are printed."""
    separator = rng.choice((",", ", ", " ", "  "))
    return facts.put("schedules", registration.schedules, separator.join(registration.schedules))


def _address(
    sheet: Sheet, registration: Registration, printed: dict[str, str], rng: Random, at: tuple[float, float]
) -> None:
    degree = registration.person.credentials.split(", ", maxsplit=1)[0].upper()
    name = printed["name"]
    company = rng.choice(("", "FERNWOOD MEDICAL GROUP<br/>"))
    lines = (
        rng.choice((f"{name} ({degree})", f"{name} {degree}", f"{name}, {degree}", name)),
        f"{company}{registration.street}",
        f"{registration.city}, {printed['state']} {registration.zip_code}",
    )
    sheet.put("<br/>".join(lines), *at, width=300, size=10, face=rng.choice((MONO, SANS)))
