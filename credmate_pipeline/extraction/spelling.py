"""Page text made fit for matching: typographic signs plain, phrase words that OCR misread by a letter restored.

The result is for finding phrases only; values and evidence are always taken from the words as printed.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

_PLAIN = str.maketrans("’‘‛`´“”„–—−‐‑•│¦\u00a0", "'''''\"\"\"-----||| ")
_PLAIN_QUOTES = str.maketrans("’‘‛`´“”„", "'''''\"\"\"")
_WORD = re.compile(r"[A-Za-z0-9|!]{6,}")
_LITERAL = re.compile(r"[A-Za-z]{6,}")
_LONG_WORD = 10
_CONFUSIONS = str.maketrans("01|!5", "olilS")

Vocabulary = frozenset[str]


def plain(text: str) -> str:
    """`text` with plain quotes, dashes and bars; of the same length."""
    return text.translate(_PLAIN)


def plain_quotes(text: str) -> str:
    """`text` with plain quotes: OCR and text layers differ in them where the print is the same."""
    return text.translate(_PLAIN_QUOTES)


def vocabulary(patterns: Iterable[str]) -> Vocabulary:
    """The words of six letters or more that `patterns` (regexes) spell out."""
    return frozenset(
        word.lower() for pattern in patterns for word in _LITERAL.findall(re.sub(r"\\.|\(\?\w", " ", pattern))
    )


@lru_cache(maxsize=16384)
def restored(word: str, known: Vocabulary) -> str:
    """`word` in plain signs, and where it is one letter off a known word (two in long words), that word."""
    return _WORD.sub(lambda match: _nearest(match.group(), known) or match.group(), plain(word))


@lru_cache(maxsize=16384)
def _nearest(word: str, known: Vocabulary) -> str | None:
    bare = word.lower().translate(_CONFUSIONS).lower()
    if word.lower() in known:
        return None
    if bare in known:
        return bare
    limit = 2 if len(bare) >= _LONG_WORD else 1
    near = process.extract_iter(bare, known, scorer=Levenshtein.distance, processor=None, score_cutoff=limit)
    close = [other for other, _, _ in near if not _is_inflection(bare, other)]
    return close[0] if len(close) == 1 else None


def _is_inflection(one: str, other: str) -> bool:
    """Whether two words differ in their endings only, as `certified` and `certifies`: neither is misread."""
    shared = min(len(one), len(other)) - 2
    return one[:shared] == other[:shared] and (one[-1] != other[-1] or len(one) != len(other))
