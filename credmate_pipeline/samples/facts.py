"""Keeps the truth while a page is drawn: whoever prints a fact records it in the same breath."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.samples.sample import Fact, TruthValue


class Facts:
    """The facts of one page. Each method returns the characters to print."""

    def __init__(self) -> None:
        self._facts: dict[str, Fact] = {}

    def put(self, name: str, value: TruthValue, content: str) -> str:
        """A fact printed as `content` whose normal form is `value`."""
        self._facts[name] = Fact(value, content)
        return content

    def text(self, name: str, content: str) -> str:
        """A fact whose normal form is what is printed."""
        return self.put(name, content, content)

    def day(self, name: str, day: date, style: Callable[[date], str]) -> str:
        """A date, printed in `style`."""
        return self.put(name, day.isoformat(), style(day))

    def amount(self, name: str, amount: Decimal, content: str | None = None) -> str:
        """Credits or money; printed plainly unless `content` says otherwise."""
        return self.put(name, plain(amount), content or plain(amount))

    @property
    def recorded(self) -> Mapping[str, Fact]:
        return dict(self._facts)


def plain(amount: Decimal) -> str:
    """Without exponent and trailing zeros: `1.5`, `10`."""
    return f"{amount.normalize():f}"


@dataclass(frozen=True, slots=True)
class Drawn:
    """One page as born-digital PDF and the facts on it."""

    pdf: bytes
    document_type: str
    facts: Mapping[str, Fact] = field(default_factory=dict)
    expected_status: DocumentStatus = DocumentStatus.COMPLETED
    """Where a reader who sees every character leaves it."""
