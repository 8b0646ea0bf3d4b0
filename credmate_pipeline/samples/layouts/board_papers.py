"""More board certifications: osteopathic, nurses' and assistants' boards, certificates without expiry, look-ups."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from credmate_pipeline.samples import dates
from credmate_pipeline.samples.facts import Drawn, Facts
from credmate_pipeline.samples.layouts.forms import draw_face, draw_ink, draw_style, print_entries, print_name, shuffled
from credmate_pipeline.samples.people import ALLOPATHIC, OSTEOPATHIC, draw_person
from credmate_pipeline.samples.places import digits
from credmate_pipeline.samples.sheet import LANDSCAPE, SANS, SERIF, Sheet

_TYPE = "board_certification"


@dataclass(frozen=True, slots=True)
class Board:
    """A certifying board, what it certifies in, and the degrees of those it certifies."""

    name: str
    specialties: tuple[str, ...]
    degrees: tuple[str, ...]


_PHYSICIANS = (
    Board(
        "American Board of Obstetrics and Gynecology",
        ("Obstetrics and Gynecology", "Maternal-Fetal Medicine"),
        ALLOPATHIC,
    ),
    Board(
        "American Board of Psychiatry and Neurology",
        ("Psychiatry", "Neurology", "Child and Adolescent Psychiatry"),
        ALLOPATHIC,
    ),
    Board("American Board of Radiology", ("Diagnostic Radiology", "Radiation Oncology"), ALLOPATHIC),
    Board("American Board of Orthopaedic Surgery", ("Orthopaedic Surgery",), ALLOPATHIC),
    Board(
        "American Board of Physical Medicine and Rehabilitation",
        ("Physical Medicine and Rehabilitation", "Pain Medicine"),
        ALLOPATHIC,
    ),
    Board("American Board of Pathology", ("Anatomic Pathology and Clinical Pathology", "Hematopathology"), ALLOPATHIC),
    Board("American Board of Ophthalmology", ("Ophthalmology",), ALLOPATHIC),
    Board("American Board of Preventive Medicine", ("Addiction Medicine", "Occupational Medicine"), ALLOPATHIC),
    Board(
        "American Osteopathic Board of Family Physicians",
        ("Family Medicine", "Osteopathic Manipulative Treatment"),
        OSTEOPATHIC,
    ),
    Board("American Osteopathic Board of Internal Medicine", ("Internal Medicine", "Cardiology"), OSTEOPATHIC),
    Board(
        "National Board of Physicians and Surgeons", ("Internal Medicine", "Gastroenterology", "Pediatrics"), ALLOPATHIC
    ),
    Board("American Board of Surgery", ("Vascular Surgery", "Surgical Critical Care"), ALLOPATHIC),
    Board("American Board of Internal Medicine", ("Nephrology", "Endocrinology, Diabetes, and Metabolism"), ALLOPATHIC),
)
_OTHERS = (
    Board(
        "American Nurses Credentialing Center",
        ("Family Nurse Practitioner", "Adult-Gerontology Primary Care Nurse Practitioner"),
        ("FNP-BC", "MSN, APRN"),
    ),
    Board(
        "American Academy of Nurse Practitioners Certification Board",
        ("Family Nurse Practitioner", "Emergency Nurse Practitioner"),
        ("FNP-C", "NP-C"),
    ),
    Board("National Commission on Certification of Physician Assistants", ("Physician Assistant",), ("PA-C",)),
    Board(
        "National Board of Certification and Recertification for Nurse Anesthetists", ("Nurse Anesthetist",), ("CRNA",)
    ),
)


def diplomate(rng: Random, today: date) -> Drawn:
    """On the wall, in sentences: some of these never expire, some hold while the holder takes part in a program."""
    facts, ink, board = Facts(), draw_ink(rng), rng.choice(_PHYSICIANS)
    person, specialty = draw_person(rng, board.degrees), rng.choice(board.specialties)
    issued = today - timedelta(days=rng.randint(300, 9000))
    sheet = Sheet(LANDSCAPE, face=SERIF, margin=90)
    sheet.frame(ink, inset=24)
    sheet.skip(-20)
    sheet.say(rng.choice(("The {}", "{}")).format(facts.text("board", board.name)), size=23, bold=True, ink=ink, gap=6)
    sheet.say(
        rng.choice(("Incorporated 1936", "A Member Board of the American Board of Medical Specialties", ""))
        or "&nbsp;",
        size=10,
        gap=10,
    )
    sheet.say(rng.choice(("attests that", "certifies that", "hereby declares", "Be it known that")), size=14)
    sheet.say(f"{facts.text('holder_name', person.name)}, {board.degrees[0].split(',')[0]}", size=24, bold=True, gap=12)
    sheet.say(
        rng.choice(
            (
                "having satisfied the requirements of the Board and passed its examinations is a Diplomate in",
                "has successfully fulfilled the requirements of this Board and is hereby certified as a Diplomate in",
                "has met all requirements and is board certified in the specialty of",
            )
        ),
        size=13,
        gap=8,
    )
    sheet.say(facts.text("specialty", specialty), size=21, bold=True, gap=14)
    number = facts.text("certificate_number", digits(rng, rng.choice((5, 6, 7))))
    sheet.say(
        f"{rng.choice(('Certificate Number', 'Certificate No.', 'No.', 'Diplomate Number'))} {number}", size=12, gap=6
    )
    style = rng.choice((dates.month_name, dates.solemn, dates.capital_month))
    begin = rng.choice(("Certified", "Issued", "Date of Certification:", "Dated"))
    sheet.say(
        f"{begin} {facts.day('issue_date', issued, style)}",
        size=12,
        gap=6,
    )
    ending = rng.choice(("expires", "program", "none"))
    if ending == "expires":
        expires = dates.years_later(today, rng.randint(1, 8)).replace(month=12, day=31)
        label = rng.choice(("Valid through", "Expires", "Certification expires", "Valid Until"))
        sheet.say(f"{label} {facts.day('expiration_date', expires, dates.month_name)}", size=12)
    if ending == "program":
        sheet.say("Ongoing certification is contingent upon participation in Maintenance of Certification.", size=10)
    for x, office in ((90, "President"), (320, "Chair"), (540, "Executive Director")):
        sheet.signature(x, 512, rng, caption=f"{draw_person(rng).name}, MD<br/>{office}", width=150)
    return Drawn(sheet.finish(), _TYPE, facts.recorded)


def lookup(rng: Random, today: date) -> Drawn:
    """A board's verification of one of its certificates: words, order and style differ; some never expire."""
    facts, board = Facts(), rng.choice((*_PHYSICIANS, *_OTHERS))
    person, specialty, style = draw_person(rng, board.degrees), rng.choice(board.specialties), draw_style(rng)
    issued = today - timedelta(days=rng.randint(300, 5000))
    sheet = Sheet(face=draw_face(rng), margin=58)
    sheet.rule(46, weight=4, ink=draw_ink(rng))
    sheet.say(facts.text("board", board.name), size=16, bold=True, align="left", gap=4)
    sheet.say(
        rng.choice(("Verification of Certification", "Certification Verification", "Physician Certification Status")),
        size=13,
        align="left",
        gap=18,
    )
    entries = [
        (
            rng.choice(("Name", "Physician", "Diplomate", "Certificant Name", "Certificant")),
            print_name(facts, person, rng, degree=board.degrees[0]),
        ),
        (
            rng.choice(("Specialty", "Certification", "Certified In", "Area of Certification", "Certificate")),
            facts.text("specialty", specialty),
        ),
        (
            rng.choice(("Certificate Number", "Certification Number", "Certificate #", "Certification ID")),
            facts.text("certificate_number", digits(rng, 7)),
        ),
        (
            rng.choice(
                (
                    "Initial Certification",
                    "Original Issue Date",
                    "Initial Certification Date",
                    "Date Certified",
                    "Issue Date",
                )
            ),
            facts.day("issue_date", issued, style),
        ),
        (rng.choice(("Certification Status", "Status")), "Certified"),
    ]
    if rng.random() < 0.6:
        label = rng.choice(("Expiration Date", "Valid Through", "Expires", "Certification Expires", "Renewal Date"))
        entries.append(
            (label, facts.day("expiration_date", dates.years_later(today, 2).replace(month=12, day=31), style))
        )
    else:
        entries.append(("Participating in MOC", "Yes"))
    print_entries(sheet, shuffled(rng, entries), rng)
    sheet.put(f"Information as of {dates.slashes(today)}", 58, 740, size=8)
    return Drawn(sheet.finish(), _TYPE, facts.recorded)


def clinician_certificate(rng: Random, today: date) -> Drawn:
    """A nurses' or assistants' board: the certification, a number and a term."""
    facts, ink, board = Facts(), draw_ink(rng), rng.choice(_OTHERS)
    person, specialty, style = (
        draw_person(rng, board.degrees),
        rng.choice(board.specialties),
        rng.choice((dates.month_name, dates.slashes)),
    )
    issued = today - timedelta(days=rng.randint(100, 1500))
    sheet = Sheet(LANDSCAPE, face=rng.choice((SERIF, SANS)), margin=80)
    sheet.frame(ink, inset=28, double=False)
    sheet.say(facts.text("board", board.name), size=19, bold=True, ink=ink, gap=14)
    sheet.say(rng.choice(("This is to certify that", "hereby certifies that", "verifies that")), size=13)
    sheet.say(f"{facts.text('holder_name', person.name)}, {board.degrees[0]}", size=23, bold=True, gap=10)
    sheet.say("has met the requirements for national certification and is certified as a", size=13)
    sheet.say(facts.text("specialty", specialty), size=19, bold=True, gap=16)
    number = facts.text("certificate_number", digits(rng, rng.choice((7, 10))))
    entries = (
        (rng.choice(("Certification Number", "Certificate Number", "Certification ID")), number),
        (
            rng.choice(("Valid From", "Certification Begins", "Issue Date", "Effective Date")),
            facts.day("issue_date", issued, style),
        ),
        (
            rng.choice(("Valid To", "Expiration Date", "Expires", "Valid Through")),
            facts.day("expiration_date", dates.years_later(issued, 5), style),
        ),
    )
    print_entries(sheet, entries, rng, x=170, width=450)
    sheet.signature(170, 520, rng, caption="Chief Executive Officer")
    return Drawn(sheet.finish(), _TYPE, facts.recorded)
