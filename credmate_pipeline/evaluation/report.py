"""A measurement as Markdown: shares with their intervals, never a value of a document."""

from collections.abc import Sequence

from credmate_pipeline.evaluation.falls import Fall
from credmate_pipeline.evaluation.figures import ALL, Figure, Measure, figure_of
from credmate_pipeline.evaluation.score import Judged
from credmate_pipeline.markdown import markdown_table
from credmate_pipeline.versions import Versions

_COLUMNS = {
    Measure.TYPE_RIGHT: "type right",
    Measure.REQUIRED_RIGHT: "required fields right",
    Measure.SETTLED: "settled without a person",
    Measure.SETTLED_RIGHT: "of those fully right",
}
_SHOWN = 40


def type_table(now: Sequence[Figure]) -> str:
    """A row a type, and one of all."""
    types = dict.fromkeys(figure.document_type for figure in now if figure.measure is Measure.TYPE_RIGHT)
    rows = [[name, *(told(figure_of(now, measure, name)) for measure in _COLUMNS)] for name in types]
    return markdown_table(["type", *_COLUMNS.values()], rows)


def field_table(now: Sequence[Figure]) -> str:
    """A row a type and field."""
    rows = [
        [
            figure.document_type,
            figure.field_name,
            told(figure),
            figure.of - figure.right - figure.missing,
            figure.missing,
        ]
        for figure in now
        if figure.field_name is not None
    ]
    return markdown_table(["type", "field", "right", "wrong", "not found"], rows)


def fall_list(found: Sequence[Fall]) -> str:
    """A line a figure that is too low."""
    return "\n".join(f"- {fall.told}" for fall in found) or "Every figure is where it should be."


def history_table(measured: Sequence[tuple[str, Versions, Sequence[Figure]]]) -> str:
    """A row a version: when it was last measured (any text), and the figures of all documents."""
    rows = [
        [when, str(made_by), *(told(figure_of(now, measure, ALL)) for measure in _COLUMNS)]
        for when, made_by, now in measured
    ]
    return markdown_table(["measured", "versions", *_COLUMNS.values()], rows)


def wrongly_settled_table(judged: Sequence[Judged]) -> str:
    """A row a document that settled wrongly, with the names of what is wrong."""
    wrong = [one for one in judged if one.is_wrongly_settled]
    rows = [[f"`{one.file}`", one.true_type, one.kind, ", ".join(one.wrong)] for one in wrong[:_SHOWN]]
    if not wrong:
        return "No document settled wrongly."
    more = f"\n\nand {len(wrong) - _SHOWN} more" if len(wrong) > _SHOWN else ""
    return markdown_table(["document", "type", "kind of page", "wrong"], rows) + more


def told(figure: Figure) -> str:
    """`97.5 % (94–99) of 120`."""
    if figure.share is None:
        return "–"
    low, high = figure.interval
    return f"{100 * figure.share:.1f} % ({100 * low:.0f}–{100 * high:.0f}) of {figure.of}"
