"""Names of people: without titles and degrees, told from other text, and compared with known names.

Where a name stands on a page is not known here.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import Literal

from credmate_pipeline.extraction.name_words import (
    CREDENTIAL_PHRASES,
    CREDENTIALS,
    NICKNAMES,
    NOT_IN_NAMES,
    PARTICLES,
    SUFFIXES,
    SURNAME_LIKE_CREDENTIALS,
    TITLES,
)
from credmate_pipeline.extraction.states import STATE_NAMES

Agreement = Literal["same", "close", "doubtful", "other"]
"""`same` but for order, case and accents; `close` but for middle names, initials, a missing suffix or a nickname;
`doubtful` with only the first or the last name in common, or contradicting suffixes; `other` with neither."""

AGREEMENTS: tuple[Agreement, ...] = ("same", "close", "doubtful", "other")
"""Best first."""

MAX_NAME_WORDS = 7
FIRST_NAME_UNKNOWN = "fnu"
_SHORT = 3
"""Parts of hyphenated names up to so many letters may be words elsewhere: An-Na'im, In-Sook."""
_SMALL_L = re.compile(r"(?<![\w'’-])l(?!(?:[aei]|o|as|es|os)\b)(?=[a-z]{2})")
_TITLE = re.compile(rf"\s*(?:(?:{'|'.join(TITLES)})\b\.?\s*)+(?=\S)", re.IGNORECASE)
_PHRASES = tuple(
    (re.compile(rf"[,\s]+{phrase}\s*\W*$", re.IGNORECASE), credential)
    for phrase, credential in CREDENTIAL_PHRASES.items()
)
_NAME_WORD = re.compile(r"[^\W\d_]+(?:['’`.-][^\W\d_]+)*[.'’]?")


@dataclass(frozen=True, slots=True)
class _Name:
    """A folded name; `family` holds particles and hyphenated parts as words of their own."""

    given: tuple[str, ...]
    family: tuple[str, ...]
    suffix: str | None

    @property
    def tokens(self) -> tuple[str, ...]:
        return (*self.given, *self.family)

    @property
    def last_names(self) -> frozenset[str]:
        """The parts of the last name and the whole written as one word; initials are none."""
        parts = {part for part in self.family if len(part) > 1 and part not in PARTICLES}
        return frozenset(parts | {"".join(self.family)})

    @property
    def first_names(self) -> frozenset[str]:
        """The first given name; after an initial the second one too, as in J. Robert Smith."""
        return frozenset(self.given[: 2 if len(self.given[0]) == 1 else 1])


@lru_cache(maxsize=2048)
def split_credentials(text: str) -> tuple[str, tuple[str, ...]]:
    """The name as printed without title and degrees (Jr., Sr., III stay), and the degrees in their order."""
    phrase_free, credentials = _without_phrases(_TITLE.sub("", text, count=1) if _TITLE.match(text) else text)
    segments = [segment.split() for segment in re.sub(r"[()]", ",", phrase_free).split(",")]
    kept: list[list[str]] = []
    found: list[str] = []
    for index, segment in enumerate(segments):
        is_safe = index > 0 and any(kept)
        needed = 0 if is_safe else 2 if len(segments) == 1 or index > 0 else 1
        if is_safe and _is_unknown_degree(segment, kept, has_degrees=bool(found)):
            found.append(segment[0].strip("."))
            continue
        names, degrees = _split_segment(segment, is_safe=is_safe, names_needed=needed)
        kept.append(names)
        found.extend(degrees)
    name = ", ".join(" ".join(words) for words in kept if words).strip(" ,;:-–—*_|")
    return name, (*found, *credentials)


def _is_unknown_degree(segment: list[str], kept: list[list[str]], *, has_degrees: bool) -> bool:
    """Whether a part between commas is a degree this code does not know: one word in capitals after a whole name that
    is not in capitals, or after a degree."""
    name = [word for words in kept for word in words]
    if len(segment) != 1 or len(name) < 2 or not re.fullmatch(r"[A-Z]{2,6}(?:-[A-Z]{1,4})?", segment[0]):
        return False
    is_suffix = fold(segment[0]) in SUFFIXES
    return not is_suffix and (has_degrees or not all(word.isupper() for word in name if len(word) > 1))


def _without_phrases(text: str) -> tuple[str, tuple[str, ...]]:
    """Degrees written out, such as "Doctor of Medicine", taken off the end."""
    for phrase, credential in _PHRASES:
        match = phrase.search(text)
        if match:
            return text[: match.start()], (credential,)
    return text, ()


def _split_segment(words: list[str], *, is_safe: bool, names_needed: int) -> tuple[list[str], list[str]]:
    """The words of one part between commas as (name words, credentials), taken from its end.

    After a name and a comma (`is_safe`) a part may be all credentials; otherwise `names_needed` words stay.
    """
    names, credentials = list(words), list[str]()
    while names:
        width = _credential_width(names, is_safe=is_safe)
        if width == 0 or len(names) - width < names_needed:
            break
        credentials.insert(0, re.sub(r"[^\w-]", "", "".join(names[-width:])))
        names = names[:-width]
    return names, credentials


def _credential_width(names: list[str], *, is_safe: bool) -> int:
    """How many words at the end of `names` are one credential: 2 for "M. D.", else 1 or 0."""
    if len(names) > 1 and all(re.fullmatch(r"[A-Z]\.?", word) for word in names[-2:]):
        return 2 if _folded_credential("".join(names[-2:])) in CREDENTIALS else 0
    folded = _folded_credential(names[-1])
    is_credential = bool(folded) and all(part in CREDENTIALS for part in folded.split("-"))
    is_credential = is_credential and len(folded.split("-")[0]) > 1
    could_be_surname = folded in SURNAME_LIKE_CREDENTIALS and not names[-1].isupper()
    return int(is_credential and (is_safe or not could_be_surname or "." in names[-1][:-1]))


def _folded_credential(word: str) -> str:
    return re.sub(r"[^A-Z0-9-]", "", word.upper()).strip("-")


@lru_cache(maxsize=2048)
def looks_like_person(text: str) -> bool:
    """Whether `text` alone could be a person's printed name: two to seven capitalized words and nothing else.

    One word is enough only with a degree after it.
    """
    name, credentials = split_credentials(text)
    words = name.replace(",", " ").split()
    names = [word for word in words if fold(word).strip(".") not in SUFFIXES]
    if not (1 if credentials else 2) <= len(names) or len(words) > MAX_NAME_WORDS:
        return False
    if any(_is_told_apart(word, index) for index, word in enumerate(words)) or not all(map(_is_name_word, words)):
        return False
    return any(len(re.sub(r"\W", "", word)) > 1 for word in names) and not _is_place(name)


def _is_place(name: str) -> bool:
    """Whether it reads `Wichita, KS`: a first name in capitals stands behind a last name in capitals only."""
    place, comma, state = name.rpartition(", ")
    return bool(comma) and state in STATE_NAMES and not place.isupper()


def with_capitals(text: str) -> str:
    """The name with the capital I at the begin of words that engines take for a small l: `Anand lyer`."""
    return _SMALL_L.sub("I", text)


def _is_told_apart(word: str, index: int) -> bool:
    """Whether `word` never stands in a name; a single letter after the first word is an initial, `A` too."""
    bare = fold(word).strip(".")
    if "-" in bare:
        return any(part in NOT_IN_NAMES and (len(part) > _SHORT or part == "of") for part in bare.split("-"))
    return bare in NOT_IN_NAMES and not (index > 0 and len(bare) == 1)


def _is_name_word(word: str) -> bool:
    if _NAME_WORD.fullmatch(word) is None:
        return False
    return word[0].isupper() or fold(word).strip(".'") in PARTICLES


def fold(text: str) -> str:
    """Lower case without accents and ligatures."""
    if text.isascii():
        return text.lower()
    replaced = text.replace("ß", "ss").replace("ø", "o").replace("Ø", "O").replace("ł", "l").replace("Ł", "L")
    replaced = replaced.replace("æ", "ae").replace("Æ", "AE").replace("œ", "oe").replace("đ", "d").replace("ı", "i")
    decomposed = unicodedata.normalize("NFKD", replaced)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).lower()


def name_key(text: str) -> str:
    """The folded name, given names first, for looking up the same person: "CHIN, JEFFREY L" is "jeffrey l chin"."""
    name = _parsed(text)
    return " ".join((*name.tokens, *((name.suffix,) if name.suffix else ())))


def name_words(text: str) -> tuple[str, ...]:
    """The folded words of a name, given names first, without degrees, suffixes and FNU."""
    return _parsed(text).tokens


def have_contradicting_middles(one: str, other: str) -> bool:
    """Whether both names have a middle name or initial and no one of one could be any of the other's."""
    middles, others = _parsed(one).given[1:], _parsed(other).given[1:]
    if not middles or not others:
        return False
    return not any(a.startswith(b) or b.startswith(a) for a, b in product(middles, others))


def compare_names(printed: str, known: str) -> Agreement:
    """How well two names agree; symmetric. Nobody is matched by the last name alone."""
    one, other = _parsed(printed), _parsed(known)
    if not one.given or not other.given:
        is_whole = one.tokens == other.tokens and FIRST_NAME_UNKNOWN in fold(f"{printed} {known}").split()
        return "close" if is_whole else "doubtful" if set(one.tokens) & set(other.tokens) else "other"
    agreement = _agreement(one, other)
    if one.suffix == other.suffix:
        return agreement
    is_contradiction = one.suffix is not None and other.suffix is not None
    if agreement in ("same", "close"):
        return "doubtful" if is_contradiction else "close"
    return agreement


def best_agreement(printed: str, known_names: tuple[str, ...]) -> Agreement:
    """The best agreement with any of the names a person is known by, of which there is at least one."""
    agreements = {compare_names(printed, known) for known in known_names}
    return next(agreement for agreement in AGREEMENTS if agreement in agreements)


def _agreement(one: _Name, other: _Name) -> Agreement:
    if one.given == other.given and "".join(one.family) == "".join(other.family):
        return "same"
    pairs = [(one, other), *((a, other) for a in _swapped(one)), *((one, b) for b in _swapped(other))]
    if any(_is_first_equal(a, b) and a.last_names & b.last_names for a, b in pairs):
        return "close"
    if sorted(one.tokens) == sorted(other.tokens):
        return "close"
    shared = {token for token in one.tokens if len(token) > 1} & set(other.tokens) - PARTICLES
    has_shared_last = any(a.last_names & b.last_names for a, b in pairs)
    return "doubtful" if shared or has_shared_last else "other"


def _swapped(name: _Name) -> tuple[_Name, ...]:
    """The name with its first word as the last name, as commas get lost; nothing where that cannot be."""
    if len(name.family) > 1 or len(name.given[0]) == 1:
        return ()
    return (_Name((*name.given[1:], *name.family), name.given[:1], name.suffix),)


def _is_first_equal(one: _Name, other: _Name) -> bool:
    """Whether the first names agree: equal, nickname, or initial of each other."""
    return any(_is_same_first(a, b) for a, b in product(one.first_names, other.first_names))


def _is_same_first(one: str, other: str) -> bool:
    if one == other:
        return True
    if 1 in (len(one), len(other)):
        return one[0] == other[0]
    return other in NICKNAMES.get(one, ()) or one in NICKNAMES.get(other, ())


def _parsed(text: str) -> _Name:
    """The folded parts of a name written in either order; FNU ("first name unknown") is no name."""
    printed, _ = split_credentials(text)
    segments = [[_folded_words(word) for word in segment.split()] for segment in printed.split(",")]
    words = [word for segment in segments for group in segment for word in group]
    suffix = next((SUFFIXES[word] for word in reversed(words) if word in SUFFIXES), None)
    named = [[group for group in map(_without_marks, segment) if group] for segment in segments]
    named = [segment for segment in named if segment]
    if len(named) > 1:
        return _Name(_flat([group for segment in named[1:] for group in segment]), _flat(named[0]), suffix)
    return _in_plain_order(named[0] if named else [], suffix)


def _in_plain_order(groups: list[tuple[str, ...]], suffix: str | None) -> _Name:
    """First names first: the last name keeps its hyphenated parts and begins with its particles."""
    start = len(groups) - 1
    while start > 1 and len(groups[start - 1]) == 1 and groups[start - 1][0] in PARTICLES:
        start -= 1
    return _Name(_flat(groups[: max(start, 0)]), _flat(groups[max(start, 0) :]), suffix)


def _folded_words(word: str) -> tuple[str, ...]:
    """The folded parts of one printed word: two of Garcia-Lopez, one of O'Brien."""
    return tuple(re.findall(r"[^\W_]+", re.sub(r"['’`]", "", fold(word))))


def _without_marks(group: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for word in group if word not in SUFFIXES and word != FIRST_NAME_UNKNOWN)


def _flat(groups: list[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(word for group in groups for word in group)


def last_name_initials(text: str) -> frozenset[str]:
    """The folded first letters of every part of the last name, also after its particles and Mc."""
    name = _parsed(text)
    family = [*name.family, *(word[2:] for word in name.family if word.startswith("mc") and len(word) > 2)]
    return frozenset(word[0] for word in family)
