"""DEA registrations: the certificate with its wallet copy, a wide certificate, a printed register page."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.samples import dates
from credmate_pipeline.samples.facts import Drawn, Facts
from credmate_pipeline.samples.numbers import draw_dea_number, with_wrong_check_digit
from credmate_pipeline.samples.people import ALLOPATHIC, MID_LEVELS, Person, draw_person
from credmate_pipeline.samples.places import JURISDICTIONS, draw_street
from credmate_pipeline.samples.sheet import LANDSCAPE, SANS, SERIF, Sheet

_SCHEDULES = (
    ("2", "2N", "3", "3N", "4", "5"),
    ("2", "2N", "3", "3N", "4", "5"),
    ("3", "3N", "4", "5"),
    ("2N", "3N", "4", "5"),
)
NOT_TRANSFERABLE = (
    "THIS CERTIFICATE IS NOT TRANSFERABLE ON CHANGE OF OWNERSHIP, CONTROL, LOCATION, OR BUSINESS ACTIVITY, "
    "AND IT IS NOT VALID AFTER THE EXPIRATION DATE."
)
SECTIONS = (
    "Sections 304 and 1008 (21 USC 824 and 958) of the Controlled Substances Act of 1970, as amended, provide that the "
    "Attorney General may revoke or suspend a registration to manufacture, distribute, dispense, import or export a "
    "controlled substance."
)


@dataclass(frozen=True, slots=True)
class Registration:
    """A registration before any of it is printed."""

    person: Person
    number: str
    schedules: tuple[str, ...]
    activity: str
    issued_on: date
    expires_on: date
    street: str
    city: str
    state: str
    zip_code: str

    def print(self, facts: Facts) -> dict[str, str]:
        """Every fact recorded, and what to print for it."""
        return {
            "number": facts.text("registration_number", self.number),
            "name": facts.text("holder_name", self.person.last_first),
            "schedules": facts.put("schedules", self.schedules, ",".join(self.schedules)),
            "activity": facts.text("business_activity", self.activity),
            "issued": facts.day("issue_date", self.issued_on, dates.dashes),
            "expires": facts.day("expiration_date", self.expires_on, dates.dashes),
            "state": facts.text("address_state", self.state),
        }


def draw_registration(
    rng: Random, today: date, *, is_mid_level: bool = False, is_expired: bool = False
) -> Registration:
    """Three years to the end of a month, of which at least two months are left (or long gone)."""
    age = rng.randint(1200, 2200) if is_expired else rng.randint(40, 950)
    issued = today - timedelta(days=age)
    person = draw_person(rng, MID_LEVELS if is_mid_level else ALLOPATHIC)
    place = rng.choice(JURISDICTIONS)
    city, zip_code = rng.choice(place.cities)
    mid_level = "PHYSICIAN ASSISTANT" if person.credentials == "PA-C" else "NURSE PRACTITIONER"
    return Registration(
        person=person,
        number=draw_dea_number(rng, person, is_mid_level=is_mid_level),
        schedules=rng.choice(_SCHEDULES),
        activity=f"MLP-{mid_level}" if is_mid_level else "PRACTITIONER",
        issued_on=issued,
        expires_on=dates.month_end(dates.years_later(issued.replace(day=1), 3)),
        street=draw_street(rng).upper(),
        city=city.upper(),
        state=place.code,
        zip_code=zip_code,
    )


def form_223(rng: Random, today: date) -> Drawn:
    """The certificate with the same facts on a wallet copy above it."""
    return _form_223(draw_registration(rng, today))


def form_223_expired(rng: Random, today: date) -> Drawn:
    """The same form, years out of date: history, but nothing wrong with it."""
    return _form_223(draw_registration(rng, today, is_expired=True))


def form_223_bad_check_digit(rng: Random, today: date) -> Drawn:
    """The same form with a number whose check digit does not hold."""
    drawn = draw_registration(rng, today)
    wrong = Registration(
        drawn.person,
        with_wrong_check_digit(drawn.number),
        drawn.schedules,
        drawn.activity,
        *(drawn.issued_on, drawn.expires_on, drawn.street, drawn.city, drawn.state, drawn.zip_code),
    )
    return _form_223(wrong, DocumentStatus.REVIEW_PENDING)


def _form_223(registration: Registration, status: DocumentStatus = DocumentStatus.COMPLETED) -> Drawn:
    facts = Facts()
    printed = registration.print(facts)
    sheet = Sheet(face=SANS, margin=54)
    _wallet_copy(sheet, registration, printed, 54, 70)
    sheet.put("Cut along the line and carry the wallet copy.", 330, 130, width=220, size=9)
    sheet.rule(292, weight=0.5)
    _certificate(sheet, registration, printed, 54, 330)
    return Drawn(sheet.finish(), "dea_registration", facts.recorded, status)


def _wallet_copy(sheet: Sheet, registration: Registration, printed: dict[str, str], x: float, y: float) -> None:
    sheet.box(x, y, 262, 170, weight=1)
    sheet.put("CONTROLLED SUBSTANCE REGISTRATION CERTIFICATE", x, y + 6, width=262, size=7.5, bold=True, align="center")
    sheet.put("UNITED STATES DEPARTMENT OF JUSTICE", x, y + 17, width=262, size=6.5, align="center")
    sheet.put("DRUG ENFORCEMENT ADMINISTRATION", x, y + 26, width=262, size=6.5, align="center")
    cells = (
        ("DEA REGISTRATION NUMBER", printed["number"], 0, 42),
        ("THIS REGISTRATION EXPIRES", printed["expires"], 131, 42),
        ("SCHEDULES", printed["schedules"], 0, 68),
        ("BUSINESS ACTIVITY", printed["activity"], 88, 68),
        ("ISSUE DATE", printed["issued"], 196, 68),
    )
    for label, value, dx, dy in cells:
        sheet.put(label, x + 6 + dx, y + dy, width=125, size=5.5)
        sheet.put(value, x + 6 + dx, y + dy + 9, width=125, size=8, bold=True)
    sheet.put(_address(registration, printed), x + 6, y + 98, width=250, size=8)


def _certificate(sheet: Sheet, registration: Registration, printed: dict[str, str], x: float, y: float) -> None:
    width = sheet.width - 2 * x
    sheet.box(x, y, width, 390, weight=1.5)
    sheet.put(
        "CONTROLLED SUBSTANCE REGISTRATION CERTIFICATE", x, y + 12, width=width, size=13, bold=True, align="center"
    )
    sheet.put("UNITED STATES DEPARTMENT OF JUSTICE", x, y + 32, width=width, size=10, align="center")
    sheet.put("DRUG ENFORCEMENT ADMINISTRATION", x, y + 46, width=width, size=10, align="center")
    sheet.put("WASHINGTON D.C. 20537", x, y + 60, width=width, size=9, align="center")
    rows = (
        (
            ("DEA REGISTRATION NUMBER", printed["number"]),
            ("THIS REGISTRATION EXPIRES", printed["expires"]),
            ("FEE PAID", "$888"),
        ),
        (
            ("SCHEDULES", printed["schedules"]),
            ("BUSINESS ACTIVITY", printed["activity"]),
            ("ISSUE DATE", printed["issued"]),
        ),
    )
    cell = width / 3
    for number, row in enumerate(rows):
        for column, (label, value) in enumerate(row):
            left, top = x + cell * column, y + 88 + 46 * number
            sheet.box(left, top, cell, 46, weight=0.7)
            sheet.put(label, left, top + 5, width=cell, size=7.5, align="center")
            sheet.put(value, left, top + 20, width=cell, size=11, bold=True, align="center")
    sheet.put(_address(registration, printed), x + 24, y + 204, width=300, size=11)
    sheet.seal(x + width - 80, y + 245, 42, "#1f3a5f")
    sheet.put(SECTIONS, x + 16, y + 306, width=width - 32, size=7.5)
    sheet.put(NOT_TRANSFERABLE, x + 16, y + 345, width=width - 32, size=7.5, bold=True)
    sheet.put("Form DEA-223", x + 16, y + 372, size=7.5)


def _address(registration: Registration, printed: dict[str, str]) -> str:
    degree = registration.person.credentials.split(", ", maxsplit=1)[0].upper()
    return (
        f"{printed['name']} ({degree})<br/>{registration.street}<br/>"
        f"{registration.city}, {printed['state']} {registration.zip_code}"
    )


def wide_certificate(rng: Random, today: date) -> Drawn:
    """One wide certificate of a mid-level practitioner; labels stand above their values."""
    registration = draw_registration(rng, today, is_mid_level=True)
    facts = Facts()
    printed = registration.print(facts)
    sheet = Sheet(LANDSCAPE, face=SERIF, margin=60)
    sheet.frame("#2d4a2f", inset=28)
    sheet.skip(4)
    sheet.say("UNITED STATES DEPARTMENT OF JUSTICE", size=13, gap=2)
    sheet.say("DRUG ENFORCEMENT ADMINISTRATION", size=13, gap=12)
    sheet.say("CONTROLLED SUBSTANCE REGISTRATION CERTIFICATE", size=19, bold=True, gap=24)
    top = sheet.y
    columns = (
        (60, (("DEA REGISTRATION NUMBER", printed["number"]), ("SCHEDULES", printed["schedules"]))),
        (290, (("ISSUE DATE", printed["issued"]), ("BUSINESS ACTIVITY", printed["activity"]))),
        (540, (("THIS REGISTRATION EXPIRES", printed["expires"]), ("FEE PAID", "EXEMPT"))),
    )
    for x, cells in columns:
        for number, (label, value) in enumerate(cells):
            sheet.put(label, x, top + 58 * number, width=220, size=9)
            sheet.put(value, x, top + 58 * number + 14, width=220, size=14, bold=True)
    sheet.put(_address(registration, printed), 60, top + 140, width=360, size=14)
    sheet.seal(sheet.width - 140, top + 175, 46, "#2d4a2f")
    sheet.put(SECTIONS, 60, 478, width=sheet.width - 120, size=8.5)
    sheet.put(NOT_TRANSFERABLE, 60, 506, width=sheet.width - 120, size=8.5, bold=True)
    sheet.put("Form DEA-223", 60, 545, size=8)
    return Drawn(sheet.finish(), "dea_registration", facts.recorded)


def register_page(rng: Random, today: date) -> Drawn:
    """A register's page printed from the browser: a label and a value a line."""
    registration = draw_registration(rng, today)
    facts = Facts()
    printed = registration.print(facts)
    sheet = Sheet(face=SANS, margin=56)
    sheet.put(dates.slashes(today), 30, 20, size=7)
    sheet.put("Registration Details", 30, 20, width=552, size=7, align="center")
    sheet.skip(10)
    sheet.say("Drug Enforcement Administration", size=16, bold=True, align="left", gap=2)
    sheet.say("Diversion Control Division • U.S. Department of Justice", size=9, align="left", gap=18)
    sheet.box(56, sheet.y, 500, 26, weight=0, fill="#dfe6ee")
    sheet.put("DEA Registration Details", 64, sheet.y + 6, size=12, bold=True)
    sheet.skip(44)
    rows = [
        ("DEA Registration Number", printed["number"]),
        ("Registrant Name", printed["name"]),
        ("Business Activity", printed["activity"]),
        ("Schedules", printed["schedules"]),
        ("Issue Date", printed["issued"]),
        ("Expiration Date", printed["expires"]),
        (
            "Registered Address",
            f"{registration.street}<br/>{registration.city}, {printed['state']} {registration.zip_code}",
        ),
        ("Status", "ACTIVE"),
    ]
    sheet.label_rows(rows, size=10.5, pitch=26, label_width=180, ruled=True)
    sheet.skip(16)
    sheet.say("This page shows a controlled substance registration as of the date printed above.", size=8, align="left")
    return Drawn(sheet.finish(), "dea_registration", facts.recorded)
