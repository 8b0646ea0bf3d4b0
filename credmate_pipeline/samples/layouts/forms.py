"""Labels and values in one of the ways forms print them, drawn at random: a rule must not lean on one of them."""

from collections.abc import Callable, Sequence
from datetime import date
from random import Random

from credmate_pipeline.samples import dates
from credmate_pipeline.samples.facts import Facts
from credmate_pipeline.samples.people import Person
from credmate_pipeline.samples.sheet import HUMANIST, INKS, MONO, SANS, SERIF, Face, Sheet

Entry = tuple[str, str]
"""A label without its colon, and the value printed for it."""
Style = Callable[[date], str]

FACES: tuple[Face, ...] = (SANS, SANS, SERIF, HUMANIST)
DATE_STYLES: tuple[Style, ...] = (
    *(dates.slashes, dates.slashes, dates.plain_slashes, dates.month_name, dates.short_month, dates.capital_month),
    *(dates.iso, dates.dashes, dates.day_month_year),
)


def draw_style(rng: Random) -> Style:
    """How this page prints its dates."""
    return rng.choice(DATE_STYLES)


def draw_face(rng: Random) -> Face:
    """A font that forms are printed in."""
    return rng.choice((*FACES, MONO)) if rng.random() < 0.2 else rng.choice(FACES)


def draw_ink(rng: Random) -> str:
    """A dark color for headings and frames."""
    return rng.choice(INKS)


def print_name(facts: Facts, person: Person, rng: Random, *, degree: str | None = None) -> str:
    """The holder's name in one of the ways registers print it, with a degree after it half of the time."""
    name = facts.text("holder_name", rng.choice((person.name, person.name, person.capitals, person.last_first)))
    with_degree = degree and rng.random() < 0.5
    return f"{name}, {degree}" if with_degree else name


def shuffled(rng: Random, entries: Sequence[Entry]) -> list[Entry]:
    """The entries in another order, the first kept in its place half of the time."""
    kept = 1 if rng.random() < 0.5 else 0
    rest = list(entries[kept:])
    rng.shuffle(rest)
    return [*entries[:kept], *rest]


def print_entries(
    sheet: Sheet, entries: Sequence[Entry], rng: Random, *, x: float | None = None, width: float | None = None
) -> None:
    """Print the entries from the cursor down, in one of the ways forms do."""
    left = sheet.margin if x is None else x
    full = width or sheet.width - sheet.margin - left
    named = [(label.upper(), value) for label, value in entries] if rng.random() < 0.3 else list(entries)
    rng.choice(_WAYS)(sheet, named, rng, left, full)


def _with_colons(sheet: Sheet, entries: Sequence[Entry], rng: Random, left: float, width: float) -> None:
    rows = [(f"{label}:", value) for label, value in entries]
    size, label_width = rng.choice((9.5, 10.5, 11.5)), width * rng.uniform(0.36, 0.46)
    sheet.label_rows(rows, x=left, width=width, label_width=label_width, size=size, pitch=size * 2.1)


def _ruled(sheet: Sheet, entries: Sequence[Entry], rng: Random, left: float, width: float) -> None:
    size, label_width = rng.choice((9.5, 10.5, 11.5)), width * rng.uniform(0.36, 0.46)
    sheet.label_rows(
        entries, x=left, width=width, label_width=label_width, size=size, pitch=size * 2.3, ruled=rng.random() < 0.6
    )


def _running(sheet: Sheet, entries: Sequence[Entry], rng: Random, left: float, width: float) -> None:
    """`Label: value` on lines of their own."""
    size = rng.choice((10.0, 11.0, 12.0))
    for label, value in entries:
        sheet.say(f"<b>{label}:</b> {value}", x=left, width=width, size=size, align="left", gap=size * 0.7)


def _right_aligned(sheet: Sheet, entries: Sequence[Entry], rng: Random, left: float, width: float) -> None:
    size, middle = rng.choice((9.5, 10.5)), left + width * 0.42
    for label, value in entries:
        used = sheet.put(f"{label}:", left, sheet.y, width=middle - left, size=size, bold=True, align="right")
        used = max(used, sheet.put(value, middle + 10, sheet.y, width=left + width - middle - 10, size=size))
        sheet.skip(max(size * 2, used + 5))


def _stacked(sheet: Sheet, entries: Sequence[Entry], rng: Random, left: float, width: float) -> None:
    """Small labels over their values, two in a row."""
    _grid(sheet, entries, rng, left, width, is_boxed=False)


def _boxed(sheet: Sheet, entries: Sequence[Entry], rng: Random, left: float, width: float) -> None:
    """The same in boxes, as on application forms."""
    _grid(sheet, entries, rng, left, width, is_boxed=True)


def _grid(sheet: Sheet, entries: Sequence[Entry], rng: Random, left: float, width: float, *, is_boxed: bool) -> None:
    column, size = width / 2, rng.choice((10.0, 11.0, 12.0))
    for start in range(0, len(entries), 2):
        pair = entries[start : start + 2]
        used = []
        for number, (label, value) in enumerate(pair):
            at = left + column * number + 5
            sheet.put(label, at, sheet.y + 4, width=column - 10, size=size * 0.72)
            used.append(sheet.put(value, at, sheet.y + 5 + size, width=column - 10, size=size, bold=True))
        height = 5 + size + max(used) + 7
        for number in range(len(pair) if is_boxed else 0):
            sheet.box(left + column * number, sheet.y, column, height, weight=0.6)
        sheet.skip(height if is_boxed else height + 5)


_WAYS = (_with_colons, _with_colons, _ruled, _running, _right_aligned, _stacked, _boxed)
