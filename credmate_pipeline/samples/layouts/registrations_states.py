"""State controlled-substance registrations of more states, each with its office, its words and its numbers."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from credmate_pipeline.samples import dates
from credmate_pipeline.samples.facts import Drawn, Facts
from credmate_pipeline.samples.layouts.forms import draw_face, draw_ink, draw_style, print_entries, print_name, shuffled
from credmate_pipeline.samples.people import draw_person
from credmate_pipeline.samples.places import digits, draw_street
from credmate_pipeline.samples.sheet import LANDSCAPE, SERIF, Sheet

_TYPE = "controlled_substance_registration"
_ARABIC = ("2", "2N", "3", "3N", "4", "5")
_ROMAN = {"2": "II", "2N": "IIN", "3": "III", "3N": "IIIN", "4": "IV", "5": "V"}


@dataclass(frozen=True, slots=True)
class Office:
    """Who registers in a state, under which title, and the shape of its numbers."""

    state: str
    heading: str
    """The state as printed."""
    offices: tuple[str, ...]
    title: str
    number_label: str
    draw_number: Callable[[Random], str]
    city: str


OFFICES = (
    Office(
        "MD",
        "State of Maryland",
        ("Department of Health", "Office of Controlled Substances Administration"),
        "CDS Registration",
        "CDS Registration Number",
        lambda rng: f"M{digits(rng, 5)}",
        "Baltimore, MD 21202",
    ),
    Office(
        "NJ",
        "State of New Jersey",
        ("Division of Consumer Affairs", "Drug Control Unit"),
        "Controlled Dangerous Substances Registration",
        "CDS Registration No.",
        lambda rng: f"D{digits(rng, 8)}",
        "Trenton, NJ 08608",
    ),
    Office(
        "CT",
        "State of Connecticut",
        ("Department of Consumer Protection",),
        "Controlled Substance Registration for Practitioner",
        "Registration No.",
        lambda rng: f"CSP.{digits(rng, 7)}",
        "Hartford, CT 06103",
    ),
    Office(
        "OK",
        "State of Oklahoma",
        ("Bureau of Narcotics and Dangerous Drugs Control",),
        "OBNDD Registration Certificate",
        "OBN Number",
        lambda rng: digits(rng, 5),
        "Tulsa, OK 74103",
    ),
    Office(
        "MO",
        "State of Missouri",
        ("Department of Health and Senior Services", "Bureau of Narcotics and Dangerous Drugs"),
        "Missouri Controlled Substances Registration",
        "Registration Number",
        lambda rng: digits(rng, 9),
        "Columbia, MO 65201",
    ),
    Office(
        "LA",
        "State of Louisiana",
        ("Board of Pharmacy",),
        "Controlled Dangerous Substance License",
        "License No.",
        lambda rng: f"CDS.{digits(rng, 6)}-MD",
        "Lafayette, LA 70501",
    ),
    Office(
        "SC",
        "South Carolina",
        ("Department of Public Health", "Bureau of Drug Control"),
        "Controlled Substances Registration",
        "Registration Number",
        lambda rng: f"20-{digits(rng, 5)}",
        "Greenville, SC 29601",
    ),
    Office(
        "UT",
        "State of Utah",
        ("Department of Commerce", "Division of Professional Licensing"),
        "Controlled Substance License",
        "License Number",
        lambda rng: f"{digits(rng, 7)}-8905",
        "Provo, UT 84601",
    ),
    Office(
        "MI",
        "State of Michigan",
        ("Department of Licensing and Regulatory Affairs", "Bureau of Professional Licensing"),
        "Controlled Substance License",
        "License No.",
        lambda rng: f"53{digits(rng, 8)}",
        "Flint, MI 48502",
    ),
    Office(
        "NV",
        "State of Nevada",
        ("State Board of Pharmacy",),
        "Practitioner Controlled Substance Registration",
        "Certificate No.",
        lambda rng: f"CS{digits(rng, 5)}",
        "Reno, NV 89501",
    ),
    Office(
        "IN",
        "State of Indiana",
        ("Professional Licensing Agency", "Board of Pharmacy"),
        "Controlled Substances Registration",
        "License Number",
        lambda rng: f"01{digits(rng, 6)}B",
        "Muncie, IN 47302",
    ),
    Office(
        "DC",
        "Government of the District of Columbia",
        ("Department of Health", "Pharmaceutical Control Division"),
        "Controlled Substances Registration Certificate",
        "Registration No.",
        lambda rng: f"CS{digits(rng, 7)}",
        "Washington, DC 20002",
    ),
    Office(
        "AL",
        "State of Alabama",
        ("Board of Medical Examiners",),
        "Alabama Controlled Substances Certificate",
        "Certificate Number",
        lambda rng: f"ACSC{digits(rng, 5)}",
        "Mobile, AL 36602",
    ),
    Office(
        "RI",
        "State of Rhode Island",
        ("Department of Health",),
        "Controlled Substance Registration",
        "Registration Number",
        lambda rng: f"CMD{digits(rng, 5)}",
        "Warwick, RI 02886",
    ),
)


def state_form(rng: Random, today: date) -> Drawn:
    """A certificate of labels, in any order and style, under the state's heading."""
    facts, person, office, style = Facts(), draw_person(rng), rng.choice(OFFICES), draw_style(rng)
    sheet = Sheet(face=draw_face(rng), margin=66)
    _heading(sheet, facts, office, rng)
    entries = (
        (office.number_label, facts.text("registration_number", office.draw_number(rng))),
        (
            rng.choice(("Registrant", "Name", "Issued To", "Registrant Name", "Practitioner")),
            print_name(facts, person, rng, degree="MD"),
        ),
        (rng.choice(("Address", "Business Address", "Location")), f"{draw_street(rng)}, {office.city}"),
        (rng.choice(("Schedules", "Drug Schedules", "Authorized Schedules", "Schedule(s)")), _schedules(facts, rng)),
        (
            rng.choice(("Issue Date", "Date Issued", "Effective Date", "Issued")),
            facts.day("issue_date", _issued(rng, today), style),
        ),
        (
            rng.choice(("Expiration Date", "Expires", "Expires On", "Valid Through")),
            facts.day("expiration_date", _expires(rng, today), style),
        ),
    )
    print_entries(sheet, shuffled(rng, entries), rng)
    sheet.skip(10)
    sheet.say(
        rng.choice(("This registration is not transferable.", "Must be displayed at the registered location.", ""))
        or "&nbsp;",
        size=9,
    )
    sheet.signature(66, min(sheet.y + 30, 700), rng, caption="Director")
    return Drawn(sheet.finish(), _TYPE, facts.recorded)


def state_certificate(rng: Random, today: date) -> Drawn:
    """The same in a sentence for the wall, the number in a corner, the expiry below."""
    facts, person, office, ink = Facts(), draw_person(rng), rng.choice(OFFICES), draw_ink(rng)
    sheet = Sheet(LANDSCAPE, face=SERIF, margin=84)
    sheet.frame(ink, inset=26)
    number = facts.text("registration_number", office.draw_number(rng))
    _heading(sheet, facts, office, rng)
    sheet.say(rng.choice(("This is to certify that", "Be it known that")), size=13)
    sheet.say(f"{facts.text('holder_name', person.name)}, M.D.", size=22, bold=True, gap=8)
    sheet.say(f"{draw_street(rng)}, {office.city}", size=11, gap=10)
    sheet.say(
        f"is registered to prescribe and dispense controlled substances in Schedules {_schedules(facts, rng)}",
        size=13,
        gap=14,
    )
    sheet.say(f"{office.number_label}: {number}", size=13, gap=8)
    style = rng.choice((dates.slashes, dates.month_name))
    issued, expires = (
        facts.day("issue_date", _issued(rng, today), style),
        facts.day("expiration_date", _expires(rng, today), style),
    )
    sheet.say(f"Issued {issued}  —  Expires {expires}", size=13)
    sheet.signature(84, 505, rng, caption="Commissioner")
    return Drawn(sheet.finish(), _TYPE, facts.recorded)


def _heading(sheet: Sheet, facts: Facts, office: Office, rng: Random) -> None:
    heading = rng.choice((office.heading, office.heading.upper()))
    sheet.say(facts.put("state", office.state, heading), size=18, bold=True, gap=2)
    for name in office.offices:
        sheet.say(name, size=12, gap=2)
    sheet.skip(8)
    sheet.say(rng.choice((office.title, office.title.upper())), size=15, bold=True, gap=18)


def _schedules(facts: Facts, rng: Random) -> str:
    chosen = rng.choice((_ARABIC, _ARABIC, ("2", "3", "4", "5"), ("3", "3N", "4", "5"), ("2N", "3N", "4", "5")))
    is_roman = rng.random() < 0.4
    names = [_ROMAN[one] if is_roman else one for one in chosen]
    if rng.random() < 0.2:
        return facts.put("schedules", chosen, f"{', '.join(names[:-1])} and {names[-1]}")
    return facts.put("schedules", chosen, rng.choice((", ", ",", " ")).join(names))


def _issued(rng: Random, today: date) -> date:
    return today - timedelta(days=rng.randint(30, 500))


def _expires(rng: Random, today: date) -> date:
    return dates.month_end(today + timedelta(days=rng.randint(70, 500)))
