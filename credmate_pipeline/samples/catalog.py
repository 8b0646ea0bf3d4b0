"""Draws sets of samples, the same for the same seed, count and day: read first."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from random import Random
from typing import Literal

from credmate_pipeline.extraction.document_type import UNSUPPORTED
from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.samples import faults
from credmate_pipeline.samples.facts import Drawn
from credmate_pipeline.samples.files import WAYS, Produced, produce, scan_pdf
from credmate_pipeline.samples.handwriting import DPI as HANDWRITING_DPI
from credmate_pipeline.samples.handwriting import handwritten
from credmate_pipeline.samples.layouts.known import LAYOUTS, layout_named
from credmate_pipeline.samples.plan import COMPLETE_SET, DEMO_PLAN, Order
from credmate_pipeline.samples.redrawn import filled_form
from credmate_pipeline.samples.sample import Kind, Sample, Truth, TruthValue
from credmate_pipeline.samples.truth_fields import TRUTH_FIELDS

Mix = Literal["even", "uploads"]
"""`even`: every type as often as the others; `uploads`: as they arrive, 95 % CME certificates."""

RARE_KINDS = frozenset(
    {
        Kind.FAINT_SCAN,
        Kind.COARSE_SCAN,
        Kind.BLEED_THROUGH,
        Kind.WATERMARKED,
        Kind.CARELESS_PHOTO,
        Kind.ODD_TEXT_LAYER,
        Kind.FILLED_FORM,
        Kind.HANDWRITTEN,
    }
)
"""Kinds that a set holds by chance."""
_DRAWN_KINDS = (*WAYS, Kind.FILLED_FORM, Kind.HANDWRITTEN)
_COMMON_KINDS = (
    *_DRAWN_KINDS,
    *(kind for kind in WAYS if kind not in RARE_KINDS),
    Kind.BORN_DIGITAL,
    Kind.BORN_DIGITAL,
)
_WITH_TEXT = frozenset({Kind.BORN_DIGITAL, Kind.ODD_TEXT_LAYER, Kind.FILLED_FORM})
"""Kinds whose words are not in doubt."""


def draw_samples(count: int, seed: int, *, today: date, mix: Mix = "even") -> Iterator[Sample]:
    """`count` documents as of `today`; from `COMPLETE_SET` on they begin with the demonstration set."""
    planned = DEMO_PLAN[:count] if count >= COMPLETE_SET else ()
    previous: Sample | None = None
    for number in range(count):
        rng = Random(f"{seed}/{number}")
        order = planned[number] if number < len(planned) else draw_order(rng, mix)
        previous = _fulfil(order, number + 1, rng, today, previous)
        yield previous


def demo_set(seed: int, today: date) -> Iterator[Sample]:
    """The whole demonstration set."""
    return draw_samples(len(DEMO_PLAN), seed, today=today)


def draw_one(order: Order, rng: Random, *, today: date) -> Sample:
    """One document as ordered, which may not be a duplicate."""
    return _fulfil(order, 1, rng, today, None)


def draw_order(rng: Random, mix: Mix) -> Order:
    """A document at random: its type by the mix, its layout among the faultless ones, its kind by chance."""
    names = sorted(LAYOUTS)
    is_cme = mix == "uploads" and rng.random() < 0.95
    chosen = "cme_certificate" if is_cme else rng.choice(names)
    layout = rng.choice([layout for layout in LAYOUTS[chosen] if layout.is_common])
    return Order(rng.choice(_COMMON_KINDS), layout.name)


def _fulfil(order: Order, number: int, rng: Random, today: date, previous: Sample | None) -> Sample:
    if order.kind is Kind.DUPLICATE:
        if previous is None:
            raise ValueError("a duplicate needs a document before it")
        return _duplicate(previous, number)
    drawn = layout_named(order.layout).draw(rng, today) if order.layout else None
    if order.kind is Kind.HANDWRITTEN and drawn is not None:
        produced, drawn = _by_hand(drawn, rng)
    else:
        produced = _file(order.kind, drawn, rng)
    name = f"{number:03d}-{order.layout or 'file'}-{order.kind}".replace("_", "-")
    return Sample(f"{name}{produced.extension}", produced.content, _truth(order, drawn))


def _file(kind: Kind, drawn: Drawn | None, rng: Random) -> Produced:
    if kind in _PAGELESS:
        draw_file, extension = _PAGELESS[kind]
        return Produced(draw_file(), extension)
    if drawn is None:
        raise ValueError(f"{kind} needs a layout")
    if kind is Kind.TRUNCATED:
        return Produced(faults.truncated(drawn.pdf), ".pdf")
    if kind is Kind.LYING_TEXT_LAYER:
        return Produced(faults.lying_text_layer(drawn, rng), ".pdf")
    if kind is Kind.FILLED_FORM:
        return Produced(filled_form(drawn.pdf, {fact.content for fact in drawn.facts.values()}), ".pdf")
    return produce(drawn.pdf, kind, rng)


def _by_hand(drawn: Drawn, rng: Random) -> tuple[Produced, Drawn]:
    """A scan of the page with values written by hand, and what of it is still printed."""
    written = handwritten(drawn, rng)
    content = scan_pdf(written.page, HANDWRITING_DPI, quality=80)
    printed = {name: fact for name, fact in drawn.facts.items() if name not in written.names}
    return Produced(content, ".pdf"), replace(drawn, facts=printed)


_PAGELESS: dict[Kind, tuple[Callable[[], bytes], str]] = {
    Kind.EMPTY_FILE: (bytes, ".pdf"),
    Kind.BLANK_PAGE: (faults.blank_page, ".pdf"),
    Kind.WORD_FILE: (faults.word_file, ".docx"),
    Kind.ENCRYPTED: (faults.encrypted_pdf, ".pdf"),
}
_NEVER_READ = frozenset({*_PAGELESS, Kind.TRUNCATED})


def _truth(order: Order, drawn: Drawn | None) -> Truth:
    if drawn is None or order.kind in _NEVER_READ:
        unreadable = frozenset({DocumentStatus.UNREADABLE})
        return Truth(None, {}, unreadable, order.kind, order.layout or "none", {})
    return Truth(
        document_type=drawn.document_type,
        fields=_all_fields(drawn),
        expected_statuses=_expected(order.kind, drawn),
        kind=order.kind,
        layout=order.layout or "none",
        printed={name: fact.content for name, fact in drawn.facts.items()},
    )


def _all_fields(drawn: Drawn) -> Mapping[str, TruthValue | None]:
    """Every field the type has, None where the page does not print it."""
    facts = drawn.facts
    return {name: facts[name].value if name in facts else None for name in TRUTH_FIELDS[drawn.document_type]}


def _expected(kind: Kind, drawn: Drawn) -> frozenset[DocumentStatus]:
    """What only OCR can read may honestly go to a person instead of settling; handwriting must."""
    if kind is Kind.HANDWRITTEN and drawn.document_type != UNSUPPORTED:
        return frozenset({DocumentStatus.REVIEW_PENDING, DocumentStatus.UNREADABLE})
    if drawn.expected_status is DocumentStatus.COMPLETED and kind not in _WITH_TEXT:
        return frozenset({DocumentStatus.COMPLETED, DocumentStatus.REVIEW_PENDING})
    return frozenset({drawn.expected_status})


def _duplicate(original: Sample, number: int) -> Sample:
    truth = original.truth
    same = Truth(
        document_type=truth.document_type,
        fields=truth.fields,
        expected_statuses=frozenset({DocumentStatus.DUPLICATE}),
        kind=Kind.DUPLICATE,
        layout=truth.layout,
        printed=truth.printed,
    )
    extension = original.file_name.rpartition(".")[2]
    return Sample(f"{number:03d}-{truth.layout}-duplicate.{extension}".replace("_", "-"), original.content, same)
