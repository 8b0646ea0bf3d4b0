"""Licenses as further states tell of them: look-ups, renewal certificates, a nurse's report in lines, a card."""

from datetime import date, timedelta
from random import Random

from credmate_pipeline.samples import dates
from credmate_pipeline.samples.facts import Drawn, Facts
from credmate_pipeline.samples.people import NURSES, Person, draw_person
from credmate_pipeline.samples.places import digits, draw_street
from credmate_pipeline.samples.sheet import HUMANIST, LANDSCAPE, MONO, SANS, SERIF, Sheet

_TYPE = "license"


def _doctor(rng: Random, today: date) -> tuple[Person, date, date]:
    issued = today - timedelta(days=rng.randint(800, 9000))
    return draw_person(rng, ("MD",)), issued, dates.month_end(today + timedelta(days=rng.randint(70, 650)))


def wisconsin_lookup(rng: Random, today: date) -> Drawn:
    """`Current through` and `Granted`: neither issued nor expires is said."""
    (person, issued, expires), facts, style = _doctor(rng, today), Facts(), dates.plain_slashes
    sheet = Sheet(face=SANS, margin=58)
    sheet.say(facts.put("state", "WI", "Wisconsin Department of Safety and Professional Services"), size=13, bold=True)
    sheet.say("Credential/Licensing Search — Individual Details", size=11, align="left", gap=14)
    rows = (
        ("Name:", facts.text("holder_name", person.last_first)),
        ("Profession:", facts.text("license_type", "MEDICINE AND SURGERY, MD")),
        ("Credential Number:", facts.text("license_number", f"{digits(rng, 5)}-20")),
        ("Location:", "MADISON WI"),
        ("Status:", facts.text("license_status", "LICENSE IS CURRENT (ACTIVE)")),
        ("Granted Date:", facts.day("issue_date", issued, style)),
        ("Current Through:", facts.day("expiration_date", expires, style)),
        ("Multi-state:", "N"),
        ("Orders:", "NONE"),
    )
    sheet.label_rows(rows, label_width=150, pitch=18)
    return Drawn(sheet.finish(), _TYPE, facts.recorded)


def tennessee_renewal(rng: Random, today: date) -> Drawn:
    """A renewal certificate: person, rank and number left, a band of the expiry across the foot."""
    (person, _, expires), facts = _doctor(rng, today), Facts()
    sheet = Sheet(LANDSCAPE, face=SERIF, margin=80)
    sheet.frame("#5b1a2b", inset=30, double=False)
    sheet.say(facts.put("state", "TN", "STATE OF TENNESSEE"), size=20, bold=True, gap=2)
    sheet.say("DEPARTMENT OF HEALTH", size=13, gap=2)
    sheet.say("DIVISION OF HEALTH LICENSURE AND REGULATION", size=11, gap=10)
    sheet.say("RENEWAL CERTIFICATE", size=15, bold=True, gap=12)
    sheet.say("This is to certify that all requirements of the State of Tennessee have been met by:", size=11, gap=8)
    sheet.say(f"{facts.text('holder_name', person.capitals)} MD", size=17, bold=True, gap=10)
    sheet.say(f"ID Number: {facts.text('license_number', f'MD000{digits(rng, 5)}')}", size=12, gap=4)
    sheet.say(f"Profession: {facts.text('license_type', 'MEDICAL DOCTOR')}", size=12, gap=12)
    sheet.say(f"Lic Exp Date: {facts.day('expiration_date', expires, dates.capital_month)}", size=13, bold=True)
    return Drawn(sheet.finish(), _TYPE, facts.recorded)


def indiana_verification(rng: Random, today: date) -> Drawn:
    """A page of one line a fact in a typewriter's face, dots between label and value."""
    (person, issued, expires), facts, style = _doctor(rng, today), Facts(), dates.slashes
    sheet = Sheet(face=MONO, margin=56)
    sheet.say(facts.put("state", "IN", "Indiana Professional Licensing Agency"), size=12, bold=True, align="left")
    sheet.say("Digital Certification of License", size=12, align="left", gap=14)
    for label, value in (
        ("Licensee Name", facts.text("holder_name", person.name)),
        ("License Number", facts.text("license_number", f"01{digits(rng, 6)}A")),
        ("License Type", facts.text("license_type", "Physician")),
        ("Obtained By Method", "Endorsement"),
        ("Issue Date", facts.day("issue_date", issued, style)),
        ("Expiration Date", facts.day("expiration_date", expires, style)),
        ("License Status", facts.text("license_status", "Active")),
    ):
        sheet.say(f"{label} {'.' * (30 - len(label))} {value}", size=10.5, align="left", gap=6)
    return Drawn(sheet.finish(), _TYPE, facts.recorded)


def minnesota_profile(rng: Random, today: date) -> Drawn:
    """The professional's profile: a column of small heads with values below them, three dates of the license."""
    (person, issued, expires), facts, style = _doctor(rng, today), Facts(), dates.plain_slashes
    sheet = Sheet(face=HUMANIST, margin=60)
    sheet.say(facts.put("state", "MN", "Minnesota Board of Medical Practice"), size=15, bold=True, align="left", gap=4)
    sheet.say("Professional Profile", size=12, align="left", gap=12)
    for label, value in (
        ("Licensee Name", facts.text("holder_name", person.name)),
        ("License Type", facts.text("license_type", "Physician and Surgeon")),
        ("License Number", facts.text("license_number", digits(rng, 5))),
        ("License Status", facts.text("license_status", "Active")),
        ("Original License Date", facts.day("issue_date", issued, style)),
        ("Renewal Effective Date", style(today - timedelta(days=100))),
        ("Expiration Date", facts.day("expiration_date", expires, style)),
    ):
        sheet.say(label, size=8.5, align="left", gap=1, ink="#444444")
        sheet.say(value, size=11, bold=True, align="left", gap=8)
    sheet.say("Corrective or disciplinary actions: No", size=10, align="left")
    return Drawn(sheet.finish(), _TYPE, facts.recorded)


def kentucky_card(rng: Random, today: date) -> Drawn:
    """A card of the year: who is registered `for the period ending`."""
    (person, _, _), facts = _doctor(rng, today), Facts()
    expires = date(today.year + 1, 2, 28)
    sheet = Sheet(face=SANS, margin=60)
    sheet.box(100, 90, 380, 190, weight=1)
    sheet.y = 100
    sheet.say(facts.put("state", "KY", "COMMONWEALTH OF KENTUCKY"), size=12, bold=True, gap=1)
    sheet.say("BOARD OF MEDICAL LICENSURE", size=11, gap=10)
    sheet.say("This certifies that", size=9, gap=3)
    sheet.say(f"{facts.text('holder_name', person.name)}, M.D.", size=14, bold=True, gap=4)
    sheet.say("is registered to practice as a", size=9, gap=2)
    sheet.say(facts.text("license_type", "Physician"), size=11, bold=True, gap=6)
    sheet.say(f"License No. {facts.text('license_number', digits(rng, 5))}", size=11, gap=3)
    sheet.say(f"for the period ending {facts.day('expiration_date', expires, dates.month_name)}", size=11)
    return Drawn(sheet.finish(), _TYPE, facts.recorded)


def nurse_lines(rng: Random, today: date) -> Drawn:
    """A nurse's verification in lines of label and value in capitals, a state of the board among them."""
    facts, person, style = Facts(), draw_person(rng, NURSES), dates.slashes
    expires = dates.month_end(today + timedelta(days=rng.randint(70, 650)))
    sheet = Sheet(face=SANS, margin=60)
    sheet.say("License Verification Report", size=14, bold=True, align="left", gap=10)
    for label, value in (
        ("NAME ON LICENSE", facts.text("holder_name", person.last_first)),
        ("LICENSE TYPE", facts.text("license_type", "RN")),
        ("LICENSE NUMBER", facts.text("license_number", digits(rng, 7))),
        ("JURISDICTION", facts.put("state", "AZ", "ARIZONA")),
        ("LICENSE STATUS", facts.text("license_status", "UNENCUMBERED")),
        (
            "ORIGINAL ISSUE DATE",
            facts.day("issue_date", today - timedelta(days=rng.randint(500, 5000)), style),
        ),
        ("CURRENT EXPIRATION DATE", facts.day("expiration_date", expires, style)),
        ("COMPACT STATUS", "MULTISTATE"),
        ("DISCIPLINE AGAINST LICENSE", "NO"),
    ):
        sheet.put(label, 60, sheet.y, width=200, size=9)
        sheet.put(value, 60 + 6.4 * len(label) + 14, sheet.y, width=240, size=10.5, bold=True)
        sheet.skip(17)
    sheet.say("The Board of Nursing is the primary source of this information.", size=9, align="left")
    return Drawn(sheet.finish(), _TYPE, facts.recorded)


def michigan_wall(rng: Random, today: date) -> Drawn:
    """A long sentence; number and dates are in a strip at the foot, values over their captions."""
    (person, issued, expires), facts, style = _doctor(rng, today), Facts(), dates.slashes
    sheet = Sheet(LANDSCAPE, face=SERIF, margin=90)
    sheet.frame("#1f3a5f", inset=24)
    sheet.say(facts.put("state", "MI", "State of Michigan"), size=24, bold=True, gap=3)
    sheet.say("Department of Licensing and Regulatory Affairs", size=14, gap=3)
    sheet.say("Board of Medicine", size=14, gap=16)
    sheet.say(facts.text("holder_name", person.name), size=21, bold=True, gap=8)
    sheet.say(f"{draw_street(rng)}, Flint, Michigan", size=11, gap=10)
    sheet.say("having complied with the provisions of Article 15 of the Public Health Code is licensed as a", size=12)
    sheet.say(facts.text("license_type", "Medical Doctor"), size=16, bold=True, gap=40)
    for x, value, caption in (
        (90, facts.text("license_number", f"4301{digits(rng, 6)}"), "LICENSE NO."),
        (320, facts.day("issue_date", issued, style), "ISSUED"),
        (540, facts.day("expiration_date", expires, style), "EXPIRES"),
    ):
        sheet.put(value, x, sheet.y, width=160, size=13, bold=True)
        sheet.rule(sheet.y + 17, x0=x, x1=x + 150, weight=0.6)
        sheet.put(caption, x, sheet.y + 19, width=150, size=8)
    return Drawn(sheet.finish(), _TYPE, facts.recorded)
