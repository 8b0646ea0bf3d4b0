"""Papers that prove no credential: invoice, letter, curriculum vitae, and look-alikes."""

from datetime import date, timedelta
from random import Random

from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.samples import dates
from credmate_pipeline.samples.facts import Drawn
from credmate_pipeline.samples.organizations import EDUCATION_PROVIDERS, HOSPITALS, SIGNERS
from credmate_pipeline.samples.people import draw_person
from credmate_pipeline.samples.places import digits, draw_street
from credmate_pipeline.samples.sheet import HUMANIST, INKS, LANDSCAPE, SANS, SERIF, Sheet


def unsupported(sheet: Sheet) -> Drawn:
    return Drawn(sheet.finish(), "unsupported", expected_status=DocumentStatus.UNSUPPORTED)


def invoice(rng: Random, today: date) -> Drawn:
    """A course provider's bill: it names a course and proves nothing."""
    seller, buyer = rng.choice(EDUCATION_PROVIDERS), draw_person(rng)
    sheet = Sheet(face=SANS, margin=56)
    sheet.put("INVOICE", 56, 50, width=200, size=26, bold=True)
    sheet.put(
        f"{seller.name}<br/>{seller.street}<br/>{seller.city}, {seller.state} {seller.zip_code}", 330, 54, width=230
    )
    billed = dates.recently(rng, today, days=200)
    sheet.y = 130
    sheet.label_rows(
        (
            ("Invoice number", digits(rng, 6)),
            ("Invoice date", dates.month_name(billed)),
            ("Bill to", f"{buyer.name}<br/>{draw_street(rng)}"),
            ("Payment terms", "Net 30 days"),
        )
    )
    sheet.skip(20)
    price = rng.randint(9, 60) * 10
    rows = (
        ("Description", "Qty", "Unit price", "Amount"),
        ("Conference registration fee", "1", f"${price}.00", f"${price}.00"),
        ("Printed course materials", "1", "$45.00", "$45.00"),
        ("Subtotal", "", "", f"${price + 45}.00"),
        ("Sales tax", "", "", "$0.00"),
        ("Amount due", "", "", f"${price + 45}.00"),
    )
    sheet.table(rows, (260, 50, 90, 100), size=10)
    sheet.skip(24)
    sheet.say("Please remit payment by check payable to the address above. Thank you for your order.", align="left")
    return unsupported(sheet)


def appointment_letter(rng: Random, today: date) -> Drawn:
    """A hospital writes to a doctor about papers that are missing."""
    hospital, person = rng.choice(HOSPITALS), draw_person(rng)
    sheet = Sheet(face=SERIF, margin=76)
    body = {"size": 12.0, "align": "left", "gap": 12.0}
    sheet.say(f"{hospital.name} — Medical Staff Office", size=14, bold=True, align="left", gap=2)
    sheet.say(hospital.address, size=9.5, align="left", gap=28)
    sheet.say(dates.month_name(dates.recently(rng, today, days=100)), **body)
    sheet.say(f"Dear Dr. {person.last}:", **body)
    sheet.say(
        "Thank you for your application for reappointment to the medical staff. We are writing to let you know that "
        "your file is not yet complete. Please send the following papers to this office at your earliest convenience:",
        **body,
    )
    for wanted in ("a recent photograph", "two peer references", "your updated curriculum vitae"):
        sheet.say(f"• {wanted}", size=12, align="left", gap=4, x=100)
    sheet.skip(10)
    sheet.say("Please do not hesitate to contact us with any questions about your application.", **body)
    sheet.say("Sincerely,", **body)
    sheet.skip(36)
    sheet.signature(76, sheet.y, rng, caption=f"{rng.choice(SIGNERS)}<br/>Medical Staff Coordinator")
    return unsupported(sheet)


def curriculum_vitae(rng: Random, today: date) -> Drawn:
    """Lists licenses and certifications among other things; a list is no proof."""
    person, year = draw_person(rng), today.year
    hospitals = rng.sample(HOSPITALS, 2)
    author = f"{person.last} {person.first[0]}"
    sheet = Sheet(face=HUMANIST, margin=60)
    sheet.say("CURRICULUM VITAE", size=16, bold=True, gap=4)
    sheet.say(f"{person.name}, {person.credentials}", size=13, gap=2)
    sheet.say(draw_street(rng), size=9, gap=16)
    sections = (
        ("EDUCATION", (f"{year - 18}–{year - 14}  Doctor of Medicine, Cedar Mesa University School of Medicine",)),
        (
            "POSTGRADUATE TRAINING",
            (f"{year - 14}–{year - 11}  Residency in internal medicine, {hospitals[0].name}",),
        ),
        ("PROFESSIONAL EXPERIENCE", (f"{year - 11}–present  Attending physician, {hospitals[1].name}",)),
        ("LICENSES AND CERTIFICATIONS", ("State medical license (active)", "Board certified", "BLS and ACLS")),
        (
            "PUBLICATIONS",
            (
                f"{author}. Night-time paging and handoffs on the wards. Ward Medicine. {year - 5}.",
                f"{author}. A checklist for discharge summaries. Ward Medicine. {year - 3}.",
            ),
        ),
        ("LANGUAGES", ("English, Spanish",)),
        ("REFERENCES", ("Available upon request",)),
    )
    for heading, lines in sections:
        sheet.say(heading, size=10.5, bold=True, align="left", gap=4)
        for line in lines:
            sheet.say(line, size=9.5, align="left", gap=4, x=76)
        sheet.skip(8)
    return unsupported(sheet)


def course_diploma(rng: Random, today: date) -> Drawn:
    """Looks like a certificate of education, but carries no medical credit."""
    person, ink = draw_person(rng), rng.choice(INKS)
    course = rng.choice(
        ("Data Analysis for Beginners", "Leadership Foundations", "Photography Basics", "Public Speaking")
    )
    sheet = Sheet(LANDSCAPE, face=SERIF, margin=90)
    sheet.frame(ink, inset=30)
    sheet.skip(20)
    sheet.say("Brightpath Online Academy", size=16, ink=ink, gap=14)
    sheet.say("Diploma", size=34, bold=True, gap=18)
    sheet.say("presented to", size=13)
    sheet.say(person.name, size=24, bold=True, gap=14)
    sheet.say("who graduated from the self-paced video course", size=13)
    sheet.say(course, size=20, bold=True, gap=14)
    sheet.say(f"{dates.month_name(dates.recently(rng, today))} • {rng.randint(4, 40)} total hours of video", size=12)
    sheet.signature(130, 490, rng, caption="Course teacher")
    return unsupported(sheet)


def meeting_agenda(rng: Random, today: date) -> Drawn:
    """The program of a department's meeting: education is on it, nothing is certified."""
    hospital = rng.choice(HOSPITALS)
    when = today - timedelta(days=rng.randint(5, 300))
    sheet = Sheet(face=SANS, margin=66)
    sheet.say(hospital.name, size=16, bold=True, gap=2)
    sheet.say(f"Department meeting — agenda, {dates.month_name(when)}", size=12, gap=24)
    topics = ("Minutes of the meeting of last month", "Staffing over the holidays", "New infusion pumps", "Parking")
    rows = [("Time", "Topic", "Speaker")]
    rows += [(f"{8 + n}:00", topic, draw_person(rng).name) for n, topic in enumerate(topics)]
    sheet.table(rows, (70, 250, 160), size=10.5)
    sheet.skip(20)
    sheet.say("Please register by Friday if you would like lunch.", align="left")
    return unsupported(sheet)
