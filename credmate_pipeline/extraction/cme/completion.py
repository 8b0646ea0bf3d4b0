"""When the activity was completed, told by the words around each date. Release and expiration dates never are."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from credmate_pipeline.extraction.cme import phrases
from credmate_pipeline.extraction.cme.certificate import Candidate, CertificatePage, matchable, surest
from credmate_pipeline.extraction.dates import FoundDate, find_dates
from credmate_pipeline.extraction.layout import is_same_row
from credmate_pipeline.ocr.reading import Line, Word

_COMPLETION = phrases.phrase(
    r"(?:date(?:\(?s\)?)? (?:of )?(?:successful )?(?:complet(?:ed|ion)|participation|participated|attendance"
    r"|attended|activity|event|course|program|training|session|claimed"
    r"|earned|credit (?:was )?(?:earned|claimed|awarded))|complet(?:ed|ion)(?: (?:on|date))?|(?:attendance"
    r"|participation|activity|course|event|program|session|credit) dates?"
    r"|(?:attended|participated|earned|claimed|awarded|held|passed|taken)(?: \w+){0,4} on|credit(?:s)? (?:earned"
    r"|claimed|awarded)(?: date| on)?|date(?:s|\(s\)) attended)[ :.-]*(?:on)?[ :.-]*$"
)
_ON = phrases.phrase(r"(?:^|\W)(?:on|during|from|held|this(?: the)?|dated|day of)[ ]*:?[ ]*(?:this|the)?(?: day of)?$")
_PLAIN_DATE = phrases.phrase(r"(?:^|\n|[^A-Za-z\s] |\W\W)(?:dates?|date\(s\)|when)[ :.-]*$")
_MEMO_HEAD = re.compile(r"^\W*(?:to|from|re|subject|cc)\s*:", re.IGNORECASE | re.MULTILINE)
"""What stands at the head of a memo beside its own date."""
_WEEKDAY = re.compile(r"\W*(?<!\w)(?:mon|tues|wednes|thurs|fri|satur|sun)day\W*$", re.IGNORECASE)
_ISSUE = phrases.phrase(
    r"(?:issued?(?: on| date| to)?(?: date)?|date(?: \w+)? (?:issued?|signed|awarded|of (?:issue|issuance))"
    r"|certificate (?:issued|date)|dated|signed(?: on)?|award date|granted on)[ :.)-]*$"
)
_NEVER = phrases.phrase(
    r"(?:releas\w+|expir\w+|approv\w+|valid\w*|through|until|thru|printed|print date|generated|retrieved|accessed"
    r"|born|birth|dob|effective|renew\w*|reviewed|revised|updated|available|terminat\w+"
    r"|termination|deadline|start(?:s|ing)? date|launch\w*|begins|ends|end date|distinction|as of|copyright|©"
    r"|publication|published|from the issue|issue date of|beginning|date of license|licensed"
    r"|accreditation (?:period|term))"
    r"(?: \w+){0,3}[ :.,-]*$"
)
_NEVER_AFTER = re.compile(
    r"^\W*(?:through|expir|is the (?:last|release)|\(?expir|to claim|print(?:ed)?\b)", re.IGNORECASE
)
_UNDER_COMPLETION = re.compile(
    r"^\W*(?:date(?:\(s\))?\s+(?:completed|attended|of\s+\w+)|completion\s+date|activity\s+date)\W*$", re.IGNORECASE
)
_UNDER_ISSUE = re.compile(r"^\W*(?:date\s+(?:issued|signed)|issue\s+date)\W*$", re.IGNORECASE)
_UNDER_DATE = re.compile(r"^\W*date\W*$", re.IGNORECASE)
_PLACE = re.compile(
    r"^\s*(?:in\b|at\b)?[\s•*|,/–-]*(?:[A-Z][\w.'’-]*\s?){1,4},\s*(?:[A-Z]{2}|[A-Z][a-z]+(?:\s[A-Z][a-z]+)?)[\s•|,/–-]*$"
)
_REACH = 60
"""A date is explained by at most so many characters before it."""
_HEAD_WITH_DATE = re.compile(r"\b(?:completion|date|completed|program)\b", re.IGNORECASE)
_HEADER, _FOOTER = 0.06, 0.95
"""Above and below, browsers print the day, the page's title and its address."""
_SEMICOLON = re.compile(r"(?<=\d);(?=\s*\d{4}\b)")
"""OCR takes the comma of `Nov 17, 2024` for a semicolon."""
_LONGEST_ACTIVITY_DAYS = 62
_LONGEST_SERIES_DAYS = 366
_SERIES = re.compile(
    r"\bregularly\s+scheduled|\bgrand\s+rounds\b|\btumor\s+board\b|\b(?:lecture|conference|seminar|case)\s+series\b"
    r"|\bjournal\s+club\b|\blongitudinal\b|\bmorbidity\s+(?:and|&)\s+mortality\b",
    re.IGNORECASE,
)
"""What is held again and again over months (ACCME: regularly scheduled series)."""


@dataclass(frozen=True, slots=True)
class _Dated:
    """A date with its line and what stands before it there and before that."""

    found: FoundDate
    words: tuple[Word, ...]
    line: int
    before: str
    after: str
    above: str
    under: str
    stands_alone: bool
    is_in_margin: bool
    """Whether it stands with other text at the paper's edge, as the day of printing in a browser's header."""
    is_of_memo: bool
    """Whether it is the day on which a memo was written, told in its head."""


@dataclass(frozen=True, slots=True)
class Completion:
    """The completion, and the first day where it is a range."""

    completed: Candidate
    started: Candidate | None


def find_completion(certificate: CertificatePage) -> Completion | None:
    """The completion date of surest standing; None where only other dates, or none, are printed.

    Where neither the page's other dates nor an American issuer tell the day from the month, there is no date.
    """
    ranked: list[tuple[Candidate, _Dated]] = []
    for dated in _dates(certificate):
        sureness, way = _standing(certificate, dated)
        if sureness <= 0:
            continue
        if dated.found.is_ambiguous and not certificate.is_american:
            continue
        ranked.append((Candidate(dated.found.value, dated.words, sureness, way), dated))
    best = surest(candidate for candidate, _ in ranked)
    if best is None:
        return None
    dated = next(dated for candidate, dated in ranked if candidate is best)
    rivals = {c.value for c, _ in ranked if c.value != best.value and c.sureness > best.sureness - 0.03}
    completed = Candidate(best.value, best.words, best.sureness - (0.15 if rivals else 0.0), best.way)
    begin = dated.found.range_start
    return Completion(completed, Candidate(begin, best.words, completed.sureness, best.way) if begin else None)


def _dates(certificate: CertificatePage) -> Iterator[_Dated]:
    """All dates, those that run over a line's end included."""
    for found in find_dates(_SEMICOLON.sub(",", certificate.text)):
        words = certificate.running.words_between(found.start, found.end)
        if not words:
            continue
        index = certificate.line_at(found.start)
        start = certificate.line_starts[index]
        line_end = start + len(certificate.line_texts[index])
        before = certificate.text[max(start, found.start - _REACH) : found.start]
        row_before = _row_before(certificate, index)
        above = next((certificate.line_texts[i] for i in certificate.preceding(index, reach=1.6)), "")
        under = next((certificate.line_texts[i] for i in certificate.following(index, reach=1.6)), "")
        alone = not _lead(certificate, index) and not re.sub(
            r"[\W_]|(?:mon|tues|wednes|thurs|fri|satur|sun)day",
            "",
            before + certificate.text[found.end : line_end],
            flags=re.IGNORECASE,
        )
        yield _Dated(
            found=found,
            words=words,
            line=index,
            before=_WEEKDAY.sub("", f"{row_before} {_lead(certificate, index)}{before}").strip(),
            after=certificate.text[found.end : line_end],
            above=above.rstrip(),
            under=under,
            stands_alone=alone,
            is_in_margin=_is_in_margin(certificate, index),
            is_of_memo=_PLAIN_DATE.search(before) is not None and len(_MEMO_HEAD.findall(certificate.text)) > 1,
        )


def _lead(certificate: CertificatePage, index: int) -> str:
    """The end of the line before, where the sentence runs on to line `index`."""
    is_labelled = re.match(r"\s*(?:[\w()]+\s){0,2}[\w()]+:", certificate.line_texts[index])
    return f"{certificate.line_texts[index - 1][-_REACH:]} " if certificate.reads_on(index) and not is_labelled else ""


def _is_in_margin(certificate: CertificatePage, index: int) -> bool:
    box = certificate.lines[index].box
    if _HEADER < box.center[1] < _FOOTER:
        return False
    return any(is_same_row(line.box, box) for i, line in enumerate(certificate.lines) if i != index)


def _row_before(certificate: CertificatePage, index: int) -> str:
    """The text of the nearest line left of line `index` on its row: a label in another column."""
    box = certificate.lines[index].box
    left = [
        i
        for i, line in enumerate(certificate.lines)
        if i != index and is_same_row(line.box, box) and line.box.x1 <= box.x0 + 0.005
    ]
    nearest = max(left, key=lambda i: certificate.lines[i].box.x1, default=None)
    return certificate.line_texts[nearest] if nearest is not None else ""


def _standing(certificate: CertificatePage, dated: _Dated) -> tuple[float, str]:
    """How surely this is the completion date, and by what; 0 where it is another date."""
    if _is_another(dated) or _is_long_range(certificate, dated):
        return _NOT_COMPLETION
    standings = _STANDINGS + (_STANDINGS_ALONE if dated.stands_alone else _STANDINGS_IN_TEXT)
    return next(standing for applies, standing in standings if applies(certificate, dated))


def _is_another(dated: _Dated) -> bool:
    """Whether it is a release, expiration, print or like date, or the time an activity was offered."""
    is_told = dated.is_of_memo or _NEVER.search(dated.before) is not None or _NEVER_AFTER.match(dated.after) is not None
    return is_told or dated.is_in_margin


def _is_long_range(certificate: CertificatePage, dated: _Dated) -> bool:
    """Whether it is the time an activity was offered, longer than anyone takes for it; a series may take a year."""
    found = dated.found
    if found.range_start is None:
        return False
    longest = _LONGEST_SERIES_DAYS if _SERIES.search(certificate.text) else _LONGEST_ACTIVITY_DAYS
    begin, end = (
        date.fromisoformat(f"{value}-01" if len(value) == len("YYYY-MM") else value)
        for value in (found.range_start, found.value)
    )
    return (end - begin).days > longest


def _is_beside_place(dated: _Dated) -> bool:
    """Whether a date ends its line, or only the place follows: `October 4-6, 2022 | Seattle, WA`."""
    return not _PLACE.sub("", dated.after, count=1).strip(" .,")


def _is_in_statement(certificate: CertificatePage, dated: _Dated) -> bool:
    """Whether the date follows what the holder did, before signatures and small print."""
    starts = [
        match.start()
        for pattern in (phrases.DID, phrases.TITLED, phrases.FOR_DOING, phrases.PRESENTED)
        for match in pattern.finditer(certificate.text)
    ]
    first = min((start for start in starts), default=None)
    if first is None or dated.found.start < first:
        return False
    top = certificate.lines[certificate.line_at(first)].box.y0
    line = certificate.lines[dated.line]
    return line.box.y0 - top <= 0.35 and not _beside_signer(certificate, line)


def _beside_signer(certificate: CertificatePage, line: Line) -> bool:
    near = [
        other
        for other in certificate.lines
        if abs(other.box.y0 - line.box.y0) <= 1.6 * line.box.height and other is not line
    ]
    return any(phrases.ROLE.search(matchable(certificate.page, [other]).text) for other in near)


def _in_table_of_dates(certificate: CertificatePage, dated: _Dated) -> bool:
    """Whether a table's head over the date, on one line or two, says completion or date; days of a conference,
    several in one column, are none."""
    box = dated.words[0].box
    heads = [
        word
        for line in certificate.lines
        for word in line.words
        if 0 < box.y0 - word.box.y0 <= 6 * box.height and abs(word.box.x0 - box.x0) <= 0.05
    ]
    in_column = [
        other
        for other in find_dates(certificate.text)
        for word in certificate.running.words_between(other.start, other.end)[:1]
        if abs(word.box.x0 - box.x0) <= 0.03 and other.start != dated.found.start
    ]
    if in_column:
        return False
    return any(
        _HEAD_WITH_DATE.fullmatch(word.text.strip(":")) or word.text.lower().startswith("date") for word in heads
    )


def _says_completed(_: CertificatePage, dated: _Dated) -> bool:
    return bool(_COMPLETION.search(dated.before) or _UNDER_COMPLETION.match(dated.under))


def _completed_above(_: CertificatePage, dated: _Dated) -> bool:
    is_label = _COMPLETION.search(dated.above) is not None and not phrases.CERTIFIES.search(dated.above)
    return dated.stands_alone and is_label


_Standing = tuple[Callable[[CertificatePage, _Dated], bool], tuple[float, str]]
_NOT_COMPLETION = (0.0, "")
_STANDINGS: tuple[_Standing, ...] = (
    (_says_completed, (0.97, "label")),
    (_completed_above, (0.93, "label")),
    (lambda _, dated: bool(_ISSUE.search(dated.before)), (0.64, "issue-date")),
    (lambda page, dated: bool(_ON.search(dated.before)) and _is_in_statement(page, dated), (0.96, "statement")),
    (lambda _, dated: bool(_PLAIN_DATE.search(dated.before)), (0.9, "label")),
)
"""In this order: the first that applies to a date tells how surely it is the completion's."""
_STANDINGS_ALONE: tuple[_Standing, ...] = (
    (lambda _, dated: bool(_NEVER.search(dated.above)), _NOT_COMPLETION),
    (lambda _, dated: bool(_UNDER_ISSUE.match(dated.under)), (0.64, "issue-date")),
    (lambda _, dated: bool(_UNDER_DATE.match(dated.under)), (0.7, "issue-date")),
    (lambda _, dated: bool(_ON.search(dated.above)), (0.95, "statement")),
    (lambda _, dated: bool(_ISSUE.search(dated.above)), (0.6, "issue-date")),
    (_in_table_of_dates, (0.9, "table")),
    (_is_in_statement, (0.88, "statement")),
    (lambda _, dated: True, (0.62, "layout")),
)
"""For a date that is all its line says."""
_STANDINGS_IN_TEXT: tuple[_Standing, ...] = (
    (_in_table_of_dates, (0.9, "table")),
    (lambda _, dated: bool(_ON.search(dated.before)), (0.8, "statement")),
    (lambda page, dated: _is_in_statement(page, dated) and _is_beside_place(dated), (0.84, "statement")),
    (lambda _, dated: True, (0.3, "layout")),
)
"""For a date among other words."""
