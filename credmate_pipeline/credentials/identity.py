"""What makes an item this credential and no other: digests of its numbers, its activity and its days.

Two prints of one credential have equal identities up to misreadings; how identities relate is in `relation`.
"""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from hashlib import sha256

from credmate_pipeline.extraction.fields import Item
from credmate_pipeline.extraction.names import fold, name_words
from credmate_pipeline.extraction.numbers import normal_decimal
from credmate_pipeline.validation.days import begin_of, end_of

CME = "cme_certificate"
ONE_HOLDER_TYPES = frozenset({"dea_registration", "license", "controlled_substance_registration"})
"""Types whose number belongs to one person; policies are shared by groups, and courses are no numbers."""

_NUMBERED_BY = {
    "dea_registration": ("registration_number",),
    "license": ("state", "license_number"),
    "controlled_substance_registration": ("state", "registration_number"),
    "malpractice_insurance": ("policy_number",),
}
"""Fields whose values name one credential, whatever its period."""

_NAMED_BY = {"board_certification": ("board", "specialty"), "life_support_card": ("course",)}
"""Fields that with the holder's name do so, where each period has a number of its own or none."""

_FEWEST_WORDS = 20


@dataclass(frozen=True, slots=True)
class Identity:
    """An item's identity. Digests are hex SHA-256 of folded values, None where the item does not say."""

    credential_type: str
    holder_name: str | None
    """As printed; it is compared, not digested, because the same person is printed in many ways."""
    number_digest: str | None = None
    """Of the number with all that makes it unique, such as the state; of CME the certificate's own number."""
    activity_digest: str | None = None
    """Of a CME activity's universal number."""
    title_digest: str | None = None
    """Of a CME activity's title without spaces and punctuation."""
    happened_on: date | None = None
    """Completion, or the day of issue or effect."""
    expires_on: date | None = None
    """The last day; of a month alone the month's last."""
    credits: Decimal | None = None

    @property
    def holder_words(self) -> tuple[str, ...]:
        """The folded words of the holder's name that are more than initials."""
        words = name_words(self.holder_name) if self.holder_name else ()
        return tuple(sorted({word for word in words if len(word) > 1}))

    @property
    def is_telling(self) -> bool:
        """Whether it tells this credential from others: by a number, or by an activity and its day."""
        is_titled = self.title_digest is not None and self.happened_on is not None
        return self.number_digest is not None or self.activity_digest is not None or is_titled

    def digest(self, provider_id: str | None = None) -> str | None:
        """Equal only for prints that say exactly the same of the same provider; None for what tells nothing."""
        if not self.is_telling:
            return None
        parts = (self.number_digest, self.activity_digest, self.title_digest, self.happened_on, self.expires_on)
        who = provider_id or " ".join(self.holder_words)
        return _digest(self.credential_type, who, *map(str, parts), str(self.credits))

    def __repr__(self) -> str:
        return f"Identity(credential_type={self.credential_type!r})"


def identity_of(credential_type: str, item: Item) -> Identity:
    """The identity of one item of that type."""
    holder = item.text("holder_name")
    if credential_type == CME:
        awarded = normal_decimal(item.text("credits_awarded") or "")
        return Identity(
            credential_type,
            holder,
            number_digest=_of(item, credential_type, "certificate_number"),
            activity_digest=_of(item, credential_type, "acpe_uan"),
            title_digest=_of(item, credential_type, "activity_title"),
            happened_on=end_of(item, "completion_date"),
            credits=Decimal(awarded) if awarded is not None else None,
        )
    return Identity(
        credential_type,
        holder,
        number_digest=_number(credential_type, item, holder),
        happened_on=begin_of(item, "issue_date", "effective_date"),
        expires_on=end_of(item, "expiration_date", "renew_by"),
    )


def text_digest(text: str) -> str | None:
    """Of all words of a document, case and punctuation aside; None where so few words prove nothing."""
    words = re.findall(r"[^\W_]+", fold(text))
    return _digest(*words) if len(words) >= _FEWEST_WORDS else None


def _number(credential_type: str, item: Item, holder: str | None) -> str | None:
    if credential_type in _NUMBERED_BY:
        return _of(item, credential_type, *_NUMBERED_BY[credential_type])
    if credential_type in _NAMED_BY:
        return _of(item, f"{credential_type} {_first_and_last(holder)}", *_NAMED_BY[credential_type])
    return None


def _first_and_last(holder: str | None) -> str:
    """First and last word of the name in one order: middle names and commas come and go."""
    words = name_words(holder) if holder else ()
    return " ".join(sorted((words[0], words[-1]))) if words else ""


def _of(item: Item, scope: str, *fields: str) -> str | None:
    """A digest of the fields' letters and digits within `scope`; None where one of them is missing."""
    values = [_letters(item.text(name)) for name in fields]
    return _digest(scope, *values) if all(values) else None


def _letters(text: str | None) -> str:
    return "".join(re.findall(r"[^\W_]+", fold(text))) if text else ""


def _digest(*parts: str) -> str:
    return sha256("\x1f".join(parts).encode()).hexdigest()
