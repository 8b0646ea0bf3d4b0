"""The one table of every rule: code, severity, the types it looks at, what it says, where it comes from."""

from dataclasses import dataclass

from credmate_pipeline.validation.finding import Finding, Severity

ALL_TYPES = ("every type",)
_DEA = ("dea_registration",)
_CME = ("cme_certificate",)
_CARD = ("life_support_card",)
_COI = ("malpractice_insurance",)
_LICENSE = ("license",)
_CSR = ("controlled_substance_registration",)
_DATED = ("dea_registration", "controlled_substance_registration", "malpractice_insurance")
_SCHEDULED = ("dea_registration", "controlled_substance_registration")

_HELD_BY_ONE = ("dea_registration", "license", "controlled_substance_registration")

_CFR = "21 CFR 1301"
_DEA_FILE = "DEA registration record layout, 2017"
_AMA = "AMA PRA booklet: credit in quarter hours, claimed commensurate with participation"
_PRACTICE = "credentialing practice: what a specialist sends back"


@dataclass(frozen=True, slots=True)
class RuleEntry:
    """What is known of one rule."""

    code: str
    severity: Severity
    types: tuple[str, ...]
    summary: str
    source: str


_E, _W, _N = Severity.ERROR, Severity.WARNING, Severity.NOTE

_ENTRIES = (
    RuleEntry("dea-shape", _E, _DEA, "Two letters (or a letter and 9) and seven digits", _DEA_FILE),
    RuleEntry("dea-check-digit", _E, _DEA, "d1+d3+d5 + 2×(d2+d4+d6) ends in d7", _CFR),
    RuleEntry("dea-first-letter", _E, _DEA, "The first letter names a registrant group: A B F G M P R", _DEA_FILE),
    RuleEntry("dea-group", _E, _DEA, "M is for mid-level practitioners and for them only", _DEA_FILE),
    RuleEntry("dea-second-letter", _W, _DEA, "The second letter is the last name's first, or 9", _DEA_FILE),
    RuleEntry("dea-letter-doubtful", _E, _DEA, "The second letter is not a look-alike of the initial", _PRACTICE),
    RuleEntry("dea-degenerate", _E, _DEA, "The seven digits are not all the same", "check digits hold for 0000000"),
    RuleEntry(
        "dea-institutional-suffix", _E, _DEA, "A suffix marks a hospital's own registration", "21 CFR 1301.22(c)"
    ),
    RuleEntry("dea-x-waiver", _W, _DEA, "X numbers ended with the MAT Act", "Consolidated Appropriations Act 2023"),
    RuleEntry("dea-term", _E, _DEA, "A registration runs three years at most, and 60 days", "21 CFR 1301.13"),
    RuleEntry("dea-expiry-day", _W, _DEA, "A registration expires on the last day of a month", "21 CFR 1301.13"),
    RuleEntry("dea-expiry-doubtful", _E, _DEA, "An expiry within a month was surely read", "21 CFR 1301.13"),
    RuleEntry("schedules", _E, _SCHEDULED, "Schedules are among 1, 2, 2N, 3, 3N, 4, 5; states may add 6", "21 USC 812"),
    RuleEntry("schedules-doubtful", _E, _SCHEDULED, "A short list of schedules was surely read", _PRACTICE),
    RuleEntry("schedule-one", _W, _SCHEDULED, "Practitioners hold no schedule 1", "21 USC 823"),
    RuleEntry("registration-number-cut", _E, _CSR, "The number has all of its state's digits", "state offices"),
    RuleEntry("date-cut", _E, _DATED, "Dates have a day where the type prints days", _PRACTICE),
    RuleEntry("copies-differ", _E, ALL_TYPES, "Certificate and wallet card say the same", _PRACTICE),
    RuleEntry(
        "npi-check-digit", _E, ALL_TYPES, "A printed NPI passes Luhn over 80840 and its digits", "CMS NPI check digit"
    ),
    RuleEntry("expiry-before-issue", _E, ALL_TYPES, "A credential expires after it is issued", _PRACTICE),
    RuleEntry("expired", _W, ALL_TYPES, "The credential has expired; it is history", _PRACTICE),
    RuleEntry(
        "expiring-soon", _N, ALL_TYPES, "The credential expires within 90 days", "NCQA: monthly checks of expirations"
    ),
    RuleEntry("issued-in-future", _E, ALL_TYPES, "No issue date lies after tomorrow", _PRACTICE),
    RuleEntry("completion-in-future", _E, _CME, "No completion date lies after tomorrow", _PRACTICE),
    RuleEntry("date-implausible", _E, ALL_TYPES, "Dates lie from 1950 to 15 years ahead", _PRACTICE),
    RuleEntry("ambiguous-date", _E, ALL_TYPES, "Day and month could be swapped, issuer's country unknown", _PRACTICE),
    RuleEntry("date-read-month-first", _N, ALL_TYPES, "Read month first, as the issuer is in the US", "US custom"),
    RuleEntry("name-mismatch", _E, ALL_TYPES, "The holder is not, or not surely, the provider", _PRACTICE),
    RuleEntry("name-variant", _N, ALL_TYPES, "Middle name, initial, suffix or nickname differ", _PRACTICE),
    RuleEntry(
        "provider-ambiguous",
        _E,
        ALL_TYPES,
        "A name that could be several providers' is nobody's",
        _PRACTICE,
    ),
    RuleEntry("provider-unknown", _W, ALL_TYPES, "A document in an organization's folder is of its roster", _PRACTICE),
    RuleEntry("npi-of-another-provider", _E, ALL_TYPES, "A printed NPI is not another provider's", "NPPES"),
    RuleEntry("npi-differs", _W, ALL_TYPES, "A printed NPI is the provider's", "NPPES"),
    RuleEntry("same-text", _W, ALL_TYPES, "No earlier document says the same word for word", _PRACTICE),
    RuleEntry("same-credential", _W, ALL_TYPES, "A credential two documents show is held once", _PRACTICE),
    RuleEntry("same-activity", _W, _CME, "An activity claimed twice counts once", _AMA),
    RuleEntry("renewal", _N, ALL_TYPES, "The same number with a later expiry renews", _PRACTICE),
    RuleEntry("earlier-period", _N, ALL_TYPES, "The same number with an earlier expiry is history", _PRACTICE),
    RuleEntry("number-of-another-holder", _E, _HELD_BY_ONE, "A number belongs to one person", _PRACTICE),
    RuleEntry("specimen-words", _E, ALL_TYPES, "SAMPLE, SPECIMEN, VOID, FICTIONAL or a stand-in name", _PRACTICE),
    RuleEntry("several-holders", _E, ALL_TYPES, "One file holds documents of one person", _PRACTICE),
    RuleEntry("row-count-differs", _E, _CME, "As many rows are read as the transcript counts", _PRACTICE),
    RuleEntry("credit-total-differs", _E, _CME, "Credits read add up to each printed total", _PRACTICE),
    RuleEntry("row-crowded", _E, _CME, "A transcript's row holds one date and one amount", _PRACTICE),
    RuleEntry("no-printed-total", _N, _CME, "A transcript without totals cannot be checked by them", _PRACTICE),
    RuleEntry("awarded-exceeds-designated", _E, _CME, "Nobody is awarded more than was designated", _AMA),
    RuleEntry("awarded-not-quarter-step", _W, _CME, "AMA credit comes in quarters", _AMA),
    RuleEntry("credits-zero", _E, _CME, "Zero credits prove nothing", _PRACTICE),
    RuleEntry("credits-implausible", _E, _CME, "At most 50 credits an activity and 12 a day", _PRACTICE),
    RuleEntry("designated-only", _W, _CME, "Credit was designated, none awarded to the holder", _AMA),
    RuleEntry("category-2-certified", _W, _CME, "Category 2 is claimed by oneself, never certified", "AMA Category 2"),
    RuleEntry("rows-unread", _E, _CME, "A list of activities is read row by row", _PRACTICE),
    RuleEntry("profession-untold", _E, _CME, "The credit is of the holder's own profession", _PRACTICE),
    RuleEntry("ama-credit-for-other-profession", _W, _CME, "Only physicians are awarded AMA PRA credit", _AMA),
    RuleEntry("ceu-contact-hours", _E, _CME, "One CEU is ten contact hours", "ACPE"),
    RuleEntry("uan-shape", _W, _CME, "An ACPE number is 0000-0000-00-000-A00-A", "ACPE universal activity numbers"),
    RuleEntry("uan-year", _W, _CME, "An ACPE number's year is the activity's or up to three before", "ACPE"),
    RuleEntry("speaks-to-software", _E, ALL_TYPES, "No sentence on the page is meant for a program", _PRACTICE),
    RuleEntry("readers-differ", _E, ALL_TYPES, "Two readers of one field say the same", _PRACTICE),
    RuleEntry("second-reader-alone", _N, ALL_TYPES, "A person looks at what only the model found", _PRACTICE),
    RuleEntry("second-reader-stopped", _W, ALL_TYPES, "The spend limit let the model be asked", _PRACTICE),
    RuleEntry("second-reader-unanswered", _W, ALL_TYPES, "The model answered when it was asked", _PRACTICE),
    RuleEntry("second-reader-refused", _W, ALL_TYPES, "The model's answer had the form asked for", _PRACTICE),
    RuleEntry("license-format", _N, _LICENSE, "The number has its state's usual shape", "NPPES extract, state boards"),
    RuleEntry(
        "license-number-doubtful", _E, _LICENSE, "A number of unusual shape was surely read", "state boards' numbers"
    ),
    RuleEntry("license-discipline", _E, _LICENSE, "No discipline is told of on the page", _PRACTICE),
    RuleEntry("license-status", _E, _LICENSE, "The license is not restricted, suspended or revoked", _PRACTICE),
    RuleEntry(
        "ecard-code",
        _W,
        _CARD,
        "12 digits beginning with the year of issue (±1), or 24 letters and digits",
        "AHA eCards",
    ),
    RuleEntry("ecard-shape", _E, _CARD, "A Heart Association eCard's code is twelve digits", "AHA eCards"),
    RuleEntry("course-issuer", _E, _CARD, "The issuer is one that hospitals accept", _PRACTICE),
    RuleEntry("verifying-host", _E, _CARD, "The card is verified on its issuer's own host", "AHA eCards; forged cards"),
    RuleEntry("renew-by-term", _W, _CARD, "Cards are renewed 24 months after their issue", "AHA"),
    RuleEntry("malpractice-limits", _E, _COI, "The aggregate is not below the limit per claim", "insurance practice"),
    RuleEntry("other-coverage-only", _E, _COI, "General liability is not malpractice cover", _PRACTICE),
    RuleEntry("malpractice-term", _E, _COI, "A policy runs twelve months", _PRACTICE),
    RuleEntry(
        "retroactive-date", _E, _COI, "A retroactive date does not follow the effective date", "insurance practice"
    ),
)

CATALOG = {entry.code: entry for entry in _ENTRIES}
"""Every rule by its code."""


def finding(code: str, message: str, field: str | None = None, item: int | None = 0) -> Finding:
    """A finding of the rule `code` with the severity the table gives it; `KeyError` for a code not in the table."""
    return Finding(rule=code, severity=CATALOG[code].severity, message=message, field=field, item=item)
