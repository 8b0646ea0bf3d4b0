"""Numbers that name the certificate or the activity, the accreditation statement, and the topics."""

import re
from collections.abc import Iterator

from credmate_pipeline.extraction.cme import phrases
from credmate_pipeline.extraction.cme.certificate import Candidate, CertificatePage, joined, surest
from credmate_pipeline.extraction.labels import labelled
from credmate_pipeline.extraction.layout import is_continued_by, words_by_row

_CERTIFICATE_LABELS = (
    r"(?:unique\s+|cme\s+|ce\s+)?certificate\s*(?:id|no\.?|number|num|#|code|identifier|serial(?:\s+(?:no\.?"
    r"|number))?)",
    r"cert\.?\s*(?:id|no\.?|number|#)",
    r"(?:credential|document|completion|statement)\s+(?:id|no\.?|number|code)",
    r"(?:serial|verification|validation|confirmation|reference|tracking)\s+(?:id|no\.?|number|code|#)",
)
_CODE = re.compile(r"#?\s*(?P<code>[A-Za-z0-9][A-Za-z0-9./_-]{2,39})(?=$|\s|,)")
_UAN = re.compile(
    r"(?<![\dO-])(?P<provider>[\dO]{4})\s?-\s?(?P<joint>[\dO]{4})\s?-\s?(?P<year>[\dO]{2})\s?-\s?(?P<sequence>[\dO]{3})\s?-\s?(?P<format>[LHBJC])(?P<topic>[\dO]{2})\s?-\s?(?P<audience>[PT])(?!\w)"
)
_STATEMENT_AIM = re.compile(
    r"accreditation|accredited|credentialing|provider|to\s+provide|approv|medical\s+association"
    r"|society",
    re.IGNORECASE,
)
_LONGEST_STATEMENT = 600

TOPICS = (
    (
        "opioid_sud",
        r"opioids?\b|opiates?\b|substance[\s-](?:use|abuse)|\buse disorders?\b|buprenorphine|naloxone|addiction"
        r"|controlled substances?\b|prescription drug (?:abuse|misuse)|medication[\s-]assisted treatment"
        r"|\bMATE Act\b",
    ),
    ("pain", r"\bpain\b|analges\w+"),
    ("ethics", r"\bethic\w*|professional boundaries|jurisprudence"),
    ("implicit_bias", r"implicit bias|unconscious bias"),
    ("cultural_competency", r"cultural(?:ly)? (?:compet\w+|humility|sensitiv\w+)|health equity|health disparit\w+"),
    ("risk_mgmt", r"risk management|malpractice|closed claims|medical[\s-]legal|liability"),
    ("patient_safety", r"patient safety"),
    ("medical_errors", r"medical errors?|prevention of (?:medical )?errors?|diagnostic errors?|medication errors?"),
    ("hiv", r"\bHIV\b|\bAIDS\b|\bPrEP\b"),
    ("domestic_violence", r"domestic (?:violence|abuse)|intimate partner|sexual assault"),
    ("child_abuse", r"child (?:abuse|maltreatment|neglect)|mandated report\w+"),
    ("human_trafficking", r"human trafficking|sex trafficking"),
    ("suicide", r"suicid\w+"),
    ("end_of_life", r"end[\s-]of[\s-]life|palliative|hospice|advance (?:care planning|directives?)"),
    ("infection_control", r"infection (?:control|prevention)|hand hygiene|barrier precautions"),
    ("geriatrics", r"geriatric\w*|older adults?|elder care|\baging\b"),
    ("dementia", r"dementia|alzheimer\w*"),
    ("nutrition", r"nutrition\w*|dietary"),
    ("state_law", r"\b(?:state law|rules and (?:laws|regulations)|laws and rules|medical practice act)\b"),
)
"""Mandated topics (state boards, by the FSMB's overview of CME requirements) and the title words that show them."""
_TOPICS = tuple((code, re.compile(pattern.replace(" ", r"\s+"), re.IGNORECASE)) for code, pattern in TOPICS)
_TOPIC_STATEMENT = phrases.phrase(
    r"\b(?:meets?|satisf\w+|fulfil\w+|toward|qualif\w+) [^.]{0,60}(?:requirements?|mandate)[^.]*"
)
"""From the verb to the end of the sentence."""


def find_certificate_number(certificate: CertificatePage) -> Candidate | None:
    """The number labelled as the certificate's own; no grant, license, provider or telephone number."""
    return surest(_numbered(certificate))


def _numbered(certificate: CertificatePage) -> Iterator[Candidate]:
    for value in labelled(certificate.page, _CERTIFICATE_LABELS):
        match = _CODE.match(value.text)
        if match and sum(c.isdigit() for c in match["code"]) >= 2:
            words = value.words[: len(match.group().split())]
            yield Candidate(match["code"].strip(".,-"), words, 0.95 if value.way == "same-line" else 0.85, "label")


def find_acpe_uan(certificate: CertificatePage) -> Candidate | None:
    """The activity's Universal Activity Number.

    ACPE: provider, joint provider, year, sequence, format and topic, audience.
    """
    match = _UAN.search(certificate.text)
    if match is None:
        return None
    parts = {name: part.replace("O", "0") for name, part in match.groupdict().items()}
    value = "{provider}-{joint}-{year}-{sequence}-{format}{topic}-{audience}".format(**parts)
    return Candidate(value, certificate.running.words_between(*match.span()), 0.97, "pattern")


def find_statement(certificate: CertificatePage) -> Candidate | None:
    """The sentence that says who accredited the provider."""
    for match in phrases.ACCREDITED.finditer(certificate.text):
        start, end = _sentence(certificate, match.start())
        text = certificate.text[match.start() : end]
        if _STATEMENT_AIM.search(text[match.end() - match.start() :]):
            words = certificate.running.words_between(start, end)
            return Candidate(joined(words, words_by_row(words)), words, 0.9, "statement")
    return None


def _sentence(certificate: CertificatePage, position: int) -> tuple[int, int]:
    """Begin and end of the sentence at `position`, within lines that read on from each other."""
    text = certificate.text
    first = last = certificate.line_at(position)
    while certificate.reads_on(first) and not _ends_within(text, certificate.line_starts[first], position):
        first -= 1
    while last + 1 < len(certificate.lines) and is_continued_by(certificate.lines[last], certificate.lines[last + 1]):
        last += 1
    begin, finish = certificate.line_starts[first], certificate.line_starts[last] + len(certificate.line_texts[last])
    breaks = [match.end() for match in phrases.SENTENCE_END.finditer(text, begin, position)]
    begin = breaks[-1] if breaks else begin
    stop = phrases.SENTENCE_END.search(text, position, finish)
    return begin, min(stop.end() if stop else finish, begin + _LONGEST_STATEMENT)


def _ends_within(text: str, start: int, end: int) -> bool:
    return phrases.SENTENCE_END.search(text, start, end) is not None


def find_topics(certificate: CertificatePage, title: Candidate | None) -> Candidate | None:
    """Mandated topics the title, or a sentence on a requirement met, speaks of, with the words that show them."""
    found: dict[str, Candidate] = {}
    if title is not None:
        text = " ".join(word.text for word in title.words)
        starts = [0]
        for word in title.words:
            starts.append(starts[-1] + len(word.text) + 1)
        for code, pattern in _TOPICS:
            match = pattern.search(text)
            if match:
                chosen = tuple(
                    w
                    for w, s in zip(title.words, starts, strict=False)
                    if s < match.end() and s + len(w.text) > match.start()
                )
                found.setdefault(code, Candidate(code, chosen, 0.85, "title"))
    for statement in _TOPIC_STATEMENT.finditer(certificate.text):
        begin = 1 + max(certificate.text.rfind(end, 0, statement.start()) for end in ".\n")
        for code, pattern in _TOPICS:
            match = pattern.search(certificate.text, begin, statement.end())
            if match:
                words = certificate.running.words_between(*match.span())
                found.setdefault(code, Candidate(code, words, 0.8, "requirement"))
    if not found:
        return None
    words = tuple(word for candidate in found.values() for word in candidate.words)
    return Candidate(tuple(found), words, min(c.sureness for c in found.values()), "words")
