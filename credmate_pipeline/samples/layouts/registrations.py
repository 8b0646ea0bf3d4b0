"""State controlled-substance registrations: Massachusetts and Illinois, each in its own wording."""

from datetime import date, timedelta
from random import Random

from credmate_pipeline.samples import dates
from credmate_pipeline.samples.facts import Drawn, Facts
from credmate_pipeline.samples.people import draw_person
from credmate_pipeline.samples.places import digits, draw_street
from credmate_pipeline.samples.sheet import SANS, SERIF, Sheet

_TYPE = "controlled_substance_registration"


def massachusetts(rng: Random, today: date) -> Drawn:
    """A certificate on plain paper with labels above the values."""
    facts = Facts()
    person = draw_person(rng)
    issued = today - timedelta(days=rng.randint(60, 800))
    sheet = Sheet(face=SERIF, margin=70)
    sheet.frame("#1f3a5f", inset=36, double=False)
    sheet.seal(sheet.width / 2, 110, 40, "#1f3a5f")
    sheet.skip(100)
    sheet.say(facts.put("state", "MA", "The Commonwealth of Massachusetts"), size=19, bold=True, gap=2)
    sheet.say("Department of Public Health", size=13, gap=2)
    sheet.say("Drug Control Program", size=13, gap=18)
    sheet.say("Massachusetts Controlled Substances Registration", size=17, bold=True, gap=26)
    number = f"M{rng.choice('ABCDEFGHJKLM')}{digits(rng, 7)}"
    schedules = ("2", "3", "4", "5", "6")
    rows = (
        ("Registration Number", facts.text("registration_number", number)),
        ("Registrant", f"{facts.text('holder_name', person.name)}, MD"),
        ("Business Address", f"{draw_street(rng)}, Worcester, MA 01608"),
        ("Schedules", facts.put("schedules", schedules, "2, 3, 4, 5, 6")),
        ("Date of Issue", facts.day("issue_date", issued, dates.slashes)),
        ("Expiration Date", facts.day("expiration_date", dates.years_later(issued, 3), dates.slashes)),
    )
    sheet.label_rows(rows, size=12, pitch=32)
    sheet.skip(20)
    sheet.say("The registrant named above is registered under M.G.L. c. 94C to handle controlled substances.", size=10)
    sheet.signature(70, 640, rng, caption="Commissioner of Public Health")
    return Drawn(sheet.finish(), _TYPE, facts.recorded)


def illinois(rng: Random, today: date) -> Drawn:
    """A license card of the state's department, with a stub."""
    facts = Facts()
    person = draw_person(rng)
    issued = today - timedelta(days=rng.randint(60, 900))
    sheet = Sheet(face=SANS, margin=60)
    sheet.box(60, 90, 492, 270, weight=1.5)
    sheet.y = 104
    sheet.say(facts.put("state", "IL", "State of Illinois"), size=16, bold=True, gap=2)
    sheet.say("Department of Financial and Professional Regulation", size=11, gap=2)
    sheet.say("Division of Professional Regulation", size=11, gap=12)
    sheet.say("LICENSED PHYSICIAN CONTROLLED SUBSTANCES REGISTRATION", size=12, bold=True, gap=16)
    number = facts.text("registration_number", f"336.{digits(rng, 6)}")
    sheet.label_rows(
        (
            ("Registration No.:", number),
            ("Name:", f"{facts.text('holder_name', person.capitals)} MD"),
            ("Schedules:", facts.put("schedules", ("2", "2N", "3", "3N", "4", "5"), "II, IIN, III, IIIN, IV, V")),
            ("Issued:", facts.day("issue_date", issued, dates.slashes)),
            ("Expires:", facts.day("expiration_date", date(today.year + 1, 7, 31), dates.slashes)),
        ),
        x=90,
        width=420,
        size=11,
        pitch=22,
    )
    sheet.put(
        "The official status of this registration can be verified with the Department.", 60, 380, width=492, size=9
    )
    return Drawn(sheet.finish(), _TYPE, facts.recorded)
