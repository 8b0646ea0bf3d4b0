"""Somebody hears of trouble at once, is reminded, hears when it is over, and is never flooded."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from credmate_pipeline.alerts.condition import MEANINGS, AlertKind, Condition
from credmate_pipeline.alerts.digest import Message, Occasion, messages_due

NOW = datetime(2026, 5, 4, 10, tzinfo=UTC)
HOUR = timedelta(hours=1)
FAILED = Condition(AlertKind.DOCUMENT_FAILED, 7, tuple("abcdefg"), NOW - HOUR)


def said(occasion: Occasion, at: datetime) -> dict[AlertKind, Message]:
    return {FAILED.kind: Message(FAILED.kind, occasion, 7, ("a",), NOW - HOUR, at)}


def test_new_trouble_is_said_at_once_with_its_count_and_a_few_examples() -> None:
    [message] = messages_due({}, [FAILED], now=NOW, window=HOUR)
    assert (message.occasion, message.count, message.samples) == (Occasion.RAISED, 7, tuple("abcde"))
    assert "document-failed (7), new" in message.title
    assert "Since 2026-05-04 09:00 UTC" in message.text
    assert "a, b, c, d, e and 2 more" in message.text
    assert MEANINGS[FAILED.kind].remedy in message.text


def test_lasting_trouble_is_not_said_again_within_the_window() -> None:
    assert messages_due(said(Occasion.RAISED, NOW - HOUR / 2), [FAILED], now=NOW, window=HOUR) == ()


def test_lasting_trouble_is_reminded_of_once_a_window() -> None:
    [message] = messages_due(said(Occasion.RAISED, NOW - HOUR), [FAILED], now=NOW, window=HOUR)
    assert message.occasion is Occasion.REMINDER


def test_the_end_of_trouble_is_said_once() -> None:
    [message] = messages_due(said(Occasion.REMINDER, NOW - HOUR / 2), [], now=NOW, window=HOUR)
    assert message.occasion is Occasion.RECOVERED
    assert messages_due({message.kind: message}, [], now=NOW, window=HOUR) == ()


def test_trouble_that_comes_back_is_new_again() -> None:
    [message] = messages_due(said(Occasion.RECOVERED, NOW), [FAILED], now=NOW, window=HOUR)
    assert message.occasion is Occasion.RAISED


@given(st.lists(st.booleans(), max_size=200))
def test_however_often_one_looks_there_is_at_most_one_message_a_kind_and_window_while_it_lasts(
    lasts: list[bool],
) -> None:
    last: dict[AlertKind, Message] = {}
    messages: list[Message] = []
    for minute, is_wrong in enumerate(lasts):
        due = messages_due(last, [FAILED] if is_wrong else [], now=NOW + timedelta(minutes=minute), window=HOUR)
        messages += due
        last |= {message.kind: message for message in due}
    for before, after in pairwise(messages):
        assert before.is_open or after.is_open
        if before.is_open and after.is_open:
            assert after.created_at - before.created_at >= HOUR
    assert bool(messages and messages[-1].is_open) == bool(lasts and lasts[-1])


def test_every_kind_says_what_it_means_and_what_to_do() -> None:
    assert set(MEANINGS) == set(AlertKind)
