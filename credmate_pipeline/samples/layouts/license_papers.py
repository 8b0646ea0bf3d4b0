"""Licenses on paper: solemn certificates with and without a number or expiry, renewal slips, cards with a copy."""

from datetime import date, timedelta
from random import Random

from credmate_pipeline.samples import dates
from credmate_pipeline.samples.facts import Drawn, Facts
from credmate_pipeline.samples.layouts.forms import draw_face, draw_ink, draw_style, print_entries
from credmate_pipeline.samples.layouts.state_license import draw_license
from credmate_pipeline.samples.people import MID_LEVELS, OSTEOPATHIC, draw_person
from credmate_pipeline.samples.places import JURISDICTIONS, digits, draw_street, jurisdiction
from credmate_pipeline.samples.sheet import LANDSCAPE, SANS, SERIF, Sheet


def parchment(rng: Random, today: date) -> Drawn:
    """For the wall, the date in words or solemn, several officers below; it never expires."""
    license_, facts, ink = draw_license(rng, today), Facts(), draw_ink(rng)
    place, sheet = license_.place, Sheet(LANDSCAPE, face=SERIF, margin=84)
    sheet.frame(ink, inset=22)
    sheet.skip(-24)
    title = rng.choice((f"The State of {place.name}", f"STATE OF {place.name.upper()}", f"State of {place.name}"))
    sheet.say(facts.put("state", place.code, title), size=27, bold=True, ink=ink, gap=6)
    sheet.say(place.board, size=18, gap=14)
    number = facts.text("license_number", license_.number)
    if is_number_first := rng.random() < 0.5:
        sheet.put(rng.choice((f"No. {number}", f"License No. {number}", f"Certificate No. {number}")), 60, 54, size=11)
    sheet.say(
        rng.choice(
            ("Know all by these presents that", "Hereby certifies that", "This is to certify that", "hereby grants to")
        ),
        size=14,
    )
    degree = rng.choice(("M.D.", "MD", "Doctor of Medicine", ""))
    name = facts.text("holder_name", license_.person.name)
    sheet.say(f"{name}, {degree}" if degree else name, size=26, bold=True, gap=12)
    sheet.say(
        rng.choice(
            (
                "having complied with the requirements of law and proven qualification is licensed to practice",
                "having met all requirements of the laws of this State, is authorized to engage in the practice of",
                "has been found qualified and is hereby granted this license to practice",
            )
        ),
        size=14,
        gap=8,
    )
    sheet.say(facts.text("license_type", "Medicine and Surgery"), size=19, bold=True, gap=12)
    sheet.say(
        f"In witness whereof we have set our hands and the seal of the Board this "
        f"{facts.day('issue_date', license_.issued_on, rng.choice((dates.solemn, dates.in_words)))}",
        size=13,
        gap=8,
    )
    if not is_number_first:
        sheet.say(rng.choice((f"License Number {number}", f"License No. {number}")), size=13)
    for x, office in ((84, "President"), (310, "Vice President"), (540, "Secretary-Treasurer")):
        signer = draw_person(rng)
        sheet.signature(x, 505, rng, caption=f"{signer.name}, M.D.<br/>{office}", width=150)
    return Drawn(sheet.finish(), "license", facts.recorded)


def education_department(rng: Random, today: date) -> Drawn:
    """New York's registration certificate: a register's sentence with license and certificate numbers."""
    facts, person, place = Facts(), draw_person(rng), jurisdiction("NY")
    expires = dates.month_end(today + timedelta(days=rng.randint(70, 700)))
    sheet = Sheet(LANDSCAPE, face=SERIF, margin=90)
    sheet.frame("#1f3a5f", inset=26, double=False)
    sheet.say("The University of the State of New York", size=18, bold=True, gap=2)
    sheet.say("Education Department", size=14, gap=2)
    sheet.say("Office of the Professions", size=14, gap=10)
    sheet.say("REGISTRATION CERTIFICATE", size=17, bold=True, gap=4)
    sheet.say("Do not accept a copy of this certificate", size=10, gap=20)
    top = sheet.y
    sheet.put(f"License Number: {facts.text('license_number', place.draw_number(rng))}", 90, top, size=12)
    sheet.put(f"Certificate Number: {digits(rng, 7)}", 500, top, width=220, size=12)
    sheet.y = top + 34
    sheet.say(facts.text("holder_name", person.capitals), size=15, bold=True, align="left", gap=1)
    sheet.say(draw_street(rng).upper(), size=12, align="left", gap=1)
    city, zip_code = rng.choice(place.cities)
    sheet.say(f"{city.upper()}, NY {zip_code}-0000", size=12, align="left", gap=20)
    day = facts.day("expiration_date", expires, dates.slashes)
    kind = facts.text("license_type", "PHYSICIAN")
    sheet.say(
        f"is registered to practice in {facts.put('state', 'NY', 'New York State')} through {day} as a(n) {kind}",
        size=14,
        gap=12,
    )
    sheet.signature(90, 480, rng, caption="Executive Secretary")
    sheet.signature(520, 480, rng, caption="Commissioner of Education")
    return Drawn(sheet.finish(), "license", facts.recorded)


def quality_assurance(rng: Random, today: date) -> Drawn:
    """Florida's license: date, license and control number in a row, the sentence below, an expiration date."""
    facts, person = Facts(), draw_person(rng, OSTEOPATHIC if (is_do := rng.random() < 0.4) else ("MD",))
    expires = dates.month_end(date(today.year + rng.randint(1, 2), 1, 5))
    sheet = Sheet(face=rng.choice((SANS, SERIF)), margin=60)
    for copy in range(rng.choice((1, 2))):
        sheet.y = 60 + copy * 330
        sheet.box(44, sheet.y - 12, 524, 310, weight=1)
        sheet.say(facts.put("state", "FL", "STATE OF FLORIDA"), size=13, bold=True, gap=1)
        sheet.say("DEPARTMENT OF HEALTH", size=12, gap=1)
        sheet.say("DIVISION OF MEDICAL QUALITY ASSURANCE", size=11, gap=14)
        top = sheet.y
        number = facts.text(
            "license_number", f"{'OS' if is_do else 'ME'}{1000 + len(person.name) * 3141 + expires.year}"
        )
        issued = today - timedelta(days=40 + len(person.last))
        cells = (
            ("DATE", dates.slashes(issued)),
            ("LICENSE NO.", number),
            ("CONTROL NO.", str(700000 + len(person.last) * 37)),
        )
        for place, (label, value) in enumerate(cells):
            sheet.put(label, 70 + 165 * place, top, width=150, size=9, bold=True)
            sheet.put(value, 70 + 165 * place, top + 13, width=150, size=11)
        sheet.y = top + 44
        kind = facts.text("license_type", "OSTEOPATHIC PHYSICIAN" if is_do else "MEDICAL DOCTOR")
        sheet.say(
            f"The {kind} named below has met all requirements of the laws and rules of the state of Florida.",
            size=10.5,
            gap=10,
        )
        sheet.say(
            f"Expiration Date: <b>{facts.day('expiration_date', expires, dates.capital_month)}</b>",
            size=11,
            align="left",
            gap=12,
        )
        sheet.say(facts.text("holder_name", person.capitals), size=13, bold=True, align="left", gap=2)
        sheet.say(draw_street(rng).upper(), size=10, align="left", gap=2)
        sheet.say("OCALA, FL 34470", size=10, align="left")
    return Drawn(sheet.finish(), "license", facts.recorded)


def registration_slip(rng: Random, today: date) -> Drawn:
    """A card with its copy, or a slip of a licensing bureau: license, expiry and an audit number."""
    license_, facts, style = (
        draw_license(rng, today),
        Facts(),
        rng.choice((dates.slashes, dates.plain_slashes, dates.short_month)),
    )
    place, sheet = license_.place, Sheet(face=SANS, margin=70)
    state = facts.put("state", place.code, f"STATE OF {place.name.upper()}")
    for copy in range(rng.choice((1, 2))):
        top = 70 + copy * 260
        sheet.box(70, top, 440, 220, weight=1.2)
        sheet.put(state, 78, top + 8, width=300, size=11, bold=True)
        sheet.put("DEPARTMENT OF LICENSING AND REGULATORY AFFAIRS", 78, top + 24, width=420, size=8.5)
        sheet.put(place.board.upper(), 78, top + 38, width=420, size=10)
        sheet.put(
            f"{facts.text('license_type', place.license_type.upper())} LICENSE",
            78,
            top + 58,
            width=420,
            size=12,
            bold=True,
        )
        sheet.put(facts.text("holder_name", license_.person.capitals), 90, top + 88, width=380, size=13, bold=True)
        cells = (
            (
                rng.choice(("LICENSE NO.", "PERMANENT I.D. NO.", "LICENSE NUMBER")) if copy == 0 else "LICENSE NO.",
                facts.text("license_number", license_.number),
            ),
            ("EXPIRATION DATE", facts.day("expiration_date", license_.expires_on, style)),
            ("AUDIT NO.", str(3000000 + len(license_.person.name) * 1234)),
        )
        for number, (label, value) in enumerate(cells):
            sheet.put(label, 84 + 140 * number, top + 140, width=134, size=8)
            sheet.put(value, 84 + 140 * number, top + 152, width=134, size=12, bold=True)
        sheet.put("THIS DOCUMENT IS DULY ISSUED UNDER THE LAWS OF THE STATE", 84, top + 192, width=400, size=7.5)
    return Drawn(sheet.finish(), "license", facts.recorded)


def practitioner_card(rng: Random, today: date) -> Drawn:
    """An assistant's or nurse practitioner's license on a page of labels, the state's department above."""
    facts, person, style = Facts(), draw_person(rng, MID_LEVELS), draw_style(rng)
    place = rng.choice(JURISDICTIONS)
    kind = "Physician Assistant" if person.credentials == "PA-C" else "Advanced Practice Registered Nurse"
    sheet, ink = Sheet(face=draw_face(rng), margin=72), draw_ink(rng)
    sheet.frame(ink, inset=40, double=False)
    facts.put("state", place.code, place.name)
    offices = (
        "Department of Health",
        "Department of Professional Regulation",
        "Board of Nursing",
        "Department of Licensing",
    )
    office = rng.choice(offices)
    sheet.say(f"{place.name} {office}", size=17, bold=True, ink=ink, gap=4)
    sheet.say(rng.choice(("License", "Professional License", "Certificate of Licensure")), size=14, gap=20)
    entries = (
        (
            rng.choice(("Licensee", "Name", "Issued To", "Licensee Name")),
            facts.text("holder_name", rng.choice((person.name, person.capitals))),
        ),
        (rng.choice(("Profession", "License Type", "Licensed As")), facts.text("license_type", kind)),
        (
            rng.choice(("License Number", "License No.", "License #")),
            facts.text("license_number", f"{rng.choice(('PA', 'AP', 'NP', ''))}{digits(rng, 6)}"),
        ),
        (
            rng.choice(("Issued", "Issue Date", "Date of Issue", "Effective Date")),
            facts.day("issue_date", today - timedelta(days=rng.randint(100, 4000)), style),
        ),
        (
            rng.choice(("Expires", "Expiration Date", "Valid Through", "Valid Until")),
            facts.day("expiration_date", dates.month_end(today + timedelta(days=rng.randint(70, 700))), style),
        ),
    )
    print_entries(sheet, entries, rng)
    sheet.signature(72, min(sheet.y + 60, 690), rng, caption="Director")
    return Drawn(sheet.finish(), "license", facts.recorded)
