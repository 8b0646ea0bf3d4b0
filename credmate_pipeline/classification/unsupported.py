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
        "application or its receipt",
        (
            Cue(
                r"\b(?:your|renewal|this) application\b"
                r"|\bapplication (?:for|number|fee|date|status|id|summary|received)\b"
                r"|\bapplicant\b",
                2.5,
            ),
            Cue(
                r"\b(?:has|have) been (?:submitted|received)\b|\bsubmission date\b|\b(?:under review|being processed)\b"
                r"|\bwill (?:receive|be mailed|be issued)\b|\bsubmitted (?:on|successfully)\b",
                2.5,
            ),
            Cue(r"\bnot a licen[sc]e\b|\bnot (?:a|your) (?:certificate|registration)\b|\bmay not practice\b", 4.0),
            Cue(r"\b(?:application|renewal|processing) fee\b|\btransaction\b|\bcontrol number\b|\breceipt\b", 2.0),
            Cue(r"\bcredits?\b(?! card)|\bpolicy (?:number|period)\b|\bthis registration expires\b", -5.0),
        ),
    ),
    OtherPaper(
        "notice of renewal",
        (
            Cue(r"\brenewal (?:notice|notification|reminder)\b|\bdue for renewal\b|\btime to renew\b", 4.5),
            Cue(r"\bto renew,|\brenew (?:online|your|before|now)\b|\blate fee\b|\bif you do not renew\b", 2.5),
            Cue(r"\brenewal fee\b|\blog ?in\b|\bamount due\b|\bdear\b", 1.5),
        ),
    ),
    OtherPaper(
        "offer of insurance",
        (
            Cue(r"\bquot(?:e|ation)\b|\bpremium indication\b", 4.5),
            Cue(r"\bproposed\b|\bprepared for\b|\bnot a binder\b", 3.0),
        ),
    ),
    OtherPaper(
        "order form",
        (
            Cue(r"\border forms?\b|\bdea form 222\b", 6.0),
            Cue(r"\bsupplier\b|\bpurchaser\b|\bnational drug code\b|\bNDC\b|\bpackages?\b|\bsize of package\b", 2.5),
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
        "training without credit",
        (
            Cue(
                r"\bcertificate of (?:completion|training|participation|achievement|attendance)\b"
                r"|\btraining\x20certificate\b",
                2.5,
            ),
            Cue(r"\bhas (?:successfully |satisfactorily )?(?:completed|passed|finished)\b|\battended\b", 2.0),
            Cue(
                r"\b(?:training|learning|e-?learning|required|compliance) (?:module|course|program|assignment)s?\b", 2.0
            ),
            Cue(
                r"\bemployee (?:id|number|no)\b|\bscore\b|\bduration\b|\blength\b|\b\d+ minutes\b|\btotal hours\b"
                r"|\bhours of instruction\b|\borientation\b",
                1.0,
            ),
            Cue(
                r"\bHIPAA\b|\bOSHA\b|\bharassment\b|\bcompliance\b|\bcode of conduct\b|\bfire safety\b"
                r"|\bbloodborne\b|\bcyber ?security\b|\bworkplace\b",
                1.5,
            ),
            Cue(
                r"\bcredits?\b|\bcontact hours?\b|\bcontinuing\b|\bC[MNP]?E\b|\bCEUs?\b|\bCPEUs?\b|\bAMA\b|\bACCME\b"
                r"|\baccredit(?:ed|ation)\b|\blife support\b|\bCPR\b|\bheart association\b|\bred cross\b",
                -12.0,
            ),
        ),
    ),
    OtherPaper(
        "postgraduate training",
        (
            Cue(
                r"\b(?:completed|served|finished)\W+(?:\w+\W+){0,6}?(?:residency|fellowship|internship|resident|intern"
                r"|fellow)\b",
                6.0,
            ),
            Cue(r"\b(?:residency|fellowship|internship) (?:program|training|certificate)\b|\bprogram director\b", 2.0),
            Cue(r"\bgraduate medical education\b|\bACGME\b", 2.0),
            Cue(r"\bcredits?\b|\bdiplomate\b|\bboard certified\b", -6.0),
        ),
    ),
    OtherPaper(
        "provider profile",
        (
            Cue(r"\bCAQH\b|\bproview\b|\bcredentialing application\b", 6.0),
            Cue(r"\bprovider (?:profile|data summary|summary|data|enrollment)\b|\bprofile summary\b", 5.0),
            Cue(r"\b(?:work history|hospital affiliations?|practice locations?|disclosure questions?)\b", 3.0),
            Cue(r"\battest(?:ation|ed)?\b", 2.0),
            Cue(r"\bprofessional (?:ids|liability insurance)\b(?=[^$]*\bspecialt)|\bpersonal information\b", 2.0),
        ),
    ),
    OtherPaper(
        "provider identifier",
        (
            Cue(r"\bNPPES\b|\bnational plan and provider enumeration\b|\bNPI registry\b", 6.0),
            Cue(r"\bnational provider identifier\b|\benumeration date\b|\btaxonomy\b", 2.5),
        ),
    ),
    OtherPaper(
        "health record",
        (
            Cue(r"\b(?:vaccin\w+|immunization) (?:record|card|history|administration)\b|\bvaccination\b", 5.0),
            Cue(r"\b(?:lot number|dose \d|booster|manufacturer|tuberculosis|hepatitis|PPD|quantiferon)\b", 2.0),
            Cue(r"\bpatient\b.{0,20}\b(?:name|number|id)\b|\bdate of birth\b", 1.0),
            Cue(r"\bcredits?\b|\blicense\b", -4.0),
        ),
    ),
    OtherPaper(
        "membership or honor",
        (
            Cue(
                r"\b(?:elected|admitted|inducted)\W+(?:\w+\W+){0,4}?(?:fellow|fellowship|member(?:ship)?)\b"
                r"|\bfellow of the american (?:college|academy)\b|\bcertificate of (?:membership|appreciation"
                r"|recognition)\b",
                5.0,
            ),
            Cue(r"\bmember(?:ship)? (?:number|no|id|card|since)\b|\bin (?:recognition|appreciation) of\b", 2.5),
            Cue(r"\bcredits?\b|\bdiplomate\b|\blicense\b|\bpolicy\b", -5.0),
        ),
    ),
    OtherPaper(
        "examination record",
        (
            Cue(
                r"\beducational commission for foreign medical graduates\b|\bECFMG\b|\bUSMLE\b|\bCOMLEX\b"
                r"|\bunited states medical licensing examination\b",
                6.0,
            ),
            Cue(r"\b(?:step [123]|two-digit score|pass/fail|examination history|score report|transcript)\b", 2.0),
            Cue(r"\bdiplomate\b|\blicense (?:number|no|#|status)|\bcredits?\b", -6.0),
        ),
    ),
    OtherPaper(
        "laboratory or facility certificate",
        (
            Cue(r"\bclinical laboratory improvement amendments\b|\bCLIA\b|\blaboratory director\b", 6.0),
            Cue(r"\bfacility (?:license|permit|name|id)\b|\bbusiness (?:license|tax)\b|\bx-?ray\b", 3.5),
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
            Cue(r"\b(?:commercial )?general liability\b|\bauto(?:mobile)? liability\b|\bworkers'? compensation\b", 6.0),
            Cue(r"\bcertificate of (?:liability )?insurance\b|\bgeneral aggregate\b|\bcommercial general\b", 6.0),
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
            Cue(r"\b(?:passport|driver'?s? licen[sc]e|social security card|identification card)\b", 4.0),
            Cue(r"\bDOB\b|\bdate of birth\b|\bclass [CD]\b|\bnationality\b|\bgiven names?\b", 1.5),
            Cue(
                r"\b(?:agenda|minutes of the meeting|call for abstracts|registration fee|register (?:now|today"
                r"|by))\b",
                2.0,
            ),
        ),
    ),
)

RUNS_OVER_PAGES = frozenset({"curriculum vitae", "provider profile"})
"""Papers of several pages that name many credentials; a page of theirs is no paper of its own."""
