"""Papers of licensing, insurance and medical staff offices that speak of a credential and are none."""

from datetime import date, timedelta
from random import Random

from credmate_pipeline.samples import dates
from credmate_pipeline.samples.facts import Drawn
from credmate_pipeline.samples.layouts.papers import unsupported
from credmate_pipeline.samples.numbers import draw_dea_number
from credmate_pipeline.samples.organizations import HOSPITALS, INSURERS, SIGNERS
from credmate_pipeline.samples.people import draw_person
from credmate_pipeline.samples.places import JURISDICTIONS, digits, draw_street
from credmate_pipeline.samples.sheet import LANDSCAPE, SANS, SERIF, Sheet


def application_received(rng: Random, today: date) -> Drawn:
    """A board has received an application for a license: a number of the application, no license."""
    place, person = rng.choice(JURISDICTIONS), draw_person(rng)
    sheet = Sheet(face=SERIF, margin=74)
    sheet.say(place.board, size=16, bold=True, gap=24)
    _paragraphs(
        sheet,
        dates.month_name(dates.recently(rng, today, days=90)),
        f"Dear Dr. {person.last}:",
        f"We have received your application for a license to practice medicine in {place.name}. Your application "
        f"number is {digits(rng, 7)}. Your application is under review and is not complete.",
        "Please note that you may not practice until a license has been issued. The following items are outstanding: "
        "verification of postgraduate training, fingerprints, the application fee.",
        "You can check the status of your application online.",
        "Sincerely,",
        "Licensing Unit",
    )
    return unsupported(sheet)


def renewal_receipt(rng: Random, today: date) -> Drawn:
    """A payment for a license's renewal: the license number is there, the license is not."""
    place, person = rng.choice(JURISDICTIONS), draw_person(rng)
    sheet = Sheet(face=SANS, margin=64)
    sheet.say(f"{place.name} Department of Health", size=14, bold=True, align="left", gap=4)
    sheet.say("License Renewal — Payment Receipt", size=13, align="left", gap=16)
    rows = (
        ("Licensee:", person.name),
        ("License Number:", place.draw_number(rng)),
        ("Transaction ID:", digits(rng, 9)),
        ("Transaction Date:", dates.slashes(dates.recently(rng, today, days=60))),
        ("Payment Method:", "Visa ending in 4242"),
        ("Renewal fee:", "$391.00"),
        ("Total Paid:", "$391.00"),
    )
    sheet.label_rows(rows)
    sheet.skip(12)
    sheet.say(
        "Your renewal has been submitted. This receipt is not a license. Your license will be mailed after approval.",
        align="left",
    )
    return unsupported(sheet)


def dea_application(rng: Random, today: date) -> Drawn:
    """The administration's acknowledgment of an application: it may show a number, it certifies nothing."""
    person = draw_person(rng)
    sheet = Sheet(face=SANS, margin=60)
    sheet.say("U.S. DEPARTMENT OF JUSTICE • DRUG ENFORCEMENT ADMINISTRATION", size=12, bold=True, gap=4)
    sheet.say("Diversion Control Division", size=11, gap=16)
    title = rng.choice(("Application for Registration (DEA Form 224)", "Renewal Application for DEA Registration"))
    sheet.say(title, size=13, bold=True, gap=14)
    rows = [
        ("Submission Date:", dates.slashes(dates.recently(rng, today, days=60))),
        ("Control Number:", f"W{digits(rng, 8)}C"),
        ("Applicant:", person.last_first),
        ("Business Activity:", "PRACTITIONER"),
        ("Drug Schedules Requested:", "2,2N,3,3N,4,5"),
        ("Application Fee:", "$888"),
    ]
    if title.startswith("Renewal"):
        rows.insert(2, ("DEA Number:", draw_dea_number(rng, person)))
    sheet.label_rows(rows, label_width=190)
    sheet.skip(14)
    sheet.say(
        "Your application has been submitted and is being processed. Please print this page for your records. You "
        "will receive a certificate by mail when the application is approved.",
        align="left",
    )
    return unsupported(sheet)


def score_report(rng: Random, today: date) -> Drawn:
    """A board's examination result: passed or not, it is no certification."""
    person = draw_person(rng)
    sheet = Sheet(face=SANS, margin=60)
    board = rng.choice(("American Board of Internal Medicine", "American Board of Pediatrics"))
    sheet.say(board, size=16, bold=True, gap=4)
    sheet.say("Examination Score Report", size=14, gap=16)
    rows = (
        ("Candidate:", f"{person.name}, MD"),
        ("Candidate ID:", digits(rng, 6)),
        ("Examination:", f"Certification Examination in {board.rsplit(' of ', 1)[1]}"),
        ("Examination Date:", dates.month_name(dates.recently(rng, today))),
        ("Result:", rng.choice(("Pass", "Pass", "Fail"))),
        ("Your standardized score:", str(rng.randint(300, 700))),
        ("Passing score:", "366"),
    )
    sheet.label_rows(rows)
    sheet.skip(12)
    areas = (
        ("Content Area", "Questions", "Percent Correct"),
        *((area, "20", "74%") for area in ("Cardiology", "Renal")),
    )
    sheet.table(areas, (200, 90, 110))
    return unsupported(sheet)


def privileges_letter(rng: Random, today: date) -> Drawn:
    """A hospital grants privileges: appointment dates, a department, no credential of the state's or a board's."""
    hospital, person = rng.choice(HOSPITALS), draw_person(rng)
    begin = dates.recently(rng, today, days=300)
    sheet = Sheet(face=SERIF, margin=74)
    sheet.say(hospital.name, size=16, bold=True, gap=2)
    sheet.say(hospital.address, size=9, gap=22)
    _paragraphs(
        sheet,
        dates.month_name(begin),
        f"{person.name}, MD",
        f"Dear Dr. {person.last}:",
        "We are pleased to inform you that the Board of Trustees, upon the recommendation of the Medical Executive "
        "Committee, has approved your reappointment to the Active Medical Staff, Department of Medicine, with the "
        f"clinical privileges requested, from {dates.month_name(begin)} through "
        f"{dates.month_name(dates.years_later(begin, 2))}.",
        "Please keep your medical license, DEA registration, board certification and malpractice insurance current "
        "and send us copies at each renewal.",
        "Sincerely,",
    )
    sheet.signature(74, sheet.y + 20, rng, caption=f"{rng.choice(SIGNERS)}<br/>Chief of Staff")
    return unsupported(sheet)


def health_plan_card(rng: Random, today: date) -> Drawn:
    """A member's card of a health plan: an insurer, a number, an effective date."""
    person = draw_person(rng)
    sheet = Sheet(face=SANS, margin=60)
    sheet.box(100, 90, 340, 210, weight=1)
    sheet.put("Prairie Blue Health Plan", 114, 102, width=300, size=15, bold=True)
    rows = (
        ("Member Name", person.capitals),
        ("Member ID", f"XQW{digits(rng, 9)}"),
        ("Group Number", digits(rng, 6)),
        ("Effective Date", dates.slashes(dates.recently(rng, today))),
        ("RxBIN", digits(rng, 6)),
        ("Copay", "PCP $25  Specialist $50  ER $250"),
    )
    for number, (label, value) in enumerate(rows):
        sheet.put(label, 114, 136 + 24 * number, width=120, size=8)
        sheet.put(value, 220, 134 + 24 * number, width=200, size=10)
    return unsupported(sheet)


def loss_runs(rng: Random, today: date) -> Drawn:
    """An insurer's history of claims: policy numbers and periods by the row, no cover certified."""
    insurer, person = rng.choice(INSURERS), draw_person(rng)
    sheet = Sheet(face=SANS, margin=44)
    sheet.say(insurer.name, size=14, bold=True, align="left", gap=3)
    sheet.say("Loss Run / Claims History Report", size=13, align="left", gap=10)
    sheet.say(f"Insured: {person.name}, MD", align="left", gap=3)
    sheet.say(f"Valuation Date: {dates.slashes(today - timedelta(days=9))}", align="left", gap=12)
    head = ("Policy Number", "Policy Period", "Claim Number", "Date of Loss", "Status", "Paid", "Reserved")
    rows: list[tuple[str, ...]] = [head]
    for back in range(1, 4):
        begin = date(today.year - back, 7, 1)
        period = f"{dates.slashes(begin)} - {dates.slashes(dates.years_later(begin, 1))}"
        rows.append((f"MPL-{digits(rng, 6)}", period, "No claims", "", "", "$0.00", "$0.00"))
    sheet.table(rows, (80, 130, 80, 70, 50, 50, 60), size=8)
    sheet.skip(12)
    sheet.say("Total incurred: $0.00. This report is for underwriting purposes only.", align="left", size=9)
    return unsupported(sheet)


def data_bank_response(rng: Random, today: date) -> Drawn:
    """The practitioner data bank's answer to a query: licenses and schools of the subject, no reports found."""
    person, place = draw_person(rng), rng.choice(JURISDICTIONS)
    sheet = Sheet(face=SANS, margin=56)
    sheet.say("NATIONAL PRACTITIONER DATA BANK", size=14, bold=True, gap=3)
    sheet.say("ONE-TIME QUERY RESPONSE", size=12, gap=12)
    sheet.say("A. SUBJECT INFORMATION", size=10, bold=True, align="left", gap=4)
    rows = (
        ("Practitioner Name:", person.last_first),
        ("Date of Birth:", "**/**/1971"),
        ("Professional School:", "CEDAR MESA UNIVERSITY"),
        ("License:", f"PHYSICIAN (MD), {place.draw_number(rng)}, {place.code}"),
        ("DCN:", digits(rng, 14)),
        ("Process Date:", dates.slashes(dates.recently(rng, today, days=100))),
    )
    sheet.label_rows(rows, size=9.5)
    sheet.skip(8)
    sheet.say("B. SUMMARY OF REPORTS ON FILE WITH THE DATA BANK AS OF THE PROCESS DATE", size=10, bold=True, gap=4)
    sheet.table(
        (("Medical Malpractice Payment", "No Reports"), ("State Licensure Action", "No Reports"),
         ("DEA/Federal Licensure Action", "No Reports"), ("Clinical Privileges Action", "No Reports")),
        (220, 120),
    )  # fmt: skip
    return unsupported(sheet)


def college_fellow(rng: Random, today: date) -> Drawn:
    """A college elects a fellow: solemn as a board's certificate, an honor."""
    person = draw_person(rng)
    name, letters = rng.choice(
        (("American College of Physicians", "FACP"), ("American College of Surgeons", "FACS"),
         ("American Academy of Family Physicians", "FAAFP"))
    )  # fmt: skip
    sheet = Sheet(LANDSCAPE, face=SERIF, margin=90)
    sheet.frame("#5b1a2b", inset=26)
    sheet.say(f"The {name}", size=24, bold=True, gap=14)
    sheet.say("hereby confers upon", size=13, gap=8)
    sheet.say(f"{person.name}, MD", size=24, bold=True, gap=10)
    sheet.say("in recognition of personal integrity and superior competence in medicine the title of", size=13, gap=8)
    sheet.say(f"Fellow of the {name} ({letters})", size=17, bold=True, gap=16)
    sheet.say(f"Given this {dates.solemn(dates.recently(rng, today, days=5000))}", size=13)
    sheet.signature(110, 500, rng, caption="President")
    sheet.signature(500, 500, rng, caption="Secretary")
    return unsupported(sheet)


def collaborative_agreement(rng: Random, today: date) -> Drawn:
    """A nurse practitioner's agreement with a physician: license and DEA numbers of two people, a contract."""
    nurse, doctor, place = draw_person(rng), draw_person(rng), rng.choice(JURISDICTIONS)
    sheet = Sheet(face=SERIF, margin=70)
    sheet.say("COLLABORATIVE PRACTICE AGREEMENT", size=15, bold=True, gap=16)
    _paragraphs(
        sheet,
        f"This agreement is made on {dates.month_name(dates.recently(rng, today))} between {nurse.name}, APRN "
        f'("the nurse practitioner"), license number {digits(rng, 6)}, and {doctor.name}, MD ("the physician"), '
        f"license number {place.draw_number(rng)}, DEA number {draw_dea_number(rng, doctor)}.",
        "1. The nurse practitioner may prescribe legend drugs and controlled substances in Schedules II through V as "
        "permitted by the Board of Nursing.",
        "2. The physician shall be available for consultation and shall review ten percent of charts each month.",
        "3. This agreement shall be reviewed annually and may be terminated by either party on thirty days' notice.",
    )
    sheet.signature(70, sheet.y + 40, rng, caption=f"{nurse.name}, APRN")
    sheet.signature(340, sheet.y + 40, rng, caption=f"{doctor.name}, MD")
    return unsupported(sheet)


def order_form(rng: Random, today: date) -> Drawn:
    """The order form for drugs of schedule II: a registrant's number on a form that is no registration."""
    person, street = draw_person(rng), draw_street(rng)
    sheet = Sheet(LANDSCAPE, face=SANS, margin=40)
    sheet.say("U.S. OFFICIAL ORDER FORMS - SCHEDULES I & II", size=13, bold=True, gap=3)
    sheet.say("DRUG ENFORCEMENT ADMINISTRATION — DEA FORM 222", size=10, gap=12)
    sheet.label_rows(
        (
            ("TO: (Name of Supplier)", "Juniper Pharmacy Wholesale"),
            ("DATE", dates.slashes(dates.recently(rng, today, days=200))),
            ("PURCHASER INFORMATION", f"{person.last_first}<br/>{street.upper()}"),
            (
                "REGISTRATION INFORMATION",
                f"REGISTRATION #: {draw_dea_number(rng, person)}<br/>SCHEDULES: 2,2N,3,3N,4,5",
            ),
            ("ORDER FORM NUMBER", digits(rng, 9)),
        ),
        label_width=180,
    )
    rows = [("No. of Packages", "Size of Package", "Name of Item", "National Drug Code")]
    rows += [("2", "100", "Morphine sulfate 15 mg", digits(rng, 11)), ("1", "30", "Fentanyl patch", digits(rng, 11))]
    sheet.table(rows, (100, 100, 260, 160))
    return unsupported(sheet)


def pharmacy_permit(rng: Random, today: date) -> Drawn:
    """A state's permit for a place, not a person."""
    place = rng.choice(JURISDICTIONS)
    sheet = Sheet(LANDSCAPE, face=SERIF, margin=90)
    sheet.frame("#1e4d3a", inset=28)
    sheet.say(f"State of {place.name}", size=22, bold=True, gap=3)
    sheet.say("Board of Pharmacy", size=15, gap=12)
    sheet.say("PHARMACY PERMIT", size=18, bold=True, gap=12)
    sheet.say(
        "This certifies that the facility named below is permitted to operate as a retail pharmacy", size=12, gap=8
    )
    sheet.say("Juniper Street Community Pharmacy, LLC", size=17, bold=True, gap=3)
    city, zip_code = rng.choice(place.cities)
    sheet.say(f"{draw_street(rng)}, {city}, {place.code} {zip_code}", size=11, gap=12)
    sheet.say(f"Permit Number: PH{digits(rng, 5)}", size=12, gap=4)
    sheet.say(f"Expires: {dates.slashes(dates.month_end(today + timedelta(days=300)))}", size=12)
    return unsupported(sheet)


def skills_checklist(rng: Random, today: date) -> Drawn:
    """A tester's sheet of a resuscitation course: steps ticked, nothing certified."""
    person = draw_person(rng)
    sheet = Sheet(face=SANS, margin=56)
    sheet.say("Basic Life Support", size=13, bold=True, gap=2)
    sheet.say("Adult CPR and AED Skills Testing Checklist", size=14, bold=True, gap=14)
    sheet.say(f"Student Name: {person.name}    Date of Test: {dates.slashes(dates.recently(rng, today))}", align="left")
    steps = ("Checks responsiveness", "Shouts for help", "Checks breathing and pulse", "Hand placement on sternum",
             "Compression rate 100-120 per minute", "Powers on AED", "Clears and delivers shock")  # fmt: skip
    sheet.table((("Skill", "Check if done correctly"), *((step, "X") for step in steps)), (320, 140))
    sheet.skip(10)
    sheet.say("Test Results:  [X] PASS   [ ] NR (needs remediation)", align="left", gap=4)
    sheet.say(f"Instructor Initials: {person.last[0]}K   Instructor Number: {digits(rng, 10)}", align="left")
    return unsupported(sheet)


def immunization_history(rng: Random, today: date) -> Drawn:
    """An occupational health record: vaccines and a tuberculosis test by the row."""
    person = draw_person(rng)
    sheet = Sheet(face=SANS, margin=56)
    sheet.say("Employee Health — Immunization Record", size=14, bold=True, align="left", gap=10)
    sheet.say(
        f"Name: {person.name}    DOB: 04/1{rng.randint(0, 9)}/1980    Employee ID: {digits(rng, 6)}", align="left"
    )
    rows: list[tuple[str, ...]] = [("Vaccine / Test", "Date", "Result / Lot", "Administered by")]
    for name in ("Hepatitis B #1", "Hepatitis B #2", "MMR", "Varicella titer", "Tdap", "Influenza", "QuantiFERON-TB"):
        rows.append((name, dates.slashes(dates.recently(rng, today, days=3000)), f"LOT {digits(rng, 5)}", "RN"))
    sheet.table(rows, (140, 90, 120, 100))
    return unsupported(sheet)


def attendance_record(rng: Random, today: date) -> Drawn:
    """A certificate of attendance at a hospital's class: hours, but no credit of any system."""
    person, hospital = draw_person(rng), rng.choice(HOSPITALS)
    sheet = Sheet(LANDSCAPE, face=SERIF, margin=90)
    sheet.frame("#6b4a12", inset=28)
    sheet.say(hospital.name, size=18, bold=True, gap=10)
    sheet.say("Certificate of Attendance", size=24, bold=True, gap=12)
    sheet.say("This certifies that", size=12, gap=6)
    sheet.say(f"{person.name}, MD", size=22, bold=True, gap=8)
    sheet.say("attended the electronic health record super-user class", size=13, gap=8)
    sheet.say(f"{rng.randint(2, 8)} hours of instruction on {dates.month_name(dates.recently(rng, today))}", size=12)
    sheet.signature(110, 480, rng, caption="Director of Clinical Informatics")
    return unsupported(sheet)


def _paragraphs(sheet: Sheet, *texts: str) -> None:
    for text in texts:
        sheet.say(text, size=11, align="left", gap=12)
