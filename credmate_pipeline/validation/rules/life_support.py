"""Life support cards: the eCard code and the two years to renewal."""

import re
from collections.abc import Iterator

from credmate_pipeline.extraction.fields import Item
from credmate_pipeline.validation.catalog import finding
from credmate_pipeline.validation.days import begin_of
from credmate_pipeline.validation.finding import Finding, RuleContext

CARD_MONTHS = 24
_ECARD = re.compile(r"\d{12}")
_RQI = re.compile(r"[a-z0-9]{24}")


def ecard_code(item: Item, context: RuleContext) -> Iterator[Finding]:
    """Twelve digits, the first two the year of issue or one off; RQI prints 24 letters and digits (AHA)."""
    code, issued = item.text("ecard_code"), begin_of(item, "issue_date")
    is_other_issuer = "red cross" in context.page_text.lower()
    if code is None or is_other_issuer or _RQI.fullmatch(code.lower()):
        return
    if _ECARD.fullmatch(code) is None:
        yield finding("ecard-code", "The eCard code is not twelve digits.", "ecard_code")
    elif issued and abs(2000 + int(code[:2]) - issued.year) > 1:
        yield finding("ecard-code", "The eCard code's year does not fit the issue date.", "ecard_code")


def renew_by_term(item: Item, context: RuleContext) -> Iterator[Finding]:
    """Cards are renewed by the end of the month two years after their issue (AHA, American Red Cross)."""
    issued, renewed = begin_of(item, "issue_date"), begin_of(item, "renew_by")
    if issued and renewed and (renewed.year - issued.year) * 12 + renewed.month - issued.month != CARD_MONTHS:
        yield finding("renew-by-term", "The card is not renewed two years after its issue.", "renew_by")


LIFE_SUPPORT_RULES = (ecard_code, renew_by_term)
