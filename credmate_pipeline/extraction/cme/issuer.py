"""Who issued the certificate: who certifies, is accredited, designates or offers. Never the accreditor."""

import re
from collections.abc import Iterator
from dataclasses import replace
from difflib import SequenceMatcher

from credmate_pipeline.extraction.cme import phrases
from credmate_pipeline.extraction.cme.certificate import Candidate, CertificatePage, joined, surest
from credmate_pipeline.extraction.labels import labelled
from credmate_pipeline.extraction.layout import is_continued_by, is_same_row, text_of, trimmed, words_by_row
from credmate_pipeline.extraction.names import looks_like_person
from credmate_pipeline.extraction.spelling import plain
from credmate_pipeline.ocr.reading import Word

_LABELS = (
    r"(?:cme |ce |accredited |activity |course |education(?:al)? |approved )*"
    r"(?:provider|sponsor)(?: name| organization)?",
    r"(?:issuing|accredited|sponsoring|certifying|providing)\s+(?:organization|institution|body|provider)",
    r"(?:issued|provided|sponsored|offered|presented|hosted)\s+by",
    r"issuer",
    r"organization",
    r"institution",
)
_OFFERED = phrases.phrase(r"\b(?:offered|provided|sponsored|presented|hosted|conducted|organized) by[ ]*:?[ ]*")
_OFFER_END = re.compile(
    rf"{phrases.SENTENCE_END.pattern}"
    r"|\b(?:on|for|under|through|with|in accordance|has|is|to|titled|entitled)\b|;|,\s+(?!Inc|LLC)[a-z]"
    r"|\n(?=[a-z(\d])|\n\n"
)
_GOES_ON = re.compile(
    r"\b(?:Society|Institute|Center|Foundation|Association|Council|College|Academy|Alliance|Consortium|Collaborative"
    r"|Coalition|Network|Office|School) (?:for|on) (?:the )?(?!Credit|Category|Prescribed)[A-Z][a-z]"
)
"""Names such as `Society for Postgraduate Medicine`, whose preposition ends no name."""
_CLAUSE_END = re.compile(rf"{phrases.SENTENCE_END.pattern}\s*|;\s+|:\s+(?=[A-Z])")
_LEAD = phrases.phrase(
    r"^\W*(?:in support of (?:improving|improved) patient\W+care,?|(?:accreditation|credit)(?: statement"
    r"| designation)?(?: -)?(?: (?:nurses?|physicians?|pharmacists?))?:?"
    r"|provider:|continuing \w+ education provider unit,|and |by |also,? |cme accreditation)[ ]*"
)
_NOT_AN_ISSUER = re.compile(
    r"^(?:this|that|it|its|which|who|i|we|you|your|these|those|the (?:activity|program|course|individual"
    r"|undersigned|following|above|certificate)|an?|all|each|"
    r"program|activity|course|certificate|successful|statement|credit|board|participation|attendance|hereby|to|of"
    r"|for|name|date)\b(?!.*\b(?:university|college|institute|academy)\b)"
    r"|\bcertificate\b|\bstatement of\b|\bactivity\b|\bmaterial\b|\bparticipant\b|commendation",
    re.IGNORECASE,
)
_KIND_ALONE = re.compile(
    r"(?:the )?(?:(?:health(?: ?care)?|medical|medicine|nursing|pharmacy|continuing|public|university|education"
    r"|hospitals?|clinics?|centers?|colleges?|schools?|institutes?|academy|society|association|foundation|commission"
    r"|council|committee|departments?|office|division|programs?|group|network|systems?|services|care)"
    r"(?: (?!$)|$)){1,2}",
    re.IGNORECASE,
)
"""A word or two that say what kind of organization it is, as a line of an emblem may, and not which."""
_UNIT = re.compile(
    r"^(?:the\s+)?(?:office|department|division|section|school of continuing|center for continuing)\b", re.IGNORECASE
)
_OFFICE_AFTER = re.compile(
    r",?\s+(?:(?:the\s+)?(?:office|department|division) (?:of|for) .*"
    r"|(?<!for )(?<!of )(?<!in )(?<!on )Continuing Medical Education(?: Department| Office)?)$",
    re.IGNORECASE,
)
_STRAY_STOP = re.compile(r"(?<=[a-z]{3})\.(?=[A-Z][a-z]{3})")
"""A speck between two words: `Eastern.Cascadia`."""
_PROVIDER_NUMBER = re.compile(r",?\s*\(?(?:\w+\s+)?provider\s*(?:#|no\b|number|id\b).*$", re.IGNORECASE)
_TORN_NAME = re.compile(
    r"^\s*[a-z]|[a-z]{3,}\.\s|,\s+(?:Department|Office|Division|School)\W*$|\b(?:[Oo]f|[Ff]or|[Tt]he|[Aa]nd|[Aa]t|OF|FOR|THE|AND|AT)\W*$"
)
"""A part of a name: it begins in lower case, holds a full stop, or ends in a word that wants another."""
_TORN = 0.65
"""How sure a name is of which a part may be missing."""
_MISREAD_SIGNS, _ALIKE = 2, 0.9
"""By how many signs a misread line is longer or shorter, and how alike it is."""
_STATEMENT_REACH = 110
"""An organization's name is at most so many characters long."""


def find_issuer(certificate: CertificatePage) -> Candidate | None:
    """The issuing organization. The one that certifies prevails, in the form of its accreditation statement."""
    certifying = surest(_certifying(certificate))
    accredited = list(_accredited(certificate))
    if certifying is not None:
        same = next((c for c in accredited if _is_fuller(str(c.value), str(certifying.value))), None)
        chosen = replace(same, sureness=0.97) if same else certifying
        keeps_article = str(certifying.value).startswith("The ")
        return _expanded(certificate, chosen if keeps_article else _without_article(certificate, chosen))
    named = (
        accredited or list(_designating(certificate)) or list(_by_label(certificate)) or list(_offering(certificate))
    )
    best = surest(named)
    if best is None:
        return surest(_heading(certificate))
    return _expanded(certificate, _without_article(certificate, best))


def _without_article(certificate: CertificatePage, found: Candidate) -> Candidate:
    """The name without the article of its sentence, `The [provider] is accredited by …` (ACCME), where the page
    prints the name without it too."""
    name = str(found.value)
    if not name.startswith("The ") or found.words[0].text != "The":
        return found
    bare = re.escape(plain(name.removeprefix("The "))).replace(r"\ ", r"\s+")
    if not re.search(rf"(?<!The\s){bare}", certificate.text) and not _is_a_line(certificate, name.removeprefix("The ")):
        return found
    return replace(found, value=name.removeprefix("The "), words=found.words[1:])


def _is_a_line(certificate: CertificatePage, name: str) -> bool:
    """Whether a line prints the name and nothing else, a sign or two misread."""
    return any(
        abs(len(line) - len(name)) <= _MISREAD_SIGNS and SequenceMatcher(None, line, name).ratio() >= _ALIKE
        for line in certificate.line_texts
    )


def _is_fuller(accredited: str, certifying: str) -> bool:
    """Whether both name one organization and the accredited form should stand for it."""
    one, other = _tokens(accredited), _tokens(certifying)
    if one == other:
        return len(accredited) > len(certifying)
    return (other < one or one < other) and not accredited.lower().startswith("continuing") and len(one) > 1


def _tokens(name: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z0-9]+", name.lower())) - {"the", "inc", "llc", "of", "and", "for"}


def organization(words: tuple[Word, ...], sureness: float, way: str, *, may_be_person: bool = True) -> Candidate | None:
    """A candidate where `words` can be an organization's name: no accreditor, activity, address, or person unless
    the sentence cannot be about one (`may_be_person` false)."""
    kept = trimmed(words, " ,;:-*|")
    if not kept:
        return None
    rows = words_by_row(kept)
    name = _STRAY_STOP.sub(" ", joined(kept, rows))
    name = name if re.search(r"\b(?:Inc|Ltd|Corp|Co|St)\.$", name) else name.rstrip(".")
    name = re.sub(r"\s*\([A-Z][A-Za-z&-]{1,9}\)$", "", name)
    office = _OFFICE_AFTER.search(name)
    name = name[: office.start()] if office and office.start() > 3 else name
    name = _PROVIDER_NUMBER.sub("", name)
    is_plausible = (
        2 <= len(name) <= _STATEMENT_REACH and name[0].isalnum() and any(c.isupper() or c.isdigit() for c in name)
    )
    if (
        not is_plausible
        or _NOT_AN_ISSUER.search(name)
        or _KIND_ALONE.fullmatch(name)
        or phrases.ACCREDITOR.search(name)
        or phrases.CONTACT.search(name)
    ):
        return None
    if may_be_person and looks_like_person(name) and not phrases.ORGANIZATION.search(name):
        return None
    count = len(name.split())
    return Candidate(name, kept[: max(count, 1)], sureness, way)


def _certifying(certificate: CertificatePage) -> Iterator[Candidate]:
    """ORGANIZATION `certifies that …`, on the line or on the lines above."""
    matches = (*phrases.CERTIFIES.finditer(certificate.text), *phrases.PRESENTING.finditer(certificate.text))
    for match in matches:
        if re.match(r"certify|confirm\b", match.group(), re.IGNORECASE):
            continue
        is_told = re.search(r"certif|presents|awards", match.group(), re.IGNORECASE) is not None
        index = certificate.line_at(match.start())
        start = certificate.line_starts[index]
        if certificate.text[start : match.start()].strip():
            subject = _subject(certificate, match.start())
            found = organization(subject, 0.95, "certifies", may_be_person=not is_told)
        else:
            found = _organization_above(certificate, index, is_told=is_told)
        if found is not None:
            yield found


def _organization_above(certificate: CertificatePage, index: int, *, is_told: bool) -> Candidate | None:
    """The organization on one of the lines above, its own first line included; `is_told` where none but an
    organization can stand there."""
    for above in list(certificate.preceding(index, reach=2.5))[:2]:
        text = certificate.line_texts[above]
        if _UNIT.match(text):
            continue
        if phrases.HEADING.search(text) and not phrases.ORGANIZATION.search(text):
            return None
        return organization(certificate.lines[above].words, 0.9, "certifies", may_be_person=not is_told)
    return None


def _subject(certificate: CertificatePage, end: int) -> tuple[Word, ...]:
    """The words from the beginning of the sentence, or of its lines' block, up to `end`."""
    index = certificate.line_at(end - 1)
    start = certificate.line_starts[index]
    while index > 0 and end - start < 2 * _STATEMENT_REACH:
        if _CLAUSE_END.search(certificate.text[start:end]) or not certificate.reads_on(index):
            break
        index -= 1
        start = certificate.line_starts[index]
    breaks = list(_CLAUSE_END.finditer(certificate.text, start, end))
    above = () if breaks else _lines_above(certificate, index)
    start = breaks[-1].end() if breaks else start
    while not above and (lead := _LEAD.match(certificate.text[start:end])):
        start += lead.end()
    return (*above, *certificate.running.words_between(start, end))


def _lines_above(certificate: CertificatePage, index: int) -> tuple[Word, ...]:
    """The beginning of the sentence on the lines above line `index` in its column, where another column's lines
    stand between them in reading order."""
    words: tuple[Word, ...] = ()
    while (above := _line_above(certificate, index)) is not None and len(text_of(words)) < _STATEMENT_REACH:
        text, index = certificate.line_texts[above], above
        start = certificate.line_starts[above]
        breaks = [match.end() for match in _CLAUSE_END.finditer(text)]
        if breaks and breaks[-1] >= len(text.rstrip()):
            break
        begin = breaks[-1] if breaks else 0
        words = (*certificate.running.words_between(start + begin, start + len(text)), *words)
        if breaks:
            break
    return words


def _line_above(certificate: CertificatePage, index: int) -> int | None:
    """The line of the same paragraph above line `index` that does not come just before it in reading order."""
    line = certificate.lines[index]
    near = next(certificate.preceding(index, reach=0.7), None)
    if near is None or near == index - 1:
        return None
    is_aligned = abs(certificate.lines[near].box.x0 - line.box.x0) <= 0.012
    is_full = certificate.lines[near].box.width >= 0.8 * line.box.width
    return near if is_aligned and is_full and is_continued_by(certificate.lines[near], line, gap=0.7) else None


def _is_torn(certificate: CertificatePage, end: int) -> bool:
    """Whether words stand close before the subject's line on its row: a word between them may not have been read."""
    box = certificate.lines[certificate.line_at(end - 1)].box
    return any(is_same_row(line.box, box) and 0 < box.x0 - line.box.x1 < 0.15 for line in certificate.lines)


def _is_rest(certificate: CertificatePage, found: Candidate) -> bool:
    """Whether one or two words at a line's beginning are only the end of a name: a line as long stands close above,
    at the same left edge, and ends no sentence."""
    first = found.words[0].box
    own = next((line.box for line in certificate.lines if line.words[0].box == first), None)
    if len(found.words) > 2 or own is None:
        return False
    return any(
        line.box.width >= 0.8 * own.width
        and abs(line.box.x0 - first.x0) <= 0.005
        and -0.5 * first.height <= first.y0 - line.box.y1 <= 0.5 * first.height
        and line.box.y0 < first.y0
        and not phrases.SENTENCE_END.search(line.text)
        for line in certificate.lines
    )


def _accredited(certificate: CertificatePage) -> Iterator[Candidate]:
    for order, match in enumerate(phrases.ACCREDITED.finditer(certificate.text)):
        sureness = (0.93 - 0.01 * min(order, 5)) * (_TORN if _is_torn(certificate, match.start()) else 1.0)
        subject = _subject(certificate, match.start())
        found = organization(subject, sureness, "accredited", may_be_person=False)
        if found is not None and not _is_rest(certificate, found):
            yield found


def _designating(certificate: CertificatePage) -> Iterator[Candidate]:
    for match in phrases.DESIGNATES.finditer(certificate.text):
        found = organization(_subject(certificate, match.start()), 0.9, "designates", may_be_person=False)
        if found is not None:
            yield found


def _by_label(certificate: CertificatePage) -> Iterator[Candidate]:
    for value in labelled(certificate.page, _LABELS):
        found = organization(value.words, 0.9 if value.way == "same-line" else 0.8, "label")
        if (
            found is not None
            and not re.search(r"\d{3}|signature", value.text, re.IGNORECASE)
            and (value.has_mark or value.way == "same-line" or phrases.ORGANIZATION.search(value.text))
            and not looks_like_person(value.text)
        ):
            yield found


def _offering(certificate: CertificatePage) -> Iterator[Candidate]:
    """`provided by` ORGANIZATION, up to where its name ends."""
    for match in _OFFERED.finditer(certificate.text):
        text = certificate.text[match.end() : match.end() + _STATEMENT_REACH]
        going_on = [name.span() for name in _GOES_ON.finditer(text)]
        stops = (stop.start() for stop in _OFFER_END.finditer(text))
        length = next((at for at in stops if not any(begin < at < end for begin, end in going_on)), len(text))
        end = match.end() + length
        line_end = certificate.text.find("\n", match.end())
        next_is_apart = line_end > 0 and not _reads_on(certificate, line_end)
        end = min(end, line_end) if next_is_apart else end
        found = organization(certificate.running.words_between(match.end(), end), 0.82, "offered-by")
        if found is not None:
            yield found


def _reads_on(certificate: CertificatePage, line_end: int) -> bool:
    index = certificate.line_at(line_end - 1)
    return index + 1 < len(certificate.lines) and certificate.reads_on(index + 1)


def _heading(certificate: CertificatePage) -> Iterator[Candidate]:
    """An organization's name standing alone at the top or the foot of the page."""
    for index, line in enumerate(certificate.lines):
        text = certificate.line_texts[index]
        is_name = re.search(
            r"\b(?:university|college|hospital|institute|association|society|academy|foundation|medical center"
            r"|clinic|health system|council|network|alliance|consortium|collaborative|inc\.?|llc|ltd\.?)\b",
            text,
            re.IGNORECASE,
        )
        if (
            not is_name
            or _TORN_NAME.search(text)
            or len(text.split()) > 9
            or phrases.HEADING.search(text)
            or phrases.ROLE.search(text)
            or ":" in text
        ):
            continue
        if phrases.CERTIFIES.search(text) or phrases.DID.search(text) or phrases.ACCREDITED.search(text):
            continue
        found = organization(line.words, 0.64 if line.box.y0 < 0.3 else 0.55, "heading", may_be_person=False)
        if found is not None:
            yield found


def _expanded(certificate: CertificatePage, found: Candidate) -> Candidate:
    """The full name printed elsewhere for an acronym such as NLA."""
    acronym = str(found.value)
    if not re.fullmatch(r"[A-Z]{3,6}", acronym):
        return found
    for line in certificate.lines:
        text = text_of(line.words)
        initials = "".join(
            word[0] for word in re.findall(r"[A-Za-z]+", text) if word.lower() not in {"of", "the", "for", "and"}
        )
        if initials.upper() == acronym and any(c.islower() for c in text):
            full = organization(line.words, found.sureness - 0.02, found.way)
            if full is not None:
                return full
    return found
