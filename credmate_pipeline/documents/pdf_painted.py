"""What MuPDF says a page paints, as `Painted` values in the coordinates of the page as displayed."""

# PyMuPDF makes its constants and many attributes while it is imported, where a type checker does not see them.
# pyright: reportAttributeAccessIssue=false, reportOptionalMemberAccess=false, reportArgumentType=false, reportPrivateImportUsage=false

import math
from typing import Any

import pymupdf

from credmate_pipeline.documents.painted import FormField, Glyph, Painted, Picture, Rect, TextRun

_INVISIBLE = 3
_LEAST_COVER = 4.0
"""Points; thinner shapes are rules."""
_HIDDEN_WIDGET = pymupdf.PDF_ANNOT_IS_HIDDEN | pymupdf.PDF_ANNOT_IS_NO_VIEW
_TICKED = (pymupdf.PDF_WIDGET_TYPE_CHECKBOX, pymupdf.PDF_WIDGET_TYPE_RADIOBUTTON)
_VALUED = (
    *_TICKED,
    pymupdf.PDF_WIDGET_TYPE_TEXT,
    pymupdf.PDF_WIDGET_TYPE_COMBOBOX,
    pymupdf.PDF_WIDGET_TYPE_LISTBOX,
)


def painted_on(page: pymupdf.Page) -> Painted:
    """Text runs and pictures in painting order, and the form fields shown. Raises MuPDF's errors."""
    turn = page.rotation_matrix
    log = page.get_bboxlog()
    return Painted(
        runs=tuple(_run(span, turn) for span in page.get_texttrace()),
        pictures=_marks(log, turn, ("fill-image", "fill-imgmask")),
        shapes=tuple(shape for shape in _marks(log, turn, ("fill-path",)) if _may_hide(shape.rect)),
        fields=_fields(page, turn),
    )


def _run(span: dict[str, Any], turn: pymupdf.Matrix) -> TextRun:
    along = span["dir"]
    direction = (along[0] * turn.a + along[1] * turn.c, along[0] * turn.b + along[1] * turn.d)
    a, b, c, d, e, f = turn
    upright = abs(along[1]) < 1e-3
    glyphs = []
    for code, _, (x, y), box in span["chars"]:
        if code < 0:
            continue
        advance = box[2] - box[0] if upright else _advance(box, along)
        glyphs.append(Glyph(chr(code), x * a + y * c + e, x * b + y * d + f, advance))
    return TextRun(
        glyphs=tuple(glyphs),
        direction=direction,
        size=float(span["size"]),
        ascent=float(span["ascender"]),
        descent=float(span["descender"]),
        font=str(span["font"]),
        order=int(span["seqno"]),
        is_painted=span["type"] != _INVISIBLE and span["opacity"] > 0,
        gray=_gray(span["color"]) if span["opacity"] >= 1 else None,
    )


def _advance(box: Rect, along: tuple[float, float]) -> float:
    """Points along the direction, from the box of a turned glyph; rough where it is slanted."""
    return abs(along[0]) * (box[2] - box[0]) if abs(along[0]) > abs(along[1]) else abs(along[1]) * (box[3] - box[1])


def _gray(color: Any) -> int | None:
    """Brightness of a gray, RGB or CMYK color (ITU-R BT.601); None for others."""
    parts = tuple(color) if isinstance(color, tuple | list) else ()
    if len(parts) == 1:
        level = parts[0]
    elif len(parts) == 3:
        level = 0.299 * parts[0] + 0.587 * parts[1] + 0.114 * parts[2]
    elif len(parts) == 4:
        ink = 0.299 * parts[0] + 0.587 * parts[1] + 0.114 * parts[2]
        level = max(0.0, 1 - ink - parts[3])
    else:
        return None
    return round(255 * min(1.0, max(0.0, level)))


def _marks(log: list[Any], turn: pymupdf.Matrix, kinds: tuple[str, ...]) -> tuple[Picture, ...]:
    """What was painted of these kinds; its place in MuPDF's log is its place in the painting order."""
    return tuple(Picture(_turned(entry[1], turn), order) for order, entry in enumerate(log) if entry[0] in kinds)


def _may_hide(rect: Rect) -> bool:
    """Whether a shape is large enough to cover a word."""
    return rect[2] - rect[0] > _LEAST_COVER and rect[3] - rect[1] > _LEAST_COVER


def _fields(page: pymupdf.Page, turn: pymupdf.Matrix) -> tuple[FormField, ...]:
    found = []
    for widget in page.widgets(types=_VALUED):
        flags = page.parent.xref_get_key(widget.xref, "F")
        if flags[0] == "int" and int(flags[1]) & _HIDDEN_WIDGET:
            continue
        value = widget.field_value
        checked = None
        if widget.field_type in _TICKED:
            state = page.parent.xref_get_key(widget.xref, "AS")[1]
            checked = state not in ("/Off", "null", "")
        found.append(FormField(_turned(tuple(widget.rect), turn), bool(value), checked))
    return tuple(found)


def _turned(rect: Rect, turn: pymupdf.Matrix) -> Rect:
    if any(math.isnan(side) or math.isinf(side) for side in rect):
        return (0.0, 0.0, 0.0, 0.0)
    turned = pymupdf.Rect(rect) * turn
    return (float(turned.x0), float(turned.y0), float(turned.x1), float(turned.y1))
