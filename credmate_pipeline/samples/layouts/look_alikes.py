"""Certificates that look like credentials and are none: training without credit, diplomas, residencies."""

from datetime import date
from random import Random

from credmate_pipeline.samples import dates
from credmate_pipeline.samples.facts import Drawn
from credmate_pipeline.samples.layouts.forms import draw_face, draw_ink, print_entries, shuffled
from credmate_pipeline.samples.layouts.papers import unsupported
from credmate_pipeline.samples.organizations import HOSPITALS
from credmate_pipeline.samples.people import draw_person
from credmate_pipeline.samples.places import digits
from credmate_pipeline.samples.sheet import LANDSCAPE, SANS, SERIF, Sheet


def online_course(rng: Random, today: date) -> Drawn:
    """A marketplace's certificate of completion: a course, a teacher, hours, a reference number."""
    sheet = Sheet(LANDSCAPE, face=SANS, margin=70)
    sheet.say(f"Certificate no: UC-{digits(rng, 8)}-{digits(rng, 4)}", size=8, align="right", gap=2)
    sheet.say(f"Reference Number: 0{rng.randint(100, 999)}", size=8, align="right", gap=40)
    sheet.say("CERTIFICATE OF COMPLETION", size=12, align="left", gap=10)
    topics = (
        "Medical Terminology for Beginners",
        "Anatomy and Physiology Crash Course",
        "Excel for Healthcare Managers",
        "The Complete Nutrition Course: ACCREDITED Certificate",
    )
    sheet.say(rng.choice(topics), size=28, bold=True, align="left", gap=14)
    sheet.say(
        f"{rng.choice(('Instructors', 'Instructor', 'Taught by'))} <b>{draw_person(rng).name}</b>",
        size=12,
        align="left",
        gap=60,
    )
    sheet.say(draw_person(rng).name, size=24, bold=True, align="left", gap=6)
    sheet.say(f"Date <b>{dates.month_name(dates.recently(rng, today))}</b>", size=12, align="left", gap=4)
    sheet.say(f"Length <b>{rng.randint(2, 30)}.5 total hours</b>", size=12, align="left")
    return unsupported(sheet)


def research_training(rng: Random, today: date) -> Drawn:
    """Research-ethics training; it says itself that it is no CME."""
    done, ink = dates.recently(rng, today), draw_ink(rng)
    sheet = Sheet(LANDSCAPE, face=SANS, margin=80)
    sheet.frame(ink, inset=26, double=False)
    sheet.put(
        f"Completion Date {dates.day_first(done)}<br/>"
        f"Expiration Date {dates.day_first(dates.years_later(done, 3))}<br/>Record ID {digits(rng, 8)}",
        560,
        50,
        width=180,
        size=9,
    )
    sheet.skip(50)
    sheet.say("This is to certify that:", size=13, gap=8)
    sheet.say(draw_person(rng).name, size=24, bold=True, gap=10)
    sheet.say("Has completed the following CITI Program course:", size=13, gap=10)
    if rng.random() < 0.6:
        sheet.say("Not valid for renewal of certification through CME.", size=9, align="right", gap=10)
    sheet.say(
        rng.choice(("Human Research", "GCP – Social and Behavioral Research", "Conflicts of Interest")),
        size=15,
        bold=True,
        gap=2,
    )
    sheet.say("(Curriculum Group)", size=9, gap=6)
    sheet.say("Biomedical Research Investigators", size=13, gap=2)
    sheet.say("(Course Learner Group)", size=9, gap=6)
    sheet.say("1 - Basic Course (Stage)", size=11, gap=14)
    sheet.say(f"Under requirements set by: {rng.choice(HOSPITALS).name}", size=11, gap=20)
    sheet.say("Collaborative Institutional Training Initiative", size=12, bold=True)
    return unsupported(sheet)


def compliance_training(rng: Random, today: date) -> Drawn:
    """A hospital's yearly training for its staff: completed, scored, and worth no credit."""
    hospital, person = rng.choice(HOSPITALS), draw_person(rng)
    topics = (
        "HIPAA Privacy and Security",
        "Annual Compliance Training",
        "Workplace Harassment Prevention",
        "Fire Safety",
        "Bloodborne Pathogens and OSHA Safety",
        "Corporate Code of Conduct",
    )
    sheet = Sheet(rng.choice((LANDSCAPE, (612.0, 792.0))), face=draw_face(rng), margin=80)
    sheet.frame(draw_ink(rng), inset=30, double=False)
    sheet.skip(20)
    sheet.say(hospital.name, size=15, gap=12)
    sheet.say(
        rng.choice(("Certificate of Completion", "Training Certificate", "Certificate of Training")),
        size=26,
        bold=True,
        gap=14,
    )
    sheet.say(rng.choice(("This certifies that", "Awarded to", "This acknowledges that")), size=12)
    sheet.say(f"{person.name}, {person.credentials}", size=20, bold=True, gap=8)
    sheet.say("has successfully completed the required training module", size=12)
    sheet.say(rng.choice(topics), size=17, bold=True, gap=12)
    entries = (
        ("Completion date", dates.month_name(dates.recently(rng, today))),
        ("Score", f"{rng.randint(80, 100)}%"),
        ("Duration", f"{rng.choice((20, 30, 45, 60))} minutes"),
        ("Employee ID", digits(rng, 6)),
    )
    print_entries(sheet, shuffled(rng, entries), rng)
    return unsupported(sheet)


def medical_diploma(rng: Random, today: date) -> Drawn:
    """A university's diploma: the degree is the start of a career and no certification."""
    sheet, ink = Sheet(LANDSCAPE, face=SERIF, margin=84), draw_ink(rng)
    sheet.frame(ink, inset=24)
    sheet.say(
        rng.choice(("Cedar Mesa University", "The Regents of Harrow State University", "Bramwell College of Medicine")),
        size=26,
        bold=True,
        ink=ink,
        gap=14,
    )
    sheet.say(
        rng.choice(
            (
                "To all to whom these presents shall come, greeting",
                "Be it known that",
                "The Trustees, on the recommendation of the Faculty, have conferred upon",
            )
        ),
        size=13,
        gap=10,
    )
    sheet.say(draw_person(rng).name, size=26, bold=True, gap=12)
    sheet.say(
        "having completed the prescribed course of study and fulfilled all requirements, has been admitted to", size=13
    )
    sheet.say(rng.choice(("the degree of", "the Degree of")), size=14)
    sheet.say(
        rng.choice(
            (
                "Doctor of Medicine",
                "Doctor of Osteopathic Medicine",
                "Master of Science in Nursing",
                "Bachelor of Science in Nursing",
            )
        ),
        size=24,
        bold=True,
        gap=8,
    )
    sheet.say("with all the rights, privileges and honors pertaining to that degree", size=13, gap=10)
    sheet.say(f"Given this {dates.solemn(dates.recently(rng, today, days=9000, at_least=900))}", size=12)
    sheet.signature(84, 510, rng, caption="Dean of the School of Medicine")
    sheet.signature(540, 510, rng, caption="President of the University")
    return unsupported(sheet)


def residency_certificate(rng: Random, today: date) -> Drawn:
    """A hospital certifies a residency or fellowship: training, not a board's certification."""
    sheet, hospital = Sheet(LANDSCAPE, face=SERIF, margin=84), rng.choice(HOSPITALS)
    sheet.frame(draw_ink(rng), inset=24)
    begin = today.year - rng.randint(4, 20)
    sheet.say(hospital.name, size=25, bold=True, gap=14)
    sheet.say(rng.choice(("This is to certify that", "hereby certifies that")), size=14)
    sheet.say(f"{draw_person(rng).name}, M.D.", size=25, bold=True, gap=12)
    sheet.say(
        rng.choice(
            (
                "has satisfactorily completed a residency in",
                "has served as Resident in the Department of",
                "has completed the accredited fellowship program in",
            )
        ),
        size=14,
    )
    sheet.say(
        rng.choice(
            ("Internal Medicine", "Emergency Medicine", "General Surgery", "Pediatrics", "Cardiovascular Disease")
        ),
        size=21,
        bold=True,
        gap=12,
    )
    sheet.say(f"July 1, {begin} through June 30, {begin + 3}", size=14, gap=10)
    sheet.signature(84, 490, rng, caption="Program Director")
    sheet.signature(540, 490, rng, caption="Chief Executive Officer")
    return unsupported(sheet)
