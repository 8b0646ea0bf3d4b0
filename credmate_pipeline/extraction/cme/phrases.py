"""The wordings by which CME certificates say what they say (ACCME, AMA and ANCC statement wordings, rules of use).

A space in a phrase stands for any white space, as phrases run over line ends. Case does not matter.
"""

import re


def phrase(pattern: str) -> re.Pattern[str]:
    """`pattern` with its spaces matching any white space; a space in brackets is only a space."""
    return re.compile(spaced(pattern), re.IGNORECASE)


def spaced(pattern: str) -> str:
    """The regex in which ` ` is any white space, ` ?` any or none, and `[ ]` a plain space."""
    return re.sub(r"(?<!\[) (\?)?", lambda space: r"\s*" if space[1] else r"\s+", pattern)


CERTIFIES_TEXT = (
    r"(?<!please[ ])\b(?:here ?by )?(?:certify|certifies|certificates(?= that)|confirms?\b|be it known|verifies|attests"
    r"|verify(?= that)"
    r"|acknowledges|recognizes)"
    r"(?: t?that\b| to\b)?[ ]*:?"
)
PRESENTED_TEXT = (
    r"\b(?:(?:is|are|was|be) )?(?:here ?by |proudly )*(?:presented|awarded|issued|granted|given|conferred) "
    r"(?:to|on|upon)\b[ ]*:?|\b(?:presents?|awards?|grants?) this (?:\w+ ){0,4}certificate(?: of \w+)? to\b[ ]*:?"
    r"|\bcongratulations,?"
)
PRESENTING_TEXT = (
    r"\b(?:here ?by |proudly |is pleased to )*(?:presents|awards|grants|issues|present|award) this certificate\b"
)
DID_TEXT = (
    r"\b(?:(?:has|have) (?:(?:success|satisfactor)\w+ly )?(?:attended and (?:(?:success|satisfactor)\w+ly )?completed"
    r"|completed and been awarded|attended|participated|completed|met|fulfilled|satisfied|been awarded|earned)"
    r"|(?:success|satisfactor)\w+ly (?:participated|completed|attended)"
    r"|was in attendance at|participated in|took part in|(?<!date\s)(?:completed|attended) the"
    r"|is (?:here ?by )?awarded(?! to\b)"
    r"|(?<!date\s)(?<!dates\s)(?<!hours\s)(?:attended|completed)(?=[ ]*:?[ ]*\n|[ ]*:?[ ]*\"))\b"
)
FOR_DOING_TEXT = (
    r"\b(?:for|in recognition of|upon) (?:his |her |their |the )?(?:\w+ly |successful |satisfactory )*"
    r"(?:completing|completion of|attending|attendance (?:at|of)|participating in|participation in)\b"
)
REQUIREMENTS_TEXT = (
    r"\b(?:met|fulfilled|satisfied|completed) (?:all )?(?:of )?(?:the )?requirements (?:for|of|to complete)"
    r"(?: (?:the )?(?:successful )?completion of)?\b"
)
TITLED_TEXT = r"\b(?:en)?(?:titled|t[il1][tl1id]{1,3}[ ]?ed)\b[ ]*[:,]?"
"""Small print makes OCR take `titled` for `tiled`, `tited` or `tided`."""
DESIGNATES_TEXT = r"\bdesignates (?:this|the|each|it)\b"
ACCREDITED_TEXT = (
    r"\b(?:is|are|was|has been) (?:jointly |an? |also )*(?:accredited|approved|authorized|recognized)"
    r"(?: (?:continuing \w+ education )?provider)?(?=\W+(?:of|by|asa?|with|to|from|in|for|the)\b)"
)

CERTIFIES = phrase(CERTIFIES_TEXT)
PRESENTED = phrase(PRESENTED_TEXT)
PRESENTING = phrase(PRESENTING_TEXT)
DID = phrase(DID_TEXT)
REQUIREMENTS = phrase(REQUIREMENTS_TEXT)
FOR_DOING = phrase(FOR_DOING_TEXT)
TITLED = phrase(TITLED_TEXT)
DESIGNATES = phrase(DESIGNATES_TEXT)
ACCREDITED = phrase(ACCREDITED_TEXT)

SENTENCE_END = re.compile(
    r"(?<!\bInc)(?<!\bLtd)(?<!\bCorp)(?<!\bCo)(?<!\bSt)(?<!\bMt)(?<!\bFt)(?<!\bDr)(?<!\bMr)(?<!\bMs)(?<!\bMrs)(?<!\bJr)"
    r"(?<!\bSr)(?<!\bNo)(?<!\bvs)(?<!\bAve)(?<!\bDept)(?<!\b[A-Z])[.!?][\"')*]?(?=\s+[A-Z(*\"]|\s*(?:$|\n))"
    r"|(?<=[a-z]{4})\.(?=\s+\d)"
)
"""The full stop of a sentence; those of abbreviations and initials are none."""

GENERIC_WORDS = [
    "a",
    "an",
    "the",
    "all",
    "of",
    "for",
    "in",
    "this",
    "following",
    "above",
    "our",
    "your",
    "requirement",
    "requirements",
    "and",
    "successfully",
    "educational",
    "education",
    "continuing",
    "medical",
    "nursing",
    "pharmacy",
    "dental",
    "interprofessional",
    "professional",
    "online",
    "on-line",
    "internet",
    "internet-based",
    "web-based",
    "live",
    "virtual",
    "enduring",
    "material",
    "materials",
    "activity",
    "activities",
    "program",
    "course",
    "webinar",
    "conference",
    "session",
    "module",
    "symposium",
    "seminar",
    "lecture",
    "training",
    "workshop",
    "cme",
    "cne",
    "ce",
    "cpe",
    "cpd",
    "cme/ce",
    "ceu",
    "independent",
    "study",
    "self-study",
    "self-paced",
    "self-directed",
    "regularly",
    "scheduled",
    "series",
    "journal-based",
    "knowledge-based",
    "application-based",
    "home",
    "certified",
    "accredited",
]
"""Words that speak of an activity without naming it."""

ROLE = re.compile(
    r"\b(?:director|president|chair(?:man|woman|person)?|dean|officer|manager|instructor|secretary|coordinator"
    r"|planner|editor"
    r"|faculty|registrar|administrator|professor|executive|ceo|cme staff|signature|chief|speaker|presenter|moderator"
    r"|vp|medical director|course leader|provost|commissioner|reviewer|accreditation specialist)\b",
    re.IGNORECASE,
)
"""Words under or beside a name that make it a signer's or teacher's."""

HEADING = re.compile(
    r"\b(?:certificate|statement|transcript|record|verification|letter)\s+(?:of|for)\b|\bcertificate\s*$"
    r"|^\s*certificate\b"
    r"|\bcontinuing\s+(?:\w+\s+)?education\s+(?:credit|certificate|activity)\b|\bparticipant information\b"
    r"|^\s*(?:course|cme|ce)\s+"
    r"(?:completion|certificate)|\b(?:attendee|licensure|participant)\s+copy\b|\bproof of completion\b",
    re.IGNORECASE,
)
CONTACT = re.compile(
    r"https?:|www\.|@|\b(?:tel|telephone|phone|fax|e-?mail|suite|ste|p\.?o\.? box|street|avenue|blvd"
    r"|floor)\b[\s.:]|\d{3}[-.)]\s?\d{3}[-.]\d{4}"
    r"|\b[A-Z]{2},?\s+\d{5}(?:-\d{4})?\b",
    re.IGNORECASE,
)
STREET = re.compile(
    r"^\s*\d+[\w-]*\s+\S.*|^\s*p\.?\s?o\.?\s+box\b|\b(?:street|st|avenue|ave|road|rd|drive|dr|lane|ln|blvd|court"
    r"|ct|way|place)\.?\s*(?:$|,|#)",
    re.IGNORECASE,
)
STATE_AND_ZIP = re.compile(r"\b[A-Z]{2}\.?,?\s+\d{5}(?:-\d{4})?\b")
ORGANIZATION = re.compile(
    r"\b(?:university|college|school|hospital|clinic|institute|association|society|academy|foundation|center"
    r"|centre|group|inc|llc|network"
    r"|council|department|system|systems|health|education|educators|program|board|medical|medicine|company|corp"
    r"|alliance|consortium"
    r"|services|partners|learning|federation|office|commission|organization|communications|international|cme)\b",
    re.IGNORECASE,
)
ACCREDITOR = re.compile(
    r"\b(?:accreditation council|credentialing center|commission on|american medical association|accme|ancc|acpe"
    r"|board of registered nursing"
    r"|american (?:academy|association) of (?:family physicians|nurse practitioners|physician a\w+|pas)"
    r"|american osteopathic association|academy of nutrition|dietetic registration|academy of general dentistry)\b",
    re.IGNORECASE,
)
US_SIGN = re.compile(
    r"\bAMA\b|\bACCME\b|\bANCC\b|\bACPE\b|American|\bAAFP\b|\bAAPA\b|\bU\.?S\.?A\b|United States"
    r"|\b[A-Z]{2},?\s+\d{5}\b|\bNABP\b|\b1-8\d\d-"
    r"|\(\d{3}\)\s?\d{3}-\d{4}|\b\d{3}[-.]\d{3}[-.]\d{4}\b|University of [A-Z]|Accreditation Council"
    r"|Dietetic Registration|\bCPEU|\bCOPE\b|\bASWB\b|\bAOA\b|\bAANP\b|\bABIM\b|\bMOC\b|Category 1\b|\bBRN\b"
    r"|Board of Registered Nursing|\bNBCC\b|\bAGD\b"
)
"""What shows an issuer in the United States, who writes the month first."""
