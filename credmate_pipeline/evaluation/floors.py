"""What a measurement of the labelled set must reach. When it does not is told in `falls`."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Floors:
    """The least a measurement must reach, 0–1."""

    type_right: float
    required_right: float
    settled_right: float
