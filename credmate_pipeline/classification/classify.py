"""Which type a document is, read from its printed phrases and never assumed.

Every type's cues are looked for once in the document; what they weigh together decides, against the other types
and against the papers that are not handled.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import exp

from credmate_pipeline.classification.by_page import PageVerdict, of_several_pages
from credmate_pipeline.classification.classification import Classification, PageType
from credmate_pipeline.classification.unsupported import OTHER_PAPERS
from credmate_pipeline.extraction.document_type import UNSUPPORTED, Cue, Shape
from credmate_pipeline.extraction.fields import Evidence
from credmate_pipeline.extraction.layout import Passage, evidence_by_row, in_parts, passage
from credmate_pipeline.extraction.registry import document_types
from credmate_pipeline.extraction.spelling import Vocabulary, restored, vocabulary
from credmate_pipeline.ocr.reading import Page, Reading, Word

ENOUGH = 3.0
"""A type needs phrases of so much weight together: one strong and one ordinary phrase."""
EVIDENCE_AT_MOST = 8
"""Printed phrases kept as evidence."""
_CAPITALS = re.compile(r"(?<!\\)[A-Z]+")
"""In a pattern, capitals that stand for themselves and not, as in `\\W`, for a class."""


@dataclass(frozen=True, slots=True)
class Score:
    """What speaks for one type (or unhandled paper): the weight of its phrases and where they are printed."""

    name: str
    weight: float
    evidence: tuple[Evidence, ...] = ()


class Sheet:
    """A page fit for matching; what was looked for on it once is not looked for again."""

    def __init__(self, page: Page) -> None:
        words = _phrase_words()
        self.page = page
        self.passage: Passage = passage(in_parts(page), spelled=lambda text: restored(text, words))
        self._lowered = _lowered(self.passage.text)
        self._matches: dict[str, re.Match[str] | None] = {}
        self._shown: dict[Shape, tuple[Word, ...]] = {}

    def match(self, cue: Cue) -> re.Match[str] | None:
        """Where the cue's phrase is first printed."""
        if cue.pattern not in self._matches:
            self._matches[cue.pattern] = _compiled(cue.pattern).search(self._lowered)
        return self._matches[cue.pattern]

    def shown(self, shape: Shape) -> tuple[Word, ...]:
        """The words that show the shape; none where the page does not have it."""
        if shape not in self._shown:
            self._shown[shape] = shape.find(self.page)
        return self._shown[shape]


def classify(reading: Reading) -> Classification:
    """The type of the document, `unsupported` where no type's phrases suffice or another paper's prevail."""
    sheets = [Sheet(page) for page in reading.pages if page.words]
    whole = choose(*_scores(sheets))
    if len(reading.pages) == 1:
        return whole
    return of_several_pages(whole, [_page_verdict(sheet) for sheet in sheets])


def _page_verdict(sheet: Sheet) -> PageVerdict:
    """What the page is taken for alone."""
    types, papers = _scores([sheet])
    found = choose(types, papers)
    paper = papers[0].name if found.document_type == UNSUPPORTED and papers[0].weight >= ENOUGH else None
    return PageVerdict(PageType(sheet.page.number, found.document_type, found.confidence, paper), found.evidence)


def _scores(sheets: Sequence[Sheet]) -> tuple[list[Score], list[Score]]:
    """Types and other papers, highest first."""
    types = [_score(known.name, known.cues, sheets, known.shapes) for known in document_types()]
    papers = [_score(paper.name, paper.cues, sheets) for paper in OTHER_PAPERS]
    return sorted(types, key=_by_weight), sorted(papers, key=_by_weight)


def choose(types: Sequence[Score], papers: Sequence[Score]) -> Classification:
    """The classification that scores (highest first, at least one of each) amount to."""
    best, paper = types[0], papers[0]
    rival = max([paper.weight, *(other.weight for other in types[1:])])
    if best.weight < ENOUGH or paper.weight >= best.weight:
        return Classification(UNSUPPORTED, _unsupported_confidence(best, paper), paper.evidence[:EVIDENCE_AT_MOST])
    confidence = _sigmoid(1.5 * (best.weight - ENOUGH) + 0.8) * _sigmoid(1.6 * (best.weight - max(rival, 0.0)))
    return Classification(best.name, round(confidence, 3), best.evidence[:EVIDENCE_AT_MOST])


def _unsupported_confidence(best: Score, paper: Score) -> float:
    """High where another paper's phrases prevail by far or hardly any phrase of a known type is there."""
    margin = max(paper.weight - best.weight, 0.0)
    emptiness = max(ENOUGH - best.weight, 0.0)
    return round(_sigmoid(max(1.2 * margin, 1.2 * emptiness)), 3)


def _sigmoid(value: float) -> float:
    return 1 / (1 + exp(-value))


def _by_weight(score: Score) -> tuple[float, str]:
    return (-score.weight, score.name)


@cache
def _phrase_words() -> Vocabulary:
    cues = [cue for known in document_types() for cue in known.cues]
    cues += [cue for paper in OTHER_PAPERS for cue in paper.cues]
    return vocabulary(cue.pattern for cue in cues)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """A cue's spaces match any space, as phrases run over line ends. It is looked for in lowered text: a search that
    minds case skips to a phrase's first letters, one that does not tries every place."""
    spaced = pattern.replace(" ?", r"\s*").replace(" ", r"\s+")
    return re.compile(_CAPITALS.sub(lambda found: found[0].lower(), spaced))


def _lowered(text: str) -> str:
    """The text in small letters, each at its place: where a small letter takes two, the capital stays."""
    small = text.lower()
    return small if len(small) == len(text) else "".join(one.lower() if len(one.lower()) == 1 else one for one in text)


def _score(name: str, cues: Sequence[Cue], sheets: Sequence[Sheet], shapes: Sequence[Shape] = ()) -> Score:
    """Each cue and shape counts once, where it is first found; cues that speak against count but give no evidence."""
    weight, evidence = 0.0, []
    for shape in shapes:
        sheet = next((sheet for sheet in sheets if sheet.shown(shape)), None)
        if sheet is not None:
            weight += shape.weight
            evidence.extend(evidence_by_row(sheet.page, sheet.shown(shape)))
    for cue in sorted(cues, key=lambda cue: -cue.weight):
        place = _first_match(cue, sheets)
        if place is None:
            continue
        weight += cue.weight
        running, match = place
        words = running.words_between(*match.span())
        if cue.weight > 0 and words:
            evidence.extend(evidence_by_row(running.page, words))
    return Score(name, weight, tuple(evidence))


def _first_match(cue: Cue, sheets: Sequence[Sheet]) -> tuple[Passage, re.Match[str]] | None:
    for sheet in sheets:
        match = sheet.match(cue)
        if match:
            return sheet.passage, match
    return None
