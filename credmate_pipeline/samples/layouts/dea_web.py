"""DEA registrations as the administration's pages print them: a receipt's certificate, a look-up's table."""

from datetime import date
from random import Random

from credmate_pipeline.samples.facts import Drawn, Facts
from credmate_pipeline.samples.layouts.dea import NOT_TRANSFERABLE, SECTIONS, draw_registration
from credmate_pipeline.samples.sheet import LANDSCAPE, SANS, Sheet

_TYPE = "dea_registration"


def downloaded_certificate(rng: Random, today: date) -> Drawn:
    """Portrait, labels in a left column over the whole page, values beside them, the form's sentences below."""
    registration, facts = draw_registration(rng, today, is_mid_level=rng.random() < 0.3), Facts()
    printed = registration.print(facts)
    sheet = Sheet(face=SANS, margin=60)
    for text, size in (
        ("UNITED STATES DEPARTMENT OF JUSTICE", 12),
        ("DRUG ENFORCEMENT ADMINISTRATION", 12),
        ("CONTROLLED SUBSTANCE/REGULATED CHEMICAL<br/>REGISTRATION CERTIFICATE", 14),
    ):
        sheet.say(text, size=size, bold=True, gap=4)
    sheet.skip(14)
    city = f"{registration.city}, {printed['state']} {registration.zip_code}"
    rows = (
        ("DEA REGISTRATION NUMBER", printed["number"]),
        ("THIS REGISTRATION EXPIRES", printed["expires"]),
        ("FEE PAID", rng.choice(("$888", "$731", "EXEMPT"))),
        ("SCHEDULES", printed["schedules"]),
        ("BUSINESS ACTIVITY", printed["activity"]),
        ("ISSUE DATE", printed["issued"]),
        ("NAME AND ADDRESS", f"{printed['name']}<br/>{registration.street}<br/>{city}"),
    )
    sheet.label_rows(rows, label_width=210, size=11, pitch=24)
    sheet.skip(16)
    sheet.say(SECTIONS, size=8, align="left", gap=8)
    sheet.say(NOT_TRANSFERABLE, size=8, bold=True, align="left", gap=10)
    sheet.say("Form DEA-223", size=8, align="left")
    return Drawn(sheet.finish(), _TYPE, facts.recorded)


def lookup_table(rng: Random, today: date) -> Drawn:
    """One registrant in a wide table, the address in one cell, the status in another."""
    registration, facts = draw_registration(rng, today), Facts()
    printed = registration.print(facts)
    sheet = Sheet(LANDSCAPE, face=SANS, margin=36)
    sheet.say("Drug Enforcement Administration — Diversion Control Division", size=14, bold=True, align="left", gap=3)
    sheet.say("Registration Validation", size=12, align="left", gap=14)
    head = ("DEA Number", "Name", "Business Activity", "Drug Schedules", "Address", "Issue Date", "Expiration Date",
            "Status")  # fmt: skip
    address = f"{registration.street} {registration.city} {printed['state']} {registration.zip_code}"
    row = (
        *(printed["number"], printed["name"], printed["activity"], printed["schedules"], address),
        *(printed["issued"], printed["expires"], "ACTIVE"),
    )
    sheet.table((head, row), (74, 110, 96, 90, 150, 70, 76, 54), size=8.5)
    sheet.skip(12)
    sheet.say("This query reflects the registration data of the last nightly update.", size=8, align="left")
    return Drawn(sheet.finish(), _TYPE, facts.recorded)
