"""Where a printed title begins and ends."""

import re

from credmate_pipeline.extraction.cme import phrases
from credmate_pipeline.extraction.cme.certificate import Candidate, CertificatePage, joined, matchable
from credmate_pipeline.extraction.dates import find_dates
from credmate_pipeline.extraction.layout import trimmed, words_by_row

SUBJECT = (
    r"(?:activity|course|program|programme|session|class|event|module|lecture|training|presentation|conference"
    r"|meeting|webinar|seminar)"
)
_DAY = (
    r"(?:(?:mon|tues?|wednes|thurs?|fri|satur|sun)day|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
    r"|\d{1,2}[/.-]\d{1,2}|\d{4}-\d|\d{1,2}(?:st|nd|rd|th)?\s+\w+\s+\d{4})"
)
_LINE = r"(?:(?<=\n)|^)\s*"
STOP = phrases.phrase(
    rf"(?:,?[ ])(?:online |on-line |held |live |dated |completed |via \w+ )*(?:on|from|during)[ ]*:?\s*(?={_DAY})"
    rf"|{_LINE}(?:on|and|at|for|by|in|of)[ ]*:?[ ]*(?=\n|$)"
    rf"|{_LINE}(?:on|dated?|completed(?: on)?)[ ]*:?[ ]*(?={_DAY})"
    r"|,? and (?:is|was|has|are|have|been)(?: been)? (?:here ?by )?(?:awarded|granted|earned|met|claimed|credited)"
    r"|,[ ](?:jointly )?(?:offered|provided|sponsored|presented|hosted|conducted|held|organized|given) (?:by|at|on|in"
    r"|through)\b"
    rf"|{_LINE}(?:and |who )?(?:is|was|has|have|are|were) (?:here ?by |also )?(?:been )?(?:awarded|granted|credited"
    r"|earned|claimed|received|given|entitled to)\b"
    r"|,? and (?:earned|claimed|received) (?:a total of )?\d|,? is (?:here ?by )?awarded\b"
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
    rf"|{_LINE}(?:total|amount of|verification code|validation code)\b"
    rf"|{_LINE}\d{{1,3}}(?:\.\d+)? (?:\w+ ){{0,4}}(?:credits?|contact hours?|hours?|CEUs?|CPEUs?)\b"
    rf"|{_LINE}held (?=[^\n]*\d)|{_LINE}enduring [^\n]{{0,20}}activity"
    r"|\bUAN\b|\bACPE\b[^\n]*\d{{4}}-|\bdate of (?:completion"
    rf"|participation|attendance)"
    rf"|{_LINE}(?:credits?|contact hours?|hours|date|dates|location)[ ]*(?=\n|$)"
)


_BEFORE_DATE = re.compile(
    r"(?:(?:which|that)\s+)?(?:took\s+place|held|given|offered|presented|completed|dated?s?|live)?\s*"
    r"(?:on|from|during|in|at|between)?\W*(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day)?\W*$",
    re.IGNORECASE,
)
_PLACE_BEFORE = re.compile(r"\W*(?:[A-Z][\w.'’-]*\s?){1,4},\s*[A-Z]{2}\W*")

_PLACE_LINE = re.compile(
    r"\s*(?:(?:which\s+was\s+)?held\s+)?(?:at|in)\s+(?:the\s+)?[A-Z](?:.*,\s+[A-Z]{2}\W*$|[^,]*,\s+[A-Z][a-z]+\W*$"
    r"|.*\b(?:Hospital|Hotel|Resort|Center|Centre|University|College|Auditorium|Campus|Clinic|Hall|Institute)\W*$)"
)
"""A line that says where: `at the Grand Hotel, Boise, ID`."""
_KIND_LABEL = re.compile(
    r"(?:(?:live|enduring|online|internet|virtual|recorded|regularly\s+scheduled)\s+)+"
    r"(?:activity|material|course|event|series|session)\s*:\s*",
    re.IGNORECASE,
)
"""What kind of activity it is, printed before the title as its label."""


def from_lines(
    certificate: CertificatePage, indexes: list[int], offset: int, sureness: float, way: str
) -> Candidate | None:
    """The title in these lines from `offset` of the first on, up to where the certificate goes on."""
    lines = [certificate.lines[index] for index in indexes]
    running = matchable(certificate.page, lines)
    lead = re.match(rf"[ :,.|_\-\n]*(?:(?:{SUBJECT}\s+)?title\s*:\s*)?", running.text[offset:], re.IGNORECASE)
    begin = offset + (lead.end() if lead else 0)
    kind = _KIND_LABEL.match(running.text, begin)
    begin = kind.end() if kind else begin
    end = end_of_title(running.text, begin)
    words = trimmed(running.words_between(begin, end), " ,;:-\n")
    rows = words_by_row(words)
    value = joined(words, rows).strip()
    value = value.strip('“”"') if value.count('"') + value.count("“") + value.count("”") else value
    value = value.removesuffix(".").strip(" ,;:")
    if value[:1] in "'‘" and value[-1:] in "'’":
        value = value[1:-1]
    return Candidate(value, words, sureness, way) if words and value else None


def end_of_title(text: str, begin: int) -> int:
    if text[begin : begin + 1] in ('"',):
        closing = text.find('"', begin + 1)
        if closing > begin:
            return closing + 1
    stop = STOP.search(text, begin)
    end = stop.start() if stop else len(text)
    for line in re.finditer(r"[^\n]+", text):
        is_after = line.start() > begin and line.start() < end
        if is_after and (_is_date_line(line.group()) or _PLACE_LINE.match(line.group())):
            return line.start()
    return end


def _is_date_line(text: str) -> bool:
    """Whether a line is about a date: it begins with one, or has little else but a place."""
    dates = find_dates(text)
    if not dates:
        return False
    covered = sum(found.end - found.start for found in dates)
    before = _BEFORE_DATE.sub("", text[: dates[0].start], count=1)
    return covered >= 0.5 * len(text.strip()) or not before.strip() or _PLACE_BEFORE.fullmatch(before) is not None
