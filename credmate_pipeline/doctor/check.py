"""One line of the doctor's report. How lines are decided is in `examine` and `dagster_checks`."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from credmate_pipeline.errors import CredmateError


class Verdict(StrEnum):
    """How a check ended."""

    WELL = "well"
    DOUBTFUL = "doubtful"
    """It works, and somebody should look."""
    WRONG = "wrong"
    NOT_ASKED = "not asked"
    """The settings do not ask for it, or what it needs could not be reached."""


@dataclass(frozen=True, slots=True)
class Check:
    """What was looked at, how it ended, and in a sentence why and what to do. Holds no secret."""

    name: str
    verdict: Verdict
    message: str


Found = tuple[Verdict, str]


def well(message: str) -> Found:
    return (Verdict.WELL, message)


def doubtful(message: str) -> Found:
    return (Verdict.DOUBTFUL, message)


def wrong(message: str) -> Found:
    return (Verdict.WRONG, message)


def not_asked(message: str) -> Found:
    return (Verdict.NOT_ASKED, message)


def check(name: str, look: Callable[[], Found]) -> Check:
    """The check's line; a deliberate error makes it wrong, with the error's own sentence."""
    try:
        verdict, message = look()
    except CredmateError as error:
        verdict, message = wrong(str(error))
    return Check(name, verdict, message)
