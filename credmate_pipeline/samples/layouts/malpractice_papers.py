"""More proof of malpractice cover: the form of boxes with ticks, declarations, a verification of coverage."""

from datetime import date, timedelta
from random import Random

from credmate_pipeline.samples import dates
from credmate_pipeline.samples.facts import Drawn, Facts
from credmate_pipeline.samples.layouts.forms import draw_face, draw_ink, print_entries, shuffled
from credmate_pipeline.samples.layouts.malpractice import Policy, dollars, draw_policy
from credmate_pipeline.samples.organizations import BROKERS, HOSPITALS, Organization
from credmate_pipeline.samples.places import digits, draw_street
from credmate_pipeline.samples.sheet import SANS, Sheet

_TYPE = "malpractice_insurance"
_LINES = (30.0, 52.0, 222.0, 330.0, 390.0, 450.0)
"""Where the columns of the form begin: insurer, type, policy number, effective, expiration, limits."""


def ticked_form(rng: Random, today: date) -> Drawn:
    """The brokers' form, every coverage's rows printed, only the lines in force filled in, boxes ticked."""
    policy, facts = draw_policy(rng, today), Facts()
    broker, holder = rng.choice(BROKERS), rng.choice(HOSPITALS)
    sheet = Sheet(face=SANS, margin=30)
    sheet.put("ACORD", 30, 26, size=11, bold=True)
    sheet.put("CERTIFICATE OF LIABILITY INSURANCE", 110, 26, width=360, size=15, bold=True)
    sheet.put("DATE (MM/DD/YYYY)", 480, 26, width=100, size=6)
    sheet.put(dates.slashes(policy.effective_on + timedelta(days=rng.randint(1, 29))), 486, 36, width=100, size=9)
    sheet.put(
        "THIS CERTIFICATE IS ISSUED AS A MATTER OF INFORMATION ONLY AND CONFERS NO RIGHTS UPON THE CERTIFICATE HOLDER.",
        *(30, 52),
        width=552,
        size=6.5,
    )
    _box(sheet, (30, 72, 276, 62), "PRODUCER", f"{broker.name}<br/>{broker.street}<br/>{_city(broker)}")
    name = facts.text("holder_name", rng.choice((policy.person.name, policy.person.capitals)))
    insured = f"{name}{rng.choice((', MD', ' M.D.', ''))}<br/>{draw_street(rng)}<br/>{_city(holder)}"
    _box(sheet, (30, 134, 276, 62), "INSURED", insured)
    _insurers(sheet, facts, policy, rng)
    sheet.put("COVERAGES", 34, 200, size=8, bold=True)
    sheet.put(f"CERTIFICATE NUMBER: {digits(rng, 8)}", 200, 200, size=7)
    sheet.put("REVISION NUMBER:", 420, 200, size=7)
    top = 214.0
    for x, head in zip(
        _LINES,
        (
            "INSR LTR",
            "TYPE OF INSURANCE",
            "POLICY NUMBER",
            "POLICY EFF (MM/DD/YYYY)",
            "POLICY EXP (MM/DD/YYYY)",
            "LIMITS",
        ),
        strict=True,
    ):
        sheet.put(head, x + 2, top, width=56 if 300 < x < 440 else 110, size=5.5)
    has_general = rng.random() < 0.5
    _general(sheet, policy, rng, top + 18, is_filled=has_general)
    _empty_rows(sheet, top + 112)
    _professional(sheet, facts, policy, top + 236)
    _box(
        sheet,
        (30, top + 296, 552, 60),
        "DESCRIPTION OF OPERATIONS / LOCATIONS / VEHICLES",
        _remarks(facts, policy, rng),
    )
    _box(
        sheet, (30, top + 360, 276, 80), "CERTIFICATE HOLDER", f"{holder.name}<br/>{holder.street}<br/>{_city(holder)}"
    )
    sheet.put("CANCELLATION", 310, top + 362, size=7, bold=True)
    sheet.put(
        "SHOULD ANY OF THE ABOVE DESCRIBED POLICIES BE CANCELLED BEFORE THE EXPIRATION DATE, NOTICE WILL BE DELIVERED.",
        310,
        top + 374,
        width=260,
        size=6,
    )
    sheet.put("AUTHORIZED REPRESENTATIVE", 310, top + 400, size=6.5)
    sheet.signature(316, top + 432, rng, caption="")
    sheet.put("ACORD 25 (2016/03)", 30, 762, size=7)
    sheet.put("© 1988-2015 ACORD CORPORATION. All rights reserved.", 330, 762, size=7)
    return Drawn(sheet.finish(), _TYPE, facts.recorded)


def _insurers(sheet: Sheet, facts: Facts, policy: Policy, rng: Random) -> None:
    sheet.box(306, 72, 276, 124, weight=0.8)
    sheet.put("INSURER(S) AFFORDING COVERAGE", 310, 100, width=200, size=7)
    sheet.put("NAIC #", 540, 100, size=7)
    names = (facts.text("insurer", policy.insurer.name), "", "", "", "")
    for number, name in enumerate(names):
        sheet.put(f"INSURER {'ABCDE'[number]} :", 310, 114 + 15 * number, width=60, size=7)
        if name:
            sheet.put(name, 360, 113 + 15 * number, width=180, size=8)
            sheet.put(digits(rng, 5), 544, 113 + 15 * number, width=36, size=8)


def _general(sheet: Sheet, policy: Policy, rng: Random, top: float, *, is_filled: bool) -> None:
    sheet.check_box(54, top, is_checked=is_filled)
    sheet.put("COMMERCIAL GENERAL LIABILITY", 66, top - 1, width=150, size=7)
    sheet.check_box(66, top + 14, is_checked=False)
    sheet.put("CLAIMS-MADE", 78, top + 13, width=60, size=7)
    sheet.check_box(140, top + 14, is_checked=is_filled)
    sheet.put("OCCUR", 152, top + 13, width=60, size=7)
    sheet.put("GEN'L AGGREGATE LIMIT APPLIES PER:", 54, top + 44, width=160, size=6)
    if is_filled:
        begin = policy.effective_on - timedelta(days=59)
        sheet.put("A", 36, top, size=8)
        sheet.put(f"GL{digits(rng, 7)}", 224, top, width=100, size=8)
        sheet.put(dates.slashes(begin), 392, top, width=58, size=8)
        sheet.put(dates.slashes(dates.years_later(begin, 1)), 332, top + 14, width=58, size=8)
    amounts = ("500,000", "50,000", "5,000", "1,000,000") if is_filled else ("", "", "", "")
    for number, (label, amount) in enumerate(
        zip(
            ("EACH OCCURRENCE", "DAMAGE TO RENTED PREMISES", "MED EXP (Any one person)", "GENERAL AGGREGATE"),
            amounts,
            strict=True,
        )
    ):
        sheet.put(label, 454, top + 12 * number, width=84, size=5.5)
        sheet.put(f"$ {amount}", 538, top + 12 * number, width=48, size=7)
    sheet.rule(top + 76, x0=30, x1=582, weight=0.5)


def _empty_rows(sheet: Sheet, top: float) -> None:
    for number, (label, boxes) in enumerate(
        (
            ("AUTOMOBILE LIABILITY", "ANY AUTO"),
            ("UMBRELLA LIAB", "OCCUR"),
            ("EXCESS LIAB", "CLAIMS-MADE"),
            ("WORKERS COMPENSATION AND EMPLOYERS' LIABILITY", ""),
        )
    ):
        y = top + 28 * number
        sheet.put(label, 54, y, width=160, size=6.5)
        if boxes:
            sheet.check_box(54, y + 11, is_checked=False)
            sheet.put(boxes, 66, y + 10, width=100, size=6.5)
        sheet.put("EACH OCCURRENCE" if number else "COMBINED SINGLE LIMIT", 454, y, width=84, size=5.5)
        sheet.put("$", 538, y, width=48, size=7)
        sheet.rule(y + 24, x0=30, x1=582, weight=0.4)


def _professional(sheet: Sheet, facts: Facts, policy: Policy, top: float) -> None:
    sheet.put("A", 36, top, size=8)
    sheet.put("Medical Professional Liability", 54, top, width=160, size=8)
    sheet.check_box(54, top + 15, is_checked=True)
    sheet.put(facts.put("coverage_basis", "claims_made", "Claims-Made"), 66, top + 14, width=70, size=7)
    sheet.check_box(140, top + 15, is_checked=False)
    sheet.put("Occurrence", 152, top + 14, width=60, size=7)
    sheet.put(facts.text("policy_number", policy.number), 224, top, width=104, size=8)
    sheet.put(facts.day("effective_date", policy.effective_on, dates.slashes), 332, top, width=58, size=8)
    sheet.put(facts.day("expiration_date", policy.expires_on, dates.slashes), 392, top, width=58, size=8)
    sheet.put("Each Claim", 454, top, width=84, size=7)
    sheet.put(dollars(facts, "limit_per_claim", policy.per_claim), 526, top, width=60, size=8)
    sheet.put("Aggregate", 454, top + 14, width=84, size=7)
    sheet.put(dollars(facts, "limit_aggregate", policy.aggregate), 526, top + 14, width=60, size=8)
    sheet.rule(top + 40, x0=30, x1=582, weight=0.5)


def _remarks(facts: Facts, policy: Policy, rng: Random) -> str:
    if rng.random() < 0.6:
        return f"Retroactive Date: {facts.day('retroactive_date', policy.retroactive_on, dates.slashes)}"
    return "Evidence of medical professional liability coverage for the insured named above."


def declarations(rng: Random, today: date) -> Drawn:
    """A policy's declarations page: numbered items, the period as a range, the insured with an address."""
    policy, facts = draw_policy(rng, today), Facts()
    style = rng.choice((dates.slashes, dates.month_name))
    sheet = Sheet(face=draw_face(rng), margin=62)
    sheet.say(facts.text("insurer", policy.insurer.name), size=15, bold=True, ink=draw_ink(rng), gap=2)
    sheet.say(policy.insurer.address, size=9, gap=12)
    sheet.say(
        rng.choice(("DECLARATIONS", "DECLARATIONS PAGE", "COMMON POLICY DECLARATIONS")), size=14, bold=True, gap=2
    )
    basis = facts.put("coverage_basis", *rng.choice((("claims_made", "CLAIMS-MADE"), ("occurrence", "OCCURRENCE"))))
    sheet.say(f"PHYSICIANS AND SURGEONS PROFESSIONAL LIABILITY POLICY — {basis}", size=11, gap=18)
    begin, end = (
        facts.day("effective_date", policy.effective_on, style),
        facts.day("expiration_date", policy.expires_on, style),
    )
    entries = [
        (rng.choice(("Policy Number", "Policy No.", "Policy #")), facts.text("policy_number", policy.number)),
        (
            rng.choice(("Named Insured", "First Named Insured", "Insured")),
            f"{facts.text('holder_name', policy.person.name)}, MD",
        ),
        (
            rng.choice(("Policy Period", "Policy Term", "Period of Insurance")),
            f"{begin} {rng.choice(('to', '-'))} {end}",
        ),
        ("Specialty", rng.choice(("Internal Medicine", "General Surgery", "Family Practice"))),
        (
            rng.choice(("Each Claim Limit", "Per Claim", "Limit of Liability Each Claim", "Each Medical Incident")),
            dollars(facts, "limit_per_claim", policy.per_claim),
        ),
        (
            rng.choice(("Annual Aggregate", "Aggregate Limit", "Policy Aggregate", "Aggregate")),
            dollars(facts, "limit_aggregate", policy.aggregate),
        ),
        ("Annual Premium", f"${rng.randint(8, 40)},{digits(rng, 3)}.00"),
    ]
    if basis.startswith("CLAIMS"):
        entries.append(
            (
                rng.choice(("Retroactive Date", "Retro Date", "Prior Acts Date")),
                facts.day("retroactive_date", policy.retroactive_on, style),
            )
        )
    print_entries(sheet, shuffled(rng, entries), rng)
    sheet.signature(62, min(sheet.y + 40, 700), rng, caption="Authorized Representative")
    return Drawn(sheet.finish(), _TYPE, facts.recorded)


def verification_of_coverage(rng: Random, today: date) -> Drawn:
    """An insurer's answer to a hospital: labels in any order and style, both limits on one line."""
    policy, facts, style = (
        draw_policy(rng, today),
        Facts(),
        rng.choice((dates.slashes, dates.month_name, dates.short_month)),
    )
    hospital, sheet = rng.choice(HOSPITALS), Sheet(face=draw_face(rng), margin=64)
    insurer = facts.text("insurer", policy.insurer.name)
    sheet.say(
        rng.choice(("VERIFICATION OF COVERAGE", "CERTIFICATE OF INSURANCE", "EVIDENCE OF INSURANCE")),
        size=15,
        bold=True,
        gap=4,
    )
    sheet.say(
        rng.choice(("Medical Professional Liability Insurance", "Physician Malpractice Insurance")), size=11, gap=14
    )
    sheet.say(f"Issued on {dates.slashes(today)} to {hospital.name}", size=9, align="left", gap=12)
    facts.put("coverage_basis", "claims_made", "Claims Made")
    _, both = dollars(facts, "limit_per_claim", policy.per_claim), dollars(facts, "limit_aggregate", policy.aggregate)
    entries = (
        (rng.choice(("Insurance Carrier", "Carrier", "Insurance Company", "Insurer", "Underwritten by")), insurer),
        (
            rng.choice(("Insured", "Insured Provider", "Named Insured", "Name of Insured", "Physician")),
            f"{facts.text('holder_name', policy.person.name)}, MD",
        ),
        (rng.choice(("Policy Number", "Policy No.", "Policy")), facts.text("policy_number", policy.number)),
        (
            rng.choice(("Effective Date", "Coverage Effective Date", "Policy Effective Date", "Inception Date")),
            facts.day("effective_date", policy.effective_on, style),
        ),
        (
            rng.choice(("Expiration Date", "Coverage Expiration Date", "Policy Expiration Date")),
            facts.day("expiration_date", policy.expires_on, style),
        ),
        (rng.choice(("Coverage Type", "Policy Type", "Type of Coverage", "Form")), "Claims Made"),
        (rng.choice(("Retroactive Date", "Retro Date")), facts.day("retroactive_date", policy.retroactive_on, style)),
        (
            rng.choice(("Limits of Liability", "Limits", "Policy Limits", "Liability Limits")),
            f"${policy.per_claim:,.0f} / {both}",
        ),
    )
    print_entries(sheet, shuffled(rng, entries), rng)
    return Drawn(sheet.finish(), _TYPE, facts.recorded)


def _box(sheet: Sheet, at: tuple[float, float, float, float], label: str, text: str) -> None:
    x, y, width, height = at
    sheet.box(x, y, width, height, weight=0.8)
    sheet.put(label, x + 4, y + 3, width=width - 8, size=6.5, bold=True)
    sheet.put(text, x + 8, y + 13, width=width - 16, size=8.5)


def _city(place: Organization) -> str:
    return f"{place.city}, {place.state} {place.zip_code}"
