"""Looks at one page check each other: words they agree on are surer, words they read differently are not believed, nor
words beside which another look has a further one.

The words and boxes of a page stay those of one look; only confidences come of both.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import mean

from credmate_pipeline.ocr.reading import UNBELIEVED, Box, Line, Page, Word

_AS_SURE = 0.1
_ROW = 0.5
"""Share of the lower word's height in which two words must lie level to be in one row."""
_SPACE = 0.9
"""Heights of a word within which the next one stands in the same text."""
_READ = 0.3
"""Confidence from which what another look has is a word and no smudge."""
_NEARLY = 0.1

_ALIKE = str.maketrans({"I": "1", "l": "1", "|": "1", "O": "0"})


def checked(page: Page, others: Sequence[Page]) -> Page:
    """`page` with each word's confidence informed by what `others`, looks at the same page, have in its place and
    beside it."""
    seen = [[(other.uploaded_box(word.box), word) for word in other.words] for other in others]
    lost = [word.box for other in others if _lies_alike(page, other) for word in _lost(page, other)]
    lines = tuple(
        Line(
            tuple(
                _beside_lost(_checked(word, page.uploaded_box(word.box), seen), lost, page.width / page.height)
                for word in line.words
            )
        )
        for line in page.lines
    )
    return replace(page, lines=lines)


def _lies_alike(one: Page, other: Page) -> bool:
    """Whether the two were read turned and straightened nearly the same, so that their boxes can be compared."""
    return all(abs(a - b) < _NEARLY for a, b in zip(one.frame, other.frame, strict=True))


def _lost(page: Page, other: Page) -> Iterator[Word]:
    """The words that `other` has where `page` has none."""
    for word in other.words:
        is_read = word.confidence >= _READ and any(map(str.isalnum, word.text))
        if is_read and not any(_meets(word.box, own.box) for own in page.words):
            yield word


def _beside_lost(word: Word, lost: Sequence[Box], across: float) -> Word:
    """The word, not believed where a lost one stands a space before or behind it; `across` is the page's width in its
    heights."""
    reach = _SPACE * word.box.height / across
    if not any(_stands_beside(word.box, box, reach) for box in lost):
        return word
    return replace(word, confidence=min(word.confidence, UNBELIEVED))


def _stands_beside(one: Box, other: Box, reach: float) -> bool:
    along = min(one.y1, other.y1) - max(one.y0, other.y0)
    return along > _ROW * min(one.height, other.height) and max(one.x0, other.x0) - min(one.x1, other.x1) <= reach


def _checked(word: Word, box: Box, looks: Sequence[Sequence[tuple[Box, Word]]]) -> Word:
    if not _essence(word.text):
        return word
    said = [_said(box, look) for look in looks]
    agreed = [surety for text, surety in said if _essence(word.text) in text]
    against = [surety for text, surety in said if text and _essence(word.text) not in text]
    if len(agreed) > len(against):
        # Looks by one engine err alike: agreement makes no word surer than all its looks are together.
        return replace(word, confidence=mean((word.confidence, *agreed)))
    if against and (_has_digits(word) or max(against) >= word.confidence - _AS_SURE):
        return replace(word, confidence=min(word.confidence, UNBELIEVED))
    return word


def _has_digits(word: Word) -> bool:
    """Whether it is a number or date, in which every character matters."""
    return any(map(str.isdigit, word.text))


def _said(box: Box, look: Sequence[tuple[Box, Word]]) -> tuple[str, float]:
    """What a look has in the place, and how surely; "" where it has nothing."""
    there = sorted(((place, seen) for place, seen in look if _meets(box, place)), key=lambda pair: pair[0].x0)
    return _essence("".join(seen.text for _, seen in there)), min((seen.confidence for _, seen in there), default=0.0)


def _essence(text: str) -> str:
    """What must be the same: letters, digits and what stands between them. Ones and zeros are like their letters."""
    return text.strip(".,;:_-—'\"()[]").replace(",", "").translate(_ALIKE).casefold()


def _meets(one: Box, other: Box) -> bool:
    across = min(one.x1, other.x1) - max(one.x0, other.x0)
    along = min(one.y1, other.y1) - max(one.y0, other.y0)
    return across > 0.3 * min(one.width, other.width) and along > _ROW * min(one.height, other.height)
