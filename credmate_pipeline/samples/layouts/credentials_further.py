"""Boards, registrations, cards and policies of further bodies, each drawn once: terms, strips, status pages."""

from datetime import date, timedelta
from random import Random

from credmate_pipeline.samples import dates
from credmate_pipeline.samples.facts import Drawn, Facts
from credmate_pipeline.samples.layouts.malpractice import dollars, draw_policy
from credmate_pipeline.samples.numbers import draw_ecard_code
from credmate_pipeline.samples.people import NURSES, draw_person
from credmate_pipeline.samples.places import digits, draw_street
from credmate_pipeline.samples.sheet import HUMANIST, LANDSCAPE, SANS, SERIF, Sheet


def board_status_page(rng: Random, today: date) -> Drawn:
    """A board's page on one physician: a heading, then sentences of label and date, several of one date's kind."""
    facts, person = Facts(), draw_person(rng, ("MD",))
    issued, expires = today - timedelta(days=rng.randint(900, 6000)), date(today.year + 2, 12, 31)
    sheet = Sheet(face=HUMANIST, margin=56)
    sheet.say(facts.text("board", "American Board of Internal Medicine"), size=14, bold=True, align="left", gap=12)
    sheet.say(facts.text("holder_name", person.name), size=19, bold=True, align="left", gap=8)
    sheet.say("Overall Certification Status", size=11, bold=True, align="left", gap=3)
    sheet.say("Certified, Participating in Maintenance of Certification", size=10.5, align="left", gap=12)
    sheet.say("Certification: " + facts.text("specialty", "Infectious Disease"), size=12, align="left", gap=4)
    sheet.say(f"Initial Certification: {facts.day('issue_date', issued, dates.month_name)}", size=10.5, align="left")
    sheet.say(f"Expires: {facts.day('expiration_date', expires, dates.month_name)}", size=10.5, align="left", gap=12)
    sheet.say(f"As of: {dates.month_name(today)}", size=9, align="left")
    return Drawn(sheet.finish(), "board_certification", facts.recorded)


def board_term(rng: Random, today: date) -> Drawn:
    """On the wall: certified `for the period … through …`, the number under the seal."""
    facts, person = Facts(), draw_person(rng, ("MD",))
    begin = date(today.year - rng.randint(1, 8), 1, 1)
    sheet = Sheet(LANDSCAPE, face=SERIF, margin=96)
    sheet.frame("#1e4d3a", inset=24)
    sheet.say(f"The {facts.text('board', 'American Board of Emergency Medicine')}", size=23, bold=True, gap=16)
    sheet.say("confirms that", size=13, gap=8)
    sheet.say(f"{facts.text('holder_name', person.name)}, M.D.", size=24, bold=True, gap=10)
    sheet.say("has met the requirements of this Board and is certified in", size=13, gap=6)
    sheet.say(facts.text("specialty", "Emergency Medicine"), size=19, bold=True, gap=12)
    start = facts.day("issue_date", begin, dates.month_name)
    end = facts.day("expiration_date", date(begin.year + 9, 12, 31), dates.month_name)
    sheet.say(f"for the period {start} through {end}", size=13, gap=16)
    sheet.say(f"No. {facts.text('certificate_number', digits(rng, 5))}", size=11)
    sheet.signature(110, 515, rng, caption="President")
    return Drawn(sheet.finish(), "board_certification", facts.recorded)


def anesthetists_card(rng: Random, today: date) -> Drawn:
    """A card of a nurse anesthetist's certification: captions under values."""
    facts, person, style = Facts(), draw_person(rng, ("CRNA",)), dates.slashes
    issued = today - timedelta(days=rng.randint(60, 1300))
    sheet = Sheet(face=SANS, margin=60)
    sheet.box(80, 90, 440, 210, weight=1)
    sheet.y = 100
    board = "National Board of Certification and Recertification for Nurse Anesthetists"
    sheet.say(facts.text("board", board), size=11, bold=True, gap=12, x=90, width=420)
    sheet.say(f"{facts.text('holder_name', person.name)}, CRNA", size=15, bold=True, gap=4)
    sheet.say(f"Certified as a {facts.text('specialty', 'Nurse Anesthetist')}", size=10, gap=20)
    for x, value, caption in (
        (95, facts.text("certificate_number", digits(rng, 6)), "Certification Number"),
        (240, facts.day("issue_date", issued, style), "Effective Date"),
        (380, facts.day("expiration_date", dates.years_later(issued, 4), style), "Expiration Date"),
    ):
        sheet.put(value, x, sheet.y, width=130, size=12, bold=True)
        sheet.put(caption, x, sheet.y + 16, width=130, size=8)
    return Drawn(sheet.finish(), "board_certification", facts.recorded)


def delaware_substances(rng: Random, today: date) -> Drawn:
    """A registration whose person, schedules and term are sentences of a letter-sized certificate."""
    facts, person = Facts(), draw_person(rng, ("MD",))
    issued, expires = today - timedelta(days=rng.randint(40, 500)), date(today.year + 1, 6, 30)
    sheet = Sheet(face=SERIF, margin=70)
    sheet.frame("#3d2b56", inset=30, double=False)
    sheet.say(facts.put("state", "DE", "State of Delaware"), size=20, bold=True, gap=3)
    sheet.say("Division of Professional Regulation", size=13, gap=3)
    sheet.say("Controlled Substance Advisory Committee", size=12, gap=16)
    sheet.say("Controlled Substances Practitioner Registration", size=14, bold=True, gap=14)
    sheet.say(facts.text("holder_name", person.name), size=16, bold=True, gap=2)
    sheet.say(f"{draw_street(rng)}<br/>Dover, DE 19901", size=11, gap=14)
    schedules = facts.put("schedules", ("2", "2N", "3", "3N", "4", "5"), "II, IIN, III, IIIN, IV, V")
    sheet.say(f"is registered for Schedules {schedules}", size=12, gap=12)
    sheet.say(f"Registration Number: {facts.text('registration_number', f'MD-{digits(rng, 7)}')}", size=12, gap=4)
    style = dates.slashes
    begin, end = facts.day("issue_date", issued, style), facts.day("expiration_date", expires, style)
    sheet.say(f"Effective {begin} to {end}", size=12)
    return Drawn(sheet.finish(), "controlled_substance_registration", facts.recorded)


def wyoming_substances(rng: Random, today: date) -> Drawn:
    """A board of pharmacy's registration: a strip of values over captions, the state's seal words above."""
    facts, person, style = Facts(), draw_person(rng, ("MD",)), dates.slashes
    sheet = Sheet(LANDSCAPE, face=SANS, margin=80)
    sheet.box(50, 50, 690, 330, weight=1.2)
    sheet.say(facts.put("state", "WY", "Wyoming State Board of Pharmacy"), size=18, bold=True, gap=4)
    sheet.say("CONTROLLED SUBSTANCE REGISTRATION", size=15, bold=True, gap=18)
    sheet.say("This registration is issued to", size=11, gap=4)
    sheet.say(facts.text("holder_name", person.name) + ", MD", size=18, bold=True, gap=2)
    sheet.say(f"{draw_street(rng)}, Casper, WY 82601", size=11, gap=30)
    for x, value, caption in (
        (80, facts.text("registration_number", f"CS-{digits(rng, 4)}"), "Registration No."),
        (250, facts.put("schedules", ("2", "3", "4", "5"), "II III IV V"), "Schedules"),
        (420, facts.day("issue_date", today - timedelta(days=rng.randint(40, 300)), style), "Issued"),
        (590, facts.day("expiration_date", date(today.year + 1, 6, 30), style), "Expires"),
    ):
        sheet.put(value, x, sheet.y, width=140, size=13, bold=True)
        sheet.put(caption, x, sheet.y + 17, width=140, size=8)
    return Drawn(sheet.finish(), "controlled_substance_registration", facts.recorded)


def course_printout(rng: Random, today: date) -> Drawn:
    """A browser's print of an electronic card: labels and values in running lines, a date of printing on top."""
    facts, person = Facts(), draw_person(rng, NURSES)
    issued = today - timedelta(days=rng.randint(30, 600))
    renew = dates.years_later(issued.replace(day=1), 2)
    sheet = Sheet(face=SANS, margin=60)
    sheet.put(f"{dates.plain_slashes(today)}, 3:{rng.randint(10, 59)} PM", 28, 18, size=7)
    sheet.say("American Heart Association eCard", size=13, bold=True, align="left", gap=10)
    sheet.say(facts.put("course", "ACLS", "ACLS Provider"), size=17, bold=True, align="left", gap=10)
    code = facts.text("ecard_code", draw_ecard_code(rng, issued))
    for line in (
        f"Student: {facts.text('holder_name', person.name)}",
        f"eCard Code: {code}",
        f"Issue Date: {facts.day('issue_date', issued, dates.slashes)}",
        f"Renew By: {facts.put('renew_by', f'{renew:%Y-%m}', dates.month_and_year(renew))}",
        f"Instructor: {facts.text('instructor_name', draw_person(rng).name)}",
        f"Training Center: {facts.text('training_center', 'Bayside Resuscitation Training')}",
    ):
        sheet.say(line, size=11, align="left", gap=6)
    return Drawn(sheet.finish(), "life_support_card", facts.recorded)


def coverage_certificate(rng: Random, today: date) -> Drawn:
    """A carrier's one-page certificate: `Policy Term` in one line, limits in a sentence."""
    policy, facts = draw_policy(rng, today), Facts()
    style = rng.choice((dates.slashes, dates.month_name))
    sheet = Sheet(face=SERIF, margin=70)
    sheet.say("CERTIFICATE OF COVERAGE", size=16, bold=True, gap=4)
    sheet.say(facts.text("insurer", policy.insurer.name), size=13, bold=True, gap=18)
    sheet.say("This is to certify that the policy named below is in force.", size=11, align="left", gap=12)
    begin, end = (
        facts.day("effective_date", policy.effective_on, style),
        facts.day("expiration_date", policy.expires_on, style),
    )
    rows = (
        ("Name of Insured:", f"{facts.text('holder_name', policy.person.name)}, MD"),
        ("Policy Number:", facts.text("policy_number", policy.number)),
        ("Policy Term:", f"{begin} to {end}"),
        ("Type of Policy:", facts.put("coverage_basis", "claims_made", "Claims-Made")),
        ("Retroactive Date:", facts.day("retroactive_date", policy.retroactive_on, style)),
    )
    sheet.label_rows(rows, label_width=150, size=11)
    sheet.skip(10)
    per_claim = dollars(facts, "limit_per_claim", policy.per_claim)
    aggregate = dollars(facts, "limit_aggregate", policy.aggregate)
    sheet.say(
        f"Limits of liability for medical professional liability are {per_claim} per claim and {aggregate} aggregate.",
        size=11,
        align="left",
    )
    sheet.signature(70, sheet.y + 60, rng, caption="Underwriting Department")
    return Drawn(sheet.finish(), "malpractice_insurance", facts.recorded)
