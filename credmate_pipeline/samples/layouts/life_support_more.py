"""Life-support cards of further bodies and shapes: newborns, trauma, wallet cards, records of a term in words."""

from datetime import date, timedelta
from random import Random

from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.samples import dates
from credmate_pipeline.samples.facts import Drawn, Facts
from credmate_pipeline.samples.numbers import draw_ecard_code
from credmate_pipeline.samples.organizations import TRAINING_CENTERS
from credmate_pipeline.samples.people import ALLOPATHIC, NURSES, draw_person
from credmate_pipeline.samples.places import digits
from credmate_pipeline.samples.sheet import LANDSCAPE, SANS, SERIF, Sheet

_TYPE = "life_support_card"
_COURSES = (
    ("BLS", "BASIC LIFE SUPPORT", "BLS Provider"),
    ("ACLS", "ADVANCED CARDIOVASCULAR LIFE SUPPORT", "ACLS Provider"),
    ("PALS", "PEDIATRIC ADVANCED LIFE SUPPORT", "PALS Provider"),
)


def newborns_card(rng: Random, today: date) -> Drawn:
    """The newborns' program: provider level, completion and renewal as months."""
    facts, person = Facts(), draw_person(rng, NURSES)
    issued = today - timedelta(days=rng.randint(20, 600))
    renew = dates.years_later(issued, 2)
    sheet = Sheet(LANDSCAPE, face=SANS, margin=80)
    sheet.box(60, 50, 660, 380, weight=1.2)
    sheet.say("American Academy of Pediatrics", size=14, bold=True, gap=2)
    sheet.say(facts.put("course", "NRP", "Neonatal Resuscitation Program"), size=22, bold=True, ink="#0f4c5c", gap=4)
    sheet.say(f"NRP {rng.choice(('7th', '8th'))} Edition {rng.choice(('Advanced', 'Essentials'))} Provider", gap=16)
    sheet.say(f"{facts.text('holder_name', person.name)}, {person.credentials}", size=20, bold=True, gap=8)
    sheet.say(
        "has successfully completed the online examination and the instructor-led event of the Neonatal Resuscitation "
        "Program.",
        size=11,
        gap=18,
    )
    style = rng.choice((dates.slashes, dates.month_name))
    rows = (
        ("Completion Date", facts.day("issue_date", issued, style)),
        ("Recommended Renewal Date", facts.day("renew_by", renew, style)),
        ("Instructor", facts.text("instructor_name", draw_person(rng).name)),
    )
    sheet.label_rows(rows, x=200, label_width=190, size=11)
    return Drawn(sheet.finish(), _TYPE, facts.recorded)


def trauma_card(rng: Random, today: date) -> Drawn:
    """The surgeons' trauma course: a card with an identity number, four years of validity."""
    facts, person = Facts(), draw_person(rng, ALLOPATHIC)
    issued, style = today - timedelta(days=rng.randint(20, 1200)), rng.choice((dates.slashes, dates.month_name))
    sheet = Sheet(face=SERIF, margin=70)
    sheet.box(100, 90, 400, 250, weight=1)
    sheet.y = 104
    sheet.say(facts.put("course", "ATLS", "Advanced Trauma Life Support"), size=17, bold=True, gap=4)
    sheet.say("American College of Surgeons — Committee on Trauma", size=9.5, gap=12)
    sheet.say(f"{facts.text('holder_name', person.name)}, MD", size=15, bold=True, gap=4)
    sheet.say("is recognized as having successfully completed the ATLS Course", size=9.5, gap=1)
    sheet.say("according to the standards established by the ACS Committee on Trauma.", size=9.5, gap=14)
    rows = (
        ("Issue Date:", facts.day("issue_date", issued, style)),
        ("Expiration Date:", facts.day("renew_by", dates.years_later(issued, 4), style)),
        ("ACS ID:", digits(rng, 8)),
    )
    sheet.label_rows(rows, x=140, width=320, label_width=110, size=10, pitch=18)
    return Drawn(sheet.finish(), _TYPE, facts.recorded)


def wallet_halves(rng: Random, today: date) -> Drawn:
    """A card to fold: the course and the person left, the center and the dates right, small print."""
    facts, person = Facts(), draw_person(rng, (*NURSES, *ALLOPATHIC))
    code, name, title = rng.choice(_COURSES)
    center, issued = rng.choice(TRAINING_CENTERS), today - timedelta(days=rng.randint(30, 600))
    renew = dates.years_later(issued.replace(day=1), 2)
    sheet = Sheet(face=SANS, margin=40)
    for left in (50, 310):
        sheet.box(left, 80, 250, 160, weight=0.8)
    sheet.put(facts.put("course", code, name), 60, 88, width=230, size=11, bold=True)
    sheet.put(title, 60, 116, width=120, size=9, bold=True)
    sheet.put("American Heart Association", 170, 116, width=130, size=8)
    sheet.put(facts.text("holder_name", person.name), 60, 136, width=230, size=12, bold=True)
    sheet.put(
        "has successfully completed the cognitive and skills evaluations in accordance with the curriculum of the "
        f"American Heart Association {name.title()} Program.",
        *(60, 154),
        width=230,
        size=7.5,
    )
    cells = (
        ("Issue Date", facts.day("issue_date", issued, dates.plain_slashes), 60, 200),
        ("Renew By", facts.put("renew_by", f"{renew:%Y-%m}", dates.month_and_year(renew)), 190, 200),
        ("Training Center Name", facts.text("training_center", center.name), 320, 90),
        ("Training Center ID", f"{center.state}{digits(rng, 5)}", 320, 116),
        ("Training Center City, State", f"{center.city}, {center.state}", 320, 142),
        ("Training Center Phone", "(208) 555-0142", 440, 116),
        ("Instructor Name", facts.text("instructor_name", draw_person(rng).name), 320, 168),
        ("Instructor ID", digits(rng, 10), 320, 194),
        ("eCard Code", facts.text("ecard_code", draw_ecard_code(rng, issued)), 440, 194),
    )
    for label, value, x, y in cells:
        sheet.put(label, x, y, width=125, size=6.5, bold=True)
        sheet.put(value, x, y + 9, width=230, size=8.5)
    return Drawn(sheet.finish(), _TYPE, facts.recorded)


def term_in_words(rng: Random, today: date) -> Drawn:
    """`Valid for 2 years` and no date of renewal: what is required is not printed, so a person must look."""
    facts, person = Facts(), draw_person(rng, NURSES)
    issued = today - timedelta(days=rng.randint(30, 600))
    sheet = Sheet(LANDSCAPE, face=SERIF, margin=90)
    sheet.frame("#b01c2e", inset=28, double=False)
    sheet.say("American Red Cross", size=20, bold=True, ink="#b01c2e", gap=8)
    sheet.say("This certificate is presented to", size=12, gap=6)
    sheet.say(facts.text("holder_name", person.name), size=23, bold=True, gap=8)
    sheet.say("for successfully completing the requirements for", size=12, gap=6)
    sheet.say(facts.put("course", "BLS", "Basic Life Support"), size=18, bold=True, gap=12)
    sheet.say(f"Date Completed: {facts.day('issue_date', issued, dates.month_name)}", size=12, gap=4)
    sheet.say("Validity Period: 2 Years", size=12, gap=4)
    code = "".join(rng.choice("0123456789ABCDEFGHJKLMNPQRSTUVWXYZ") for _ in range(6)) + "7"
    sheet.say(f"Certificate ID: {facts.text('ecard_code', code)}", size=12)
    return Drawn(sheet.finish(), _TYPE, facts.recorded, DocumentStatus.REVIEW_PENDING)


def roster_certificate(rng: Random, today: date) -> Drawn:
    """A full-page certificate of an electronic card: labels in a sentence's words, dates at both ends of a line."""
    facts, person = Facts(), draw_person(rng, (*NURSES, *ALLOPATHIC))
    code, name, title = rng.choice(_COURSES)
    center, issued = rng.choice(TRAINING_CENTERS), today - timedelta(days=rng.randint(30, 600))
    renew = dates.years_later(issued.replace(day=1), 2)
    sheet = Sheet(LANDSCAPE, face=SANS, margin=70)
    sheet.frame("#8c1d24", inset=26, double=False)
    sheet.say(title, size=25, bold=True, ink="#8c1d24", gap=4)
    sheet.say("American Heart Association", size=13, gap=14)
    sheet.say(facts.text("holder_name", person.capitals), size=22, bold=True, gap=8)
    sheet.say(
        "has successfully completed the cognitive and skills evaluations in accordance with the curriculum of the "
        f"American Heart Association {facts.put('course', code, name.title())} Program.",
        size=12,
        gap=26,
    )
    top = sheet.y
    for x, label, value in (
        (90, "Issue Date", facts.day("issue_date", issued, dates.day_first)),
        (520, "Renew By", facts.put("renew_by", f"{renew:%Y-%m}", dates.short_month_and_year(renew))),
    ):
        sheet.put(value, x, top, width=180, size=13)
        sheet.rule(top + 18, x0=x, x1=x + 170, weight=0.6)
        sheet.put(label, x, top + 21, width=170, size=9, bold=True)
    sheet.y = top + 60
    rows = (
        ("Training Center Name:", facts.text("training_center", center.name)),
        ("Training Center ID:", f"{center.state}{digits(rng, 5)}"),
        ("Instructor Name:", facts.text("instructor_name", draw_person(rng).name)),
        ("eCard Code:", facts.text("ecard_code", draw_ecard_code(rng, issued))),
    )
    sheet.label_rows(rows, label_width=160, pitch=18)
    return Drawn(sheet.finish(), _TYPE, facts.recorded)


def quick_course(rng: Random, today: date) -> Drawn:
    """A seller's certificate of a course taken online, of an issuer hospitals do not accept: a person must look."""
    facts, person = Facts(), draw_person(rng, NURSES)
    issued = today - timedelta(days=rng.randint(30, 600))
    sheet = Sheet(LANDSCAPE, face=SANS, margin=80)
    sheet.frame("#1f3a5f", inset=26)
    sheet.say("Lifeline Online CPR", size=20, bold=True, ink="#1f3a5f", gap=6)
    sheet.say("Provider Certification", size=16, gap=14)
    sheet.say("This is to certify that", size=12, gap=6)
    sheet.say(facts.text("holder_name", person.name), size=23, bold=True, gap=8)
    sheet.say("has successfully completed the online course and examination in", size=12, gap=6)
    sheet.say(facts.put("course", "BLS", "Basic Life Support"), size=18, bold=True, gap=14)
    rows = (
        ("Issue Date:", facts.day("issue_date", issued, dates.month_name)),
        ("Expiration Date:", facts.day("renew_by", dates.years_later(issued, 2), dates.month_name)),
        ("Certificate ID:", facts.text("ecard_code", digits(rng, 9))),
    )
    sheet.label_rows(rows, x=240, label_width=130, size=11)
    return Drawn(sheet.finish(), _TYPE, facts.recorded, DocumentStatus.REVIEW_PENDING)
