"""Who holds the certificate: by the statement's words, a label, an address block or the layout. Never who signs it."""

import re
from collections.abc import Iterator
from dataclasses import replace

from credmate_pipeline.extraction.cme import phrases
from credmate_pipeline.extraction.cme.certificate import Candidate, CertificatePage, surest
from credmate_pipeline.extraction.dates import find_dates
from credmate_pipeline.extraction.labels import labelled
from credmate_pipeline.extraction.layout import is_centered, relative_height, text_of, trimmed
from credmate_pipeline.extraction.names import looks_like_person, name_key, split_credentials, with_capitals
from credmate_pipeline.ocr.reading import Word

_LABELS = (
    r"(?:participant|attendee|learner|recipient|student|holder|physician|provider|clinician|member|user|registrant"
    r"|licensee|delegate)"
    r"(?:'?s)?\s+(?:full\s+)?name",
    r"name(?:\s+of\s+(?:the\s+)?(?:participant|attendee|learner|recipient|holder|licensee|physician))?",
    r"full\s+name",
    r"(?:participant|attendee|learner|recipient|student|awardee|pharmacist|nurse|physician|dentist|clinician|licensee"
    r"|registrant)",
    r"(?:issued|awarded|presented|granted|certificate)\s+(?:to|for)",
    r"participant\s+information",
    r"prepared\s+for",
)
_CREDENTIAL_LABELS = (r"credentials?", r"degrees?", r"professional\s+(?:designation|credentials?|title)", r"profession")
_NAME_UNDER = re.compile(
    r"^\W*(?:name|print(?:ed)? name|(?:participant|attendee|learner|recipient)(?:'?s)?(?:\s+name)?"
    r"|name of (?:the )?(?:participant|attendee|recipient))\W*$",
    re.IGNORECASE,
)
_LISTED = phrases.phrase(
    r"\b(?:the )?(?:above|individual|person|participant|learner|clinician)(?: named)? (?:individual|listed|named"
    r"|person|above|participant)\b"
)
_BY_ISSUER_TO = phrases.phrase(r"\b(?:presented|awarded|issued|granted) by [^\n]{3,110}? to\b[ ]*:?(?=[ ]*(?:\n|$))")
_I = re.compile(r"(?:^|\n|[.:]\s)\s*I,\s+(?=[A-Z])")
"""The holder's own statement: `I, NAME, attended …`."""
_BEFORE_SUBJECT = re.compile(rf"{phrases.CERTIFIES.pattern}|\bthat\b|\bI,(?=\s)", re.IGNORECASE)
_TORN = 0.5
"""How sure a name is that may begin on the line before: the first word of several is there, or one word is all."""
_DEAR = re.compile(r"^\s*(?:dear|congratulations|hello)[\s,]+", re.IGNORECASE)
_ONLY_NAME_LABEL = re.compile(r"^\s*(?:participant |full |attendee )?name\s*:\s*", re.IGNORECASE)
_ON_A_DAY = re.compile(r"\s*on\s+[^,\n]{3,20}(?:,\s*\d{4})?,\s+", re.IGNORECASE)
"""`certifies that on March 4, 2024, NAME …`."""
_MISREAD_SUFFIX = re.compile(r"[Il1|]{2,3}|IT")
_TRAILING = " ,;:-_*|"


def find_holder(certificate: CertificatePage) -> Candidate | None:
    """The holder as printed, degrees included; None where no one can be told. Ways that agree strengthen each other."""
    signers = signer_names(certificate)
    candidates = [c for c in _candidates(certificate) if _key(c) not in signers or c.sureness >= 0.9]
    best = surest(candidates)
    if best is None:
        return None
    agreeing = {candidate.way for candidate in candidates if _key(candidate) == _key(best)}
    return replace(best, sureness=min(0.99, best.sureness + 0.03 * (len(agreeing) - 1)))


def find_credentials(certificate: CertificatePage, holder: Candidate | None) -> Candidate | None:
    """The holder's degrees: after the name, or by a label of their own."""
    if holder is None:
        return None
    _, credentials = split_credentials(text_of(holder.words))
    if credentials:
        count = len(str(holder.value).split())
        words = holder.words[count:] if len(holder.words) > count else holder.words
        return Candidate(credentials, words, holder.sureness, holder.way)
    for value in labelled(certificate.page, _CREDENTIAL_LABELS):
        for words in (value.words, value.words[:1]):
            name, credentials = split_credentials(f"Name, {text_of(words)}")
            if name == "Name" and credentials:
                return Candidate(credentials, words, 0.9 if value.way == "same-line" else 0.8, "label")
    return None


def _key(candidate: Candidate) -> str:
    return name_key(str(candidate.value))


def _candidates(certificate: CertificatePage) -> Iterator[Candidate]:
    yield from _after_statement(certificate)
    yield from _before_statement(certificate)
    yield from _by_label(certificate)
    yield from _above_listed(certificate)
    yield from _addressed(certificate)
    yield from _by_layout(certificate)


def person(words: tuple[Word, ...], sureness: float, way: str) -> Candidate | None:
    """A candidate where `words` are a person's name, perhaps with degrees."""
    kept = trimmed(tuple(map(_as_spelled, words)), _TRAILING)
    if kept and not re.search(r"(?:^|[\s,])(?:Jr|Sr|[A-Z]|(?:[A-Z]\.)+[A-Z]?|Ph\.?D)\.$", kept[-1].text):
        kept = trimmed(kept, ".")
    if not kept or not looks_like_person(text_of(kept)):
        return None
    name, _ = split_credentials(text_of(kept))
    return Candidate(name, kept, sureness, way) if name else None


def _as_spelled(word: Word) -> Word:
    """`ll`, `lII` and `IT` are misread suffixes, and `lyer` is Iyer: no name is spelled so."""
    bare = word.text.rstrip(",")
    if _MISREAD_SUFFIX.fullmatch(bare):
        return replace(word, text=word.text.replace(bare, "I" * len(bare)))
    capital = with_capitals(word.text)
    return word if capital == word.text else replace(word, text=capital)


def _piece(certificate: CertificatePage, start: int, end: int, sureness: float, way: str) -> Candidate | None:
    """A person printed in one stretch of a line, cut where the statement goes on."""
    text = certificate.text[start:end]
    lead = _ONLY_NAME_LABEL.match(text) or _DEAR.match(text) or _ON_A_DAY.match(text)
    start += lead.end() if lead else 0
    text = certificate.text[start:end]
    stop = re.search(
        rf"{phrases.DID.pattern}|\s(?:has|have|for|who|of|from|is|on|was|successfully|participated|completed"
        rf"|attended)\s*(?:\s|$)|:|\s{{3}}",
        text,
        re.IGNORECASE,
    )
    finish = start + stop.start() if stop else end
    return person(certificate.running.words_between(start, finish), sureness, way)


def _after_statement(certificate: CertificatePage) -> Iterator[Candidate]:
    """`… certifies that` NAME, `is awarded to` NAME: on the rest of the line or one of the next lines below."""
    for pattern, sureness in ((phrases.CERTIFIES, 0.96), (phrases.PRESENTED, 0.95), (_BY_ISSUER_TO, 0.94), (_I, 0.93)):
        for match in pattern.finditer(certificate.text):
            index = certificate.line_at(max(match.start(), match.end() - 1))
            end = certificate.line_starts[index] + len(certificate.line_texts[index])
            found = _piece(certificate, match.end(), _sentence_end(certificate, index, end), sureness, "statement")
            if found is None and not certificate.text[match.end() : end].strip(" :,._"):
                found = _on_next_line(certificate, index, sureness)
            if found is not None:
                yield found


def _on_next_line(certificate: CertificatePage, index: int, sureness: float) -> Candidate | None:
    neighbors = list(certificate.following(index, reach=4.0))[:3]
    for other in [i for i in (index + 1,) if i < len(certificate.lines)] + neighbors:
        start = certificate.line_starts[other]
        found = _piece(certificate, start, start + len(certificate.line_texts[other]), sureness, "statement")
        if found is not None:
            return found
    return None


def _before_statement(certificate: CertificatePage) -> Iterator[Candidate]:
    """NAME `has participated in …`: before it on its line, or on the line above."""
    for match in phrases.DID.finditer(certificate.text):
        index = certificate.line_at(match.start())
        start = certificate.line_starts[index]
        before = certificate.text[start : match.start()]
        begin, is_told = _subject_begin(certificate, index, match.start())
        found = _piece(certificate, begin, match.start(), 0.95 if is_told else _TORN, "statement-before")
        if found is not None and " " not in str(found.value):
            found = replace(found, sureness=_TORN)
        if found is None and not before.strip(" _.,") and not _is_label(certificate, index):
            above = next(certificate.preceding(index, reach=4.0), None)
            if above is not None:
                line_start = certificate.line_starts[above]
                end = line_start + len(certificate.line_texts[above])
                found = _piece(certificate, line_start, end, 0.94, "statement-before")
        if found is not None:
            yield found


def _is_label(certificate: CertificatePage, index: int) -> bool:
    """Whether the line is one capitalized word, such as `Completed` over its date: it says nothing of a name above."""
    return re.fullmatch(r"\W*[A-Z][a-z]+\W*", certificate.line_texts[index]) is not None


def _sentence_end(certificate: CertificatePage, index: int, end: int) -> int:
    """The end of line `index`, or of the next where the sentence runs on to it."""
    is_begun = certificate.text[:end].rsplit("\n", 1)[-1].strip() and index + 1 < len(certificate.lines)
    if not is_begun or not certificate.reads_on(index + 1):
        return end
    return certificate.line_starts[index + 1] + len(certificate.line_texts[index + 1])


def _subject_begin(certificate: CertificatePage, index: int, end: int) -> tuple[int, bool]:
    """Where the subject of the verb at `end` begins, and whether that is told: after `that`, a date or a sentence's
    end on its line or the one before, or at the beginning of a line that does not go on from another."""
    start = certificate.line_starts[index]
    is_going_on = certificate.reads_on(index)
    earliest = certificate.line_starts[index - 1] if is_going_on else start
    before = certificate.text[earliest:end]
    ends = [match.end() for match in _BEFORE_SUBJECT.finditer(before)]
    ends.extend(found.end + 1 for found in find_dates(before) if before[found.end : found.end + 1] == ",")
    if ends:
        return earliest + max(ends), True
    return start, not is_going_on


def _by_label(certificate: CertificatePage) -> Iterator[Candidate]:
    for value in labelled(certificate.page, _LABELS):
        is_close = value.way == "same-line"
        found = person(value.words, 0.95 if is_close else 0.85, "label")
        if found is not None:
            yield found
    for index, text in enumerate(certificate.line_texts):
        if _NAME_UNDER.match(text):
            above = next(certificate.preceding(index, reach=2.0), None)
            found = person(certificate.lines[above].words, 0.85, "label-under") if above is not None else None
            if found is not None:
                yield found


def _above_listed(certificate: CertificatePage) -> Iterator[Candidate]:
    """`certifies that the individual listed has …`: the last name printed above that is not a signer's."""
    match = _LISTED.search(certificate.text)
    if match is None:
        return
    limit = certificate.lines[certificate.line_at(match.start())].box.y0
    above = [line for line in certificate.lines if line.box.y0 < limit]
    for line in sorted(above, key=lambda line: -line.box.y0):
        found = person(line.words, 0.9, "listed-above")
        if found is not None:
            yield found
            return


def _addressed(certificate: CertificatePage) -> Iterator[Candidate]:
    """A name over a street and a city with its ZIP, or greeted in a letter."""
    for index, text in enumerate(certificate.line_texts):
        lead = _DEAR.match(text)
        if lead:
            start = certificate.line_starts[index]
            found = _piece(certificate, start, start + len(text), 0.85, "greeting")
        else:
            below = list(certificate.following(index, reach=2.5))[:3]
            texts = [certificate.line_texts[other] for other in below]
            is_address = len(texts) > 1 and bool(phrases.STREET.search(texts[0]))
            is_address = is_address and any(phrases.STATE_AND_ZIP.search(text) for text in texts[1:])
            found = person(certificate.lines[index].words, 0.82, "address") if is_address else None
        if found is not None:
            yield found


def _by_layout(certificate: CertificatePage) -> Iterator[Candidate]:
    """A name standing alone: the larger, the more central and the higher, the likelier the holder's."""
    for index, line in enumerate(certificate.lines):
        found = person(line.words, 0.5, "layout")
        if found is None or _is_signer(certificate, index):
            continue
        bonus = 0.12 if relative_height(certificate.page, line) >= 1.15 else 0.0
        bonus += 0.12 if is_centered(certificate.page, line) else 0.0
        bonus += 0.06 if line.box.y0 < 0.6 else -0.1
        bonus += 0.06 if split_credentials(line.text)[1] else 0.0
        yield replace(found, sureness=0.5 + bonus)


def signer_names(certificate: CertificatePage) -> frozenset[str]:
    """The folded names of those who sign or teach."""
    names = set()
    for index, line in enumerate(certificate.lines):
        for part in re.split(r",\s|\s/\s|\(", line.text):
            if looks_like_person(part) and _is_signer(certificate, index):
                names.add(name_key(part))
    return frozenset(names)


def _is_signer(certificate: CertificatePage, index: int) -> bool:
    """Whether a role stands on the line or under it in its column."""
    text = certificate.line_texts[index]
    if phrases.ROLE.search(text):
        return True
    below = next(certificate.following(index, reach=1.5), None)
    if below is None or certificate.lines[below].box.width > 0.5:
        return False
    return phrases.ROLE.search(certificate.line_texts[below]) is not None
