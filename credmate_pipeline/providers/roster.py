"""Reads a roster of providers from CSV. A roster with any fault is not read at all; every fault names its line.

Columns: `owner` and `name` (required), `other_names` (separated by `;`), `npi`, `organization`, `degree`.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from credmate_pipeline.errors import PermanentError
from credmate_pipeline.extraction.names import FIRST_NAME_UNKNOWN, fold, name_words, split_credentials
from credmate_pipeline.extraction.npi import npi_holds
from credmate_pipeline.providers.provider import Provider

REQUIRED = ("owner", "name")
OPTIONAL = ("other_names", "npi", "organization", "degree")
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one line, without quoting what is personal."""

    line: int
    """Counted from 1; the header is line 1."""
    message: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.message}"


@dataclass(frozen=True, slots=True)
class Entry:
    """A provider of the roster and the line it stands on."""

    line: int
    provider: Provider
    has_other_names: bool
    """Whether the roster speaks of other names at all; if not, those already known stay."""


class FaultyRoster(PermanentError):
    """The roster cannot be imported; `faults` say why, line by line."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("The roster is not imported. " + "; ".join(map(str, faults)) + ".")
        self.faults = faults


def read_roster(content: bytes) -> tuple[Entry, ...]:
    """The roster's providers in its order. Raises FaultyRoster with every fault there is."""
    rows = csv.reader(io.StringIO(_text(content), newline=""), strict=True)
    try:
        numbered = [(rows.line_num, [cell.strip() for cell in row]) for row in rows]
    except csv.Error as error:
        raise FaultyRoster((Fault(rows.line_num, f"this is no CSV: {error}"),)) from None
    if not numbered:
        raise FaultyRoster((Fault(1, "the file is empty"),))
    header = _header(numbered[0][1])
    faults: list[Fault] = []
    entries: list[Entry] = []
    for line, cells in numbered[1:]:
        if not any(cells):
            continue
        if len(cells) != len(header):
            faults.append(Fault(line, f"{len(cells)} columns, but the header has {len(header)}"))
            continue
        row = dict(zip(header, cells, strict=True))
        found = [Fault(line, message) for message in _faults(row)]
        faults += found
        if not found:
            entries.append(Entry(line, _provider(row), "other_names" in row))
    faults += _repeated(entries)
    if faults:
        raise FaultyRoster(tuple(sorted(faults, key=lambda fault: fault.line)))
    return tuple(entries)


def _text(content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise FaultyRoster((Fault(line, "not UTF-8; save the file as CSV UTF-8"),)) from None
    if "\0" in text:
        raise FaultyRoster((Fault(1, "the file holds NUL characters; it is no CSV"),))
    return text


def _header(cells: list[str]) -> list[str]:
    names = [cell.lower().replace(" ", "_") for cell in cells]
    faults = [Fault(1, f"the column {name} is missing") for name in REQUIRED if name not in names]
    faults += [Fault(1, f"unknown column {name!r}") for name in names if name not in REQUIRED + OPTIONAL]
    faults += [Fault(1, f"the column {name} stands twice") for name in dict.fromkeys(names) if names.count(name) > 1]
    if faults:
        raise FaultyRoster(tuple(faults))
    return names


def _faults(row: dict[str, str]) -> Iterator[str]:
    for column in ("owner", "organization"):
        folder = row.get(column, "")
        if (column == "owner" and not folder) or folder in {".", ".."} or "/" in folder or not folder.isprintable():
            yield f"{column} must name one folder: not empty, without slashes"
    for name in (row["name"], *_other_names(row)):
        if not _is_full(name) or len(name) > _LONGEST:
            yield "a name needs a first and a last name (FNU where there is no first name)"
    npi = row.get("npi", "")
    if npi and not npi_holds(npi):
        yield "the NPI is not ten digits that pass the check digit"
    if row.get("organization") and row["organization"] == row["owner"]:
        yield "owner and organization are the same folder"


def _is_full(name: str) -> bool:
    return len(name_words(name)) + (FIRST_NAME_UNKNOWN in fold(name).split()) > 1


def _other_names(row: dict[str, str]) -> tuple[str, ...]:
    return tuple(name for part in row.get("other_names", "").split(";") if (name := part.strip()))


def _provider(row: dict[str, str]) -> Provider:
    printed, degrees = split_credentials(row["name"])
    others = (split_credentials(name)[0] for name in _other_names(row))
    degree = row.get("degree") or ", ".join(degrees)
    return Provider(
        owner=row["owner"],
        names=tuple(dict.fromkeys((printed, *others))),
        npi=row.get("npi") or None,
        organization=row.get("organization") or None,
        degree=degree.upper().replace(".", "") or None,
    )


def _repeated(entries: list[Entry]) -> Iterator[Fault]:
    for title, key in (("owner", lambda one: one.owner), ("NPI", lambda one: one.npi)):
        first: dict[str, int] = {}
        for entry in entries:
            value = key(entry.provider)
            if value is not None and first.setdefault(value, entry.line) != entry.line:
                yield Fault(entry.line, f"the same {title} as line {first[value]}")
    owners = {entry.provider.owner for entry in entries}
    for entry in entries:
        if entry.provider.organization in owners:
            yield Fault(entry.line, "its organization's folder is another provider's own")
