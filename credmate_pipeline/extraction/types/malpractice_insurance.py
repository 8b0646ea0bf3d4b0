"""Malpractice insurance: certificates of insurance (ACORD 25 and alike) and declarations; fields, rules, reading."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from credmate_pipeline.extraction import finders, values
from credmate_pipeline.extraction.coverage_lines import insurer_letter, lists_other_coverages, professional_lines
from credmate_pipeline.extraction.document_type import Cue, DocumentType, FieldKind, FieldSpec
from credmate_pipeline.extraction.fields import Field, Item
from credmate_pipeline.extraction.finders import Span
from credmate_pipeline.extraction.form_labels import is_label_like
from credmate_pipeline.extraction.holder import (
    labelled_people,
    people_above_address,
    people_in_sentences,
    people_with_degrees,
)
from credmate_pipeline.ocr.reading import Page, Reading
from credmate_pipeline.validation.rules.common import COMMON_RULES
from credmate_pipeline.validation.rules.malpractice import MALPRACTICE_RULES
from credmate_pipeline.validation.rules.registration import date_cut

SMALLEST_LIMIT = Decimal(10_000)
"""Dollars."""
_INSURED_LABELS = (
    r"(?:first )?named insured(?: name)?(?: and (?:mailing )?address)?",
    r"(?:name of |covered |insured )(?:insured|provider|physician|practitioner)(?:'s)?(?: name)?|insured name",
    r"insured(?: and (?:mailing )?address)?",
    r"(?:physician|provider|practitioner)(?: name)?",
)
_INSURER_LABELS = (
    r"insurer a",
    r"(?:insurance )?(?:carrier|insurer)(?: name)?|name of insurer|insurance company|insuring company",
    r"(?:underwritten|issued|insured|coverage provided) by|insurer\(s\) affording coverage|company(?: name)?",
    r"insurer [b-f]",
)
_INSURER = re.compile(
    r"\b((?:[A-Z][\w&.'-]*\s+){1,6}?(?:Insurance|Indemnity|Assurance|Casualty|Mutual|Reciprocal|Underwriters|Liability)"
    r"(?:\s+(?:Insurance|Indemnity|Reciprocal|Compan[yv]?|Co\.?|Corporation|Corp\.?|Inc\.?|Exchange|Group"
    r"|Association|RRG|Trust"
    r"|of\s+[A-Z]\w+)){0,4}|(?:[A-Z]{2,}[\w&.'-]*\s+){1,6}?(?:INSURANCE|INDEMNITY|ASSURANCE|CASUALTY|MUTUAL|RECIPROCAL)"
    r"(?:\s+(?:INSURANCE|COMPAN[YV]?|CO\.?|CORPORATION|CORP\.?|INC\.?|EXCHANGE|GROUP|RRG)){0,4})(?!\w)"
)
_TORN_COMPANY = re.compile(r"\bCompanv?(?!\w)")
"""The word as engines read it whose last letter reaches below the line."""
_NO_INSURER = re.compile(
    r"certificate|liability insurance\b(?! comp)|verification|evidence|declaration|professional liability$", re.I
)
_NO_COMPANY = re.compile(
    r"^(?:naic|insurer|affording)\b|:|\b(?:certificate|revision|policy) number\b|\bliability policy\b|\$", re.I
)
_POLICY_LABELS = (
    r"(?:master )?policy ?(?:number|no\.?|#|nbr\.?)(?:\(s\))?",
    r"(?:certificate|contract|member) ?(?:number|no\.?|#)",
    r"policy",
)
_POLICY_PHRASES = (r"\bpolicy ?(?:number|no\.?|#)[:\s]*(?=.{0,12}\d)",)
_EFFECTIVE_LABELS = (
    r"(?:policy |coverage )?(?:eff(?:ective)?\.?|inception)(?: date)?(?: \(mm/dd/yyyy\))?",
    r"policy eff\.?",
    r"(?:policy|coverage) (?:period|term|dates?)",
    r"(?:policy |coverage )?(?:from|start date|begins?)",
)
_EXPIRATION_LABELS = (
    r"(?:policy |coverage )?exp(?:iration|ires|\.)?(?: date)?(?: \(mm/dd/yyyy\))?",
    r"policy exp\.?",
    r"(?:policy|coverage) (?:period|term|dates?)",
    r"(?:policy |coverage )?(?:to|end date|ends|through)",
)
_RETROACTIVE_LABELS = (r"(?:retroactive|retro\.?|prior acts)(?: date)?(?: \(mm/dd/yyyy\))?",)
_CLAIM = (
    r"(?:(?:each|per) (?:claim|occurrence|medical incident|incident|person|event|loss)"
    r"|limit (?:of liability )?(?:per|each) claim)"
    r"(?: limit)?"
)
_AGGREGATE = r"(?:annual |policy |general )?aggregate(?: limit)?|(?:per year|annual) limit"
_BOTH_LIMITS = (
    r"(?:limits? of (?:liability|insurance|coverage)|(?:liability|coverage|policy) limits?|limits?)(?: \(.{1,40}\))?",
)


_BASIS_LABELS = (r"(?:coverage|policy|form)(?: (?:basis|type|form))|basis(?: of coverage)?|form|coverage",)
_OF_A_LINE = frozenset({"insurer", "policy_number", "effective_date", "expiration_date"})
_ON_LINE = ("rules:row", "rules:letter")
_SOME_LINE = 0.5
_LABELS = (
    *(*_INSURED_LABELS, *_POLICY_LABELS, *_EFFECTIVE_LABELS, *_EXPIRATION_LABELS),
    *(*_RETROACTIVE_LABELS, *_BOTH_LIMITS, *_BASIS_LABELS, _CLAIM, _AGGREGATE),
    *(r"(?:type of )?(?:coverage|policy)(?: type)?", r"specialty", r"address", r"(?:annual )?premium"),
)


def read_policies(reading: Reading) -> tuple[Item, ...]:
    """One item of the whole document; one a page where pages hold different policies."""
    return finders.items_of(reading, _policy, "policy_number")


def _policy(pages: Sequence[Page]) -> Item:
    bands = professional_lines(pages)
    own = bands or pages
    has_several = lists_other_coverages(pages)
    return finders.item_of(
        _of_some_line(field) if field is not None and has_several and _is_of_some_line(field) else field
        for field in (
            finders.first(
                labelled_people(pages, _INSURED_LABELS),
                people_above_address(pages),
                people_in_sentences(pages),
                people_with_degrees(pages),
            ),
            _insurer(pages, bands),
            finders.first(
                finders.by_scan(bands, "policy_number", values.codes, factor=0.96, method="rules:row"),
                finders.by_label(pages, "policy_number", _POLICY_LABELS, values.codes),
                finders.by_phrase(pages, "policy_number", _POLICY_PHRASES, values.codes),
            ),
            _effective(pages, bands),
            _expiration(pages, bands),
            _basis(own),
            finders.first(
                finders.by_label(pages, "retroactive_date", _RETROACTIVE_LABELS, values.dates),
                finders.by_phrase(
                    pages, "retroactive_date", (r"\bretro(?:active)?\.?(?: date)?\b[:\s]*",), values.dates
                ),
            ),
            _limit(own, "limit_per_claim", _CLAIM, 0),
            _limit(own, "limit_aggregate", _AGGREGATE, 1),
        )
    )


def _is_of_some_line(field: Field) -> bool:
    """Whether a field that each coverage of a form has was found elsewhere than on the professional's line."""
    return field.name in _OF_A_LINE and not field.method.startswith(_ON_LINE)


def _of_some_line(field: Field) -> Field:
    """The field of a form with several coverages, of which another's may have been found."""
    return replace(field, confidence=field.confidence * _SOME_LINE)


def _insurer(pages: Sequence[Page], bands: Sequence[Page]) -> Field | None:
    letter = insurer_letter(bands[0]) if bands else None
    by_letter = (
        finders.by_label(pages, "insurer", (f"insurer {letter}",), _company, wraps=finders.text_goes_on)
        if letter
        else ()
    )
    if (named := finders.first(by_letter)) is not None:
        return replace(named, method="rules:letter")
    return finders.first(
        finders.by_label(pages, "insurer", _INSURER_LABELS, _company, wraps=finders.text_goes_on, others=_LABELS),
        finders.by_lines(pages, "insurer", _companies, factor=0.9, method="rules:layout", chosen=lambda line: True),
    )


def _company(text: str) -> list[Span]:
    """A labelled company: as printed, without a NAIC number after it."""
    name = re.sub(r"[\s,:]*(?:NAIC\s*#?:?\s*)?\d{4,6}\s*$", "", text).strip(" :;,-")
    if len(name) < 3 or is_label_like(name) or not re.search(r"[A-Za-z]{3}", name) or _NO_COMPANY.search(name):
        return []
    start = text.index(name)
    return [(start, start + len(name), name)]


def _companies(text: str) -> list[Span]:
    found = (match for match in _INSURER.finditer(text) if not _NO_INSURER.search(match[1]))
    return [(*match.span(1), _TORN_COMPANY.sub("Company", match[1])) for match in found]


def _effective(pages: Sequence[Page], bands: Sequence[Page]) -> Field | None:
    return finders.first(
        finders.by_scan(bands, "effective_date", values.range_begins, factor=0.96, method="rules:row"),
        finders.by_label(pages, "effective_date", _EFFECTIVE_LABELS, values.range_begins),
        finders.by_phrase(pages, "effective_date", (r"\b(?:effective|from|period)\b[:\s]*",), values.range_begins),
    )


def _expiration(pages: Sequence[Page], bands: Sequence[Page]) -> Field | None:
    in_row = finders.by_scan(bands, "expiration_date", values.dates, factor=0.96, method="rules:row")
    return finders.first(
        in_row[1:2] or in_row[:1],
        finders.by_label(pages, "expiration_date", _EXPIRATION_LABELS, values.dates),
        finders.by_phrase(
            pages, "expiration_date", (r"\bexpir\w+(?: date)?[:\s]*", r"\b(?:period|to)\b[:\s]*"), values.dates
        ),
    )


def _limit(pages: Sequence[Page], name: str, label: str, position: int) -> Field | None:
    """A limit on its label's line before or after it, below it, or one of a pair ("$1,000,000 / $3,000,000")."""

    def pair(text: str) -> list[Span]:
        amounts = [span for span in values.money(text) if _is_limit(span)]
        return amounts[position : position + 1] if len(amounts) >= 2 else []

    def one(text: str) -> list[Span]:
        return [span for span in values.money(text) if _is_limit(span)]

    on_line = finders.by_lines(
        pages, name, lambda text: _limits(text, label), factor=0.97, method="rules:line", chosen=lambda line: True
    )
    return finders.first(
        on_line,
        finders.by_label(pages, name, (label,), one),
        finders.by_label(pages, name, _BOTH_LIMITS, pair),
        finders.by_phrase(pages, name, (rf"\b{label}[:\s]*",), one),
    )


def _is_limit(amount: Span) -> bool:
    """Whether an amount can be a limit: smaller ones are torn, such as the 1 of $1,000,000."""
    return isinstance(amount[2], str) and Decimal(amount[2]) >= SMALLEST_LIMIT


def _limits(text: str, label: str) -> list[Span]:
    """The amount that goes with `label` on a line: amounts stand before their labels if the line begins with one."""
    labels = [match.span() for match in re.finditer(rf"\b(?:{_CLAIM}|{_AGGREGATE})\b", text, re.IGNORECASE)]
    amounts = [span for span in values.money(text) if _is_limit(span) and "$" in text[max(0, span[0] - 1) : span[1]]]
    if not labels or not amounts:
        return []
    if len(labels) == len(amounts) and labels[-1][1] <= amounts[0][0] and "/" in text[labels[0][1] : labels[-1][0]]:
        pairs = zip(labels, amounts, strict=True)
        return [amount for (begin, end), amount in pairs if re.fullmatch(label, text[begin:end], re.IGNORECASE)]
    is_before = amounts[0][0] < labels[0][0]
    for begin, end in labels:
        if re.fullmatch(label, text[begin:end], re.IGNORECASE):
            near = [span for span in amounts if (span[1] <= begin if is_before else span[0] >= end)]
            chosen = near[-1:] if is_before else near[:1]
            if chosen and not any(_lies_between(other, chosen[0], (begin, end)) for other in labels):
                return chosen
    return []


def _lies_between(other: tuple[int, int], amount: Span, label: tuple[int, int]) -> bool:
    """Whether another label stands between an amount and the label it would go with."""
    low, high = min(amount[1], label[1]), max(amount[0], label[0])
    return other != label and low <= other[0] and other[1] <= high


def _basis(pages: Sequence[Page]) -> Field | None:
    """Claims-made or occurrence: by a checked box, by its label, or where only one of them is printed."""
    checked = values.matching(r"(?:\[\s?[xX]\s?\]|☒|☑|✓|\bX\b)\s*(claims[- ]?made|occur(?:rence)?)", _basis_name)
    plain = values.matching(r"\b(claims[- ]?made|(?<!each )(?<!per )occurrence(?! limit))\b", _basis_name)
    anywhere = finders.by_scan(pages, "coverage_basis", plain, factor=0.9, method="rules:phrase")
    is_plain = len({found.field.value for found in anywhere}) == 1
    return finders.first(
        finders.by_scan(pages, "coverage_basis", checked, factor=0.97, method="rules:checkbox"),
        finders.by_label(pages, "coverage_basis", _BASIS_LABELS, plain),
        anywhere if is_plain and not _is_broker_form(pages) else (),
    )


def _is_broker_form(pages: Sequence[Page]) -> bool:
    """ACORD forms print both words beside boxes: where only one was read, the other was misread."""
    return any("ACORD" in page.text for page in pages)


def _basis_name(match: re.Match[str]) -> str:
    return "claims_made" if match[1].lower().startswith("claims") else "occurrence"


DOCUMENT_TYPE = DocumentType(
    name="malpractice_insurance",
    title="malpractice insurance",
    fields=(
        FieldSpec("holder_name", FieldKind.NAME, is_required=True),
        FieldSpec("insurer", FieldKind.TEXT, is_required=True),
        FieldSpec("policy_number", FieldKind.NUMBER, is_required=True),
        FieldSpec("effective_date", FieldKind.DATE, is_required=True),
        FieldSpec("expiration_date", FieldKind.DATE, is_required=True),
        FieldSpec("coverage_basis", FieldKind.CODE),
        FieldSpec("retroactive_date", FieldKind.DATE),
        FieldSpec("limit_per_claim", FieldKind.MONEY),
        FieldSpec("limit_aggregate", FieldKind.MONEY),
    ),
    cues=(
        Cue(
            r"\bcertificate of (?:\w+ )?(?:liability )?insurance\b|\bevidence of (?:insurance|coverage)\b"
            r"|\bdeclarations(?: page)?\b|\bverification of (?:insurance|coverage)\b",
            1.5,
        ),
        Cue(
            r"\b(?:medical )?professional liability\b|\bmedical malpractice\b|\bmalpractice (?:insurance|coverage)\b",
            2.5,
        ),
        Cue(r"\bpolicy (?:number|no\b|#|period|term)", 1.5),
        Cue(r"\bnamed insured\b|\bcertificate holder\b", 1.5),
        Cue(r"\bclaims[- ]made\b|\bretroactive date\b", 1.5),
        Cue(r"\b(?:each|per) (?:claim|medical incident|occurrence)\b|\baggregate\b", 1.0),
        Cue(r"\binsurer\b|\binsurance company\b|\bindemnity\b|\bNAIC\b", 1.0),
        Cue(r"\bACORD\b", 1.5),
        Cue(r"\binvoice\b|\bamount due\b|\bpremium due\b|\bremit\b|\bdear\b", -2.5),
        Cue(r"\bcurriculum vitae\b|\bcredits?\b(?! limit)", -1.5),
    ),
    extract=read_policies,
    rules=(*MALPRACTICE_RULES, date_cut, *COMMON_RULES),
    recognizers={
        "coverage_basis": values.matching(r"\b(claims[- ]?made|occurrence)\b", _basis_name),
        "effective_date": values.range_begins,
    },
)
