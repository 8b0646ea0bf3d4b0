"""Which printed rows of a table belong together: rows nearer to each other than to the next entry are one block.

Entries are told apart by the space between them, which is wider than between the lines of one cell wherever a table
has any; where it has none, by what begins an entry.
"""

from collections.abc import Callable, Sequence
from itertools import pairwise

from credmate_pipeline.extraction.transcripts.printed_rows import Row

Block = tuple[Row, ...]
_CORE = 0.35
"""Share of a word's height, from its middle up and down, that is surely printed: boxes of text layers overlap."""
_EMPTY_COST = 0.5
_HALF_COST = 0.25
_MERGED_COST = 2.0
_STEP = 0.0004
"""Spaces that differ by less, as a fraction of the page, are the same."""


def blocks_of(rows: Sequence[Row], space: float) -> tuple[Block, ...]:
    """The rows (of one page, from top to bottom) cut where more than `space` lies between two of them."""
    if not rows:
        return ()
    cut: list[list[Row]] = [[rows[0]]]
    for row, gap in zip(rows[1:], _spaces(rows), strict=True):
        if gap > space:
            cut.append([])
        cut[-1].append(row)
    return tuple(tuple(block) for block in cut)


def usual_space(runs: Sequence[Sequence[Row]], entries: Callable[[Block], tuple[int, bool]]) -> float:
    """The space that best cuts `runs` of rows into blocks of one entry each; `entries` counts those of a block and
    says whether all is there that an entry has."""
    spaces = sorted({round(gap / _STEP) for run in runs for gap in _spaces(run)})
    candidates = [-1.0, *((step + 0.5) * _STEP for step in spaces)]
    worth = [(_worth([entries(b) for run in runs for b in blocks_of(run, space)]), space) for space in candidates]
    return max(worth)[1]


def _worth(counts: Sequence[tuple[int, bool]]) -> float:
    merged = sum(count - 1 for count, _ in counts if count > 1)
    halves = sum(count == 1 and not is_whole for count, is_whole in counts)
    empty = sum(count == 0 for count, _ in counts)
    return sum(is_whole for _, is_whole in counts) - _MERGED_COST * merged - _HALF_COST * halves - _EMPTY_COST * empty


def _spaces(rows: Sequence[Row]) -> list[float]:
    """The free space between each row and the one below it, as a fraction of the page; negative where they overlap."""
    found = []
    bottom = float("-inf")
    for above, below in pairwise(rows):
        bottom = max(bottom, *(word.box.center[1] + _CORE * word.box.height for word in above.words))
        top = min(word.box.center[1] - _CORE * word.box.height for word in below.words)
        found.append(top - bottom)
    return found
