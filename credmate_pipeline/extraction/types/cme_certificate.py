"""CME and CE certificates: fields, phrases and rules of this type. How the fields are found is in `cme/`."""

from credmate_pipeline.extraction import values
from credmate_pipeline.extraction.cme.credit_units import named_systems
from credmate_pipeline.extraction.cme.read import read_certificates
from credmate_pipeline.extraction.document_type import Cue, DocumentType, FieldKind, FieldSpec, Shape
from credmate_pipeline.extraction.transcripts.table import activity_table_head
from credmate_pipeline.validation.rules.cme import CME_RULES
from credmate_pipeline.validation.rules.common import COMMON_RULES

DOCUMENT_TYPE = DocumentType(
    name="cme_certificate",
    title="CME certificate",
    fields=(
        FieldSpec("holder_name", FieldKind.NAME, is_required=True),
        FieldSpec("holder_credentials", FieldKind.LIST),
        FieldSpec("activity_title", FieldKind.TEXT, is_required=True),
        FieldSpec("issuer", FieldKind.TEXT, is_required=True),
        FieldSpec("completion_date", FieldKind.DATE, is_required=True),
        FieldSpec("start_date", FieldKind.DATE),
        FieldSpec("credits_awarded", FieldKind.CREDITS, is_required=True),
        FieldSpec("credits_designated", FieldKind.CREDITS),
        FieldSpec("credit_type", FieldKind.CODE, is_required=True),
        FieldSpec("other_credits", FieldKind.LIST),
        FieldSpec("certificate_number", FieldKind.NUMBER),
        FieldSpec("acpe_uan", FieldKind.NUMBER),
        FieldSpec("accreditation_statement", FieldKind.TEXT),
        FieldSpec("topics", FieldKind.LIST),
    ),
    cues=(
        Cue(r"\b(?:certifies|certify|confirms|confirm)(?: t?that)?\b", 1.5),
        Cue(
            r"\b(?:has|have|you) (?:\w+ly )?(?:participated in|completed|attended)\b|\b(?:success"
            r"|satisfactor)\w+ly complet(?:ed|ing)\b"
            r"|\b(?:participated in|attendance at|participation in) the\b",
            1.5,
        ),
        Cue(
            r"\bcertificate of (?:successful )?(?:completion|participation|attendance|credit|proficiency)\b"
            r"|\b(?:attendance|participation) certificate\b"
            r"|\bstatement of (?:continuing \w+ education )?(?:credit|participation)\b|\bcredit certificate\b"
            r"|\bcertificate of continuing\b"
            r"|\b(?:cme|ce|cne|continuing(?: \w+)? education) (?:certificate|transcript|credit certificate)\b"
            r"|\bcertificate id\b",
            2.0,
        ),
        Cue(r"\bAOA Category [12]-?[AB]\b|\bAAFP (?:Prescribed|Elective)\b|\bAAPA Category 1\b", 2.5),
        Cue(
            r"\b(?:cme|ce|cne|cpd|continuing (?:\w+ )?education|learner|credits?|activity|learning"
            r"|education) (?:transcript|summary|record|history|report)\b|\btranscript of (?:cme|ce|continuing)\b",
            2.0,
        ),
        Cue(r"\bAMA\s*PRA\s*Cat(?:egory|\.)?\s*[1Il]\b", 2.5),
        Cue(
            r"\b(?:awarded|earned|claimed|granted|for) (?:a (?:total"
            r"|maximum) of )?\d+(?:\.\d+)? (?:\w+ ){0,3}(?:credits?|contact hours?|hours?|CEUs?|CPEUs?)"
            r"|\b(?:credits?|hours?|CPEU'?s?|CE)(?:\(s\))? (?:claimed|awarded|earned|issued)\b|\b(?:awarded"
            r"|claimed|earned) (?:CPE |CE )?credits?\b",
            2.0,
        ),
        Cue(r"\b(?:total|number of) (?:CE|CME|contact|credit)s? (?:hours?|credits?|issued|awarded|claimed)\b", 1.5),
        Cue(
            r"\bcontact hours?\b|\bcontinuing education credits?\b|\bCPEUs?\b|\bCEUs?\b|\bCE hours?\b"
            r"|\bCME credits?\b",
            1.5,
        ),
        Cue(
            r"\bdesignat(?:es|ed) (?:this|for|as)\b|\bmay be earned\b|\bapproved for (?:up to "
            r"|a maximum of )?\d",
            1.0,
        ),
        Cue(r"\baccreditation council for (?:continuing medical|pharmacy) education\b|\bjointly accredited\b", 1.5),
        Cue(
            r"\baccredited (?:as a provider|by the)\b|\bcredentialing center\b|\bcommission (?:on"
            r"|of) dietetic registration\b|\baccredited provider\b",
            1.0,
        ),
        Cue(
            r"\bcontinuing (?:medical|nursing|pharmac\w+|professional|interprofessional|healthcare)? ?education\b"
            r"|\bCME\b",
            0.7,
        ),
        Cue(
            r"\b(?:educational|enduring|live|learning|online|on-line|internet|cme) (?:educational )?(?:activity"
            r"|material|program)\b|\bactivity (?:title|type|date)\b",
            1.2,
        ),
        Cue(
            r"\b(?:activity|material|program|activities) (?:en)?titled\b|\b(?:course|program|session"
            r"|activity) (?:title|name|description)\b",
            1.0,
        ),
        Cue(r"\b\d{4}-\d{3,4}-\d\d-\d{3}-[LHB]\d\d-[PT]\b|\bcommensurate with the extent\b", 2.0),
        Cue(r"\bnot valid for renewal of certification through cme\b", -12.0),
        Cue(r"\bcurriculum vitae\b|\binvoice\b|\bamount due\b", -3.0),
        Cue(
            r"\b(?:basic|advanced cardi\w+|pediatric advanced|advanced) life support|\becard code\b|\bheartcode\b"
            r"|\bCPR ?/ ?AED\b|\bred ?cross\b",
            -3.0,
        ),
        Cue(r"\bGPA\b|\bgrade[- ]point\b|\bquality points\b|\bsemesters?\b|\boffice of the registrar\b", -5.0),
        Cue(
            r"\b(?:you (?:still )?(?:need|must)|please (?:submit|upload|send|provide)|we (?:noticed|have not"
            r"|require)|is due|are due|deadline)\b",
            -2.0,
        ),
        Cue(r"\b(?:registration fee|register (?:now|today|by|online)|early[- ]bird)\b", -4.0),
        Cue(r"\budemy\b|\bNASBA\b|\bcoursera\b", -4.0),
    ),
    extract=read_certificates,
    rules=(*COMMON_RULES, *CME_RULES),
    shapes=(Shape(activity_table_head, 2.0),),
    recognizers={"credit_type": named_systems, "start_date": values.range_begins, "acpe_uan": values.codes},
)
