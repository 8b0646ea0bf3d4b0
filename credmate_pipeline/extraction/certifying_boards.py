"""Bodies that certify clinicians, by their printed names."""

import re
from collections.abc import Iterator

_ABMS = """
    Allergy and Immunology; Anesthesiology; Colon and Rectal Surgery; Dermatology; Emergency Medicine; Family Medicine;
    Family Practice; Internal Medicine; Medical Genetics and Genomics; Medical Genetics; Neurological Surgery;
    Nuclear Medicine; Obstetrics and Gynecology; Ophthalmology; Orthopaedic Surgery; Orthopedic Surgery;
    Otolaryngology - Head and Neck Surgery; Otolaryngology–Head and Neck Surgery; Otolaryngology; Pathology; Pediatrics;
    Physical Medicine and Rehabilitation; Plastic Surgery; Preventive Medicine; Psychiatry and Neurology; Radiology;
    Surgery; Thoracic Surgery; Urology; Medical Specialties
"""
_AOA = """
    Anesthesiology; Dermatology; Emergency Medicine; Family Physicians; Internal Medicine; Neurology and Psychiatry;
    Neuromusculoskeletal Medicine; Nuclear Medicine; Obstetrics and Gynecology; Ophthalmology;
    Ophthalmology and Otolaryngology - Head and Neck Surgery; Ophthalmology and Otolaryngology; Orthopedic Surgery;
    Pathology; Pediatrics; Physical Medicine and Rehabilitation; Preventive Medicine; Proctology; Radiology; Surgery
"""
_OTHER_AMERICAN = """
    Addiction Medicine; Bariatric Medicine; Obesity Medicine; Pain Medicine; Sleep Medicine; Wound Management;
    Physician Specialties; Podiatric Medicine; Podiatric Surgery; Foot and Ankle Surgery;
    Oral and Maxillofacial Surgery;
    Facial Plastic and Reconstructive Surgery; Cosmetic Surgery; Lifestyle Medicine; Urgent Care Medicine;
    Interventional Pain Physicians; Venous and Lymphatic Medicine; Clinical Lipidology; Independent Medical Examiners;
    Professional Psychology; Optometry; Family Medicine Obstetrics; Hospital Medicine; Disaster Medicine
"""
OTHER_BOARDS = (
    r"\b(?:bureau of osteopathic specialists"
    r"|national board of physicians and surgeons"
    r"|national commission on certification of physician assistants|NCCPA"
    r"|american nurses credentialing center(?!'s| ?\(ANCC\)'s| commission| ?\(ANCC\) commission)"
    r"|american academy of nurse practitioners certification (?:board|program)|AANPCB"
    r"|national board (?:of|for) certification (?:and|&) recertification (?:of|for) nurse anesthetists|NBCRNA"
    r"|american midwifery certification board"
    r"|pediatric nursing certification board"
    r"|national certification corporation"
    r"|AACN certification corporation"
    r"|oncology nursing certification corporation"
    r"|board of certification for emergency nursing"
    r"|royal college of (?:physicians|surgeons|general practitioners)(?: and surgeons)?(?: of (?:canada|edinburgh"
    r"|england|london|glasgow|ireland))?)\b"
)
"""A regex; letter case does not matter. ANCC's Commission on Accreditation accredits courses and certifies nobody."""


BOARD_NAMES = ("american osteopathic board of", _ABMS, _AOA, OTHER_BOARDS)
"""The words that names of boards are made of, for restoring misread ones."""


def _alternatives(names: str) -> str:
    """The names' regexes, longest first: `and` may be `&`, any dash is a dash."""
    plain = sorted((" ".join(name.split()) for name in names.split(";")), key=len, reverse=True)
    loose = (re.escape(name).replace(r"\ and\ ", r"\ (?:and|&)\ ").replace(r"\ \-\ ", r"\ ?[-–—]\ ?") for name in plain)
    return "|".join(loose)


_KNOWN = re.compile(
    (
        rf"\b(american osteopathic board of (?:{_alternatives(_AOA)})"
        rf"|american board of (?:{_alternatives(_ABMS + ';' + _OTHER_AMERICAN)})"
        rf"|{OTHER_BOARDS.removeprefix(chr(92) + 'b')})(?!\w)"
    )
    .replace(r"\ ", " ")
    .replace(" ", r"\s+")
    .replace(r"\s+?", r"\s*"),
    re.IGNORECASE,
)
_UNKNOWN = re.compile(
    r"\b(American (?:Osteopathic )?Board of [A-Z][\w&-]*(?:,? (?:(?:and|&|of|the) )?[A-Z][\w-]*){0,6}"
    r"|AMERICAN (?:OSTEOPATHIC )?BOARD OF [A-Z]+(?:,? (?:AND |& )?[A-Z]+){0,5})"
)


def find_boards(text: str) -> Iterator[tuple[int, int, str]]:
    """Known certifying bodies in `text` as (start, end, name as printed); the name may run over a line's end."""
    for match in _KNOWN.finditer(text):
        yield *match.span(1), " ".join(match[1].split())


def find_unknown_boards(text: str) -> Iterator[tuple[int, int, str]]:
    """Other bodies called an American Board of something."""
    for match in _UNKNOWN.finditer(text):
        yield *match.span(1), " ".join(match[1].split())
