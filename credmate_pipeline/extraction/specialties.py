"""Specialties that boards certify in, by their printed names: physicians', nurses', assistants' boards.

Which board certifies in which specialty is not known here.
"""

import re
from collections.abc import Iterator

_NAMES = """
    Allergy and Immunology; Anesthesiology; Colon and Rectal Surgery; Dermatology; Dermatopathology;
    Micrographic Dermatologic Surgery; Pediatric Dermatology; Emergency Medicine; Emergency Medical Services;
    Medical Toxicology; Pediatric Emergency Medicine; Undersea and Hyperbaric Medicine; Family Medicine;
    Family Practice; Adolescent Medicine; Geriatric Medicine; Hospice and Palliative Medicine; Pain Medicine;
    Sleep Medicine; Sports Medicine; Internal Medicine; Adult Congenital Heart Disease;
    Advanced Heart Failure and Transplant Cardiology; Cardiology; Cardiovascular Disease; Cardiovascular Diseases;
    Clinical Cardiac Electrophysiology; Critical Care Medicine; Neurocritical Care;
    Endocrinology, Diabetes and Metabolism; Endocrinology, Diabetes, and Metabolism; Endocrinology;
    Gastroenterology; Hematology; Hematology and Oncology; Infectious Disease; Infectious Diseases;
    Interventional Cardiology; Medical Oncology; Nephrology; Pulmonary Disease; Pulmonary Diseases; Rheumatology;
    Transplant Hepatology; Hospital Medicine; Clinical Genetics and Genomics; Medical Genetics and Genomics;
    Clinical Informatics; Medical Biochemical Genetics; Laboratory Genetics and Genomics;
    Neurological Surgery; Neurosurgery; Nuclear Medicine; Obstetrics and Gynecology;
    Female Pelvic Medicine and Reconstructive Surgery; Urogynecology and Reconstructive Pelvic Surgery;
    Gynecologic Oncology; Maternal-Fetal Medicine; Reproductive Endocrinology and Infertility;
    Complex Family Planning; Ophthalmology; Orthopaedic Surgery; Orthopedic Surgery; Orthopaedic Sports Medicine;
    Surgery of the Hand; Hand Surgery; Otolaryngology; Otolaryngology - Head and Neck Surgery;
    Complex Pediatric Otolaryngology; Neurotology; Plastic Surgery Within the Head and Neck; Pathology;
    Anatomic Pathology; Clinical Pathology; Anatomic Pathology and Clinical Pathology;
    Anatomic and Clinical Pathology; Blood Banking/Transfusion Medicine; Chemical Pathology; Cytopathology;
    Forensic Pathology; Hematopathology; Medical Microbiology; Molecular Genetic Pathology; Neuropathology;
    Pediatric Pathology; Pediatrics; General Pediatrics; Child Abuse Pediatrics; Developmental-Behavioral Pediatrics;
    Neonatal-Perinatal Medicine; Pediatric Cardiology; Pediatric Critical Care Medicine; Pediatric Endocrinology;
    Pediatric Gastroenterology; Pediatric Hematology-Oncology; Pediatric Hospital Medicine;
    Pediatric Infectious Diseases; Pediatric Nephrology; Pediatric Pulmonology; Pediatric Rheumatology;
    Pediatric Transplant Hepatology; Pediatric Anesthesiology; Physical Medicine and Rehabilitation;
    Brain Injury Medicine; Neuromuscular Medicine; Pediatric Rehabilitation Medicine; Spinal Cord Injury Medicine;
    Plastic Surgery; Preventive Medicine; Public Health and General Preventive Medicine; Aerospace Medicine;
    Occupational Medicine; Addiction Medicine; Psychiatry; Neurology; Psychiatry and Neurology;
    Neurology with Special Qualification in Child Neurology; Child Neurology; Addiction Psychiatry;
    Child and Adolescent Psychiatry; Clinical Neurophysiology; Consultation-Liaison Psychiatry; Epilepsy;
    Forensic Psychiatry; Geriatric Psychiatry; Vascular Neurology; Diagnostic Radiology; Radiology;
    Interventional Radiology and Diagnostic Radiology; Interventional Radiology; Medical Physics; Neuroradiology;
    Nuclear Radiology; Pediatric Radiology; Radiation Oncology; General Surgery; Surgery; Vascular Surgery;
    Complex General Surgical Oncology; Pediatric Surgery; Surgical Critical Care; Thoracic Surgery;
    Thoracic and Cardiac Surgery; Congenital Cardiac Surgery; Urology; Pediatric Urology;
    Osteopathic Manipulative Treatment; Neuromusculoskeletal Medicine; Osteopathic Manipulative Medicine;
    Neuromusculoskeletal Medicine and Osteopathic Manipulative Medicine; Proctology; Correctional Medicine;
    Physician Assistant; Nurse Practitioner; Family Nurse Practitioner; Adult Nurse Practitioner;
    Gerontological Nurse Practitioner; Emergency Nurse Practitioner; Acute Care Nurse Practitioner;
    Adult-Gerontology Primary Care Nurse Practitioner; Adult-Gerontology Acute Care Nurse Practitioner;
    Psychiatric-Mental Health Nurse Practitioner; Psychiatric Mental Health Nurse Practitioner;
    Pediatric Primary Care Nurse Practitioner; Pediatric Nurse Practitioner; Neonatal Nurse Practitioner;
    Women's Health Care Nurse Practitioner; Adult-Gerontology Clinical Nurse Specialist; Medical-Surgical Nursing;
    Ambulatory Care Nursing; Critical Care Nursing; Emergency Nursing; Oncology Nursing; Nurse Executive;
    Nurse Anesthetist; Nurse Anesthesia; Certified Registered Nurse Anesthetist; Nurse Midwife;
    Certified Nurse-Midwife; Nonsurgical Pain Management
"""
SPECIALTIES = tuple(" ".join(name.split()) for name in _NAMES.split(";"))


def _loosely(name: str) -> str:
    """The name's regex: any space, `and` or `&`, any dash."""
    loose = {"and": r"(?:and|&)", "-": "[-–]"}
    return r"\s+".join(loose.get(word) or re.escape(word).replace(r"\-", r"\s?[-–]\s?") for word in name.split())


_SPECIALTY = re.compile(
    r"(?<![\w-])(" + "|".join(_loosely(name) for name in sorted(SPECIALTIES, key=len, reverse=True)) + r")(?![\w-])",
    re.IGNORECASE,
)
_SPECIALTIES = re.compile(rf"{_SPECIALTY.pattern}(?:\s+(?:and|&)\s+{_SPECIALTY.pattern})?", re.IGNORECASE)
"""One specialty, or two that are certified together."""
_NAME_LIKE = re.compile(r"[A-Z][\w'/-]*(?:,? (?:(?:and|&|of|with|in|the|[-–]) )?[A-Z][\w'/-]*){0,7}")
_NO_NAME = re.compile(
    r"\b(?:board|certif\w+|diplomate|director|secretary|chair|president|status|active|specialty|valid|date|member)\b",
    re.IGNORECASE,
)


def find_specialties(text: str) -> Iterator[tuple[int, int, str]]:
    """Known specialties as (start, end, name); where nothing but a name is there that holds one, the whole name."""
    bare = text.strip(" .,:;*")
    known = [(*match.span(), " ".join(match[0].split())) for match in _SPECIALTIES.finditer(text)]
    joined = " ".join(bare.split())
    if known and _NAME_LIKE.fullmatch(joined) and _NO_NAME.search(joined) is None:
        start = text.index(bare)
        known = [(start, start + len(bare), joined)]
    yield from known
