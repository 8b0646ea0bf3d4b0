"""Licenses as single boards print them on the web: public verifications of Texas, New York, Georgia, Washington …"""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from credmate_pipeline.samples import dates
from credmate_pipeline.samples.facts import Drawn, Facts
from credmate_pipeline.samples.layouts.state_license import License
from credmate_pipeline.samples.people import MID_LEVELS, draw_person
from credmate_pipeline.samples.places import digits, draw_street, jurisdiction
from credmate_pipeline.samples.sheet import HUMANIST, SANS, SERIF, Sheet

_TYPE = "license"
Rows = Sequence[tuple[str, str]]


def license_in(code: str, rng: Random, today: date) -> License:
    """A doctor's license of this state, issued years ago and running for some months yet."""
    place = jurisdiction(code)
    return License(
        person=draw_person(rng, ("MD",)),
        place=place,
        number=place.draw_number(rng),
        issued_on=today - timedelta(days=rng.randint(800, 9000)),
        expires_on=dates.month_end(today + timedelta(days=rng.randint(70, 650))),
    )


def texas_profile(rng: Random, today: date) -> Drawn:
    """A profile of many dates, of which two are the license's; a birth year, a registration and a discipline status."""
    held, facts, style = license_in("TX", rng, today), Facts(), dates.slashes
    sheet = Sheet(face=SANS, margin=56)
    sheet.say(facts.put("state", "TX", "TEXAS MEDICAL BOARD"), size=16, bold=True, gap=2)
    sheet.say("PUBLIC VERIFICATION / PHYSICIAN PROFILE", size=13, bold=True, gap=4)
    sheet.say(f"DATE: {style(today)}", size=9, align="right", gap=8)
    sheet.say("THE INFORMATION IN THIS BOX HAS BEEN VERIFIED BY THE TEXAS MEDICAL BOARD", size=9, bold=True, gap=8)
    name = facts.text("holder_name", held.person.capitals)
    rows = (
        ("Name:", f"{name}, MD"),
        ("Year of Birth:", str(held.issued_on.year - 31)),
        ("License Number:", facts.text("license_number", held.number)),
        ("Type of License:", facts.text("license_type", "Full Medical License")),
        ("Issuance Date:", facts.day("issue_date", held.issued_on, style)),
        ("Registration Date:", style(today - timedelta(days=rng.randint(100, 400)))),
        ("Expiration Date of Physician's Registration Permit:", facts.day("expiration_date", held.expires_on, style)),
        ("Registration Status:", facts.text("license_status", "ACTIVE")),
        ("Disciplinary Status:", "NONE"),
        ("Licensure Status:", "NONE"),
    )
    sheet.label_rows(rows, label_width=250, size=9.5, pitch=17)
    sheet.skip(12)
    sheet.say("At the time of licensure, TMB verified the physician's graduation from medical school.", align="left")
    _pairs(sheet, (("Medical School:", "CEDAR MESA UNIVERSITY"), ("Graduation Year:", str(held.issued_on.year - 4))))
    sheet.say("THE INFORMATION BELOW IS REPORTED BY THE LICENSEE AND IS NOT VERIFIED", size=9, bold=True, gap=6)
    _pairs(sheet, (("Gender:", "NOT REPORTED"), ("Primary Specialty:", "INTERNAL MEDICINE")))
    return Drawn(sheet.finish(), _TYPE, facts.recorded)


def new_york_search(rng: Random, today: date) -> Drawn:
    """Short lines of label and value; what it runs through is a month and a year of two digits."""
    held, facts = license_in("NY", rng, today), Facts()
    sheet = Sheet(face=rng.choice((SANS, SERIF)), margin=60)
    sheet.put(f"{dates.plain_slashes(today)}, 9:{rng.randint(10, 59)} AM", 28, 18, size=7)
    sheet.say(facts.put("state", "NY", "New York State Education Department"), size=12, align="left", gap=2)
    sheet.say("Office of the Professions", size=12, align="left", gap=12)
    sheet.say("Verification Searches", size=15, bold=True, align="left", gap=10)
    sheet.say(
        "The information furnished at this web site is from the Office of the Professions' official database and is "
        "updated daily, Monday through Friday.",
        size=9,
        align="left",
        gap=14,
    )
    sheet.say(f"{dates.slashes(today)}", size=10, align="left", gap=10)
    through = facts.put("expiration_date", f"{held.expires_on:%Y-%m}", f"{held.expires_on:%m/%y}")
    city, _ = rng.choice(held.place.cities)
    lines = (
        ("Name", facts.text("holder_name", held.person.last_first.replace(",", ""))),
        ("Address", f"{city.upper()} NY"),
        ("Profession", facts.text("license_type", "MEDICINE")),
        ("License No", facts.text("license_number", held.number)),
        ("Date of Licensure", facts.day("issue_date", held.issued_on, dates.slashes)),
        ("Additional Qualification", ""),
        ("Status", facts.text("license_status", "REGISTERED")),
        ("Registered through last day of", through),
        ("Medical School", "CEDAR MESA UNIVERSITY"),
    )
    for label, value in lines:
        sheet.say(f"<b>{label} :</b> {value}", size=10.5, align="left", gap=4)
    return Drawn(sheet.finish(), _TYPE, facts.recorded)


def georgia_details(rng: Random, today: date) -> Drawn:
    """Two pairs of label and value a row, short labels, an address among them."""
    held, facts, style = license_in("GA", rng, today), Facts(), rng.choice((dates.plain_slashes, dates.slashes))
    sheet = Sheet(face=SANS, margin=50)
    sheet.say(facts.put("state", "GA", "Georgia Composite Medical Board"), size=15, bold=True, align="left", gap=4)
    sheet.say("Licensee Details", size=13, bold=True, align="left", gap=10)
    sheet.say("Licensee Information", size=11, bold=True, align="left", gap=4)
    sheet.label_rows((("Name:", facts.text("holder_name", held.person.name) + ", MD"),), label_width=80)
    sheet.label_rows((("Address:", f"{draw_street(rng)}<br/>Macon GA 31201"),), label_width=80)
    sheet.skip(8)
    sheet.say("Primary Source License Information", size=11, bold=True, align="left", gap=4)
    cells = (
        ("Lic #:", facts.text("license_number", held.number), "Profession:", "Medicine"),
        ("Type:", facts.text("license_type", "Physician"), "Secondary:", "&nbsp;"),
        ("Method:", "Endorsement", "Status:", facts.text("license_status", "Active")),
        (
            *("Issued:", facts.day("issue_date", held.issued_on, style)),
            *("Expires:", facts.day("expiration_date", held.expires_on, style)),
        ),
        ("Resolved:", "No", "Last Renewal Date:", style(today - timedelta(days=rng.randint(90, 300)))),
    )
    for row in cells:
        for x, text in zip((54, 120, 300, 400), row, strict=True):
            sheet.put(text, x, sheet.y, width=170, size=10, bold=text.endswith(":"))
        sheet.skip(19)
    sheet.skip(10)
    sheet.say("Discipline: No Discipline Info", size=10, align="left", gap=4)
    sheet.say(f"Data current as of: {dates.month_name(today)} 12:{rng.randint(10, 59)}", size=8, align="left")
    return Drawn(sheet.finish(), _TYPE, facts.recorded)


def washington_search(rng: Random, today: date) -> Drawn:
    """The state's department; a credential instead of a license, three dates, of which the first issue counts."""
    held, facts, style = license_in("WA", rng, today), Facts(), dates.slashes
    sheet = Sheet(face=HUMANIST, margin=52)
    sheet.say(
        facts.put("state", "WA", "Washington State Department of Health"), size=15, bold=True, align="left", gap=3
    )
    sheet.say("Provider Credential Search", size=12, align="left", gap=14)
    name = facts.text("holder_name", held.person.last_first)
    sheet.say(f"Credential Information for: {name}", size=13, bold=True, align="left", gap=10)
    rows = (
        ("Credential Number", facts.text("license_number", held.number)),
        ("Credential Type", facts.text("license_type", "Physician And Surgeon License")),
        ("First Credential Date", facts.day("issue_date", held.issued_on, style)),
        ("Last Renewal Date", style(today - timedelta(days=rng.randint(90, 300)))),
        ("Credential Status", facts.text("license_status", "Active")),
        ("Current Expiration Date", facts.day("expiration_date", held.expires_on, style)),
        ("Enforcement Action", "No"),
    )
    sheet.label_rows(rows, label_width=180, ruled=True)
    sheet.skip(10)
    sheet.say(
        "The Washington State Department of Health presents this information as a service to the public. This site is "
        "a primary source for verification of credentials.",
        size=8.5,
        align="left",
    )
    return Drawn(sheet.finish(), _TYPE, facts.recorded)


def pennsylvania_details(rng: Random, today: date) -> Drawn:
    """A page of tiles: labels over values in three columns, `Status Effective Date` among the dates."""
    held, facts, style = license_in("PA", rng, today), Facts(), dates.plain_slashes
    sheet = Sheet(face=SANS, margin=44)
    sheet.box(0, 0, sheet.width, 50, weight=0, fill="#12375c")
    sheet.put("Pennsylvania Licensing System", 44, 16, size=15, bold=True, ink="#ffffff")
    sheet.y = 70
    sheet.say(f"{facts.put('state', 'PA', 'Pennsylvania')} Department of State", size=11, align="left", gap=8)
    sheet.say(facts.text("holder_name", held.person.name), size=16, bold=True, align="left", gap=14)
    tiles = (
        (
            ("License Number", facts.text("license_number", held.number)),
            ("License Type", facts.text("license_type", "Medical Physician and Surgeon")),
            ("Status", facts.text("license_status", "Active")),
        ),
        (
            ("Status Effective Date", style(held.issued_on + timedelta(days=rng.randint(200, 500)))),
            ("Issue Date", facts.day("issue_date", held.issued_on, style)),
            ("Expiration Date", facts.day("expiration_date", held.expires_on, style)),
        ),
        (("Last Renewal", style(today - timedelta(days=200))), ("Board", "State Board of Medicine"), ("City", "ERIE")),
    )
    _tiles(sheet, tiles)
    sheet.say("Disciplinary Action Details", size=11, bold=True, align="left", gap=3)
    sheet.say("No disciplinary actions were found for this license.", size=10, align="left")
    return Drawn(sheet.finish(), _TYPE, facts.recorded)


def colorado_lookup(rng: Random, today: date) -> Drawn:
    """Credentials in a table of eight narrow columns, heads of two lines."""
    person, facts, style = draw_person(rng, ("MD",)), Facts(), dates.slashes
    issued = today - timedelta(days=rng.randint(800, 6000))
    expires = (today + timedelta(days=rng.randint(90, 650))).replace(month=4, day=30)
    if expires <= today:
        expires = dates.years_later(expires, 1)
    sheet = Sheet((792.0, 612.0), face=SANS, margin=40)
    sheet.say(facts.put("state", "CO", "State of Colorado"), size=14, bold=True, align="left", gap=2)
    sheet.say("Department of Regulatory Agencies — Lookup Detail View", size=11, align="left", gap=12)
    sheet.say("Licensee Information", size=11, bold=True, align="left", gap=4)
    sheet.table((("Name", "Public Address"), (facts.text("holder_name", person.name), "Aurora, CO 80012")), (300, 300))
    sheet.skip(12)
    sheet.say("Credential Information", size=11, bold=True, align="left", gap=4)
    head = ("License Number", "License Method", "License Type", "License Status", "Original Issue Date",
            "Effective Date", "Expiration Date")  # fmt: skip
    row = (
        facts.text("license_number", f"DR.00{digits(rng, 5)}"),
        "Endorsement",
        facts.text("license_type", "Physician"),
        facts.text("license_status", "Active"),
        facts.day("issue_date", issued, style),
        style(today - timedelta(days=rng.randint(60, 400))),
        facts.day("expiration_date", expires, style),
    )
    sheet.table((head, row), (100, 96, 96, 90, 100, 100, 100))
    sheet.skip(12)
    sheet.say("Board/Program Actions", size=11, bold=True, align="left", gap=4)
    sheet.say("There is no Discipline or Board Actions on file for this credential.", size=9, align="left", gap=10)
    sheet.say(f"Generated on: {dates.plain_slashes(today)} 4:12:09 PM", size=8, align="left")
    return Drawn(sheet.finish(), _TYPE, facts.recorded)


def virginia_lookup(rng: Random, today: date) -> Drawn:
    """`Occupation`, `Initial License Date`, `Expire Date`: other words for the same."""
    held, facts, style = license_in("VA", rng, today), Facts(), dates.slashes
    sheet = Sheet(face=rng.choice((SANS, HUMANIST)), margin=60)
    sheet.say(facts.put("state", "VA", "Virginia Department of Health Professions"), size=15, bold=True, gap=3)
    sheet.say("License Lookup", size=12, gap=14)
    sheet.say("License Information", size=12, bold=True, align="left", gap=6)
    rows = (
        ("License Number", facts.text("license_number", held.number)),
        ("Occupation", facts.text("license_type", "Medicine & Surgery")),
        ("Name", facts.text("holder_name", held.person.name)),
        ("Address", f"{rng.choice(held.place.cities)[0]}, VA"),
        ("Initial License Date", facts.day("issue_date", held.issued_on, style)),
        ("Expire Date", facts.day("expiration_date", held.expires_on, style)),
        ("License Status", facts.text("license_status", "Current Active")),
        ("Additional Public Information*", "No"),
    )
    sheet.table(rows, (180, 300), size=10)
    sheet.skip(10)
    sheet.say('* "Yes" means that there is information the Department must make public.', size=8.5, align="left")
    return Drawn(sheet.finish(), _TYPE, facts.recorded)


def ohio_lookup(rng: Random, today: date) -> Drawn:
    """The name as a heading, then the license in a box: label and value on one line, then the board's actions."""
    held, facts, style = license_in("OH", rng, today), Facts(), dates.plain_slashes
    sheet = Sheet(face=SANS, margin=56)
    sheet.say(facts.put("state", "OH", "Ohio"), size=11, bold=True, align="left", gap=2)
    sheet.say("eLicense Professional Licensure — License Look Up", size=12, align="left", gap=16)
    sheet.say(facts.text("holder_name", held.person.name), size=18, bold=True, align="left", gap=2)
    sheet.say(f"{rng.choice(held.place.cities)[0]}, OH, United States", size=10, align="left", gap=12)
    sheet.box(52, sheet.y, 500, 150, weight=0.8)
    sheet.skip(8)
    lines = (
        ("Board", "State Medical Board of Ohio"),
        ("License Type", facts.text("license_type", "Doctor of Medicine (MD)")),
        ("License Number", facts.text("license_number", held.number)),
        ("License Status", facts.text("license_status", "ACTIVE")),
        ("License Issue Date", facts.day("issue_date", held.issued_on, style)),
        ("License Expiration Date", facts.day("expiration_date", held.expires_on, style)),
        ("License Effective Date", style(today - timedelta(days=150))),
    )
    for label, value in lines:
        sheet.say(f"{label}: <b>{value}</b>", size=10, align="left", gap=5, x=64)
    sheet.skip(16)
    sheet.say("Board Action: No", size=10, align="left")
    return Drawn(sheet.finish(), _TYPE, facts.recorded)


def maryland_profile(rng: Random, today: date) -> Drawn:
    """A profile in sentences and labels, issue and expiry in one table, privileges and schools around."""
    facts, person, style = Facts(), draw_person(rng, ("MD",)), dates.plain_slashes
    issued, expires = today - timedelta(days=rng.randint(900, 8000)), date(today.year + 1, 9, 30)
    sheet = Sheet(face=SERIF, margin=60)
    sheet.say(facts.put("state", "MD", "Maryland Board of Physicians"), size=17, bold=True, gap=4)
    sheet.say("Practitioner Profile System", size=12, gap=14)
    number = facts.text("license_number", f"D00{digits(rng, 5)}")
    rows = (
        ("Name:", facts.text("holder_name", person.last_first)),
        ("License Type:", facts.text("license_type", "Medical Doctor")),
        ("License #:", number),
        ("License Status:", facts.text("license_status", "Active")),
        ("Date of Initial Licensure:", facts.day("issue_date", issued, style)),
        ("License Expiration:", facts.day("expiration_date", expires, style)),
    )
    sheet.label_rows(rows, label_width=170, size=10.5)
    for head, text in (
        ("Graduated From", "Cedar Mesa University School of Medicine"),
        ("Specialty Board Certification", "The Board has no record of a certification."),
        ("Maryland Hospital Privileges", "None reported"),
        ("Disciplinary Actions", "None reported"),
    ):
        sheet.say(head, size=11, bold=True, align="left", gap=2)
        sheet.say(text, size=10, align="left", gap=8)
    return Drawn(sheet.finish(), _TYPE, facts.recorded)


def assistant_register(rng: Random, today: date) -> Drawn:
    """An assistant's or nurse's entry, first and last name in fields of their own beside the full name."""
    facts, person, style = Facts(), draw_person(rng, MID_LEVELS), dates.slashes
    is_assistant = person.credentials == "PA-C"
    kind = "Physician Assistant" if is_assistant else "Certified Nurse Practitioner"
    sheet = Sheet(face=SANS, margin=56)
    board = "Arizona Regulatory Board of Physician Assistants" if is_assistant else "Arizona State Board of Nursing"
    sheet.say(facts.put("state", "AZ", board), size=14, bold=True, align="left", gap=14)
    issued = today - timedelta(days=rng.randint(400, 4000))
    sheet.say("General Information", size=11, bold=True, align="left", gap=4)
    sheet.label_rows((("Full Name:", facts.text("holder_name", person.name)), ("City:", "Mesa"), ("State:", "AZ")))
    sheet.say("License Information", size=11, bold=True, align="left", gap=4)
    rows = (
        ("License Number:", facts.text("license_number", digits(rng, 4 if is_assistant else 6))),
        ("License Type:", facts.text("license_type", kind)),
        ("License Status:", facts.text("license_status", "Active")),
        ("Licensed Date:", facts.day("issue_date", issued, style)),
        ("License Renewed:", style(today - timedelta(days=120))),
        ("Due to Renew By:", style(dates.month_end(today + timedelta(days=200)))),
        (
            "If not Renewed, License Expires:",
            facts.day("expiration_date", dates.month_end(today + timedelta(days=320)), style),
        ),
    )
    sheet.label_rows(rows, label_width=190)
    return Drawn(sheet.finish(), _TYPE, facts.recorded)


def _pairs(sheet: Sheet, rows: Rows) -> None:
    sheet.label_rows(rows, label_width=150, size=9.5, pitch=17)
    sheet.skip(8)


def _tiles(sheet: Sheet, tiles: Sequence[Rows]) -> None:
    for row in tiles:
        for column, (label, value) in enumerate(row):
            x = sheet.margin + 178 * column
            sheet.box(x, sheet.y, 168, 44, weight=0.5)
            sheet.put(label, x + 6, sheet.y + 5, width=156, size=8, ink="#555555")
            sheet.put(value, x + 6, sheet.y + 18, width=156, size=10.5)
        sheet.skip(56)
