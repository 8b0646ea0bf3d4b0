"""Titles by their labels: beside, below or above them, and under the head of a table's column."""

import re
from collections.abc import Iterator

from credmate_pipeline.extraction.cme.certificate import Candidate, CertificatePage, joined, matchable
from credmate_pipeline.extraction.cme.title_text import STOP, SUBJECT, end_of_title, from_lines
from credmate_pipeline.extraction.dates import find_dates
from credmate_pipeline.extraction.labels import LabelledValue, labelled
from credmate_pipeline.extraction.layout import is_continued_by, is_same_row, relative_height, trimmed, words_by_row
from credmate_pipeline.ocr.reading import Box, Line, Word

_LABELS = (
    rf"(?:cme|ce|cne|educational|live|online)?\s*{SUBJECT}\s*(?:title|name|description)",
    rf"(?:title|name)\s+of\s+(?:the\s+)?(?:cme\s+|educational\s+)?{SUBJECT}",
    r"title",
    rf"(?:educational\s+|cme\s+)?{SUBJECT}",
    r"topic",
)
_TITLE_UNDER = re.compile(
    rf"^[^\w:]*(?:{SUBJECT}\s+(?:title|name)|title of {SUBJECT}|title)(?:\s*/.*)?[^\w:]*$", re.IGNORECASE
)
_OWN_LABEL = re.compile(rf"^\W*(?:{'|'.join(_LABELS[:3])})\W*$", re.IGNORECASE)
_BARE_LABEL = re.compile(rf"^\W*(?:{SUBJECT}|topic)\W*$", re.IGNORECASE)
_OTHER_LABEL = re.compile(
    r"^\W*(?:(?:full |participant|attendee|learner)(?:'s)?\s*(?:name)?|name(?: of \w+)?|(?:awarded|issued|presented) to"
    r"|recipient|physician|(?:completion |activity |event |course )?date(?:\(s\))?(?: (?:of )?(?:\w+|credit awarded))?"
    r"|completed(?: on)?|(?:total |number of |cme )?credits?(?:\(s\))? ?(?:earned|claimed|awarded)?|format|location"
    r"|score|licen[cs]e number|activity id|(?:\w+ )?provider(?: name)?|organization|sponsor)\W*$",
    re.IGNORECASE,
)
_HEAD = re.compile(
    rf"^\W*(?:{SUBJECT}\s*(?:title|name|description)?|title|description|(?:ACPE\s*)?(?:UAN|ACPE|CEUs?|CPEUs?)\s*#?"
    r"|(?:contact|credit|ce|cme|cpe|completion|participation|activity|course|delivery|claimed|earned)?\s*"
    r"(?:hours?|credits?|dates?|type|completion|number|id|format|#|provider|claimed|earned|awarded|status))\W*$",
    re.IGNORECASE,
)
_TITLE_HEAD = re.compile(rf"^\W*(?:{SUBJECT}\s*(?:title|name|description)?|title|description)\W*$", re.IGNORECASE)


def by_label(certificate: CertificatePage) -> Iterator[Candidate]:
    for value in labelled(certificate.page, _LABELS):
        is_bare = re.fullmatch(rf"(?:{SUBJECT}|topic)", value.label, re.IGNORECASE) is not None
        is_in_table = value.way != "same-line" and _is_head(certificate, value.label_words[0])
        if _HEAD.match(value.text) or is_in_table or (is_bare and not (value.has_mark and value.way == "same-line")):
            continue
        sureness = (0.93 if value.way == "same-line" else 0.88) - (0.08 if is_bare else 0.0)
        found = _labelled_title(certificate, value, sureness)
        if found is not None:
            yield found


def _is_head(certificate: CertificatePage, word: Word) -> bool:
    """Whether the label at `word` is the head of a table's column: other heads stand right of it."""
    index = _line_of(certificate, word)
    return (
        index is not None
        and _HEAD.match(certificate.line_texts[index]) is not None
        and _has_head_beside(certificate, index)
    )


def _labelled_title(certificate: CertificatePage, value: LabelledValue, sureness: float) -> Candidate | None:
    """A labelled title with its further lines; a label on two lines may have its value on both."""
    first = _line_of(certificate, value.words[0])
    if first is None:
        return None
    lines = [Line(value.words)]
    margin = value.label_words[0].box.x0 if value.label_words and value.way == "same-line" else -1.0
    for index in certificate.following(first, reach=1.2):
        line = certificate.lines[index]
        is_aligned = abs(line.box.x0 - lines[0].box.x0) <= 0.012 and not _has_label_beside(certificate, line, margin)
        if (
            not is_aligned
            or not is_continued_by(lines[-1], line)
            or STOP.match(f"\n{certificate.line_texts[index]}", 1)
        ):
            break
        lines.append(line)
    above = _label_part_above(certificate, value)
    running = matchable(certificate.page, [above, *lines] if above else lines)
    end = end_of_title(running.text, 0)
    words = trimmed(running.words_between(0, end), ' ,;:-\n"“”')
    return Candidate(joined(words, words_by_row(words)), words, sureness, "label") if words else None


def _has_label_beside(certificate: CertificatePage, line: Line, margin: float) -> bool:
    """Whether another label stands left of the line on its row: one with a colon, or in the labels' `margin`."""
    beside = (other for other in certificate.lines if other.box.x1 <= line.box.x0 and is_same_row(other.box, line.box))
    return any(other.text.rstrip().endswith(":") or abs(other.box.x0 - margin) <= 0.012 for other in beside)


def _label_part_above(certificate: CertificatePage, value: LabelledValue) -> Line | None:
    """The value's first line where the label takes two: `Session | Long…` over `Title: | …title`."""
    box, label = value.words[0].box, value.label_words[0].box
    for line in certificate.lines:
        is_aligned = abs(line.box.x0 - box.x0) <= 0.012 and 0 < box.y0 - line.box.y0 <= 2.2 * box.height
        if is_aligned and any(
            is_same_row(other.box, line.box)
            and other.box.x1 <= line.box.x0
            and abs(other.box.x0 - label.x0) <= 0.02
            and re.fullmatch(SUBJECT, other.text, re.IGNORECASE)
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


def over_label(certificate: CertificatePage) -> Iterator[Candidate]:
    """A title standing over its label, as on a form's line."""
    for index, text in enumerate(certificate.line_texts):
        above = next(certificate.preceding(index, reach=1.5), None) if _TITLE_UNDER.match(text) else None
        if (
            above is None
            or _is_head(certificate, certificate.lines[index].words[0])
            or (
                any(certificate.following(index, reach=1.2))
                and not text.strip().startswith("(")
                and _is_heading_size(certificate, index)
            )
        ):
            continue
        found = from_lines(certificate, [above], 0, 0.86, "label-under")
        if found is not None:
            yield found


def by_own_label(certificate: CertificatePage) -> Iterator[Candidate]:
    """A title right of its label, or below it, where the label is all of its line; the title may hold a colon."""
    for index, text in enumerate(certificate.line_texts):
        is_bare = _BARE_LABEL.match(text) is not None
        is_told = _is_in_label_column(certificate, index) or _is_among_labels(certificate, index) if is_bare else False
        if not _OWN_LABEL.match(text) and not is_told:
            continue
        box = certificate.lines[index].box
        beside = [
            other
            for other, line in enumerate(certificate.lines)
            if line.box.x0 >= box.x1 - 0.005 and is_same_row(line.box, box)
        ]
        if len(beside) == 1 and not _HEAD.match(certificate.line_texts[beside[0]]):
            line = certificate.lines[beside[0]]
            value = LabelledValue(text, line.words, "same-line", certificate.lines[index].words, has_mark=True)
            found = _labelled_title(certificate, value, 0.92)
        elif not beside:
            found = _under_label(certificate, index)
        else:
            found = None
        if found is not None:
            yield found


def _is_in_label_column(certificate: CertificatePage, index: int) -> bool:
    """Whether the line stands in a column of labels: three lines more begin where it does, each with a value at the
    left edge of the line's own value."""
    box = certificate.lines[index].box
    value = _beside(certificate, box)
    rows = [
        other
        for line in certificate.lines
        if abs(line.box.x0 - box.x0) <= 0.012 and (other := _beside(certificate, line.box)) is not None
    ]
    return value is not None and sum(abs(other.x0 - value.x0) <= 0.012 for other in rows) > 3


def _is_among_labels(certificate: CertificatePage, index: int) -> bool:
    """Whether lines that are nothing but other facts' labels begin where the line does, each over its value."""
    box = certificate.lines[index].box
    others = [
        text
        for line, text in zip(certificate.lines, certificate.line_texts, strict=True)
        if abs(line.box.x0 - box.x0) <= 0.012 and _OTHER_LABEL.match(text)
    ]
    return len(others) > 1


def _beside(certificate: CertificatePage, box: Box) -> Box | None:
    """The nearest line right of `box` on its row."""
    right = [line.box for line in certificate.lines if line.box.x0 >= box.x1 - 0.005 and is_same_row(line.box, box)]
    return min(right, key=lambda other: other.x0, default=None)


def _under_label(certificate: CertificatePage, index: int) -> Candidate | None:
    below = next(certificate.following(index, reach=1.5), None)
    if below is None or not _is_under(certificate.lines[index].box, certificate.lines[below].box):
        return None
    return from_lines(certificate, certificate.continuations(below), 0, 0.9, "label")


def _is_under(box: Box, below: Box) -> bool:
    return abs(box.x0 - below.x0) <= 0.012 or abs(box.center[0] - below.center[0]) <= 0.02


def _is_heading_size(certificate: CertificatePage, index: int) -> bool:
    """Whether the line is printed larger than the line below it, as a heading is."""
    below = next(certificate.following(index, reach=1.2))
    page = certificate.page
    return relative_height(page, certificate.lines[index]) > 1.1 * relative_height(page, certificate.lines[below])


def in_table(certificate: CertificatePage) -> Iterator[Candidate]:
    """The first row under a table's head `Program Description | Completion Date`; the head may take two lines."""
    for index, text in enumerate(certificate.line_texts):
        if not _TITLE_HEAD.match(text) or not _has_head_beside(certificate, index):
            continue
        below = [i for i in certificate.following(index, reach=4.5) if not _HEAD.match(certificate.line_texts[i])]
        for start in below[:1]:
            found = from_lines(certificate, certificate.continuations(start), 0, 0.85, "table")
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
