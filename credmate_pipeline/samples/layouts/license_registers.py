"""Printed web pages that verify licenses: a board's look-up, a breeze-like details page, a nurses' report."""

from datetime import date, timedelta
from random import Random

from credmate_pipeline.samples import dates
from credmate_pipeline.samples.facts import Drawn, Facts
from credmate_pipeline.samples.layouts.forms import draw_face, draw_ink, draw_style, print_entries, print_name, shuffled
from credmate_pipeline.samples.layouts.state_license import COMPACT, draw_license
from credmate_pipeline.samples.people import NURSES, draw_person
from credmate_pipeline.samples.places import JURISDICTIONS, Jurisdiction, digits, draw_street
from credmate_pipeline.samples.sheet import SANS, SERIF, Sheet

_NUMBERS = ("License Number", "License No.", "License #", "Lic. No.", "Credential Number", "Number")
_KINDS = ("License Type", "Profession", "Credential Type", "Type", "License Description")
_STATUSES = ("License Status", "Status", "Current Status", "Primary Status")
_ISSUED = ("Original Issue Date", "Issue Date", "Date Issued", "First Issued", "Issued", "Original License Date")
_EXPIRES = ("Expiration Date", "Expires", "License Expiration Date", "Expiration", "Expires On", "Expiry Date")
_HOLDERS = ("Name", "Licensee Name", "Full Name", "Licensee", "Practitioner Name", "Name on License")
_GOOD = ("Active", "ACTIVE", "Clear", "Current", "Active - In Renewal", "Clear/Active", "Active in Good Standing")


def board_search(rng: Random, today: date) -> Drawn:
    """What a board's search tells of one license: words, order and style differ from page to page."""
    license_, facts, ink, style = draw_license(rng, today), Facts(), draw_ink(rng), draw_style(rng)
    place, sheet = license_.place, Sheet(face=draw_face(rng), margin=rng.randint(46, 70))
    _browser_header(sheet, rng, today, "License Search Results")
    sheet.box(0, 40, sheet.width, 44, weight=0, fill=ink)
    sheet.put(place.board, sheet.margin, 52, width=480, size=14, bold=True, ink="#ffffff")
    sheet.y = 106
    sheet.say(
        rng.choice(("License Details", "Licensee Information", "Search Results", "License Lookup")),
        size=14,
        align="left",
    )
    facts.put("state", place.code, place.name)
    entries = shuffled(
        rng,
        (
            (rng.choice(_HOLDERS), print_name(facts, license_.person, rng, degree="MD")),
            (rng.choice(_NUMBERS), facts.text("license_number", license_.number)),
            (rng.choice(_KINDS), facts.text("license_type", place.license_type)),
            (rng.choice(_STATUSES), facts.text("license_status", rng.choice(_GOOD))),
            (rng.choice(_ISSUED), facts.day("issue_date", license_.issued_on, style)),
            (rng.choice(_EXPIRES), facts.day("expiration_date", license_.expires_on, style)),
        ),
    )
    print_entries(sheet, entries, rng)
    sheet.skip(10)
    sheet.say("Address of Record", size=11, bold=True, align="left", gap=3)
    city, zip_code = rng.choice(place.cities)
    sheet.say(f"{draw_street(rng)}, {city}, {place.code} {zip_code}", size=10, align="left", gap=12)
    sheet.say(
        rng.choice(("Discipline", "Public Record Actions", "Board Actions", "Disciplinary Actions")),
        size=11,
        bold=True,
        align="left",
        gap=3,
    )
    sheet.say(
        rng.choice(("None", "No records found", "No public disciplinary action on file.", "No")), size=10, align="left"
    )
    sheet.put(f"https://verify.{place.code.lower()}.example/details/{digits(rng, 6)}", 28, 766, size=7)
    sheet.put("1/1", 560, 766, size=7)
    return Drawn(sheet.finish(), "license", facts.recorded)


def details_page(rng: Random, today: date) -> Drawn:
    """A consumer department's details: the number in the heading, capitals, dates long or short."""
    license_, facts, style = draw_license(rng, today), Facts(), rng.choice((dates.capital_month, dates.slashes))
    place, sheet = license_.place, Sheet(face=SANS, margin=60)
    _browser_header(sheet, rng, today, "License Details")
    facts.put("state", place.code, place.name)
    sheet.skip(10)
    sheet.say(f"{place.name} Department of Consumer Affairs", size=13, bold=True, align="left", gap=3)
    sheet.say(place.board, size=11, align="left", gap=16)
    number = facts.text("license_number", license_.number)
    sheet.say(f"LICENSING DETAILS FOR: {number}", size=13, bold=True, align="left", gap=10)
    lines = (
        ("NAME", facts.text("holder_name", license_.person.last_first)),
        ("LICENSE TYPE", facts.text("license_type", place.license_type.upper())),
        ("LICENSE STATUS", facts.text("license_status", rng.choice(("LICENSE RENEWED & CURRENT", "CURRENT", "CLEAR")))),
        ("SECONDARY STATUS", "N/A"),
        ("EXPIRATION DATE", facts.day("expiration_date", license_.expires_on, style)),
        ("SCHOOL NAME", "CEDAR MESA UNIVERSITY SCHOOL OF MEDICINE"),
        ("GRADUATION YEAR", str(license_.issued_on.year - 4)),
        ("ISSUANCE DATE", facts.day("issue_date", license_.issued_on, style)),
    )
    if rng.random() < 0.4:
        lines = (*lines[:4], lines[7], lines[4])
    for label, value in lines:
        sheet.say(f"<b>{label}:</b> {value}", size=11, align="left", gap=6)
    sheet.skip(10)
    sheet.say("PUBLIC DOCUMENTS", size=11, bold=True, align="left", gap=3)
    sheet.say("NO INFORMATION AVAILABLE FROM THIS AGENCY", size=10, align="left", gap=10)
    city, zip_code = rng.choice(place.cities)
    sheet.say(f"ADDRESS: {draw_street(rng).upper()}, {city.upper()} {place.code} {zip_code}", size=10, align="left")
    return Drawn(sheet.finish(), "license", facts.recorded)


def nurse_report(rng: Random, today: date) -> Drawn:
    """A quick confirmation of nurse licensure: one wide table, the state in the board's name or a column of its own."""
    facts, person, style = Facts(), draw_person(rng, NURSES), rng.choice((dates.slashes, dates.plain_slashes))
    place = rng.choice([state for state in JURISDICTIONS if state.code in COMPACT])
    expires = dates.month_end(today + timedelta(days=rng.randint(70, 650)))
    sheet = Sheet((792.0, 612.0), face=rng.choice((SANS, SERIF)), margin=40)
    sheet.say("Nurse License Verification: QuickConfirm Report", size=16, bold=True, gap=6)
    sheet.say(f"Primary source board of nursing report summary for <b>{person.last_first}</b>", size=11, gap=4)
    sheet.say(f"As of {dates.short_month(today)}, 9:{rng.randint(10, 59)} AM", size=9, gap=18)
    issued = facts.day("issue_date", today - timedelta(days=rng.randint(600, 5000)), style)
    cells = [
        ("Name on License", facts.text("holder_name", person.last_first)),
        ("License Type", facts.text("license_type", rng.choice(("RN", "Registered Nurse", "APRN-CNP")))),
        ("License Number", facts.text("license_number", digits(rng, rng.choice((6, 7, 8))))),
        ("License Status", facts.text("license_status", "UNENCUMBERED")),
        ("Original Issue Date", issued),
        ("Current Expiration Date", facts.day("expiration_date", expires, style)),
        ("Compact Status", "MULTISTATE"),
    ]
    sheet.say(
        facts.put(
            "state", place.code, f"{place.name.upper()} Board of Nursing".replace(place.name.upper(), place.name)
        ),
        size=12,
        bold=True,
        align="left",
    )
    sheet.table(
        (tuple(label for label, _ in cells), tuple(value for _, value in cells)),
        (126, 84, 84, 118, 84, 90, 100),
        size=9,
    )
    sheet.skip(14)
    sheet.say(
        "Discipline against license: NO. Where can the nurse practice as an RN? In all compact states.",
        size=9,
        align="left",
    )
    return Drawn(sheet.finish(), "license", facts.recorded)


def official_letter(rng: Random, today: date) -> Drawn:
    """A board certifies a license to another body: facts in a list under the board's letterhead."""
    license_, facts, style = draw_license(rng, today), Facts(), rng.choice((dates.month_name, dates.slashes))
    place, sheet = license_.place, Sheet(face=SERIF, margin=72)
    facts.put("state", place.code, place.name)
    _letterhead(sheet, place, rng)
    sheet.say(f"Date printed: {dates.month_name(today)}", size=10, align="left", gap=16)
    sheet.say("OFFICIAL VERIFICATION OF LICENSURE", size=14, bold=True, gap=14)
    sheet.say("This is to certify that the records of this Board show the following:", size=11, align="left", gap=12)
    entries = (
        (rng.choice(_HOLDERS), print_name(facts, license_.person, rng, degree="M.D.")),
        (rng.choice(_KINDS), facts.text("license_type", place.license_type)),
        (rng.choice(_NUMBERS), facts.text("license_number", license_.number)),
        (rng.choice(_ISSUED), facts.day("issue_date", license_.issued_on, style)),
        (rng.choice(_EXPIRES), facts.day("expiration_date", license_.expires_on, style)),
        (rng.choice(_STATUSES), facts.text("license_status", rng.choice(_GOOD))),
        ("Method of licensure", rng.choice(("Endorsement", "Examination"))),
        ("Disciplinary action", "None"),
    )
    print_entries(sheet, entries, rng)
    sheet.seal(470, min(sheet.y + 60, 700), 34, draw_ink(rng))
    sheet.signature(72, min(sheet.y + 50, 690), rng, caption="Executive Director")
    return Drawn(sheet.finish(), "license", facts.recorded)


def _letterhead(sheet: Sheet, place: Jurisdiction, rng: Random) -> None:
    sheet.say(place.board, size=17, bold=True, ink=draw_ink(rng), gap=2)
    city, zip_code = rng.choice(place.cities)
    sheet.say(f"{draw_street(rng)}, {city}, {place.name} {zip_code}", size=9, gap=20)


def _browser_header(sheet: Sheet, rng: Random, today: date, title: str) -> None:
    sheet.put(f"{dates.plain_slashes(today)}, {rng.randint(1, 11)}:{rng.randint(10, 59)} PM", 28, 18, size=7)
    sheet.put(title, 28, 18, width=556, size=7, align="center")
