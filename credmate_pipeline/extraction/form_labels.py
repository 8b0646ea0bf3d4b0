"""Labels and phrases that several types of form, card and certificate share; best first."""

import re

_KIND = r"(?:license|licence|registration|certificate|certification|credential|card|permit|lic\.?)"

EXPIRATION_LABELS = (
    rf"(?:current |next )?(?:{_KIND} )?expir(?:ation|e) date(?: of .{{3,40}})?",
    rf"(?:if not renewed,? )?(?:{_KIND} )?expir(?:es|y)(?: on| date)?",
    r"date of expiration|date expires",
    r"(?:lic\.? )?exp(?:iration|ires?)?\.? date|exp\.?",
    r"expiration",
    r"(?:certification |registration |license )?valid (?:through|until|thru|to)",
    r"(?:registered|licensed|certified|renewed|paid) (?:through|until|thru)(?: last day of)?",
    r"(?:certification|registration|license|certificate|coverage) (?:ends|end date)",
    r"current (?:through|until)",
    r"(?:next )?renewal (?:due )?date|renew(?:al)? by",
    r"end date",
)
EXPIRATION_PHRASES = (
    r"\b(?:period|year|term) ending(?: on)?\b",
    r"\bexpir(?:es|ing|y|ation)(?: date)?(?: on)?\b[:\s]*",
    r"\b(?:valid|current|effective|in force|good) (?:through|until|thru|to)\b",
    r"\bthrough\b(?=:?\s*(?:\d|(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\b))",
)

ISSUE_LABELS = (
    rf"(?:original |initial |first )?(?:{_KIND} )?(?:issue|issuance|issued) date",
    r"date (?:of )?(?:original |initial |first )?(?:issue|issued|issuance|licensure|registration|certification)",
    r"(?:originally |first |initially )?issued(?: on| date)?",
    rf"(?:orig(?:inal|\.)?|initial|first) (?:{_KIND}|licensure|issuance|issue)(?: date| issued)?",
    r"(?:initially|originally|first) (?:licensed|registered|certified|issued)(?: on)?",
    rf"(?:{_KIND}|licensed|licensure) date",
    r"licensed since|certified since|certified(?: on)?|granted(?: on)?|awarded(?: on)?|date certified",
    r"(?:certification|registration|license) (?:begins|start(?: date)?|effective(?: date)?)|valid from|original date",
    r"effective(?: date)?",
    r"start date",
    r"licensed(?: on)?",
)
ISSUE_PHRASES = (
    r"\b(?:originally |first |initially )?(?:issued|dated|granted|awarded|certified)(?: on)?(?: this)?\b",
    r"\b(?:witness|seal|hands?|given)\b[^.]{0,90}?\b(?:this|on|dated)\b",
    r"\beffective\b",
    r"\bthis\b(?=.{0,25}\bday of\b)",
)

NAME_LABELS = (
    r"(?:full )?(?:name of )?(?:licensee|registrant|holder|practitioner|provider|card ?holder"
    r"|diplomate)(?:'s)?(?: name)?",
    r"(?:licensee|registrant|holder|practitioner|provider|physician|student|participant"
    r"|certificant)(?:'s)?(?: full)? name",
    r"certificant|physician|provider|practitioner|licensee|registrant|diplomate|card ?holder",
    r"name (?:and|&) (?:mailing |business |registered )?address",
    r"licen[sc]e name",
    r"name on (?:license|certificate|file)|full name|name \(last, ?first(?:,? (?:middle|mi))?\)|legal name"
    r"|name as (?:registered|licensed|certified)",
    r"issued to|awarded to|presented to|registered to|licensed to|granted to",
    r"name",
)

STATUS = (
    r"\b(?:active|inactive|current(?! through| until)|expired|suspended|revoked|(?:on )?probation|lapsed"
    r"|retired|delinquent"
    r"|cancell?ed|clear|unencumbered|encumbered|surrendered|pending|restricted|null and void|in good standing"
    r"|renewed|registered|deceased)\b"
)

_LABEL_LIKE = re.compile(
    r"\b(?:name|date|number|no|id|code|type|status|phone|city|title|limits?|period|effective|expir\w+|issued?|activity"
    r"|schedules?|address|insured|by|through|until|of|for|holder|provider|carrier|insurer|basis|#)\s*[.:#]*$",
    re.IGNORECASE,
)


def is_label_like(text: str) -> bool:
    """Whether `text` reads like the label of another field: it ends in a word that labels end in."""
    return _LABEL_LIKE.search(text) is not None
