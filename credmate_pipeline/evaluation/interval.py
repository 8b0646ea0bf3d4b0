"""How much a share is worth, by how many it was counted on."""

from math import sqrt

Z95 = 1.959964
"""Normal quantile of a two-sided 95 % interval."""


def wilson(right: int, of: int) -> tuple[float, float]:
    """The 95 % Wilson score interval of a share; (0, 1) where there is nothing to go by."""
    if of == 0:
        return (0.0, 1.0)
    share, square = right / of, Z95 * Z95
    middle = (share + square / (2 * of)) / (1 + square / of)
    spread = Z95 / (1 + square / of) * sqrt(share * (1 - share) / of + square / (4 * of * of))
    return (max(0.0, middle - spread), min(1.0, middle + spread))
