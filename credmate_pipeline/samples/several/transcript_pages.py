"""Prints a clinician's record as a transcript: columns in many orders, ruled or not, grouped or not, on many pages."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from random import Random

from credmate_pipeline.samples import dates
from credmate_pipeline.samples.facts import Facts
from credmate_pipeline.samples.layouts.cme_parts import held
from credmate_pipeline.samples.several.drawn import DrawnFile, DrawnItem
from credmate_pipeline.samples.several.transcript import Activity, Record, draw_record
from credmate_pipeline.samples.sheet import HUMANIST, INKS, SANS, SERIF, Face, Sheet

_SYSTEM_NAMES = {
    "ama_pra_1": ("AMA PRA Category 1 Credit™", "AMA PRA Category 1", "AMA PRA Cat 1"),
    "aafp_prescribed": ("AAFP Prescribed credit", "AAFP Prescribed"),
    "aoa_2a": ("AOA Category 2-A", "AOA 2-A"),
    "ancc": ("ANCC contact hours", "Nursing contact hours"),
    "other": ("Other", "Other credit"),
}
_CELL_PAD = 4.0


@dataclass(frozen=True, slots=True)
class Look:
    """How the tables look."""

    face: Face
    size: float
    ruling: str
    """`grid`, `lines`, `bands` or `none`."""
    is_middle: bool
    """Whether cells are centered from top to bottom."""
    pad: float
    style: Callable[[date], str]
    amount_form: str
    repeats_head: bool
    ink: str


@dataclass(frozen=True, slots=True)
class _Column:
    name: str
    head: str
    width: float
    align: str = "left"


@dataclass(slots=True)
class _Press:
    """The pages while they are printed."""

    record: Record
    look: Look
    columns: tuple[_Column, ...]
    rng: Random
    names: dict[str, str]
    """How each credit system is printed."""
    common: Facts
    pages: list[bytes] = field(default_factory=list)
    items: list[DrawnItem] = field(default_factory=list)
    sheet: Sheet = field(default_factory=Sheet)


def draw_transcript(rng: Random, today: date, *, rows: int) -> DrawnFile:
    """A transcript of `rows` activities; every row is an item."""
    record = draw_record(rng, today, rows=rows)
    names = {system: rng.choice(forms) for system, forms in _SYSTEM_NAMES.items()}
    press = _Press(record, _look(rng), _columns(rng, record, names), rng, names, Facts())
    _print_head(press)
    _print_tables(press)
    _print_foot(press)
    return DrawnFile(tuple(press.pages), "cme_certificate", tuple(press.items))


def _look(rng: Random) -> Look:
    return Look(
        face=rng.choice((SANS, SERIF, HUMANIST)),
        size=rng.choice((8.0, 8.5, 9.0)),
        ruling=rng.choice(("grid", "lines", "bands", "none")),
        is_middle=rng.random() < 0.35,
        pad=rng.choice((3.0, 4.0, 6.0)),
        style=rng.choice((dates.slashes, dates.month_name, dates.short_month, date.isoformat, dates.day_first)),
        amount_form=rng.choice(("{:.2f}", "{:.2f}", "{:f}")),
        repeats_head=rng.random() < 0.75,
        ink=rng.choice(INKS),
    )


def _columns(rng: Random, record: Record, names: dict[str, str]) -> tuple[_Column, ...]:
    when = _Column("date", rng.choice(("Date", "Date Completed", "Completion Date", "Activity Date")), 76)
    what = _Column("title", rng.choice(("Activity", "Activity Title", "Course Title", "Title", "Program")), 190)
    who = _Column("provider", rng.choice(("Provider", "Sponsor", "Accredited Provider", "Issued by")), 118)
    leading = [when, what] if rng.random() < 0.6 else [what, when]
    if record.has_providers:
        leading.insert(rng.choice((1, 2)), who)
    else:
        leading = [_Column(c.name, c.head, c.width + (100 if c.name == "title" else 0)) for c in leading]
    return (*leading, *_credit_columns(rng, record, names))


def _credit_columns(rng: Random, record: Record, names: dict[str, str]) -> tuple[_Column, ...]:
    align = rng.choice(("left", "right", "center"))
    main = record.activities[0].system
    match record.credit:
        case "type in a column":
            amount = _Column("amount", rng.choice(("Credits", "Credits Earned", "Hours", "Credits Claimed")), 52, align)
            kind = _Column("type", rng.choice(("Credit Type", "Type", "Category")), 92)
            return (amount, kind) if rng.random() < 0.6 else (kind, amount)
        case "two systems":
            return (_Column("amount", names[main], 62, align), _Column("other", names["other"], 68, align))
        case "claimed and available":
            available = _Column(
                "available", rng.choice(("Credits Available", "Max. Credits", "Credits Offered")), 56, align
            )
            claimed = _Column("amount", rng.choice(("Credits Claimed", "Credits Awarded", "Credits Earned")), 56, align)
            return (available, claimed) if rng.random() < 0.5 else (claimed, available)
        case _:
            return (_Column("amount", rng.choice((names[main], f"{names[main]} Earned")), 84, align),)


# Pages


def _new_page(press: _Press) -> None:
    press.sheet = Sheet(face=press.look.face, margin=36)
    press.sheet.y = 44


def _finish_page(press: _Press) -> None:
    number = len(press.pages) + 1
    foot = press.rng.choice((f"Page {number}", f"- {number} -"))
    press.sheet.put(foot, 36, 764, width=540, size=7.5, align="center")
    press.pages.append(press.sheet.finish())


def _print_head(press: _Press) -> None:
    record, rng, facts = press.record, press.rng, press.common
    _new_page(press)
    sheet = press.sheet
    issuer = record.keeper.name if record.has_providers else facts.text("issuer", record.keeper.name)
    sheet.say(issuer, size=14, bold=True, align="left", ink=press.look.ink, gap=2)
    sheet.say(record.keeper.address, size=8, align="left", gap=10)
    sheet.say(
        rng.choice(("CME Transcript", "Continuing Education Transcript", "Credit Summary", "Learner Record")),
        size=15,
        bold=True,
        gap=12,
    )
    name = facts.text("holder_name", record.person.name)
    label = rng.choice(("Name:", "Transcript for:", "Learner:", "Participant:", "Clinician:"))
    rows = [(label, f"{name}, {held(facts, record.person)}"), ("Member ID:", str(rng.randint(100000, 999999)))]
    sheet.label_rows(rows, size=9.5, pitch=15, label_width=96)
    if record.added_up == "count first":
        sheet.label_rows(
            [("Activities:", str(len(record.activities))), ("Credits earned:", _sum(record.activities))],
            size=9.5,
            pitch=15,
            label_width=96,
        )
    if record.credit == "claimed and available" and record.grouping != "type":
        sheet.say(f"Credit type: {press.names[record.activities[0].system]}", size=9.5, align="left", gap=4, x=40)
    sheet.skip(10)
    if not record.has_providers:
        sheet.say(f"All activities were provided by {record.keeper.name}.", size=8.5, align="left", gap=8)


def _print_tables(press: _Press) -> None:
    groups = _groups(press.record)
    for number, (heading, activities) in enumerate(groups):
        if heading:
            _room(press, 60)
            press.sheet.skip(8)
            press.sheet.say(press.names.get(heading, heading), size=10.5, bold=True, align="left", gap=5)
        if number == 0 or press.look.repeats_head or heading:
            _print_columns(press)
        for activity in activities:
            _print_row(press, activity)
        if heading and press.record.added_up != "nothing":
            _room(press, 26)
            press.sheet.skip(4)
            press.sheet.say(f"Subtotal: {_sum(activities)}", size=press.look.size, bold=True, align="right", gap=4)


def _groups(record: Record) -> list[tuple[str, list[Activity]]]:
    if record.grouping == "none":
        return [("", list(record.activities))]
    groups: dict[str, list[Activity]] = {}
    for activity in record.activities:
        key = activity.system if record.grouping == "type" else str(activity.completed_on.year)
        groups.setdefault(key, []).append(activity)
    return list(groups.items())


def _print_foot(press: _Press) -> None:
    record, sheet = press.record, press.sheet
    if record.added_up in ("sum", "sum and count"):
        _room(press, 50)
        sheet = press.sheet
        sheet.skip(8)
        total = press.rng.choice(("Total credits", "Grand total", "Total credits earned"))
        sheet.say(f"{total}: {_sum(record.activities)}", size=10, bold=True, align="left", gap=4)
    if record.added_up == "sum and count":
        sheet.say(f"Total activities: {len(record.activities)}", size=10, bold=True, align="left", gap=4)
    _finish_page(press)


def _room(press: _Press, height: float) -> bool:
    """A new page where the rest of this one is lower than `height`; whether that was so."""
    if press.sheet.y + height <= 748:
        return False
    _finish_page(press)
    _new_page(press)
    return True


# Rows


def _print_columns(press: _Press) -> None:
    look = press.look
    cells = [column.head for column in press.columns]
    height = _height(press, cells, bold=True)
    if look.ruling in ("grid", "bands"):
        press.sheet.box(36, press.sheet.y, sum(c.width for c in press.columns), height, weight=0.6, fill="#e4e8ee")
    _print_cells(press, cells, height, bold=True)


def _print_row(press: _Press, activity: Activity) -> None:
    facts = Facts()
    cells = _cells(press, activity, facts)
    values = [cells[column.name] for column in press.columns]
    height = _height(press, values)
    if _room(press, height + 4) and press.look.repeats_head:
        _print_columns(press)
    if press.look.ruling == "bands" and len(press.items) % 2:
        press.sheet.box(36, press.sheet.y, sum(c.width for c in press.columns), height, weight=0, fill="#f3f5f7")
    _print_cells(press, values, height)
    press.items.append(DrawnItem("cme_certificate", {**press.common.recorded, **facts.recorded}))


def _cells(press: _Press, activity: Activity, facts: Facts) -> dict[str, str]:
    look, record = press.look, press.record
    when = facts.day("completion_date", activity.completed_on, look.style)
    if activity.started_on is not None:
        when = f"{facts.day('start_date', activity.started_on, look.style)} - {when}"
        facts.put("completion_date", activity.completed_on.isoformat(), look.style(activity.completed_on))
    if activity.topic.tags:
        facts.put("topics", activity.topic.tags, activity.topic.title)
    facts.put("credit_type", activity.system, press.names[activity.system])
    cells = {
        "date": when,
        "title": facts.text("activity_title", activity.title),
        "amount": facts.amount("credits_awarded", activity.amount, look.amount_form.format(activity.amount)),
        "type": press.names[activity.system],
        "available": look.amount_form.format(activity.available),
        "other": "",
        "provider": activity.provider.name,
    }
    if record.has_providers:
        facts.text("issuer", activity.provider.name)
    if record.credit == "claimed and available":
        facts.amount("credits_designated", activity.available, cells["available"])
    if record.credit == "two systems" and activity.other_amount is not None:
        cells["other"] = look.amount_form.format(activity.other_amount)
        facts.put("other_credits", (f"other {activity.other_amount.normalize():f}",), cells["other"])
    return cells


def _height(press: _Press, cells: Sequence[str], *, bold: bool = False) -> float:
    """The height of a row of these cells, found by printing them on a sheet that is thrown away."""
    scratch = Sheet(face=press.look.face)
    heights = [
        scratch.put(cell, 0, 0, width=column.width - 2 * _CELL_PAD, size=press.look.size, bold=bold)
        for cell, column in zip(cells, press.columns, strict=True)
    ]
    return max(heights) + 2 * press.look.pad


def _print_cells(press: _Press, cells: Sequence[str], height: float, *, bold: bool = False) -> None:
    sheet, look, at = press.sheet, press.look, 36.0
    for cell, column in zip(cells, press.columns, strict=True):
        width = column.width - 2 * _CELL_PAD
        own = Sheet(face=look.face).put(cell, 0, 0, width=width, size=look.size, bold=bold)
        top = sheet.y + (height - own) / 2 if look.is_middle else sheet.y + look.pad
        sheet.put(cell, at + _CELL_PAD, top, width=width, size=look.size, bold=bold, align=column.align)
        if look.ruling == "grid":
            sheet.box(at, sheet.y, column.width, height, weight=0.5)
        at += column.width
    if look.ruling == "lines":
        sheet.rule(sheet.y + height, x0=36, x1=at, weight=0.4)
    sheet.y += height


def _sum(activities: Sequence[Activity]) -> str:
    return f"{sum((one.amount for one in activities), Decimal(0)):.2f}"
