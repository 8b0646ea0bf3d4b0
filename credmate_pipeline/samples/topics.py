"""Titles of invented activities, with the topic tags a reader may give them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Topic:
    """An activity's title and its tags (empty where none is meant)."""

    title: str
    tags: tuple[str, ...] = ()


PHYSICIAN_TOPICS = (
    Topic("Anticoagulation in Atrial Fibrillation: From Guidelines to the Bedside"),
    Topic("Safer Opioid Prescribing and the Treatment of Opioid Use Disorder", ("opioid_sud",)),
    Topic("Resistant Hypertension: A Practical Workup"),
    Topic("Sepsis in the First Hour: Recognition and Resuscitation"),
    Topic("Advances in Heart Failure With Preserved Ejection Fraction"),
    Topic("Medical Ethics at the End of Life: Cases and Commentary", ("ethics", "end_of_life")),
    Topic("Updates in Adult Immunization for Primary Care"),
    Topic("Recognizing Human Trafficking in Clinical Practice", ("human_trafficking",)),
    Topic("Preventing Medical Errors on the Wards", ("medical_errors",)),
    Topic("Infection Control and Barrier Precautions", ("infection_control",)),
    Topic("Type 2 Diabetes & Kidney Disease: Closing the Gap"),
    Topic("Implicit Bias and Equity in Maternal Health", ("implicit_bias",)),
    Topic("Suicide Risk Assessment in the Emergency Department", ("suicide",)),
    Topic("Biologic Therapy for Moderate-to-Severe Psoriasis"),
    Topic("Point-of-Care Ultrasound Essentials"),
    Topic("Chronic Low Back Pain: Movement, Medicine, and Patience", ("pain",)),
    Topic("Identifying and Reporting Child Abuse", ("child_abuse",)),
    Topic("Cognitive Decline in Older Adults: Early Detection of Dementia", ("geriatrics", "dementia")),
    Topic("Acute Stroke Update: Extending the Thrombectomy Window"),
    Topic("Thyroid Nodules: When to Biopsy, When to Watch"),
)

NURSING_TOPICS = (
    Topic("Central Line Care: Preventing Bloodstream Infections"),
    Topic("Wound Assessment and Dressing Selection"),
    Topic("Caring for the Patient With Delirium"),
    Topic("Early Warning Scores and Rapid Response"),
    Topic("Pediatric Pain Assessment for Nurses", ("pain",)),
    Topic("Palliative Nursing: Conversations That Matter", ("end_of_life",)),
)

PHARMACY_TOPICS = (
    Topic("Antimicrobial Stewardship in Long-Term Care"),
    Topic("GLP-1 Receptor Agonists: Counseling Points for Pharmacists"),
    Topic("Naloxone Access and the Pharmacist's Role", ("opioid_sud",)),
    Topic("Reconciling Medications Across Transitions of Care"),
)
