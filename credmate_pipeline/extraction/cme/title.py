"""What the activity is called: after `titled`, after what the holder did, by a label, in quotes, or by layout."""

import re
from collections.abc import Iterator
from dataclasses import replace

from credmate_pipeline.extraction.cme import phrases
from credmate_pipeline.extraction.cme.certificate import Candidate, CertificatePage, surest
from credmate_pipeline.extraction.cme.title_labels import by_label, by_own_label, in_table, over_label
from credmate_pipeline.extraction.cme.title_text import SUBJECT, from_lines
from credmate_pipeline.extraction.dates import find_dates
from credmate_pipeline.extraction.layout import relative_height
from credmate_pipeline.extraction.names import looks_like_person, split_credentials

_NO_TITLE = re.compile(
    r"^(?:this|these|credits?|on|and|at|by|for|of|is|was|has|the (?:activity|program|course)|an? (?:activity"
    r"|total)|all|online|sponsored|provided|offered|held|"
    r"presented|requirements?|designated|accredited|issued|date|name|participant|learner|provider"
    r"|original release date|expiration date|www|https?|type|id|number|completed|n/?a|none|code"
    r"|the (?:following|above))\b\W*"
    r"(?:$|\w+\W*$|.*(?:accredited|designated|sponsored by|provided by|awarded|commensurate))"
    r"|\bAMA\s+PRA\b|\bis accredited\b|\bcertificate of\b|\bcertif(?:y|ies) that\b|^\W*[\d./#-]+\W*$|^\W*$",
    re.IGNORECASE,
)
_TORN = re.compile(
    r"^(?:titled|entitled|of|and|for|with|the|to|by|&)\s|\s(?:of|and|for|with|the|to|by|in|on|at|from|a|an|or|&)$"
)
"""A title that begins or ends amid a phrase: a word or a line of it was not read."""
_GENERIC_LINE = re.compile(rf"\n(?:{'|'.join(map(re.escape, phrases.GENERIC_WORDS))})(?![\w-])")
"""A line that goes on in lower case with words that do not name the activity."""
_GUESSED = 0.59
"""A title known by its place alone is for a person to confirm."""
_SPEAKS_OF_ACTIVITY = re.compile(rf"\b(?:{SUBJECT}|series|rounds|material|materials|article)\s*[:.,]?\s*$")
"""The end of a line in lower case that tells the kind of activity: the name follows."""


def find_title(certificate: CertificatePage, holder: Candidate | None) -> Candidate | None:
    """The activity's title, its lines joined and its quotes taken off."""
    best = surest(_once(_unless_torn(c)) for c in _candidates(certificate) if _is_title(str(c.value), holder))
    if best is not None:
        return best
    fallback = [c for c in (*_quoted(certificate), *_by_layout(certificate)) if _is_title(str(c.value), holder)]
    return surest(fallback)


def _unless_torn(found: Candidate) -> Candidate:
    is_torn = _TORN.search(str(found.value)) is not None
    return replace(found, sureness=min(found.sureness, _GUESSED - 0.05)) if is_torn else found


def _once(found: Candidate) -> Candidate:
    """The title, where it is printed twice in a row, once."""
    words = str(found.value).split()
    half = len(words) // 2
    is_twice = half > 1 and len(words) % 2 == 0 and words[:half] == words[half:]
    if not is_twice:
        return found
    return replace(found, value=" ".join(words[:half]), words=found.words[: len(found.words) // 2])


def _is_title(text: str, holder: Candidate | None) -> bool:
    letters = sum(character.isalpha() for character in text)
    is_holder = holder is not None and str(holder.value).casefold() in text.casefold()
    is_holder = is_holder or bool(split_credentials(text)[1] and looks_like_person(text))
    is_date = any(found.end - found.start >= len(text.strip()) - 2 for found in find_dates(text))
    return (
        letters >= 4
        and not is_holder
        and not is_date
        and _NO_TITLE.search(text) is None
        and phrases.CONTACT.search(text) is None
    )


def _candidates(certificate: CertificatePage) -> Iterator[Candidate]:
    yield from _after_titled(certificate)
    yield from _after_deed(certificate)
    yield from by_label(certificate)
    yield from over_label(certificate)
    yield from by_own_label(certificate)
    yield from in_table(certificate)


def _after_titled(certificate: CertificatePage) -> Iterator[Candidate]:
    for match in phrases.TITLED.finditer(certificate.text):
        found = _title_from(certificate, match.end(), 0.96, "titled")
        if found is not None:
            yield found


def _after_deed(certificate: CertificatePage) -> Iterator[Candidate]:
    """After what was done, past words that only say it was an activity: `has completed the online course` TITLE."""
    for pattern, sureness in ((phrases.DID, 0.9), (phrases.FOR_DOING, 0.9), (phrases.REQUIREMENTS, 0.89)):
        for match in pattern.finditer(certificate.text):
            if not re.search(
                r"(?:complet|participat|attend|require|part)\w*(?:\s+(?:in|of|at|the|for))*$",
                match.group(),
                re.IGNORECASE,
            ):
                continue
            start = _past_generic(certificate, match.end())
            if start is None:
                continue
            if re.match(
                r"\s*(?:\d+(?:\.\d+)?\s|contact|requirements|hours?|credits?|been"
                r"|awarded)",
                certificate.text[start:],
                re.IGNORECASE,
            ):
                continue
            found = _title_from(certificate, start, sureness, "deed")
            if found is not None:
                yield found


def _past_generic(certificate: CertificatePage, start: int) -> int | None:
    """The place after the words that do not name the activity; capitalized ones belong to the title, unless they
    fill the line. None where `this activity` refers to a title given elsewhere."""
    index = certificate.line_at(start)
    end = certificate.line_starts[index] + len(certificate.line_texts[index])
    rest = certificate.text[start:end]
    words = re.findall(r"[^\s:,]+", rest)
    is_generic = all(word.lower().strip(".:") in phrases.GENERIC_WORDS for word in words)
    if is_generic and not rest.rstrip().endswith((".", ":")) and _GENERIC_LINE.match(certificate.text, end):
        return _past_generic(certificate, end + 1)
    if is_generic or (rest.islower() and _SPEAKS_OF_ACTIVITY.search(rest)):
        return None if "this" in map(str.lower, words) or rest.rstrip().endswith(".") else end
    position = start
    for match in re.finditer(r"[^\s:,]+[:,]?\s*", rest):
        word = match.group().strip(" :,\n")
        if word.lower() not in phrases.GENERIC_WORDS or word[0].isupper():
            break
        position = start + match.end()
    return position


def _title_from(certificate: CertificatePage, start: int, sureness: float, way: str) -> Candidate | None:
    """The title that begins at `start`, or on the line below where nothing is left on this one."""
    index = certificate.line_at(start)
    offset = start - certificate.line_starts[index]
    if not certificate.line_texts[index][offset:].strip(" :.,"):
        below = next(
            (i for i in certificate.following(index, reach=4.0) if certificate.line_texts[i].strip(" :")), None
        )
        if below is None:
            return None
        index, offset = below, 0
        sureness -= 0.01
    return from_lines(certificate, certificate.continuations(index), offset, sureness, way)


def _quoted(certificate: CertificatePage) -> Iterator[Candidate]:
    """A line in double quotes."""
    for index, text in enumerate(certificate.line_texts):
        if text.strip().startswith('"') and '"' in certificate.text[certificate.line_starts[index] + 1 :]:
            found = from_lines(certificate, certificate.continuations(index), 0, 0.78, "quoted")
            if found is not None:
                yield found


def _by_layout(certificate: CertificatePage) -> Iterator[Candidate]:
    """Lines that are nothing else: no heading, person, address, organization, date or statement; large ones first."""
    for index, line in enumerate(certificate.lines):
        text = certificate.line_texts[index]
        if not _may_be_title(text) or line.box.y0 > 0.6:
            continue
        chain = [index, *[i for i in certificate.continuations(index)[1:] if _may_be_title(certificate.line_texts[i])]]
        found = from_lines(certificate, chain, 0, 0.6, "layout")
        if found is None:
            continue
        size = relative_height(certificate.page, line)
        sureness = min(
            _GUESSED, 0.42 + 0.08 * min(size, 2.0) + (0.04 if len(str(found.value)) > 20 else 0.0) - 0.0004 * index
        )
        yield Candidate(found.value, found.words, sureness, found.way)


def _may_be_title(text: str) -> bool:
    words = re.findall(r"[A-Za-z]{2,}", text)
    if all(word.lower() in phrases.GENERIC_WORDS for word in words):
        return False
    if len(words) < 2 or phrases.HEADING.search(text) or phrases.CONTACT.search(text) or looks_like_person(text):
        return False
    if phrases.STREET.search(text) or find_dates(text) or phrases.ROLE.search(text) or _NO_TITLE.search(text):
        return False
    is_statement = re.search(
        r"\b(?:accredited|designate[sd]|certif\w+|awarded|participated|completed|credits?|contact hours?"
        r"|physicians should|provided by|license|approved|inc|llc)\b|:",
        text.replace(": ", " "),
        re.IGNORECASE,
    )
    capitals = sum(word[0].isupper() for word in words)
    is_organization = re.match(
        r"(?:the )?(?:[\w&'-]+ ){0,6}(?:university|college|school|hospital|institute|association|society|academy"
        r"|foundation|center)\b"
        r"|(?:department|office|division|college|school) of\b",
        text,
        re.IGNORECASE,
    )
    return is_statement is None and is_organization is None and capitals >= 0.4 * len(words)
