"""Certificates as a hosting company prints them for many providers: address first, logos, signer and address below."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.samples import dates
from credmate_pipeline.samples.facts import Drawn, Facts, plain
from credmate_pipeline.samples.layouts.cme_parts import (
    AMA_1,
    Activity,
    accme_statement,
    ama_awarded,
    ama_designation,
    certificate,
    contact_hours,
    draw_activity,
    extra_credit,
    held,
    holder,
    title,
    two_decimals,
)
from credmate_pipeline.samples.numbers import draw_uan
from credmate_pipeline.samples.organizations import NURSING_PROVIDERS, PHARMACY_PROVIDERS
from credmate_pipeline.samples.people import ALLOPATHIC, MID_LEVELS, NURSES, PHARMACISTS
from credmate_pipeline.samples.places import digits, draw_street
from credmate_pipeline.samples.sheet import LANDSCAPE, SANS, SERIF, Sheet
from credmate_pipeline.samples.topics import NURSING_TOPICS, PHARMACY_TOPICS


def address_first(rng: Random, today: date) -> Drawn:
    """The holder's address on top, the statement below a logo; the signer left of the provider's address."""
    activity, facts = draw_activity(rng, today), Facts()
    sheet = Sheet(face=SERIF, margin=80)
    provider = facts.text("issuer", activity.provider.name)
    sheet.emblem((activity.provider.initials, "EDUCATION"), sheet.width / 2 - 65, 40, activity.ink)
    name = facts.text("holder_name", activity.person.name)
    sheet.put(f"{name}<br/>{draw_street(rng)}<br/>Springfield, IL 62701", 80, 110, size=10)
    sheet.skip(100)
    sheet.say(f"{provider} certifies that", size=12)
    sheet.say(name, size=13, bold=True)
    kind = rng.choice(("enduring material", "internet activity", "live activity", "journal-based activity"))
    sheet.say(f"has participated in the {kind} titled", size=12)
    sheet.say(title(facts, activity.topic), size=13, bold=True)
    sheet.say(
        rng.choice(("at www.example.org/cme", "https://www.example.org/act", "at Springfield, Illinois")), size=12
    )
    style = rng.choice((dates.slashes, dates.month_name, dates.weekday))
    sheet.say(f"on {facts.day('completion_date', activity.completed_on, style)}", size=12)
    content = two_decimals(activity.awarded)
    sheet.say(f"and is awarded {ama_awarded(facts, activity.awarded, as_printed=content)}.", size=12, gap=20)
    sheet.say(accme_statement(facts, provider), size=11)
    _feet(sheet, activity, 640)
    return certificate(sheet, facts)


def _feet(sheet: Sheet, activity: Activity, y: float) -> None:
    """Who signed on the left and the provider's address on the right, row beside row."""
    sheet.put(f"{activity.signer}<br/>Director of Continuing Education<br/>{activity.provider.name}", 80, y, width=210)
    place = f"{activity.provider.city}, {activity.provider.state} {activity.provider.zip_code}"
    address = f"{activity.provider.street}<br/>{place}<br/>Phone 800-555-0142 | Fax 800-555-0143"
    sheet.put(address, 350, y, width=200)


def listed_individual(rng: Random, today: date) -> Drawn:
    """Two columns: the accreditor's words left, who took part right; a pharmacist's, with the day of issue."""
    activity = draw_activity(rng, today, credentials=PHARMACISTS, providers=PHARMACY_PROVIDERS, topics=PHARMACY_TOPICS)
    facts = Facts()
    sheet = Sheet(LANDSCAPE, face=SANS, margin=50)
    sheet.frame(activity.ink, inset=20, double=False)
    sheet.say("Statement of Continuing Education Credit", size=16, bold=True, gap=30)
    provider = facts.text("issuer", activity.provider.name)
    left = facts.text(
        "accreditation_statement",
        f"{provider} is accredited by the Accreditation Council for Pharmacy Education as a provider of continuing "
        "pharmacy education.",
    )
    top = sheet.y
    sheet.emblem(("ACPE", "Accredited"), 60, top, "#333333", width=110)
    sheet.put(left, 60, top + 70, width=260, size=11)
    hours = facts.amount("credits_awarded", activity.awarded, two_decimals(activity.awarded))
    facts.put("credit_type", "acpe", "Pharmacy Education")
    sheet.put(f"Awarded credit: {hours} contact hours ({plain(activity.awarded / 10)} CEUs).", 60, top + 160, width=260)
    sheet.put(f"UAN: {facts.text('acpe_uan', draw_uan(rng, activity.completed_on))}", 60, top + 200, width=260)
    sheet.put(holder(facts, activity.person), 390, top + 20, width=330, size=14, bold=True)
    sheet.put(f"License #: {digits(rng, 6)}", 390, top + 44, width=330, size=9)
    sheet.put(
        f"{provider} certifies that the individual listed has participated in the activity titled:", 390, top + 80
    )
    sheet.put(title(facts, activity.topic), 390, top + 116, width=330, size=13, bold=True)
    day = facts.day("completion_date", activity.completed_on, dates.slashes)
    sheet.put(f"Participation date: {day}", 390, top + 170, width=330)
    sheet.put(f"{activity.signer}<br/>President and CEO", 390, 470, width=200, size=9)
    sheet.put(activity.provider.address, 60, 540, width=400, size=9)
    return certificate(sheet, facts)


def captioned_lines(rng: Random, today: date) -> Drawn:
    """Values over lines with their captions below, beside an agency's logo that is no issuer: a dietitian's."""
    activity, facts = draw_activity(rng, today, credentials=("RD", "RDN, LD", "RD, CSO")), Facts()
    sheet = Sheet(LANDSCAPE, face=SANS, margin=60)
    sheet.box(40, 40, sheet.width - 80, 400, weight=1.5)
    sheet.say("Continuing Professional Education<br/>Certificate of Attendance", size=14, bold=True, gap=24)
    sheet.emblem(("Commission", "on Dietetic", "Registration"), 60, sheet.y + 60, "#204020", width=130)
    facts.put("credit_type", "cdr", "CPEUs")
    lines: Sequence[tuple[str, str]] = (
        (title(facts, activity.topic), "Activity Title"),
        (holder(facts, activity.person), "Participant Name"),
        (digits(rng, 7), "RD/DTR Number"),
        (facts.day("completion_date", activity.completed_on, dates.slashes), "Date Completed"),
        (facts.amount("credits_awarded", activity.awarded), "CPEUs Awarded"),
    )
    for value, caption in lines:
        sheet.y += sheet.put(value, 230, sheet.y, width=480, size=11, bold=True)
        sheet.rule(sheet.y + 2, x0=230, x1=710, weight=0.6)
        sheet.y += sheet.put(caption, 230, sheet.y + 4, width=300, size=8) + 14
    issuer = facts.text("issuer", activity.provider.name)
    sheet.put(f"{activity.signer}<br/>Director of Operations<br/>{issuer}", 60, 380, width=300, size=10, bold=True)
    sheet.put("RETAIN ORIGINAL COPY FOR YOUR RECORDS.", 60, 450, size=8)
    return certificate(sheet, facts)


def program_table(rng: Random, today: date) -> Drawn:
    """What was completed stands in a small table without lines under a statement of nursing participation."""
    activity = draw_activity(rng, today, credentials=NURSES, providers=NURSING_PROVIDERS, topics=NURSING_TOPICS)
    facts = Facts()
    sheet = Sheet(face=SERIF, margin=64)
    sheet.say(f"{activity.provider.street}<br/>{activity.provider.city}, {activity.provider.state}", align="right")
    sheet.say("Participant Information", size=11, bold=True, align="left", gap=2)
    name = holder(facts, activity.person)
    sheet.say(f"{name}<br/>{draw_street(rng)}<br/>Springfield, IL 62701", align="left", gap=20)
    sheet.say("STATEMENT OF CONTINUING NURSING EDUCATION PARTICIPATION", size=12, bold=True, gap=10)
    provider = facts.text("issuer", activity.provider.name)
    statement = facts.text(
        "accreditation_statement",
        f"{provider} is accredited as a provider of nursing continuing professional development by the American "
        "Nurses Credentialing Center's Commission on Accreditation.",
    )
    sheet.say(statement, align="left", gap=20)
    sheet.say("Program Information", size=11, bold=True, align="left")
    top = sheet.y
    for text, x in (("Program Title", 64), ("Date Completed", 350), ("Contact Hours", 460)):
        sheet.put(text, x, top, bold=True)
    facts.put("credit_type", "ancc", "Contact Hours")
    used = sheet.put(title(facts, activity.topic), 64, top + 18, width=260)
    sheet.put(facts.day("completion_date", activity.completed_on, dates.slashes), 350, top + 18)
    hours = facts.amount("credits_awarded", activity.awarded, two_decimals(activity.awarded))
    sheet.put(hours, 460, top + 18)
    sheet.y = top + used + 36
    sheet.say(f"Total contact hours issued: {hours}", align="left", bold=True, gap=40)
    sheet.say(f"{activity.signer}<br/>Nurse Planner", align="left")
    return certificate(sheet, facts)


def this_activity_provides(rng: Random, today: date) -> Drawn:
    """Participation only: the activity provides contact hours, and nobody says the holder was given them."""
    activity = draw_activity(rng, today, credentials=NURSES, providers=NURSING_PROVIDERS, topics=NURSING_TOPICS)
    facts = Facts()
    sheet = Sheet(face=SANS, margin=80)
    provider = facts.text("issuer", activity.provider.name)
    sheet.say("STATEMENT OF PARTICIPATION", size=15, gap=10)
    sheet.say(f"<i>{provider} confirms that</i>", size=11)
    sheet.say(holder(facts, activity.person), size=13, bold=True)
    sheet.say("has participated in the educational activity titled", size=11)
    sheet.say(title(facts, activity.topic), size=12, bold=True)
    sheet.say(f"on {facts.day('completion_date', activity.completed_on, dates.slashes)}.", size=11, gap=20)
    facts.put("credit_type", "ancc", "contact hour")
    number = facts.amount("credits_designated", activity.designated)
    offered = rng.choice(
        (
            f"This educational activity for {number} contact hours is provided by {provider}.",
            f"This activity has been approved for {number} contact hours.",
            f"This activity was designated for {number} contact hours of continuing nursing education.",
            f"The maximum number of hours awarded for this nursing activity is {number} contact hours.",
        )
    )
    sheet.say(offered, size=11)
    statement = facts.text(
        "accreditation_statement",
        f"{provider} is accredited as a provider of continuing nursing education by the American Nurses "
        "Credentialing Center's Commission on Accreditation.",
    )
    sheet.say(statement, size=11)
    sheet.say("Nurses should claim only the credit commensurate with the extent of their participation.", size=10)
    _feet(sheet, activity, 560)
    return certificate(sheet, facts, DocumentStatus.REVIEW_PENDING)


def any_profession(rng: Random, today: date) -> Drawn:
    """Credit for physicians, nurses and pharmacists side by side; the holder's degrees say which is theirs."""
    activity, facts = draw_activity(rng, today, credentials=ALLOPATHIC), Facts()
    sheet = Sheet(face=SANS, margin=70)
    provider = facts.text("issuer", activity.provider.name)
    sheet.emblem(("JOINTLY ACCREDITED", "PROVIDER"), sheet.width / 2 - 75, 50, "#00736b", width=150)
    sheet.skip(70)
    sheet.say("Certificate of Participation", size=15, gap=16)
    joint = facts.text(
        "accreditation_statement",
        f"In support of improving patient care, {provider} is jointly accredited by the Accreditation Council for "
        "Continuing Medical Education (ACCME), the Accreditation Council for Pharmacy Education (ACPE), and the "
        "American Nurses Credentialing Center (ANCC), to provide continuing education for the healthcare team.",
    )
    sheet.say(joint, size=10, align="left")
    sheet.say(ama_designation(facts, provider, activity, "live activity"), size=10, align="left", gap=20)
    sheet.say(f"{provider} certifies that <b>{holder(facts, activity.person)}</b>", align="left")
    sheet.say(f"has participated in the activity entitled <b>{title(facts, activity.topic)}</b>", align="left")
    sheet.say(f"On: {facts.day('completion_date', activity.completed_on, dates.weekday)}", align="left", gap=14)
    sheet.say(f"and is awarded {ama_awarded(facts, activity.awarded)}", align="left")
    amount = plain(activity.awarded)
    nursing, pharmacy = f"{amount} nursing contact hours", f"{amount} pharmacy contact hours"
    sheet.say(f"or is awarded {nursing}", align="left")
    sheet.say(f"or is awarded {pharmacy}", align="left")
    facts.put("other_credits", (f"ancc {amount}", f"acpe {amount}"), nursing)
    return certificate(sheet, facts)


def credit_accepted(rng: Random, today: date) -> Drawn:
    """A physician assistant's certificate of participation: the AAPA accepts credit of another system."""
    activity, facts = draw_activity(rng, today, credentials=MID_LEVELS[:1]), Facts()
    sheet = Sheet(LANDSCAPE, face=SERIF, margin=90)
    sheet.frame(activity.ink)
    sheet.skip(16)
    sheet.say("Certificate of Participation", size=22, gap=16)
    sheet.say(f"{facts.text('issuer', activity.provider.name)}<br/>certifies that", size=13)
    sheet.say(holder(facts, activity.person), size=18, bold=True)
    sheet.say("has participated in the enduring material titled", size=13)
    sheet.say(title(facts, activity.topic), size=15, bold=True)
    sheet.say(f"on {facts.day('completion_date', activity.completed_on, dates.month_name)}.", size=13, gap=14)
    facts.put("credit_type", "ama_pra_1", "AMA PRA Category 1 Credit")
    number = facts.amount("credits_designated", activity.designated, two_decimals(activity.designated))
    sheet.say(f"This activity was designated for {number} {AMA_1}.", size=12)
    sheet.say(
        "The American Academy of PAs (AAPA) accepts certificates of participation for educational activities certified "
        f"for {AMA_1} from organizations accredited by the ACCME.",
        size=10,
    )
    sheet.signature(110, 470, rng, caption=f"{activity.signer}<br/>Associate Dean")
    return certificate(sheet, facts, DocumentStatus.REVIEW_PENDING)


def retained_by_licensee(rng: Random, today: date) -> Drawn:
    """For a nurse of California: the provider number of the state's board, the license, and a letter's look."""
    activity = draw_activity(rng, today, credentials=NURSES, providers=NURSING_PROVIDERS, topics=NURSING_TOPICS)
    facts = Facts()
    sheet = Sheet(face=SERIF, margin=72)
    sheet.emblem(tuple(activity.provider.name.split(" ", 2)), 220, 40, activity.ink, width=150)
    sheet.skip(70)
    name = facts.text("holder_name", activity.person.name)
    sheet.say(f"{name}<br/>STATE: CA, LICENSE #: {digits(rng, 6)}", align="left", gap=24)
    provider = facts.text("issuer", activity.provider.name)
    sheet.say(
        f"{provider} certifies that the above individual has participated in the educational activity titled "
        f"<b>{title(facts, activity.topic)}</b> on "
        f"{facts.day('completion_date', activity.completed_on, dates.slashes)} and earned "
        f"{facts.amount('credits_awarded', activity.awarded, two_decimals(activity.awarded))} contact hour(s).",
        align="left",
        gap=20,
    )
    facts.put("credit_type", "ca_brn", "California Board of Registered Nursing")
    statement = facts.text(
        "accreditation_statement",
        f"{provider} is approved by the California Board of Registered Nursing, Provider Number {digits(rng, 5)}.",
    )
    sheet.say(statement, align="left", gap=20)
    sheet.say("This document must be retained by the licensee for a period of four years.", align="left", gap=60)
    _feet(sheet, activity, 560)
    return certificate(sheet, facts)


def pilot_for_specialists(rng: Random, today: date) -> Drawn:
    """Credit beside maintenance-of-certification points, released and expiring dates on the same lines."""
    activity, facts = draw_activity(rng, today), Facts()
    sheet = Sheet(face=SANS, margin=66)
    provider = facts.text("issuer", activity.provider.name)
    released = activity.completed_on - timedelta(days=rng.randint(10, 300))
    sheet.say("Physician Certificate of Credit", size=17, bold=True, ink=activity.ink, gap=20)
    sheet.say(
        f"{provider} certifies that <b>{facts.text('holder_name', activity.person.name)}, "
        f"{held(facts, activity.person)}</b> has participated in the enduring material titled "
        f"<b>{title(facts, activity.topic)}</b> and is awarded {ama_awarded(facts, activity.awarded)}.",
        align="left",
        gap=16,
    )
    day = facts.day("completion_date", activity.completed_on, dates.month_name)
    expires = dates.years_later(released, 1)
    sheet.label_rows(
        [
            ("Venue:", "Internet"),
            ("Start Date:", f"{dates.slashes(released)} - Expiration Date: {dates.slashes(expires)}"),
            ("Completed:", day),
            ("ABIM MOC points:", extra_credit(facts, "moc", activity.awarded, plain(activity.awarded))),
        ]
    )
    sheet.skip(20)
    sheet.say(accme_statement(facts, provider), size=10, align="left")
    sheet.say(ama_designation(facts, provider, activity, "enduring material"), size=10, align="left")
    _feet(sheet, activity, 600)
    return certificate(sheet, facts)


def nursing_award(rng: Random, today: date) -> Drawn:
    """A state nurses' association approved the activity: it is an approver, not the issuer."""
    activity = draw_activity(rng, today, credentials=NURSES, providers=NURSING_PROVIDERS, topics=NURSING_TOPICS)
    facts = Facts()
    sheet = Sheet(LANDSCAPE, face=SANS, margin=80)
    sheet.say("CNE CERTIFICATE", size=18, bold=True, ink=activity.ink, gap=20)
    sheet.say(f"{facts.text('issuer', activity.provider.name)} verifies that", size=12)
    sheet.say(holder(facts, activity.person), size=18, bold=True)
    sheet.say("has participated in the educational activity titled", size=12)
    sheet.say(title(facts, activity.topic), size=14, bold=True)
    sheet.say(f"on {facts.day('completion_date', activity.completed_on, dates.weekday)}", size=12)
    sheet.say(f"and is awarded {contact_hours(facts, activity.awarded)}.", size=12, gap=24)
    statement = facts.text(
        "accreditation_statement",
        "This nursing continuing professional development activity was approved by the Ohio Nurses Association, an "
        "accredited approver by the American Nurses Credentialing Center's Commission on Accreditation.",
    )
    sheet.say(statement, size=10, gap=20)
    sheet.say(activity.provider.address, size=9)
    return certificate(sheet, facts)
