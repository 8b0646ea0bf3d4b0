"""State licenses: a wall certificate without expiry, a pocket card, a printed verification page."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from credmate_pipeline.samples import dates
from credmate_pipeline.samples.facts import Drawn, Facts
from credmate_pipeline.samples.people import NURSES, Person, draw_person
from credmate_pipeline.samples.places import JURISDICTIONS, Jurisdiction, digits, draw_street
from credmate_pipeline.samples.sheet import HUMANIST, INKS, LANDSCAPE, SANS, SERIF, Sheet

_DOCTORS = ("MD", "MD", "MD, FACP", "MD, PhD")
COMPACT = frozenset({"FL", "GA", "IN", "NJ", "OH", "PA", "TX", "VA", "WA"})
"""States whose nurses may hold a multistate license (Nurse Licensure Compact)."""


@dataclass(frozen=True, slots=True)
class License:
    """A license before any of it is printed."""

    person: Person
    place: Jurisdiction
    number: str
    issued_on: date
    expires_on: date


def draw_license(rng: Random, today: date) -> License:
    """Issued years ago, renewed lately, running for some months yet."""
    place = rng.choice(JURISDICTIONS)
    return License(
        person=draw_person(rng, _DOCTORS),
        place=place,
        number=place.draw_number(rng),
        issued_on=today - timedelta(days=rng.randint(800, 9000)),
        expires_on=dates.month_end(today + timedelta(days=rng.randint(70, 650))),
    )


def wall_certificate(rng: Random, today: date) -> Drawn:
    """Solemn, in sentences, for the wall: it never expires."""
    license_, facts, ink = draw_license(rng, today), Facts(), rng.choice(INKS)
    place = license_.place
    facts.put("state", place.code, f"State of {place.name}")
    sheet = Sheet(LANDSCAPE, face=SERIF, margin=100)
    sheet.frame(ink, inset=26)
    sheet.skip(-20)
    sheet.say(f"State of {place.name}", size=28, bold=True, ink=ink, gap=6)
    sheet.say(place.board, size=17, gap=22)
    sheet.say("Be it known that", size=14)
    sheet.say(f"{facts.text('holder_name', license_.person.name)}, M.D.", size=25, bold=True, gap=14)
    sheet.say(
        "having given satisfactory evidence of the qualifications required by law, and having passed the examinations "
        f"of this Board, is hereby licensed to practice as a {facts.text('license_type', place.license_type)} "
        "in this State.",
        size=14,
        gap=18,
    )
    sheet.say(f"License Number {facts.text('license_number', license_.number)}", size=16, bold=True, gap=12)
    sheet.say(f"Given this {facts.day('issue_date', license_.issued_on, dates.solemn)}", size=14)
    sheet.seal(sheet.width / 2, 505, 45, ink)
    sheet.signature(110, 505, rng, caption="President of the Board")
    sheet.signature(sheet.width - 280, 505, rng, caption="Secretary")
    return Drawn(sheet.finish(), "license", facts.recorded)


def pocket_card(rng: Random, today: date) -> Drawn:
    """A card on an otherwise empty page."""
    license_, facts, ink = draw_license(rng, today), Facts(), rng.choice(INKS)
    place = license_.place
    facts.put("state", place.code, f"STATE OF {place.name.upper()}")
    sheet = Sheet(face=SANS, margin=60)
    sheet.put("Detach the card below and carry it with you. Display your wall certificate.", 60, 70, size=9)
    x, y, width, height = 130.0, 150.0, 350.0, 215.0
    sheet.box(x, y, width, height, weight=1.2)
    sheet.box(x, y, width, 42, weight=0, fill=ink)
    sheet.put(
        f"STATE OF {place.name.upper()}", x, y + 5, width=width, size=12, bold=True, align="center", ink="#ffffff"
    )
    sheet.put(place.board, x, y + 22, width=width, size=10, align="center", ink="#ffffff")
    status = facts.text("license_status", "ACTIVE")
    name = facts.text("holder_name", license_.person.capitals)
    cells = (
        ("LICENSE NUMBER", facts.text("license_number", license_.number), 14, 54),
        ("LICENSE TYPE", facts.text("license_type", place.license_type), 180, 54),
        ("NAME", f"{name}, MD", 14, 94),
        ("ISSUED", facts.day("issue_date", license_.issued_on, dates.slashes), 14, 134),
        ("EXPIRES", facts.day("expiration_date", license_.expires_on, dates.slashes), 130, 134),
        ("STATUS", status, 250, 134),
    )
    for label, value, dx, dy in cells:
        sheet.put(label, x + dx, y + dy, width=160, size=7.5)
        sheet.put(value, x + dx, y + dy + 11, width=300 if label == "NAME" else 165, size=11, bold=True)
    sheet.signature(x + 14, y + 178, rng, caption="Executive Director", width=120)
    return Drawn(sheet.finish(), "license", facts.recorded)


def verification_page(rng: Random, today: date) -> Drawn:
    """A board's look-up page printed from the browser; the print date is no fact of the license."""
    license_, facts, ink = draw_license(rng, today), Facts(), rng.choice(INKS)
    place = license_.place
    city, _ = rng.choice(place.cities)
    facts.put("state", place.code, place.name)
    sheet = Sheet(face=HUMANIST, margin=54)
    sheet.put(f"{dates.slashes(today)}, 10:{rng.randint(10, 59)} AM", 28, 18, size=7)
    sheet.put("License Verification", 28, 18, width=556, size=7, align="center")
    sheet.box(0, 40, 612, 50, weight=0, fill=ink)
    sheet.put(place.board, 54, 55, width=500, size=14, bold=True, ink="#ffffff")
    sheet.skip(60)
    sheet.say("License Verification Details", size=16, align="left", gap=16)
    rows = [
        ("Name:", facts.text("holder_name", license_.person.last_first)),
        ("License Number:", facts.text("license_number", license_.number)),
        ("License Type:", facts.text("license_type", place.license_type)),
        ("License Status:", facts.text("license_status", "Active")),
        ("Original Issue Date:", facts.day("issue_date", license_.issued_on, dates.month_name)),
        ("Expiration Date:", facts.day("expiration_date", license_.expires_on, dates.month_name)),
        ("City:", city),
        ("State:", place.name),
        ("Public Disciplinary Action:", "None on record"),
    ]
    sheet.label_rows(rows, size=10, pitch=25, label_width=190, ruled=True)
    sheet.skip(18)
    sheet.say(
        "This information is primary source verification of licensure. Data is current as of the date printed.",
        size=8,
        align="left",
    )
    sheet.put("Page 1 of 1", 28, 766, size=7)
    return Drawn(sheet.finish(), "license", facts.recorded)


def renewal_certificate(rng: Random, today: date) -> Drawn:
    """A certificate of registration mailed at each renewal, with the holder's address."""
    license_, facts, ink = draw_license(rng, today), Facts(), rng.choice(INKS)
    place = license_.place
    city, zip_code = rng.choice(place.cities)
    facts.put("state", place.code, place.name)
    sheet = Sheet(face=SERIF, margin=64)
    sheet.seal(100, 96, 34, ink)
    sheet.put(place.board, 150, 76, width=400, size=17, bold=True, ink=ink)
    sheet.put("Certificate of Licensure Renewal", 150, 100, width=400, size=13)
    sheet.y = 180
    name = facts.text("holder_name", license_.person.name)
    sheet.say(f"{name}, MD", size=12, align="left", gap=1)
    sheet.say(draw_street(rng), size=12, align="left", gap=1)
    sheet.say(f"{city}, {place.name} {zip_code}", size=12, align="left", gap=26)
    sheet.say("This certifies that the above named person is licensed as a", size=12, align="left")
    sheet.say(facts.text("license_type", place.license_type), size=15, bold=True, align="left", gap=16)
    rows = (
        ("License No.", "Date of Issue", "Expiration Date"),
        (
            facts.text("license_number", license_.number),
            facts.day("issue_date", license_.issued_on, dates.slashes),
            facts.day("expiration_date", license_.expires_on, dates.slashes),
        ),
    )
    sheet.table(rows, (160, 160, 160), size=12)
    sheet.skip(80)
    sheet.signature(64, sheet.y, rng, caption="Executive Director of the Board")
    return Drawn(sheet.finish(), "license", facts.recorded)


def nurse_verification(rng: Random, today: date) -> Drawn:
    """A nursing board's verification with the multistate privilege."""
    facts, ink = Facts(), rng.choice(INKS)
    person = draw_person(rng, NURSES)
    place = rng.choice([state for state in JURISDICTIONS if state.code in COMPACT])
    issued = today - timedelta(days=rng.randint(600, 5000))
    expires = dates.month_end(today + timedelta(days=rng.randint(70, 650)))
    facts.put("state", place.code, place.name)
    sheet = Sheet(face=SERIF, margin=66)
    sheet.rule(58, weight=5, ink=ink)
    sheet.skip(20)
    sheet.say(f"{place.name} Board of Nursing", size=18, bold=True, ink=ink, gap=2)
    sheet.say("Verification of Nurse Licensure", size=13, gap=24)
    sheet.label_rows(
        (
            ("Licensee name", facts.text("holder_name", person.name)),
            ("License type", facts.text("license_type", "Registered Nurse")),
            ("License number", facts.text("license_number", digits(rng, 6))),
            ("License status", facts.text("license_status", "Active")),
            ("Compact status", "Multistate"),
            ("Original issue date", facts.day("issue_date", issued, dates.slashes)),
            ("Expiration date", facts.day("expiration_date", expires, dates.slashes)),
            ("Discipline against license", "No"),
        ),
        size=12,
        pitch=30,
        label_width=200,
    )
    return Drawn(sheet.finish(), "license", facts.recorded)
