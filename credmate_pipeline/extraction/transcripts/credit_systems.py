"""Which credit system a column's head, a cell or a section of a transcript names, in full or in short."""

import re

from credmate_pipeline.extraction.cme.credit_units import GENERIC, UNITS

OTHER = "other"
"""Credit printed as `Other` or `Non-Category 1`: of no system the transcript names."""
_SHORT = tuple(
    (system, re.compile(pattern, re.IGNORECASE))
    for system, pattern in (
        (OTHER, r"\bnon[\s-]*(?:ama|category|cat|accredited|cme|physician)\b"),
        ("ama_pra_2", r"\bama\b.{0,12}\bcat(?:egory|\.)?\s*(?:2|II)(?![-\s]*[AB]\b)"),
        ("aapa_1", r"\bAAPA\b"),
        ("aanp", r"\bAANP\b"),
        ("aafp_elective", r"\bAAFP\b.{0,12}\belective\b|\belective\b"),
        ("aafp_prescribed", r"\bAAFP\b|\bprescribed\b"),
        ("aoa_1a", r"\b(?:1|I)\s*-\s*A\b"),
        ("aoa_1b", r"\b(?:1|I)\s*-\s*B\b"),
        ("aoa_2a", r"\b(?:2|II)\s*-\s*A\b"),
        ("aoa_2b", r"\b(?:2|II)\s*-\s*B\b"),
        ("ama_pra_1", r"\bAMA\b|\bPRA\b|\bPhysician CME\b"),
        ("ancc", r"\bANCC\b|\bCNE\b|\bNCPD\b|\bnurs(?:e|ing)\b"),
        ("acpe", r"\bACPE\b|\bCPE\b|\bpharmac\w+"),
        ("ca_brn", r"\bBRN\b"),
        ("cdr", r"\bCPEUs?\b|\bCDR\b"),
        ("moc", r"\bMOC\b|\bmaintenance of certification\b"),
        ("ama_pra_1", r"\bcat(?:egory|\.)?\s*(?:1|I)\b(?!\s*-?\s*[AB]\b)"),
        ("ama_pra_2", r"\bcat(?:egory|\.)?\s*(?:2|II)\b(?!\s*-?\s*[AB]\b)"),
        (OTHER, r"^\W*other\b"),
    )
)


def credit_system(text: str) -> str | None:
    """The code of the system `text` names; None where it names none."""
    named = [unit.system for unit in UNITS if unit.system != GENERIC and unit.pattern.search(text)]
    if named:
        return named[0]
    return next((system for system, pattern in _SHORT if pattern.search(text)), None)
