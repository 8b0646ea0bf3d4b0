"""What the activity is called: after `titled`, after what the holder did, by a label, in quotes, or by layout."""

import re
from collections.abc import Iterator

from credmate_pipeline.extraction.cme import phrases
from credmate_pipeline.extraction.cme.certificate import Candidate, CertificatePage, joined, matchable, surest
from credmate_pipeline.extraction.dates import find_dates
from credmate_pipeline.extraction.labels import LabelledValue, labelled
from credmate_pipeline.extraction.layout import is_continued_by, is_same_row, relative_height, trimmed, words_by_row
from credmate_pipeline.extraction.names import looks_like_person
from credmate_pipeline.ocr.reading import Line, Word

_SUBJECT = (
    r"(?:activity|course|program|programme|session|class|event|module|lecture|training|presentation|conference"
    r"|meeting|webinar|seminar)"
)
_LABELS = (
    rf"(?:cme|ce|cne|educational|live|online)?\s*{_SUBJECT}\s*(?:title|name|description)",
    rf"(?:title|name)\s+of\s+(?:the\s+)?(?:cme\s+|educational\s+)?{_SUBJECT}",
    r"title",
    rf"(?:educational\s+|cme\s+)?{_SUBJECT}",
    r"topic",
)
_TITLE_UNDER = re.compile(
    rf"^[^\w:]*(?:{_SUBJECT}\s+(?:title|name)|title of {_SUBJECT}|title)(?:\s*/.*)?[^\w:]*$", re.IGNORECASE
)
_HEAD = re.compile(
    rf"^\W*(?:{_SUBJECT}\s*(?:title|name|description)?|title|description|(?:contact|credit|ce|cme"
    rf"|completion)?\s*(?:hours?|credits?|date|type|completion|number|id|format|#))\W*$",
    re.IGNORECASE,
)
_QUOTES = "\"'"
_DAY = (
    r"(?:(?:mon|tues?|wednes|thurs?|fri|satur|sun)day|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
    r"|\d{1,2}[/.-]\d{1,2}|\d{4}-\d|\d{1,2}(?:st|nd|rd|th)?\s+\w+\s+\d{4})"
)
_LINE = r"(?:(?<=\n)|^)\s*"
_STOP = phrases.phrase(
    rf"(?:,?[ ])(?:online |on-line |held |live |dated |completed |via \w+ )*(?:on|from|during)[ ]*:?\s*(?={_DAY})"
    rf"|{_LINE}(?:on|and|at|for|by|in|of)[ ]*:?[ ]*(?=\n|$)"
    rf"|{_LINE}(?:on|dated?|completed(?: on)?)[ ]*:?[ ]*(?={_DAY})"
    r"|,? and (?:is|was|has|are|have|been)(?: been)? (?:here ?by )?(?:awarded|granted|earned|met|claimed)"
    r"|,? and (?:earned|claimed|received) \d|,? is (?:here ?by )?awarded\b"
    r"|[. ]This (?:\w+[ -]){0,5}(?:activity|program|course|certificate|material|is|session)\b"
    rf"|{_LINE}(?:this|these) (?:\w+[ -]){{0,5}}(?:activity|program|course|certificate|material|is|session)\b"
    r"|,? at (?:https?:|www)|\bhttps?:|\bwww\."
    r"|,? for (?:a (?:total|maximum) of )?\d+(?:\.\d+)? (?:\w+ ){0,3}(?:hours?|credits?|contact|AMA|CE\b|CME\b|CEU)"
    rf"|{_LINE}(?:for|worth|up to|earning|earned|awarded) (?:a (?:total|maximum) of )?\d"
    rf"|{_LINE}an? (?:\w+ )?(?:internet|online|on-line|live|enduring|continuing|self|home|virtual|activity"
    rf"|educational)\b"
    rf"|{_LINE}(?:jointly )?(?:offered|provided|sponsored|presented|conducted|hosted|accredited|approved|held|given"
    rf"|organized|designated) (?:by|at|on|for|in|through)\b"
    rf"|{_LINE}(?:(?:the )?[^\n]{{3,90}}(?: (?:is|are) (?:jointly |an? )?(?:accredited|approved)| designates ))"
    rf"|{_LINE}\(?(?:location|venue|place|url|date|dates|date\(s\)|original release|release date|expiration"
    rf"|start date|credits?|number of"
    rf"|contact hours?|total|activity (?:type|id|number|code|date|format)|course (?:id|number|code|#|date|title)"
    rf"|provider|sponsor|session"
    rf"|instructor|faculty|speaker|format|event id|program (?:id|number|date)|learning|cpe|cme|ce|issued?"
    rf"|completion|name|score|duration"
    rf"|participant|certificate|UAN|ACPE|accreditation|signature|enduring independent)\b[^\n]{{0,24}}[:#)]"
    rf"|{_LINE}total\b|{_LINE}enduring [^\n]{{0,20}}activity|\bUAN\b|\bACPE\b[^\n]*\d{{4}}-|\bdate of (?:completion"
    rf"|participation|attendance)"
    rf"|{_LINE}(?:credits?|contact hours?|hours|date|dates|location)[ ]*(?=\n|$)"
)
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
_OPENINGS = "\"'([ "


def find_title(certificate: CertificatePage, holder: Candidate | None) -> Candidate | None:
    """The activity's title, its lines joined and its quotes taken off."""
    candidates = [c for c in _candidates(certificate) if _is_title(str(c.value), holder)]
    best = surest(candidates)
    if best is not None:
        return best
    fallback = [c for c in (*_quoted(certificate), *_by_layout(certificate)) if _is_title(str(c.value), holder)]
    return surest(fallback)


def _is_title(text: str, holder: Candidate | None) -> bool:
    letters = sum(character.isalpha() for character in text)
    is_holder = holder is not None and str(holder.value).casefold() in text.casefold()
    return letters >= 4 and not is_holder and _NO_TITLE.search(text) is None and phrases.CONTACT.search(text) is None


def _candidates(certificate: CertificatePage) -> Iterator[Candidate]:
    yield from _after_titled(certificate)
    yield from _after_deed(certificate)
    yield from _by_label(certificate)
    yield from _over_label(certificate)
    yield from _in_table(certificate)


def _after_titled(certificate: CertificatePage) -> Iterator[Candidate]:
    for match in phrases.TITLED.finditer(certificate.text):
        found = _title_from(certificate, match.end(), 0.96, "titled")
        if found is not None:
            yield found


def _after_deed(certificate: CertificatePage) -> Iterator[Candidate]:
    """After what was done, past words that only say it was an activity: `has completed the online course` TITLE."""
    for pattern, sureness in ((phrases.DID, 0.9), (phrases.FOR_DOING, 0.9)):
        for match in pattern.finditer(certificate.text):
            if not re.search(
                r"(?:complet|participat|attend)\w*(?:\s+(?:in|of|at|the))?$", match.group(), re.IGNORECASE
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
    if not words and re.match(
        r"\n(?:the|a|an|in|this|following|online|course|activity|program)\b", certificate.text[end:]
    ):
        return _past_generic(certificate, end + 1)
    if all(word.lower().strip(".:") in phrases.GENERIC_WORDS for word in words):
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
    return _from_lines(certificate, certificate.continuations(index), offset, sureness, way)


def _from_lines(
    certificate: CertificatePage, indexes: list[int], offset: int, sureness: float, way: str
) -> Candidate | None:
    """The title in these lines from `offset` of the first on, up to where the certificate goes on."""
    lines = [certificate.lines[index] for index in indexes]
    running = matchable(certificate.page, lines)
    lead = re.match(rf"[ :,.|_\-\n]*(?:(?:{_SUBJECT}\s+)?title\s*:\s*)?", running.text[offset:], re.IGNORECASE)
    begin = offset + (lead.end() if lead else 0)
    end = _end_of_title(running.text, begin)
    words = trimmed(running.words_between(begin, end), " ,;:-\n")
    rows = words_by_row(words)
    value = joined(words, rows).strip()
    value = value.strip('“”"') if value.count('"') + value.count("“") + value.count("”") else value
    value = value.removesuffix(".").strip(" ,;:")
    if value[:1] in "'‘" and value[-1:] in "'’":
        value = value[1:-1]
    return Candidate(value, words, sureness, way) if words and value else None


def _end_of_title(text: str, begin: int) -> int:
    if text[begin : begin + 1] in ('"',):
        closing = text.find('"', begin + 1)
        if closing > begin:
            return closing + 1
    stop = _STOP.search(text, begin)
    end = stop.start() if stop else len(text)
    for line in re.finditer(r"[^\n]+", text):
        is_after = line.start() > begin and line.start() < end
        if is_after and _is_date_line(line.group()):
            return line.start()
    return end


def _is_date_line(text: str) -> bool:
    dates = find_dates(text)
    covered = sum(found.end - found.start for found in dates)
    return bool(dates) and (covered >= 0.5 * len(text.strip()) or not text[: dates[0].start].strip())


def _by_label(certificate: CertificatePage) -> Iterator[Candidate]:
    for value in labelled(certificate.page, _LABELS):
        is_bare = re.fullmatch(rf"(?:{_SUBJECT}|topic)", value.label, re.IGNORECASE) is not None
        if _HEAD.match(value.text) or (is_bare and not (value.has_mark and value.way == "same-line")):
            continue
        sureness = (0.93 if value.way == "same-line" else 0.88) - (0.08 if is_bare else 0.0)
        found = _labelled_title(certificate, value, sureness)
        if found is not None:
            yield found


def _labelled_title(certificate: CertificatePage, value: LabelledValue, sureness: float) -> Candidate | None:
    """A labelled title with its further lines; a label on two lines may have its value on both."""
    first = _line_of(certificate, value.words[0])
    if first is None:
        return None
    lines = [Line(value.words)]
    for index in certificate.following(first, reach=1.2):
        line = certificate.lines[index]
        is_aligned = abs(line.box.x0 - lines[0].box.x0) <= 0.012 and not _has_label_beside(certificate, line)
        if (
            not is_aligned
            or not is_continued_by(lines[-1], line)
            or _STOP.match(f"\n{certificate.line_texts[index]}", 1)
        ):
            break
        lines.append(line)
    above = _label_part_above(certificate, value)
    running = matchable(certificate.page, [above, *lines] if above else lines)
    end = _end_of_title(running.text, 0)
    words = trimmed(running.words_between(0, end), ' ,;:-\n"“”')
    return Candidate(joined(words, words_by_row(words)), words, sureness, "label") if words else None


def _has_label_beside(certificate: CertificatePage, line: Line) -> bool:
    """Whether another label stands left of the line on its row."""
    beside = (other for other in certificate.lines if other.box.x1 <= line.box.x0 and is_same_row(other.box, line.box))
    return any(other.text.rstrip().endswith(":") for other in beside)


def _label_part_above(certificate: CertificatePage, value: LabelledValue) -> Line | None:
    """The value's first line where the label takes two: `Session | Long…` over `Title: | …title`."""
    box, label = value.words[0].box, value.label_words[0].box
    for line in certificate.lines:
        is_aligned = abs(line.box.x0 - box.x0) <= 0.012 and 0 < box.y0 - line.box.y0 <= 2.2 * box.height
        if is_aligned and any(
            is_same_row(other.box, line.box)
            and other.box.x1 <= line.box.x0
            and abs(other.box.x0 - label.x0) <= 0.02
            and re.fullmatch(_SUBJECT, other.text, re.IGNORECASE)
            for other in certificate.lines
        ):
            return line
    return None


def _line_of(certificate: CertificatePage, word: Word) -> int | None:
    """The line on which `word`, or the word it is a part of, stands."""
    for index, line in enumerate(certificate.lines):
        if is_same_row(line.box, word.box) and line.box.x0 - 1e-6 <= word.box.x0 <= line.box.x1:
            return index
    return None


def _over_label(certificate: CertificatePage) -> Iterator[Candidate]:
    """A title standing over its label, as on a form's line."""
    for index, text in enumerate(certificate.line_texts):
        above = next(certificate.preceding(index, reach=1.5), None) if _TITLE_UNDER.match(text) else None
        if above is None or (
            any(certificate.following(index, reach=1.2))
            and not text.strip().startswith("(")
            and _is_heading_size(certificate, index)
        ):
            continue
        found = _from_lines(certificate, [above], 0, 0.86, "label-under")
        if found is not None:
            yield found


def _is_heading_size(certificate: CertificatePage, index: int) -> bool:
    """Whether the line is printed larger than the line below it, as a heading is."""
    below = next(certificate.following(index, reach=1.2))
    page = certificate.page
    return relative_height(page, certificate.lines[index]) > 1.1 * relative_height(page, certificate.lines[below])


def _in_table(certificate: CertificatePage) -> Iterator[Candidate]:
    """The first row under a table's head `Program Description | Completion Date`; the head may take two lines."""
    for index, text in enumerate(certificate.line_texts):
        if not _HEAD.match(text) or not _has_head_beside(certificate, index):
            continue
        below = [i for i in certificate.following(index, reach=4.5) if not _HEAD.match(certificate.line_texts[i])]
        for start in below[:1]:
            found = _from_lines(certificate, certificate.continuations(start), 0, 0.85, "table")
            if found is not None:
                yield _without_row_end(found)


def _has_head_beside(certificate: CertificatePage, index: int) -> bool:
    box = certificate.lines[index].box
    beside = [
        line
        for line in certificate.lines
        if line.box.x0 > box.x1 and abs(line.box.center[1] - box.center[1]) < 1.5 * box.height
    ]
    return any(
        re.search(r"\b(?:date|hours?|credits?|program|completion)\b", line.text, re.IGNORECASE) for line in beside
    )


def _without_row_end(found: Candidate) -> Candidate:
    """A title without the date and number that stand on its row in other columns."""
    rows = []
    for row in words_by_row(found.words):
        text = " ".join(word.text for word in row)
        dates = find_dates(text)
        cut = len(text[: dates[0].start].split()) if dates else len(row)
        rows.append(row[:cut])
    words = tuple(word for row in rows for word in row)
    return Candidate(joined(words, rows), words, found.sureness, found.way) if words else found


def _quoted(certificate: CertificatePage) -> Iterator[Candidate]:
    """A line in double quotes."""
    for index, text in enumerate(certificate.line_texts):
        if text.strip().startswith('"') and '"' in certificate.text[certificate.line_starts[index] + 1 :]:
            found = _from_lines(certificate, certificate.continuations(index), 0, 0.78, "quoted")
            if found is not None:
                yield found


def _by_layout(certificate: CertificatePage) -> Iterator[Candidate]:
    """Lines that are nothing else: no heading, person, address, organization, date or statement; large ones first."""
    for index, line in enumerate(certificate.lines):
        text = certificate.line_texts[index]
        if not _may_be_title(text) or line.box.y0 > 0.6:
            continue
        chain = [index, *[i for i in certificate.continuations(index)[1:] if _may_be_title(certificate.line_texts[i])]]
        found = _from_lines(certificate, chain, 0, 0.6, "layout")
        if found is None:
            continue
        size = relative_height(certificate.page, line)
        sureness = min(
            0.72, 0.5 + 0.08 * min(size, 2.0) + (0.04 if len(str(found.value)) > 20 else 0.0) - 0.0004 * index
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
