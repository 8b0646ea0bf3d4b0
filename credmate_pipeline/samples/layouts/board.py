"""Board certifications: a certificate in sentences, and a verification letter's table."""

from datetime import date, timedelta
from random import Random

from credmate_pipeline.samples import dates
from credmate_pipeline.samples.facts import Drawn, Facts
from credmate_pipeline.samples.people import draw_person
from credmate_pipeline.samples.places import digits
from credmate_pipeline.samples.sheet import HUMANIST, INKS, LANDSCAPE, SERIF, Sheet

_BOARDS = (
    ("American Board of Internal Medicine", "Internal Medicine"),
    ("American Board of Internal Medicine", "Cardiovascular Disease"),
    ("American Board of Family Medicine", "Family Medicine"),
    ("American Board of Pediatrics", "Pediatrics"),
    ("American Board of Emergency Medicine", "Emergency Medicine"),
    ("American Board of Anesthesiology", "Anesthesiology"),
    ("American Board of Surgery", "Surgery"),
    ("American Board of Dermatology", "Dermatology"),
)
"""Names of certifying boards are wording: a certificate is recognized by them."""


def wall_certificate(rng: Random, today: date) -> Drawn:
    """In sentences, with the years it is valid."""
    facts, ink = Facts(), rng.choice(INKS)
    board, specialty = rng.choice(_BOARDS)
    person = draw_person(rng)
    issued = today - timedelta(days=rng.randint(300, 3000))
    sheet = Sheet(LANDSCAPE, face=SERIF, margin=100)
    sheet.frame(ink, inset=26)
    sheet.skip(-18)
    sheet.say(f"The {facts.text('board', board)}", size=25, bold=True, ink=ink, gap=18)
    sheet.say("hereby certifies that", size=14)
    sheet.say(f"{facts.text('holder_name', person.name)}, MD", size=24, bold=True, gap=14)
    sheet.say("has met the requirements of this Board and is certified as a Diplomate in", size=14)
    sheet.say(facts.text("specialty", specialty), size=20, bold=True, gap=16)
    sheet.say(f"Certified on {facts.day('issue_date', issued, dates.month_name)}", size=13, gap=4)
    expires = dates.years_later(issued, 10)
    sheet.say(f"Certification valid through {facts.day('expiration_date', expires, dates.month_name)}", size=13, gap=10)
    sheet.say(f"Certificate No. {facts.text('certificate_number', digits(rng, 6))}", size=13)
    sheet.seal(sheet.width / 2, 500, 44, ink)
    sheet.signature(110, 500, rng, caption="Chair of the Board")
    sheet.signature(sheet.width - 280, 500, rng, caption="Secretary-Treasurer")
    return Drawn(sheet.finish(), "board_certification", facts.recorded)


def verification(rng: Random, today: date) -> Drawn:
    """The result of a look-up, printed."""
    facts, ink = Facts(), rng.choice(INKS)
    board, specialty = rng.choice(_BOARDS)
    person = draw_person(rng)
    issued = today - timedelta(days=rng.randint(300, 3000))
    sheet = Sheet(face=HUMANIST, margin=60)
    sheet.rule(50, weight=4, ink=ink)
    sheet.skip(14)
    sheet.say("Board Certification Verification", size=17, bold=True, align="left", gap=20)
    sheet.label_rows(
        (
            ("Physician:", f"{facts.text('holder_name', person.name)}, {person.credentials}"),
            ("Certifying board:", facts.text("board", board)),
            ("Specialty:", facts.text("specialty", specialty)),
            ("Certificate number:", facts.text("certificate_number", digits(rng, 7))),
            ("Initial certification:", facts.day("issue_date", issued, dates.slashes)),
            ("Expiration date:", facts.day("expiration_date", dates.years_later(issued, 10), dates.slashes)),
            ("Certification status:", "Certified"),
            ("Maintenance of certification:", "Participating"),
        ),
        size=10,
        pitch=28,
        label_width=180,
        ruled=True,
    )
    sheet.put(f"Retrieved {dates.slashes(today)}", 60, 740, size=8)
    return Drawn(sheet.finish(), "board_certification", facts.recorded)
