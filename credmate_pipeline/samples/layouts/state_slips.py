"""Cards and slips a state prints alike for all it licenses: doctors, and those who handle controlled substances."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from credmate_pipeline.samples import dates
from credmate_pipeline.samples.facts import Drawn, Facts
from credmate_pipeline.samples.people import Person, draw_person
from credmate_pipeline.samples.places import digits, draw_street
from credmate_pipeline.samples.sheet import LANDSCAPE, SANS, SERIF, Sheet

LICENSE = "license"
REGISTRATION = "controlled_substance_registration"


@dataclass(frozen=True, slots=True)
class Slip:
    """Who it was issued to, and for how long."""

    person: Person
    issued_on: date
    expires_on: date


def new_jersey_license(rng: Random, today: date) -> Drawn:
    """The state's certificate, for a doctor."""
    return _new_jersey(rng, today, LICENSE)


def new_jersey_substances(rng: Random, today: date) -> Drawn:
    """The state's certificate, of its drug control unit."""
    return _new_jersey(rng, today, REGISTRATION)


def utah_license(rng: Random, today: date) -> Drawn:
    """The department's slip, for a doctor."""
    return _utah(rng, today, LICENSE)


def utah_substances(rng: Random, today: date) -> Drawn:
    """The department's slip, for controlled substances."""
    return _utah(rng, today, REGISTRATION)


def illinois_license(rng: Random, today: date) -> Drawn:
    """The department's certificate, for a doctor."""
    return _illinois(rng, today, LICENSE)


def illinois_substances(rng: Random, today: date) -> Drawn:
    """The department's certificate, for controlled substances."""
    return _illinois(rng, today, REGISTRATION)


def connecticut_license(rng: Random, today: date) -> Drawn:
    """The department's certificate, for a doctor."""
    return _connecticut(rng, today, LICENSE)


def connecticut_substances(rng: Random, today: date) -> Drawn:
    """The department's certificate, for controlled substances."""
    return _connecticut(rng, today, REGISTRATION)


def _draw_slip(rng: Random, today: date) -> Slip:
    return Slip(
        draw_person(rng, ("MD",)),
        today - timedelta(days=rng.randint(40, 500)),
        dates.month_end(today + timedelta(days=rng.randint(70, 600))),
    )


def _number_label(kind: str) -> str:
    return "license_number" if kind == LICENSE else "registration_number"


def _new_jersey(rng: Random, today: date, kind: str) -> Drawn:
    """`… TO … VALID`, the number above its label, the person between sentences in capitals."""
    slip, facts, style = _draw_slip(rng, today), Facts(), dates.slashes
    sheet = Sheet(LANDSCAPE, face=SERIF, margin=80)
    sheet.frame("#1f3a5f", inset=24, double=False)
    sheet.say(facts.put("state", "NJ", "State Of New Jersey"), size=22, bold=True, gap=2)
    sheet.say("New Jersey Office of the Attorney General", size=13, gap=2)
    sheet.say("Division of Consumer Affairs", size=13, gap=14)
    unit, act = ("Board of Medical Examiners", "LICENSED") if kind == LICENSE else ("Drug Control Unit", "REGISTERED")
    sheet.say("THIS IS TO CERTIFY THAT THE", size=10, gap=2)
    sheet.say(unit, size=15, bold=True, gap=8)
    sheet.say(f"HAS {act}", size=10, gap=8)
    sheet.say(facts.text("holder_name", slip.person.name), size=17, bold=True, gap=2)
    sheet.say(f"{draw_street(rng)}<br/>Camden NJ 08102", size=11, gap=12)
    sheet.say("FOR PRACTICE IN NEW JERSEY AS A(N):", size=10, gap=4)
    if kind == LICENSE:
        sheet.say(facts.text("license_type", "Medical Doctor"), size=15, bold=True, gap=20)
    else:
        sheet.say("CDS - Practitioner", size=15, bold=True, gap=20)
    begin, end = facts.day("issue_date", slip.issued_on, style), facts.day("expiration_date", slip.expires_on, style)
    number = facts.text(_number_label(kind), f"{'25MA' if kind == LICENSE else 'D'}{digits(rng, 8)}")
    top = sheet.y
    sheet.put(f"{begin} TO {end}", 90, top, width=250, size=13, bold=True)
    sheet.put("VALID", 90, top + 18, width=200, size=9)
    sheet.put(number, 480, top, width=220, size=13, bold=True)
    sheet.put("LICENSE/REGISTRATION/CERTIFICATION #", 480, top + 18, width=260, size=9)
    sheet.signature(90, top + 60, rng, caption="Signature of Licensee/Registrant/Certificate Holder", width=220)
    sheet.signature(480, top + 60, rng, caption="ACTING DIRECTOR")
    return Drawn(sheet.finish(), kind, facts.recorded)


def _utah(rng: Random, today: date, kind: str) -> Drawn:
    """Number, classification and details in one line under a head of three words."""
    slip, facts, style = _draw_slip(rng, today), Facts(), dates.slashes
    sheet = Sheet(face=SERIF, margin=60)
    sheet.say(facts.put("state", "UT", "STATE OF UTAH"), size=18, bold=True, gap=2)
    sheet.say("DEPARTMENT OF COMMERCE", size=13, gap=2)
    sheet.say("DIVISION OF PROFESSIONAL LICENSING", size=13, gap=8)
    sheet.say("ACTIVE LICENSE", size=16, bold=True, gap=18)
    top = sheet.y
    sheet.put("EFFECTIVE DATE:", 60, top, width=120, size=9, bold=True)
    sheet.put(facts.day("issue_date", slip.issued_on, style), 60, top + 12, width=120, size=11)
    sheet.put("EXPIRATION DATE:", 400, top, width=140, size=9, bold=True)
    sheet.put(facts.day("expiration_date", slip.expires_on, style), 400, top + 12, width=120, size=11)
    sheet.y = top + 44
    sheet.say("ISSUED TO:", size=9, bold=True, align="left", gap=2)
    sheet.say(facts.text("holder_name", slip.person.name), size=13, bold=True, align="left", gap=2)
    sheet.say(f"{draw_street(rng)}<br/>Provo UT 84601", size=11, align="left", gap=20)
    sheet.say("REFERENCE NUMBER(S), CLASSIFICATION(S) & DETAIL(S)", size=9, bold=True, gap=6)
    number = facts.text(_number_label(kind), f"{digits(rng, 7)}-{'1205' if kind == LICENSE else '8905'}")
    sheet.put(number, 60, sheet.y, width=110, size=11)
    if kind == LICENSE:
        sheet.put(facts.text("license_type", "Physician & Surgeon"), 190, sheet.y, width=300, size=11)
    else:
        schedules = facts.put("schedules", ("2", "2N", "3", "3N", "4", "5"), "2, 2N, 3, 3N, 4, 5")
        sheet.put("Controlled Substance Registration", 190, sheet.y, width=300, size=11)
        sheet.put(f"Schedules: {schedules}", 190, sheet.y + 16, width=300, size=10)
    sheet.y += 60
    sheet.signature(60, sheet.y + 40, rng, caption="SIGNATURE OF HOLDER")
    return Drawn(sheet.finish(), kind, facts.recorded)


def _illinois(rng: Random, today: date, kind: str) -> Drawn:
    """The activity as a heading of its own, number and expiry in corners, the sentence before the person."""
    slip, facts, style = _draw_slip(rng, today), Facts(), dates.slashes
    sheet = Sheet(LANDSCAPE, face=rng.choice((SANS, SERIF)), margin=70)
    sheet.box(40, 36, 712, 520, weight=1.4)
    number = facts.text(_number_label(kind), f"{'036' if kind == LICENSE else '336'}.{digits(rng, 6)}")
    sheet.put("LICENSE NO.", 56, 52, width=120, size=9)
    sheet.put(number, 56, 64, width=140, size=13, bold=True)
    sheet.say(facts.put("state", "IL", "State of Illinois"), size=19, bold=True, gap=2)
    sheet.say("Department of Financial and Professional Regulation", size=14, gap=2)
    sheet.say("Division of Professional Regulation", size=13, gap=18)
    if kind == LICENSE:
        sheet.say(facts.text("license_type", "LICENSED PHYSICIAN AND SURGEON"), size=17, bold=True, gap=10)
    else:
        sheet.say("LICENSED PHYSICIAN CONTROLLED SUBSTANCE", size=17, bold=True, gap=4)
        roman = facts.put("schedules", ("2", "2N", "3", "3N", "4", "5"), "II IIN III IIIN IV V")
        sheet.say(f"SCHEDULES {roman}", size=12, gap=10)
    sheet.say(
        "The person, firm or corporation whose name appears on this certificate has complied with the provisions of "
        "the Illinois Statutes and/or rules and regulations and is hereby authorized to engage in the activity as "
        "indicated below.",
        size=11,
        gap=20,
    )
    sheet.say(facts.text("holder_name", slip.person.capitals), size=17, bold=True, gap=2)
    sheet.say(f"{draw_street(rng).upper()}<br/>PEORIA, IL 61602", size=11, gap=16)
    top = sheet.y
    sheet.put("EXPIRES:", 60, top, width=100, size=9)
    sheet.put(facts.day("expiration_date", slip.expires_on, style), 120, top - 3, width=140, size=13, bold=True)
    sheet.signature(480, 500, rng, caption="SECRETARY")
    sheet.put("The official status of this license can be verified at idfpr.example", 60, 536, width=500, size=8)
    return Drawn(sheet.finish(), kind, facts.recorded)


def _connecticut(rng: Random, today: date, kind: str) -> Drawn:
    """One solemn sentence with an address in its middle; number, effect and expiry below."""
    slip, facts, style = _draw_slip(rng, today), Facts(), dates.slashes
    is_license = kind == LICENSE
    sheet = Sheet(LANDSCAPE, face=SERIF, margin=90)
    sheet.frame("#3d2b56", inset=26)
    office = "DEPARTMENT OF PUBLIC HEALTH" if is_license else "DEPARTMENT OF CONSUMER PROTECTION"
    sheet.say(facts.put("state", "CT", "STATE OF CONNECTICUT"), size=16, bold=True, gap=2)
    sheet.say(office, size=16, bold=True, gap=16)
    sheet.say("Be it known that", size=14, gap=8)
    sheet.say(facts.text("holder_name", slip.person.capitals), size=20, bold=True, gap=3)
    sheet.say(f"{draw_street(rng).upper()}<br/>WATERBURY, CT 06702", size=11, gap=12)
    by = "Public Health" if is_license else "Consumer Protection"
    sheet.say(
        f"has been certified by the Department of {by} as a {'licensed' if is_license else 'registered'}", size=13
    )
    if is_license:
        sheet.say(facts.text("license_type", "Physician/Surgeon"), size=17, bold=True, gap=12)
        number = f"License # {facts.text('license_number', digits(rng, 5))}"
    else:
        sheet.say("CONTROLLED SUBSTANCE REGISTRATION FOR PRACTITIONER", size=17, bold=True, gap=12)
        number = f"Registration # {facts.text('registration_number', f'CSP.00{digits(rng, 5)}')}"
    sheet.say(number, size=13, gap=10)
    sheet.say(f"Effective: {facts.day('issue_date', slip.issued_on, style)}", size=12, gap=4)
    sheet.say(f"Expiration: {facts.day('expiration_date', slip.expires_on, style)}", size=12)
    sheet.signature(500, 500, rng, caption="Commissioner")
    return Drawn(sheet.finish(), kind, facts.recorded)
