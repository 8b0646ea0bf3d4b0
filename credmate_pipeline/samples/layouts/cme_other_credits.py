"""Certificates of other credit systems: nursing, pharmacy, osteopathic, family medicine, and several at once."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random

from credmate_pipeline.samples import dates
from credmate_pipeline.samples.facts import Drawn, Facts, plain
from credmate_pipeline.samples.layouts.cme_parts import (
    AMA_1_PLURAL,
    accme_statement,
    ama_awarded,
    certificate,
    contact_hours,
    draw_activity,
    extra_credit,
    holder,
    title,
)
from credmate_pipeline.samples.numbers import draw_certificate_number, draw_uan
from credmate_pipeline.samples.organizations import NURSING_PROVIDERS, OSTEOPATHIC_PROVIDERS, PHARMACY_PROVIDERS
from credmate_pipeline.samples.people import ALLOPATHIC, NURSES, OSTEOPATHIC, PHARMACISTS
from credmate_pipeline.samples.places import digits
from credmate_pipeline.samples.sheet import HUMANIST, SANS, SERIF, Sheet
from credmate_pipeline.samples.topics import NURSING_TOPICS, PHARMACY_TOPICS


def nursing(rng: Random, today: date) -> Drawn:
    """Contact hours under the ANCC, a part of them pharmacology, with a state provider number."""
    activity = draw_activity(rng, today, credentials=NURSES, providers=NURSING_PROVIDERS, topics=NURSING_TOPICS)
    facts = Facts()
    sheet = Sheet(face=SANS, margin=70)
    sheet.frame(activity.ink, double=False)
    sheet.skip(16)
    sheet.say("Certificate of Successful Completion", size=20, bold=True, ink=activity.ink)
    sheet.say("Nursing Continuing Professional Development", size=12, gap=26)
    sheet.say(holder(facts, activity.person), size=18, bold=True, gap=4)
    sheet.say(f"License number: RN {digits(rng, 6)}", size=9, gap=14)
    sheet.say("has successfully completed", size=11)
    sheet.say(title(facts, activity.topic), size=15, bold=True, gap=12)
    sheet.say(f"Date: {facts.day('completion_date', activity.completed_on, dates.month_name)}", size=11, gap=16)
    pharmacology = " (0.25 pharmacology contact hours included)" if rng.random() < 0.5 else ""
    sheet.say(f"and was awarded {contact_hours(facts, activity.awarded)}{pharmacology}", size=13, bold=True, gap=26)
    statement = facts.text(
        "accreditation_statement",
        f"{facts.text('issuer', activity.provider.name)} is accredited as a provider of nursing continuing "
        "professional development by the American Nurses Credentialing Center's Commission on Accreditation.",
    )
    sheet.say(statement, size=9.5)
    sheet.say(
        f"Provider approved by the California Board of Registered Nursing, Provider Number CEP {digits(rng, 5)}, "
        f"for {extra_credit(facts, 'ca_brn', activity.awarded, f'{plain(activity.awarded)} contact hours')}.",
        size=9.5,
    )
    sheet.signature(90, 560, rng, caption=f"{activity.signer}<br/>Nurse Planner")
    sheet.put(activity.provider.address, 70, 700, width=472, size=8.5, align="center")
    return certificate(sheet, facts)


def pharmacy(rng: Random, today: date) -> Drawn:
    """A statement of credit with the activity's universal number, contact hours and CEU."""
    activity = draw_activity(rng, today, credentials=PHARMACISTS, providers=PHARMACY_PROVIDERS, topics=PHARMACY_TOPICS)
    facts = Facts()
    sheet = Sheet(face=SERIF, margin=66)
    sheet.say("STATEMENT OF CREDIT", size=20, bold=True, gap=4)
    sheet.rule(sheet.y + 4, weight=1.6, ink=activity.ink)
    sheet.skip(26)
    provider = facts.text("issuer", activity.provider.name)
    sheet.say(f"{provider} certifies that", size=12)
    sheet.say(holder(facts, activity.person), size=17, bold=True, gap=12)
    sheet.say("has completed the knowledge-based pharmacy education activity", size=12)
    sheet.say(title(facts, activity.topic), size=14, bold=True, gap=18)
    uan = facts.text("acpe_uan", draw_uan(rng, activity.completed_on))
    facts.put("credit_type", "acpe", "ACPE")
    hours = facts.amount("credits_awarded", activity.awarded)
    released = activity.completed_on - timedelta(days=60)
    sheet.label_rows(
        [
            ("ACPE UAN:", uan),
            ("Participation date:", facts.day("completion_date", activity.completed_on, dates.slashes)),
            ("Credit awarded:", f"{hours} contact hours ({plain(activity.awarded / 10)} CEU)"),
            ("Activity release date:", dates.slashes(released)),
            ("Activity expiration date:", dates.slashes(dates.years_later(released, 3))),
        ],
        size=11,
        pitch=24,
        label_width=170,
    )
    sheet.skip(20)
    statement = facts.text(
        "accreditation_statement",
        f"{provider} is accredited by the Accreditation Council for Pharmacy Education (ACPE) as a provider of "
        "continuing pharmacy education.",
    )
    sheet.say(statement, size=10, align="left", gap=40)
    sheet.signature(66, sheet.y + 10, rng, caption=activity.signer)
    sheet.put(activity.provider.address, 66, 730, width=480, size=8.5)
    return certificate(sheet, facts)


def osteopathic(rng: Random, today: date) -> Drawn:
    """AOA Category 1-A, solemnly worded, the date in words."""
    activity, facts = draw_activity(rng, today, credentials=OSTEOPATHIC, providers=OSTEOPATHIC_PROVIDERS), Facts()
    sheet = Sheet(face=SERIF, margin=84)
    sheet.frame(activity.ink, inset=30)
    sheet.seal(sheet.width / 2, 118, 44, activity.ink)
    sheet.skip(100)
    sheet.say(facts.text("issuer", activity.provider.name), size=18, bold=True, ink=activity.ink, gap=18)
    sheet.say("hereby certifies that", size=13)
    sheet.say(holder(facts, activity.person), size=20, bold=True, gap=12)
    sheet.say("has attended the osteopathic program entitled", size=13)
    sheet.say(f"<i>{title(facts, activity.topic)}</i>", size=15, gap=14)
    sheet.say(f"on the {facts.day('completion_date', activity.completed_on, dates.in_words)},", size=13)
    facts.put("credit_type", "aoa_1a", "AOA Category 1-A")
    amount = facts.amount("credits_awarded", activity.awarded)
    sheet.say(f"and is awarded {amount} credits of AOA Category 1-A.", size=14, bold=True, gap=28)
    statement = facts.text(
        "accreditation_statement",
        f"{activity.provider.name} is accredited by the American Osteopathic Association to provide osteopathic "
        "continuing medical education for physicians.",
    )
    sheet.say(statement, size=10)
    sheet.signature(100, 600, rng, caption=activity.signer)
    sheet.put(activity.provider.address, 84, 715, width=sheet.width - 168, size=8.5, align="center")
    return certificate(sheet, facts)


def family_medicine(rng: Random, today: date) -> Drawn:
    """AAFP Prescribed credit; the date is day-first with the month's name."""
    activity, facts = draw_activity(rng, today), Facts()
    sheet = Sheet(face=HUMANIST, margin=66)
    sheet.rule(60, weight=3, ink=activity.ink)
    sheet.skip(20)
    sheet.say("CERTIFICATE OF COMPLETION", size=18, bold=True, ink=activity.ink, gap=22)
    sheet.say(f"{facts.text('issuer', activity.provider.name)} certifies that", size=11)
    sheet.say(holder(facts, activity.person), size=16, bold=True, gap=12)
    sheet.say("has completed", size=11)
    sheet.say(title(facts, activity.topic), size=13, bold=True, gap=12)
    sheet.say(f"Completion date: {facts.day('completion_date', activity.completed_on, dates.day_first)}", size=11)
    facts.put("credit_type", "aafp_prescribed", "Prescribed credit")
    designated = facts.amount("credits_designated", activity.designated)
    awarded = facts.amount("credits_awarded", activity.awarded)
    sheet.say(f"and has earned {awarded} AAFP Prescribed credit(s).", size=12, bold=True, gap=26)
    sheet.say(
        f"The AAFP has reviewed {activity.topic.title} and deemed it acceptable for up to {designated} AAFP Prescribed "
        "credit(s). Physicians should claim only the credit commensurate with the extent of their participation "
        "in the activity.",
        size=9,
        align="left",
        gap=30,
    )
    number = facts.text("certificate_number", draw_certificate_number(rng))
    sheet.say(f"Certificate number: {number}", size=9, align="left", gap=36)
    sheet.signature(66, sheet.y + 10, rng, caption=activity.signer)
    sheet.put(activity.provider.address, 66, 730, width=480, size=8)
    return certificate(sheet, facts)


def several_credits(rng: Random, today: date) -> Drawn:
    """Credit of two systems for a physician: AMA PRA and nursing contact hours, never to be added."""
    activity, facts = draw_activity(rng, today, credentials=ALLOPATHIC), Facts()
    hours = activity.awarded.quantize(Decimal("0.01"))
    sheet = Sheet(face=SANS, margin=66)
    provider = facts.text("issuer", activity.provider.name)
    sheet.mark(activity.provider.initials, 66, 56, activity.ink)
    sheet.put(provider, 122, 70, width=420, size=14, bold=True)
    sheet.skip(80)
    sheet.say("Certificate of Continuing Education", size=20, ink=activity.ink, gap=20)
    sheet.say("This is to certify that", size=11)
    sheet.say(holder(facts, activity.person), size=17, bold=True, gap=10)
    sheet.say("has participated in the educational activity", size=11)
    sheet.say(title(facts, activity.topic), size=14, bold=True, gap=10)
    sheet.say(f"on {facts.day('completion_date', activity.completed_on, dates.month_name)}", size=11, gap=16)
    sheet.say(f"and is awarded {ama_awarded(facts, activity.awarded)}", size=13, bold=True, gap=4)
    nurse = extra_credit(facts, "ancc", hours, f"{plain(hours)} contact hours")
    sheet.say(f"or is awarded {nurse}", size=13, bold=True, gap=26)
    sheet.say(accme_statement(facts, activity.provider.name), size=9, align="left")
    sheet.say(
        f"{activity.provider.name} is accredited as a provider of nursing continuing professional development by the "
        "American Nurses Credentialing Center's Commission on Accreditation.",
        size=9,
        align="left",
    )
    amount = facts.amount("credits_designated", activity.designated)
    sheet.say(
        f"{provider} designates this live activity for a maximum of {amount} {AMA_1_PLURAL}.", size=9, align="left"
    )
    sheet.signature(66, 600, rng, caption=activity.signer)
    sheet.put(activity.provider.address, 66, 720, width=480, size=8)
    return certificate(sheet, facts)


def physician_assistants(rng: Random, today: date) -> Drawn:
    """AAPA Category 1 credit for a PA; the date is `month day, year` shortened."""
    activity, facts = draw_activity(rng, today, credentials=("PA-C", "MPAS, PA-C")), Facts()
    sheet = Sheet(face=SERIF, margin=76)
    sheet.frame(activity.ink, inset=34, double=False)
    sheet.skip(14)
    sheet.say("Certificate of Completion", size=23, ink=activity.ink, gap=20)
    provider = facts.text("issuer", activity.provider.name)
    sheet.say(f"{provider} certifies that", size=12)
    sheet.say(holder(facts, activity.person), size=18, bold=True, gap=12)
    sheet.say("has successfully completed the self-paced activity titled", size=12)
    sheet.say(title(facts, activity.topic), size=15, bold=True, gap=12)
    sheet.say(f"on {facts.day('completion_date', activity.completed_on, dates.short_month)}", size=12, gap=14)
    facts.put("credit_type", "aapa_1", "AAPA Category 1 CME credit")
    awarded = facts.amount("credits_awarded", activity.awarded)
    sheet.say(f"and has earned {awarded} AAPA Category 1 CME credits.", size=14, bold=True, gap=28)
    sheet.say(
        "This activity has been reviewed by the AAPA Review Panel and is compliant with AAPA CME criteria. "
        "PAs should only claim credit commensurate with the extent of their participation.",
        size=9.5,
        gap=24,
    )
    number = facts.text("certificate_number", draw_certificate_number(rng))
    sheet.say(f"Certificate number: {number}", size=9.5)
    sheet.signature(90, 590, rng, caption=activity.signer)
    sheet.put(activity.provider.address, 76, 710, width=460, size=8.5, align="center")
    return certificate(sheet, facts)
