"""The state that issued a license or registration: from its label, its board's name, or the seal's words."""

import re
from collections.abc import Sequence

from credmate_pipeline.extraction import finders, values
from credmate_pipeline.extraction.fields import Field
from credmate_pipeline.extraction.finders import Span
from credmate_pipeline.extraction.states import STATE_NAMES, find_states
from credmate_pipeline.ocr.reading import Line, Page

_LABELS = (
    r"(?:issuing |licensing |license |registration )?(?:state|jurisdiction)(?: of (?:issue|licensure|registration))?",
    r"(?:issuing |licensing )?(?:board|agency|authority)",
)
_NAMES = "|".join(name.replace(" ", r"\s+") for name in sorted(STATE_NAMES.values(), key=len, reverse=True))
_OFFICE = (
    r"(?:board|department|dept\.?|bureau|commission|division|office|agency|secretary|college|medical|medicine|nursing"
    r"|osteopathic|physicians?|health|narcotics|licens\w+|regulation|professional)"
)
_ISSUER = re.compile(
    rf"(?:state|commonwealth|territory|government)\s+of\s+(?:{_NAMES})"
    rf"|{_OFFICE}\b[^\n]{{0,60}}?\b(?:of|for|in|-|–|,)\s+(?:the\s+)?(?:state\s+of\s+)?(?:{_NAMES})"
    rf"|(?:{_NAMES})(?:\s+state)?\s+(?:\w+\s+){{0,2}}?{_OFFICE}\b",
    re.IGNORECASE,
)


def issuing_state(pages: Sequence[Page]) -> Field | None:
    """Two letters, with the place where the state is named."""
    return finders.first(
        finders.by_label(pages, "state", _LABELS, values.states),
        finders.by_scan(pages, "state", _issuers, factor=0.98, method="rules:phrase"),
        finders.by_lines(pages, "state", values.states, factor=0.85, method="rules:layout", chosen=_is_heading),
    )


def _issuers(text: str) -> list[Span]:
    """States inside the name of an office or after "State of"."""
    return [
        (match.start() + start, match.start() + end, code)
        for match in _ISSUER.finditer(text)
        for start, end, code in find_states(match.group())[:1]
    ]


def _is_heading(line: Line) -> bool:
    return line.box.y0 < 0.4 and not re.search(r"\d{5}", line.text)
