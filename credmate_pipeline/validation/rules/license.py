"""State licenses: the number's usual shape in its state, a status that needs a person."""

import csv
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from credmate_pipeline.extraction.fields import Item
from credmate_pipeline.validation.catalog import finding
from credmate_pipeline.validation.finding import Finding, RuleContext
from credmate_pipeline.validation.look_alikes import would_fit

_TROUBLED = re.compile(
    r"revoked|suspend|surrender|probation|restrict|disciplin|denied|deceased|cancel|void", re.IGNORECASE
)
SURELY_READ = 0.94
"""Confidence above which a number is read from a text layer or as well as from one."""
_DISCIPLINED = re.compile(
    r"(?:disciplin\w*|board|public record|public) (?:actions?|against (?:the )?license|history|on file)?\s*[:?]?\s*"
    r"(?:yes\b|action taken|public (?:reprimand|order)|\d+ (?:actions?|orders?))",
    re.IGNORECASE,
)
_OSTEOPATH = re.compile(r"osteopath|\bDO\b|\bD\.O\.", re.IGNORECASE)
_PHYSICIAN = re.compile(
    r"physician(?!.{0,3}(?:'s)?\s*assistant)|surgeon|medical doctor|doctor of medicine|\bMD\b|medicine", re.I
)


def license_format(item: Item, context: RuleContext) -> Iterator[Finding]:
    """Physicians' numbers against their state's usual shape; 3 % of real ones are odd, so only a note."""
    number, state, kind = item.text("license_number"), item.text("state"), item.text("license_type") or ""
    degree = "DO" if _OSTEOPATH.search(kind) else "MD" if _PHYSICIAN.search(kind) else None
    if not number or not state or degree is None or (state, degree) not in license_formats():
        return
    shape, bare = license_formats()[state, degree], re.sub(r"[\s.-]", "", number.upper())
    if shape.fullmatch(bare) is None:
        yield finding("license-format", "The license number has not its state's usual shape.", "license_number")
        field = item.field("license_number")
        if field is not None and (field.confidence < SURELY_READ or would_fit(bare, shape)):
            message = "The license number has not its state's usual shape and may be misread."
            yield finding("license-number-doubtful", message, "license_number")


def license_discipline(item: Item, context: RuleContext) -> Iterator[Finding]:
    """Verification pages answer whether there is discipline; a yes is for a person to judge."""
    if _DISCIPLINED.search(context.page_text):
        yield finding("license-discipline", "The page tells of discipline against the license.")


def license_status(item: Item, context: RuleContext) -> Iterator[Finding]:
    """A license under discipline is for a person to judge; an expired one is history."""
    status = item.text("license_status")
    if status and _TROUBLED.search(status):
        yield finding("license-status", "The license's status needs a person's judgment.", "license_status")


@cache
def license_formats() -> dict[tuple[str, str], re.Pattern[str]]:
    """By state and degree (MD, DO) the shape of a number without spaces, dots and hyphens."""
    table = files("credmate_pipeline.validation").joinpath("data/license_formats.csv").read_text("utf-8")
    rows = csv.DictReader(line for line in table.splitlines() if not line.startswith("#"))
    return {(row["state"], row["license"]): re.compile(row["pattern"]) for row in rows}


LICENSE_RULES = (license_status, license_format, license_discipline)
