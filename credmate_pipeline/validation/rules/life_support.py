"""Life support cards: the eCard code and the two years to renewal."""

import re
from collections.abc import Iterator

from credmate_pipeline.extraction.fields import Item
from credmate_pipeline.validation.catalog import finding
from credmate_pipeline.validation.days import begin_of
from credmate_pipeline.validation.finding import Finding, RuleContext

CARD_MONTHS = 24
_ECARD = re.compile(r"\d{12}")
_HEART_ASSOCIATION = "heart association"
_ACCEPTED = (
    *(_HEART_ASSOCIATION, "red cross", "heart.org", "redcross.org", "rqi"),
    *("academy of pediatrics", "college of surgeons", "committee on trauma"),
)
_HOST = re.compile(r"(?:https?://)?((?:[a-z0-9-]+\.)+(?:org|com|net|app|info|io|co|site|online))\b")
_ISSUERS_HOSTS = ("heart.org", "redcross.org", "rqi1stop.com", "rqipartners.com", "shopcpr.org")
_MISREAD_HOSTS = ("rqilstop.com", "rqiistop.com")
"""How OCR reads the host with a one among its letters."""
_CLAIMS_TO_VERIFY = re.compile(r"heart|ecard|red-?cross|rqi|me-qr|vercel|verif")
_RQI = re.compile(r"[a-z0-9]{24}")


def ecard_code(item: Item, context: RuleContext) -> Iterator[Finding]:
    """Twelve digits, the first two the year of issue or one off; RQI prints 24 letters and digits (AHA).

    Other issuers number their cards as they like, so for them another shape is a warning.
    """
    code, issued = item.text("ecard_code"), begin_of(item, "issue_date")
    is_other_issuer = "red cross" in context.page_text.lower()
    if code is None or is_other_issuer or _RQI.fullmatch(code.lower()):
        return
    if _ECARD.fullmatch(code) is None:
        if _HEART_ASSOCIATION in context.page_text.lower():
            yield finding("ecard-shape", "The eCard code is not twelve digits; it is misread or wrong.", "ecard_code")
        else:
            yield finding("ecard-code", "The card's code is not twelve digits.", "ecard_code")
    elif issued and abs(2000 + int(code[:2]) - issued.year) > 1:
        yield finding("ecard-code", "The eCard code's year does not fit the issue date.", "ecard_code")


def renew_by_term(item: Item, context: RuleContext) -> Iterator[Finding]:
    """Cards are renewed by the end of the month two years after their issue (AHA, American Red Cross)."""
    issued, renewed = begin_of(item, "issue_date"), begin_of(item, "renew_by")
    if issued and renewed and (renewed.year - issued.year) * 12 + renewed.month - issued.month != CARD_MONTHS:
        yield finding("renew-by-term", "The card is not renewed two years after its issue.", "renew_by")


def course_issuer(item: Item, context: RuleContext) -> Iterator[Finding]:
    """Hospitals accept cards of the American Heart Association and the American Red Cross, few of anybody else.

    Newborn resuscitation is the American Academy of Pediatrics', trauma the American College of Surgeons'.
    """
    text = " ".join(context.page_text.lower().split())
    if text and not any(name in text for name in _ACCEPTED):
        yield finding("course-issuer", "The card is of an issuer that most hospitals do not accept.", "course")


def verifying_host(item: Item, context: RuleContext) -> Iterator[Finding]:
    """A card is verified on its issuer's own host; copies of the claim page elsewhere are a pattern of forgery."""
    for host in _HOST.findall(context.page_text.lower()):
        is_issuers = any(host == own or host.endswith(f".{own}") for own in (*_ISSUERS_HOSTS, *_MISREAD_HOSTS))
        if not is_issuers and _CLAIMS_TO_VERIFY.search(host):
            yield finding("verifying-host", "The address given for verification is not the issuer's.", "ecard_code")
            return


LIFE_SUPPORT_RULES = (ecard_code, renew_by_term, course_issuer, verifying_host)
