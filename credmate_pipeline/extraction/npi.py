"""National Provider Identifiers: finding printed ones, and their check digit."""

import re

_NPI = re.compile(r"\bNPI\b\s*(?:number|no\.?|#)?\s*[:#]?\s*(?P<npi>\d{10})(?!\d)", re.IGNORECASE)


def printed_npis(text: str) -> tuple[str, ...]:
    """Every ten digits labelled NPI, in the order printed, whether their check digit holds or not."""
    return tuple(dict.fromkeys(match["npi"] for match in _NPI.finditer(text)))


def npi_holds(npi: str) -> bool:
    """Whether ten digits begin with 1 or 2 and pass Luhn over 80840 and themselves (CMS, NPI check digit)."""
    if re.fullmatch(r"[12]\d{9}", npi) is None:
        return False
    doubled = [int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed(f"80840{npi}"))]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0
