"""Whether a value looks like what it should be. A shape that fits proves nothing; one that does not is a sign."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from credmate_pipeline.extraction.dea_number import SHAPE, check_digit_holds, split_number
from credmate_pipeline.extraction.document_type import FieldKind
from credmate_pipeline.extraction.fields import Field, Item

_ODD = re.compile(r"[|{}\[\]~`\\^_<>=«»¢£€§¥°•*]")
_NAME_SIGNS = re.compile(r"[^A-Za-zÀ-ž .,'’()-]")
_LOOK_ALIKES = re.compile(
    r"[a-z]ii|(?<![Ss]o)(?<=[aeiou])fi(?=[aeo])|[a-z][1I0][a-z]"
    r"|uf[aeo]|[aeio]f[eo]|(?<!St)[eo]fa$|ongal|[dr]eng[ao]$|rangois|i[gq][aã]o$|(?:ar|af|ad|dd|wf)ig$|oog$"
)
"""What engines make of letters with marks (`Quifiones`, `Nufez`, `Griinwald`, `Gongalves`), of a last q (`Tarig`)."""
_LONELY_Q = re.compile(r"(?:^|[b-df-hj-np-tv-z])q(?!vist|varn)(?:[b-df-hj-np-tv-z]|$)", re.IGNORECASE)
"""What they make of an O (`TQMASZ`), and `TARLQ`: names have a vowel beside their q, but for Swedish ones."""
_COMPANY = re.compile(
    r"insur|indemnity|assurance|mutual|compan|\binc\b|\bcorp|exchange|trust|group|casualty|underwrit|reciprocal|lloyd|rrg"
    r"|risk|protect|liability|associat|\bco\b|llc|fund",
    re.IGNORECASE,
)
_FRAGMENT = re.compile(r"[\s,](?:I|[a-z])$|^[^,]*(?:\s[A-Z]\.|[a-z]\s[A-Z])$")
_STROKES = re.compile(r"\bI{2,3}\b|\s[ITHJl1|!]{2,4}$")
_STROKE_SUFFIX = re.compile(r"\bI{2,3}$")
_INITIAL_WITHIN = re.compile(r"[^\W\d_]{3,}(?<!Pharm)\. *\w")
_INITIAL = re.compile(r"[A-Z]\.?$")
_CUT = re.compile(r"(?:\b(?:of|and|the|in|for|to|with|a|an|on|at|by|from|or)|[,:;&–—-])$", re.IGNORECASE)
_WANTS_MORE = re.compile(r"\s(?:of|and|the|for|with|an?|from|or|at|by)$")
_FULL_DATE = len("YYYY-MM-DD")
_AS_PRINTED = frozenset({FieldKind.NAME, FieldKind.NUMBER, FieldKind.TEXT})
"""Kinds whose value is what is printed, so that a difference was mended or made up."""
_NPI_DIGITS = 10


def shape_signs(field: Field, kind: FieldKind) -> Iterator[tuple[str, float]]:
    """Signs of the printed characters and the value."""
    content, value = field.content, field.value if isinstance(field.value, str) else " ".join(field.value)
    yield "odd_signs", min(3.0, float(len(_ODD.findall(content))))
    yield f"length:{kind}", min(3.0, len(value) / 40)
    if kind in _AS_PRINTED:
        yield "changed", 1 - SequenceMatcher(None, _letters(content), _letters(value), autojunk=False).ratio()
    if kind is FieldKind.NAME:
        yield from _name_signs(value)
    if kind is FieldKind.TEXT:
        yield "cut", float(_CUT.search(value) is not None)
        yield "begins_small", float(value[:1].islower())
    if kind is FieldKind.DATE:
        yield "month_only", float(len(value) < _FULL_DATE)


def _name_signs(name: str) -> Iterator[tuple[str, float]]:
    words = name.replace(",", " ").split()
    yield "name_of_one_word", float(len(words) < 2)
    yield "name_of_many_words", float(len(words) > 4)
    yield "name_with_odd_signs", min(3.0, float(len(_NAME_SIGNS.findall(name))))
    yield "name_with_fragments", float(sum(len(word) < 3 and not word.endswith(".") for word in words))
    yield "name_of_mixed_case", float(any(re.search(r"[a-zß-ž][A-Z]{2}|^[a-z]\w*[A-Z]", word) for word in words))


def is_cut_off(text: str) -> bool:
    """Whether a title or organization ends in a small word that wants another."""
    return _WANTS_MORE.search(text) is not None


def ends_in_a_fragment(name: str) -> bool:
    """Whether a name ends in a stroke or a speck that was read as a letter (`Fairweather I`, `O'Brien, e`), or in an
    initial after which the last name was not read (`Ida H.`)."""
    return _FRAGMENT.search(name) is not None


def may_lack_its_first(name: str) -> bool:
    """Whether a name begins with an initial or is a single word: its first word may not have been read."""
    first, *others = name.split() or [""]
    return not others or _INITIAL.match(first) is not None


def has_look_alikes(name: str) -> bool:
    """Whether the name holds letters with marks, which engines take for one another, or what else they make of them."""
    has_marks = any(letter.isalpha() and not letter.isascii() for letter in name)
    words = name.split()
    return has_marks or any(
        _LONELY_Q.search(word) or (not word.isupper() and _LOOK_ALIKES.search(word)) for word in words
    )


def may_have_lost_a_stroke(name: str) -> bool:
    """Whether a name has a suffix of strokes, of which engines drop or join some (`II`, `ITI` for `III`), or an initial
    that they took for the end of the name before it (`Imanin. Jankowski`, `Delacroix, Siobhan.K`)."""
    return _STROKES.search(name) is not None or _INITIAL_WITHIN.search(name) is not None


def ends_in_strokes(name: str) -> bool:
    """Whether a name has a suffix of strokes as engines read it at best: it stays in doubt however often it is read."""
    return _STROKE_SUFFIX.search(name) is not None


def has_expected_shape(field: Field, item: Item, type_name: str) -> bool:
    """Whether a number has the form its issuer gives; true for fields without a known form."""
    text = field.value if isinstance(field.value, str) else ""
    if field.name == "registration_number" and type_name == "dea_registration":
        number = split_number(text)[0]
        return SHAPE.fullmatch(number) is not None and check_digit_holds(number)
    if field.name == "ecard_code":
        return re.fullmatch(r"\d{12}|[a-z\d]{24}", text) is not None
    if field.name == "npi":
        return len(text) == _NPI_DIGITS and text.isdigit()
    if field.name == "insurer":
        return _COMPANY.search(text) is not None and len(text.split()) > 1
    if field.name in ("expiration_date", "renew_by"):
        begins = item.text("issue_date") or item.text("effective_date")
        return begins is None or text[: len(begins)] > begins[: len(text)]
    return True


def _letters(text: str) -> str:
    return re.sub(r"\W", "", text.casefold())
