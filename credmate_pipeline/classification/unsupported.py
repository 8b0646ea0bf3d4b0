"""Papers that arrive but prove no credential, and the phrases that tell them."""

from dataclasses import dataclass

from credmate_pipeline.extraction.document_type import Cue


@dataclass(frozen=True, slots=True)
class OtherPaper:
    """A kind of paper that is not handled."""

    name: str
    cues: tuple[Cue, ...]


OTHER_PAPERS = (
    OtherPaper(
        "invoice",
        (
            Cue(r"\binvoice\b", 2.0),
            Cue(r"\b(?:payment receipt|sales receipt|total paid|amount paid)\b", 1.5),
            Cue(r"\b(?:receipt|order|payment) (?:no\.?|number|date|method|received|confirmation)\b", 1.5),
            Cue(r"\b(?:sub-?total|amount due|balance due|total due|unit price|bill(?:ed)? to|qty|sales tax)\b", 2.0),
            Cue(
                r"\b(?:remit|payable|due upon receipt|net \d\d days|payment terms|thank you for your (?:order"
                r"|purchase))\b",
                1.5,
            ),
        ),
    ),
    OtherPaper(
        "curriculum vitae",
        (
            Cue(r"\bcurriculum vitae\b|\bcurriculum vit[æe]\b", 5.0),
            Cue(r"\br[eé]sum[eé]\b(?! of)", 1.5),
            Cue(r"\b(?:work|professional|clinical|employment) (?:experience|history)\b", 2.0),
            Cue(r"\b(?:education and training|postgraduate training|residency|fellowship)\b", 1.0),
            Cue(
                r"\b(?:publications|professional memberships|references (?:available )?(?:up)?on request"
                r"|honors and awards)\b",
                2.0,
            ),
            Cue(
                r"(?m)^\s*(?:education|experience|skills|languages|licensure|licenses and certifications"
                r"|objective)\s*$",
                1.5,
            ),
        ),
    ),
    OtherPaper(
        "letter",
        (
            Cue(r"(?m)^\s*dear\s+\w+", 1.5),
            Cue(
                r"(?m)^\s*(?:sincerely|best regards|kind regards|yours (?:truly|sincerely|faithfully)"
                r"|respectfully)\b",
                1.0,
            ),
            Cue(
                r"\b(?:thank you for your|i am (?:writing|pleased)|we are (?:writing|pleased)|please (?:contact"
                r"|find|do not hesitate))\b",
                1.5,
            ),
            Cue(r"\bto whom it may concern\b", 1.5),
            Cue(
                r"\b(?:let(?:ter)? of (?:recommendation|reference|good standing|employment|appointment)"
                r"|your application)\b",
                1.5,
            ),
            Cue(r"(?m)^\s*re\s*:", 1.0),
        ),
    ),
    OtherPaper(
        "research training",
        (
            Cue(r"\bnot valid for renewal of certification through cme\b", 12.0),
            Cue(r"\bCITI program\b|\bcollaborative institutional training initiative\b", 4.0),
        ),
    ),
    OtherPaper(
        "diploma",
        (
            Cue(r"\b(?:the )?degree of\b", 2.5),
            Cue(r"\bwith all the (?:rights|honors),? (?:privileges|rights)\b|\brights and privileges\b", 3.0),
            Cue(
                r"\b(?:doctor of (?:medicine|osteopath\w+|philosophy)|bachelor of (?:science|arts)"
                r"|master of)\b",
                1.5,
            ),
            Cue(
                r"\b(?:diploma|graduated?|commencement|upon recommendation of the faculty|board of (?:trustees"
                r"|regents))\b",
                1.5,
            ),
        ),
    ),
    OtherPaper(
        "course certificate without medical credit",
        (
            Cue(r"\budemy\b|\bcoursera\b|\blinkedin learning\b|\bude\.my\b", 8.0),
            Cue(r"\bNASBA\b|\bcertified public accountants?\b|\bCPE hours?\b", 4.0),
            Cue(r"\btotal hours\b", 1.0),
        ),
    ),
    OtherPaper(
        "announcement",
        (
            Cue(r"\b(?:registration fee|register (?:now|today|by|online)|early[- ]bird|tuition|to register)\b", 3.5),
            Cue(r"\b(?:agenda|schedule|learning objectives|target audience|who should attend|hotel)\b", 1.5),
            Cue(r"\b(?:call for abstracts|save the date|join us|keynote)\b", 2.0),
        ),
    ),
    OtherPaper(
        "general liability certificate",
        (
            Cue(r"\b(?:commercial )?general liability\b", 4.0),
            Cue(r"\bcertificate of (?:liability )?insurance\b|\bgeneral aggregate\b|\bcommercial general\b", 4.0),
            Cue(
                r"\bprofessional liab\w*|\bmalpractice\b|\bmedical (?:professional|liability)|\bphysicians?\b"
                r"|\bprof\W+liab\w*",
                -20.0,
            ),
        ),
    ),
    OtherPaper(
        "form or statement",
        (
            Cue(
                r"\b(?:form w-?9|request for taxpayer|taxpayer identification|form 1099|bank statement|pay (?:stub"
                r"|period))\b",
                5.0,
            ),
            Cue(r"\b(?:passport|driver'?s? licen[sc]e|social security card)\b", 3.0),
            Cue(
                r"\b(?:agenda|minutes of the meeting|call for abstracts|registration fee|register (?:now|today"
                r"|by))\b",
                2.0,
            ),
        ),
    ),
)
