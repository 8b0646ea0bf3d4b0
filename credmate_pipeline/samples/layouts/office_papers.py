"""Papers of a medical staff office that prove no credential: other insurance, profiles, forms, letters, identity."""

from datetime import date, timedelta
from random import Random

from credmate_pipeline.samples import dates
from credmate_pipeline.samples.facts import Drawn
from credmate_pipeline.samples.layouts.forms import draw_face, print_entries
from credmate_pipeline.samples.layouts.papers import unsupported
from credmate_pipeline.samples.organizations import BROKERS, HOSPITALS, SIGNERS
from credmate_pipeline.samples.people import ALLOPATHIC, draw_person
from credmate_pipeline.samples.places import JURISDICTIONS, digits, draw_street
from credmate_pipeline.samples.sheet import LANDSCAPE, SANS, SERIF, Sheet


def general_liability(rng: Random, today: date) -> Drawn:
    """A broker's form for an office's general liability: nobody's malpractice is covered."""
    broker, holder = rng.choice(BROKERS), rng.choice(HOSPITALS)
    begin = today - timedelta(days=rng.randint(30, 300))
    sheet = Sheet(face=SANS, margin=30)
    sheet.put("ACORD", 30, 26, size=11, bold=True)
    sheet.put("CERTIFICATE OF LIABILITY INSURANCE", 110, 26, width=360, size=15, bold=True)
    sheet.put(f"DATE (MM/DD/YYYY) {dates.slashes(today)}", 470, 26, width=110, size=7)
    sheet.y = 60
    sheet.say(f"PRODUCER<br/>{broker.name}<br/>{broker.address}", size=8.5, align="left", gap=8)
    sheet.say(
        f"INSURED<br/>{draw_person(rng).last} Family Practice, LLC<br/>{draw_street(rng)}",
        size=8.5,
        align="left",
        gap=8,
    )
    sheet.say(
        "INSURER A : Old Mill Casualty Company<br/>INSURER B : Tall Pines Indemnity Company",
        size=8.5,
        align="left",
        gap=12,
    )
    ends = dates.slashes(dates.years_later(begin, 1))
    rows = (
        ("INSR", "TYPE OF INSURANCE", "POLICY NUMBER", "POLICY EFF", "POLICY EXP", "LIMITS"),
        (
            "A",
            "[X] COMMERCIAL GENERAL LIABILITY<br/>[ ] CLAIMS-MADE [X] OCCUR",
            f"CGL{digits(rng, 6)}",
            dates.slashes(begin),
            ends,
            "EACH OCCURRENCE $1,000,000<br/>GENERAL AGGREGATE $2,000,000",
        ),
        (
            "A",
            "AUTOMOBILE LIABILITY<br/>[X] HIRED AUTOS",
            f"BA{digits(rng, 6)}",
            dates.slashes(begin),
            ends,
            "COMBINED SINGLE LIMIT $1,000,000",
        ),
        ("B", "WORKERS COMPENSATION", f"WC{digits(rng, 6)}", dates.slashes(begin), ends, "E.L. EACH ACCIDENT $500,000"),
    )
    sheet.table(rows, (30, 150, 96, 64, 64, 148), size=7.5)
    sheet.skip(14)
    sheet.say(
        "DESCRIPTION OF OPERATIONS: "
        + rng.choice(
            (
                "Medical office lease at the address above.",
                "Tenant improvements, suite 210.",
                "Premises and operations of a medical practice.",
            )
        ),
        size=8.5,
        align="left",
        gap=10,
    )
    sheet.say(f"CERTIFICATE HOLDER<br/>{holder.name}<br/>{holder.address}", size=8.5, align="left", gap=10)
    sheet.put("ACORD 25 (2016/03)", 30, 762, size=7)
    return unsupported(sheet)


def provider_profile(rng: Random, today: date) -> Drawn:
    """An application's profile: it lists licenses, registrations and insurance, all self-reported."""
    person, place = draw_person(rng, ALLOPATHIC), rng.choice(JURISDICTIONS)
    sheet = Sheet(face=draw_face(rng), margin=50)
    sheet.say(
        rng.choice(
            ("Provider Data Summary", "CAQH ProView Provider Profile", "Credentialing Application — Provider Profile")
        ),
        size=15,
        bold=True,
        gap=4,
    )
    sheet.say(f"CAQH Provider ID: {digits(rng, 8)}    Attestation date: {dates.slashes(today)}", size=9, gap=12)
    expires = dates.slashes(today + timedelta(days=300))
    sections = (
        (
            "Personal Information",
            (("Name", f"{person.name}, MD"), ("NPI", "1234567893"), ("Home address", draw_street(rng))),
        ),
        (
            "Professional IDs",
            (
                ("State License", f"{place.code} {place.draw_number(rng)}"),
                ("License expiration date", expires),
                ("DEA Number", f"B{person.last_first[0]}{digits(rng, 7)}"),
            ),
        ),
        (
            "Specialties",
            (
                ("Primary specialty", "Internal Medicine"),
                ("Board certified", "Yes"),
                ("Certifying board", "American Board of Internal Medicine"),
            ),
        ),
        (
            "Professional Liability Insurance",
            (
                ("Carrier", "Granite Harbor Professional Insurance Company"),
                ("Policy number", f"PL{digits(rng, 6)}"),
                ("Expiration date", expires),
            ),
        ),
        ("Work History", (("Current practice", rng.choice(HOSPITALS).name), ("Start date", f"07/{today.year - 4}"))),
        ("Hospital Affiliations", (("Primary hospital", rng.choice(HOSPITALS).name),)),
    )
    for title, rows in sections:
        sheet.say(title, size=11, bold=True, align="left", gap=4)
        sheet.label_rows(rows, size=9, pitch=16)
        sheet.skip(8)
    sheet.say(
        "Disclosure questions: answered. I attest that the information is correct and complete.", size=8, align="left"
    )
    return unsupported(sheet)


def npi_confirmation(rng: Random, today: date) -> Drawn:
    """The registry's confirmation of a National Provider Identifier."""
    person, place = draw_person(rng), rng.choice(JURISDICTIONS)
    sheet = Sheet(face=draw_face(rng), margin=60)
    sheet.say(
        rng.choice(("NPPES NPI Registry", "National Plan and Provider Enumeration System")),
        size=15,
        bold=True,
        align="left",
        gap=4,
    )
    sheet.say(f"NPI Details for {person.name}", size=12, align="left", gap=14)
    entries = (
        ("NPI", "1234567893"),
        ("NPI Type", "NPI-1 Individual"),
        ("Enumeration Date", dates.iso(dates.recently(rng, today, days=4000))),
        ("Status", "Active"),
        ("Taxonomy", f"207R00000X - Internal Medicine; State {place.code}; License {place.draw_number(rng)}"),
        ("Primary Practice Address", f"{draw_street(rng)}, {place.cities[0][0]}, {place.code} {place.cities[0][1]}"),
        ("Last Updated", dates.iso(today)),
    )
    print_entries(sheet, entries, rng)
    return unsupported(sheet)


def vaccination_card(rng: Random, today: date) -> Drawn:
    """A record of vaccinations."""
    person = draw_person(rng)
    sheet = Sheet(LANDSCAPE, face=SANS, margin=110)
    sheet.say(
        rng.choice(("COVID-19 Vaccination Record Card", "Immunization Record", "Employee Vaccination Record")),
        size=18,
        bold=True,
        align="left",
        gap=10,
    )
    sheet.say(
        "Please keep this record card, which includes medical information about the vaccines you have received.",
        size=9,
        align="left",
        gap=10,
    )
    sheet.label_rows(
        (
            ("Last Name", person.last),
            ("First Name", person.first),
            ("Date of birth", f"{rng.randint(1, 12)}/{rng.randint(1, 28)}/19{rng.randint(55, 95)}"),
            ("Patient number", digits(rng, 6)),
        ),
        size=10,
    )
    first = dates.recently(rng, today, days=1500, at_least=200)
    rows = [("Vaccine", "Product Name/Manufacturer Lot Number", "Date", "Healthcare Professional or Clinic Site")]
    rows += [
        (
            f"Dose {n + 1}",
            f"Lot {digits(rng, 5)}",
            dates.plain_slashes(first + timedelta(days=28 * n)),
            rng.choice(HOSPITALS).name,
        )
        for n in range(3)
    ]
    sheet.table(rows, (80, 190, 90, 200), size=9)
    return unsupported(sheet)


def taxpayer_form(rng: Random, today: date) -> Drawn:
    """A request for a taxpayer's number, filled in."""
    person = draw_person(rng)
    sheet = Sheet(face=SANS, margin=44)
    sheet.put("Form W-9", 44, 40, size=16, bold=True)
    sheet.put(
        "Request for Taxpayer Identification Number and Certification",
        160,
        40,
        width=290,
        size=13,
        bold=True,
        align="center",
    )
    sheet.put("(Rev. March 2024) Department of the Treasury Internal Revenue Service", 44, 64, width=110, size=6.5)
    sheet.y = 110
    entries = (
        ("1 Name of entity/individual", person.name),
        ("2 Business name/disregarded entity name", f"{person.last} Medical PLLC"),
        ("3 Federal tax classification", "[X] Limited liability company   [ ] Trust/estate"),
        ("5 Address", draw_street(rng)),
        ("Employer identification number", f"{digits(rng, 2)}-{digits(rng, 7)}"),
    )
    sheet.label_rows(entries, label_width=200, pitch=28)
    sheet.say(
        "Under penalties of perjury, I certify that the number shown on this form is my correct taxpayer "
        "identification number, and that I am not subject to backup withholding.",
        size=8.5,
        align="left",
        gap=30,
    )
    sheet.signature(60, sheet.y, rng, caption=f"Signature of U.S. person    Date {dates.slashes(today)}")
    return unsupported(sheet)


def employment_verification(rng: Random, today: date) -> Drawn:
    """A hospital confirms privileges or employment; it mentions a license and insurance."""
    hospital, person, place = rng.choice(HOSPITALS), draw_person(rng), rng.choice(JURISDICTIONS)
    sheet = Sheet(face=SERIF, margin=74)
    sheet.say(hospital.name, size=15, bold=True, align="left", gap=2)
    sheet.say(hospital.address, size=9, align="left", gap=20)
    sheet.say(dates.month_name(dates.recently(rng, today, days=90)), size=11, align="left", gap=12)
    sheet.say(
        rng.choice(
            ("To Whom It May Concern:", "RE: Verification of Employment", "Re: Hospital Affiliation Verification")
        ),
        size=11,
        align="left",
        gap=10,
    )
    sheet.say(
        f"This letter is to verify that {person.name}, MD has been a member of our medical staff since "
        f"{dates.month_name(dates.recently(rng, today, days=3000, at_least=400))} and is in good standing. "
        f"Dr. {person.last} is board certified, holds an active {place.name} medical license and current "
        "professional liability insurance, and has had no disciplinary action. All staff keep BLS cards.",
        size=11,
        align="left",
        gap=14,
    )
    sheet.say("Please contact our office with any questions.", size=11, align="left", gap=12)
    sheet.say("Sincerely,", size=11, align="left", gap=30)
    sheet.signature(74, sheet.y, rng, caption=f"{rng.choice(SIGNERS)}<br/>Medical Staff Services")
    return unsupported(sheet)


def identity_card(rng: Random, today: date) -> Drawn:
    """A driver license or passport page of an invented state or person."""
    person, place = draw_person(rng), rng.choice(JURISDICTIONS)
    sheet = Sheet(face=SANS, margin=60)
    sheet.box(110, 100, 380, 230, weight=1, fill="#eef2f7")
    born = f"{rng.randint(1, 12):02d}/{rng.randint(1, 28):02d}/19{rng.randint(55, 95)}"
    expires = dates.slashes(today + timedelta(days=rng.randint(200, 1800)))
    issued = dates.slashes(dates.recently(rng, today))
    if rng.random() < 0.5:
        sheet.put(f"{place.name.upper()}  DRIVER LICENSE", 124, 110, width=350, size=14, bold=True)
        rows = (
            f"DL {digits(rng, 8)}",
            f"EXP {expires}",
            f"LN {person.last.upper()}",
            f"FN {person.first.upper()}",
            f"DOB {born}",
            f"ISS {issued}   CLASS C   SEX F   HGT 5-06",
            "DONOR",
        )
    else:
        sheet.put("PASSPORT   UNITED STATES OF AMERICA", 124, 110, width=350, size=14, bold=True)
        rows = (
            f"Passport No. {digits(rng, 9)}",
            f"Surname {person.last.upper()}",
            f"Given Names {person.first.upper()}",
            "Nationality UNITED STATES OF AMERICA",
            f"Date of birth {born}",
            f"Date of issue {issued}",
            f"Date of expiration {expires}",
            "Authority United States Department of State",
        )
    for number, row in enumerate(rows):
        sheet.put(row, 230, 140 + 22 * number, width=250, size=10)
    sheet.box(124, 140, 90, 120, weight=0.8, fill="#c8d2de")
    return unsupported(sheet)


def reference_letter(rng: Random, today: date) -> Drawn:
    """A colleague recommends a physician, naming certifications and courses."""
    person, writer = draw_person(rng), draw_person(rng)
    sheet = Sheet(face=SERIF, margin=76)
    sheet.say(dates.month_name(dates.recently(rng, today, days=200)), size=11, align="left", gap=16)
    sheet.say(
        rng.choice(("Dear Credentials Committee:", "Dear Colleagues,", "To Whom It May Concern:")),
        size=11,
        align="left",
        gap=10,
    )
    for text in (
        f"I am pleased to recommend {person.name}, {person.credentials}, for appointment. "
        f"I have worked with Dr. {person.last} for five years.",
        "She is a diplomate of the American Board of Internal Medicine, keeps her state license and DEA "
        "registration current, teaches ACLS and PALS, and regularly attends continuing medical education.",
        "I recommend her without reservation. Please do not hesitate to contact me.",
        "Sincerely,",
    ):
        sheet.say(text, size=11, align="left", gap=12)
    sheet.skip(30)
    sheet.signature(76, sheet.y, rng, caption=f"{writer.name}, MD")
    return unsupported(sheet)
