"""Licenses of more states on paper: permits, pocket cards and certificates for the wall, each in its state's words."""

from datetime import date, timedelta
from random import Random

from credmate_pipeline.samples import dates
from credmate_pipeline.samples.facts import Drawn, Facts
from credmate_pipeline.samples.layouts.license_boards import license_in
from credmate_pipeline.samples.people import draw_person
from credmate_pipeline.samples.places import digits, draw_street
from credmate_pipeline.samples.sheet import LANDSCAPE, SANS, SERIF, Sheet

_TYPE = "license"


def texas_permit(rng: Random, today: date) -> Drawn:
    """A registration permit: cells in a row over the person's address, a card beside it."""
    held, facts, style = license_in("TX", rng, today), Facts(), dates.slashes
    number, name = facts.text("license_number", held.number), facts.text("holder_name", held.person.capitals)
    expires = facts.day("expiration_date", held.expires_on, style)
    sheet = Sheet(face=SANS, margin=50)
    for top in (60, 330):
        sheet.box(44, top, 524, 220, weight=1)
        sheet.put(facts.put("state", "TX", "TEXAS MEDICAL BOARD"), 44, top + 10, width=524, size=15, align="center")
        title = "PHYSICIAN FULL LICENSE REGISTRATION PERMIT"
        sheet.put(title, 44, top + 32, width=524, size=11, bold=True, align="center")
        for x, label, value in ((60, "LICENSE/PERMIT NUMBER", number), (400, "EXPIRATION DATE", expires)):
            sheet.put(label, x, top + 60, width=160, size=7.5)
            sheet.put(value, x, top + 71, width=160, size=12, bold=True)
        sheet.put(f"{name} MD<br/>{draw_street(rng).upper()}<br/>WACO, TX 76701", 60, top + 110, width=300, size=11)
        sheet.put("PRESIDENT, TEXAS MEDICAL BOARD", 370, top + 190, width=190, size=7)
    facts.text("license_type", "PHYSICIAN FULL LICENSE")
    return Drawn(sheet.finish(), _TYPE, facts.recorded)


def california_pocket(rng: Random, today: date) -> Drawn:
    """A card of few words: number and expiry on one line, the person below, a receipt's number."""
    held, facts = license_in("CA", rng, today), Facts()
    sheet = Sheet(face=SANS, margin=60)
    x, y = 90.0, 100.0
    sheet.box(x, y, 330, 190, weight=1)
    sheet.put("STATE OF CALIFORNIA", x + 10, y + 8, width=310, size=9)
    facts.put("state", "CA", "STATE OF CALIFORNIA")
    sheet.put("MEDICAL BOARD OF CALIFORNIA", x + 10, y + 22, width=310, size=12, bold=True)
    sheet.put("LICENSING PROGRAM", x + 10, y + 38, width=310, size=8)
    kind = facts.text("license_type", "PHYSICIAN AND SURGEON")
    sheet.put(kind, x + 10, y + 56, width=310, size=11, bold=True)
    for dx, label, value in (
        (10, "CERTIFICATE NO.", facts.text("license_number", held.number)),
        (120, "EXPIRATION", facts.day("expiration_date", held.expires_on, dates.slashes)),
        (230, "RECEIPT NO.", digits(rng, 8)),
    ):
        sheet.put(label, x + dx, y + 80, width=100, size=7)
        sheet.put(value, x + dx, y + 90, width=100, size=11)
    sheet.put(facts.text("holder_name", held.person.capitals), x + 10, y + 118, width=310, size=11, bold=True)
    sheet.put(f"{draw_street(rng).upper()}<br/>FRESNO CA 93721", x + 10, y + 132, width=310, size=9)
    sheet.put("Signature ______________________", x + 10, y + 168, width=310, size=8)
    return Drawn(sheet.finish(), _TYPE, facts.recorded)


def massachusetts_wall(rng: Random, today: date) -> Drawn:
    """The commonwealth registers a physician; number in a corner, the date in words, no expiry."""
    facts, person = Facts(), draw_person(rng, ("MD",))
    issued = today - timedelta(days=rng.randint(900, 9000))
    sheet = Sheet(LANDSCAPE, face=SERIF, margin=96)
    sheet.frame("#5b1a2b", inset=24)
    sheet.say(facts.put("state", "MA", "The Commonwealth of Massachusetts"), size=25, bold=True, gap=4)
    sheet.say("Board of Registration in Medicine", size=17, gap=18)
    sheet.say("Be it known that", size=14, gap=8)
    sheet.say(facts.text("holder_name", person.name), size=25, bold=True, gap=10)
    sheet.say("having fulfilled the requirements of the law is hereby registered as a qualified", size=14, gap=6)
    sheet.say(facts.text("license_type", "Physician"), size=21, bold=True, gap=10)
    sheet.say(
        f"Given at Boston this {facts.day('issue_date', issued, dates.in_words)} "
        "and in witness thereof the seal of the Board is affixed.",
        size=13,
        gap=14,
    )
    sheet.say(f"Certificate No. {facts.text('license_number', digits(rng, 6))}", size=12, align="left")
    sheet.signature(90, 510, rng, caption="Chair")
    sheet.signature(520, 510, rng, caption="Secretary")
    return Drawn(sheet.finish(), _TYPE, facts.recorded)


def north_carolina_registration(rng: Random, today: date) -> Drawn:
    """A yearly certificate: the number in a sentence, the year it is for as a heading."""
    facts, person = Facts(), draw_person(rng, ("MD",))
    expires = today + timedelta(days=rng.randint(40, 330))
    sheet = Sheet(LANDSCAPE, face=SERIF, margin=96)
    sheet.frame("#1e4d3a", inset=30, double=False)
    sheet.say(facts.put("state", "NC", "North Carolina Medical Board"), size=23, bold=True, gap=6)
    sheet.say("Certificate of Registration", size=17, gap=20)
    sheet.say("This certifies that", size=13)
    sheet.say(f"{facts.text('holder_name', person.name)}, MD", size=22, bold=True, gap=10)
    number = facts.text("license_number", f"20{rng.randint(10, 25)}-0{digits(rng, 4)}")
    sheet.say(f"holder of North Carolina medical license number {number}", size=13, gap=8)
    sheet.say(
        "has registered with this Board as required by law and is entitled to practice medicine in this State "
        f"through {facts.day('expiration_date', expires, dates.month_name)}.",
        size=13,
        gap=16,
    )
    sheet.signature(100, 470, rng, caption="Chief Executive Officer")
    return Drawn(sheet.finish(), _TYPE, facts.recorded)


def commonwealth_card(rng: Random, today: date) -> Drawn:
    """Pennsylvania's: label above value in a narrow column, initial date and expiry, a stub with the same."""
    held, facts, style = license_in("PA", rng, today), Facts(), dates.slashes
    sheet = Sheet(face=SANS, margin=50)
    facts.put("state", "PA", "Commonwealth of Pennsylvania")
    rows = (
        ("License Type", facts.text("license_type", "Medical Physician and Surgeon")),
        ("License Status", facts.text("license_status", "Active")),
        ("Initial License Date", facts.day("issue_date", held.issued_on, style)),
        ("Expiration Date", facts.day("expiration_date", held.expires_on, style)),
        ("License Number", facts.text("license_number", held.number)),
    )
    name = facts.text("holder_name", held.person.capitals)
    for top in (56, 390):
        sheet.box(44, top, 524, 300, weight=1)
        sheet.put("Commonwealth of Pennsylvania", 56, top + 10, width=300, size=13, bold=True)
        sheet.put("Department of State", 56, top + 27, width=300, size=10)
        sheet.put("Bureau of Professional and Occupational Affairs", 56, top + 40, width=300, size=10)
        sheet.put("PO BOX 2649 Harrisburg PA 17105-2649", 56, top + 53, width=300, size=8)
        sheet.put(f"{name}<br/>{draw_street(rng).upper()}<br/>LANCASTER PA 17602", 56, top + 110, width=240, size=11)
        for number, (label, value) in enumerate(rows):
            sheet.put(label, 370, top + 20 + 42 * number, width=180, size=8, align="right")
            sheet.put(value, 330, top + 31 + 42 * number, width=220, size=11, bold=True, align="right")
        sheet.put("Acting Commissioner of Professional and Occupational Affairs", 56, top + 270, width=280, size=7)
        sheet.put("Signature", 400, top + 270, width=100, size=7)
    return Drawn(sheet.finish(), _TYPE, facts.recorded)


def washington_certificate(rng: Random, today: date) -> Drawn:
    """The state's own form: credential, person, dates in a column at the right, a sentence of the statute."""
    held, facts, style = license_in("WA", rng, today), Facts(), rng.choice((dates.slashes, dates.month_name))
    sheet = Sheet(LANDSCAPE, face=SANS, margin=70)
    sheet.box(36, 36, 720, 300, weight=1.2)
    sheet.say(facts.put("state", "WA", "State of Washington"), size=18, bold=True, gap=2)
    sheet.say("Department of Health", size=13, gap=10)
    sheet.say("Pursuant to chapter 18.71 RCW the person named hereon is authorized to practice as a", size=10, gap=4)
    sheet.say(facts.text("license_type", "Physician and Surgeon"), size=15, bold=True, gap=14)
    sheet.say(facts.text("holder_name", held.person.name), size=17, bold=True, align="left", gap=2)
    sheet.say(f"{draw_street(rng)}<br/>Spokane, WA 99201", size=11, align="left", gap=6)
    cells = (
        ("Credential Number", facts.text("license_number", held.number)),
        ("Status", facts.text("license_status", "ACTIVE")),
        ("Effective Date", facts.day("issue_date", held.issued_on, style)),
        ("Expiration Date", facts.day("expiration_date", held.expires_on, style)),
    )
    for number, (label, value) in enumerate(cells):
        sheet.put(label, 480, 160 + 36 * number, width=200, size=9)
        sheet.put(value, 480, 172 + 36 * number, width=200, size=12, bold=True)
    return Drawn(sheet.finish(), _TYPE, facts.recorded)


def florida_wall(rng: Random, today: date) -> Drawn:
    """A certificate for the wall in old letters: a number, a date in words, no expiry."""
    held, facts = license_in("FL", rng, today), Facts()
    sheet = Sheet(LANDSCAPE, face=SERIF, margin=100)
    sheet.frame("#6b4a12", inset=20)
    sheet.say(facts.put("state", "FL", "State of Florida"), size=30, bold=True, gap=2)
    sheet.say("Department of Health", size=16, gap=2)
    sheet.say("Board of Medicine", size=16, gap=16)
    sheet.say("certifies that", size=13, gap=6)
    sheet.say(f"{facts.text('holder_name', held.person.name)}, M.D.", size=24, bold=True, gap=10)
    sheet.say("has met the requirements of Chapter 458, Florida Statutes, and is hereby licensed to practice", size=13)
    sheet.say(facts.text("license_type", "Medicine and Surgery"), size=18, bold=True, gap=10)
    sheet.say("in the State of Florida, subject to the laws thereof.", size=13, gap=12)
    number = facts.text("license_number", held.number)
    sheet.say(f"License Number: {number}", size=12, gap=4)
    sheet.say(f"Dated this {facts.day('issue_date', held.issued_on, dates.solemn_year)}", size=12)
    sheet.signature(100, 515, rng, caption="Chairman")
    sheet.signature(520, 515, rng, caption="State Surgeon General")
    return Drawn(sheet.finish(), _TYPE, facts.recorded)
