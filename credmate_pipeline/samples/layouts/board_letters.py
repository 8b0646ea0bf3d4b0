"""Board certifications in letters, web reports and on certificates of further bodies."""

from datetime import date, timedelta
from random import Random

from credmate_pipeline.samples import dates
from credmate_pipeline.samples.facts import Drawn, Facts
from credmate_pipeline.samples.people import OSTEOPATHIC, draw_person
from credmate_pipeline.samples.places import digits
from credmate_pipeline.samples.sheet import HUMANIST, LANDSCAPE, SANS, SERIF, Sheet

_TYPE = "board_certification"
_BOARDS = (
    ("American Board of Internal Medicine", "Internal Medicine"),
    ("American Board of Family Medicine", "Family Medicine"),
    ("American Board of Emergency Medicine", "Emergency Medicine"),
    ("American Board of Anesthesiology", "Anesthesiology"),
    ("American Board of Pediatrics", "General Pediatrics"),
    ("American Board of Dermatology", "Dermatology"),
    ("American Board of Urology", "Urology"),
)
_OSTEOPATHIC = (
    ("American Osteopathic Board of Family Physicians", "Family Medicine and Osteopathic Manipulative Treatment"),
    ("American Osteopathic Board of Emergency Medicine", "Emergency Medicine"),
    ("American Osteopathic Board of Surgery", "General Surgery"),
)


def certification_letter(rng: Random, today: date) -> Drawn:
    """A board's office confirms a certification to whom it may concern, in sentences."""
    facts, person = Facts(), draw_person(rng, ("MD",))
    board, specialty = rng.choice(_BOARDS)
    issued = today - timedelta(days=rng.randint(500, 6000))
    expires = date(today.year + rng.randint(1, 7), 12, 31)
    sheet = Sheet(face=rng.choice((SERIF, SANS)), margin=74)
    sheet.say(facts.text("board", board), size=17, bold=True, gap=3)
    sheet.say("A Member Board of the American Board of Medical Specialties", size=9, gap=28)
    sheet.say(dates.month_name(today - timedelta(days=rng.randint(1, 30))), size=11, align="left", gap=16)
    sheet.say("RE: Verification of Board Certification", size=11, bold=True, align="left", gap=14)
    sheet.say("To Whom It May Concern:", size=11, align="left", gap=12)
    name = facts.text("holder_name", person.name)
    sheet.say(
        f"This letter is to verify that {name}, MD, is certified by the {board} in "
        f"{facts.text('specialty', specialty)}.",
        size=11,
        align="left",
        gap=14,
    )
    rows = (
        ("Certificate Number:", facts.text("certificate_number", digits(rng, 6))),
        ("Initial Certification:", facts.day("issue_date", issued, dates.month_name)),
        ("Certification Valid Through:", facts.day("expiration_date", expires, dates.month_name)),
        ("Participating in Continuing Certification:", "Yes"),
    )
    sheet.label_rows(rows, label_width=240, size=11)
    sheet.skip(14)
    sheet.say("Sincerely,", size=11, align="left", gap=40)
    sheet.signature(74, sheet.y, rng, caption="Manager, Credentials and Verification")
    return Drawn(sheet.finish(), _TYPE, facts.recorded)


def certification_matters(rng: Random, today: date) -> Drawn:
    """A register of all boards: the person as heading, a board and its certification in a table of history."""
    facts, person = Facts(), draw_person(rng, ("MD",))
    board, specialty = rng.choice(_BOARDS)
    issued, style = today - timedelta(days=rng.randint(700, 5000)), rng.choice((dates.slashes, dates.month_name))
    expires = date(today.year + rng.randint(1, 6), 12, 31)
    sheet = Sheet(face=HUMANIST, margin=50)
    sheet.say("Is My Doctor Board Certified?", size=10, align="left", gap=10)
    sheet.say(facts.text("holder_name", person.name) + ", MD", size=18, bold=True, align="left", gap=4)
    sheet.say("is certified by an ABMS Member Board", size=11, align="left", gap=14)
    sheet.say(facts.text("board", board), size=14, bold=True, align="left", gap=6)
    sheet.say("Certification History", size=11, bold=True, align="left", gap=4)
    head = ("Specialty", "Status", "Duration", "Occurrence", "Start Date", "End Date")
    row = (
        facts.text("specialty", specialty),
        "Certified",
        "Time-Limited",
        "Initial Certification",
        facts.day("issue_date", issued, style),
        facts.day("expiration_date", expires, style),
    )
    sheet.table((head, row), (120, 66, 76, 90, 80, 80), size=8.5)
    sheet.skip(8)
    sheet.say("Participating in Continuing Certification: Yes", size=10, align="left", gap=14)
    sheet.say(f"Information as of {dates.month_name(today)}", size=8, align="left")
    return Drawn(sheet.finish(), _TYPE, facts.recorded)


def osteopathic_wall(rng: Random, today: date) -> Drawn:
    """The association certifies upon its board's recommendation: two bodies, of which the board counts."""
    facts, person = Facts(), draw_person(rng, OSTEOPATHIC)
    board, specialty = rng.choice(_OSTEOPATHIC)
    issued = today - timedelta(days=rng.randint(500, 6000))
    sheet = Sheet(LANDSCAPE, face=SERIF, margin=96)
    sheet.frame("#1f3a5f", inset=24)
    sheet.say("American Osteopathic Association", size=23, bold=True, gap=6)
    sheet.say("Bureau of Osteopathic Specialists", size=13, gap=8)
    sheet.say("upon the recommendation of the", size=12, gap=4)
    sheet.say(facts.text("board", board), size=17, bold=True, gap=8)
    sheet.say("hereby certifies that", size=12, gap=6)
    sheet.say(f"{facts.text('holder_name', person.name)}, D.O.", size=24, bold=True, gap=8)
    sheet.say("having met all requirements is certified in", size=12, gap=6)
    sheet.say(facts.text("specialty", specialty), size=17, bold=True, gap=12)
    number = facts.text("certificate_number", digits(rng, 4))
    sheet.say(f"Certificate No. {number}", size=11, gap=4)
    sheet.say(f"Effective {facts.day('issue_date', issued, dates.month_name)}", size=11, gap=4)
    expires = date(today.year + rng.randint(1, 6), 12, 31)
    sheet.say(f"Expires {facts.day('expiration_date', expires, dates.month_name)}", size=11)
    sheet.signature(110, 520, rng, caption="Chair, Bureau of Osteopathic Specialists", width=200)
    sheet.signature(500, 520, rng, caption="Executive Director")
    return Drawn(sheet.finish(), _TYPE, facts.recorded)


def assistants_verification(rng: Random, today: date) -> Drawn:
    """An assistant's certification as the commission tells it on the web: no specialty but the profession."""
    facts, person, style = Facts(), draw_person(rng, ("PA-C",)), dates.slashes
    issued, expires = today - timedelta(days=rng.randint(300, 5000)), date(today.year + rng.randint(1, 2), 12, 31)
    sheet = Sheet(face=SANS, margin=56)
    board = "National Commission on Certification of Physician Assistants"
    sheet.say(facts.text("board", board), size=13, bold=True, align="left", gap=4)
    sheet.say("Verify PA Certification", size=12, align="left", gap=16)
    rows = (
        ("Name", facts.text("holder_name", person.name)),
        ("Credential", "PA-C"),
        ("Location", "Dayton, OH"),
        ("Certification Status", "Certified"),
        ("NCCPA ID", facts.text("certificate_number", digits(rng, 7))),
        ("Initial Certification", facts.day("issue_date", issued, style)),
        ("Certification Expires", facts.day("expiration_date", expires, style)),
        ("Disciplinary History", "None Reported"),
    )
    sheet.table(rows, (190, 260), size=10)
    sheet.skip(8)
    facts.put("specialty", "Physician Assistant", "Physician Assistant")
    sheet.say(f"The Physician Assistant named above was verified on {dates.month_name(today)}.", size=9, align="left")
    return Drawn(sheet.finish(), _TYPE, facts.recorded)


def nurses_center(rng: Random, today: date) -> Drawn:
    """The nurses' center certifies for a term: `valid from … to …`, letters of the credential before the words."""
    facts, person = Facts(), draw_person(rng, ("MSN, RN",))
    letters, specialty = rng.choice(
        (
            ("FNP-BC", "Family Nurse Practitioner"),
            ("PMHNP-BC", "Psychiatric-Mental Health Nurse Practitioner"),
            ("AGACNP-BC", "Adult-Gerontology Acute Care Nurse Practitioner"),
        )
    )
    issued = today - timedelta(days=rng.randint(60, 1500))
    sheet = Sheet(LANDSCAPE, face=SERIF, margin=90)
    sheet.frame("#0f4c5c", inset=26)
    sheet.say(facts.text("board", "American Nurses Credentialing Center"), size=22, bold=True, gap=14)
    sheet.say("hereby certifies that", size=13, gap=6)
    sheet.say(f"{facts.text('holder_name', person.name)}, {letters}", size=24, bold=True, gap=10)
    sheet.say("has fulfilled the requirements and is hereby granted the designation of", size=13, gap=6)
    sheet.say(f"{facts.text('specialty', specialty)} - Board Certified", size=17, bold=True, gap=14)
    begin = facts.day("issue_date", issued, dates.month_name)
    end = facts.day("expiration_date", dates.years_later(issued, 5), dates.month_name)
    sheet.say(f"Valid from {begin} to {end}", size=13, gap=8)
    sheet.say(f"Certification Number: {facts.text('certificate_number', f'20{digits(rng, 8)}')}", size=12)
    sheet.signature(100, 515, rng, caption="President, Commission on Certification", width=210)
    return Drawn(sheet.finish(), _TYPE, facts.recorded)


def practitioners_letter(rng: Random, today: date) -> Drawn:
    """Nurse practitioners' board to an employer: a form of labels in a letter."""
    facts, person, style = Facts(), draw_person(rng, ("FNP-C",)), rng.choice((dates.slashes, dates.month_name))
    issued = today - timedelta(days=rng.randint(60, 1500))
    sheet = Sheet(face=SANS, margin=70)
    sheet.say(facts.text("board", "American Academy of Nurse Practitioners Certification Board"), size=14, bold=True)
    sheet.say("PRIMARY SOURCE VERIFICATION OF CERTIFICATION", size=12, bold=True, gap=20)
    sheet.say("This document verifies the national certification of the individual below.", align="left", gap=14)
    rows = (
        ("Certificant:", f"{facts.text('holder_name', person.name)}"),
        ("Certification Program:", facts.text("specialty", "Family Nurse Practitioner")),
        ("Credential:", "FNP-C"),
        ("Certification Number:", facts.text("certificate_number", f"F0{digits(rng, 7)}")),
        ("Initial Certification Date:", facts.day("issue_date", issued, style)),
        ("Expiration Date:", facts.day("expiration_date", dates.years_later(issued, 5), style)),
        ("Status:", "Active"),
    )
    sheet.label_rows(rows, label_width=190, size=11)
    sheet.skip(30)
    sheet.signature(70, sheet.y + 20, rng, caption="Director of Certification")
    return Drawn(sheet.finish(), _TYPE, facts.recorded)
