"""Life-support course cards: an electronic card, and a two-sided printed one."""

from datetime import date, timedelta
from random import Random

from credmate_pipeline.samples import dates
from credmate_pipeline.samples.facts import Drawn, Facts
from credmate_pipeline.samples.numbers import draw_ecard_code
from credmate_pipeline.samples.organizations import TRAINING_CENTERS
from credmate_pipeline.samples.people import NURSES, draw_person
from credmate_pipeline.samples.places import digits
from credmate_pipeline.samples.sheet import LANDSCAPE, SANS, Sheet

_COURSES = (
    ("BLS Provider", "Basic Life Support (CPR and AED)"),
    ("ACLS Provider", "Advanced Cardiovascular Life Support"),
    ("PALS Provider", "Pediatric Advanced Life Support"),
)


def electronic_card(rng: Random, today: date) -> Drawn:
    """A wide card of the course, with its code; the renewal has the month only."""
    facts = Facts()
    course, program = rng.choice(_COURSES)
    person = draw_person(rng, NURSES)
    center = rng.choice(TRAINING_CENTERS)
    issued = today - timedelta(days=rng.randint(30, 600))
    renew = dates.years_later(issued.replace(day=1), 2)
    sheet = Sheet(LANDSCAPE, face=SANS, margin=80)
    sheet.box(50, 50, 692, 512, weight=1)
    sheet.box(50, 50, 692, 80, weight=0, fill="#8c1d24")
    sheet.put(facts.put("course", course.split()[0], course), 80, 70, width=400, size=26, bold=True, ink="#ffffff")
    sheet.y = 155
    sheet.say(facts.text("holder_name", person.name), size=26, bold=True, gap=10)
    sheet.say(
        "has successfully completed the cognitive and skills evaluations in accordance with the curriculum of the "
        f"American Heart Association {program} Program.",
        size=13,
        gap=26,
    )
    top = sheet.y
    cells = (
        ("Issue Date", facts.day("issue_date", issued, dates.slashes), 80, 0),
        ("Renew By", facts.put("renew_by", f"{renew:%Y-%m}", dates.month_and_year(renew)), 310, 0),
        ("Training Center Name", facts.text("training_center", center.name), 80, 52),
        ("Instructor Name", facts.text("instructor_name", draw_person(rng).name), 310, 52),
        ("Training Center ID", f"{center.state}{digits(rng, 5)}", 80, 104),
        ("Instructor ID", digits(rng, 10), 310, 104),
        ("Training Center City, State", f"{center.city}, {center.state}", 80, 156),
        ("eCard Code", facts.text("ecard_code", draw_ecard_code(rng, issued)), 310, 156),
    )
    for label, value, x, dy in cells:
        sheet.put(label, x, top + dy, width=225, size=9.5)
        sheet.put(value, x, top + dy + 13, width=225, size=13, bold=True)
    _speckled_square(sheet, rng, 560, top + 20)
    sheet.put("Scan to view or verify this eCard with the issuer.", 545, top + 170, width=150, size=8)
    return Drawn(sheet.finish(), "life_support_card", facts.recorded)


def printed_card(rng: Random, today: date) -> Drawn:
    """A small card, front and back, on a page."""
    facts = Facts()
    course, program = rng.choice(_COURSES)
    person = draw_person(rng, NURSES)
    center = rng.choice(TRAINING_CENTERS)
    issued = today - timedelta(days=rng.randint(30, 600))
    renew = dates.month_end(dates.years_later(issued.replace(day=1), 2))
    sheet = Sheet(face=SANS, margin=60)
    sheet.put("Print, cut and fold", 60, 60, size=9)
    sheet.box(120, 100, 372, 215, weight=1)
    sheet.put(
        facts.put("course", course.split()[0], course.upper()), 134, 112, width=340, size=17, bold=True, ink="#8c1d24"
    )
    sheet.put(facts.text("holder_name", person.name), 134, 150, width=340, size=16, bold=True)
    sheet.put(
        "The above individual has successfully completed the cognitive and skills evaluations in accordance with the "
        f"curriculum of the American Heart Association {program} Program.",
        134,
        178,
        width=340,
        size=9,
    )
    sheet.put(f"Issue Date: <b>{facts.day('issue_date', issued, dates.slashes)}</b>", 134, 262, width=160, size=10)
    sheet.put(f"Renew By: <b>{facts.day('renew_by', renew, dates.slashes)}</b>", 310, 262, width=160, size=10)
    sheet.box(120, 330, 372, 200, weight=1)
    back = (
        ("Training Center:", facts.text("training_center", center.name)),
        ("Training Center City:", f"{center.city}, {center.state}"),
        ("Instructor Name:", facts.text("instructor_name", draw_person(rng).name)),
        ("Instructor ID:", digits(rng, 11)),
        ("eCard Code:", facts.text("ecard_code", draw_ecard_code(rng, issued))),
        ("Holder's Signature:", ""),
    )
    sheet.y = 348
    sheet.label_rows(back, x=130, label_width=130, width=350, size=10, pitch=28)
    return Drawn(sheet.finish(), "life_support_card", facts.recorded)


def _speckled_square(sheet: Sheet, rng: Random, x: float, y: float) -> None:
    """Looks like a QR code and leads nowhere."""
    for row in range(25):
        for column in range(25):
            if rng.random() < 0.48:
                sheet.box(x + column * 5, y + row * 5, 5, 5, weight=0, fill="#000000")
