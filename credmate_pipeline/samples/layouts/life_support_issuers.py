"""Life-support cards of other designs and issuers: older and newer electronic cards, online courses, Red Cross."""

from datetime import date, timedelta
from random import Random

from credmate_pipeline.samples import dates
from credmate_pipeline.samples.facts import Drawn, Facts
from credmate_pipeline.samples.layouts.forms import draw_face, draw_ink, print_entries, shuffled
from credmate_pipeline.samples.numbers import draw_ecard_code
from credmate_pipeline.samples.organizations import TRAINING_CENTERS
from credmate_pipeline.samples.people import ALLOPATHIC, NURSES, draw_person
from credmate_pipeline.samples.places import digits
from credmate_pipeline.samples.sheet import LANDSCAPE, SANS, SERIF, Sheet

_TYPE = "life_support_card"
_COURSES = (
    ("BLS", "BLS Provider", "Basic Life Support", "BLS (CPR and AED)"),
    ("ACLS", "ACLS Provider", "Advanced Cardiovascular Life Support", "ACLS"),
    ("PALS", "PALS Provider", "Pediatric Advanced Life Support", "PALS"),
)
_RED_CROSS = (
    ("BLS", "Basic Life Support"),
    ("ALS", "Advanced Life Support"),
    ("PALS", "Pediatric Advanced Life Support"),
    ("CPR/AED", "Adult and Pediatric CPR/AED"),
)


def first_electronic_card(rng: Random, today: date) -> Drawn:
    """The first electronic cards: `Recommended Renewal Date`, the course in capitals, two columns of facts."""
    facts, person = Facts(), draw_person(rng, NURSES)
    code, title, name, program = rng.choice(_COURSES)
    center, issued = rng.choice(TRAINING_CENTERS), today - timedelta(days=rng.randint(30, 600))
    renew = dates.years_later(issued.replace(day=1), 2)
    sheet = Sheet(LANDSCAPE, face=SANS, margin=70)
    sheet.box(46, 46, 700, 520, weight=1)
    sheet.say(facts.put("course", code, name.upper()), size=24, bold=True, align="left", gap=2, ink="#8c1d24")
    sheet.say(title, size=14, bold=True, align="left", gap=2)
    sheet.say("American Heart Association", size=12, align="right", gap=20)
    sheet.say(facts.text("holder_name", person.name), size=22, bold=True, gap=8)
    sheet.say(
        "has successfully completed the cognitive and skills evaluations in accordance with the curriculum of the "
        f"American Heart Association {program} Program.",
        size=12,
        gap=18,
    )
    style = rng.choice((dates.slashes, dates.plain_slashes))
    left = [
        ("Issue Date", facts.day("issue_date", issued, style)),
        ("Training Center Name", facts.text("training_center", center.name)),
        ("Training Center ID", f"{center.state}{digits(rng, 5)}"),
        ("Training Center City, State", f"{center.city}, {center.state}"),
        ("Training Center Phone Number", f"(208) 555-0{rng.randint(100, 199)}"),
    ]
    right = [
        ("Recommended Renewal Date", facts.put("renew_by", f"{renew:%Y-%m}", dates.month_and_year(renew))),
        ("Instructor Name", facts.text("instructor_name", draw_person(rng).name)),
        ("Instructor ID", f"0{digits(rng, 10)}"),
        ("eCard Code", facts.text("ecard_code", draw_ecard_code(rng, issued))),
    ]
    top = sheet.y
    for x, cells in ((80, left), (430, right)):
        for number, (label, value) in enumerate(cells):
            sheet.put(label, x, top + 42 * number, width=300, size=9, bold=True)
            sheet.put(value, x, top + 42 * number + 12, width=300, size=12)
    sheet.put(
        "To view or verify authenticity, students and employers should scan this QR code.",
        430,
        top + 185,
        width=200,
        size=7,
    )
    sheet.put("© 2016 American Heart Association. All rights reserved. 15-3001 3/16", 80, 548, size=7)
    return Drawn(sheet.finish(), _TYPE, facts.recorded)


def latest_card(rng: Random, today: date) -> Drawn:
    """The latest design: portrait, centered, values over their labels' lines or beside them."""
    facts, person = Facts(), draw_person(rng, (*NURSES, *ALLOPATHIC))
    code, title, name, program = rng.choice(_COURSES)
    center, issued = rng.choice(TRAINING_CENTERS), today - timedelta(days=rng.randint(30, 600))
    renew, ink = dates.years_later(issued.replace(day=1), 2), draw_ink(rng)
    sheet = Sheet(face=draw_face(rng), margin=64)
    sheet.box(40, 44, 532, 60, weight=0, fill=ink)
    sheet.put(rng.choice((title.upper(), title)), 64, 60, width=480, size=20, bold=True, ink="#ffffff")
    sheet.y = 126
    sheet.say(facts.put("course", code, name), size=15, bold=True, gap=14)
    sheet.say(facts.text("holder_name", rng.choice((person.name, person.capitals))), size=20, bold=True, gap=8)
    sheet.say(
        "has successfully completed the cognitive and skills evaluations in accordance with the curriculum of the "
        f"American Heart Association {program} Program.",
        size=11,
        gap=18,
    )
    style, month = rng.choice(
        (
            (dates.slashes, dates.month_and_year),
            (dates.day_first, dates.short_month_and_year),
            (dates.month_name, dates.long_month_and_year),
        )
    )
    entries = shuffled(
        rng,
        (
            ("Issue Date", facts.day("issue_date", issued, style)),
            ("Renew By", facts.put("renew_by", f"{renew:%Y-%m}", month(renew))),
            ("eCard Code", facts.text("ecard_code", draw_ecard_code(rng, issued))),
            ("Instructor Name", facts.text("instructor_name", draw_person(rng).name)),
            ("Instructor ID", digits(rng, 10)),
            ("Training Center Name", facts.text("training_center", center.name)),
            ("Training Center ID", f"{center.state}{digits(rng, 5)}"),
            ("Training Site Name", "Main Campus"),
        ),
    )
    print_entries(sheet, entries, rng)
    sheet.put("QR Code — scan to verify at ecards.heart.org", 64, 740, width=400, size=8)
    return Drawn(sheet.finish(), _TYPE, facts.recorded)


def online_course(rng: Random, today: date) -> Drawn:
    """A course of simulation and self-study: 24 signs of code, a full day of expiry, no instructor."""
    facts, person, style = (
        Facts(),
        draw_person(rng, NURSES),
        rng.choice((dates.slashes, dates.month_name, dates.short_month)),
    )
    code, title, name, _ = rng.choice(_COURSES)
    issued = today - timedelta(days=rng.randint(30, 600))
    sheet = Sheet(LANDSCAPE, face=SANS, margin=80)
    sheet.frame(draw_ink(rng), inset=30, double=False)
    sheet.say("American Heart Association • RQI Partners", size=14, gap=8)
    sheet.say(
        f"{rng.choice(('HeartCode Complete', 'RQI'))} {facts.put('course', code, title)}", size=22, bold=True, gap=16
    )
    sheet.say("This certifies that", size=12)
    sheet.say(facts.text("holder_name", person.name), size=22, bold=True, gap=10)
    sheet.say(f"has successfully completed the {name} eLearning and skills evaluation.", size=12, gap=20)
    signs = "abcdefghijklmnopqrstuvwxyz0123456789"
    number = "c" + "".join(rng.choice(signs) for _ in range(22)) + str(rng.randint(0, 9))
    entries = (
        (rng.choice(("Issue Date", "Date Issued", "Completion Date")), facts.day("issue_date", issued, style)),
        (
            rng.choice(("Renew By", "Expiration Date", "Valid Through")),
            facts.day("renew_by", dates.years_later(issued, 2), style),
        ),
        (rng.choice(("eCard Code", "Certificate ID", "Verification Code")), facts.text("ecard_code", number)),
    )
    print_entries(sheet, entries, rng, x=180, width=430)
    sheet.put("Verify at certificates.rqi1stop.com", 180, 540, width=400, size=9)
    return Drawn(sheet.finish(), _TYPE, facts.recorded)


def red_cross(rng: Random, today: date) -> Drawn:
    """A certificate of completion of the Red Cross with its validity."""
    facts, person, ink = Facts(), draw_person(rng, NURSES), "#b01c2e"
    code, name = rng.choice(_RED_CROSS)
    issued = today - timedelta(days=rng.randint(30, 600))
    style = rng.choice((dates.slashes, dates.month_name))
    sheet = Sheet(LANDSCAPE, face=rng.choice((SANS, SERIF)), margin=90)
    sheet.frame(ink, inset=28, double=False)
    sheet.say("American Red Cross", size=20, bold=True, ink=ink, gap=4)
    sheet.say("Certificate of Completion", size=24, bold=True, gap=14)
    sheet.say(facts.text("holder_name", person.name), size=22, bold=True, gap=10)
    sheet.say("has successfully completed requirements for", size=13)
    sheet.say(facts.put("course", code, name), size=18, bold=True, gap=10)
    sheet.say("conducted by American Red Cross", size=12, gap=18)
    number = "".join(rng.choice("0123456789ABCDEFGHJKLMNPQRSTUVWXYZ") for _ in range(5)) + str(rng.randint(0, 9))
    entries = (
        (rng.choice(("Date Completed", "Date of Completion", "Completed")), facts.day("issue_date", issued, style)),
        (
            rng.choice(("Expiration Date", "Valid Until", "Expires")),
            facts.day("renew_by", dates.years_later(issued, 2), style),
        ),
        ("Certificate ID", facts.text("ecard_code", number)),
        ("Instructor", facts.text("instructor_name", draw_person(rng).name)),
    )
    print_entries(sheet, entries, rng, x=190, width=420)
    sheet.put("To verify, scan code or visit redcross.org/confirm and enter ID.", 190, 548, width=420, size=8)
    return Drawn(sheet.finish(), _TYPE, facts.recorded)
